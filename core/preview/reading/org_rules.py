"""An org's own rules as they are kept with a run, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from core.salesforce.duplicate_rules import DuplicateAction, DuplicateRule
from core.salesforce.org_rules import OrgRule, OrgRules, RuleKind, Unread


def to_stored(rules: OrgRules) -> dict[str, Any]:
    return asdict(rules)


def from_stored(stored: Mapping[str, Any]) -> OrgRules | None:
    """Return what was kept; None where the preview never asked."""
    if not stored:
        return None
    return OrgRules(
        tuple(stored["sobject_names"]),
        tuple(OrgRule(**{**each, "kind": RuleKind(each["kind"])}) for each in stored["rules"]),
        tuple(Unread(RuleKind(each["kind"]), each["reason"]) for each in stored["unread"]),
        tuple(_duplicate_rule(each) for each in stored.get("duplicates", ())),
        tuple(stored.get("unenforced", ())),
    )


def _duplicate_rule(stored: Mapping[str, Any]) -> DuplicateRule:
    return DuplicateRule(
        sobject_name=stored["sobject_name"],
        name=stored["name"],
        label=stored["label"],
        on_create=DuplicateAction(stored["on_create"]),
        on_update=DuplicateAction(stored["on_update"]),
        matches=tuple(map(tuple, stored["matches"])),
        unforeseen=tuple(stored["unforeseen"]),
    )
