"""The items of tasks as the engine's database knows them: attempt by attempt."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from core.work.tasks import MAX_ATTEMPTS

if TYPE_CHECKING:
    from dbos import WorkflowStatus

_WAITING = frozenset({"ENQUEUED", "DELAYED"})
_UNDER_WAY = _WAITING | {"PENDING"}
_GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
_LOOK_SECONDS = 0.02
_FORGOTTEN_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Orphan:
    """An attempt that is written down as being carried out, and by which process."""

    workflow_id: str
    executor: str


class Items:
    """An item's attempts are workflows of their own, `task:item:1` and on."""

    def __init__(self, *, version: str, executor: str) -> None:
        self._version, self._executor = version, executor

    def submit(self, task_name: str, item_id: str, *, delay_seconds: float = 0.0) -> None:
        """Make the first attempt; does nothing where there is one."""
        self._attempt(task_name, item_id, 1, delay_seconds)

    def resume(self, task_name: str, item_id: str) -> bool:
        """Make the next attempt where none is under way; False where there were too many."""
        newest = self._newest(task_name, item_id)
        if newest is None:
            self._attempt(task_name, item_id, 1)
            return True
        if newest.status in _UNDER_WAY:
            return True
        number = _number(newest)
        if newest.status == _GIVEN_UP or number >= MAX_ATTEMPTS:
            return False
        self._attempt(task_name, item_id, number + 1)
        return True

    def is_waiting(self, task_name: str, item_id: str) -> bool:
        newest = self._newest(task_name, item_id)
        return newest is None or newest.status in _WAITING

    def of_others(self) -> list[Orphan]:
        """Attempts that other processes carry out, or carried out when they died."""
        return [
            Orphan(each.workflow_id, each.executor_id or "")
            for each in self._pending()
            if each.executor_id != self._executor
        ]

    def end(self, orphans: Iterable[Orphan]) -> None:
        """Put an end to attempts whose process is dead, so that the next can be made."""
        from dbos import DBOS

        for each in orphans:
            DBOS.cancel_workflow(each.workflow_id)

    def forget(self, *, older_than: timedelta) -> None:
        """Delete what ended so long ago that nobody will submit it again."""
        from dbos import DBOS

        ended = DBOS.list_workflows(
            completed_before=(datetime.now(UTC) - older_than).isoformat(),
            limit=_FORGOTTEN_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if ended:
            DBOS.delete_workflows([each.workflow_id for each in ended])

    def wait_until_recorded(self, *, timeout: float) -> None:
        """Give the outcome of bodies that have stopped the moment it takes to be written."""
        pause = threading.Event()
        for _ in range(int(timeout / _LOOK_SECONDS)):
            if all(each.executor_id != self._executor for each in self._pending()):
                return
            pause.wait(_LOOK_SECONDS)

    def _pending(self) -> "list[WorkflowStatus]":
        from dbos import DBOS

        return DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)

    def _newest(self, task_name: str, item_id: str) -> "WorkflowStatus | None":
        from dbos import DBOS

        attempts = DBOS.list_workflows(
            workflow_id_prefix=f"{task_name}:{item_id}:", load_input=False, load_output=False
        )
        return max(attempts, key=_number, default=None)

    def _attempt(
        self, task_name: str, item_id: str, number: int, delay_seconds: float = 0.0
    ) -> None:
        from dbos import DBOS, EnqueueOptions

        options: EnqueueOptions = {
            "workflow_name": task_name,
            "queue_name": task_name,
            "workflow_id": f"{task_name}:{item_id}:{number}",
            "app_version": self._version,
        }
        if delay_seconds:
            options["delay_seconds"] = delay_seconds
        DBOS.enqueue_workflow_with_options(options, item_id)


def _number(attempt: "WorkflowStatus") -> int:
    return int(attempt.workflow_id.rpartition(":")[2])
