"""What was found of one inquiry in the org: a record, none, or why that cannot be told. Values."""

from dataclasses import dataclass

from core.preview.holds import Hold
from core.preview.keys import Folded, OrgRecord

# By place among the match keys, what a record is found by.
Claims = frozenset[tuple[int, Folded]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the org that came into question; `note` says how where it is not by a key."""

    record_id: str
    name: str
    sobject_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UniqueValue:
    """A value that one record only may hold, with the ids of those that hold it now."""

    field_name: str
    folded: Folded
    holders: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What was found for one inquiry: a record, or none, or why that cannot be told.

    `claims` are what a record made of this inquiry would be found by; `uniques` what it would
    hold of fields in which the org allows a value once. `note` says how the record was come by
    where that was not straight.
    """

    record: OrgRecord | None = None
    matched_by: str = ""
    candidates: tuple[Candidate, ...] = ()
    hold: Hold | None = None
    note: str = ""
    claims: Claims = frozenset()
    uniques: tuple[UniqueValue, ...] = ()

    @property
    def record_id(self) -> str:
        return str(self.record["Id"]) if self.record else ""
