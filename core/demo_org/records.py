"""The records of one org: in memory for speed, written through to the file, undone together."""

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.demo_org.database import Database
from core.demo_org.schema import Values


def fold(value: Any) -> Any:
    """Return a value as the platform compares it: text without regard to case."""
    return value.casefold() if isinstance(value, str) else value


class RecordStore:
    """Every record of one org by object and id, with an index for each looked-up field.

    `fixed` records come from the org's set-up: they are read like others and never saved.
    """

    def __init__(
        self, database: Database, org_key: str, fixed: Mapping[str, dict[str, Values]]
    ) -> None:
        self._database = database
        self._org_key = org_key
        self._tables: dict[str, dict[str, Values]] = {}
        self._indexes: dict[tuple[str, str], dict[Any, dict[str, None]]] = {}
        self._journal: list[tuple[str, str, Values | None]] | None = None
        for row in database.rows(
            "SELECT sobject, id, body FROM record WHERE org = ? ORDER BY rowid", org_key
        ):
            self._tables.setdefault(row["sobject"], {})[row["id"]] = json.loads(row["body"])
        self._tables |= fixed

    def all(self, sobject_name: str) -> Iterable[Values]:
        return self._tables.get(sobject_name, {}).values()

    def count(self, sobject_name: str) -> int:
        return len(self._tables.get(sobject_name, {}))

    def get(self, sobject_name: str, record_id: str) -> Values | None:
        return self._tables.get(sobject_name, {}).get(record_id)

    def find(self, sobject_name: str, field_name: str, value: Any) -> list[Values]:
        """Return the records, deleted ones left out, whose field equals the value."""
        index = self._index(sobject_name, field_name)
        table = self._tables.get(sobject_name, {})
        found = (table[record_id] for record_id in index.get(fold(value), ()))
        return [record for record in found if not record.get("IsDeleted")]

    def ids_with(self, sobject_name: str, field_name: str, values: Iterable[Any]) -> set[str]:
        """Return the ids, deleted ones too, whose field equals one of the values."""
        index = self._index(sobject_name, field_name)
        return {record_id for each in values for record_id in index.get(fold(each), ())}

    def put(self, sobject_name: str, record: Values) -> None:
        """Save a record under its id; the caller gives the whole of it."""
        record_id = record["Id"]
        table = self._tables.setdefault(sobject_name, {})
        before = table.get(record_id)
        if self._journal is not None:
            self._journal.append((sobject_name, record_id, before))
        self._replace(sobject_name, record_id, record)
        self._database.execute(
            "INSERT INTO record (org, id, sobject, body) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (org, id) DO UPDATE SET body = excluded.body",
            self._org_key,
            record_id,
            sobject_name,
            json.dumps(record, ensure_ascii=False),
        )

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Take back every change made inside when an exception leaves it. May be nested."""
        outer, self._journal = self._journal, []
        try:
            with self._database.transaction():
                yield
        except BaseException:
            self._undo()
            self._journal = outer
            raise
        if outer is not None:
            outer.extend(self._journal)
        self._journal = outer

    def content_hash(self) -> str:
        """Return one hash over every record, the same whatever the order of writing."""
        digest = hashlib.sha256()
        for sobject_name in sorted(self._tables):
            for record_id, record in sorted(self._tables[sobject_name].items()):
                digest.update(f"{sobject_name}/{record_id}".encode())
                digest.update(json.dumps(record, sort_keys=True).encode())
        return digest.hexdigest()

    def _undo(self) -> None:
        for sobject_name, record_id, before in reversed(self._journal or ()):
            self._replace(sobject_name, record_id, before)

    def _replace(self, sobject_name: str, record_id: str, record: Values | None) -> None:
        table = self._tables.setdefault(sobject_name, {})
        before = table.get(record_id)
        for (indexed, field_name), index in self._indexes.items():
            if indexed == sobject_name:
                self._reindex(index, field_name, before, record)
        if record is None:
            table.pop(record_id, None)
        else:
            table[record_id] = record

    @staticmethod
    def _reindex(
        index: dict[Any, dict[str, None]],
        field_name: str,
        before: Values | None,
        after: Values | None,
    ) -> None:
        if before is not None:
            index.get(fold(before.get(field_name)), {}).pop(before["Id"], None)
        if after is not None:
            index.setdefault(fold(after.get(field_name)), {})[after["Id"]] = None

    def _index(self, sobject_name: str, field_name: str) -> dict[Any, dict[str, None]]:
        index = self._indexes.get((sobject_name, field_name))
        if index is None:
            index = {}
            for record in self._tables.get(sobject_name, {}).values():
                self._reindex(index, field_name, None, record)
            self._indexes[sobject_name, field_name] = index
        return index
