"""The guide as a checklist: who ticked what, and the wait after the last step."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from core.connect.accounts import AccountDetails, add_account
from core.connect.connections import add_environment
from core.connect.guide import GUIDE, PHASE_ONE_TICKS, StepKind
from core.connect.propagation import Propagation, PropagationState, Tick, measure
from core.connect.setup import (
    check_scopes,
    get_propagation,
    list_steps,
    override_wait,
    skip_demo_wait,
    tick_step,
    untick_step,
)
from core.connect.states import AppType, ConnectionState, Environment
from core.errors import InvalidInput
from core.store.audit import list_events
from core.store.tables import SetupStep
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def started(desk: Desk) -> Desk:
    """A connection whose credentials are not yet known."""
    add_account(
        desk.context,
        operator=OPERATOR,
        pasted_id=ACCOUNT_ID,
        details=AccountDetails(name="Palmer"),
    )
    desk.connection_id = add_environment(
        desk.context,
        operator=OPERATOR,
        account_id=ACCOUNT_ID,
        environment=Environment.PRODUCTION,
    ).connection_id
    return desk


def tick(desk: Desk, step_id: str) -> Propagation:
    return tick_step(
        desk.context, operator=OPERATOR, connection_id=desk.connection_id, step_id=step_id
    )


def age_policy_tick(desk: Desk, minutes: float) -> None:
    with desk.context.store.write() as session:
        row = session.exec(select(SetupStep).where(SetupStep.step_id == "S30")).one()
        row.ticked_at = desk.context.store.now(session) - timedelta(minutes=minutes)
        session.add(row)


def test_the_guide_has_each_step_once_and_in_order() -> None:
    ids = [step.step_id for step in GUIDE]

    assert ids == sorted(set(ids))
    assert {"S00", "S19", "S24", "S30", "S44", "S50", "S67"} <= set(ids)
    assert PHASE_ONE_TICKS[0] == "S10"
    assert PHASE_ONE_TICKS[-1] == "S30"


def test_the_callback_to_copy_is_this_accounts_own(started: Desk) -> None:
    steps = {
        view.step.step_id: view.step for view in list_steps(started.context, started.connection_id)
    }

    (callback,) = steps["S19"].copy
    assert callback.value == (
        f"https://app.heyhalda.com/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
    )
    assert steps["S14"].copy[0].value == "HaldaAPI"


def test_a_tick_keeps_who_and_when(started: Desk) -> None:
    tick(started, "S10")
    tick_step(started.context, operator="Omar", connection_id=started.connection_id, step_id="S10")

    (view,) = [v for v in list_steps(started.context, started.connection_id) if v.tick]

    assert view.tick is not None
    assert view.tick.ticked_by == OPERATOR
    assert [each.action for each in list_events(started.context.store)].count("setup.ticked") == 1


@pytest.mark.parametrize("step_id", ["S01", "S31", "S99", ""])
def test_only_steps_with_a_box_can_be_ticked(started: Desk, step_id: str) -> None:
    with pytest.raises(InvalidInput):
        tick(started, step_id)


def test_the_state_follows_the_ticks(started: Desk) -> None:
    tick(started, "S27")
    assert started.connection.state is ConnectionState.APP_CREATED

    tick(started, "S30")
    assert started.connection.state is ConnectionState.WAITING

    untick_step(
        started.context, operator=OPERATOR, connection_id=started.connection_id, step_id="S30"
    )
    assert started.connection.state is ConnectionState.APP_CREATED


@pytest.mark.parametrize(
    ("minutes", "expected", "is_open"),
    [
        (0, PropagationState.WAITING, False),
        (9.9, PropagationState.WAITING, False),
        (10.1, PropagationState.MAY_TRY, True),
        (19.9, PropagationState.MAY_TRY, True),
        (20.1, PropagationState.READY, True),
    ],
)
def test_the_wait_is_amber_then_worth_a_try_then_green(
    started: Desk, minutes: float, expected: PropagationState, is_open: bool
) -> None:
    tick(started, "S30")
    age_policy_tick(started, minutes)

    wait = get_propagation(started.context, started.connection_id)

    assert (wait.state, wait.is_open) == (expected, is_open)


def test_the_wait_names_the_steps_left_out(started: Desk) -> None:
    wait = tick(started, "S30")

    assert "S24" in wait.missing_steps
    assert "S30" not in wait.missing_steps


def test_an_override_needs_a_reason_and_keeps_it(started: Desk) -> None:
    tick(started, "S30")

    with pytest.raises(InvalidInput, match="why"):
        override_wait(
            started.context, operator=OPERATOR, connection_id=started.connection_id, reason="  "
        )
    wait = override_wait(
        started.context,
        operator=OPERATOR,
        connection_id=started.connection_id,
        reason="app made yesterday",
    )

    assert wait.is_open
    assert wait.override is not None
    assert wait.override.note == "app made yesterday"
    assert list_events(started.context.store)[0].action == "setup.wait_overridden"


def test_unticking_the_policy_takes_the_override_back(started: Desk) -> None:
    tick(started, "S30")
    override_wait(
        started.context, operator=OPERATOR, connection_id=started.connection_id, reason="old app"
    )

    wait = untick_step(
        started.context, operator=OPERATOR, connection_id=started.connection_id, step_id="S30"
    )

    assert wait.state is PropagationState.NOT_STARTED


def test_only_the_demo_skips_the_wait_with_one_click(started: Desk) -> None:
    with pytest.raises(InvalidInput):
        skip_demo_wait(started.context, operator=OPERATOR, connection_id=started.connection_id)


def test_the_demo_skip_says_why_it_exists(desk: Desk) -> None:
    desk.add_connection()

    wait = skip_demo_wait(desk.context, operator=OPERATOR, connection_id=desk.connection_id)

    assert wait.override is not None
    assert "demo org" in wait.override.note


def test_a_legacy_app_waits_for_nothing() -> None:
    assert measure(AppType.LEGACY_CONNECTED_APP, {}, NOON).is_open


@given(st.integers(min_value=0, max_value=100_000))
def test_seconds_left_fall_to_zero_and_open_follows_the_tenth_minute(seconds: int) -> None:
    ticks = {"S30": Tick(NOON, OPERATOR)}

    wait = measure(AppType.EXTERNAL_CLIENT_APP, ticks, NOON + timedelta(seconds=seconds))

    assert wait.seconds_left == max(0, 1200 - seconds)
    assert wait.is_open == (seconds >= 600)


@pytest.mark.parametrize(
    ("pasted", "problems"),
    [
        ("api refresh_token", 0),
        ("api, offline_access", 0),
        ("Manage user data via APIs (api)", 1),
        ("api refresh_token full", 1),
        ("full", 3),
    ],
)
def test_scopes_are_exactly_two(pasted: str, problems: int) -> None:
    found = check_scopes(pasted)

    assert sum("Remove the scope full" in each for each in found) == ("full" in pasted)
    assert sum("Add the scope" in each for each in found) == problems - ("full" in pasted)


def test_every_tick_step_has_a_sentence() -> None:
    assert all(step.text.endswith(".") for step in GUIDE if step.kind is StepKind.TICK)
