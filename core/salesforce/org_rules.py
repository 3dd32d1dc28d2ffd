"""An org's own rules, triggers and flows as values; a kind that could not be read is told apart."""

from dataclasses import dataclass
from enum import StrEnum

from core.salesforce.duplicate_rules import DuplicateRule


class RuleKind(StrEnum):
    VALIDATION_RULE = "validation rule"
    FLOW = "flow"
    TRIGGER = "trigger"
    DUPLICATE_RULE = "duplicate rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgRule:
    """One of them. `field_name` is where a validation rule shows its message; `runs_on` is when.

    `is_foreseen`: the preview has looked for all that it would refuse.
    """

    kind: RuleKind
    sobject_name: str
    name: str
    label: str = ""
    message: str = ""
    field_name: str = ""
    runs_on: str = ""
    is_foreseen: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A kind that the org did not tell, and why."""

    kind: RuleKind
    reason: str


@dataclass(frozen=True, slots=True)
class OrgRules:
    """All that was asked about; a kind that could not be read is not a kind without rules."""

    sobject_names: tuple[str, ...] = ()
    rules: tuple[OrgRule, ...] = ()
    unread: tuple[Unread, ...] = ()
    duplicates: tuple[DuplicateRule, ...] = ()
    unenforced: tuple[str, ...] = ()  # fields whose package rule the university switched off

    def duplicates_of(self, sobject_name: str) -> tuple[DuplicateRule, ...]:
        return tuple(each for each in self.duplicates if each.sobject_name == sobject_name)

    def of(self, sobject_name: str, kind: RuleKind) -> tuple[OrgRule, ...]:
        return tuple(
            each
            for each in self.rules
            if each.kind is kind and each.sobject_name.casefold() == sobject_name.casefold()
        )
