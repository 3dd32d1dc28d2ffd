"""The board of all connections: everything known of each, in a few queries. Calls no org."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, select

from core.connect.board import StatusRow, list_status
from core.connect.connections import ConnectionView
from core.connect.context import ConnectContext
from core.connect.doctor.findings import Verdict
from core.connect.doctor.kept import Evaluation, is_outdated, newest_verdicts
from core.connect.grant_room import GrantRoom, grant_rooms
from core.connect.idle import IdleCountdown, idle_countdowns
from core.connect.nightly import NightlyStanding, nightly_standings
from core.connect.states import ConnectionState
from core.salesforce.remedy import Concern
from core.store.mappings import VersionState, stages_of
from core.store.tables import Examination, PreviewRun

API_WINDOW = timedelta(hours=24)  # over which an org counts its calls
FEW_DAYS_LEFT = 7
_BROKEN = frozenset({ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR})


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiUse:
    """Calls in 24 hours: of the whole org as it last said, and of this console's own work."""

    org_words: str = ""
    told_at: datetime | None = None
    ours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LastPreview:
    """How the newest preview stands; never whose data it read."""

    state: str
    started_at: datetime
    record_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One line of the board. Parts that do not exist yet are None."""

    status: StatusRow
    verdict: Evaluation | None = None
    night: NightlyStanding | None = None
    countdown: IdleCountdown | None = None
    room: GrantRoom | None = None
    mapping: tuple[int, VersionState] | None = None
    preview: LastPreview | None = None
    api: ApiUse = ApiUse()

    @property
    def connection(self) -> ConnectionView | None:
        return self.status.connection

    @property
    def evidence_at(self) -> datetime | None:
        """When the org was last asked, whatever it answered: the age of the state's evidence."""
        if self.connection is None:
            return None
        error = self.connection.last_error
        moments = (
            self.connection.last_success_at,
            error.at if error else None,
            self.verdict.examined_at if self.verdict else None,
        )
        return max((each for each in moments if each is not None), default=None)

    @property
    def attention(self) -> str:
        """Why somebody should look, in words; empty where all is well."""
        view = self.connection
        if view is None:
            return ""
        if view.state in _BROKEN:
            return view.state_view.word
        if self._is_red(view):
            return "The doctor found something broken"
        if self.night is not None and self.night.is_overdue:
            return "Nightly check overdue"
        if self.countdown is not None and self.countdown.days_left <= FEW_DAYS_LEFT:
            return "The sign-in ends soon"
        return ""

    def _is_red(self, view: ConnectionView) -> bool:
        verdict = self.verdict
        if verdict is None or is_outdated(verdict.examined_at, view):
            return False
        return verdict.verdict is Verdict.RED


def list_overview(context: ConnectContext) -> tuple[Overview, ...]:
    """The whole board: what needs attention first, then by account name."""
    rows = list_status(context)
    verdicts, nights = newest_verdicts(context), nightly_standings(context)
    countdowns, rooms = idle_countdowns(context), grant_rooms(context)
    with context.store.read() as session:
        stages, previews = stages_of(session), _newest_previews(session)
        uses = _api_uses(session, context.store.now(session) - API_WINDOW)
    board = [
        Overview(
            status=row,
            verdict=verdicts.get(key),
            night=nights.get(key),
            countdown=countdowns.get(key),
            room=rooms.get(key),
            mapping=stages.get(key),
            preview=previews.get(key),
            api=uses.get(key, ApiUse()),
        )
        for row, key in ((row, _key(row)) for row in rows)
    ]
    return tuple(sorted(board, key=lambda each: not each.attention))


def _key(row: StatusRow) -> str:
    return row.connection.connection_id if row.connection else ""


def _newest_previews(session: Session) -> dict[str, LastPreview]:
    latest = (
        select(PreviewRun.connection_id, func.max(col(PreviewRun.started_at)).label("at"))
        .group_by(col(PreviewRun.connection_id))
        .subquery()
    )
    query = select(
        PreviewRun.connection_id, PreviewRun.state, PreviewRun.started_at, PreviewRun.record_count
    ).join(
        latest,
        and_(
            col(PreviewRun.connection_id) == latest.c.connection_id,
            col(PreviewRun.started_at) == latest.c.at,
        ),
    )
    return {
        connection_id: LastPreview(state=state, started_at=at, record_count=records)
        for connection_id, state, at, records in session.exec(query)
    }


def _api_uses(session: Session, since: datetime) -> dict[str, ApiUse]:
    ours: dict[str, int] = {}
    counted = (
        (PreviewRun.connection_id, PreviewRun.api_calls, PreviewRun.started_at),
        (Examination.connection_id, Examination.api_calls, Examination.examined_at),
    )
    for connection_id, calls, at in counted:
        query = (
            select(connection_id, func.sum(col(calls)))
            .where(col(at) >= since)
            .group_by(col(connection_id))
        )
        for key, total in session.exec(query):
            ours[key] = ours.get(key, 0) + int(total)
    told: dict[str, tuple[datetime, str]] = {}
    for key, at, words in _told(session, since):
        if key not in told or told[key][0] < at:
            told[key] = (at, words)
    return {
        key: ApiUse(
            ours=ours.get(key, 0),
            told_at=told[key][0] if key in told else None,
            org_words=told[key][1] if key in told else "",
        )
        for key in ours.keys() | told.keys()
    }


def _told(session: Session, since: datetime) -> Iterable[tuple[str, datetime, str]]:
    """What orgs said of all their integrations' calls, to previews and to the doctor."""
    runs = select(
        PreviewRun.connection_id, PreviewRun.started_at, PreviewRun.api_used, PreviewRun.api_limit
    ).where(col(PreviewRun.started_at) >= since, col(PreviewRun.api_used).is_not(None))
    for key, at, used, most in session.exec(runs):
        yield key, at, f"{used:,} of {most:,}"
    examined = select(Examination.connection_id, Examination.examined_at, Examination.checks)
    for key, at, checks in session.exec(examined.where(_is_newest(since))):
        for check in checks:
            if check["check_id"] == Concern.LIMITS and " of " in check["answer"]:
                yield key, at, check["answer"].partition(" calls")[0]


def _is_newest(since: datetime) -> ColumnElement[bool]:
    """The checks are long: only those of each connection's newest examination are read."""
    latest = (
        select(Examination.connection_id, func.max(col(Examination.examined_at)).label("at"))
        .where(col(Examination.examined_at) >= since)
        .group_by(col(Examination.connection_id))
        .subquery()
    )
    newest = select(Examination.id).join(
        latest,
        and_(
            col(Examination.connection_id) == latest.c.connection_id,
            col(Examination.examined_at) == latest.c.at,
        ),
    )
    return col(Examination.id).in_(newest)
