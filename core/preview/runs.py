"""Starts previews as background work, one at a time per connection, and stops them."""

import threading
import time
from collections.abc import Sequence

from core.connect.context import ConnectContext
from core.errors import StorageError
from core.preview.planning.planner import COMPLETE_KEYS
from core.preview.reading.counts import (
    Effect,
    ObjectCount,
    ProblemCount,
    object_counts,
    problem_counts,
)
from core.preview.reading.reading import latest_run, list_runs, load_run, page_inquiries, page_rows
from core.preview.reading.stored import InquiryView, RowView, RunState, RunView
from core.preview.running.answers import KeptAnswers
from core.preview.running.ledger import (
    begin_run,
    end_run,
    interrupted,
    request_cancel,
    running_runs,
)
from core.preview.running.pausing import go_on_with, open_runs
from core.preview.running.work import PreviewJob, run_preview
from core.work.engine import WorkEngine
from core.work.tasks import Task

__all__ = [
    "Effect",
    "InquiryView",
    "ObjectCount",
    "PreviewRunner",
    "ProblemCount",
    "RowView",
    "RunState",
    "RunView",
    "latest_run",
    "list_runs",
    "load_run",
    "object_counts",
    "page_inquiries",
    "page_rows",
    "problem_counts",
]

_TASK = "preview"
_LOOK_SECONDS = 0.02


class PreviewRunner:
    """Hands previews to the background engine; screens only start, cancel and read the store.

    A preview whose process dies or is stopped goes on where it was, here or in another process.
    `complete_keys` are the source fields without which an inquiry waits for details.
    """

    def __init__(
        self,
        context: ConnectContext,
        work: WorkEngine,
        *,
        complete_keys: Sequence[str] = COMPLETE_KEYS,
    ) -> None:
        self._context, self._store, self._work = context, context.store, work
        self._complete_keys = complete_keys
        work.add(
            Task(
                name=_TASK,
                carry_out=self._carry_on,
                unfinished=lambda: running_runs(self._store),
                give_up=self._give_up,
            )
        )

    def start(
        self, *, connection_id: str, mapping_version_id: str, batch_id: str, operator: str
    ) -> str:
        """Start a preview and return its run's id at once.

        NotFound or InvalidInput where it cannot begin; what fails later is told in the run.
        """
        self._work.launch()
        self._forget_closed()
        run_id = begin_run(
            self._store,
            connection_id=connection_id,
            mapping_version_id=mapping_version_id,
            batch_id=batch_id,
            operator=operator,
        )
        try:
            self._work.submit(_TASK, run_id)
        except StorageError as error:
            end_run(self._store, run_id, RunState.FAILED, error)
            raise
        return run_id

    def go_on(self, run_id: str, *, operator: str) -> None:
        """Go on with a paused preview where it was; InvalidInput where that cannot be."""
        self._work.launch()
        go_on_with(self._store, run_id, operator=operator)
        self._work.resume(_TASK, run_id)

    def cancel(self, run_id: str) -> None:
        """Ask a preview to stop; it ends as `cancelled` after the call or step it is at."""
        request_cancel(self._store, run_id)
        if self._work.is_waiting(_TASK, run_id):  # nobody is there to notice
            end_run(self._store, run_id, RunState.CANCELLED)

    def wait(self, run_id: str, timeout: float | None = None) -> RunView:
        """Return the run once it has ended, or as it stands after `timeout` seconds."""
        deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
        pause = threading.Event()
        while (run := load_run(self._store, run_id)).is_running and time.monotonic() < deadline:
            pause.wait(_LOOK_SECONDS)
        return run

    def close(self) -> None:
        """Let running previews stop where they are; the next start of the engine goes on."""
        self._work.close()

    def _carry_on(self, run_id: str) -> str:
        run = load_run(self._store, run_id)
        if run.is_running:
            run_preview(
                PreviewJob(
                    context=self._context,
                    run_id=run_id,
                    connection_id=run.connection_id,
                    mapping_version_id=run.mapping_version_id,
                    batch_id=run.batch_id,
                    is_closing=self._work.is_closing,
                    complete_keys=self._complete_keys,
                    kept=self._kept(run),
                )
            )
        state = load_run(self._store, run_id).state
        if state not in (RunState.RUNNING, RunState.PAUSED):
            self._work.spool().drop(run_id)
        return state

    def _give_up(self, run_id: str) -> None:
        end_run(self._store, run_id, RunState.INTERRUPTED, interrupted())
        self._work.spool().drop(run_id)

    def _forget_closed(self) -> None:
        """Answers of paused previews that were replaced or deleted since."""
        spool = self._work.spool()
        for run_id in spool.item_ids() - open_runs(self._store):
            spool.drop(run_id)

    def _kept(self, run: RunView) -> KeptAnswers:
        return KeptAnswers(
            self._work.spool(), self._store.vault, run_id=run.run_id, account_id=run.account_id
        )
