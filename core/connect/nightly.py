"""The check that every connection gets at night, and which connections wait for theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from core.connect.context import ConnectContext
from core.connect.doctor.examine import examine
from core.connect.doctor.kept import Evaluation, newest_verdicts
from core.connect.health import SYSTEM
from core.connect.states import CONNECTED_STATES, ConnectionState, Environment
from core.errors import ConsoleError
from core.store.tables import Connection

_GRACE = timedelta(hours=3)
_CHECKED = (CONNECTED_STATES | {ConnectionState.ERROR, ConnectionState.NEEDS_REAUTH}) - {
    ConnectionState.PAUSED
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NightlyStanding:
    """How a connection stands to its nightly check; `examined_at` is None before the first."""

    connection_id: str
    examined_at: datetime | None
    night_at: datetime  # the last one
    is_due: bool
    is_overdue: bool


def nightly_standings(
    context: ConnectContext, verdicts: Mapping[str, Evaluation] | None = None
) -> dict[str, NightlyStanding]:
    """The standing of every connection that has a check at night, in two queries.

    Due: not examined since the last night began. Overdue: and that is three hours ago. A
    connection signed in after it began waits for the next. `verdicts`: where they are known.
    """
    verdicts = newest_verdicts(context) if verdicts is None else verdicts
    with context.store.read() as session:
        now = context.store.now(session)
        night = last_night(now, context.settings.nightly_hour)
        query = select(Connection.id, Connection.connected_at).where(
            col(Connection.archived_at).is_(None), col(Connection.state).in_(_CHECKED)
        )
        if not context.settings.demo_org:
            query = query.where(Connection.environment != Environment.DEMO)
        rows = session.exec(query).all()
    standings = {}
    for connection_id, connected_at in rows:
        kept = verdicts.get(connection_id)
        examined_at = kept.examined_at if kept else None
        is_due = all(at is None or at < night for at in (examined_at, connected_at))
        standings[connection_id] = NightlyStanding(
            connection_id=connection_id,
            examined_at=examined_at,
            night_at=night,
            is_due=is_due,
            is_overdue=is_due and now - night > _GRACE,
        )
    return standings


def check_at_night(context: ConnectContext, connection_id: str) -> str:
    """Examine one connection if it still waits for it; return the verdict or why there is none."""
    try:
        standing = nightly_standings(context).get(connection_id)
        if standing is None or not standing.is_due:
            return "not due"
        return examine(context, connection_id, asked_by=SYSTEM).verdict
    except ConsoleError:
        return "failed"


def last_night(now: datetime, hour: int) -> datetime:
    """When the newest night began, at that hour UTC."""
    tonight = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return tonight if tonight <= now else tonight - timedelta(days=1)
