"""The mapping and preview pages: edits, versions, conflicts, intake, runs."""

import json
import uuid

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.edit import with_object, with_operation
from core.mapping.model import ObjectMapping, Operation
from core.preview.runs import list_runs
from core.store.inquiries import list_batches
from core.store.mappings import SavedMapping, load_mapping, save_mapping
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import LAKESIDE, PALMER, connection_id_of, labelled, open_page, words

SAVE = "Save version"
EMAIL = "lead.email"


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def saved(console: Console, connection_id: str) -> SavedMapping:
    found = load_mapping(console.store, connection_id)
    assert found is not None
    return found


def first_mapped(draft: ObjectMapping) -> str:
    return next(row.row_id for row in draft.rows if row.field_name and row.source.kind == "field")


def choose_operation(page: AppTest, operation: Operation) -> AppTest:
    return page.selectbox("mapping.operation").set_value(operation).run()


def press(page: AppTest, label: str) -> AppTest:
    return labelled(page.button, label).click().run()


def test_change_is_saved_as_a_new_version(console: Console, lakeside: str) -> None:
    before = saved(console, lakeside)
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)

    page = press(choose_operation(page, Operation.UPDATE), SAVE)

    after = saved(console, lakeside)
    assert not page.error
    assert after.number == before.number + 1
    assert after.draft.person.operation is Operation.UPDATE
    assert after.saved_by == "Ines"


def test_target_of_a_row_is_changed_and_undone(console: Console, lakeside: str) -> None:
    row_id = first_mapped(saved(console, lakeside).draft.person)
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)
    page = page.selectbox("mapping.row").set_value(row_id).run()
    box = page.selectbox(f"mapping.target.{row_id}")
    former = box.value

    page = box.set_value(None).run()
    assert page.selectbox(f"mapping.target.{row_id}").value is None
    assert "Unsaved changes since" in words(page)

    page = press(page, "Undo")
    assert page.selectbox(f"mapping.target.{row_id}").value == former


def test_value_can_be_tried_on_a_row(console: Console, lakeside: str) -> None:
    row_id = first_mapped(saved(console, lakeside).draft.person)
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)
    page = page.selectbox("mapping.row").set_value(row_id).run()

    page = page.text_input(f"mapping.try.{row_id}").set_value("Ava").run()

    assert "→ would send" in words(page)


def save_elsewhere(console: Console, connection_id: str) -> SavedMapping:
    now = saved(console, connection_id)
    return save_mapping(
        console.store,
        connection_id=connection_id,
        draft=with_object(now.draft, with_operation(now.draft.person, Operation.INSERT)),
        based_on=now.number,
        operator="Omar",
        note="meanwhile",
    )


@pytest.mark.parametrize(
    ("button", "kept"),
    [("mapping.theirs", Operation.INSERT), ("mapping.mine", Operation.UPDATE)],
)
def test_second_of_two_operators_is_told_and_keeps_the_edits(
    console: Console, lakeside: str, button: str, kept: Operation
) -> None:
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)
    page = choose_operation(page, Operation.UPDATE)
    theirs = save_elsewhere(console, lakeside)

    page = press(page, SAVE)

    assert "Somebody saved this mapping before you" in page.error[0].value
    assert "Omar" in words(page)
    assert page.selectbox("mapping.operation").value is Operation.UPDATE
    assert saved(console, lakeside).version_id == theirs.version_id

    page = page.button(button).click().run()

    assert not page.error
    assert page.selectbox("mapping.operation").value is kept
    if kept is Operation.UPDATE:
        press(page, SAVE)
        assert saved(console, lakeside).number == theirs.number + 1


def test_old_version_is_brought_back(console: Console, lakeside: str) -> None:
    first = saved(console, lakeside)
    save_elsewhere(console, lakeside)
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)

    page = press(page.button(f"mapping.back.{first.number}").click().run(), SAVE)

    assert saved(console, lakeside).draft == first.draft


def test_constant_is_added_and_removed(console: Console, lakeside: str) -> None:
    before = len(saved(console, lakeside).draft.person.rows)
    page = open_page("field_mapping", account_id=LAKESIDE.account_id)
    labelled(page.text_input, "Value or template").set_value("Halda")
    targets = [box for box in page.selectbox if box.label == "Salesforce field"]
    targets[-1].set_value("Description")

    page = press(press(page, "Add"), SAVE)

    assert len(saved(console, lakeside).draft.person.rows) == before + 1


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
    names = {str(value) for value in page.dataframe[-1].value.iloc[:, 1]}

    page = labelled(page.toggle, "Screen share").set_value(True).run()

    shown = {str(value) for value in page.dataframe[-1].value.iloc[:, 1]}
    assert names
    assert names.isdisjoint(shown)
