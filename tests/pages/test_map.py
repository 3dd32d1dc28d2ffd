"""The pages of objects, fields and preview: lists, intake, runs."""

import json
import uuid

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.preview.runs import list_runs
from core.store.inquiries import list_batches
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import LAKESIDE, PALMER, connection_id_of, labelled, open_page, words
from tests.pages.mapping_desk import frame_with


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def press(page: AppTest, label: str) -> AppTest:
    return labelled(page.button, label).click().run()


def test_chosen_field_of_the_org_shows_its_values(console: Console) -> None:
    page = open_page("objects_and_fields", account_id=LAKESIDE.account_id)
    page = page.selectbox("fields.object").set_value("Lead").run()

    page = page.text_input("fields.search").set_value("LeadSource").run()

    assert not page.exception
    assert "Lead" in words(page)
    fields = page.dataframe("fields.table.Lead").value
    assert list(fields["API name"]) == ["LeadSource"]


def test_search_that_finds_nothing_says_what_to_do(console: Console) -> None:
    page = open_page("objects_and_fields", account_id=LAKESIDE.account_id)

    page = page.text_input("objects.search").set_value("no such object").run()

    assert "No object fits." in words(page)


def test_org_that_refuses_is_told_with_advice(console: Console, org: DemoOrgProcess) -> None:
    page = open_page("objects_and_fields", account_id=LAKESIDE.account_id)
    answer = [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]
    org.fault(match="/sobjects/?$", status=403, body=answer)

    page = page.button("objects.refresh").click().run()

    assert not page.exception
    assert len(page.error) == 1
    assert "What to do:" in words(page)


EMAIL = "lead.email"


def paste(page: AppTest, text: str) -> AppTest:
    labelled(page.text_area, "Or paste a webhook payload").set_value(text)
    return press(page, "Load this payload")


def test_pasted_inquiries_are_loaded(console: Console) -> None:
    before = len(list_batches(console.store, PALMER.account_id))
    payload = json.dumps([{EMAIL: "ava@example.org", "lead.first_name": "Ava"}])

    page = paste(open_page("preview", account_id=PALMER.account_id), payload)

    assert not page.error, words(page)
    assert len(list_batches(console.store, PALMER.account_id)) == before + 1


@pytest.mark.parametrize("text", ["{", "<html></html>", "[]", '{"a": NaN'])
def test_unreadable_payload_is_refused_with_advice(console: Console, text: str) -> None:
    before = len(list_batches(console.store, PALMER.account_id))

    page = paste(open_page("preview", account_id=PALMER.account_id), text)

    assert len(page.error) == 1
    assert "What to do:" in words(page)
    assert len(list_batches(console.store, PALMER.account_id)) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [("photo.png", b"\x89PNG\r\n\x1a\n\0\0"), ("twice.csv", b"a,a\n1,2\n"), ("empty.csv", b"")],
)
def test_wrong_file_is_refused_with_advice(console: Console, name: str, content: bytes) -> None:
    page = open_page("preview", account_id=PALMER.account_id)
    page.get("file_uploader")[0].upload(name, content, "application/octet-stream")

    page = page.run().button("preview.load_file").click().run()

    assert len(page.error) == 1
    assert "What to do:" in words(page)


def test_preview_is_started_shown_and_kept(
    console: Console, lakeside: str, org: DemoOrgProcess
) -> None:
    before, records = len(list_runs(console.store, lakeside)), org.records_hash("lakeside")
    page = open_page("preview", account_id=LAKESIDE.account_id)

    page.button("preview.start").click().run()

    runs = list_runs(console.store, lakeside)
    console.runner.wait(runs[0].run_id, 60)
    page = open_page("preview", account_id=LAKESIDE.account_id, run=runs[0].run_id)
    assert len(runs) == before + 1
    assert not page.error
    assert "A preview reads the org and never writes" in words(page)
    assert org.records_hash("lakeside") == records


def test_address_of_an_unknown_run_shows_the_newest(console: Console) -> None:
    page = open_page("preview", account_id=LAKESIDE.account_id, run=uuid.uuid4().hex)

    assert not page.error
    assert "A preview reads the org and never writes" in words(page)


def test_shared_screen_hides_student_values(console: Console) -> None:
    page = open_page("preview", account_id=LAKESIDE.account_id)
    names = set(frame_with(page, "Person")["Person"])

    page = labelled(page.toggle, "Screen share").set_value(True).run()

    assert names
    assert names.isdisjoint(frame_with(page, "Person")["Person"])
