"""How a preview stands: begun, going on, ended. A plan is kept whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, delete, select

from core.errors import ConsoleError, InvalidInput, NotFound, WhoActs
from core.preview.plan import Outcome, RecordPlan, whole_outcomes
from core.preview.reading.stored import RunState, to_columns
from core.store.audit import record_event
from core.store.engine import Store, database_now
from core.store.tables import (
    Connection,
    MappingRow,
    MappingVersion,
    PlanRow,
    PreviewRun,
    SourceBatch,
)


def begin_run(
    store: Store, *, connection_id: str, mapping_version_id: str, batch_id: str, operator: str
) -> str:
    """Keep a new running preview and return its id; the audit trail tells who read student data.

    NotFound where a part is gone, InvalidInput where one is running or the parts do not belong
    together.
    """
    with store.write() as session:
        # locked, so that two starts at once cannot both find none running
        connection = session.get(Connection, connection_id, with_for_update=True)
        version = session.get(MappingVersion, mapping_version_id)
        batch = session.get(SourceBatch, batch_id)
        if not (connection and version and batch):
            raise NotFound(
                "The connection, the mapping or the inquiries of this preview are gone.",
                advice="Reload the page and choose again.",
            )
        _check_fit(session, connection, version, batch)
        run = PreviewRun(
            account_id=connection.account_id,
            connection_id=connection_id,
            mapping_version_id=mapping_version_id,
            batch_id=batch_id,
            state=RunState.RUNNING,
            record_count=batch.record_count,
            org_id=connection.org_id,
            source_hash=batch.content_hash,
            counts={},
            started_at=store.now(session),
            started_by=operator,
        )
        _replace_paused(session, connection_id)
        tell_audit(session, run, "preview.started", {"records": str(batch.record_count)})
        session.add(run)
    return run.id


def _check_fit(
    session: Session, connection: Connection, version: MappingVersion, batch: SourceBatch
) -> None:
    mapping = session.get(MappingRow, version.mapping_id)
    is_ours = mapping is not None and mapping.connection_id == connection.id
    if not is_ours or batch.account_id != connection.account_id:
        raise InvalidInput(
            "The mapping or the inquiries belong to another connection.",
            advice="Choose ones of this university.",
        )
    running = select(PreviewRun.id).where(
        PreviewRun.connection_id == connection.id, PreviewRun.state == RunState.RUNNING
    )
    if session.exec(running).first():
        raise InvalidInput(
            "A preview of this connection is running.",
            advice="Wait until it is done, or cancel it.",
        )


def add_plans(store: Store, run_id: str, plans: Sequence[RecordPlan]) -> bool:
    """Keep the next inquiries' plans; False where the run was cancelled, and nothing was kept.

    All plans of an inquiry come together: it is counted once, by its outcome as a whole. An
    inquiry that is kept already, by an attempt that was cut off later, stays as it is.
    """
    with store.write() as session:
        run = find_running(session, run_id)
        if run is None or run.cancel_requested:
            return False
        kept = _kept_rows(session, run_id, plans)
        new = [plan for plan in plans if plan.row_number not in kept]
        told = whole_outcomes(new)
        if rows := [to_columns(run_id, plan) for plan in new]:
            session.execute(insert(PlanRow), rows)
        counts = Counter(run.counts)
        counts.update(outcome.value for outcome in told.values())
        run.counts = {outcome.value: counts[outcome.value] for outcome in Outcome}
        run.done_count += len(told)
        session.add(run)
    return True


def restart_run(store: Store, run_id: str) -> None:
    """Forget what was planned; the run goes on from its first inquiry."""
    with store.write() as session:
        run = find_running(session, run_id)
        if run is not None:
            session.execute(delete(PlanRow).where(col(PlanRow.preview_run_id) == run_id))
            run.counts, run.done_count = {}, 0
            session.add(run)


def finish_run(
    store: Store,
    run_id: str,
    *,
    plan_hash: str,
    describe_fingerprint: str,
    described: Mapping[str, str],
    org_rules: Mapping[str, Any],
) -> None:
    """Mark a run done; one that was cancelled at the last moment stays without a plan.

    `described` has the fingerprint of each object and record type that the plan rests on,
    `org_rules` what the org does of its own.
    """
    with store.write() as session:
        run = find_running(session, run_id)
        if run is None:
            return
        if run.cancel_requested:
            drop_run(session, run, RunState.CANCELLED)
            return
        run.state, run.finished_at = RunState.DONE, store.now(session)
        run.plan_hash, run.describe_fingerprint = plan_hash, describe_fingerprint
        run.described, run.org_rules = dict(described), dict(org_rules)
        run.progress = {}
        tell_audit(session, run, "preview.finished", {k: str(v) for k, v in run.counts.items()})
        session.add(run)


def end_run(store: Store, run_id: str, state: RunState, error: ConsoleError | None = None) -> None:
    """End a running preview without a plan; `error` says what happened and who acts."""
    with store.write() as session:
        run = find_running(session, run_id)
        if run is not None:
            drop_run(session, run, state, error)


def request_cancel(store: Store, run_id: str) -> None:
    """Ask a running preview to stop; whoever runs it looks between two steps."""
    with store.write() as session:
        run = find_running(session, run_id)
        if run is not None:
            run.cancel_requested = True
            session.add(run)


def is_cancelled(store: Store, run_id: str) -> bool:
    """Whether somebody asked the run to stop, or it has ended already."""
    with store.read() as session:
        run = session.get(PreviewRun, run_id)
        return run is None or run.cancel_requested or run.state != RunState.RUNNING


def running_runs(store: Store) -> list[str]:
    """The ids of all previews that have begun and not ended, whoever carries them out."""
    with store.read() as session:
        running = select(PreviewRun.id).where(PreviewRun.state == RunState.RUNNING)
        return list(session.exec(running))


def interrupted() -> ConsoleError:
    """What is said of a run that has ended its process each time it was taken up."""
    return ConsoleError(
        "The console stopped again and again while this preview was running. Nothing was sent.",
        advice="Preview fewer inquiries at once, or give the console more memory.",
        who_acts=WhoActs.OPERATOR,
    )


def _kept_rows(session: Session, run_id: str, plans: Sequence[RecordPlan]) -> set[int]:
    numbers = {plan.row_number for plan in plans}
    kept = select(PlanRow.row_number).where(
        PlanRow.preview_run_id == run_id, col(PlanRow.row_number).in_(numbers)
    )
    return set(session.exec(kept))


def find_running(session: Session, run_id: str) -> PreviewRun | None:
    """Return the run, locked, where it is still running."""
    statement = (
        select(PreviewRun)
        .where(PreviewRun.id == run_id, PreviewRun.state == RunState.RUNNING)
        .with_for_update()
    )
    return session.exec(statement).first()


def _replace_paused(session: Session, connection_id: str) -> None:
    paused = select(PreviewRun).where(
        PreviewRun.connection_id == connection_id, PreviewRun.state == RunState.PAUSED
    )
    for run in session.exec(paused):
        drop_run(session, run, RunState.CANCELLED)


def drop_run(
    session: Session, run: PreviewRun, state: RunState, error: ConsoleError | None = None
) -> None:
    """End a run without a plan."""
    session.execute(delete(PlanRow).where(col(PlanRow.preview_run_id) == run.id))
    run.state, run.counts, run.done_count, run.progress = state, {}, 0, {}
    if error:
        run.error_message, run.error_advice = error.message, error.advice
        run.error_who_acts = error.who_acts
    run.finished_at = database_now(session)
    tell_audit(
        session, run, f"preview.{state}", {"code": error.code} if error and error.code else {}
    )
    session.add(run)


def tell_audit(session: Session, run: PreviewRun, action: str, detail: dict[str, str]) -> None:
    """Record what became of a run, under whoever started it."""
    record_event(
        session,
        store_now=run.finished_at or run.started_at,
        operator=run.started_by,
        action=action,
        account_id=run.account_id,
        connection_id=run.connection_id,
        detail={"run_id": run.id, **detail},
    )
