"""Bring a store to the tables of this version, once, however many processes start together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from core.errors import StartRefused
from core.store.databases import is_sqlite

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_NUMBER = 0x48414C4441  # any constant that every console uses


def alembic_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


@contextmanager
def migrated(engine: Engine) -> Iterator[Connection]:
    """A guarded transaction in which the missing migrations have run; an error undoes them too.

    Raises StartRefused for a newer store. References are not enforced inside it.
    """
    with engine.execution_options(is_writer=True).connect() as connection:
        if is_sqlite(engine):
            # rebuilding a table that others point to needs this off, and it cannot change within
            # a transaction
            connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                yield connection
        finally:
            connection.invalidate()  # so that no later caller gets the connection as it is now


def _upgrade(connection: Connection) -> None:
    if not is_sqlite(connection.engine):
        connection.exec_driver_sql("SET LOCAL lock_timeout = '120s'")
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})")
    try:
        command.upgrade(alembic_config(connection), "head")
    except CommandError:
        raise StartRefused(
            "The store was written by a newer version of the console.",
            advice="Start that version, or restore a backup made before it ran.",
        ) from None
    if is_sqlite(connection.engine):
        _check_references(connection)


def _check_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise StartRefused(
            f"A migration would leave rows of {broken[0]} that point to nothing; it was undone.",
            advice="Keep this store as it is and report this sentence with the version you ran.",
        )
