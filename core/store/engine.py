"""The store: one database behind read and write transactions. Opening it checks everything."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)
from sqlmodel import Session

from core.errors import StartRefused, StorageBusy, StorageError
from core.settings import Settings
from core.store.databases import build_engine, is_sqlite, sqlite_file, translated
from core.store.keys import key_source, open_vault, require_possible_key
from core.store.migrate import migrated
from core.store.vault import Vault

_SQLITE_NOW = text("SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')")
_POSTGRES_NOW = text("SELECT clock_timestamp()")
_ONE_ROW = text("SELECT id FROM account LIMIT 1")


class Store:
    """Hands out sessions; the rows read in one stay readable after it ends."""

    def __init__(self, engine: Engine, *, vault: Vault, key_source: str) -> None:
        self._engine = engine
        self._transactions = _Transactions(engine)
        self.vault = vault
        self.key_source = key_source

    @classmethod
    def open(cls, settings: Settings) -> "Store":
        """Open the store the settings name; make, migrate and seal it where it is new.

        Raises StartRefused where the keys do not fit or the database cannot be used.
        """
        try:
            require_possible_key(settings)
            engine = build_engine(settings)
        except OSError as error:
            raise _no_place(error) from None
        try:
            vault = _migrated_vault(engine, settings)
        except OSError as error:
            engine.dispose()
            raise _no_place(error) from None
        except DBAPIError as error:
            engine.dispose()
            raise _cannot_open(error, settings) from None
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, vault=vault, key_source=key_source(settings))

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that holds the write lock from its start and commits at its end.

        Raises StorageBusy where the lock cannot be had. Make no network call inside.
        """
        with self._transactions.write() as session:
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that sees one state of the store; the database refuses writes in it."""
        with self._transactions.read() as session:
            yield session

    def now(self, session: Session) -> datetime:
        """The database's own clock, which all processes share; aware UTC."""
        return database_now(session)

    def answers(self) -> bool:
        """Whether a row can be read now: damaged, gone or without its tables, it does not."""
        file = self._engine.url.database if is_sqlite(self._engine) else None
        if file is not None and not Path(file).is_file():
            return False  # a file that was deleted can be read on by whoever has it open
        try:
            with self.read() as session:
                session.execute(_ONE_ROW)
        except (StorageError, SQLAlchemyError):
            return False
        return True

    def checkpoint(self) -> None:
        """Fold SQLite's log into its file, so that what was erased is gone from the disk."""
        if is_sqlite(self._engine):
            with self._engine.connect() as connection:
                cursor = connection.connection.cursor()
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.close()

    def close(self) -> None:
        """Give every connection back; the store cannot be used afterwards."""
        self._engine.dispose()


class _Transactions:
    def __init__(self, engine: Engine) -> None:
        self._writer = engine.execution_options(is_writer=True)
        self._reader = engine
        if not is_sqlite(engine):
            self._reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writing = threading.local()

    @contextmanager
    def write(self) -> Iterator[Session]:
        if getattr(self._writing, "here", False):
            raise RuntimeError("a write inside a write of the same thread would wait for itself")
        self._writing.here = True
        try:
            with self._session(self._writer) as session:
                yield session
                session.commit()
        finally:
            self._writing.here = False

    @contextmanager
    def read(self) -> Iterator[Session]:
        with self._session(self._reader) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                session.connection()  # begins now, not at the first statement
                yield session
        except (DataError, IntegrityError, ProgrammingError):
            raise  # of the statement, not of the store: for the caller to understand
        except DBAPIError as error:
            raise translated(error) from None


def _migrated_vault(engine: Engine, settings: Settings) -> Vault:
    # one transaction for both: keys that do not fit must leave the store as it was
    with migrated(engine) as connection, Session(connection) as session:
        vault = open_vault(session, settings, store_now=database_now(session))
        session.flush()
        return vault


def database_now(session: Session) -> datetime:
    if session.get_bind().dialect.name == "sqlite":
        return datetime.fromisoformat(session.execute(_SQLITE_NOW).scalar_one())
    answer: datetime = session.execute(_POSTGRES_NOW).scalar_one()
    return answer.astimezone(UTC)


def _no_place(error: OSError) -> StartRefused:
    return StartRefused(
        f"The console cannot keep its data: {error.strerror} ({error.filename}).",
        advice="Name a folder this user may write to in HALDA_CONSOLE_HOME and start again. The "
        "database and the key file lie in it unless a setting of their own names another place.",
    )


def _cannot_open(error: DBAPIError, settings: Settings) -> StartRefused | StorageBusy:
    meaning = translated(error)
    if isinstance(meaning, StorageBusy):
        return meaning
    file = sqlite_file(settings)
    if file is not None:
        return StartRefused(
            f"The file {file} cannot be used as the console's database.",
            advice="It may be damaged, of another program, or not writable. Nothing in it was "
            "changed. Restore a backup, or name another file in HALDA_CONSOLE_DATABASE_URL.",
            code=meaning.code,
        )
    return StartRefused(
        "The database that HALDA_CONSOLE_DATABASE_URL names cannot be opened.",
        advice="Check that it exists, that it answers and that this user may write to it.",
        code=meaning.code,
    )
