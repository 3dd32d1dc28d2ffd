"""Callers that meet: the end of a connection and a renewal of its token."""

from pathlib import Path
from typing import Any

import pytest

from core.connect import disconnect as disconnecting
from core.connect.disconnect import disconnect
from core.connect.tokens import find_token
from tests.connect.conftest import OPERATOR, Desk


@pytest.fixture
def connected(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    return desk


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
