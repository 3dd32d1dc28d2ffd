"""The demo org's own SQLite file. One thread uses it: the server's event loop."""

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

FILE_NAME: Final = "demo_org.sqlite3"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS record (
    org TEXT NOT NULL, id TEXT NOT NULL, sobject TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (org, id));
CREATE TABLE IF NOT EXISTS app (consumer_key TEXT PRIMARY KEY, org TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS grant_ (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, user_id TEXT NOT NULL, consumer_key TEXT NOT NULL,
    scope TEXT NOT NULL, created_at REAL NOT NULL, revoked INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS token (
    hash TEXT PRIMARY KEY, grant_id TEXT NOT NULL, kind TEXT NOT NULL, issued_at REAL NOT NULL,
    expires_at REAL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS code (
    hash TEXT PRIMARY KEY, body TEXT NOT NULL, expires_at REAL NOT NULL,
    used INTEGER NOT NULL DEFAULT 0, grant_id TEXT);
CREATE TABLE IF NOT EXISTS call (
    number INTEGER PRIMARY KEY, org TEXT NOT NULL, at REAL NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, status INTEGER NOT NULL, counted INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS call_org ON call (org, number);
"""
TABLES: Final = ("setting", "record", "app", "grant_", "token", "code", "call")


class Database:
    """The open file, made private to its owner (0600 in a 0700 directory)."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        home.chmod(0o700)
        path = home / FILE_NAME
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
        # The event loop may be started in another thread than the one that opened the file.
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.executescript(_SCHEMA)
        self._depth = 0

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens inside as one; an exception takes it all back. May be nested."""
        name = f"level_{self._depth}"
        self._connection.execute("BEGIN IMMEDIATE" if self._depth == 0 else f"SAVEPOINT {name}")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self._connection.execute("ROLLBACK")
            else:
                self._connection.execute(f"ROLLBACK TO {name}")
                self._connection.execute(f"RELEASE {name}")
            raise
        self._depth -= 1
        self._connection.execute("COMMIT" if self._depth == 0 else f"RELEASE {name}")

    def execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)

    def execute_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        self._connection.executemany(statement, rows)

    def rows(self, statement: str, *values: Any) -> list[sqlite3.Row]:
        return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, *values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(statement, values).fetchone()
        return found

    def setting(self, name: str, default: Any = None) -> Any:
        found = self.row("SELECT value FROM setting WHERE name = ?", name)
        return default if found is None else json.loads(found["value"])

    def save_setting(self, name: str, value: Any) -> None:
        self.execute(
            "INSERT INTO setting (name, value) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name,
            json.dumps(value),
        )

    def clear(self) -> None:
        """Empty every table."""
        with self.transaction():
            for table in TABLES:
                self.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the constant above
