from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from core.connect.connections import get_connection
from core.errors import InvalidInput, NotFound, StorageError
from core.mapping.model import ObjectMapping
from core.preview.plan import Outcome, RecordPlan
from core.preview.reading.choosing import Choice
from core.preview.running import work
from core.preview.running.ledger import add_plans, begin_run, end_run, request_cancel
from core.preview.running.pausing import pause_run
from core.preview.running.work import PreviewJob, run_preview
from core.preview.runs import (
    RowView,
    RunState,
    latest_run,
    load_run,
    object_counts,
    page_inquiries,
    page_rows,
    problem_counts,
)
from core.store.audit import list_events
from core.store.inquiries import list_batches
from core.store.tables import Connection
from tests.connect.conftest import OPERATOR
from tests.preview.mappings import lakeside_objects, palmer_draft
from tests.preview.org import make_source
from tests.preview.university import University


def row_of(university: University, run_id: str, number: int) -> RowView:
    (row,) = page_rows(university.store, run_id, offset=number - 1, limit=1)[0]
    return row


def begin(university: University) -> str:
    return begin_run(
        university.store,
        connection_id=university.desk.connection_id,
        mapping_version_id=university.save(palmer_draft()),
        batch_id=university.load([make_source(Email="a@example.edu")]),
        operator=OPERATOR,
    )


def carry_on(university: University, run_id: str, *, is_closing: bool = False) -> None:
    run = load_run(university.store, run_id)
    run_preview(
        PreviewJob(
            context=university.desk.context,
            run_id=run_id,
            connection_id=university.desk.connection_id,
            mapping_version_id=run.mapping_version_id,
            batch_id=run.batch_id,
            is_closing=lambda: is_closing,
        )
    )


def test_palmers_sample_is_planned_whole(palmer: University) -> None:
    run = palmer.preview()

    assert (run.error_message, run.state, run.is_finished) == ("", RunState.DONE, True)
    assert run.counts == {"create": 30, "update": 4, "unchanged": 1, "held": 8}
    assert sum(run.counts.values()) == run.done_count == run.record_count
    assert len(run.plan_hash) == 64
    assert run.api_usage is not None


def test_lakesides_sample_is_planned_on_contacts(lakeside: University) -> None:
    run = lakeside.preview()

    assert run.counts == {"create": 31, "update": 6, "unchanged": 0, "held": 6}


def test_fixture_people_end_as_the_org_holds_them(palmer: University) -> None:
    run = palmer.preview()

    told = {
        row.person: (row.outcome.value, row.matched_by, row.hold_kind)
        for row in page_rows(palmer.store, run.run_id, limit=5)[0]
    }
    assert told == {
        "Ava Lopez": ("update", "Halda ID", ""),
        "Maya Chen": ("update", "Email + Last Name", ""),
        "J. Smith": ("held", "", "several_matches"),
        "Noah Baker": ("unchanged", "Halda ID", ""),
        "Liam Ortiz": ("held", "Email + Last Name", "converted_lead"),
    }


def test_cell_shows_source_current_value_and_why_it_stays(palmer: University) -> None:
    run = palmer.preview()

    term = next(
        cell for cell in row_of(palmer, run.run_id, 1).cells if cell.field_name == "Term__c"
    )
    assert (term.source_text, term.current, term.will_send) == ("Fall 2026", "Fall 2027", False)
    assert term.reason == "kept: only if blank, Salesforce has 'Fall 2027'"


def test_preview_only_reads_on_the_orgs_own_log(palmer: University) -> None:
    before, records = len(palmer.desk.org.log("palmer")), palmer.desk.org.records_hash("palmer")

    palmer.preview()

    calls = palmer.desk.org.log("palmer")[before:]
    assert calls
    assert {call["kind"] for call in calls} == {"read"}
    assert palmer.desk.org.records_hash("palmer") == records


def test_previewing_twice_gives_one_plan(palmer: University) -> None:
    assert palmer.preview().plan_hash == palmer.preview().plan_hash


def test_plan_keeps_which_org_and_which_inquiries_it_was_made_from(palmer: University) -> None:
    run = palmer.preview()

    connection = get_connection(palmer.desk.context, palmer.desk.connection_id)
    [load] = list_batches(palmer.store, run.account_id)
    assert connection.org is not None
    assert run.org_id == connection.org.org_id != ""
    assert run.source_hash == load.content_hash
    assert "Lead" in run.described


def test_other_inquiries_give_another_plan_even_where_they_do_the_same(palmer: University) -> None:
    first = palmer.preview(records=[make_source(Email="a@example.edu")])
    second = palmer.preview(records=[make_source(Email="a@example.edu", Code__c="unmapped")])

    assert first.counts == second.counts
    assert first.plan_hash != second.plan_hash


def test_preview_that_meets_another_org_ends_without_a_plan(palmer: University) -> None:
    run_id = begin(palmer)
    with palmer.store.write() as session:
        connection = session.get_one(Connection, palmer.desk.connection_id)
        connection.org_id = "00D000000000002AAA"
        session.add(connection)

    carry_on(palmer, run_id)

    run = load_run(palmer.store, run_id)
    assert (run.state, run.plan_hash) == (RunState.FAILED, "")
    assert "another org" in run.error_message


def test_counted_calls_are_those_of_the_orgs_own_log(palmer: University) -> None:
    palmer.preview()
    before = sum(call["counted"] for call in palmer.desk.org.log("palmer"))

    run = palmer.preview()

    after = sum(call["counted"] for call in palmer.desk.org.log("palmer"))
    assert run.api_calls == after - before == 4  # three for the org's own rules


def test_rows_are_filtered_searched_and_paged(palmer: University) -> None:
    run_id = palmer.preview().run_id

    held, held_total = page_rows(palmer.store, run_id, outcome="held", limit=3)
    several, _ = page_rows(palmer.store, run_id, problem_kind="several_matches")
    nobody, none = page_rows(palmer.store, run_id, search="100%_")

    assert (len(held), held_total) == (3, 8)
    assert [row.row_number for row in several] == [3]
    assert ([row.row_number for row in nobody], none) == ([], 0)


def test_search_finds_values_whatever_the_case(palmer: University) -> None:
    run_id = palmer.preview().run_id

    rows, _ = page_rows(palmer.store, run_id, search="MAYA.chen@example")

    assert [row.row_number for row in rows] == [2, 42]


def test_problem_counts_agree_with_the_filter(palmer: University) -> None:
    run_id = palmer.preview().run_id

    counts: Counter[str] = Counter()
    for each in problem_counts(palmer.store, run_id):
        counts[each.kind] += each.count
    assert len(counts) > 5
    for kind, count in counts.items():
        assert page_rows(palmer.store, run_id, problem_kind=kind)[1] == count
        assert page_inquiries(palmer.store, run_id, Choice(problem_kind=kind))[1] == count


def test_org_that_refuses_ends_the_run_with_who_acts(palmer: University) -> None:
    palmer.preview()
    palmer.desk.org.switch("palmer", hidden_fields=["Lead.GPA__c"])
    try:
        run = palmer.preview()
    finally:
        palmer.desk.org.switch("palmer", hidden_fields=[])

    assert run.state is RunState.FAILED
    assert run.error_message
    assert run.error_advice
    assert run.error_who_acts
    assert run.counts == {}
    assert page_rows(palmer.store, run.run_id) == ([], 0)


def test_revoked_grant_asks_to_reconnect(palmer: University) -> None:
    palmer.preview()
    palmer.desk.org.switch("palmer", revoke_all_grants=True)

    run = palmer.preview()

    assert (run.state, run.error_who_acts) == (RunState.PAUSED, "you")


def test_mapping_without_a_match_key_fails_in_words(palmer: University) -> None:
    draft = palmer_draft()

    run = palmer.preview(ObjectMapping(sobject_name=draft.sobject_name, rows=draft.rows))

    assert run.state is RunState.FAILED
    assert "no match key" in run.error_message


def test_fault_of_our_own_tells_neither_values_nor_a_traceback(
    palmer: University, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: Any, **__: Any) -> None:
        raise ValueError("secret of Ava")

    monkeypatch.setattr(work, "plan_batch", break_down)

    run = palmer.preview()

    assert (run.state, run.error_who_acts) == (RunState.FAILED, "Halda support")
    assert "Ava" not in run.error_message + run.error_advice + caplog.text
    assert "ValueError" in caplog.text


def test_cancelled_run_asks_the_org_for_no_record(palmer: University) -> None:
    run_id = begin(palmer)
    request_cancel(palmer.store, run_id)
    before = len(palmer.desk.org.log("palmer"))

    carry_on(palmer, run_id)

    assert load_run(palmer.store, run_id).state is RunState.CANCELLED
    paths = [call["path"] for call in palmer.desk.org.log("palmer")[before:]]
    assert not [path for path in paths if "composite" in path]


def test_run_that_is_cancelled_while_a_call_fails_is_cancelled_and_does_not_stand(
    palmer: University,
) -> None:
    run_id = begin(palmer)
    request_cancel(palmer.store, run_id)

    pause_run(palmer.store, run_id, StorageError("Full.", advice="Make room."))

    assert load_run(palmer.store, run_id).state is RunState.CANCELLED


def test_run_nobody_has_begun_with_is_cancelled_at_once(palmer: University) -> None:
    palmer.work.launch()
    run_id = begin(palmer)

    palmer.runner.cancel(run_id)

    assert palmer.runner.wait(run_id, 60).state is RunState.CANCELLED


def test_run_cancelled_halfway_takes_no_more_and_keeps_no_plan(palmer: University) -> None:
    run_id = begin(palmer)
    plan = RecordPlan(row_number=1, person="Ava Lopez", outcome=Outcome.CREATE, payload={})

    is_kept = add_plans(palmer.store, run_id, [plan])
    halfway = page_rows(palmer.store, run_id)[1]
    request_cancel(palmer.store, run_id)
    is_more_kept = add_plans(palmer.store, run_id, [replace(plan, row_number=2)])
    end_run(palmer.store, run_id, RunState.CANCELLED)

    assert (is_kept, halfway, is_more_kept) == (True, 1, False)
    assert page_rows(palmer.store, run_id) == ([], 0)
    assert load_run(palmer.store, run_id).counts == {}


def test_run_stopped_by_the_consoles_end_is_left_to_be_carried_on(palmer: University) -> None:
    run_id = begin(palmer)

    carry_on(palmer, run_id, is_closing=True)

    run = load_run(palmer.store, run_id)
    assert (run.state, run.error_message) == (RunState.RUNNING, "")


def test_inquiries_kept_by_a_cut_off_attempt_are_neither_doubled_nor_counted_twice(
    palmer: University,
) -> None:
    run_id = begin(palmer)
    first = RecordPlan(row_number=1, person="Ava Lopez", outcome=Outcome.CREATE, payload={})
    second = replace(first, row_number=2, outcome=Outcome.UNCHANGED)
    assert add_plans(palmer.store, run_id, [first])

    assert add_plans(palmer.store, run_id, [first, second])

    run = load_run(palmer.store, run_id)
    assert (run.done_count, run.counts["create"], run.counts["unchanged"]) == (2, 1, 1)
    assert [row.row_number for row in page_rows(palmer.store, run_id)[0]] == [1, 2]
    end_run(palmer.store, run_id, RunState.CANCELLED)


def test_second_preview_of_a_connection_waits_its_turn(palmer: University) -> None:
    begin(palmer)

    with pytest.raises(InvalidInput, match="is running"):
        begin(palmer)


def test_inquiries_that_are_gone_start_nothing(palmer: University) -> None:
    with pytest.raises(NotFound):
        palmer.runner.start(
            connection_id=palmer.desk.connection_id,
            mapping_version_id=palmer.save(palmer_draft()),
            batch_id="gone",
            operator=OPERATOR,
        )

    assert latest_run(palmer.store, palmer.desk.connection_id) is None


def test_newest_run_is_the_latest_whatever_became_of_it(palmer: University) -> None:
    palmer.preview()
    failed = palmer.preview(ObjectMapping(sobject_name="Lead"))

    latest = latest_run(palmer.store, palmer.desk.connection_id)

    assert latest is not None
    assert (latest.run_id, latest.mapping_number) == (failed.run_id, 2)


def test_audit_names_who_previewed_and_holds_no_value(palmer: University) -> None:
    palmer.preview()

    events = [each for each in list_events(palmer.store) if each.action.startswith("preview.")]

    assert Counter(each.action for each in events) == {"preview.started": 1, "preview.finished": 1}
    assert {each.operator for each in events} == {OPERATOR}
    assert "Ava" not in str([each.detail for each in events])


def test_objects_are_counted_in_the_mappings_order(lakeside: University) -> None:
    run = lakeside.preview(lakeside_objects())

    counts = object_counts(lakeside.store, run.run_id)

    assert [each.sobject_name for each in counts] == [
        "Contact",
        "hed__Affiliation__c",
        "hed__Application__c",
    ]
    assert sum(counts[0].counts.values()) == run.record_count
    assert page_inquiries(lakeside.store, run.run_id)[1] == run.record_count
