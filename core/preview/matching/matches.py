"""What was found of one inquiry in the org: a record, none, or why that cannot be told. Values."""

from dataclasses import dataclass

from core.preview.holds import Hold
from core.preview.matching.keys import Folded, OrgRecord


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that came into question; `note` says how where it is not by a key.

    It has no id where an earlier row of the batch makes it.
    """

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

    `uniques` is what the record would hold of fields in which the org allows a value once.
    `after_row` is the row of the batch that wrote the record last; `note` says how the record was
    come by where that was not straight.
    """

    record: OrgRecord | None = None
    matched_by: str = ""
    candidates: tuple[Candidate, ...] = ()
    hold: Hold | None = None
    note: str = ""
    uniques: tuple[UniqueValue, ...] = ()
    after_row: int = 0

    @property
    def record_id(self) -> str:
        """The id of the record found, or the reference to an earlier row that makes it."""
        return str(self.record["Id"]) if self.record else ""
