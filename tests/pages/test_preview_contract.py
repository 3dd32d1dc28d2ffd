"""A finished preview as a contract: what it rests on, whether it is still true, what moved."""

from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.halda.sample import sample_records
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.plan import Outcome
from core.preview.runs import page_rows
from core.store.tables import PlanRow, PreviewRun
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.test_preview import preview, show
from tests.preview.mappings import lakeside_draft


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


@pytest.fixture
def plain() -> MappingDraft:
    return MappingDraft(objects=(lakeside_draft(),))


def test_all_that_a_plan_rests_on_stands_there_to_be_copied(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)

    page = show(run)

    copied = [each.value for each in page.code]
    for value in (run.plan_hash, run.org_id, run.describe_fingerprint, run.source_hash):
        assert len(value) > 14
        assert value in copied
    assert f"mapping v{run.mapping_number} ({run.mapping_version_id})" in copied
    assert any(f"by {run.started_by}" in each.label for each in page.expander)


def test_plan_that_kept_no_org_says_so(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)
    with console.store.write() as session:
        row = session.get_one(PreviewRun, run.run_id)
        row.org_id, row.source_hash = "", ""
        session.add(row)

    page = show(run)

    assert words(page).count("not kept: the preview is older") == 2


def test_plan_is_looked_over_by_a_button(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)
    page = show(run)

    page.button(key="preview.recheck.start").click().run(timeout=30)

    assert not page.error, words(page)
    assert any("Still true" in each.value for each in page.success)


def test_plan_that_changes_no_record_of_the_org_says_so(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    values = {**sample_records()[0].values}
    values |= {"lead.lead_profile_uid": "new", "lead.email": "new@example.org"}
    page = show(preview(console, lakeside, plain, SourceRecord(row_number=1, values=values)))

    page.button(key="preview.recheck.start").click().run(timeout=30)

    assert "There is no record to look over" in words(page)
    assert not any("Still true" in each.value for each in page.success)


def test_moved_record_is_listed_and_hidden_on_a_shared_screen(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)
    with console.store.write() as session:
        found = select(PlanRow).where(
            PlanRow.preview_run_id == run.run_id, PlanRow.outcome == Outcome.UPDATE
        )
        row = session.exec(found).first()
        assert row is not None
        row.system_modstamp = "2020-01-01T00:00:00.000+0000"
        person, record_id = row.person, row.matched_id
        session.add(row)
    page = show(run)

    page.button(key="preview.recheck.start").click().run(timeout=30)

    assert any("1 of" in each.value and "moved" in each.value for each in page.warning)
    lines = stale_lines(page)
    assert [line["Record"] for line in lines] == [record_id]
    assert lines[0]["Person"] == person

    page.toggle(key="desk.screen_share").set_value(True).run(timeout=30)

    assert stale_lines(page)[0]["Person"] != person


def stale_lines(page: AppTest) -> list[dict[str, Any]]:
    return next(
        each.value.to_dict("records")
        for each in page.dataframe
        if "What happened" in each.value.columns
    )


def test_two_previews_are_held_side_by_side(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    records = list(sample_records())
    first = preview(console, lakeside, plain, *records)
    created, _ = page_rows(console.store, first.run_id, outcome=Outcome.CREATE, limit=1)
    place = created[0].row_number - 1
    new_values = {**records[place].values, "lead.first_name": "Zebulon"}
    records[place] = replace(records[place], values=new_values)
    second = preview(console, lakeside, plain, *records)
    page = show(second)

    page.selectbox(key=f"preview.compare.{second.run_id}").set_value(first.run_id).run(timeout=30)

    assert not page.error, words(page)
    moved = next(each.value for each in page.dataframe if "What differs" in each.value.columns)
    assert any("Zebulon" in line for line in moved["What differs"])
