"""Sign-ins that lie unused, nights without a check, and the round that sees to both."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from core.connect import looking_after
from core.connect.context import ConnectContext
from core.connect.doctor.examine import examine
from core.connect.doctor.kept import load_examination
from core.connect.idle import idle_connections, idle_countdowns, keep_alive
from core.connect.looking_after import look_after_connections, look_around
from core.connect.nightly import check_at_night, last_night, nightly_standings
from core.connect.states import ConnectionState
from core.connect.tokens import find_token
from core.store.audit import list_events
from core.store.tables import Connection, Examination
from core.work.engine import WorkEngine, WorkerState
from tests.connect.conftest import Desk

WEEK = timedelta(days=7)


@pytest.fixture
def connected(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    return desk


@pytest.fixture
def engine(connected: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkEngine]:
    monkeypatch.setattr(looking_after, "_SECONDS_EACH", 0)
    made = WorkEngine(connected.context.settings)
    look_after_connections(connected.context, made)
    yield made
    made.close()


def age(desk: Desk, by: timedelta) -> None:
    """Let the sign-in, and what was examined since, be older than they are."""
    store = desk.context.store
    with store.write() as session:
        token = find_token(session, desk.connection_id)
        row = session.get(Connection, desk.connection_id)
        assert token is not None
        assert row is not None
        token.issued_at -= by
        assert row.connected_at is not None
        row.connected_at -= by
        session.add_all([token, row])


def night_began(desk: Desk, *, hours_ago: int) -> ConnectContext:
    """The desk's context, in a console whose night began that many hours ago."""
    with desk.context.store.read() as session:
        hour = (desk.context.store.now(session).hour - hours_ago) % 24
    return replace(desk.context, settings=replace(desk.context.settings, nightly_hour=hour))


def renewals(desk: Desk) -> int:
    return sum(each.action == "connection.kept_alive" for each in list_events(desk.context.store))


def wait_for_examination(desk: Desk) -> None:
    for _ in range(1000):
        if load_examination(desk.context, desk.connection_id) is not None:
            return
        threading.Event().wait(0.02)
    pytest.fail("nobody examined the connection")


def test_countdown_begins_with_the_sign_in_and_anew_with_each_renewal(connected: Desk) -> None:
    age(connected, timedelta(days=12, hours=1))
    before = idle_countdowns(connected.context)[connected.connection_id]

    word = keep_alive(connected.context, connected.connection_id)

    after = idle_countdowns(connected.context)[connected.connection_id]
    assert word == "renewed"
    assert (before.days_left, before.refreshed_at) == (17, None)
    assert after.refreshed_at == after.last_used_at
    assert after.days_left == 29


def test_only_a_sign_in_unused_for_a_week_is_idle(connected: Desk) -> None:
    age(connected, WEEK - timedelta(minutes=1))
    before = idle_connections(connected.context)
    age(connected, timedelta(minutes=2))

    assert (before, idle_connections(connected.context)) == ([], [connected.connection_id])


def test_renewal_is_told_once_and_asked_for_once(connected: Desk) -> None:
    age(connected, WEEK * 2)
    calls = connected.token_calls()

    words = [keep_alive(connected.context, connected.connection_id) for _ in range(2)]

    assert words == ["renewed", "not idle"]
    assert connected.token_calls() == calls + 1
    assert renewals(connected) == 1


def test_refused_renewal_says_on_the_connection_that_somebody_has_to_sign_in(
    connected: Desk,
) -> None:
    age(connected, WEEK * 2)
    connected.org.switch("palmer", revoke_all_grants=True)

    word = keep_alive(connected.context, connected.connection_id)

    assert word == "failed"
    assert connected.connection.state is ConnectionState.NEEDS_REAUTH
    assert connected.connection.last_error is not None
    assert idle_countdowns(connected.context) == {}


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (datetime(2026, 11, 24, 7, 59, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (datetime(2026, 1, 1, 3, 0, tzinfo=UTC), datetime(2025, 12, 31, 8, tzinfo=UTC)),
    ],
)
def test_night_begins_at_its_hour(now: datetime, night: datetime) -> None:
    assert last_night(now, 8) == night


def test_connection_signed_in_since_waits_for_its_first_night(connected: Desk) -> None:
    context = night_began(connected, hours_ago=5)

    assert not nightly_standings(context)[connected.connection_id].is_due
    assert check_at_night(context, connected.connection_id) == "not due"


@pytest.mark.parametrize(("hours_ago", "is_overdue"), [(1, False), (5, True)])
def test_missed_check_is_overdue_after_three_hours_until_it_is_made(
    connected: Desk, hours_ago: int, is_overdue: bool
) -> None:
    context = night_began(connected, hours_ago=hours_ago)
    age(connected, timedelta(days=1))
    missed = nightly_standings(context)[connected.connection_id]

    verdict = check_at_night(context, connected.connection_id)

    made = nightly_standings(context)[connected.connection_id]
    assert (missed.is_due, missed.is_overdue, missed.examined_at) == (True, is_overdue, None)
    assert verdict in {"green", "amber"}
    assert (made.is_due, made.is_overdue) == (False, False)
    assert made.examined_at is not None


def test_examination_of_an_earlier_night_does_not_count(connected: Desk) -> None:
    age(connected, timedelta(days=3))
    examine(connected.context, connected.connection_id, asked_by="Ines")
    with connected.context.store.write() as session:
        for row in session.exec(select(Examination)):
            row.examined_at -= timedelta(days=2)

    standing = nightly_standings(connected.context)[connected.connection_id]

    assert standing.is_due
    assert standing.examined_at is not None


def test_launch_makes_up_for_the_nights_it_slept_through(
    connected: Desk, engine: WorkEngine
) -> None:
    age(connected, timedelta(days=9))

    engine.launch()

    wait_for_examination(connected)
    for _ in range(1000):
        if renewals(connected):
            break
        threading.Event().wait(0.02)
    assert renewals(connected) == 1
    assert engine.state() is WorkerState.OK


def test_two_rounds_of_one_night_make_one_check(connected: Desk, engine: WorkEngine) -> None:
    age(connected, timedelta(days=2))
    engine.launch()
    wait_for_examination(connected)
    with connected.context.store.write() as session:
        for row in session.exec(select(Examination)):
            session.delete(row)

    told = look_around(connected.context, engine)

    assert told == "0 idle, 1 unchecked"
    assert load_examination(connected.context, connected.connection_id) is None
