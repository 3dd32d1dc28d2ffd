"""How a connection stands: its state, the failure it fell by, and the events about both."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.connect.states import CONNECTED_STATES, ConnectionState
from core.errors import ConnectionProblem, ConsoleError, NeedsReauth, WhoActs
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


def change_state(row: Connection, state: ConnectionState, now: datetime) -> None:
    """Set the state; `state_since` moves only when it really changes."""
    if row.state != state:
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
    remember_error(row, error, now)
    if not isinstance(error, ConnectionProblem) or row.state not in _MOVES_BY_FAILURE:
        return
    is_dead = isinstance(error, NeedsReauth)
    state = ConnectionState.NEEDS_REAUTH if is_dead else ConnectionState.ERROR
    _move_by_itself(session, row, state, now, code=error.code)


def recover(session: Session, row: Connection, now: datetime) -> None:
    """Bring a connection in error back to where it was, after the org has answered."""
    if row.state == ConnectionState.ERROR:
        _move_by_itself(session, row, state_with_grant(session, row), now)


def _move_by_itself(
    session: Session, row: Connection, state: ConnectionState, now: datetime, *, code: str = ""
) -> None:
    """A change that nobody asked for is an event of its own on the account's timeline."""
    if row.state == state:
        return
    detail = {"from": row.state, "to": state, "code": code}
    action = "connection.state_changed"
    record_change(session, row, operator=SYSTEM, now=now, action=action, detail=detail)
    change_state(row, state, now)


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
