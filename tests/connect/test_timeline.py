"""What happened to a connection, as its timeline tells it: every change and every recovery."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.connect.accounts import AccountDetails, add_account
from core.connect.connections import add_environment
from core.connect.disconnect import disconnect
from core.connect.doctor.examine import examine
from core.connect.idle import idle_countdowns, keep_alive
from core.connect.nightly import check_at_night
from core.connect.orgs import use_org
from core.connect.pause import pause, resume
from core.connect.setup import tick_step
from core.connect.states import ConnectionState, Environment
from core.errors import ConsoleError
from core.store.audit import EventView, list_events, verify_chain
from core.store.engine import Store
from core.ui.status.timeline_words import what
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk
from tests.connect.test_mapping_states import save

START = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """The database's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def after(self, **length: float) -> None:
        self.now += timedelta(**length)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(Store, "now", lambda _store, _session: clock.now)
    return clock


@pytest.fixture
def connected(clock: Clock, desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    clock.after(minutes=1)
    return desk


def events(desk: Desk, *actions: str) -> list[EventView]:
    """The account's events, oldest first, all or those of the given kinds."""
    found = reversed(list_events(desk.context.store, ACCOUNT_ID))
    return [each for each in found if not actions or each.action in actions]


def changes(desk: Desk) -> list[tuple[str, str]]:
    moved = events(desk, "connection.state_changed")
    return [(each.detail["from"], each.detail["to"]) for each in moved]


def call(desk: Desk) -> None:
    """One call to the org, whatever becomes of it."""
    try:
        with use_org(desk.context, desk.connection_id) as org:
            org.organization()
    except ConsoleError:
        pass


def walk(desk: Desk, clock: Clock) -> None:
    """From saved keys to a mapping, a pause, an end and a new beginning."""
    here: dict[str, Any] = {"operator": OPERATOR, "connection_id": desk.connection_id}
    for step in (
        desk.sign_in,
        lambda: save(desk),
        lambda: pause(desk.context, **here),
        lambda: resume(desk.context, **here),
        lambda: disconnect(desk.context, **here),
        desk.sign_in,
    ):
        clock.after(minutes=1)
        step()


def test_every_change_of_state_is_an_event_with_who_and_when(clock: Clock, desk: Desk) -> None:
    desk.add_connection()

    walk(desk, clock)

    moved = changes(desk)
    assert [to for _before, to in moved] == [
        "credentials_saved",
        "connected",
        "mapping_draft",
        "paused",
        "mapping_draft",
        "disconnected",
        "mapping_draft",
    ]
    assert [before for before, _to in moved[1:]] == [to for _before, to in moved[:-1]]
    newest = events(desk, "connection.state_changed")[-1]
    assert newest.at == desk.connection.state_since == clock.now
    assert newest.operator == OPERATOR
    with desk.context.store.read() as session:
        assert verify_chain(session) is None


def test_checklist_moves_the_state_along_on_the_timeline(clock: Clock, desk: Desk) -> None:
    add_account(
        desk.context, operator=OPERATOR, pasted_id=ACCOUNT_ID, details=AccountDetails(name="Palmer")
    )
    here = add_environment(
        desk.context, operator=OPERATOR, account_id=ACCOUNT_ID, environment=Environment.SANDBOX
    )

    for step_id in ("S27", "S30"):
        tick_step(
            desk.context, operator=OPERATOR, connection_id=here.connection_id, step_id=step_id
        )

    assert changes(desk) == [("not_started", "app_created"), ("app_created", "waiting")]


def test_disconnect_and_reconnect_read_in_order(connected: Desk) -> None:
    disconnect(connected.context, operator=OPERATOR, connection_id=connected.connection_id)
    assert connected.sign_in().is_connected

    assert [what(each) for each in events(connected)][-5:] == [
        "Disconnected",
        "Connected → Disconnected",
        "Sign-in started",
        "Signed in",
        "Disconnected → Connected",
    ]


def test_org_that_falls_silent_is_told_once_and_so_is_its_return(
    clock: Clock, connected: Desk
) -> None:
    for _ in range(2):
        clock.after(minutes=1)
        connected.org.fail("maintenance_page")
        call(connected)
    silent_at = clock.now - timedelta(minutes=1)
    connected.org.clear_faults()
    clock.after(minutes=1)
    call(connected)
    call(connected)

    told = events(connected)[-2:]
    assert [what(each) for each in told] == ["The org did not answer", "Works again"]
    assert [each.at for each in told] == [silent_at, clock.now]
    assert dict(told[0].detail) == {
        "code": "HTTP 503",
        "why": "The org is not available right now.",
    }
    assert connected.connection.state is ConnectionState.CONNECTED


def test_another_refusal_of_a_call_is_an_event_of_its_own(connected: Desk) -> None:
    for name in ("maintenance_page", "limit_used_up"):
        connected.org.clear_faults()
        connected.org.fail(name)
        call(connected)

    assert [what(each) for each in events(connected)][-2:] == [
        "The org did not answer",
        "The org refused a call",
    ]


def test_refusal_that_stops_a_connection_says_why_and_its_end_too(connected: Desk) -> None:
    connected.org.fail("api_disabled")
    call(connected)
    connected.org.clear_faults()
    call(connected)

    fell, rose = events(connected)[-2:]
    assert (what(fell), what(rose)) == ("Connected → Error", "Error → Connected")
    assert fell.detail["code"] == "API_DISABLED_FOR_ORG"
    assert "may not use the API" in fell.detail["why"]


def test_renewal_of_a_session_is_an_event(connected: Desk) -> None:
    connected.org.fail("race")  # ends the session; the other renewal is waited out
    call(connected)

    renewed = events(connected)[-1]
    assert what(renewed) == "Sign-in renewed"
    assert renewed.detail["refresh_token"] in {"kept", "replaced"}


def test_idle_sign_in_names_its_next_renewal_and_tells_when_it_came(
    clock: Clock, connected: Desk
) -> None:
    clock.after(days=8)
    before = idle_countdowns(connected.context)[connected.connection_id]

    assert keep_alive(connected.context, connected.connection_id) == "renewed"

    after = idle_countdowns(connected.context)[connected.connection_id]
    assert before.renews_at == START + timedelta(days=7)
    assert after.renews_at == clock.now + timedelta(days=7)
    assert [what(each) for each in events(connected)][-2:] == [
        "Renewal of the idle sign-in begun",
        "Sign-in renewed",
    ]


def test_examination_is_an_event_with_what_was_found(clock: Clock, connected: Desk) -> None:
    examine(connected.context, connected.connection_id, asked_by=OPERATOR)
    connected.org.fail("org_locked")
    clock.after(days=1)
    check_at_night(connected.context, connected.connection_id)

    asked, at_night = events(connected, "connection.examined")
    assert (asked.operator, asked.detail["verdict"]) == (OPERATOR, "green")
    assert (at_night.operator, at_night.detail["verdict"]) == ("console", "red")
    assert at_night.detail["to_mend"].startswith("Org and environment")
    assert at_night.at == clock.now
