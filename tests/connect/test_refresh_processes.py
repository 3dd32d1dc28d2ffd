"""Refreshing from several processes at once, and what is left when one of them is killed."""

import signal
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.connect.refresh import renew_token
from core.connect.states import ConnectionState
from core.connect.tokens import find_token
from core.errors import NeedsReauth, RetryLater
from core.secret import Secret
from core.settings import Settings
from tests.connect import renewing
from tests.connect.conftest import Desk
from tests.connect.renewing import processes, renew_and_die, renew_together, stored_token

PROCESSES = 4
THREADS = 30
TOKEN_PATH = "/services/oauth2/token"
ROTATES, KEEPS = "palmer", "lakeside"
KEPT, SPENT = ConnectionState.CONNECTED, ConnectionState.NEEDS_REAUTH


@dataclass
class Team:
    """A connected desk, and what a process needs to work on the same store."""

    desk: Desk
    environ: dict[str, str]
    stale: Secret = field(default_factory=lambda: Secret(""))

    def connect(self, app: str) -> None:
        self.desk.add_connection(app=app)
        assert self.desk.sign_in(app=app).is_connected
        self.stale = stored_token(self.desk.context, self.desk.connection_id)

    def kill_at(self, step: str, *, lease_runs_out: bool = True) -> None:
        """Let a process refresh until the step, where it is killed; then let its lease run out."""
        target = (self.environ, self.desk.connection_id, step)
        process = processes().Process(target=renew_and_die, args=target)
        process.start()
        process.join(renewing.TOGETHER_SECONDS)
        assert process.exitcode == -signal.SIGKILL
        if not lease_runs_out:
            return
        store = self.desk.context.store
        with store.write() as session:
            token = find_token(session, self.desk.connection_id)
            assert token is not None
            if token.lease_until is not None:
                token.lease_until = store.now(session) - timedelta(seconds=1)
            session.add(token)

    def go_on(self) -> ConnectionState:
        """What the next caller finds, who was handed the token of before the kill."""
        desk = self.desk
        try:
            renew_token(desk.context, connection_id=desk.connection_id, stale=self.stale)
        except NeedsReauth:
            assert desk.connection.last_error is not None
            assert desk.connection.last_error.advice.startswith(("Sign in again", "Reconnect"))
        return desk.connection.state


@pytest.fixture
def team(desk_on_each_engine: Desk, store_settings: Settings) -> Team:
    port = desk_on_each_engine.org.url.rpartition(":")[2]
    environ = {
        "HALDA_CONSOLE_HOME": str(store_settings.home),
        "HALDA_CONSOLE_DATABASE_URL": store_settings.database_url,
        "HALDA_CONSOLE_DEMO_ORG_PORT": port,
        "HALDA_CONSOLE_LEASE_WAIT_SECONDS": "60",
    }
    if store_settings.secret_keys is not None:
        environ["HALDA_CONSOLE_SECRET_KEYS"] = store_settings.secret_keys.reveal()
    return Team(desk_on_each_engine, environ)


def test_thirty_threads_and_four_processes_make_one_token_call(team: Team) -> None:
    team.connect(ROTATES)
    desk, calls, context = team.desk, team.desk.token_calls(), processes()
    together, answers = context.Barrier(PROCESSES + 1), context.Queue()
    started = [
        context.Process(
            target=renew_together,
            args=(team.environ, desk.connection_id, together, answers, THREADS // PROCESSES),
        )
        for _ in range(PROCESSES)
    ]
    for each in started:
        each.start()

    own = renewing.renew_in_threads(desk.context, desk.connection_id, together, THREADS)
    theirs = [answers.get(timeout=renewing.TOGETHER_SECONDS) for _ in started]
    for each in started:
        each.join(renewing.TOGETHER_SECONDS)

    assert [each.exitcode for each in started] == [0] * PROCESSES
    assert desk.token_calls() == calls + 1
    fresh = stored_token(desk.context, desk.connection_id)
    everybody = [*own, *(answer for each in theirs for answer in each)]
    assert len(everybody) == THREADS + PROCESSES * (THREADS // PROCESSES)
    assert set(everybody) == {desk.context.store.vault.fingerprint(fresh)}
    assert desk.connection.state is ConnectionState.CONNECTED


@pytest.mark.parametrize(
    ("step", "left", "calls"),
    [
        ("before the claim", KEPT, 1),
        ("after the claim", KEPT, 1),
        ("before the call", KEPT, 1),
        ("before the first byte", KEPT, 1),
        ("before the answer is read", SPENT, 2),
        ("before it is stored", SPENT, 2),
        ("before the commit", SPENT, 2),
        ("after the commit", KEPT, 1),
    ],
)
def test_a_kill_loses_only_what_the_org_had_replaced_already(
    team: Team, step: str, left: ConnectionState, calls: int
) -> None:
    team.connect(ROTATES)
    before = team.desk.token_calls()

    team.kill_at(step)

    assert team.go_on() is left
    assert team.desk.token_calls() == before + calls


def test_a_spent_sign_in_says_that_a_renewal_was_interrupted(team: Team) -> None:
    team.connect(ROTATES)
    team.kill_at("before it is stored")

    team.go_on()

    assert team.desk.connection.last_error is not None
    assert "interrupted" in team.desk.connection.last_error.message
    assert team.desk.sign_in().is_connected
    assert team.desk.connection.state is ConnectionState.CONNECTED


@pytest.mark.parametrize(
    "step", ["before the first byte", "before the answer is read", "before the commit"]
)
def test_a_kill_loses_nothing_where_the_org_does_not_rotate(team: Team, step: str) -> None:
    team.connect(KEEPS)

    team.kill_at(step)

    assert team.go_on() is ConnectionState.CONNECTED


def test_a_kill_between_two_calls_leaves_one_more_try(team: Team) -> None:
    team.connect(ROTATES)
    team.desk.org.fault(match=TOKEN_PATH, status=503, times=1)

    team.kill_at("before the second call")

    assert team.go_on() is ConnectionState.CONNECTED


@pytest.mark.parametrize("step", ["before a refusal is kept", "after a refusal is kept"])
def test_a_kill_around_a_refusal_still_ends_in_a_stated_reconnect(team: Team, step: str) -> None:
    team.connect(ROTATES)
    team.desk.org.switch(ROTATES, revoke_all_grants=True)

    team.kill_at(step)

    assert team.go_on() is ConnectionState.NEEDS_REAUTH


def test_while_the_lease_of_a_dead_holder_lives_the_others_only_wait(team: Team) -> None:
    team.connect(ROTATES)
    before = team.desk.token_calls()
    team.kill_at("before the answer is read", lease_runs_out=False)
    settings = replace(team.desk.context.settings, lease_wait_seconds=1)
    impatient = replace(team.desk.context, settings=settings)

    with pytest.raises(RetryLater):
        renew_token(impatient, connection_id=team.desk.connection_id, stale=team.stale)

    assert team.desk.token_calls() == before + 1
