"""One preview from start to end: read, apply, match, plan, keep. Runs in a thread of its own."""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.connect.context import ConnectContext
from core.connect.orgs import use_org
from core.connect.snapshots import DescribeView, get_describe
from core.errors import ConsoleError, ObjectNotVisible, StorageBusy, WhoActs
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.apply import AppliedRecord, PreparedMapping
from core.mapping.model import SourceRecord
from core.mapping.pipeline import ApplySettings
from core.preview.ledger import (
    add_plans,
    end_run,
    finish_run,
    interrupted,
    is_cancelled,
    keep_usage,
)
from core.preview.match import Match, Matcher
from core.preview.plan import COMPLETE_KEYS, Planner, RecordPlan, plan_hash
from core.preview.stored import RunState
from core.store.inquiries import list_fields, load_records
from core.store.mappings import SavedMapping, load_version
from core.store.tables import Connection

ROWS_PER_STEP = 250
_TRIES_TO_END = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewJob:
    """What one preview needs. `is_closing` tells that the process wants to end."""

    context: ConnectContext
    run_id: str
    connection_id: str
    mapping_version_id: str
    batch_id: str
    is_closing: Callable[[], bool]
    complete_keys: Sequence[str] = COMPLETE_KEYS


class _Stopped(Exception):
    pass


def run_preview(job: PreviewJob) -> None:
    """Carry a begun preview to its end; whatever happens is told in the run, never raised."""
    try:
        _preview(job)
    except _Stopped:
        closing = job.is_closing()
        state = RunState.INTERRUPTED if closing else RunState.CANCELLED
        _end(job, state, interrupted() if closing else None)
    except ConsoleError as error:
        _end(job, RunState.FAILED, error)
    except Exception as error:  # noqa: BLE001  a thread has nobody to raise to
        # neither message nor locals: both may hold what an inquiry says
        place = traceback.extract_tb(error.__traceback__)[-1]
        _log.error(
            "preview failed run=%s error=%s at=%s:%s",
            job.run_id,
            type(error).__name__,
            place.filename,
            place.lineno,
        )
        _end(job, RunState.FAILED, _unexpected(job.run_id))


def _preview(job: PreviewJob) -> None:
    store = job.context.store
    saved = load_version(store, job.mapping_version_id)
    sources = load_records(store, job.batch_id)
    view = _describe(job, saved.draft.person.sobject_name)
    matcher = Matcher(saved.draft.person, view.describe)
    applied = _apply(job, saved, view, sources)
    matches = _match(job, matcher, applied, calls_before=0 if view.from_cache else 1)
    plans = _plan(job, saved, view, zip(sources, applied, matches, strict=True))
    digest = plan_hash(plans, mapping_hash=saved.content_hash, describe_hash=view.fingerprint)
    finish_run(store, job.run_id, plan_hash=digest, describe_fingerprint=view.fingerprint)


def _describe(job: PreviewJob, sobject_name: str) -> DescribeView:
    view = get_describe(job.context, job.connection_id, sobject_name)
    if view.is_uploaded:  # a file says nothing of what this user may see
        view = get_describe(job.context, job.connection_id, sobject_name, refresh=True)
    if not view.describe.queryable:
        raise ObjectNotVisible(
            f"The connected user may not read {view.describe.label}.",
            advice="Ask the university's admin for read access to the object.",
        )
    return view


def _apply(
    job: PreviewJob, saved: SavedMapping, view: DescribeView, sources: Sequence[SourceRecord]
) -> list[AppliedRecord]:
    with job.context.store.read() as session:
        connection = session.get(Connection, job.connection_id)
    account_id = connection.account_id if connection else ""
    known = (*CANONICAL_FIELDS, *list_fields(job.context.store, account_id))
    labels = {field.key: field.label for field in known}
    prepared = PreparedMapping(
        saved.draft.person, view.describe, ApplySettings.of(saved.draft, labels)
    )
    applied = []
    for start in range(0, len(sources), ROWS_PER_STEP):
        _check_stopped(job)
        applied += [prepared.apply(each) for each in sources[start : start + ROWS_PER_STEP]]
    return applied


def _match(
    job: PreviewJob, matcher: Matcher, applied: Sequence[AppliedRecord], *, calls_before: int
) -> list[Match]:
    _check_stopped(job)
    with use_org(job.context, job.connection_id) as org:
        try:
            return matcher.match_all(applied, org.query_many)
        finally:
            keep_usage(
                job.context.store,
                job.run_id,
                api_calls=calls_before + org.calls_made,
                api_usage=org.api_usage,
            )


def _plan(
    job: PreviewJob,
    saved: SavedMapping,
    view: DescribeView,
    found: "zip[tuple[SourceRecord, AppliedRecord, Match]]",
) -> list[RecordPlan]:
    planner = Planner(saved.draft.person, view.describe, complete_keys=job.complete_keys)
    plans: list[RecordPlan] = []
    todo = list(found)
    for start in range(0, len(todo), ROWS_PER_STEP):
        if job.is_closing():
            raise _Stopped
        step = [planner.plan(*each) for each in todo[start : start + ROWS_PER_STEP]]
        if not add_plans(job.context.store, job.run_id, step):
            raise _Stopped
        plans += step
    return plans


def _check_stopped(job: PreviewJob) -> None:
    if job.is_closing() or is_cancelled(job.context.store, job.run_id):
        raise _Stopped


def _end(job: PreviewJob, state: RunState, error: ConsoleError | None) -> None:
    """A run that cannot even be ended is ended by the next start of the console."""
    for _ in range(_TRIES_TO_END):
        try:
            end_run(job.context.store, job.run_id, state, error)
        except StorageBusy:
            continue
        except Exception as failure:  # noqa: BLE001  the store may be closed by now
            _log.warning("preview not ended run=%s error=%s", job.run_id, type(failure).__name__)
        return


def _unexpected(run_id: str) -> ConsoleError:
    return ConsoleError(
        "The preview stopped at a fault of the console's own. Nothing was sent.",
        advice=f"Preview again. If it stays, tell Halda support the run {run_id[:8]}.",
        who_acts=WhoActs.HALDA_SUPPORT,
    )
