"""The board of all connections: everything known of each, in a few queries. Calls no org."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, func, select

from core.connect.api_use import NOTHING_USED, ApiUse, api_uses
from core.connect.board import StatusRow, list_status
from core.connect.connections import ConnectionView
from core.connect.context import ConnectContext
from core.connect.doctor.findings import Verdict
from core.connect.doctor.kept import Evaluation, is_outdated, newest_verdicts
from core.connect.grant_room import GrantRoom, grant_rooms
from core.connect.idle import IdleCountdown, idle_countdowns
from core.connect.nightly import NightlyStanding, nightly_standings
from core.connect.states import ConnectionState
from core.store.mappings import VersionState, stages_of
from core.store.tables import PreviewRun

FEW_DAYS_LEFT = 7
_BROKEN = frozenset({ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR})


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
    api: ApiUse = NOTHING_USED

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
    verdicts = newest_verdicts(context)
    nights = nightly_standings(context, verdicts)
    countdowns, rooms = idle_countdowns(context), grant_rooms(context)
    with context.store.read() as session:
        stages, previews = stages_of(session), _newest_previews(session)
        uses = api_uses(session, context.store.now(session))
    board = [
        Overview(
            status=row,
            verdict=verdicts.get(key),
            night=nights.get(key),
            countdown=countdowns.get(key),
            room=rooms.get(key),
            mapping=stages.get(key),
            preview=previews.get(key),
            api=uses.get(key, NOTHING_USED),
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
