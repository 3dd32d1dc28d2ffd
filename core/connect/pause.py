"""A connection at rest on request: nothing is previewed, sent, renewed or checked by itself."""

from core.connect.connections import ConnectionView, load_connection, to_connection_view
from core.connect.context import ConnectContext
from core.connect.health import change_state, record_change, state_with_grant
from core.connect.states import CONNECTED_STATES, ConnectionState
from core.errors import InvalidInput
from core.store.tables import Connection

MAY_PAUSE = (CONNECTED_STATES | {ConnectionState.ERROR}) - {ConnectionState.PAUSED}
PAUSE_MEANING = (
    "While paused, nothing is previewed or sent, the sign-in is not renewed by itself and the "
    "nightly check leaves the connection out. Mapping, history and the sign-in stay. A sign-in "
    "that nobody renews ends after 30 days; then somebody has to sign in again."
)


def pause(
    context: ConnectContext, *, operator: str, connection_id: str, reason: str = ""
) -> ConnectionView:
    """Set a working connection to rest. InvalidInput where there is nothing to pause.

    What is already under way ends as it would have.
    """
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if row.state == ConnectionState.PAUSED:
            return to_connection_view(row)
        if row.state not in MAY_PAUSE:
            raise InvalidInput(
                "Only a connection that is signed in can be paused.",
                advice="There is nothing to stop: without a sign-in nothing is sent.",
            )
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=operator,
            now=now,
            action="connection.paused",
            detail={"reason": " ".join(reason.split())},
        )
        change_state(session, row, ConnectionState.PAUSED, now, operator=operator)
        session.add(row)
        session.flush()
        return to_connection_view(row)


def resume(context: ConnectContext, *, operator: str, connection_id: str) -> ConnectionView:
    """End the rest: back to where the mapping stands, or to the error that was met meanwhile.

    Asks no org, so the caller should have the connection examined next.
    """
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if row.state != ConnectionState.PAUSED:
            return to_connection_view(row)
        now = context.store.now(session)
        record_change(session, row, operator=operator, now=now, action="connection.resumed")
        has_failed = row.last_error_at is not None
        state = ConnectionState.ERROR if has_failed else state_with_grant(session, row)
        change_state(session, row, state, now, operator=operator)
        session.add(row)
        session.flush()
        return to_connection_view(row)


def is_paused(row: Connection) -> bool:
    """Whether what goes by itself has to leave a connection alone."""
    return row.state == ConnectionState.PAUSED


def require_not_paused(connection: ConnectionView) -> None:
    """InvalidInput where a connection is paused; for everything that previews or sends."""
    if connection.state is ConnectionState.PAUSED:
        raise InvalidInput(
            "This connection is paused, so nothing is previewed or sent.",
            advice="Resume it on Connect, or leave it paused.",
        )
