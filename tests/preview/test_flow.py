"""What becomes of each source's inquiries, counted as a whole, on both engines."""

import pytest

from core.mapping.model import SourceRecord
from core.preview.plan import Outcome
from core.preview.reading.flow import NOT_TOLD, source_flow
from core.preview.running.ledger import add_plans, begin_run
from core.store.engine import Store
from core.store.inquiries import save_batch
from core.store.mappings import save_mapping
from tests.preview.test_reading import record
from tests.store.engines import postgres_url, seed_connection, store, store_settings
from tests.store.test_mappings import make_draft

__all__ = ["postgres_url", "store", "store_settings"]
FORMS = ("RFI", "Visit", "RFI ", "", None, "Webinar")


@pytest.fixture
def run_id(store: Store) -> str:
    connection_id = seed_connection(store)
    told = [{} if form is None else {"form.name": form} for form in FORMS]
    batch = save_batch(
        store,
        account_id="acct1",
        name="forms.csv",
        kind="csv",
        records=[SourceRecord(row_number=n, values=each) for n, each in enumerate(told, start=1)],
        operator="Ines",
    )
    version = save_mapping(
        store, connection_id=connection_id, draft=make_draft(), based_on=0, operator="Ines"
    )
    run_id = begin_run(
        store,
        connection_id=connection_id,
        mapping_version_id=version.version_id,
        batch_id=batch.batch_id,
        operator="Ines",
    )
    firsts = [record(n, 0, Outcome.CREATE) for n in range(1, 6)]
    add_plans(
        store,
        run_id,
        [
            *firsts,
            record(2, 1, Outcome.HELD),
            record(3, 1, Outcome.CREATE),
            record(6, 0, Outcome.UNCHANGED),
        ],
    )
    return run_id


def test_inquiries_are_counted_once_by_source_and_outcome(store: Store, run_id: str) -> None:
    found = source_flow(store, run_id, "form.name")

    assert [(each.source, dict(each.counts)) for each in found] == [
        (NOT_TOLD, {Outcome.CREATE: 2}),
        ("RFI", {Outcome.CREATE: 2}),
        ("Visit", {Outcome.HELD: 1}),
        ("Webinar", {Outcome.UNCHANGED: 1}),
    ]


def test_small_sources_are_put_together_and_none_is_lost(store: Store, run_id: str) -> None:
    found = source_flow(store, run_id, "form.name", most=2)

    assert [(each.source, each.total, each.others) for each in found] == [
        (NOT_TOLD, 2, 0),
        ("3 others", 4, 3),
    ]


def test_field_that_no_inquiry_has_puts_all_under_one_word(store: Store, run_id: str) -> None:
    (found,) = source_flow(store, run_id, "visit.utm_source")

    assert (found.source, found.total) == (NOT_TOLD, len(FORMS))
