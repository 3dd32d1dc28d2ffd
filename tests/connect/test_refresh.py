"""Refreshing: one caller, never a lost token, and a plain end where it cannot go on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from core.connect import refresh
from core.connect.connections import load_connection
from core.connect.refresh import renew_token
from core.connect.states import ConnectionState
from core.connect.tokens import find_token, load_refresh_token, load_usable_token
from core.errors import (
    ConsoleError,
    InvalidConsumerSecret,
    NeedsReauth,
    OrgUnreachable,
    RetryLater,
    SignInRefused,
    StorageBusy,
    WhoActs,
    WrongOrg,
)
from core.salesforce.oauth import Endpoints, Grant
from core.salesforce.remedies import unreachable
from core.salesforce.remedy_oauth import GRANT_REMEDIES, RACE_FRAGMENT
from core.secret import Secret
from core.store.tables import AuditEvent, Token
from tests.connect.conftest import Desk

TOKEN_PATH = "/services/oauth2/token"
ASKERS = 30
IS_RACE_TOO = "expired authorization code"  # so older orgs word it


@pytest.fixture
def connected(desk_on_each_engine: Desk) -> Desk:
    desk_on_each_engine.add_connection()
    assert desk_on_each_engine.sign_in().is_connected
    return desk_on_each_engine


def access_token(desk: Desk) -> Secret:
    with desk.context.store.read() as session:
        row = load_connection(session, desk.connection_id)
        return load_usable_token(desk.context, session, row).access_token


def refresh_token(desk: Desk) -> Secret | None:
    with desk.context.store.read() as session:
        row = load_connection(session, desk.connection_id)
        return load_refresh_token(desk.context, session, row)


def change_token(desk: Desk, **values: Any) -> None:
    with desk.context.store.write() as session:
        token = find_token(session, desk.connection_id)
        assert token is not None
        for name, value in values.items():
            setattr(token, name, value)
        session.add(token)


def renew(desk: Desk, stale: Secret) -> Secret:
    return renew_token(desk.context, connection_id=desk.connection_id, stale=stale)[0]


def during_the_call(monkeypatch: pytest.MonkeyPatch, act: Callable[[Grant], Grant | None]) -> None:
    """Let something happen between the org's answer and its storing."""
    real = refresh.refresh_grant

    def wrapped(*args: Any, **kwargs: Any) -> Grant:
        grant = real(*args, **kwargs)
        return act(grant) or grant

    monkeypatch.setattr(refresh, "refresh_grant", wrapped)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each token call, also for those that never reach an org's log."""
    real, urls = refresh.refresh_grant, []

    def counting(http: Any, endpoints: Endpoints, **kwargs: Any) -> Grant:
        urls.append(endpoints.token_url)
        return real(http, endpoints, **kwargs)

    monkeypatch.setattr(refresh, "refresh_grant", counting)
    return urls


def test_thirty_askers_make_one_token_call(desk_on_each_engine: Desk) -> None:
    desk = desk_on_each_engine
    desk.add_connection()
    desk.sign_in()
    stale, calls = access_token(desk), desk.token_calls()

    with ThreadPoolExecutor(ASKERS) as pool:
        answers = list(pool.map(lambda _: renew(desk, stale), range(ASKERS)))

    assert desk.token_calls() == calls + 1
    assert set(answers) == {access_token(desk)}
    assert answers[0] != stale


def test_thirty_askers_of_a_dead_grant_make_one_token_call(
    desk_on_each_engine: Desk, sent: list[str]
) -> None:
    desk = desk_on_each_engine
    desk.add_connection()
    desk.sign_in()
    stale = access_token(desk)
    desk.org.switch("palmer", revoke_all_grants=True)

    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(renew, desk, stale) for _ in range(ASKERS)]

    assert len(sent) == 1
    assert {type(each.exception()) for each in asked} == {NeedsReauth}
    assert desk.connection.state is ConnectionState.NEEDS_REAUTH


def test_rotation_on_stores_the_new_refresh_token(connected: Desk) -> None:
    old = refresh_token(connected)

    first = renew(connected, access_token(connected))
    second = renew(connected, first)

    assert refresh_token(connected) not in {None, old}
    assert len({first, second}) == 2


def test_rotation_off_keeps_the_old_refresh_token(desk: Desk) -> None:
    desk.add_connection(app="lakeside")
    assert desk.sign_in(app="lakeside").is_connected
    old = refresh_token(desk)

    renew(desk, access_token(desk))

    assert refresh_token(desk) == old


def test_a_newer_stored_token_is_taken_without_a_call(connected: Desk) -> None:
    calls = connected.token_calls()

    assert renew(connected, Secret("an older token")) == access_token(connected)

    assert connected.token_calls() == calls


def test_a_dead_holder_does_not_stop_the_others(connected: Desk) -> None:
    with connected.context.store.read() as session:
        past = connected.context.store.now(session) - timedelta(seconds=1)
    change_token(connected, lease_owner="gone", lease_until=past)
    stale = access_token(connected)

    assert renew(connected, stale) != stale


def test_a_waiter_adopts_what_the_holder_stores(connected: Desk) -> None:
    stale = access_token(connected)
    with connected.context.store.read() as session:
        later = connected.context.store.now(session) + timedelta(hours=1)
    change_token(connected, lease_owner="other", lease_until=later)
    looks: list[float] = []

    def holder_finishes(seconds: float) -> None:
        looks.append(seconds)
        change_token(connected, access_fingerprint="newer", lease_owner="", lease_until=None)

    connected.context = replace(connected.context, pause=holder_finishes)
    calls = connected.token_calls()

    renew(connected, stale)

    assert len(looks) == 1
    assert connected.token_calls() == calls


def test_a_waiter_gives_up_after_the_wait_of_the_settings(connected: Desk) -> None:
    with connected.context.store.read() as session:
        later = connected.context.store.now(session) + timedelta(hours=1)
    change_token(connected, lease_owner="other", lease_until=later)
    waits: list[float] = []
    settings = replace(connected.context.settings, lease_wait_seconds=10)
    connected.context = replace(connected.context, settings=settings, pause=waits.append)

    with pytest.raises(RetryLater):
        renew(connected, access_token(connected))

    assert sum(waits) == 10


@pytest.mark.parametrize(
    "taken", [{"lease_owner": "another"}, {"version": 99}], ids=["owner", "version"]
)
def test_a_late_write_is_fenced_off(
    connected: Desk, monkeypatch: pytest.MonkeyPatch, taken: dict[str, Any]
) -> None:
    stale = access_token(connected)

    def lose_the_lease(_grant: Grant) -> None:
        change_token(connected, access_fingerprint="by another", **taken)

    during_the_call(monkeypatch, lose_the_lease)

    renew(connected, stale)

    with connected.context.store.read() as session:
        token = session.exec(select(Token)).one()
    assert token.access_fingerprint == "by another"


def test_disconnecting_meanwhile_stores_nothing_and_revokes_the_fresh_grant(
    connected: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = access_token(connected)
    fresh: list[Grant] = []

    def disconnect(grant: Grant) -> None:
        fresh.append(grant)
        with connected.context.store.write() as session:
            session.delete(session.exec(select(Token)).one())

    during_the_call(monkeypatch, disconnect)

    with pytest.raises(NeedsReauth):
        renew(connected, stale)

    with connected.context.store.read() as session:
        assert session.exec(select(Token)).all() == []
    assert connected.org.log("palmer")[-1]["path"] == "/services/oauth2/revoke"


def test_a_revoked_grant_asks_for_a_new_sign_in_after_one_call(
    connected: Desk, sent: list[str]
) -> None:
    connected.org.switch("palmer", revoke_all_grants=True)

    for _ in range(3):
        with pytest.raises(NeedsReauth):
            renew(connected, access_token(connected))

    assert len(sent) == 1
    assert connected.connection.state is ConnectionState.NEEDS_REAUTH
    assert connected.connection.last_error is not None
    assert connected.connection.last_error.advice


def test_a_wrong_secret_keeps_the_tokens_and_cools_down(connected: Desk, sent: list[str]) -> None:
    kept = refresh_token(connected)
    connected.save_keys(secret="0" * 64)

    with pytest.raises(InvalidConsumerSecret):
        renew(connected, access_token(connected))
    with pytest.raises(RetryLater):
        renew(connected, access_token(connected))

    assert len(sent) == 1
    assert connected.connection.state is ConnectionState.ERROR
    assert refresh_token(connected) == kept


def test_a_flow_that_the_app_forbids_keeps_the_tokens_and_names_the_admin(
    connected: Desk,
) -> None:
    kept = refresh_token(connected)
    connected.org.fault(match=TOKEN_PATH, status=400, body={"error": "unsupported_grant_type"})

    with pytest.raises(SignInRefused):
        renew(connected, access_token(connected))

    assert connected.connection.state is ConnectionState.ERROR
    assert connected.connection.last_error is not None
    assert connected.connection.last_error.who_acts == WhoActs.UNIVERSITY_ADMIN
    assert refresh_token(connected) == kept


def test_a_grant_that_fails_a_check_of_ours_asks_for_a_new_sign_in(
    connected: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> Grant:
        raise SignInRefused("Its signature does not fit.", advice="Start again.")

    monkeypatch.setattr(refresh, "refresh_grant", refuse)

    with pytest.raises(NeedsReauth):
        renew(connected, access_token(connected))

    assert connected.connection.state is ConnectionState.NEEDS_REAUTH


def test_a_corrected_secret_works_at_once(connected: Desk) -> None:
    connected.save_keys(secret="0" * 64)
    with pytest.raises(InvalidConsumerSecret):
        renew(connected, access_token(connected))
    stale = access_token(connected)

    connected.save_keys()

    assert renew(connected, stale) != stale
    assert connected.connection.state is ConnectionState.CONNECTED


def test_saving_other_keys_does_not_say_that_the_connection_works(connected: Desk) -> None:
    connected.save_keys(secret="0" * 64)
    with pytest.raises(InvalidConsumerSecret):
        renew(connected, access_token(connected))

    connected.save_keys(secret="1" * 64)

    assert connected.connection.state is ConnectionState.ERROR
    assert connected.connection.last_error is not None


def test_a_server_error_is_repeated_once(connected: Desk) -> None:
    connected.org.fault(match=TOKEN_PATH, status=503, times=1)
    stale = access_token(connected)

    assert renew(connected, stale) != stale


@pytest.mark.parametrize("fragment", sorted(GRANT_REMEDIES.keys() - {RACE_FRAGMENT, IS_RACE_TOO}))
def test_any_other_invalid_grant_is_asked_once_and_not_again_at_once(
    connected: Desk, sent: list[str], fragment: str
) -> None:
    body = {"error": "invalid_grant", "error_description": fragment}
    connected.org.fault(match=TOKEN_PATH, status=400, body=body, times=9)
    kept = refresh_token(connected)

    for _ in range(2):
        with pytest.raises(ConsoleError):
            renew(connected, access_token(connected))

    assert len(sent) == 1
    assert refresh_token(connected) == kept


@pytest.mark.parametrize(
    "trouble",
    [{"truncate": True}, {"status": 200, "html": "<p>Maintenance</p>"}, {"status": 502}],
    ids=["cut answer", "page instead of an answer", "server error"],
)
def test_an_answer_that_leaves_it_open_is_repeated_once_and_then_ends_the_sign_in(
    connected: Desk, sent: list[str], trouble: dict[str, Any]
) -> None:
    connected.org.fault(match=TOKEN_PATH, times=9, **trouble)

    with pytest.raises(NeedsReauth, match="twice"):
        renew(connected, access_token(connected))

    assert len(sent) == 2


def test_two_server_errors_end_in_a_new_sign_in(connected: Desk, sent: list[str]) -> None:
    connected.org.fault(match=TOKEN_PATH, status=503, times=5)

    with pytest.raises(NeedsReauth, match="twice"):
        renew(connected, access_token(connected))

    assert len(sent) == 2


def test_after_a_dead_holder_one_lost_answer_is_enough(connected: Desk, sent: list[str]) -> None:
    change_token(connected, lease_owner="gone")
    connected.org.fault(match=TOKEN_PATH, status=503, times=5)

    with pytest.raises(NeedsReauth):
        renew(connected, access_token(connected))

    assert len(sent) == 1


def test_an_answer_lost_after_rotation_asks_for_a_new_sign_in(
    connected: Desk, sent: list[str]
) -> None:
    connected.org.fault(match=TOKEN_PATH, moment="after", drop_connection=True, times=1)

    with pytest.raises(NeedsReauth):
        renew(connected, access_token(connected))

    assert len(sent) <= 2
    assert connected.connection.state is ConnectionState.NEEDS_REAUTH


def test_a_race_with_another_system_is_waited_out(connected: Desk) -> None:
    body = {
        "error": "invalid_grant",
        "error_description": "token request is already being processed",
    }
    connected.org.fault(match=TOKEN_PATH, status=400, body=body, times=1)
    stale = access_token(connected)

    assert renew(connected, stale) != stale
    assert connected.connection.state is ConnectionState.CONNECTED


@pytest.mark.parametrize("code", ["ConnectError", "ConnectTimeout", "PoolTimeout"])
def test_an_org_that_cannot_be_reached_keeps_the_grant(
    connected: Desk, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def refuse(*_args: Any, **_kwargs: Any) -> Grant:
        raise unreachable(code)

    monkeypatch.setattr(refresh, "refresh_grant", refuse)

    with pytest.raises(OrgUnreachable):
        renew(connected, access_token(connected))

    assert connected.connection.state is ConnectionState.CONNECTED


def test_a_grant_of_another_org_is_not_stored(
    connected: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    during_the_call(monkeypatch, lambda grant: replace(grant, login_org_id="00D000000000ZZZAAA"))
    stale = access_token(connected)

    with pytest.raises(WrongOrg):
        renew(connected, stale)

    assert access_token(connected) == stale


def test_a_store_that_is_busy_for_a_moment_does_not_lose_a_rotated_token(
    connected: Desk, monkeypatch: pytest.MonkeyPatch, sent: list[str]
) -> None:
    real, stale, old = refresh._store, access_token(connected), refresh_token(connected)

    def fail_once(*_args: Any) -> bool:
        monkeypatch.setattr(refresh, "_store", real)
        raise StorageBusy("The database is busy.", advice="Try again.")

    monkeypatch.setattr(refresh, "_store", fail_once)

    assert renew(connected, stale) == access_token(connected)

    assert refresh_token(connected) not in {None, old}
    assert len(sent) == 1
    assert connected.connection.state is ConnectionState.CONNECTED


def test_a_rotated_token_that_cannot_be_stored_is_said_loudly(
    connected: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> bool:
        raise StorageBusy("The database is busy.", advice="Try again.")

    monkeypatch.setattr(refresh, "_store", fail)

    with pytest.raises(NeedsReauth, match="could not be stored"):
        renew(connected, access_token(connected))

    assert connected.connection.state is ConnectionState.NEEDS_REAUTH
    with connected.context.store.read() as session:
        actions = session.exec(select(AuditEvent.action)).all()
    assert "connection.rotated_not_stored" in actions


def test_signing_in_again_heals(connected: Desk) -> None:
    connected.org.switch("palmer", revoke_all_grants=True)
    with pytest.raises(NeedsReauth):
        renew(connected, access_token(connected))

    assert connected.sign_in().is_connected

    assert connected.connection.state is ConnectionState.CONNECTED
    assert connected.connection.last_error is None
    stale = access_token(connected)
    assert renew(connected, stale) != stale
