"""The status board: every account and connection in one query. Never calls an org."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import and_, case, col, select

from core.connect.accounts import AccountView, to_account_view
from core.connect.connections import ConnectionView, to_connection_view
from core.connect.context import ConnectContext
from core.connect.states import Environment
from core.store.tables import Account, Connection

_ENVIRONMENT_ORDER = case(
    {environment.value: place for place, environment in enumerate(Environment)},
    value=col(Connection.environment),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One account and one of its connections; an account without any has one row with None."""

    account: AccountView
    connection: ConnectionView | None
    checked_at: datetime


def list_status(
    context: ConnectContext, *, include_archived: bool = False
) -> tuple[StatusRow, ...]:
    """Return the whole board by account name; production, sandbox and demo in that order."""
    joined = col(Connection.account_id) == col(Account.id)
    if not include_archived:
        joined = and_(joined, col(Connection.archived_at).is_(None))
    query = (
        select(Account, Connection)
        .join(Connection, joined, isouter=True)
        .order_by(col(Account.name), col(Account.id), _ENVIRONMENT_ORDER)
    )
    if not include_archived:
        query = query.where(col(Account.archived_at).is_(None))
    with context.store.read() as session:
        now = context.store.now(session)
        return tuple(
            StatusRow(
                account=to_account_view(account),
                connection=to_connection_view(connection) if connection else None,
                checked_at=now,
            )
            for account, connection in session.exec(query)
        )
