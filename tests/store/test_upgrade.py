"""A store of the first release, with rows in it, opened by this one: nothing is lost."""

import hashlib
import json
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from core.mapping.files.serialize import from_content
from core.preview.runs import load_run
from core.settings import Settings
from core.store.databases import build_engine
from core.store.engine import Store
from core.store.mappings import list_versions, load_basis, load_mapping, save_mapping
from core.store.migrate import MIGRATIONS, alembic_config
from core.store.tables import MappingRow, PlanRow
from tests.store.test_mappings import make_draft

NOW = "2026-08-24 10:00:00+00:00"
FIRST_FORMAT = {
    "format": 1,
    "sobject": "Lead",
    "operation": "upsert",
    "match_keys": [["Email"]],
    "rows": [
        {
            "row_id": "r1",
            "source": {"kind": "field", "text": "lead.email"},
            "field": "Email",
            "write_rule": "always",
        }
    ],
    "record_type": "",
}
ROWS: dict[str, list[dict[str, object]]] = {
    "account": [
        {
            "id": "acct1",
            "name": "Palmer State",
            "is_demo": False,
            "default_country": "US",
            "time_zone": "America/New_York",
            "partner_success_consultant": "",
            "implementation_specialist": "",
            "note": "",
            "created_at": NOW,
            "created_by": "Ines",
            "version": 1,
        }
    ],
    "connection": [
        {
            "id": "c1",
            "account_id": "acct1",
            "environment": "production",
            "state": "mapping_draft",
            "state_since": NOW,
            "created_at": NOW,
            **dict.fromkeys(
                (
                    "app_type",
                    "login_url",
                    "org_id",
                    "org_name",
                    "instance_url",
                    "api_version",
                    "user_id",
                    "username",
                    "scopes",
                    "integration_user",
                    "last_error_code",
                    "last_error_message",
                    "last_error_advice",
                    "last_error_who_acts",
                ),
                "",
            ),
        }
    ],
    "source_batch": [
        {
            "id": "b1",
            "account_id": "acct1",
            "name": "july.csv",
            "kind": "csv",
            "is_sample": False,
            "record_count": 1,
            "content_hash": "h",
            "loaded_at": NOW,
            "loaded_by": "Ines",
        }
    ],
    "mapping": [{"id": "m1", "connection_id": "c1", "head": 1, "created_at": NOW}],
    "mapping_version": [
        {
            "id": "v1",
            "mapping_id": "m1",
            "number": 1,
            "content": json.dumps(FIRST_FORMAT),
            "content_hash": "of the first format",
            "saved_at": NOW,
            "saved_by": "Ines",
            "note": "agreed",
        }
    ],
    "preview_run": [
        {
            "id": "p1",
            "account_id": "acct1",
            "connection_id": "c1",
            "mapping_version_id": "v1",
            "batch_id": "b1",
            "state": "done",
            "record_count": 1,
            "done_count": 1,
            "counts": "{}",
            "api_calls": 3,
            "started_at": NOW,
            "started_by": "Ines",
            "cancel_requested": False,
            **dict.fromkeys(
                (
                    "plan_hash",
                    "describe_fingerprint",
                    "error_message",
                    "error_advice",
                    "error_who_acts",
                ),
                "",
            ),
        }
    ],
    "plan_row": [
        {
            "id": "r1",
            "preview_run_id": "p1",
            "row_number": 1,
            "person": "Ana",
            "outcome": "create",
            "payload": '{"Email": "ana@example.edu"}',
            "cells": "[]",
            "problems": "[]",
            "candidates": "[]",
            **dict.fromkeys(
                (
                    "matched_id",
                    "matched_by",
                    "reason",
                    "who_acts",
                    "hold_kind",
                    "system_modstamp",
                    "problem_kinds",
                    "search_text",
                ),
                "",
            ),
        }
    ],
}


def make_first_release(settings: Settings) -> None:
    engine = build_engine(settings)
    with engine.execution_options(is_writer=True).begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
        for table, rows in ROWS.items():
            for row in rows:
                names = ", ".join(row)
                places = ", ".join(f":{name}" for name in row)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)
    engine.dispose()


@pytest.fixture
def upgraded(store_settings: Settings) -> Iterator[Store]:
    make_first_release(store_settings)
    store = Store.open(store_settings)
    yield store
    store.close()


def test_first_migration_is_as_it_was_released() -> None:
    content = (MIGRATIONS / "versions" / "0001_first_tables.py").read_bytes()

    assert hashlib.sha256(content).hexdigest() == (
        "3c859c0471d5468ef23934e647f6bd09f1dbf7f881f582a073cc08edc0e55109"
    )


def test_upgraded_store_has_exactly_the_tables_of_a_new_one(upgraded: Store) -> None:
    with upgraded.read() as session:
        connection = session.connection()
        context = MigrationContext.configure(connection)
        uniques = inspect(connection).get_unique_constraints("plan_row")

        assert list(compare_metadata(context, SQLModel.metadata)) == []
    assert [each["column_names"] for each in uniques] == [
        ["preview_run_id", "row_number", "object_index"]
    ]


def test_rows_of_the_first_release_are_all_there_with_the_new_columns_empty(
    upgraded: Store,
) -> None:
    with upgraded.read() as session:
        counts = {
            table: session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ROWS
        }
        mapping = session.exec(select(MappingRow)).one()
        row = session.exec(select(PlanRow)).one()

    assert counts == dict.fromkeys(ROWS, 1)
    assert (mapping.live_version, mapping.live_at, mapping.live_by) == (None, None, "")
    assert (row.object_id, row.object_index, row.sobject_name) == ("person", 0, "")
    assert row.payload == {"Email": "ana@example.edu"}


def test_preview_of_the_first_release_reads_without_what_its_plan_was_made_from(
    upgraded: Store,
) -> None:
    run = load_run(upgraded, "p1")

    assert (run.is_finished, run.org_id, run.source_hash, run.described) == (True, "", "", {})
    assert run.org_rules is None


def test_version_of_the_first_release_stands_on_no_kept_describe(upgraded: Store) -> None:
    assert load_basis(upgraded, "v1") == {}
    assert [each.origin for each in list_versions(upgraded, "c1")] == [""]


def test_mapping_of_the_first_release_opens_and_is_saved_on(upgraded: Store) -> None:
    loaded = load_mapping(upgraded, "c1")

    assert loaded is not None
    assert loaded.draft == from_content(FIRST_FORMAT)
    saved = save_mapping(
        upgraded, connection_id="c1", draft=make_draft(), based_on=1, operator="Omar"
    )
    assert saved.number == 2


def test_an_inquiry_has_one_planned_row_for_each_object(upgraded: Store) -> None:
    def add(object_index: int) -> None:
        with upgraded.write() as session:
            [row] = session.exec(select(PlanRow).where(PlanRow.id == "r1"))
            values = row.model_dump(exclude={"id", "object_index"})
            session.add(PlanRow(**values, object_index=object_index))

    add(1)
    with pytest.raises(IntegrityError):
        add(1)
