"""What the org answered for one match key, found again by the values it holds. Pure."""

from collections.abc import Mapping, Sequence

from core.mapping.model import JsonValue
from core.preview.keys import Folded, Key, OrgRecord, loosen
from core.salesforce.composite import Record


class Found:
    """The records that came for one key, by what they hold of it."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self._exact: dict[Folded, dict[str, OrgRecord]] = {}
        self._loose: dict[Folded, dict[str, OrgRecord]] = {}

    def add(self, records: Sequence[Record]) -> None:
        for record in records:
            folded = self._key.fold_record(record)
            if folded is None:
                continue
            record_id = str(record["Id"])
            self._exact.setdefault(folded, {})[record_id] = record
            self._loose.setdefault(loosen(folded), {})[record_id] = record

    def hits(self, folded: Folded) -> Mapping[str, OrgRecord]:
        return self._exact.get(folded, {})

    def near(self, values: Sequence[JsonValue]) -> Mapping[str, OrgRecord]:
        """What the org took for equal although it is spelled otherwise, such as another accent.

        Only a key of one field tells: lists per field also bring pairs that nobody asked for.
        """
        if len(values) > 1 or self._key.fields[0].case_sensitive:
            return {}
        return self._loose.get(loosen(self._key.fold(values)), {})
