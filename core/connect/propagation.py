"""The wait for a new app to spread in Salesforce: how far it is, by the ticks alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.connect.guide import PHASE_ONE_TICKS, POLICY_STEP, WAIT_STEP
from core.connect.states import AppType
from core.errors import AppNotReady, ConnectionProblem, InvalidConsumerKey

MAY_TRY_AFTER = timedelta(minutes=10)
READY_AFTER = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Tick:
    """Who ticked a step, and when."""

    ticked_at: datetime
    ticked_by: str
    note: str = ""


class PropagationState(StrEnum):
    NOT_STARTED = "not_started"
    WAITING = "waiting"
    MAY_TRY = "may_try"
    READY = "ready"
    OVERRIDDEN = "overridden"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Propagation:
    """How long ago the app's policies were saved, by the database's clock.

    Amber below 10 minutes, worth a try from 10, green from 20. `missing_steps` are Phase 1 ticks
    not yet set.
    """

    state: PropagationState
    checked_at: datetime
    started_at: datetime | None = None
    may_try_at: datetime | None = None
    ready_at: datetime | None = None
    override: Tick | None = None
    missing_steps: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether Phase 2 may begin."""
        return self.state not in {PropagationState.NOT_STARTED, PropagationState.WAITING}

    @property
    def seconds_left(self) -> int:
        """Until green; 0 when green or not started."""
        if self.ready_at is None:
            return 0
        return max(0, int((self.ready_at - self.checked_at).total_seconds()))


def measure(app_type: str, ticks: dict[str, Tick], now: datetime) -> Propagation:
    """Decide from the ticks alone how far the wait is."""
    if app_type == AppType.LEGACY_CONNECTED_APP:
        return Propagation(state=PropagationState.NOT_NEEDED, checked_at=now)
    missing = tuple(step_id for step_id in PHASE_ONE_TICKS if step_id not in ticks)
    override, policy = ticks.get(WAIT_STEP), ticks.get(POLICY_STEP)
    started_at = policy.ticked_at if policy else None
    return Propagation(
        state=PropagationState.OVERRIDDEN if override else _phase_of(started_at, now),
        checked_at=now,
        started_at=started_at,
        may_try_at=started_at + MAY_TRY_AFTER if started_at else None,
        ready_at=started_at + READY_AFTER if started_at else None,
        override=override,
        missing_steps=missing,
    )


def not_spread_yet(
    error: InvalidConsumerKey, *, started_at: datetime | None, now: datetime
) -> ConnectionProblem:
    """What an unknown Consumer Key means within twenty minutes of the last step: the wait."""
    if started_at is None or now - started_at >= READY_AFTER:
        return error
    return AppNotReady(
        "Salesforce does not know the app yet.",
        advice="A new app needs 10 to 20 minutes to spread. Wait for the timer to turn green on "
        "App in Salesforce, then connect again.",
        code=error.code,
    )


def _phase_of(started_at: datetime | None, now: datetime) -> PropagationState:
    if started_at is None:
        return PropagationState.NOT_STARTED
    age = now - started_at
    if age < MAY_TRY_AFTER:
        return PropagationState.WAITING
    return PropagationState.MAY_TRY if age < READY_AFTER else PropagationState.READY
