"""How long an unused sign-in still lives, and its renewal long before it would end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.health import SYSTEM, record_change
from core.connect.pause import is_paused
from core.connect.refresh import renew_token
from core.connect.states import CONNECTED_STATES, ConnectionState, Environment
from core.connect.tokens import find_token, load_usable_token
from core.errors import ConsoleError
from core.store.tables import Connection, Token

# Salesforce ends a refresh token that no refresh has used for this long; orders to an org with
# an access token do not count.
# https://help.salesforce.com/s/articleView?id=xcloud.connected_app_manage_oauth.htm
IDLE_LIMIT = timedelta(days=30)
_HOLDS_GRANT = CONNECTED_STATES | {ConnectionState.ERROR}


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleCountdown:
    """When a connection's sign-in was last used to renew itself, and the days it has left."""

    connection_id: str
    last_used_at: datetime
    refreshed_at: datetime | None  # None where the sign-in itself was the last use
    days_left: int
    renews_at: datetime  # by itself, unless somebody uses it before


def idle_countdowns(context: ConnectContext) -> dict[str, IdleCountdown]:
    """The countdown of every connection that holds a renewable sign-in, in one query."""
    with context.store.read() as session:
        now = context.store.now(session)
        return {
            row.id: _countdown(context, row, token, now)
            for row, token in _renewable(context, session)
        }


def idle_connections(context: ConnectContext) -> list[str]:
    """Connections whose sign-in has been unused for too long, without the paused ones."""
    with context.store.read() as session:
        now = context.store.now(session)
        return [
            row.id
            for row, token in _renewable(context, session)
            if not is_paused(row) and _is_idle(context, token, now)
        ]


def keep_alive(context: ConnectContext, connection_id: str) -> str:
    """Renew one sign-in if it is still idle; return `renewed`, `not idle` or `failed`.

    What goes wrong is told on the connection, as by any other renewal.
    """
    try:
        with context.store.write() as session:
            token = find_token(session, connection_id)
            row = load_connection(session, connection_id)
            now = context.store.now(session)
            if token is None or is_paused(row) or not _is_idle(context, token, now):
                return "not idle"
            stale = load_usable_token(context, session, row).access_token
            days = str((now - _last_used_at(token)).days)
            record_change(
                session,
                row,
                operator=SYSTEM,
                now=now,
                action="connection.kept_alive",
                detail={"idle_days": days},
            )
        renew_token(context, connection_id=connection_id, stale=stale)
    except ConsoleError:
        return "failed"
    return "renewed"


def _renewable(context: ConnectContext, session: Session) -> list[tuple[Connection, Token]]:
    query = (
        select(Connection, Token)
        .join(Token, col(Token.connection_id) == col(Connection.id))
        .where(
            col(Connection.archived_at).is_(None),
            col(Connection.state).in_(_HOLDS_GRANT),
            Token.refresh_token_ciphertext != "",
        )
    )
    if not context.settings.demo_org:
        query = query.where(Connection.environment != Environment.DEMO)
    return list(session.exec(query))


def _countdown(
    context: ConnectContext, row: Connection, token: Token, now: datetime
) -> IdleCountdown:
    last_used_at = _last_used_at(token)
    return IdleCountdown(
        connection_id=row.id,
        last_used_at=last_used_at,
        refreshed_at=token.refreshed_at,
        days_left=max(0, (IDLE_LIMIT - (now - last_used_at)).days),
        renews_at=last_used_at + _keep_alive(context),
    )


def _is_idle(context: ConnectContext, token: Token, now: datetime) -> bool:
    return now - _last_used_at(token) > _keep_alive(context)


def _keep_alive(context: ConnectContext) -> timedelta:
    return timedelta(seconds=context.settings.keep_alive_seconds)


def _last_used_at(token: Token) -> datetime:
    return token.refreshed_at or token.issued_at
