"""An org's own rules as they are kept with a run, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

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
    )
