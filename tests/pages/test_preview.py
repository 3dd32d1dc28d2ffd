"""The preview page: several objects, reasons in words, the sign-off it stands on, its loads."""

import json

import pytest
from pandas import DataFrame
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.halda.sample import sample_records
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.exports.words import HOLD_WORDS, object_words, problem_words
from core.preview.holds import HoldKind
from core.preview.progress import Phase, Progress, to_kept
from core.preview.reading.counts import Effect, ProblemCount
from core.preview.reading.parties import Party
from core.preview.runs import RunState, RunView
from core.store.inquiries import list_batches, save_batch
from core.store.mappings import load_mapping, save_mapping, sign_off
from core.store.tables import ApiCalls, Connection, PreviewRun
from core.ui.preview.run import step_words
from tests.pages.conftest import LAKESIDE, connection_id_of, labelled, open_page, words
from tests.preview.mappings import lakeside_draft, lakeside_objects

OPERATOR = "Ines"


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def preview(
    console: Console, connection_id: str, draft: MappingDraft, *records: SourceRecord
) -> RunView:
    head = load_mapping(console.store, connection_id)
    version = save_mapping(
        console.store,
        connection_id=connection_id,
        draft=draft,
        based_on=head.number if head else 0,
        operator=OPERATOR,
    )
    batch = save_batch(
        console.store,
        account_id=LAKESIDE.account_id,
        name="two.csv",
        kind="csv",
        records=records or sample_records(),
        operator=OPERATOR,
    )
    run_id = console.runner.start(
        connection_id=connection_id,
        mapping_version_id=version.version_id,
        batch_id=batch.batch_id,
        operator=OPERATOR,
    )
    return console.runner.wait(run_id, 60)


def show(run: RunView) -> AppTest:
    page = open_page("preview", account_id=LAKESIDE.account_id, run=run.run_id)
    assert not page.error, words(page)
    return page


def test_story_has_each_object_and_says_which_is_not_made(console: Console, lakeside: str) -> None:
    source = sample_records()[1]
    values = {key: text for key, text in source.values.items() if key != "interest.term"}
    run = preview(console, lakeside, lakeside_objects(), SourceRecord(row_number=1, values=values))

    page = show(run)

    told = words(page)
    assert "Contact" in told.splitlines()
    assert "Affiliation (hed__Affiliation__c)" in told
    assert "No Application: the inquiry has nothing in" in told
    cells = [str(cell) for frame in page.dataframe for cell in frame.value.to_numpy().ravel()]
    assert any("Account 'Nursing' found by Name" in cell for cell in cells)


def test_story_of_a_returning_visitor_starts_from_the_earlier_row(
    console: Console, lakeside: str
) -> None:
    values = dict(sample_records()[1].values)
    late = {**values, "lead.phone": "+18015550177", "submission.submitted_at": "2026-02-01T00:00Z"}
    early = {**values, "lead.phone": "+18015550188", "submission.submitted_at": "2026-01-01T00:00Z"}
    draft = MappingDraft(objects=(lakeside_draft(),))
    sources = [SourceRecord(row_number=n, values=v) for n, v in enumerate((late, early), start=1)]

    page = show(preview(console, lakeside, draft, *sources))

    assert "Same person as row 2: applied after it." in words(page)
    story = next(each.value for each in page.dataframe if "After row 2" in each.value)
    assert "+18015550188" in list(story["After row 2"])


def test_objects_are_counted_and_the_rule_for_inquiries_is_told(
    console: Console, lakeside: str
) -> None:
    page = show(preview(console, lakeside, lakeside_objects()))

    objects = page.table[0].value
    assert list(objects["Object"]) == ["Contact", "Affiliation", "Application"]
    assert "held as soon as one of its records is held" in words(page)


def test_holds_name_who_acts_and_stand_apart_from_warnings(console: Console, lakeside: str) -> None:
    page = show(preview(console, lakeside, lakeside_objects()))

    held = next(each.value for each in page.table if "Held because" in each.value)
    assert HOLD_WORDS[HoldKind.LOOKUP_NOT_FOUND] in set(held["Held because"])
    assert HOLD_WORDS[HoldKind.WAITS_FOR_PARENT] not in set(held["Held because"])
    assert "more records wait until their person is free" in words(page)
    assert all(held["Who acts"])
    lists = [each for each in page.get("download_button") if each.proto.label == "Excel"]
    assert f"The held records for {Party.MAPPING}" in {each.proto.help for each in lists}
    assert "Our mapping · " in words(page)


def grid_of(page: AppTest) -> DataFrame:
    return next(each.value for each in page.dataframe if "#" in each.value and "What" in each.value)


def test_grid_shows_old_and_new_and_is_walked_by_keyboard(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, MappingDraft(objects=(lakeside_draft(),)))
    page = show(run)

    lines = grid_of(page).set_index("#")
    assert lines["Term of Interest"][1] == "Fall 2027 → Fall 2026"
    assert any(text.startswith("+ ") for text in lines["First Name"])

    page.button(key="preview.step.1").click().run()

    assert page.selectbox(key="preview.row.shown").value == 2
    assert any(each.value.startswith("Inquiry 2 ·") for each in page.text)

    page.toggle(key="desk.screen_share").set_value(True).run()

    assert grid_of(page).set_index("#")["Term of Interest"][1] == "F•••••• → F••••••"


def test_changes_party_and_order_are_chosen_together(console: Console, lakeside: str) -> None:
    page = show(preview(console, lakeside, lakeside_objects()))

    page.segmented_control(key="preview.outcome").set_value("changes")
    labelled(page.selectbox, "Sort by").set_value("Row, last first").run()

    lines = grid_of(page)
    assert set(lines["What"]) <= {"Create", "Update"}
    assert list(lines["#"]) == sorted(lines["#"], reverse=True)

    page.segmented_control(key="preview.outcome").set_value(None)
    labelled(page.selectbox, "Who acts").set_value(Party.MAPPING).run()

    assert "Our mapping" in set(grid_of(page)["Who acts"])


def test_reason_filters_the_list(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, lakeside_objects())
    page = show(run)

    labelled(page.selectbox, "Reason").set_value(HoldKind.LOOKUP_NOT_FOUND.value).run()

    shown = grid_of(page)
    assert 0 < len(shown) < run.record_count
    assert set(shown["What"]) == {"Held"}


def test_preview_tells_whether_its_version_is_signed_off(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, MappingDraft(objects=(lakeside_draft(),)))
    before = words(show(run))

    sign_off(
        console.store,
        version_id=run.mapping_version_id,
        customer_name="Dean Ames",
        operator=OPERATOR,
    )

    number = run.mapping_number
    assert f"This preview is of version {number}, which is not signed off." in before.replace(
        "\\", ""
    )
    after = words(show(run)).replace("\\", "")
    assert f"This preview is of version {number}, signed off by Dean Ames" in after


def test_old_preview_tells_that_a_newer_version_is_there(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, MappingDraft(objects=(lakeside_draft(),)))
    preview(console, lakeside, lakeside_objects())

    told = words(show(run)).replace("\\", "")

    assert f"Version {run.mapping_number + 1} is newer: preview again to see it." in told


def test_cost_is_told_before_and_after(console: Console, lakeside: str) -> None:
    page = show(preview(console, lakeside, lakeside_objects()))

    assert "Takes about 14 API calls and writes nothing." in words(page)
    assert "were left" in words(page)
    assert "of an estimated 14" in words(page)


def test_too_few_calls_left_are_told_before_the_start_with_what_to_do(
    console: Console, lakeside: str
) -> None:
    run = preview(console, lakeside, lakeside_objects())
    with console.store.write() as session:
        for row in session.exec(select(ApiCalls).where(ApiCalls.connection_id == lakeside)):
            row.org_limit, row.org_used = 15_000, 14_998
            session.add(row)

    page = show(run)

    (warning,) = [each.value for each in page.warning if "API calls" in each.value]
    assert "only 2 of the org's 15,000" in warning
    assert "preview fewer inquiries now, or wait" in warning


def test_running_preview_tells_step_speed_counts_and_calls() -> None:
    progress = Progress(
        phase=Phase.CHECK,
        sobject_name="hed__Application__c",
        done=4_000,
        total=10_000,
        unfit=212,
        seconds=2,
    )

    assert step_words(progress) == (
        "Step 2 of 4: Check values: Application · 4,000 of 10,000 inquiries · 2,000 a second · "
        "about 3 seconds left in this step"
    )
    asked = Progress(phase=Phase.MATCH, done=5, total=10, seconds=200)
    assert "5 of 10 questions answered · about 3 minutes left" in step_words(asked)


def test_page_of_a_running_preview_has_counts_and_cancels(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, lakeside_objects())
    with console.store.write() as session:
        row = session.get_one(PreviewRun, run.run_id)
        row.state, row.done_count, row.api_calls = RunState.RUNNING, 20, 4
        kept = Progress(phase=Phase.COMPARE, sobject_name="Contact", done=20, total=30, unfit=3)
        row.progress = to_kept(kept)
        session.add(row)

    page = open_page("preview", account_id=LAKESIDE.account_id, run=run.run_id)

    told = words(page)
    assert "4 API calls so far of an estimated 14 · 3 inquiries with a value" in told
    page.button(key="preview.cancel").click().run()
    with console.store.read() as session:
        assert session.get_one(PreviewRun, run.run_id).cancel_requested


def test_a_cancelled_preview_says_so_and_what_to_do(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, lakeside_objects())
    with console.store.write() as session:
        session.get_one(PreviewRun, run.run_id).state = RunState.CANCELLED

    told = words(show(run))

    assert "cancelled before its end" in told
    assert "Nothing was written to the org. Press Preview above to begin it anew." in told


def test_same_inquiries_twice_are_kept_once_and_the_first_load_is_chosen(
    console: Console, lakeside: str
) -> None:
    payload = json.dumps([{"lead.email": "ava@example.org", "lead.last_name": "Lopez"}])
    other = json.dumps([{"lead.last_name": each} for each in ("Chen", "Ortiz")])
    for text in (payload, other, payload):
        page = open_page("preview", account_id=LAKESIDE.account_id)
        labelled(page.text_area, "Or paste").set_value(text)
        page = labelled(page.button, "Load this payload").click().run()

    (kept,) = [
        each for each in list_batches(console.store, LAKESIDE.account_id) if each.record_count == 1
    ]
    assert "These inquiries are here already" in words(page).replace("\\", "")
    assert labelled(page.selectbox, "Inquiries").value == kept.batch_id


def test_every_hold_has_words() -> None:
    assert set(HOLD_WORDS) == set(HoldKind)


def test_problem_without_words_is_legible() -> None:
    count = ProblemCount(
        kind="brand_new", name="brand_new", effect=Effect.WARNS, sobject_name="Lead", count=1
    )

    assert problem_words(count) == "Brand new"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Contact", "Contact"),
        ("hed__Affiliation__c", "Affiliation"),
        ("Event_Visit__c", "Event Visit"),
        ("TargetX_SRMb__Inquiry__c", "Inquiry"),
    ],
)
def test_objects_are_called_without_what_packages_add(name: str, word: str) -> None:
    assert object_words(name) == word


def test_preview_that_stands_still_goes_on_by_a_button(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, MappingDraft(objects=(lakeside_draft(),)))
    with console.store.write() as session:
        row = session.get(PreviewRun, run.run_id)
        assert row is not None
        row.state, row.error_message = RunState.PAUSED, "The org's daily API calls are used up."
        row.error_advice, row.error_who_acts = "Go on tomorrow.", "nobody: it passes by itself"
        session.add(row)
    page = open_page("preview", account_id=LAKESIDE.account_id, run=run.run_id)
    told = words(page)

    page.button(key="preview.go_on").click().run()

    assert "daily API calls are used up" in told
    assert "is kept and is not asked again" in told
    assert console.runner.wait(run.run_id, 60).state is RunState.DONE


def test_the_record_found_opens_in_the_org(console: Console, lakeside: str) -> None:
    run = preview(console, lakeside, MappingDraft(objects=(lakeside_draft(),)), sample_records()[0])
    with console.store.write() as session:
        found = session.get_one(Connection, lakeside)
        found.instance_url = "https://lakeside.my.salesforce.com"
        session.add(found)

    page = show(run)

    (link,) = page.get("link_button")
    assert link.proto.url.startswith("https://lakeside.my.salesforce.com/lightning/r/Contact/003")


def test_shared_screen_offers_downloads_without_student_values(
    console: Console, lakeside: str
) -> None:
    run = preview(console, lakeside, MappingDraft(objects=(lakeside_draft(),)), sample_records()[0])
    page = show(run)
    assert not [each for each in download_labels(page) if "values hidden" in each]

    page.toggle(key="desk.screen_share").set_value(True).run()

    labels = download_labels(page)
    assert len(labels) == 4
    assert all("values hidden" in each for each in labels)


def download_labels(page: AppTest) -> list[str]:
    return [each.proto.label for each in page.get("download_button")]


def test_the_address_opens_a_preview_that_is_no_longer_on_offer(
    console: Console, lakeside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = MappingDraft(objects=(lakeside_draft(),))
    old = preview(console, lakeside, draft, sample_records()[0])
    monkeypatch.setattr("core.preview.runs.list_runs.__defaults__", (1,))
    preview(console, lakeside, draft, sample_records()[1])

    page = show(old)

    assert old.run_id in page.query_params["run"]
    assert "was deleted" not in words(page)
