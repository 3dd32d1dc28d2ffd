"""A paused connection: left alone by everything that goes by itself, until somebody resumes it."""

from datetime import timedelta

import pytest

from core.connect.connections import load_connection
from core.connect.grant_room import GrantRoom, grant_rooms, room_for
from core.connect.idle import idle_connections, idle_countdowns, keep_alive
from core.connect.nightly import nightly_standings
from core.connect.orgs import record_failure
from core.connect.pause import pause, require_not_paused, resume
from core.connect.states import ConnectionState
from core.errors import InvalidInput, NeedsReauth
from core.store.audit import list_events
from core.store.tables import Account, Connection, Credential, Token
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk
from tests.connect.test_looking_after import age


@pytest.fixture
def paused(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    pause(
        desk.context, operator=OPERATOR, connection_id=desk.connection_id, reason="They  clean up"
    )
    return desk


def resumed(desk: Desk) -> ConnectionState:
    return resume(desk.context, operator=OPERATOR, connection_id=desk.connection_id).state


def test_pause_and_resume_are_events_that_name_who_and_why(paused: Desk) -> None:
    assert paused.connection.state is ConnectionState.PAUSED

    assert resumed(paused) is ConnectionState.CONNECTED

    _, newest, _, before, *_ = list_events(paused.context.store, ACCOUNT_ID)
    assert (newest.action, newest.operator) == ("connection.resumed", OPERATOR)
    assert (before.action, before.detail) == ("connection.paused", {"reason": "They clean up"})


def test_paused_connection_is_neither_renewed_nor_checked_by_itself(paused: Desk) -> None:
    age(paused, timedelta(days=9))
    calls = paused.token_calls()

    assert idle_connections(paused.context) == []
    assert keep_alive(paused.context, paused.connection_id) == "not idle"
    assert nightly_standings(paused.context) == {}
    assert paused.token_calls() == calls
    assert idle_countdowns(paused.context)[paused.connection_id].days_left == 20


def test_resumed_connection_is_renewed_again(paused: Desk) -> None:
    age(paused, timedelta(days=9))
    resumed(paused)

    assert idle_connections(paused.context) == [paused.connection_id]


def test_failure_while_paused_is_kept_and_met_on_resume(paused: Desk) -> None:
    error = NeedsReauth("The sign-in has ended.", advice="Sign in again.", code="invalid_grant")
    record_failure(paused.context, paused.connection_id, error)
    assert paused.connection.state is ConnectionState.PAUSED

    assert resumed(paused) is ConnectionState.ERROR
    last = paused.connection.last_error
    assert last is not None
    assert last.message == "The sign-in has ended."


def test_signing_in_anew_does_not_end_the_pause(paused: Desk) -> None:
    assert paused.sign_in().is_connected

    assert paused.connection.state is ConnectionState.PAUSED


def test_preview_of_a_paused_connection_is_refused_in_words(paused: Desk) -> None:
    with pytest.raises(InvalidInput, match="paused"):
        require_not_paused(paused.connection)


def test_nothing_to_pause_before_a_sign_in(desk: Desk) -> None:
    desk.add_connection()

    with pytest.raises(InvalidInput, match="signed in"):
        pause(desk.context, operator=OPERATOR, connection_id=desk.connection_id)


def test_grants_of_one_user_and_app_are_counted_over_connections(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    assert (grant_rooms(desk.context)[desk.connection_id].held) == 1

    for number in range(4):
        _holder(desk, number)

    room = grant_rooms(desk.context)[desk.connection_id]
    assert (room.held, room.is_full) == (5, True)
    assert room.others[0] == "University 0 (sandbox)"


def test_room_is_known_before_the_first_sign_in_by_the_user_named_for_it(desk: Desk) -> None:
    desk.add_connection()
    assert room_for(desk.context, desk.connection_id) == GrantRoom(held=0, others=())
    for number in range(5):
        _holder(desk, number, username="Integration@palmer.demo")

    room = room_for(desk.context, desk.connection_id)

    assert room is not None
    assert (room.held, room.is_full, len(room.others)) == (5, True, 5)


def test_full_room_is_made_before_the_new_grant_is_asked_for(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    for number in range(4):
        _holder(desk, number)
    before = len(desk.org.log("palmer"))

    assert desk.sign_in().is_connected

    paths = [call["path"] for call in desk.org.log("palmer")[before:]]
    assert [each for each in paths if each.endswith(("/revoke", "/token"))] == [
        "/services/oauth2/revoke",
        "/services/oauth2/token",
    ]
    assert desk.connection.state is ConnectionState.CONNECTED


def test_room_made_for_a_sign_in_that_then_fails_is_told(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    for number in range(4):
        _holder(desk, number)
    url = desk.come_back()
    desk.save_keys(secret="0" * 64)

    assert not desk.complete(url).is_connected

    assert desk.connection.state is ConnectionState.NEEDS_REAUTH


def _holder(desk: Desk, number: int, *, username: str = "") -> None:
    """Another account's connection with a grant of the same user and app."""
    store = desk.context.store
    with store.write() as session:
        like = load_connection(session, desk.connection_id)
        key, _secret = desk.org.app("palmer")
        now = store.now(session)
        account = Account(
            id=f"account{number}", name=f"University {number}", created_at=now, created_by="Ines"
        )
        session.add(account)
        session.flush()
        row = Connection(
            account_id=account.id,
            environment="sandbox",
            state_since=now,
            created_at=now,
            org_id=like.org_id,
            user_id=like.user_id,
            username=username or like.username,
        )
        session.add(row)
        session.flush()
        session.add(
            Token(
                connection_id=row.id,
                access_token_ciphertext="",
                access_fingerprint="",
                issued_at=now,
            )
        )
        session.add(
            Credential(
                connection_id=row.id,
                consumer_key=key,
                consumer_secret_ciphertext="",
                secret_fingerprint="",
                set_at=now,
                set_by="Ines",
            )
        )
