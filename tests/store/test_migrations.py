"""Migrations: exactly the tables on both engines, once, and undone where the start is refused."""

import multiprocessing
from dataclasses import replace
from multiprocessing.synchronize import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

import core.store.tables  # noqa: F401  fills the metadata
from core.errors import StartRefused
from core.settings import Settings
from core.store.databases import build_engine
from core.store.engine import Store
from core.store.migrate import migrated
from core.store.sealed import SEALED_COLUMNS
from core.store.vault import new_key_text


def execute(settings: Settings, *statements: str) -> None:
    engine = build_engine(settings)
    with engine.execution_options(is_writer=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def tables_of(settings: Settings) -> set[str]:
    engine = build_engine(settings)
    with engine.connect() as connection:
        names = set(inspect(connection).get_table_names())
    engine.dispose()
    return names


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), SQLModel.metadata))


def test_migrations_make_exactly_the_tables(store_settings: Settings) -> None:
    engine = build_engine(store_settings)

    with migrated(engine) as connection:
        assert differences(connection) == []
    engine.dispose()


def test_every_ciphertext_column_is_known_to_the_rewrap() -> None:
    stored = {
        (table.name, column.name)
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("ciphertext")
    }

    known = {(each.table, each.name) for each in SEALED_COLUMNS}
    assert stored - known == {("key_canary", "ciphertext")}


def open_once(settings: dict[str, object], key: str, together: Barrier) -> None:
    from core.secret import Secret

    keys = Secret(key) if key else None
    together.wait(timeout=60)
    Store.open(Settings(**settings, secret_keys=keys)).close()  # type: ignore[arg-type]  as it was read


def test_two_processes_open_a_new_store_at_once(store_settings: Settings) -> None:
    spawning = multiprocessing.get_context("spawn")
    together = spawning.Barrier(2)
    plain = {name: getattr(store_settings, name) for name in ("home", "database_url", "key_file")}
    key = store_settings.secret_keys.reveal() if store_settings.secret_keys else ""
    processes = [spawning.Process(target=open_once, args=(plain, key, together)) for _ in range(2)]

    for each in processes:
        each.start()
    for each in processes:
        each.join(timeout=90)

    assert [each.exitcode for each in processes] == [0, 0]
    store = Store.open(store_settings)
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM key_canary")).scalar_one() == 1
    store.close()


def test_refused_key_leaves_an_older_store_unmigrated(store_settings: Settings) -> None:
    right = replace(store_settings, secret_keys=new_key_text("k1"))
    Store.open(right).close()
    # what a migration of today would make again
    before = tables_of(right) - {"operator"}
    execute(right, "DROP TABLE operator")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("core.store.migrate._upgrade", make_operator_table)
        with pytest.raises(StartRefused, match="Nothing was changed"):
            Store.open(replace(right, secret_keys=new_key_text("k1")))

    assert tables_of(right) == before


def make_operator_table(connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE operator (id VARCHAR)")


def test_store_of_a_newer_version_is_refused_untouched(store_settings: Settings) -> None:
    settings = replace(store_settings, secret_keys=new_key_text())
    Store.open(settings).close()
    execute(settings, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(StartRefused, match="newer version"):
        Store.open(settings)

    engine = build_engine(settings)
    with engine.connect() as connection:
        number = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    assert number == "9999"


def test_second_opening_changes_nothing(store_settings: Settings) -> None:
    Store.open(store_settings).close()
    before = tables_of(store_settings)

    Store.open(store_settings).close()

    assert tables_of(store_settings) == before
