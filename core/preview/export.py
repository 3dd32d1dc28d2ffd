"""A preview as CSV, one line per record and field: a safe form for people, a raw for programs."""

import csv
import io
from collections.abc import Iterator

from core.errors import NotFound
from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.reading import page_rows
from core.preview.spreadsheet import to_safe_csv
from core.preview.stored import RowView, RunView
from core.store.audit import record_event
from core.store.engine import Store
from core.store.tables import PreviewRun

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


def export_safe_csv(store: Store, run_id: str, *, operator: str) -> bytes:
    """Return the preview for a spreadsheet: quoted, guarded against formulas, UTF-8 with a mark.

    The audit trail keeps who took it. NotFound where the preview is gone.
    """
    _tell(store, run_id, operator, "safe")
    return to_safe_csv(_lines(store, run_id))


def export_raw_csv(store: Store, run_id: str, *, operator: str) -> bytes:
    """Return the preview with every value untouched, for programs; UTF-8 without a mark.

    Offer it under `file_name(is_raw=True)` only: a spreadsheet may run what is in it.
    """
    _tell(store, run_id, operator, "raw")
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(_lines(store, run_id))
    return buffer.getvalue().encode("utf-8")


def file_name(run: RunView, *, is_raw: bool = False) -> str:
    """Return a name that says which of the two forms it is."""
    form = "-raw" if is_raw else ""
    return f"preview-{run.started_at:%Y%m%d-%H%M%S}-{run.run_id[:8]}{form}.csv"


def _tell(store: Store, run_id: str, operator: str, form: str) -> None:
    with store.write() as session:
        run = session.get(PreviewRun, run_id)
        if run is None:
            raise NotFound("This preview is no longer here.", advice="Preview again.")
        record_event(
            session,
            store_now=store.now(session),
            operator=operator,
            action="preview.downloaded",
            account_id=run.account_id,
            connection_id=run.connection_id,
            detail={"run_id": run_id, "form": form, "records": str(run.done_count)},
        )


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
