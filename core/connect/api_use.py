"""API calls of this console, counted as the org counts them, and what the org said of all others.

Sign-in, renewal and introspection are no API calls; every call to the REST API is one.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, and_, col, delete, func, select

from core.connect.context import ConnectContext
from core.errors import StorageError
from core.salesforce.client import SalesforceClient
from core.store.tables import ApiCalls

API_WINDOW = timedelta(hours=24)  # over which an org counts its calls
_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiUse:
    """Calls in 24 hours: of the whole org as it last said, and of this console's own work."""

    org_words: str = ""
    told_at: datetime | None = None
    ours: int = 0


NOTHING_USED = ApiUse()


def count_calls(context: ConnectContext, connection_id: str, client: SalesforceClient) -> None:
    """Add what a client has called to its connection's hour. Never in the way of the work itself.

    Called once for each client, when it is done.
    """
    if client.calls_made:
        with contextlib.suppress(StorageError), context.store.write() as session:
            _add(session, connection_id, client, context.store.now(session))


def api_uses(session: Session, now: datetime) -> dict[str, ApiUse]:
    """The use of every connection whose org was asked in the last 24 hours, in two queries."""
    since = now - API_WINDOW
    key, hour, told_at = col(ApiCalls.connection_id), col(ApiCalls.hour), col(ApiCalls.told_at)
    totals = select(key, func.sum(col(ApiCalls.calls))).where(hour >= since).group_by(key)
    ours = dict(session.exec(totals).all())
    newest = select(key, func.max(hour).label("hour")).where(told_at >= since).group_by(key)
    latest = newest.subquery()
    told = select(key, told_at, ApiCalls.org_used, ApiCalls.org_limit).join(
        latest, and_(key == latest.c.connection_id, hour == latest.c.hour)
    )
    said = {each: (at, f"{used:,} of {most:,}") for each, at, used, most in session.exec(told)}
    return {
        each: ApiUse(ours=int(calls), told_at=at, org_words=words)
        for each, calls in ours.items()
        for at, words in [said.get(each, (None, ""))]
    }


def _add(session: Session, connection_id: str, client: SalesforceClient, now: datetime) -> None:
    hour = now.replace(minute=0, second=0, microsecond=0)
    values = {"calls": client.calls_made, **_told(client, now)}
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(
        insert(ApiCalls)
        .values(connection_id=connection_id, hour=hour, **values)
        .on_conflict_do_update(
            index_elements=["connection_id", "hour"],
            set_={**values, "calls": col(ApiCalls.calls) + client.calls_made},
        )
    )
    old = col(ApiCalls.hour) < now - _KEPT
    session.execute(delete(ApiCalls).where(col(ApiCalls.connection_id) == connection_id, old))


def _told(client: SalesforceClient, now: datetime) -> dict[str, object]:
    if client.api_usage is None:
        return {}
    used, limit = client.api_usage
    return {"told_at": now, "org_used": used, "org_limit": limit}
