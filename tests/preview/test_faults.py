"""Whatever happens to its reads, a preview writes nothing and ends in a state one can act on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, text

from core.mapping.model import SourceRecord
from core.preview.running.org import OrgReader
from core.preview.runs import RunState, RunView, load_run, page_rows
from core.salesforce.calls import OrgCalls
from tests.connect.conftest import OPERATOR
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import palmer_draft
from tests.preview.org import make_source
from tests.preview.university import University

COMPOSITE = "^/services/data/v[0-9.]+/composite$"
TOKEN = "^/services/oauth2/token$"
LIMIT = [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]
ENDED = [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
GONE = [{"message": "No such column 'GPA__c' on entity 'Lead'", "errorCode": "INVALID_FIELD"}]
PASSING: dict[str, dict[str, Any]] = {
    "connection dropped before": {"drop_connection": True},
    "connection dropped after": {"drop_connection": True, "moment": "after"},
    "500 before": {"status": 500},
    "500 after": {"status": 500, "moment": "after"},
    "503 before": {"status": 503},
    "503 after": {"status": 503, "moment": "after"},
    "429": {"status": 429, "headers": {"Retry-After": "7"}},
    "daily limit": {"status": 403, "body": LIMIT},
    "truncated": {"truncate": True, "moment": "after"},
    "HTML instead of JSON": {"status": 200, "html": "<html>Welcome</html>"},
    "empty answer": {"status": 200, "html": ""},
    "too few answers": {"status": 200, "body": {"compositeResponse": []}},
}
NAMED_STOPS = (
    "expired_token",
    "inactive_user",
    "ip_restricted",
    "login_hours",
    "wrong_secret",
    "unknown_key",
    "app_not_installed",
    "limit_used_up",
    "restricted_domain",
    "maintenance",
    "maintenance_page",
    "half_an_answer",
    "no_answer",
)
NAMED_ENDS = ("unknown_code", "moved_away", "org_locked", "api_disabled")


def sources(count: int = 6_000) -> list[SourceRecord]:
    return [
        make_source(number, FirstName="Ava", LastName=f"L{number}", Email=f"s{number}@example.edu")
        for number in range(1, count + 1)
    ]


@pytest.fixture(autouse=True)
def nothing_scripted_after(org: DemoOrgProcess) -> Any:
    yield
    org.clear_faults()


@pytest.fixture
def reading_only(palmer: University) -> Callable[[], None]:
    """The fields are read; returns what proves that only reads came after."""
    palmer.preview()
    org = palmer.desk.org
    before, records = len(org.log("palmer")), org.records_hash("palmer")

    def check() -> None:
        calls = org.log("palmer")[before:]
        data = [each for each in calls if each["path"].startswith("/services/data")]
        assert {each["kind"] for each in data} <= {"read"}
        assert org.records_hash("palmer") == records

    return check


def assert_told(run: RunView) -> None:
    assert all((run.error_message, run.error_advice, run.error_who_acts))
    assert "example.edu" not in run.error_message + run.error_advice


def reads_of(university: University) -> int:
    return sum("composite" in call["path"] for call in university.desk.org.log("palmer"))


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_trouble_of_the_wire_stops_a_preview_that_then_goes_on(
    palmer: University, reading_only: Callable[[], None], fault: dict[str, Any]
) -> None:
    palmer.desk.org.fault(match=COMPOSITE, **fault)

    stopped = palmer.preview()
    palmer.runner.go_on(stopped.run_id, operator=OPERATOR)
    run = palmer.runner.wait(stopped.run_id, 60)

    assert stopped.state is RunState.PAUSED
    assert_told(stopped)
    assert (run.state, run.error_message, run.done_count) == (RunState.DONE, "", 43)
    reading_only()


@pytest.mark.parametrize("failure", NAMED_STOPS)
def test_refusal_that_somebody_can_end_stops_a_preview(
    palmer: University, reading_only: Callable[[], None], failure: str
) -> None:
    palmer.desk.org.fail(failure)

    run = palmer.preview()

    assert run.state is RunState.PAUSED
    assert_told(run)
    reading_only()


@pytest.mark.parametrize("failure", NAMED_ENDS)
def test_refusal_of_another_kind_ends_a_preview_in_words(
    palmer: University, reading_only: Callable[[], None], failure: str
) -> None:
    palmer.desk.org.fail(failure)

    run = palmer.preview()

    assert run.state in (RunState.FAILED, RunState.PAUSED)
    assert_told(run)
    reading_only()


def test_field_that_is_gone_ends_a_preview_with_its_name(
    palmer: University, reading_only: Callable[[], None]
) -> None:
    # the first refusal only hides the org's own rules
    palmer.desk.org.fault(match=COMPOSITE, status=400, body=GONE, times=2)

    run = palmer.preview()

    assert run.state is RunState.FAILED
    assert_told(run)
    reading_only()


def test_session_that_ends_once_is_renewed_and_nobody_notices(
    palmer: University, reading_only: Callable[[], None]
) -> None:
    palmer.desk.org.fault(match=COMPOSITE, status=401, body=ENDED)

    run = palmer.preview()

    assert (run.state, run.error_message) == (RunState.DONE, "")
    reading_only()


def test_session_that_always_ends_is_renewed_once_and_asks_to_reconnect(
    palmer: University, reading_only: Callable[[], None]
) -> None:
    before, tokens = reads_of(palmer), palmer.desk.token_calls()
    palmer.desk.org.fault(match=COMPOSITE, status=401, body=ENDED, times=9)

    run = palmer.preview()

    assert (run.state, run.error_who_acts) == (RunState.PAUSED, "you")
    assert (reads_of(palmer) - before, palmer.desk.token_calls() - tokens) <= (2, 1)
    reading_only()


def test_renewal_whose_answer_is_lost_stops_a_preview(
    palmer: University, reading_only: Callable[[], None]
) -> None:
    palmer.desk.org.fault(match=COMPOSITE, status=401, body=ENDED)
    palmer.desk.org.fault(match=TOKEN, moment="after", drop_connection=True, times=2)

    run = palmer.preview()

    assert run.state is RunState.PAUSED
    assert_told(run)
    reading_only()


def test_preview_goes_on_without_asking_twice_what_was_answered(
    palmer: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = palmer.preview(palmer_draft(), sources())
    before = reads_of(palmer)
    fail_after(palmer, monkeypatch, calls=3)

    stopped = palmer.preview(palmer_draft(), sources())
    monkeypatch.undo()
    palmer.desk.org.clear_faults()
    palmer.runner.go_on(stopped.run_id, operator=OPERATOR)
    run = palmer.runner.wait(stopped.run_id, 60)

    assert (stopped.state, run.state) == (RunState.PAUSED, RunState.DONE)
    assert stopped.api_calls == 5
    assert run.plan_hash == whole.plan_hash
    assert reads_of(palmer) - before == whole_reads(whole)  # the refused one is in no log


def whole_reads(whole: RunView) -> int:
    return whole.api_calls - 2  # without the describe, and what duplicate rules do


def fail_after(university: University, monkeypatch: pytest.MonkeyPatch, *, calls: int) -> None:
    """Use up the daily allowance behind this many calls."""
    real, asked = OrgCalls.post, iter(range(calls))

    def post(self: OrgCalls, path: str, body: str) -> Any:
        if next(asked, None) is None:
            university.desk.org.fail("limit_used_up")
        return real(self, path, body)

    monkeypatch.setattr(OrgCalls, "post", post)


def test_newer_preview_takes_the_place_of_one_that_stands_still(palmer: University) -> None:
    palmer.preview()
    palmer.desk.org.fault(match=COMPOSITE, status=503)
    stopped = palmer.preview()

    newer = palmer.preview()

    assert newer.state is RunState.DONE
    assert load_run(palmer.store, stopped.run_id).state is RunState.CANCELLED


def test_mapping_edited_meanwhile_changes_nothing_of_a_preview(palmer: University) -> None:
    palmer.preview()
    palmer.desk.org.fault(match=COMPOSITE, status=503)
    stopped = palmer.preview()
    palmer.desk.org.clear_faults()
    draft = palmer_draft()
    palmer.save(replace(draft, rows=tuple(r for r in draft.rows if r.field_name != "City")))

    palmer.runner.go_on(stopped.run_id, operator=OPERATOR)
    run = palmer.runner.wait(stopped.run_id, 60)

    rows, _ = page_rows(palmer.store, run.run_id, limit=1_000)
    assert (run.state, run.mapping_number) == (RunState.DONE, stopped.mapping_number)
    assert any("City" in row.payload for row in rows)


def test_full_disk_stops_a_preview_before_it_asks_and_room_lets_it_go_on(
    palmer: University, reading_only: Callable[[], None]
) -> None:
    engine = palmer.store._engine
    records = sources(2_000)
    batch_id, version_id = palmer.load(records), palmer.save(palmer_draft())
    with palmer.store.read() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()

    def is_full(connection: Any, _record: Any, _proxy: Any) -> None:
        # room to say that it stopped, which is a few lines, and for no plans
        connection.execute(f"PRAGMA max_page_count = {pages + 4}")

    event.listen(engine, "checkout", is_full)
    run_id = palmer.runner.start(
        connection_id=palmer.desk.connection_id,
        mapping_version_id=version_id,
        batch_id=batch_id,
        operator=OPERATOR,
    )
    stopped = palmer.runner.wait(run_id, 60)
    event.remove(engine, "checkout", is_full)

    @event.listens_for(engine, "checkout")
    def has_room(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")

    reads = reads_of(palmer)
    palmer.runner.go_on(run_id, operator=OPERATOR)
    run = palmer.runner.wait(run_id, 60)

    assert stopped.state is RunState.PAUSED
    assert "disk has room" in stopped.error_advice
    assert (run.state, page_rows(palmer.store, run_id)[1]) == (RunState.DONE, 2_000)
    assert reads_of(palmer) == reads
    reading_only()


def test_cancelled_preview_stops_while_it_waits_to_repeat_a_call(palmer: University) -> None:
    waited: list[float] = []
    stopped = RuntimeError("stopped")

    def check() -> None:
        if len(waited) == 3:
            raise stopped

    http = palmer.desk.context.http
    patient = replace(http.retries, attempts=5, sleep=waited.append, jitter=lambda: 1.0)
    http.retries = patient
    palmer.desk.org.fault(match=COMPOSITE, status=429, headers={"Retry-After": "30"}, times=9)
    reader = OrgReader(
        palmer.desk.context,
        run_id="none",
        connection_id=palmer.desk.connection_id,
        check_stopped=check,
    )

    with pytest.raises(RuntimeError, match="stopped"):
        reader.ask(["SELECT Id FROM Lead"])

    assert waited == [0.25] * 3
