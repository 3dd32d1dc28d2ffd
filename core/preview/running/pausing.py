"""Previews that stand still by a trouble that passes or can be mended, and go on where they were.

Their plans and the org's answers stay, so that nothing is asked twice.
"""

from sqlalchemy import func
from sqlmodel import col, select

from core.errors import ConnectionProblem, ConsoleError, InvalidInput, StorageError, WrongOrg
from core.preview.reading.stored import RunState
from core.preview.running.ledger import drop_run, find_running, tell_audit
from core.store.engine import Store
from core.store.tables import PreviewRun

_OPEN = (RunState.RUNNING, RunState.PAUSED)


def can_go_on(error: ConsoleError) -> bool:
    """Whether the same preview may be finished once the trouble is over.

    What the mapping or the org's fields are to blame for needs another preview.
    """
    if isinstance(error, WrongOrg):
        return False
    return error.may_retry or isinstance(error, ConnectionProblem | StorageError)


def pause_run(store: Store, run_id: str, error: ConsoleError) -> None:
    """Let a running preview stand where it is; `error` says what happened and who acts.

    One that somebody cancelled meanwhile ends: going on with it would only cancel it then.
    """
    with store.write() as session:
        run = find_running(session, run_id)
        if run is None:
            return
        if run.cancel_requested:
            drop_run(session, run, RunState.CANCELLED)
            return
        run.state, run.progress = RunState.PAUSED, {}
        run.error_message, run.error_advice = error.message, error.advice
        run.error_who_acts = error.who_acts
        tell_audit(session, run, "preview.paused", {"code": error.code} if error.code else {})
        session.add(run)


def go_on_with(store: Store, run_id: str, *, operator: str) -> None:
    """Let a paused preview run again; InvalidInput where it is not paused or another one runs."""
    with store.write() as session:
        run = session.get(PreviewRun, run_id, with_for_update=True)
        if run is None or run.state != RunState.PAUSED:
            raise InvalidInput(
                "This preview does not stand still any more.", advice="Reload the page."
            )
        running = select(func.count()).where(
            col(PreviewRun.connection_id) == run.connection_id,
            col(PreviewRun.state) == RunState.RUNNING,
        )
        if session.exec(running).one():
            raise InvalidInput(
                "Another preview of this connection is running.",
                advice="Wait until it is done, or cancel it.",
            )
        run.state = RunState.RUNNING
        run.error_message = run.error_advice = run.error_who_acts = ""
        tell_audit(session, run, "preview.resumed", {"by": operator})
        session.add(run)


def open_runs(store: Store) -> frozenset[str]:
    """The ids of all previews that are running or may go on."""
    with store.read() as session:
        return frozenset(
            session.exec(select(PreviewRun.id).where(col(PreviewRun.state).in_(_OPEN)))
        )
