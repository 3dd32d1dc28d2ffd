"""What the org answered for one match key, found again by the values it holds. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.preview.matching.keys import Folded, Key, OrgRecord, loosen
from core.preview.matching.moved import Trail, is_deleted, master_id
from core.salesforce.composite import Record


@dataclass(frozen=True, slots=True)
class Hits:
    """The records that one key found; `is_merged` where they only took its records in."""

    key: Key
    records: Mapping[str, OrgRecord]
    is_merged: bool = False

    @property
    def label(self) -> str:
        return f"{self.key.label} of a record merged into it" if self.is_merged else self.key.label


class Found:
    """The records that came for one key, by what they hold of it."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._exact: dict[Folded, dict[str, OrgRecord]] = {}
        self._loose: dict[Folded, dict[str, OrgRecord]] = {}
        self._gone: dict[Folded, dict[str, OrgRecord]] = {}

    def add(self, records: Sequence[Record]) -> None:
        for record in records:
            folded = self._key.fold_record(record)
            if folded is None:
                continue
            record_id = str(record["Id"])
            if is_deleted(record):
                self._gone.setdefault(folded, {})[record_id] = record
                continue
            self._exact.setdefault(folded, {})[record_id] = record
            self._loose.setdefault(loosen(folded), {})[record_id] = record

    def hits(self, folded: Folded) -> Mapping[str, OrgRecord]:
        return self._exact.get(folded, {})

    def gone(self, folded: Folded) -> Mapping[str, OrgRecord]:
        """The deleted and merged records that held these values."""
        return self._gone.get(folded, {})

    def stayed(self, folded: Folded, trail: Trail) -> Mapping[str, OrgRecord]:
        """The records into which those that held these values were merged."""
        masters = map(master_id, self.gone(folded).values())
        ended = (trail.stayed(each) for each in masters if each)
        return {str(record["Id"]): record for record in ended if record is not None}

    def master_ids(self) -> set[str]:
        """The ids of the records that those found were merged into."""
        gone = (record for records in self._gone.values() for record in records.values())
        return {found for record in gone if (found := master_id(record))}

    def near(self, folded: Folded) -> Mapping[str, OrgRecord]:
        """The records that hold the same but for accents."""
        return self._loose.get(loosen(folded), {})
