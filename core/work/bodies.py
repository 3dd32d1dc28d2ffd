"""Runs the bodies of tasks in threads that may be left behind, and asks them to stop."""

import logging
import threading
import time
import traceback
from collections.abc import Callable

_LEFT, _FAILED = "left", "failed"
_LOOK_SECONDS = 0.1
_log = logging.getLogger(__name__)


class Bodies:
    """The bodies under way in this process.

    A thread of the engine's own would hold up the process's end for as long as a call to an org
    takes; these do not.
    """

    def __init__(self) -> None:
        self._closing = threading.Event()
        self._changed = threading.Condition()
        self._count = 0
        self._deadline = float("inf")

    def is_closing(self) -> bool:
        return self._closing.is_set()

    def run(self, name: str, body: Callable[[], str]) -> str:
        """Return the body's word; `left` where the process ends and the body does not notice."""
        words: list[str] = []
        thread = threading.Thread(
            target=lambda: words.append(_guarded(name, body)), name=name, daemon=True
        )
        with self._changed:
            self._count += 1
        try:
            thread.start()
            while thread.is_alive() and time.monotonic() < self._deadline:
                thread.join(_LOOK_SECONDS)
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()
        return words[0] if words else _LEFT

    def close(self, seconds: float) -> None:
        """Ask every body to stop and wait for those that do within the time."""
        self._deadline = time.monotonic() + seconds
        self._closing.set()
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0, timeout=seconds)


def _guarded(name: str, body: Callable[[], str]) -> str:
    try:
        return body()
    except Exception as error:  # noqa: BLE001  a thread has nobody to raise to
        # neither message nor locals: both may hold what an inquiry says
        place = traceback.extract_tb(error.__traceback__)[-1]
        _log.error(
            "background work failed name=%s error=%s at=%s:%s",
            name,
            type(error).__name__,
            place.filename,
            place.lineno,
        )
        return _FAILED
