"""Callers that meet: two first reads, an end and a renewal, a late answer after a reconnect."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from core.connect import disconnect as disconnecting
from core.connect import snapshots
from core.connect.disconnect import disconnect
from core.connect.orgs import record_failure, record_success, use_org
from core.connect.snapshots import get_describe, load_describe
from core.connect.states import ConnectionState
from core.connect.tokens import find_token
from core.errors import NeedsReauth
from core.store.tables import DescribeSnapshot
from tests.connect.conftest import OPERATOR, Desk

READERS = 4


@pytest.fixture
def connected(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    return desk


def dead_grant() -> NeedsReauth:
    return NeedsReauth("The sign-in has ended.", advice="Sign in again.", code="invalid_grant")


def test_first_readers_of_one_object_meet_without_an_error(
    desk_on_each_engine: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on_each_engine
    desk.add_connection()
    assert desk.sign_in().is_connected
    all_answered, ask = threading.Barrier(READERS), snapshots._ask

    def ask_together(*args: Any) -> Any:
        answer = ask(*args)
        all_answered.wait(20)
        return answer

    monkeypatch.setattr(snapshots, "_ask", ask_together)

    with ThreadPoolExecutor(READERS) as pool:
        views = list(
            pool.map(
                lambda _: get_describe(desk.context, desk.connection_id, "Lead"), range(READERS)
            )
        )

    assert len({view.fingerprint for view in views}) == 1
    with desk.context.store.read() as session:
        assert len(session.exec(select(DescribeSnapshot.id)).all()) == 1


def test_disconnecting_leaves_no_ciphertext_on_the_disk(connected: Desk) -> None:
    with connected.context.store.read() as session:
        token = find_token(session, connected.connection_id)
    assert token is not None
    sealed = (token.access_token_ciphertext, token.refresh_token_ciphertext)

    disconnect(connected.context, operator=OPERATOR, connection_id=connected.connection_id)

    folder = Path(connected.context.settings.home) / "data"
    on_disk = b"".join(each.read_bytes() for each in folder.iterdir() if each.is_file())
    assert not any(each.encode() in on_disk for each in sealed)


def test_a_renewal_during_the_revoke_is_revoked_as_well(
    connected: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, connection_id = connected.context, connected.connection_id
    real, revoked = disconnecting.revoke, []

    def renew_meanwhile(http: Any, endpoints: Any, token: Any) -> None:
        real(http, endpoints, token)
        if not revoked:
            with context.store.write() as session:
                stored = find_token(session, connection_id)
                assert stored is not None
                stored.version += 1
                session.add(stored)
        revoked.append(token)

    monkeypatch.setattr(disconnecting, "revoke", renew_meanwhile)

    disconnect(context, operator=OPERATOR, connection_id=connection_id)

    assert len(revoked) == 2
    with context.store.read() as session:
        assert find_token(session, connection_id) is None


def test_a_late_success_keeps_the_reason_for_a_reconnect(connected: Desk) -> None:
    record_failure(connected.context, connected.connection_id, dead_grant())

    record_success(connected.context, connected.connection_id)

    assert connected.connection.state is ConnectionState.NEEDS_REAUTH
    assert connected.connection.last_error is not None


def test_a_late_failure_of_the_former_grant_leaves_the_new_one(connected: Desk) -> None:
    def call_refused_late() -> None:
        with use_org(connected.context, connected.connection_id):
            assert connected.sign_in().is_connected
            raise dead_grant()

    with pytest.raises(NeedsReauth):
        call_refused_late()

    assert connected.connection.state is ConnectionState.CONNECTED


def test_a_describe_that_arrives_after_the_end_is_not_kept(
    connected: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = snapshots._ask

    def end_meanwhile(*args: Any) -> Any:
        answer = ask(*args)
        disconnect(connected.context, operator=OPERATOR, connection_id=connected.connection_id)
        return answer

    monkeypatch.setattr(snapshots, "_ask", end_meanwhile)

    with pytest.raises(NeedsReauth):
        get_describe(connected.context, connected.connection_id, "Lead")

    assert load_describe(connected.context, connected.connection_id, "Lead") is None
