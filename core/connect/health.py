"""How a connection stands: its state, the failure it fell by, and the events about both."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.connect.states import CONNECTED_STATES, ConnectionState
from core.errors import (
    ConnectionProblem,
    ConsoleError,
    NeedsReauth,
    OrgUnreachable,
    ServiceUnavailable,
    UnreadableAnswer,
    WhoActs,
)
from core.store.audit import record_event
from core.store.mappings import VersionState, stage_of
from core.store.tables import Connection

SYSTEM = "console"  # who the audit trail names where nobody pressed a button
STATE_BY_STAGE = {
    VersionState.DRAFT: ConnectionState.MAPPING_DRAFT,
    VersionState.SIGNED_OFF: ConnectionState.MAPPING_SIGNED_OFF,
    VersionState.LIVE: ConnectionState.LIVE,
}
FOLLOWS_MAPPING = frozenset({ConnectionState.CONNECTED, *STATE_BY_STAGE.values()})
_NO_ANSWER = (OrgUnreachable, ServiceUnavailable, UnreadableAnswer)
_MOVES_BY_FAILURE = (CONNECTED_STATES | {ConnectionState.ERROR}) - {ConnectionState.PAUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class LastError:
    """The newest failure: what happened, what to do, who acts."""

    at: datetime
    message: str
    advice: str
    who_acts: str
    code: str = ""

    @property
    def acts(self) -> WhoActs | None:
        """Who acts, as errors name it; None for words that name nobody."""
        return next((who for who in WhoActs if who.value == self.who_acts), None)


def known_refusal(row: Connection) -> NeedsReauth:
    """The error for a sign-in that is known to have ended, in the words it ended with."""
    last = to_last_error(row)
    if last is None or row.state != ConnectionState.NEEDS_REAUTH:
        return NeedsReauth(
            "This connection is not signed in to Salesforce.", advice="Sign in on Connect."
        )
    return NeedsReauth(last.message, advice=last.advice, who_acts=last.acts, code=last.code)


def change_state(
    session: Session,
    row: Connection,
    state: ConnectionState,
    now: datetime,
    *,
    operator: str = SYSTEM,
    error: ConsoleError | None = None,
) -> None:
    """Set the state: the one place that does. Every real change is an event on the timeline."""
    if row.state == state:
        return
    detail = {"from": row.state, "to": state, **_why(error)}
    action = "connection.state_changed"
    record_change(session, row, operator=operator, now=now, action=action, detail=detail)
    row.state = state
    row.state_since = now


def remember_error(row: Connection, error: ConsoleError, now: datetime) -> None:
    """Keep the newest failure on the connection, in the words a person will read."""
    row.last_error_at = now
    row.last_error_code = error.code
    row.last_error_message = error.message
    row.last_error_advice = error.advice
    row.last_error_who_acts = error.who_acts


def remember_failure(session: Session, row: Connection, error: ConsoleError, now: datetime) -> None:
    """Keep a failure and move a working connection to the state it means.

    A paused one stays paused: a mended sign-in must not start what somebody has stopped.
    """
    is_known = row.last_error_at is not None and row.last_error_code == error.code
    remember_error(row, error, now)
    if isinstance(error, ConnectionProblem) and row.state in _MOVES_BY_FAILURE:
        is_dead = isinstance(error, NeedsReauth)
        state = ConnectionState.NEEDS_REAUTH if is_dead else ConnectionState.ERROR
        change_state(session, row, state, now, error=error)
    elif not is_known:
        is_silent = isinstance(error, _NO_ANSWER)
        action = "connection.unreachable" if is_silent else "connection.call_refused"
        record_change(session, row, operator=SYSTEM, now=now, action=action, detail=_why(error))


def remember_success(session: Session, row: Connection, now: datetime) -> None:
    """Keep that the org answered, forget the failure before it, come back from an error.

    Not the failure that asks for a new sign-in: an older token may outlive its grant for hours.
    """
    row.last_success_at = now
    if row.state == ConnectionState.NEEDS_REAUTH:
        return
    if row.last_error_at is not None and row.state != ConnectionState.ERROR:
        action, detail = "connection.works_again", {"after": row.last_error_code}
        record_change(session, row, operator=SYSTEM, now=now, action=action, detail=detail)
    forget_error(row)
    recover(session, row, now)


def recover(session: Session, row: Connection, now: datetime) -> None:
    """Bring a connection in error back to where it was, after the org has answered."""
    if row.state == ConnectionState.ERROR:
        change_state(session, row, state_with_grant(session, row), now)


def _why(error: ConsoleError | None) -> dict[str, str]:
    return {"code": error.code, "why": error.message} if error else {}


def state_with_grant(session: Session, row: Connection) -> ConnectionState:
    """The state a working grant brings back: where the mapping stands, if there is one."""
    stage = stage_of(session, row.id)
    return STATE_BY_STAGE[stage] if stage else ConnectionState.CONNECTED


def forget_error(row: Connection) -> None:
    """Clear the last failure after a success."""
    row.last_error_at = None
    row.last_error_code = ""
    row.last_error_message = ""
    row.last_error_advice = ""
    row.last_error_who_acts = ""


def record_change(
    session: Session,
    row: Connection,
    *,
    operator: str,
    now: datetime,
    action: str,
    detail: dict[str, str] | None = None,
) -> None:
    """Write an audit event about a connection; empty details are left out."""
    record_event(
        session,
        store_now=now,
        operator=operator,
        action=action,
        account_id=row.account_id,
        connection_id=row.id,
        detail={name: text for name, text in (detail or {}).items() if text},
    )


def to_last_error(row: Connection) -> LastError | None:
    if row.last_error_at is None:
        return None
    return LastError(
        at=row.last_error_at,
        message=row.last_error_message,
        advice=row.last_error_advice,
        who_acts=row.last_error_who_acts,
        code=row.last_error_code,
    )
