"""An org's duplicate rules: what they compare, what they do, and which can be foreseen. Pure.

A rule that compares by likeness, has conditions of its own, or looks among another object's
records cannot be: only the org knows what it takes for alike.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from simple_salesforce.format import format_soql

from core.salesforce.composite import Record

_EXACT, _BLANKS = "Exact", "MatchBlanks"


class DuplicateAction(StrEnum):
    """What becomes of a record that the rule finds again."""

    BLOCKS = "blocks"
    ALERTS = "alerts"  # refused, unless the caller says to save it anyway
    SAVES = "saves"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRule:
    """One active rule. `matches` are the fields in which two records are exactly equal.

    Any of them is enough. `unforeseen` says in words what else the rule does.
    """

    sobject_name: str
    name: str
    label: str = ""
    on_create: DuplicateAction = DuplicateAction.UNKNOWN
    on_update: DuplicateAction = DuplicateAction.UNKNOWN
    matches: tuple[tuple[str, ...], ...] = ()
    unforeseen: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.label or self.name


def matching_items_query(sobject_names: Sequence[str]) -> str:
    """Return what asks for the fields that the objects' matching rules compare, and how.

    https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_matchingruleitem.htm
    """
    names = ", ".join(
        f"MatchingRule.{name}" for name in ("DeveloperName", "MasterLabel", "BooleanFilter")
    )
    where = format_soql("MatchingRule.SobjectType IN {}", list(sobject_names))
    return (
        f"SELECT MatchingRuleId, Field, MatchingMethod, BlankValueBehavior, {names},"  # noqa: S608
        f" MatchingRule.SobjectType FROM MatchingRuleItem WHERE {where}"
    )


def objects_to_ask(rules: Iterable[Record], items: Iterable[Record]) -> list[str]:
    """Return the objects of which a rule may be foreseen, so that asking what it does pays."""
    exact = {each.sobject_name for each in _matching_rules(items).values() if not each.why_not}
    return sorted({_text(each, "SobjectType") for each in rules} & exact)


def parse_duplicate_rules(
    rules: Iterable[Record],
    items: Iterable[Record],
    configurations: Mapping[str, Mapping[str, Any]],
) -> tuple[DuplicateRule, ...]:
    """Return the active rules; `configurations` are the UI API's answers by object.

    https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_responses_duplicates_configuration.htm
    """
    matching = _matching_rules(items)
    return tuple(
        _rule(record, matching, configurations.get(_text(record, "SobjectType")))
        for record in rules
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matching:
    """One matching rule; `why_not` says why it cannot be foreseen."""

    sobject_name: str
    names: frozenset[str]
    fields: tuple[str, ...]
    why_not: str


def _matching_rules(items: Iterable[Record]) -> dict[str, _Matching]:
    by_rule: dict[str, list[Record]] = {}
    for item in items:
        by_rule.setdefault(_text(item, "MatchingRuleId"), []).append(item)
    return {rule_id: _matching(found) for rule_id, found in by_rule.items()}


def _matching(items: Sequence[Record]) -> _Matching:
    parent = items[0].get("MatchingRule")
    rule = parent if isinstance(parent, dict) else {}
    names = {_text(rule, "DeveloperName").casefold(), _text(rule, "MasterLabel").casefold()}
    return _Matching(
        sobject_name=_text(rule, "SobjectType"),
        names=frozenset(names - {""}),
        fields=tuple(_text(each, "Field") for each in items),
        why_not=_why_not(items, rule),
    )


def _why_not(items: Sequence[Record], rule: Record) -> str:
    alike = [_text(each, "Field") for each in items if _text(each, "MatchingMethod") != _EXACT]
    if alike:
        return f"compares {', '.join(alike)} by likeness"
    if any(_text(each, "BlankValueBehavior") == _BLANKS for each in items):
        return "takes blank values for equal"
    if _text(rule, "BooleanFilter"):
        return "joins its fields by a logic of its own"
    return ""


def _rule(
    record: Record, matching: Mapping[str, _Matching], configuration: Mapping[str, Any] | None
) -> DuplicateRule:
    names = {_text(record, "DeveloperName").casefold(), _text(record, "MasterLabel").casefold()}
    told = _dicts(configuration, "duplicateRules")
    found = next((each for each in told if _text(each, "name").casefold() in names), None)
    own = _text(record, "SobjectType")
    matches, unforeseen = _matches(own, found, matching)
    return DuplicateRule(
        sobject_name=own,
        name=_text(record, "DeveloperName"),
        label=_text(record, "MasterLabel"),
        on_create=_action(found, "Insert"),
        on_update=_action(found, "Update"),
        matches=matches,
        unforeseen=unforeseen,
    )


def _matches(
    own: str, found: Mapping[str, Any] | None, matching: Mapping[str, _Matching]
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    if found is None:  # not told which of the object's matching rules it uses
        reasons = [each.why_not for each in matching.values() if each.sobject_name == own]
        return (), tuple(dict.fromkeys(filter(None, reasons))) or ("what it compares is not told",)
    if found.get("duplicateRuleFilters"):
        return (), ("has conditions of its own",)
    matches: list[tuple[str, ...]] = []
    unforeseen: list[str] = []
    for each in _dicts(found, "matchRules"):
        other, name = _text(each, "objectApiName") or own, _text(each, "name").casefold()
        if other != own:
            unforeseen.append(f"looks among records of {other} as well")
            continue
        rule = next(
            (m for m in matching.values() if name in m.names and m.sobject_name == own), None
        )
        if rule is None or rule.why_not:
            unforeseen.append(rule.why_not if rule else "what it compares is not told")
        else:
            matches.append(rule.fields)
    return tuple(matches), tuple(unforeseen)


def _action(found: Mapping[str, Any] | None, moment: str) -> DuplicateAction:
    action = _text(found or {}, f"actionOn{moment}")
    if action == "Block":
        return DuplicateAction.BLOCKS
    if action != "Allow" or found is None:
        return DuplicateAction.UNKNOWN
    operations = found.get(f"operationsOn{moment}")
    is_alert = isinstance(operations, list) and "Alert" in operations
    return DuplicateAction.ALERTS if is_alert else DuplicateAction.SAVES


def _dicts(body: Mapping[str, Any] | None, name: str) -> list[dict[str, Any]]:
    found = (body or {}).get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
