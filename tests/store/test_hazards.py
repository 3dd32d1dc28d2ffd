"""What the libraries under the store do with values, pinned, and what the store does about it."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, SQLModel

import core.store.tables
from core.secret import Secret
from core.store.engine import Store
from core.store.tables import Operator
from core.store.vault import Place
from tests.store.engines import sqlite_settings

PERSONAL = {"consumer_key", "candidates", "payload", "values", "cells", "person", "search_text"}
CANARY = "canary-" + "9f3c" * 16


class Sample(SQLModel):
    """A model of the test's own."""

    shown: str
    hidden: str = Field(default="", repr=False)


class Measured(SQLModel, table=True):
    """A table of the test's own, kept out of the store's metadata."""

    metadata = type(SQLModel.metadata)()

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=3)


def bytes_on_disk(home: Path) -> bytes:
    return b"".join(each.read_bytes() for each in (home / "data").iterdir())


def test_sqlmodel_prints_every_field_that_is_not_told_to_hide() -> None:
    sample = Sample(shown="open", hidden=CANARY)

    assert repr(sample) == "Sample(shown='open')"
    assert CANARY in sample.model_dump_json()


def test_sqlmodel_table_does_not_validate() -> None:
    assert Measured(name="toolong").name == "toolong"


@pytest.mark.parametrize(
    "model",
    [
        value
        for value in vars(core.store.tables).values()
        if isinstance(value, type) and issubclass(value, SQLModel) and hasattr(value, "__table__")
    ],
    ids=lambda model: model.__name__,
)
def test_no_table_shows_its_secrets_in_its_repr(model: type[SQLModel]) -> None:
    delicate = [
        name for name in model.model_fields if name.endswith("ciphertext") or name in PERSONAL
    ]
    row = model(**dict.fromkeys(delicate, CANARY))

    assert CANARY not in repr(row)
    assert CANARY not in str(row)


def test_stored_secret_is_in_no_form_of_its_row(store: Store) -> None:
    sealed = store.vault.encrypt(Secret(CANARY), place=Place("t", "r", "c", "a"))

    assert CANARY not in sealed
    assert CANARY not in core.store.tables.StoreKey(id="x", ciphertext=sealed).model_dump_json()


def test_sqlalchemy_prints_bound_values_unless_told_not_to() -> None:
    def failure(*, hide_parameters: bool) -> str:
        engine = create_engine("sqlite://", hide_parameters=hide_parameters)
        with engine.connect() as connection:
            connection.execute(text("CREATE TABLE t (x UNIQUE)"))
            connection.execute(text("INSERT INTO t VALUES (:x)"), {"x": CANARY})
            with pytest.raises(IntegrityError) as failed:
                connection.execute(text("INSERT INTO t VALUES (:x)"), {"x": CANARY})
        return str(failed.value)

    assert CANARY in failure(hide_parameters=False)
    assert CANARY not in failure(hide_parameters=True)


def test_failed_statement_of_the_store_names_no_bound_value(home: Path) -> None:
    store = Store.open(sqlite_settings(home))

    def add_twice() -> None:
        with store.write() as session:
            now = store.now(session)
            session.add_all([Operator(name=CANARY, role="a", created_at=now) for _ in range(2)])

    with pytest.raises(IntegrityError) as failed:
        add_twice()

    assert CANARY not in str(failed.value)
    store.close()


def test_sqlite_keeps_deleted_bytes_unless_told_to_erase(tmp_path: Path) -> None:
    def left_after_delete(*, secure: bool) -> bool:
        file = tmp_path / f"{secure}.sqlite3"
        database = sqlite3.connect(file, isolation_level=None)
        database.execute(f"PRAGMA secure_delete={'ON' if secure else 'OFF'}")
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (CANARY,))
        database.execute("DELETE FROM t")
        database.close()
        return CANARY.encode() in file.read_bytes()

    assert left_after_delete(secure=False)
    assert not left_after_delete(secure=True)


def test_checkpoint_takes_what_was_erased_off_the_disk(home: Path) -> None:
    store = Store.open(sqlite_settings(home))
    with store.write() as session:
        row = Operator(name=CANARY, role="admin", created_at=store.now(session))
        session.add(row)
    store.checkpoint()
    assert CANARY.encode() in bytes_on_disk(home)

    with store.write() as session:
        session.delete(session.get_one(Operator, row.id))
    store.checkpoint()

    assert CANARY.encode() not in bytes_on_disk(home)
    store.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 30000),
    ],
)
def test_every_connection_has_the_safe_settings(home: Path, pragma: str, value: str | int) -> None:
    store = Store.open(sqlite_settings(home))

    with store.read() as session:
        assert session.execute(text(f"PRAGMA {pragma}")).scalar_one() == value
    with store.write() as first:
        assert first.execute(text(f"PRAGMA {pragma}")).scalar_one() == value
    store.close()
