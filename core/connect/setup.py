"""The checklist of one connection: ticks, who and when, and the wait after the last one."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from core.connect.connections import callback_for, load_connection
from core.connect.context import ConnectContext
from core.connect.guide import (
    CALLBACK_PLACE,
    CREATE_STEP,
    GUIDE,
    POLICY_STEP,
    STEPS,
    WAIT_STEP,
    GuideStep,
    StepKind,
)
from core.connect.health import change_state, record_change
from core.connect.propagation import Propagation, Tick, measure
from core.connect.states import ConnectionState, Environment
from core.errors import InvalidInput
from core.store.tables import Connection, SetupStep

DEMO_SKIP_REASON = (
    "The demo org knows a new app at once; the wait is here to show what a real org needs."
)
_FULL_SCOPES = {"full"}
_WANTED_SCOPES = {"api", "refresh_token"}
_SAME_AS_REFRESH = {"offline_access": "refresh_token"}
_MOVING_STATES = {
    ConnectionState.NOT_STARTED,
    ConnectionState.APP_CREATED,
    ConnectionState.WAITING,
}


@dataclass(frozen=True, slots=True)
class StepView:
    """A guide step with this connection's copy values and its tick."""

    step: GuideStep
    tick: Tick | None


def list_steps(context: ConnectContext, connection_id: str) -> tuple[StepView, ...]:
    """Return the whole guide with this connection's callback URL and ticks, in order."""
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        ticks = _load_ticks(session, connection_id)
    expected = callback_for(
        context.settings, account_id=row.account_id, environment=Environment(row.environment)
    )
    return tuple(
        StepView(_with_callback(step, expected), ticks.get(step.step_id)) for step in GUIDE
    )


def tick_step(
    context: ConnectContext, *, operator: str, connection_id: str, step_id: str, note: str = ""
) -> Propagation:
    """Save a tick with who and when; ticking twice keeps the first. Moves the state along."""
    if step_id not in STEPS or STEPS[step_id].kind is not StepKind.TICK:
        raise InvalidInput("This step has nothing to tick.", advice="Reload the page.")
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if step_id not in _load_ticks(session, connection_id):
            _add_tick(context, session, row, operator=operator, step_id=step_id, note=note)
        return _settle(context, session, row, operator)


def untick_step(
    context: ConnectContext, *, operator: str, connection_id: str, step_id: str
) -> Propagation:
    """Take a tick back. Unticking the policies step stops the timer and its override."""
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        _remove_tick(context, session, row, operator, step_id)
        if step_id == POLICY_STEP:
            _remove_tick(context, session, row, operator, WAIT_STEP)
        return _settle(context, session, row, operator)


def override_wait(
    context: ConnectContext, *, operator: str, connection_id: str, reason: str
) -> Propagation:
    """Open Phase 2 before the wait is over. The reason is required and audited."""
    clean = " ".join(reason.split())
    if not clean:
        raise InvalidInput(
            "Say why the wait is skipped.",
            advice="For example: the app was created yesterday.",
        )
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        _remove_tick(context, session, row, operator, WAIT_STEP)
        _add_tick(context, session, row, operator=operator, step_id=WAIT_STEP, note=clean)
        return _settle(context, session, row, operator)


def skip_demo_wait(context: ConnectContext, *, operator: str, connection_id: str) -> Propagation:
    """Open Phase 2 at once in the demo. InvalidInput in any other environment."""
    with context.store.read() as session:
        environment = load_connection(session, connection_id).environment
    if environment != Environment.DEMO:
        raise InvalidInput(
            "Only the demo skips the wait without a reason.", advice="Give a reason to skip it."
        )
    return override_wait(
        context, operator=operator, connection_id=connection_id, reason=DEMO_SKIP_REASON
    )


def get_propagation(context: ConnectContext, connection_id: str) -> Propagation:
    """Return where the wait stands now."""
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        return read_propagation(session, row, context.store.now(session))


def read_propagation(session: Session, row: Connection, now: datetime) -> Propagation:
    """The same, inside a unit of work."""
    return measure(row.app_type, _load_ticks(session, row.id), now)


def check_scopes(pasted: str) -> list[str]:
    """Say how the app's scopes differ from exactly `api` and `refresh_token`."""
    names = {
        _SAME_AS_REFRESH.get(name, name)
        for name in pasted.casefold().replace(",", " ").replace("(", " ").replace(")", " ").split()
    }
    problems = [f"Add the scope {name}." for name in sorted(_WANTED_SCOPES - names)]
    if names & _FULL_SCOPES:
        problems.append("Remove the scope full: it gives more than is needed.")
    extra = sorted(names - _WANTED_SCOPES - _FULL_SCOPES)
    return problems + [f"Remove the scope {name}: it is not needed." for name in extra]


def _with_callback(step: GuideStep, expected: str) -> GuideStep:
    filled = tuple(
        replace(each, value=each.value.replace(CALLBACK_PLACE, expected)) for each in step.copy
    )
    return replace(step, copy=filled)


def _load_ticks(session: Session, connection_id: str) -> dict[str, Tick]:
    rows = session.exec(select(SetupStep).where(SetupStep.connection_id == connection_id))
    return {row.step_id: Tick(row.ticked_at, row.ticked_by, row.note) for row in rows}


def _add_tick(
    context: ConnectContext,
    session: Session,
    row: Connection,
    *,
    operator: str,
    step_id: str,
    note: str,
) -> None:
    now = context.store.now(session)
    action = "setup.wait_overridden" if step_id == WAIT_STEP else "setup.ticked"
    record_change(
        session,
        row,
        operator=operator,
        now=now,
        action=action,
        detail={"step": step_id, "note": note},
    )
    session.add(
        SetupStep(
            connection_id=row.id, step_id=step_id, ticked_at=now, ticked_by=operator, note=note
        )
    )
    session.flush()


def _remove_tick(
    context: ConnectContext, session: Session, row: Connection, operator: str, step_id: str
) -> None:
    existing = session.exec(
        select(SetupStep).where(
            col(SetupStep.connection_id) == row.id, col(SetupStep.step_id) == step_id
        )
    ).first()
    if existing is None:
        return
    now = context.store.now(session)
    record_change(
        session, row, operator=operator, now=now, action="setup.unticked", detail={"step": step_id}
    )
    session.delete(existing)
    session.flush()


def _settle(
    context: ConnectContext, session: Session, row: Connection, operator: str
) -> Propagation:
    now = context.store.now(session)
    ticks = _load_ticks(session, row.id)
    if row.state in _MOVING_STATES:
        change_state(session, row, _state_of(ticks), now, operator=operator)
        session.add(row)
    return measure(row.app_type, ticks, now)


def _state_of(ticks: dict[str, Tick]) -> ConnectionState:
    if POLICY_STEP in ticks or WAIT_STEP in ticks:
        return ConnectionState.WAITING
    return ConnectionState.APP_CREATED if CREATE_STEP in ticks else ConnectionState.NOT_STARTED
