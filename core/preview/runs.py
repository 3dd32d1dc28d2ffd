"""Starts previews in threads of their own, one at a time per connection, and stops them."""

import threading
from collections.abc import Sequence

from core.connect.context import ConnectContext
from core.preview.counts import Effect, ObjectCount, ProblemCount, object_counts, problem_counts
from core.preview.ledger import begin_run, interrupt_left_runs, request_cancel
from core.preview.planner import COMPLETE_KEYS
from core.preview.reading import latest_run, list_runs, load_run, page_inquiries, page_rows
from core.preview.stored import InquiryView, RowView, RunState, RunView
from core.preview.work import PreviewJob, run_preview

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

_CLOSE_SECONDS = 5.0


class PreviewRunner:
    """Owns the threads of this process; screens only start, cancel and read the store.

    Making one ends what a process before left running. `complete_keys` are the source fields
    without which an inquiry waits for details.
    """

    def __init__(
        self, context: ConnectContext, *, complete_keys: Sequence[str] = COMPLETE_KEYS
    ) -> None:
        self._context = context
        self._complete_keys = complete_keys
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._threads: dict[str, threading.Thread] = {}
        interrupt_left_runs(context.store)

    def start(
        self, *, connection_id: str, mapping_version_id: str, batch_id: str, operator: str
    ) -> str:
        """Start a preview and return its run's id at once.

        NotFound or InvalidInput where it cannot begin; what fails later is told in the run.
        """
        run_id = begin_run(
            self._context.store,
            connection_id=connection_id,
            mapping_version_id=mapping_version_id,
            batch_id=batch_id,
            operator=operator,
        )
        job = PreviewJob(
            context=self._context,
            run_id=run_id,
            connection_id=connection_id,
            mapping_version_id=mapping_version_id,
            batch_id=batch_id,
            is_closing=self._closing.is_set,
            complete_keys=self._complete_keys,
        )
        thread = threading.Thread(
            target=run_preview, args=(job,), name=f"preview-{run_id[:8]}", daemon=True
        )
        with self._lock:
            self._threads = {k: each for k, each in self._threads.items() if each.is_alive()}
            self._threads[run_id] = thread
            thread.start()
        return run_id

    def cancel(self, run_id: str) -> None:
        """Ask a preview to stop; it ends as `cancelled` after the step it is at."""
        request_cancel(self._context.store, run_id)

    def wait(self, run_id: str, timeout: float | None = None) -> RunView:
        """Return the run once it has ended, or as it stands after `timeout` seconds."""
        with self._lock:
            thread = self._threads.get(run_id)
        if thread:
            thread.join(timeout)
        return load_run(self._context.store, run_id)

    def close(self) -> None:
        """Let running previews end as `interrupted`; one that hangs on a call is left behind."""
        self._closing.set()
        with self._lock:
            threads = list(self._threads.values())
        for thread in threads:
            thread.join(_CLOSE_SECONDS)
