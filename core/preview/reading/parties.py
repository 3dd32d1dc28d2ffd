"""Whose move a held record is: the inquiries' owner, ours, the university's, or nobody's. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from core.errors import WhoActs
from core.mapping.problems import ProblemKind
from core.preview.holds import HoldKind
from core.preview.reading.stored import RowView


class Party(StrEnum):
    """Who acts, as screens and lists say it."""

    DATA = "your data"
    MAPPING = "our mapping"
    ADMIN = "the university's admin"
    SALESFORCE = "Salesforce"
    NOBODY = "nobody: it waits"


TO_DO: Mapping[Party, str] = {
    Party.DATA: "Correct or complete these inquiries, load them again and preview.",
    Party.MAPPING: "Change the mapping or its value maps so that these values fit, and preview.",
    Party.ADMIN: "Correct these records or permissions in Salesforce, then preview again.",
    Party.SALESFORCE: "Ask Salesforce support, or wait until the trouble is over.",
    Party.NOBODY: "Nothing to do: these go on once what they wait for is there.",
}
BY_WHO_ACTS: Mapping[WhoActs, Party] = {
    WhoActs.UNIVERSITY_ADMIN: Party.ADMIN,
    WhoActs.SALESFORCE: Party.SALESFORCE,
    WhoActs.NOBODY: Party.NOBODY,
    WhoActs.HALDA_SUPPORT: Party.MAPPING,
}
BY_HOLD: Mapping[HoldKind, Party] = {
    # a record that waits is free by itself as soon as the other one is
    HoldKind.WAITS_FOR_ROW: Party.NOBODY,
    HoldKind.WAITS_FOR_PARENT: Party.NOBODY,
    HoldKind.NO_KEY_VALUE: Party.DATA,
    HoldKind.STORED_ID: Party.DATA,
    HoldKind.ALREADY_EXISTS: Party.MAPPING,
    HoldKind.NO_MATCH: Party.MAPPING,
    HoldKind.MISSING_REQUIRED: Party.MAPPING,
    HoldKind.LOOKUP_NOT_FOUND: Party.MAPPING,
}
# Of a value that does not fit. The first of these that a record has decides; data is the rest.
ADMINS_VALUES = (ProblemKind.UNKNOWN_FIELD, ProblemKind.UNKNOWN_RECORD_TYPE)
MAPPINGS_VALUES = (
    ProblemKind.NOT_ALLOWED_VALUE,
    ProblemKind.INACTIVE_VALUE,
    ProblemKind.CLOSED_VALUE,
    ProblemKind.WRONG_DEPENDENT_VALUE,
    ProblemKind.CONTROLLER_UNKNOWN,
    ProblemKind.TOO_MANY_VALUES,
    ProblemKind.AMBIGUOUS_DATE,
    ProblemKind.AMBIGUOUS_NUMBER,
    ProblemKind.MISSING_TIME_ZONE,
    ProblemKind.NOT_AN_ID,
    ProblemKind.UNWRITABLE_TYPE,
    ProblemKind.TARGET_TWICE,
    ProblemKind.UNMAPPED_VALUE,
    ProblemKind.LOOKUP_NOT_FOUND,
    ProblemKind.TRANSFORM_NOT_SET,
    ProblemKind.NO_SUCH_PART,
    ProblemKind.TERM_UNDECIDED,
    ProblemKind.NO_TERM_CODE,
)


def party_of(hold_kind: str, who_acts: str, kinds: Iterable[str]) -> Party | None:
    """Return whose move a record is; None where it is not held.

    `kinds` are the names of all its problems that block.
    """
    if not hold_kind:
        return None
    if hold_kind in _HOLDS:
        return _HOLDS[hold_kind]
    if who_acts in _ACTORS:
        return _ACTORS[who_acts]
    found = set(kinds)
    if found & set(ADMINS_VALUES):
        return Party.ADMIN
    return Party.MAPPING if found & set(MAPPINGS_VALUES) else Party.DATA


def party_of_row(row: RowView) -> Party | None:
    """The same of a stored record."""
    kinds = (problem.kind for problem in row.problems if problem.blocks)
    return party_of(row.hold_kind, row.who_acts, kinds)


_HOLDS = {kind.value: party for kind, party in BY_HOLD.items()}
_ACTORS = {who.value: party for who, party in BY_WHO_ACTS.items()}
