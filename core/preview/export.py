"""A preview as CSV, one line per record and field: a safe form for people, a raw for programs."""

import csv
import io
from collections.abc import Iterator

from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.reading import load_run, page_rows
from core.preview.spreadsheet import to_safe_csv
from core.preview.stored import RowView
from core.store.engine import Store

HEADER = (
    "row",
    "person",
    "outcome",
    "matched id",
    "matched by",
    "field",
    "source",
    "source value",
    "current value",
    "sent",
    "sent value",
    "reason",
    "problem",
)
_ROWS_PER_READ = 500


def export_safe(store: Store, run_id: str) -> bytes:
    """Return the preview for a spreadsheet: quoted, guarded against formulas, UTF-8 with a mark."""
    return to_safe_csv(_lines(store, run_id))


def export_raw(store: Store, run_id: str) -> bytes:
    """Return the preview with every value untouched, for programs; UTF-8 without a mark."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(_lines(store, run_id))
    return buffer.getvalue().encode("utf-8", "replace")


def file_name(store: Store, run_id: str, *, is_raw: bool = False) -> str:
    """Return a name that says which of the two forms it is."""
    run = load_run(store, run_id)
    form = "-raw" if is_raw else ""
    return f"preview-{run.started_at:%Y%m%d-%H%M%S}-{run_id[:8]}{form}.csv"


def _lines(store: Store, run_id: str) -> Iterator[tuple[str, ...]]:
    yield HEADER
    offset, total = 0, 1
    while offset < total:
        rows, total = page_rows(store, run_id, offset=offset, limit=_ROWS_PER_READ)
        offset += _ROWS_PER_READ
        for row in rows:
            yield from _record_lines(row)


def _record_lines(row: RowView) -> Iterator[tuple[str, ...]]:
    record = (str(row.row_number), row.person, row.outcome.value, row.matched_id, row.matched_by)
    if row.reason:
        candidates = " ".join(each.record_id for each in row.candidates)
        yield (*record, "(record)", "", "", candidates, "", "", row.reason, row.hold_kind)
    for cell in row.cells:
        yield (*record, *_cell_line(cell))


def _cell_line(cell: CellPlan) -> tuple[str, ...]:
    return (
        f"{cell.field_label} ({cell.field_name})",
        cell.source_label,
        cell.source_text or "",
        _text(cell.current),
        "yes" if cell.will_send else "no",
        _text(cell.sent_value),
        cell.reason,
        " ".join(problem.message for problem in cell.problems),
    )


def _text(value: JsonValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
