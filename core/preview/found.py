"""What the org answered for one match key, found again by the values it holds. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.mapping.model import JsonValue
from core.preview.keys import Folded, Key, OrgRecord, loosen
from core.preview.moved import Trail, is_deleted, master_id
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

    def ended_up(self, folded: Folded, trail: Trail) -> Hits:
        """The records that hold these values or, where none does, those that stayed of them."""
        if hits := self.hits(folded):
            return Hits(self._key, hits)
        masters = map(master_id, self.gone(folded).values())
        ended = (trail.stayed(each) for each in masters if each)
        stayed = {str(record["Id"]): record for record in ended if record is not None}
        return Hits(self._key, stayed, is_merged=bool(stayed))

    def master_ids(self) -> set[str]:
        """The ids of the records that those found were merged into."""
        gone = (record for records in self._gone.values() for record in records.values())
        return {found for record in gone if (found := master_id(record))}

    def near(self, values: Sequence[JsonValue]) -> Mapping[str, OrgRecord]:
        """What the org took for equal although it is spelled otherwise, such as another accent.

        Only a key of one field tells: lists per field also bring pairs that nobody asked for.
        """
        if len(values) > 1 or self._key.fields[0].case_sensitive:
            return {}
        return self._loose.get(loosen(self._key.fold(values)), {})
