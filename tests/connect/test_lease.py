"""The lease itself: one holder at a time, by the database's clock, on both engines."""

from datetime import timedelta

import pytest

from core.connect.connections import load_connection
from core.connect.lease import FREED, Lease, claim, extend, write_fenced
from core.connect.tokens import find_token, load_usable_token
from core.secret import Secret
from tests.connect.conftest import Desk


@pytest.fixture
def connected(desk_on_each_engine: Desk) -> Desk:
    desk_on_each_engine.add_connection()
    assert desk_on_each_engine.sign_in().is_connected
    return desk_on_each_engine


def stored_access_token(desk: Desk) -> Secret:
    with desk.context.store.read() as session:
        row = load_connection(session, desk.connection_id)
        return load_usable_token(desk.context, session, row).access_token


def claim_as(desk: Desk, owner: str) -> Lease | None:
    claimed = claim(
        desk.context,
        connection_id=desk.connection_id,
        stale=stored_access_token(desk),
        owner=owner,
    )
    assert claimed is None or isinstance(claimed, Lease)
    return claimed


def expire_lease(desk: Desk) -> None:
    with desk.context.store.write() as session:
        token = find_token(session, desk.connection_id)
        assert token is not None
        token.lease_until = desk.context.store.now(session) - timedelta(seconds=1)
        session.add(token)


def test_only_one_caller_holds_it(connected: Desk) -> None:
    assert claim_as(connected, "first") is not None
    assert claim_as(connected, "second") is None


def test_the_next_caller_learns_that_a_holder_died(connected: Desk) -> None:
    first = claim_as(connected, "first")
    expire_lease(connected)

    second = claim_as(connected, "second")

    assert first is not None
    assert second is not None
    assert (first.holder_died, second.holder_died) == (False, True)


def test_a_holder_whose_lease_was_taken_can_neither_write_nor_extend(connected: Desk) -> None:
    first = claim_as(connected, "first")
    expire_lease(connected)
    second = claim_as(connected, "second")
    assert first is not None
    assert second is not None

    with connected.context.store.write() as session:
        assert not write_fenced(session, first, FREED)
    assert not extend(connected.context, first)
    assert extend(connected.context, second)
