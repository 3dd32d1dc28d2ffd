"""The org itself judges a preview: what it planned is written by this test, then planned again."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import httpx2
import pytest

from core.connect.snapshots import load_describe
from core.mapping.model import MappingDraft
from core.preview.estimate import estimate_calls
from core.preview.plan import Outcome
from core.preview.runs import RowView, page_rows
from core.store.engine import Store
from tests.connect.conftest import ACCOUNT_ID
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import harbor_objects, lakeside_objects, marlow_objects
from tests.preview.university import University, connect
from tests.store.engines import sqlite_settings

_CALLBACK = f"http://127.0.0.1:8501/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
SHAPES = (
    ("lakeside", lakeside_objects()),
    ("marlow", marlow_objects()),
    ("harbor", harbor_objects()),
)
_ROOT = "/services/data/v66.0"
Make = Callable[[str], University]


@pytest.fixture
def make_fresh(tmp_path: Path) -> Iterator[Make]:
    """A university on an org of the test's own, whose records may be changed."""
    settings = sqlite_settings(tmp_path / "home")
    with DemoOrgProcess(callback_urls=(_CALLBACK,)) as org:
        store = Store.open(settings)
        made: list[University] = []

        def make(app: str) -> University:
            made.append(connect(store, settings, org, app))
            return made[-1]

        yield make
        for university in made:
            university.runner.close()
        store.close()


def client_of(university: University) -> httpx2.Client:
    """The test's own way into the org."""
    token = university.desk.org.tokens(university.app)
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    return httpx2.Client(base_url=token["instance_url"], headers=headers)


def push(university: University, sobject_name: str, rows: list[RowView]) -> list[str]:
    """Write what was planned and return the org's refusals."""
    root = f"{_ROOT}/sobjects/{sobject_name}"
    refusals = []
    with client_of(university) as client:
        for row in rows:
            if row.outcome is Outcome.CREATE:
                answer = client.post(root, json=dict(row.payload))
            else:
                answer = client.patch(f"{root}/{row.matched_id}", json=dict(row.payload))
            if answer.status_code not in (201, 204):
                refusals.append(f"{row.person}: {answer.text}")
    return refusals


@pytest.mark.parametrize(("app", "sobject_name"), [("palmer", "Lead"), ("lakeside", "Contact")])
def test_org_takes_what_was_planned_and_then_nothing_is_left(
    make_fresh: Make, app: str, sobject_name: str
) -> None:
    university = make_fresh(app)
    run = university.preview()
    rows, _ = page_rows(university.store, run.run_id, limit=100)
    acting = [row for row in rows if row.outcome in (Outcome.CREATE, Outcome.UPDATE)]

    refusals = push(university, sobject_name, acting)
    again = university.preview()

    assert len(acting) > 30
    assert refusals == []
    later, _ = page_rows(university.store, again.run_id, limit=100)
    numbers = {row.row_number for row in acting}
    assert {
        (row.row_number, row.outcome.value, row.reason)
        for row in later
        if row.row_number in numbers and row.outcome is not Outcome.UNCHANGED
    } == set()


def push_inquiries(university: University, rows: list[RowView]) -> dict[int, set[str]]:
    """Write each inquiry in one composite of its own, payloads as planned.

    Return the error codes of the inquiries that the org refused, which are then not written at all.
    """
    refusals: dict[int, set[str]] = {}
    with client_of(university) as client:
        for row_number, found in groupby(rows, key=lambda row: row.row_number):
            parts = [to_part(row) for row in found]
            body = {"allOrNone": True, "compositeRequest": parts}
            answer = client.post(f"{_ROOT}/composite", json=body).json()
            codes = {
                part["body"][0]["errorCode"]
                for part in answer["compositeResponse"]
                if part["httpStatusCode"] not in (201, 204)
            }
            if codes:
                refusals[row_number] = codes - {"PROCESSING_HALTED"}
    return refusals


def to_part(row: RowView) -> dict[str, object]:
    is_create = row.outcome is Outcome.CREATE
    url = f"{_ROOT}/sobjects/{row.sobject_name}"
    return {
        "method": "POST" if is_create else "PATCH",
        "url": url if is_create else f"{url}/{row.matched_id}",
        "referenceId": row.object_id,
        "body": dict(row.payload),
    }


def acting_rows(university: University, run_id: str) -> list[RowView]:
    rows, _ = page_rows(university.store, run_id, limit=1_000)
    return [row for row in rows if row.outcome in (Outcome.CREATE, Outcome.UPDATE)]


@pytest.mark.parametrize(("app", "draft"), SHAPES, ids=[app for app, _ in SHAPES])
def test_person_and_children_are_written_as_planned_and_found_again(
    make_fresh: Make, app: str, draft: MappingDraft
) -> None:
    university = make_fresh(app)
    run = university.preview(draft)
    acting = acting_rows(university, run.run_id)

    refusals = push_inquiries(university, acting)
    again = university.preview(draft)

    assert run.error_message == again.error_message == ""
    assert set().union(*refusals.values()) <= {"FIELD_CUSTOM_VALIDATION_EXCEPTION"}
    assert len(refusals) <= 1
    counts = Counter(row.object_id for row in acting)
    assert all(counts[each.object_id] > 15 for each in draft.objects), counts
    later, _ = page_rows(university.store, again.run_id, limit=1_000)
    written = {(row.row_number, row.object_id) for row in acting if row.row_number not in refusals}
    assert {
        (row.row_number, row.object_id, row.outcome.value, row.reason)
        for row in later
        if (row.row_number, row.object_id) in written and row.outcome is not Outcome.UNCHANGED
    } == set()


def test_child_of_new_person_points_at_the_record_that_the_push_made(make_fresh: Make) -> None:
    university = make_fresh("lakeside")
    acting = acting_rows(university, university.preview(lakeside_objects()).run_id)
    new = next(row for row in acting if row.object_id == "person" and not row.matched_id)
    child = next(
        row for row in acting if row.row_number == new.row_number and row.object_index == 1
    )
    push_inquiries(university, acting)

    query = (
        "SELECT hed__Contact__r.Email, hed__Account__r.Name, hed__Role__c FROM hed__Affiliation__c "
        f"WHERE hed__Contact__r.Email = '{new.payload['Email']}'"
    )
    with client_of(university) as client:
        (record,) = client.get(f"{_ROOT}/query", params={"q": query}).json()["records"]

    assert child.payload["hed__Contact__c"] == "@{person.id}"
    assert record["hed__Role__c"] == "Prospect"


@pytest.mark.parametrize(("app", "draft"), SHAPES, ids=[app for app, _ in SHAPES])
def test_preview_of_several_objects_writes_nothing_and_costs_no_more_than_told(
    make_university: Make, app: str, draft: MappingDraft
) -> None:
    university = make_university(app)
    before = university.desk.org.records_hash(app)

    run = university.preview(draft)

    context, connection_id = university.desk.context, university.desk.connection_id
    views = (load_describe(context, connection_id, each.sobject_name) for each in draft.objects)
    known = {view.describe.name: view.describe for view in views if view}
    assert run.is_finished
    assert university.desk.org.records_hash(app) == before
    assert run.api_calls <= estimate_calls(draft, run.record_count, known)
