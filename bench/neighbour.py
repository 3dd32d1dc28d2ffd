"""A second tab in a process of its own, so that what is measured is not alone on the server."""

import json
import statistics
import subprocess
import sys
import threading
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bench.session import BrowserSession
from tests.console_process import ROOT

_READY = "ready"
_PAUSE_SECONDS = 0.1  # somebody clicking without rest, not a flood
_MAX_RERUNS = 5_000  # it ends by itself even if nobody ends it


@dataclass(frozen=True, slots=True)
class Activity:
    """What the neighbour did meanwhile; the proof that it was there."""

    reruns: int
    median_ms: float


class Neighbour(AbstractContextManager["Neighbour"]):
    """Reruns the console's first page all the while the block lasts; then `activity` says how."""

    def __init__(self, base_url: str) -> None:
        self.activity = Activity(reruns=0, median_ms=0)
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "bench.neighbour", base_url],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline().strip() != _READY:
            raise RuntimeError("the second session could not open the console's first page")

    def __exit__(self, *_: object) -> None:
        said, _error = self._process.communicate(timeout=60)  # closes its input: the sign to end
        self.activity = Activity(**json.loads(said))


def visit(base_url: str, leave: threading.Event) -> Activity:
    """Open the first page and rerun it until told to leave."""
    with BrowserSession(base_url) as session:
        session.open_page()
        sys.stdout.write(f"{_READY}\n")
        sys.stdout.flush()
        timings: list[float] = []
        while not leave.wait(_PAUSE_SECONDS) and len(timings) < _MAX_RERUNS:
            timings.append(session.rerun().milliseconds)
    return Activity(len(timings), statistics.median(timings) if timings else 0.0)


def _main() -> None:
    leave = threading.Event()

    def wait_for_end_of_input() -> None:
        sys.stdin.read()
        leave.set()

    threading.Thread(target=wait_for_end_of_input, daemon=True).start()
    activity = visit(sys.argv[1], leave)
    line = {"reruns": activity.reruns, "median_ms": activity.median_ms}
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    _main()
