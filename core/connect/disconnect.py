"""End a connection: revoke the grant at Salesforce, then erase it here."""

from sqlmodel import col, delete

from core.connect.connections import (
    change_state,
    forget_error,
    load_connection,
    record_change,
)
from core.connect.context import ConnectContext
from core.connect.snapshots import forget_snapshots
from core.connect.states import ConnectionState
from core.connect.tokens import load_refresh_token, load_usable_token
from core.errors import ConsoleError
from core.salesforce.oauth import endpoints_for, revoke
from core.store.tables import Token


def disconnect(context: ConnectContext, *, operator: str, connection_id: str) -> str:
    """Revoke the grant, then erase tokens and describes, whether or not the revoke worked.

    Returns why the grant may still live at Salesforce; empty where it was revoked. Credentials,
    checklist and mappings stay. NeedsReauth where there is no grant.
    """
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        usable = load_usable_token(context, session, row)
        token = load_refresh_token(context, session, row) or usable.access_token
    failure: ConsoleError | None = None
    try:
        revoke(context.http, endpoints_for(usable.instance_url), token)
    except ConsoleError as error:
        failure = error
    _erase(context, operator, connection_id, failure)
    if failure is None:
        return ""
    return (
        f"The grant was erased here, but Salesforce did not revoke it: {failure.message} Ask the "
        "university's admin to revoke it under Setup > Connected Apps OAuth Usage."
    )


def _erase(
    context: ConnectContext, operator: str, connection_id: str, failure: ConsoleError | None
) -> None:
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=operator,
            now=now,
            action="connection.disconnected",
            detail={"revoked": "no" if failure else "yes", "code": failure.code if failure else ""},
        )
        session.execute(delete(Token).where(col(Token.connection_id) == connection_id))
        forget_snapshots(session, connection_id)
        change_state(row, ConnectionState.DISCONNECTED, now)
        forget_error(row)
        session.add(row)
