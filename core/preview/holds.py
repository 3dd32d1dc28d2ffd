"""Why a whole record is held back, in words, and who has to move. Values only."""

from dataclasses import dataclass
from enum import StrEnum

from core.errors import WhoActs


class HoldKind(StrEnum):
    """Stable names by which screens group and count."""

    SEVERAL_MATCHES = "several_matches"
    KEYS_DISAGREE = "keys_disagree"
    DIFFERENT_ID = "different_id"
    CONVERTED_LEAD = "converted_lead"
    ALREADY_EXISTS = "already_exists"
    NO_MATCH = "no_match"
    NO_KEY_VALUE = "no_key_value"
    WAITS_FOR_ROW = "waits_for_row"
    WAITING_FOR_DETAILS = "waiting_for_details"
    BLOCKED_VALUE = "blocked_value"
    MISSING_REQUIRED = "missing_required"
    NOT_PERMITTED = "not_permitted"


_WHO_ACTS = {
    HoldKind.SEVERAL_MATCHES: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.KEYS_DISAGREE: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.DIFFERENT_ID: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.CONVERTED_LEAD: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.NOT_PERMITTED: WhoActs.UNIVERSITY_ADMIN,
    HoldKind.WAITING_FOR_DETAILS: WhoActs.NOBODY,
}


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason to send nothing of a record. `reason` names fields, never their values."""

    kind: HoldKind
    reason: str

    @property
    def who_acts(self) -> WhoActs:
        return _WHO_ACTS.get(self.kind, WhoActs.OPERATOR)
