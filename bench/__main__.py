"""`python -m bench`: measures, prints a table, writes `.bench/latest.json`."""

import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.board import measure_board
from bench.floor import measure_floor
from bench.large import measure_10k, measure_100k
from bench.neighbour import Neighbour
from bench.pages import measure_pages
from bench.plain_server import serving
from bench.preview import measure_preview
from bench.report import Figure, median, spread, table, write_report
from bench.session import BrowserSession, PageFailed
from tests.console_process import ROOT, ConsoleProcess

REPORT_FILE = ROOT / ".bench" / "latest.json"
_WARM_UP = 3
_ROUNDS = 15
_STARTS = 3


def measure_baseline() -> list[Figure]:
    """A rerun of an empty page: what every page's figure holds besides the page."""
    with serving(Path(__file__).with_name("empty_page.py")) as url:
        with BrowserSession(url) as session, Neighbour(url) as neighbour:
            session.open_page()
            timings = [
                session.set_value("empty.text", f"text {turn}").milliseconds
                for turn in range(_WARM_UP + _ROUNDS)
            ][_WARM_UP:]
        beside = f"second session: {neighbour.activity.reruns} reruns meanwhile"
    return [Figure("baseline_ms", median(timings), "ms", f"{spread(timings)}; {beside}")]


def measure_starts() -> list[Figure]:
    """Process start to the first answer of /healthz: with nothing there, then once more."""
    fresh: list[float] = []
    again: list[float] = []
    for _ in range(_STARTS):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            for seconds in (fresh, again):
                with ConsoleProcess(home) as console:
                    seconds.append(console.start_seconds)
    return [
        Figure("start_seconds", round(statistics.median(fresh), 2), "s", spread(fresh)),
        Figure("start_again_seconds", round(statistics.median(again), 2), "s", spread(again)),
    ]


def run(measures: Sequence[Callable[[], list[Figure]]], file: Path) -> int:
    """Measure one after the other; return 1 where one gives no figure or one over its limit."""
    figures: list[Figure] = []
    failures: list[str] = []
    for measure in measures:
        try:
            figures += measure()
        except (PageFailed, RuntimeError) as error:
            failures.append(f"{measure.__name__} gave no figure: {error}")
    failures += [f"{each.name} is {each.verdict}" for each in figures if each.is_over]
    write_report(figures, file)
    sys.stdout.write("\n".join([table(figures), *failures]) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    measures = [
        *(measure_baseline, measure_starts, measure_pages, measure_board),
        *(measure_preview, measure_floor, measure_10k, measure_100k),
    ]
    sys.exit(run(measures, REPORT_FILE))
