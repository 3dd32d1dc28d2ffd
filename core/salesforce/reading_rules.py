"""What an org does of its own when a record is saved: its active rules, triggers and flows.

Many users may not ask for them. That is an answer here, never a failure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from simple_salesforce.format import format_soql

from core.errors import ObjectNotVisible, SalesforceError
from core.salesforce.client import SalesforceClient
from core.salesforce.composite import Record
from core.salesforce.duplicate_rules import (
    DuplicateAction,
    DuplicateRule,
    matching_items_query,
    objects_to_ask,
    parse_duplicate_rules,
)
from core.salesforce.org_rules import OrgRule, OrgRules, RuleKind, Unread
from core.salesforce.package_settings import eda_settings_query, unenforced_fields

NO_RIGHT = "the connected user lacks View Setup and Configuration"
_NO_ACCESS_CODES = frozenset({"INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "HTTP 403"})
_TRIGGER_MOMENTS = (
    ("UsageBeforeInsert", "before create"),
    ("UsageAfterInsert", "after create"),
    ("UsageBeforeUpdate", "before update"),
    ("UsageAfterUpdate", "after update"),
)
_FLOW_MOMENTS = {"RecordBeforeSave": "before save", "RecordAfterSave": "after save"}
_FLOW_EVENTS = {"Create": "create", "Update": "update", "CreateAndUpdate": "create and update"}
_SAVES = "create and update"
_DOES = {
    DuplicateAction.BLOCKS: "Refuses a record",
    DuplicateAction.ALERTS: "Stops a record unless it is to be saved anyway,",
    DuplicateAction.SAVES: "Only reports a record",
    DuplicateAction.UNKNOWN: "Refuses a record, or stops it unless it is to be saved anyway,",
}
Answer = list[Record] | SalesforceError
Answers = dict[RuleKind, Answer]


def read_org_rules(org: SalesforceClient, sobject_names: Sequence[str]) -> OrgRules:
    """Ask what happens when records of these objects are saved.

    Takes two calls, and one for each object with a duplicate rule that may be foreseen. Raises
    where the connection is refused, or nobody answers; a kind that is refused is told.
    """
    tooling, data = tooling_queries(sobject_names), data_queries(sobject_names)
    told = org.ask_each(list(tooling.values()), is_tooling=True)
    beside = [matching_items_query(sobject_names), eda_settings_query()]
    *found, items, settings = org.ask_each([*data.values(), *beside])
    answers = dict(zip((*tooling, *data), (*told, *found), strict=True))
    duplicates = _duplicate_rules(org, answers[RuleKind.DUPLICATE_RULE], items)
    rules = parse_rules(sobject_names, {kind: answers[kind] for kind in RuleKind}, duplicates)
    return replace(rules, unenforced=unenforced_fields(settings))


def _duplicate_rules(
    org: SalesforceClient, rules: Answer, items: Answer
) -> tuple[DuplicateRule, ...]:
    if isinstance(rules, SalesforceError):
        return ()
    known = [] if isinstance(items, SalesforceError) else items
    told = {name: org.duplicates_configuration(name) for name in objects_to_ask(rules, known)}
    return parse_duplicate_rules(rules, known, told)


def tooling_queries(sobject_names: Sequence[str]) -> dict[RuleKind, str]:
    """Return what only the Tooling API answers.

    https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_validationrule.htm
    """
    named = "EntityDefinition.QualifiedApiName"
    usages = ", ".join(usage for usage, _ in _TRIGGER_MOMENTS)
    return {
        RuleKind.VALIDATION_RULE: _select(
            f"Id, ValidationName, ErrorDisplayField, ErrorMessage, {named} FROM ValidationRule"
            f" WHERE Active = true AND {named} IN {{}}",
            sobject_names,
        ),
        # the REST API names a custom object by its id here, this one by its name
        RuleKind.TRIGGER: _select(
            f"Id, Name, NamespacePrefix, {usages}, {named} FROM ApexTrigger"
            f" WHERE Status = 'Active' AND {named} IN {{}}",
            sobject_names,
        ),
    }


def data_queries(sobject_names: Sequence[str]) -> dict[RuleKind, str]:
    """Return what the REST API answers; processes are flows of their own type.

    https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_flowdefinitionview.htm
    """
    named = "TriggerObjectOrEvent.QualifiedApiName"
    saves = "('RecordBeforeSave', 'RecordAfterSave')"
    return {
        RuleKind.FLOW: _select(
            f"Id, ApiName, Label, TriggerType, RecordTriggerType, {named} FROM FlowDefinitionView"
            f" WHERE IsActive = true AND {named} IN {{}}"
            f" AND (TriggerType IN {saves} OR ProcessType = 'Workflow')",
            sobject_names,
        ),
        RuleKind.DUPLICATE_RULE: _select(
            "Id, DeveloperName, MasterLabel, SobjectType FROM DuplicateRule"
            " WHERE IsActive = true AND SobjectType IN {}",
            sobject_names,
        ),
    }


def parse_rules(
    sobject_names: Iterable[str], answers: Answers, duplicates: Iterable[DuplicateRule] = ()
) -> OrgRules:
    """Return what was answered: records of each kind, or why it was refused."""
    rules: list[OrgRule] = []
    unread: list[Unread] = []
    known = tuple(duplicates)
    for kind, answer in answers.items():
        if isinstance(answer, SalesforceError):
            unread.append(Unread(kind, why_unread(answer)))
        elif kind is RuleKind.DUPLICATE_RULE:
            rules += map(_duplicate_rule, known)
        else:
            rules += filter(None, map(_PARSERS[kind], answer))
    ordered = sorted(rules, key=lambda each: (list(answers).index(each.kind), each.name.casefold()))
    return OrgRules(tuple(sobject_names), tuple(ordered), tuple(unread), known)


def why_unread(error: SalesforceError) -> str:
    """Why a question on the org's set-up was refused, in words."""
    if isinstance(error, ObjectNotVisible) or error.code in _NO_ACCESS_CODES:
        return NO_RIGHT
    return f"Salesforce refused the question ({error.code})"


def _select(rest: str, sobject_names: Sequence[str]) -> str:
    return f"SELECT {format_soql(rest, list(sobject_names))}"


def _validation_rule(record: Record) -> OrgRule:
    return OrgRule(
        kind=RuleKind.VALIDATION_RULE,
        sobject_name=_object_of(record, "EntityDefinition"),
        name=_text(record, "ValidationName"),
        message=_text(record, "ErrorMessage"),
        field_name=_text(record, "ErrorDisplayField"),
        runs_on=_SAVES,
    )


def _trigger(record: Record) -> OrgRule | None:
    moments = [words for usage, words in _TRIGGER_MOMENTS if record.get(usage) is True]
    if not moments:  # it runs when records are deleted, which no push does
        return None
    prefix = _text(record, "NamespacePrefix")
    return OrgRule(
        kind=RuleKind.TRIGGER,
        sobject_name=_object_of(record, "EntityDefinition"),
        name=f"{prefix}__{_text(record, 'Name')}" if prefix else _text(record, "Name"),
        runs_on=", ".join(moments),
    )


def _flow(record: Record) -> OrgRule:
    moment = _FLOW_MOMENTS.get(_text(record, "TriggerType"), "after save")
    event = _FLOW_EVENTS.get(_text(record, "RecordTriggerType"), _SAVES)
    return OrgRule(
        kind=RuleKind.FLOW,
        sobject_name=_object_of(record, "TriggerObjectOrEvent"),
        name=_text(record, "ApiName"),
        label=_text(record, "Label"),
        runs_on=f"{moment}, on {event}",
    )


def _duplicate_rule(rule: DuplicateRule) -> OrgRule:
    return OrgRule(
        kind=RuleKind.DUPLICATE_RULE,
        sobject_name=rule.sobject_name,
        name=rule.name,
        label=rule.label,
        message=_duplicate_words(rule),
        runs_on=_SAVES,
        is_foreseen=bool(rule.matches) and not rule.unforeseen,
    )


def _duplicate_words(rule: DuplicateRule) -> str:
    """What the rule does, and how much of that the preview has looked for."""
    does = _DOES[rule.on_create]
    told = [f"{does} with the same {' and '.join(names)}: foreseen." for names in rule.matches]
    return " ".join([*told, *(f"It {reason}: not foreseen." for reason in rule.unforeseen)])


_PARSERS = {
    RuleKind.VALIDATION_RULE: _validation_rule,
    RuleKind.FLOW: _flow,
    RuleKind.TRIGGER: _trigger,
}


def _object_of(record: Record, relationship: str) -> str:
    parent: Any = record.get(relationship)
    return _text(parent, "QualifiedApiName") if isinstance(parent, dict) else ""


def _text(record: Record, name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
