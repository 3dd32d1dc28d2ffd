"""Tell an org's set-up as records: one for each rule, trigger and flow of its shape."""

from collections.abc import Callable, Iterator
from typing import Final

from core.demo_org.ids import make_id
from core.demo_org.schema import Automation, Sobject, ValidationRule, Values
from core.demo_org.setup_objects import SETUP_OBJECTS, TOOLING_OBJECTS, TRIGGER_MOMENTS
from core.demo_org.shapes.shape import OrgShape

_CHANGED_AT: Final = "2026-01-05T09:00:00.000+0000"


def setup_records(shape: OrgShape) -> dict[str, dict[str, Values]]:
    """Return the records of every set-up object by their ids."""
    return {name: _numbered(shape, name, make) for name, make in _MAKERS.items()}


def _numbered(
    shape: OrgShape, name: str, make: Callable[[OrgShape, Sobject], Iterator[Values]]
) -> dict[str, Values]:
    prefix = (SETUP_OBJECTS | TOOLING_OBJECTS)[name].key_prefix or ""
    found: dict[str, Values] = {}
    for sobject in shape.sobjects.values():
        for values in make(shape, sobject):
            record_id = values.get("Id") or make_id(prefix, shape.pod, len(found) + 1)
            found[record_id] = {"Id": record_id, "LastModifiedDate": _CHANGED_AT, **values}
    return found


def _validation_rules(_shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    for rule in sobject.validation_rules:
        yield {
            "ValidationName": rule.name,
            "Active": rule.active,
            "ErrorDisplayField": rule.field_name,
            "ErrorMessage": rule.message,
            "EntityDefinitionId": sobject.name,
            "FullName": f"{sobject.name}.{rule.name}",
            "Metadata": _rule_metadata(rule),
        }


def _rule_metadata(rule: ValidationRule) -> Values:
    return {
        "description": None,
        "errorConditionFormula": rule.formula,
        "errorDisplayField": rule.field_name,
        "errorMessage": rule.message,
        "shouldEvaluateOnClient": None,
        "urls": None,
        "active": rule.active,
    }


def _listed(sobject: Sobject) -> Iterator[Automation]:
    return (each for each in sobject.automations if each.listed)


def _triggers(_shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    for each in _listed(sobject):
        if each.flow_label is None:
            moment = "After" if each.run is None else "Before"
            yield {
                "Name": each.name,
                "TableEnumOrId": sobject.name,
                "NamespacePrefix": each.namespace,
                "Status": "Active" if each.active else "Inactive",
                "IsValid": True,
                **{f"Usage{name}": False for name in TRIGGER_MOMENTS},
                f"Usage{moment}Insert": True,
                f"Usage{moment}Update": True,
                "EntityDefinitionId": sobject.name,
            }


def _flows(_shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    for each in _listed(sobject):
        if each.flow_label is not None:
            yield {
                "DurableId": each.name,
                "ApiName": each.name,
                "Label": each.flow_label,
                "NamespacePrefix": each.namespace,
                "ProcessType": "AutoLaunchedFlow",
                "TriggerType": "RecordAfterSave" if each.run is None else "RecordBeforeSave",
                "RecordTriggerType": "CreateAndUpdate",
                "IsActive": each.active,
                "IsTemplate": False,
                "TriggerObjectOrEventLabel": sobject.label,
                "TriggerObjectOrEventId": sobject.name,
            }


def _duplicate_rules(_shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    rule = sobject.duplicate_rule
    if rule is not None:
        yield {
            "DeveloperName": rule.rule,
            "MasterLabel": rule.rule.replace("_", " "),
            "SobjectType": sobject.name,
            "SobjectSubtype": "None",
            "IsActive": rule.active,
        }


def _matching_rules(shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    rule = sobject.duplicate_rule
    if rule is not None:
        yield {
            "Id": _matching_rule_id(shape, sobject),
            "DeveloperName": rule.match,
            "MasterLabel": rule.match.replace("_", " "),
            "SobjectType": sobject.name,
            "RuleStatus": "Active",
            "MatchEngine": "FuzzyMatchEngine",
        }


def _matching_items(shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    rule = sobject.duplicate_rule
    for place, field_name in enumerate(rule.fields if rule else (), start=1):
        yield {
            "MatchingRuleId": _matching_rule_id(shape, sobject),
            "Field": field_name,
            "MatchingMethod": "Exact",
            "BlankValueBehavior": "NullNotAllowed",
            "SortOrder": place,
        }


def _matching_rule_id(shape: OrgShape, sobject: Sobject) -> str:
    return make_id("0JD", shape.pod, list(shape.sobjects).index(sobject.name) + 1)


def _entities(_shape: OrgShape, sobject: Sobject) -> Iterator[Values]:
    stem = sobject.name.removesuffix("__c")
    namespace, _, bare = stem.rpartition("__")
    yield {
        "Id": sobject.name,
        "DurableId": sobject.name,
        "QualifiedApiName": sobject.name,
        "DeveloperName": bare,
        "NamespacePrefix": namespace or None,
        "Label": sobject.label,
        "KeyPrefix": sobject.key_prefix,
    }


_MAKERS: Final[dict[str, Callable[[OrgShape, Sobject], Iterator[Values]]]] = {
    "ApexTrigger": _triggers,
    "DuplicateRule": _duplicate_rules,
    "EntityDefinition": _entities,
    "FlowDefinitionView": _flows,
    "MatchingRule": _matching_rules,
    "MatchingRuleItem": _matching_items,
    "ValidationRule": _validation_rules,
}
