"""A plan that is looked over later says which of its records moved, and what else did."""

import dataclasses

import pytest

from core.errors import InvalidInput
from core.preview.plan import Outcome
from core.preview.reading.recheck import Recheck, Staleness, recheck_plan
from core.preview.runs import RowView, RunState, RunView, page_rows
from core.store.tables import Connection, PreviewRun
from tests.preview.mappings import palmer_draft
from tests.preview.test_agreement import Make, client_of, make_fresh
from tests.preview.university import University

__all__ = ["make_fresh"]

_LEADS = "/services/data/v66.0/sobjects/Lead"


@pytest.fixture
def palmer(make_fresh: Make) -> University:
    """Palmer State, on an org whose records may be changed."""
    return make_fresh("palmer")


def found_rows(university: University, run: RunView) -> list[RowView]:
    rows, _ = page_rows(university.store, run.run_id, limit=1_000)
    return [row for row in rows if row.outcome in (Outcome.UPDATE, Outcome.UNCHANGED)]


def recheck(university: University, run: RunView) -> Recheck:
    return recheck_plan(university.desk.context, run.run_id)


def test_plan_is_true_as_long_as_nothing_moved(palmer: University) -> None:
    run = palmer.preview()

    found = recheck(palmer, run)

    assert found.is_true
    assert found.checked == len({row.matched_id for row in found_rows(palmer, run)} - {""})
    assert found.checked > 2


def test_record_that_somebody_saved_or_deleted_is_the_only_stale_one(palmer: University) -> None:
    run = palmer.preview()
    changed, gone, *_ = {row.matched_id: row for row in found_rows(palmer, run)}.values()
    with client_of(palmer) as client:
        client.patch(f"{_LEADS}/{changed.matched_id}", json={"City": "Boise"}).raise_for_status()
        client.delete(f"{_LEADS}/{gone.matched_id}").raise_for_status()

    found = recheck(palmer, run)

    assert not found.is_true
    assert {(each.matched_id, each.staleness) for each in found.stale} == {
        (changed.matched_id, Staleness.CHANGED),
        (gone.matched_id, Staleness.GONE),
    }
    by_id = {each.matched_id: each for each in found.stale}
    assert by_id[changed.matched_id].modified_at
    assert by_id[changed.matched_id].person == changed.person


def test_newer_mapping_version_is_told(palmer: University) -> None:
    run = palmer.preview()
    palmer.save(dataclasses.replace(palmer_draft(), rows=palmer_draft().rows[:-1]))

    found = recheck(palmer, run)

    assert found.newer_version == run.mapping_number + 1
    assert not found.is_true


def test_object_that_is_described_otherwise_is_told(palmer: University) -> None:
    run = palmer.preview()
    with palmer.store.write() as session:
        row = session.get_one(PreviewRun, run.run_id)
        row.described = {**row.described, "Lead": "as it was then"}
        session.add(row)

    assert recheck(palmer, run).changed_objects == ("Lead",)


def test_plan_of_another_org_is_not_compared_with_this_ones_records(palmer: University) -> None:
    run = palmer.preview()
    with palmer.store.write() as session:
        connection = session.get_one(Connection, run.connection_id)
        connection.org_id = "00D000000000099EAA"
        session.add(connection)

    found = recheck(palmer, run)

    assert not found.is_same_org
    assert not found.is_true
    assert found.checked == 0


def test_preview_without_a_plan_cannot_be_looked_over(palmer: University) -> None:
    run = palmer.preview()
    with palmer.store.write() as session:
        row = session.get_one(PreviewRun, run.run_id)
        row.state = RunState.FAILED
        session.add(row)

    with pytest.raises(InvalidInput, match="no plan"):
        recheck(palmer, run)
