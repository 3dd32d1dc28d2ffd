"""One preview from start to end: read, apply, match, plan, keep. Runs in a thread of its own."""

import hashlib
import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from core.connect.context import ConnectContext
from core.errors import ConsoleError, StorageBusy, WhoActs, WrongOrg
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.model import MappingDraft
from core.preview.plan import PlanDigest
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch
from core.preview.planning.planner import COMPLETE_KEYS
from core.preview.progress import Phase, Teller
from core.preview.reading.org_rules import from_stored, to_stored
from core.preview.reading.reading import load_run
from core.preview.reading.stored import RunState, RunView
from core.preview.running.answers import KeptAnswers
from core.preview.running.ledger import (
    add_plans,
    end_run,
    finish_run,
    is_cancelled,
    restart_run,
)
from core.preview.running.notes import keep_progress
from core.preview.running.org import OrgReader
from core.preview.running.pausing import can_go_on, pause_run
from core.salesforce.org_rules import OrgRules
from core.store.inquiries import list_fields, load_records
from core.store.mappings import load_version
from core.store.tables import Connection

_TRIES_TO_END = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewJob:
    """What one preview needs. `is_closing` tells that the process wants to end.

    `kept` holds what an attempt that was cut off has read; without it everything is read anew.
    """

    context: ConnectContext
    run_id: str
    connection_id: str
    mapping_version_id: str
    batch_id: str
    is_closing: Callable[[], bool]
    complete_keys: Sequence[str] = COMPLETE_KEYS
    kept: KeptAnswers | None = None


class _Stopped(Exception):
    pass


def run_preview(job: PreviewJob) -> None:
    """Carry a begun preview to its end; whatever happens is told in the run, never raised.

    Called again for a run that was cut off, it goes on from what is kept. Where the process wants
    to end it stops and leaves the run as it is.
    """
    try:
        _preview(job)
    except _Stopped:
        if is_cancelled(job.context.store, job.run_id):  # else it is carried on later
            _end(job, RunState.CANCELLED, None)
    except ConsoleError as error:
        _end(job, RunState.PAUSED if can_go_on(error) else RunState.FAILED, error)
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
    run = load_run(store, job.run_id)
    _require_same_org(job, run)
    teller = Teller(partial(keep_progress, store, job.run_id))
    teller.begin(Phase.READ, run.record_count)
    saved = load_version(store, job.mapping_version_id)
    sources = load_records(store, job.batch_id)
    teller.step(len(sources))
    check_stopped = partial(_check_stopped, job)
    reader = OrgReader(
        job.context,
        run_id=job.run_id,
        connection_id=job.connection_id,
        check_stopped=check_stopped,
        teller=teller,
    )
    rules = _read_rules(job, reader, saved.draft)
    org = BatchOrg(
        describe_of=reader.describe,
        ask=job.kept.asking(reader.ask) if job.kept else reader.ask,
        values_of=reader.values_of,
        duplicates_of=rules.duplicates_of,
        unenforced=rules.unenforced,
        check_stopped=check_stopped,
        teller=teller,
    )
    digest = PlanDigest(
        mapping_hash=saved.content_hash, org_id=run.org_id, source_hash=run.source_hash
    )
    for place, step in enumerate(plan_batch(saved.draft, sources, org, _words(job))):
        if place == 0 and job.kept and not job.kept.is_same_shape(_fingerprint(reader)):
            restart_run(store, job.run_id)  # what was planned fits other fields
        if not add_plans(store, job.run_id, step):
            raise _Stopped
        digest.add(step)
    fingerprint = _fingerprint(reader)
    plan_hash = digest.hexdigest(describe_hash=fingerprint)
    _require_same_org(job, run)
    finish_run(
        store,
        job.run_id,
        plan_hash=plan_hash,
        describe_fingerprint=fingerprint,
        described=reader.fingerprints,
        org_rules=to_stored(rules),
    )


def _read_rules(job: PreviewJob, reader: OrgReader, draft: MappingDraft) -> OrgRules:
    """What is planned rests on one reading, also when the preview goes on after a stop."""

    def read() -> dict[str, Any]:
        names = dict.fromkeys(reader.describe(each.sobject_name).name for each in draft.objects)
        return to_stored(reader.rules(tuple(names)))

    return from_stored(job.kept.once("rules", read) if job.kept else read()) or OrgRules()


def _require_same_org(job: PreviewJob, run: RunView) -> None:
    """One plan is of one org, also where somebody signs in to another one meanwhile."""
    with job.context.store.read() as session:
        connection = session.get(Connection, job.connection_id)
    if run.org_id and connection and connection.org_id != run.org_id:
        raise WrongOrg(
            "The connection was signed in to another org while this preview was running.",
            advice="Preview again to see what would happen in the org of now.",
        )


def _words(job: PreviewJob) -> BatchWords:
    with job.context.store.read() as session:
        connection = session.get(Connection, job.connection_id)
    account_id = connection.account_id if connection else ""
    known = (*CANONICAL_FIELDS, *list_fields(job.context.store, account_id))
    labels = {field.key: field.label for field in known}
    return BatchWords(labels=labels, complete_keys=job.complete_keys)


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
    """A run that cannot even be ended is taken up again."""
    for _ in range(_TRIES_TO_END):
        try:
            if state is RunState.PAUSED and error:
                pause_run(job.context.store, job.run_id, error)
            else:
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
