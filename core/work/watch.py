"""Looks around now and then: whose process has died, and what ought to be under way and is not."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from core.work.items import Items, Orphan
from core.work.seats import Seat, Seats
from core.work.tasks import Task

LOOK_SECONDS = 2.0
_FORGET_EVERY = 300  # looks: each ten minutes
_KEPT = timedelta(days=30)
_log = logging.getLogger(__name__)


class Watch:
    """A thread of its own; what goes wrong in one look is tried again in the next."""

    def __init__(self, items: Items, seats: Seats, seat: Seat, tasks: Sequence[Task]) -> None:
        self._items, self._seats, self._seat, self._tasks = items, seats, seat, tasks
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="work-watch", daemon=True)
        self.looked_at = time.monotonic()
        self.is_seated = True
        self._looks = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End it; a look under way is waited for."""
        self._stopping.set()
        self._thread.join()

    def look(self) -> None:
        """Take up what nobody works on any more."""
        self.is_seated = self._seat.is_held()
        self._clear_up_after_the_dead()
        for task in self._tasks:
            for item_id in task.unfinished():
                if not self._items.resume(task.name, item_id):
                    task.give_up(item_id)
        if self._looks % _FORGET_EVERY == 0:
            self._items.forget(older_than=_KEPT)
        self._looks += 1

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
                self.looked_at = time.monotonic()
            except Exception as error:  # noqa: BLE001  whatever it is, the next look tries again
                _log.warning("look at the background work failed error=%s", type(error).__name__)
            self._stopping.wait(LOOK_SECONDS)

    def _clear_up_after_the_dead(self) -> None:
        by_executor: dict[str, list[Orphan]] = defaultdict(list)
        for orphan in self._items.of_others():
            by_executor[orphan.executor].append(orphan)
        for executor, orphans in by_executor.items():
            number = executor.rpartition("-")[2]
            if not number.isdecimal():
                continue
            seat = self._seats.try_take(int(number))
            if seat is None:
                continue  # its process lives
            try:
                self._items.end(orphans)
            finally:
                seat.release()
