"""The two database engines, each with the settings that keep the store safe. Knows no table."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import StartRefused, StorageBusy, StorageError
from core.settings import Settings

_SQLITE_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# a lock not had in time, a deadlock, a lost serialisation race, a statement over its time
_POSTGRES_BUSY = {"55P03", "40P01", "40001", "57014"}
_POSTGRES_OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        "lock_timeout=5s",
        "statement_timeout=30s",
        "idle_in_transaction_session_timeout=10s",
        "synchronous_commit=on",
        "timezone=UTC",
    )
)


def build_engine(settings: Settings) -> Engine:
    """Return an engine for the setting's URL; makes the private folder and file for SQLite."""
    url = _parsed(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, settings)
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={"options": _POSTGRES_OPTIONS, "connect_timeout": 5},
    )


def sqlite_file(settings: Settings) -> Path | None:
    """The embedded store's file, or None where the store is PostgreSQL."""
    url = _parsed(settings.database_url)
    if url.get_backend_name() != "sqlite":
        return None
    if not url.database or url.database == ":memory:" or url.query:
        raise _bad_url("names no file")  # a store in memory would lose what it is given
    return Path(url.database).absolute()


def is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def private_folder(folder: Path) -> None:
    """Make a folder only its owner can enter; one that exists keeps its mode."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def translated(error: DBAPIError) -> StorageError:
    """What a failed statement means to whoever waits for it; holds nothing of the statement."""
    if _is_busy(error.orig):
        return StorageBusy(
            "The store is busy: another process is writing to it.",
            advice="Nothing was changed. Try again in a moment.",
        )
    code = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or ""
    return StorageError(
        "The store could not be read or written.",
        advice="Check that its disk has room and that the database answers, then try again.",
        code=code,
    )


def _is_busy(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_BUSY
    return getattr(cause, "sqlstate", "") in _POSTGRES_BUSY


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise _bad_url("cannot be read") from None  # the cause quotes the URL, with its password
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise _bad_url("names a kind of database the console does not know")
    return url


def _bad_url(why: str) -> StartRefused:
    return StartRefused(
        f"The setting HALDA_CONSOLE_DATABASE_URL {why}.",
        advice="Use sqlite:///FILE or postgresql://USER@HOST/DATABASE, or leave it out.",
    )


def _sqlite_engine(url: URL, settings: Settings) -> Engine:
    file = sqlite_file(settings)
    assert file is not None
    _private_file(file, home=settings.home)
    engine = create_engine(
        url.set(database=str(file)),
        hide_parameters=True,
        max_overflow=-1,  # writers queue at the file's lock; a pool limit would be a second queue
        connect_args={"isolation_level": None, "timeout": settings.storage_wait_seconds},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _private_file(file: Path, *, home: Path) -> None:
    private_folder(home)
    private_folder(file.parent)
    if file.parent.is_relative_to(home):
        home.chmod(0o700)
        file.parent.chmod(0o700)
    # made before SQLite opens it: SQLite would use the umask, and -wal and -shm copy this mode
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a refresh token answered once must survive a power cut
        "foreign_keys=ON",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # an upgrade from a deferred BEGIN fails under load whatever the busy timeout, so writers
    # take the lock first
    if connection.get_execution_options().get("is_writer"):
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN")
