"""Loads of inquiries and the fields an account collects, on both engines."""

import hashlib
import json

import pytest

from core.errors import InvalidInput, NotFound
from core.mapping.model import SourceField, SourceRecord, SourceType
from core.store.audit import list_events
from core.store.engine import Store
from core.store.inquiries import (
    BatchInfo,
    delete_batch,
    find_same_load,
    list_batches,
    list_fields,
    load_records,
    remember_fields,
    save_batch,
)
from core.store.mappings import save_mapping
from core.store.tables import PlanRow, PreviewRun
from tests.store.engines import seed_connection
from tests.store.test_mappings import make_draft

RECORDS = [
    SourceRecord(row_number=2, values={"lead.first_name": "Zoë 🎓", "lead.zip": "02139"}),
    SourceRecord(row_number=1, values={"lead.first_name": "", "lead.last_name": "Ōe 健"}),
]


def keep(store: Store, *, is_sample: bool = False) -> BatchInfo:
    return save_batch(
        store,
        account_id="acct1",
        name="spring.csv",
        kind="csv",
        records=RECORDS,
        operator="Ines",
        is_sample=is_sample,
    )


def add_preview(store: Store, connection_id: str, batch_id: str, *, state: str = "done") -> None:
    version = save_mapping(
        store, connection_id=connection_id, draft=make_draft(), based_on=0, operator="Ines"
    )
    with store.write() as session:
        run = PreviewRun(
            account_id="acct1",
            connection_id=connection_id,
            mapping_version_id=version.version_id,
            batch_id=batch_id,
            state=state,
            counts={},
            started_at=store.now(session),
            started_by="Ines",
        )
        session.add(run)
        session.flush()
        session.add(
            PlanRow(
                preview_run_id=run.id,
                row_number=1,
                person="x",
                outcome="create",
                payload={},
                cells=[],
                problems=[],
            )
        )


def test_records_come_back_untouched_by_row_number(store: Store) -> None:
    seed_connection(store)

    batch = keep(store)

    assert load_records(store, batch.batch_id) == sorted(RECORDS, key=lambda each: each.row_number)
    assert [each.row_number for each in load_records(store, batch.batch_id, limit=1)] == [1]
    assert list_batches(store, "acct1") == [batch]
    assert batch.record_count == 2


def test_the_same_sample_is_kept_once_and_other_loads_each_time(store: Store) -> None:
    seed_connection(store)

    assert keep(store, is_sample=True) == keep(store, is_sample=True)
    keep(store)
    keep(store)

    assert len(list_batches(store, "acct1")) == 3


def test_empty_load_and_unknown_ids_are_refused(store: Store) -> None:
    with pytest.raises(InvalidInput):
        save_batch(store, account_id="a", name="x", kind="csv", records=[], operator="Ines")
    with pytest.raises(NotFound):
        keep(store)
    with pytest.raises(NotFound):
        load_records(store, "no such load")
    with pytest.raises(NotFound):
        delete_batch(store, batch_id="no such load", operator="Ines")


def test_deleted_load_takes_its_records_and_leaves_an_audit_event(store: Store) -> None:
    seed_connection(store)
    batch = keep(store)

    delete_batch(store, batch_id=batch.batch_id, operator="Omar")

    assert list_batches(store, "acct1") == []
    newest = list_events(store, "acct1")[0]
    assert (newest.action, newest.operator, newest.detail["records"]) == (
        "batch.deleted",
        "Omar",
        "2",
    )


def test_load_with_previews_is_deleted_only_with_them(store: Store) -> None:
    connection_id = seed_connection(store)
    batch = keep(store)
    add_preview(store, connection_id, batch.batch_id)

    with pytest.raises(InvalidInput, match="previews were made"):
        delete_batch(store, batch_id=batch.batch_id, operator="Ines")
    delete_batch(store, batch_id=batch.batch_id, operator="Ines", with_previews=True)

    assert list_batches(store, "acct1") == []


def test_load_of_a_running_preview_is_not_deleted(store: Store) -> None:
    connection_id = seed_connection(store)
    batch = keep(store)
    add_preview(store, connection_id, batch.batch_id, state="running")

    with pytest.raises(InvalidInput, match="is running"):
        delete_batch(store, batch_id=batch.batch_id, operator="Ines", with_previews=True)

    assert list_batches(store, "acct1") == [batch]


def test_known_field_takes_the_new_label_and_no_field_is_lost(store: Store) -> None:
    seed_connection(store)
    term = SourceField(key="answer.term", label="Term", group="x")
    dorm = SourceField(key="answer.dorm", label="Dorm?", group="x", type=SourceType.BOOLEAN)

    remember_fields(store, "acct1", [term])
    remember_fields(
        store, "acct1", [SourceField(key="answer.term", label="Start", group="x"), dorm]
    )

    assert [(each.key, each.label, each.type) for each in list_fields(store, "acct1")] == [
        ("answer.term", "Start", SourceType.TEXT),
        ("answer.dorm", "Dorm?", SourceType.BOOLEAN),
    ]
    assert not any(each.documented for each in list_fields(store, "acct1"))


def test_same_records_are_found_again_and_others_are_not(store: Store) -> None:
    seed_connection(store)
    kept = keep(store)

    found = find_same_load(store, "acct1", RECORDS)
    others = find_same_load(store, "acct1", RECORDS[:1])
    elsewhere = find_same_load(store, "acct2", RECORDS)

    assert (found, others, elsewhere) == (kept, None, None)


def test_hash_of_a_load_is_that_of_its_records_as_json(store: Store) -> None:
    seed_connection(store)
    told = [[each.row_number, dict(each.values)] for each in RECORDS]
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))

    assert keep(store).content_hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_equal_texts_of_a_load_are_held_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.store.inquiries._RECORDS_PER_WRITE", 2)
    seed_connection(store)
    records = [
        SourceRecord(row_number=n, values={"form.name": "RFI", "lead.email": f"{n}@b.example"})
        for n in range(1, 6)
    ]
    batch = save_batch(
        store, account_id="acct1", name="a.csv", kind="csv", records=records, operator="Ines"
    )

    found = load_records(store, batch.batch_id)

    assert [(each.row_number, each.values) for each in found] == [
        (each.row_number, each.values) for each in records
    ]
    assert len({id(each.values["form.name"]) for each in found}) == 1
    assert len({id(key) for each in found for key in each.values}) == 2
