"""The org itself judges a preview: what it planned is written by this test, then planned again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from core.preview.plan import Outcome
from core.preview.runs import RowView, page_rows
from core.store.engine import Store
from tests.connect.conftest import ACCOUNT_ID
from tests.demo_org_process import DemoOrgProcess
from tests.preview.university import University, connect
from tests.store.engines import sqlite_settings

_CALLBACK = f"http://127.0.0.1:8501/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
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


def push(university: University, sobject_name: str, rows: list[RowView]) -> list[str]:
    """Write what was planned and return the org's refusals."""
    token = university.desk.org.tokens(university.app)
    root = f"/services/data/v66.0/sobjects/{sobject_name}"
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    refusals = []
    with httpx2.Client(base_url=token["instance_url"], headers=headers) as client:
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
