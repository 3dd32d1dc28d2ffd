"""Which process is which: each sits on a number that is free again the moment it dies.

A lock of the database tells it, so that a killed process needs nobody to clear up after it, and
the next one takes its number and with it the work it left.
"""

import os
import sqlite3
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from core.work.place import WorkPlace

_LOCK_NUMBER = 0x574F524B  # with the seat's number the name of a lock; any constant would do


class Seat(Protocol):
    """A held number."""

    number: int

    def is_held(self) -> bool:
        """Whether the lock still stands; one lost with its connection is taken anew if it can be.

        For one thread only.
        """

    def release(self) -> None:
        """Get up."""


class Seats:
    """The numbers of all processes that work in one place."""

    def __init__(self, place: WorkPlace, engine: Engine) -> None:
        self._place, self._engine = place, engine

    def take(self) -> Seat:
        """Sit down on the lowest free number."""
        number = 0
        while (seat := self.try_take(number)) is None:
            number += 1
        return seat

    def try_take(self, number: int) -> Seat | None:
        """Sit down on this number; None where somebody sits there, even in this process."""
        if self._place.file is not None:
            return _FileSeat.take(self._place.beside(f"seat{number}"), number)
        return _ServerSeat.take(self._engine, number)


class _FileSeat:
    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self._connection, self.number = connection, number

    @classmethod
    def take(cls, file: Path, number: int) -> "_FileSeat | None":
        # SQLite's lock rather than the system's: the same on every platform, and two threads of
        # one process exclude each other as well
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(file, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            return None
        return cls(connection, number)

    def is_held(self) -> bool:
        return self._connection.in_transaction

    def release(self) -> None:
        self._connection.close()


class _ServerSeat:
    def __init__(self, engine: Engine, connection: Connection, number: int) -> None:
        self._engine, self._connection, self.number = engine, connection, number

    @classmethod
    def take(cls, engine: Engine, number: int) -> "_ServerSeat | None":
        connection = _locked(engine, number)
        return cls(engine, connection, number) if connection else None

    def is_held(self) -> bool:
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            self._connection.close()
            connection = _locked(self._engine, self.number)
            if connection is None:
                return False
            self._connection = connection
        return True

    def release(self) -> None:
        _give_back(self._connection)


def _locked(engine: Engine, number: int) -> Connection | None:
    """A connection of its own that holds the seat's lock; None where another one does."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    wanted = text("SELECT pg_try_advisory_lock(:name, :number)")
    if connection.execute(wanted, {"name": _LOCK_NUMBER, "number": number}).scalar_one():
        return connection
    _give_back(connection)
    return None


def _give_back(connection: Connection) -> None:
    if not connection.closed:
        connection.invalidate()  # a pooled connection would keep the lock
        connection.close()
