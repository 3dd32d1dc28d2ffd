"""One preview from start to end: read, apply, match, plan, keep. Runs in a thread of its own."""

import hashlib
import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.connect.context import ConnectContext
from core.errors import ConsoleError, StorageBusy, WhoActs
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.apply import AppliedRecord
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.ledger import add_plans, end_run, finish_run, interrupted, is_cancelled
from core.preview.lookups import resolve_lookups
from core.preview.objects import Earlier, Matched, PlannedObject, check_order
from core.preview.org import OrgReader
from core.preview.plan import RecordPlan, plan_hash
from core.preview.planner import COMPLETE_KEYS
from core.preview.stored import RunState
from core.store.inquiries import list_fields, load_records
from core.store.mappings import load_version
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
    org = OrgReader(job.context, run_id=job.run_id, connection_id=job.connection_id)
    objects = _prepare(job, saved.draft, org)
    _check_stopped(job)
    _look_up(objects, sources, org)
    plans = _plan(job, objects, sources, org)
    fingerprint = _fingerprint(org)
    digest = plan_hash(plans, mapping_hash=saved.content_hash, describe_hash=fingerprint)
    finish_run(store, job.run_id, plan_hash=digest, describe_fingerprint=fingerprint)


def _prepare(job: PreviewJob, draft: MappingDraft, org: OrgReader) -> list[PlannedObject]:
    check_order(draft)
    with job.context.store.read() as session:
        connection = session.get(Connection, job.connection_id)
    account_id = connection.account_id if connection else ""
    known = (*CANONICAL_FIELDS, *list_fields(job.context.store, account_id))
    labels = {field.key: field.label for field in known}
    return [
        PlannedObject(
            draft,
            index,
            org.describe(mapping.sobject_name),
            labels=labels,
            complete_keys=job.complete_keys,
        )
        for index, mapping in enumerate(draft.objects)
    ]


def _look_up(
    objects: Sequence[PlannedObject], sources: Sequence[SourceRecord], org: OrgReader
) -> None:
    asks = {ask for each in objects for ask in each.lookups(sources)}
    answers = resolve_lookups(asks, org.describe, org.ask)
    for each in objects:
        each.use(answers)


def _plan(
    job: PreviewJob,
    objects: Sequence[PlannedObject],
    sources: Sequence[SourceRecord],
    org: OrgReader,
) -> list[RecordPlan]:
    """Plan object by object, as a child's matches need its parents'; keep inquiry by inquiry."""
    plans: list[dict[str, RecordPlan]] = [{} for _ in sources]
    for each in objects:
        matched = _match(job, each, sources, plans, org)
        for step in _steps(len(sources)):
            _check_stopped(job)
            for place in step:
                if found := matched.get(place):
                    plans[place][each.mapping.object_id] = each.plan(found, plans[place])
            if each is objects[-1]:
                _keep(job, [plan for place in step for plan in plans[place].values()])
    return [plan for of_inquiry in plans for plan in of_inquiry.values()]


def _match(
    job: PreviewJob,
    planned: PlannedObject,
    sources: Sequence[SourceRecord],
    earlier: Sequence[Earlier],
    org: OrgReader,
) -> dict[int, Matched]:
    """Return, by the inquiry's place in the batch, what makes a record of this object."""
    applied: dict[int, AppliedRecord] = {}
    for step in _steps(len(sources)):
        _check_stopped(job)
        for place in step:
            record = planned.apply(sources[place], earlier[place])
            if record is not None:
                applied[place] = record
    _check_stopped(job)
    matches = planned.match_all(list(applied.values()), org.ask)
    return {
        place: Matched(sources[place], record, match)
        for (place, record), match in zip(applied.items(), matches, strict=True)
    }


def _keep(job: PreviewJob, plans: Sequence[RecordPlan]) -> None:
    if not add_plans(job.context.store, job.run_id, plans):
        raise _Stopped


def _steps(count: int) -> Iterator[range]:
    for start in range(0, count, ROWS_PER_STEP):
        yield range(start, min(start + ROWS_PER_STEP, count))


def _fingerprint(org: OrgReader) -> str:
    """One for all objects that were read; that of the object itself where it is the only one."""
    found = org.fingerprints
    if len(found) == 1:
        return next(iter(found.values()))
    told = "\n".join(f"{name}:{found[name]}" for name in sorted(found))
    return hashlib.sha256(told.encode()).hexdigest()


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
