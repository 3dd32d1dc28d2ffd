"""Why a whole record is held back, in words, and who has to move. Values only."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import WhoActs
from core.mapping.problems import ProblemKind


class HoldKind(StrEnum):
    """Stable names by which screens group and count."""

    SEVERAL_MATCHES = "several_matches"
    KEYS_DISAGREE = "keys_disagree"
    DIFFERENT_ID = "different_id"
    OTHER_PARENT = "other_parent"
    VALUE_TAKEN = "value_taken"
    DUPLICATE_RULE = "duplicate_rule"
    CONVERTED_LEAD = "converted_lead"
    DELETED = "deleted"
    MERGED = "merged"
    ALREADY_EXISTS = "already_exists"
    NO_MATCH = "no_match"
    NO_KEY_VALUE = "no_key_value"
    STORED_ID = "stored_id"
    WAITS_FOR_ROW = "waits_for_row"
    WAITS_FOR_PARENT = "waits_for_parent"
    WAITING_FOR_DETAILS = "waiting_for_details"
    BLOCKED_VALUE = "blocked_value"
    LOOKUP_NOT_FOUND = "lookup_not_found"
    LOOKUP_SEVERAL = "lookup_several"
    MISSING_REQUIRED = "missing_required"
    NOT_PERMITTED = "not_permitted"


_WHO_ACTS = {
    HoldKind.SEVERAL_MATCHES: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.KEYS_DISAGREE: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.DIFFERENT_ID: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.OTHER_PARENT: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.VALUE_TAKEN: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.DUPLICATE_RULE: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.CONVERTED_LEAD: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.DELETED: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.MERGED: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.LOOKUP_SEVERAL: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.NOT_PERMITTED: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.WAITING_FOR_DETAILS: WhoActs.NOBODY,
}
_OF_PROBLEM = {
    ProblemKind.LOOKUP_NOT_FOUND: HoldKind.LOOKUP_NOT_FOUND,
    ProblemKind.LOOKUP_SEVERAL: HoldKind.LOOKUP_SEVERAL,
}


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason to send nothing of a record. `reason` names fields, never their values.

    `inherited` is who acts for the record that this one waits for.
    """

    kind: HoldKind
    reason: str
    inherited: WhoActs | None = None

    @property
    def who_acts(self) -> WhoActs:
        return self.inherited or who_acts_for(self.kind)


def who_acts_for(kind: HoldKind) -> WhoActs:
    """Return who has to move; a record that waits for another one has that one's instead."""
    return _WHO_ACTS.get(kind, WhoActs.OPERATOR)


def kind_of(problem: ProblemKind) -> HoldKind:
    """Return the hold that a blocking problem of one value puts on its record."""
    return _OF_PROBLEM.get(problem, HoldKind.BLOCKED_VALUE)
