"""What a piece of work has fetched and would else fetch again after a crash; gone with its end.

Holds sealed text only: whoever keeps something here encrypts it first.
"""

from collections.abc import Sequence

from sqlalchemy import Column, Engine, MetaData, Table, Text, delete, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.store.databases import is_sqlite, translated
from core.work.place import SCHEMA

_LOCK_NUMBER = 0x53504F4F4C  # any constant: one process at a time makes the table


class Spool:
    """Sealed texts by item and name. Raises StorageError where the database does not answer."""

    def __init__(self, engine: Engine) -> None:
        self._reader, self._writer = engine, engine.execution_options(is_writer=True)
        self._table = Table(
            "kept",
            MetaData(schema=None if is_sqlite(engine) else SCHEMA),
            Column("item_id", Text, primary_key=True),
            Column("name", Text, primary_key=True),
            Column("content", Text, nullable=False),
        )
        with self._writer.begin() as connection:
            if not is_sqlite(engine):
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})"))
            self._table.metadata.create_all(connection)

    def keep(self, item_id: str, name: str, content: str) -> None:
        """Keep a text; one that is kept already stays as it is."""
        row = {"item_id": item_id, "name": name, "content": content}
        try:
            with self._writer.begin() as connection:
                connection.execute(self._table.insert(), row)
        except IntegrityError:
            return
        except DBAPIError as error:
            raise translated(error) from None

    def load(self, item_id: str, names: Sequence[str]) -> dict[str, str]:
        """Return those of the texts that are kept, by name."""
        table = self._table.c
        kept = select(table.name, table.content).where(
            table.item_id == item_id, table.name.in_(names)
        )
        try:
            with self._reader.connect() as connection:
                return {row.name: row.content for row in connection.execute(kept)}
        except DBAPIError as error:
            raise translated(error) from None

    def item_ids(self) -> frozenset[str]:
        """The ids of all items of which something is kept."""
        try:
            with self._reader.connect() as connection:
                return frozenset(connection.scalars(select(self._table.c.item_id).distinct()))
        except DBAPIError as error:
            raise translated(error) from None

    def drop(self, item_id: str) -> None:
        """Forget everything of an item."""
        try:
            with self._writer.begin() as connection:
                connection.execute(delete(self._table).where(self._table.c.item_id == item_id))
        except DBAPIError as error:
            raise translated(error) from None
