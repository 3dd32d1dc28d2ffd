"""How fast the heavy pages answer on a running console, with a second session active."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.neighbour import Neighbour
from bench.report import Figure, median, spread
from bench.session import BrowserSession, PageFailed, Timing
from bench.wide_mapping import EDITED_KEY, ROWS, WIDE_OBJECT, save_wide_mapping
from tests.console_process import ConsoleProcess

_ACCOUNT = "cl9x0a1b2000108l4lak3s1d3"
_LAKESIDE = f"account_id={_ACCOUNT}&environment=demo"
_WARM_UP = 2
_ROUNDS = 11


def measure_pages() -> list[Figure]:
    """Objects, fields and mapping of the finished demo university."""
    with tempfile.TemporaryDirectory() as folder, ConsoleProcess(Path(folder) / "home") as console:
        # so that the first figure does not hold the reading of the describes
        with BrowserSession(console.url, timeout_seconds=60) as warm:
            _open_objects(warm)
            _choose_object(warm, WIDE_OBJECT)
        save_wide_mapping(console, _ACCOUNT)
        with Neighbour(console.url):
            return [
                _figure(console.url, "objects_1300_ms", "search in the global describe", _objects),
                _figure(console.url, "fields_250_ms", f"open {WIDE_OBJECT}", _fields),
                _figure(
                    console.url,
                    "mapping_edit_ms",
                    f"edit a row with steps and value map, {ROWS} rows, all shown",
                    _mapping,
                ),
            ]


def _figure(url: str, name: str, what: str, act: Callable[[BrowserSession, int], Timing]) -> Figure:
    with BrowserSession(url, timeout_seconds=60) as session:
        timings = [act(session, turn) for turn in range(_WARM_UP + _ROUNDS)][_WARM_UP:]
    milliseconds = [timing.milliseconds for timing in timings]
    size = max(timing.size_bytes for timing in timings) // 1024
    context = f"{what}; {spread(milliseconds)}; at most {size} kB sent"
    return Figure(name, median(milliseconds), "ms", context)


def _objects(session: BrowserSession, turn: int) -> Timing:
    if turn == 0:
        _open_objects(session)
    timing = session.set_value("objects.search", ("a", "co", "student", "hed")[turn % 4])
    _must_show(session, "objects")
    return timing


def _fields(session: BrowserSession, turn: int) -> Timing:
    if turn == 0:
        _open_objects(session)
    name = (WIDE_OBJECT, "Contact")[turn % 2]
    timing = _choose_object(session, name)
    _must_show(session, name)
    return timing


def _mapping(session: BrowserSession, turn: int) -> Timing:
    key = f"mapping.rule.field:{EDITED_KEY}"
    if turn == 0:
        session.open_page("field_mapping", _LAKESIDE)
        session.set_value("mapping.view", ["All"])
        session.set_value("mapping.row", _option(session, "mapping.row", "Program · Interest"))
        session.set_value("mapping.section", ["Value map"])
    wanted = ("Only on create", "Overwrite, never blank out")[turn % 2]
    timing = session.set_value(key, _option(session, key, wanted))
    _must_show(session, ("Unsaved changes since", "Saved:")[turn % 2])
    _must_show(session, "values mapped")
    return timing


def _open_objects(session: BrowserSession) -> None:
    session.open_page("objects_and_fields", _LAKESIDE)


def _choose_object(session: BrowserSession, name: str) -> Timing:
    return session.set_value("fields.object", name)


def _option(session: BrowserSession, key: str, word: str) -> str:
    part = session.screen.find(key)
    options = list(getattr(part.content, "options", ())) if part else []
    found = next((option for option in options if f" {word} " in f" {option} "), None)
    if found is None:
        raise PageFailed(f"{key} offers no {word}, only {options[:5]}")
    return str(found)


def _must_show(session: BrowserSession, text: str) -> None:
    """An error drawn by the page is no exception; a figure of it would be a figure of nothing."""
    if not any(text in shown for shown in session.screen.texts()):
        raise PageFailed(f"expected {text!r}, the page shows {session.screen.texts()[:12]}")
