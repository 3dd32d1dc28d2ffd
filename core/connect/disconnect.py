"""End a connection: revoke the grant at Salesforce, then erase it here."""

from dataclasses import dataclass

from sqlmodel import col, delete

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.health import change_state, forget_error, record_change
from core.connect.snapshots import forget_snapshots
from core.connect.states import ConnectionState
from core.connect.tokens import find_token, load_refresh_token, load_usable_token, not_connected
from core.errors import ConsoleError
from core.salesforce.oauth import endpoints_for, revoke
from core.store.tables import Token


def disconnect(context: ConnectContext, *, operator: str, connection_id: str) -> str:
    """Revoke the grant, then erase tokens and describes, whether or not the revoke worked.

    Returns why the grant may still live at Salesforce; empty where it was revoked. Credentials,
    checklist and mappings stay. NeedsReauth where there is no grant.
    """
    ended = _revoke(context, connection_id)
    if not _erase(context, operator, connection_id, ended):
        # renewed meanwhile: the org would keep what the first revoke did not name
        ended = _revoke(context, connection_id)
        _erase(context, operator, connection_id, ended, whatever_version=True)
    context.store.checkpoint()
    if ended.failure is None:
        return ""
    return (
        f"The grant was erased here, but Salesforce did not revoke it: {ended.failure.message} "
        "Ask the university's admin to revoke it under Setup > Connected Apps OAuth Usage."
    )


@dataclass(frozen=True, slots=True)
class _Ended:
    """Which version of the grant Salesforce was asked to revoke, and why it did not."""

    version: int
    failure: ConsoleError | None


def _revoke(context: ConnectContext, connection_id: str) -> _Ended:
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        stored = find_token(session, connection_id)
        if stored is None:
            raise not_connected()
        usable = load_usable_token(context, session, row)
        token = load_refresh_token(context, session, row) or usable.access_token
    try:
        revoke(context.http, endpoints_for(usable.instance_url), token)
    except ConsoleError as error:
        return _Ended(stored.version, error)
    return _Ended(stored.version, None)


def _erase(
    context: ConnectContext,
    operator: str,
    connection_id: str,
    ended: _Ended,
    *,
    whatever_version: bool = False,
) -> bool:
    """False, with nothing done, where the grant is no longer the one that was revoked."""
    code = ended.failure.code if ended.failure else ""
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        token = find_token(session, connection_id, lock=True)
        if token is not None and token.version != ended.version and not whatever_version:
            return False
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=operator,
            now=now,
            action="connection.disconnected",
            detail={"revoked": "no" if ended.failure else "yes", "code": code},
        )
        session.execute(delete(Token).where(col(Token.connection_id) == connection_id))
        forget_snapshots(session, connection_id)
        change_state(session, row, ConnectionState.DISCONNECTED, now, operator=operator)
        forget_error(row)
        session.add(row)
        return True
