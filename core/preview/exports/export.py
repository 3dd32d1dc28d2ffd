"""A preview as a file: CSV, one line per record and field, safe or raw; a workbook for people."""

from collections.abc import Iterator

from core.errors import NotFound
from core.preview.cells import CellPlan
from core.preview.exports.masking import masked_row
from core.preview.exports.record_links import links_of
from core.preview.exports.sheets import to_sheets
from core.preview.reading.choosing import Choice
from core.preview.reading.grid import value_text
from core.preview.reading.parties import party_of_row
from core.preview.reading.reading import each_row
from core.preview.reading.stored import RowView, RunView
from core.spreadsheet import to_csv, to_safe_csv, to_xlsx
from core.store.audit import record_event
from core.store.engine import Store
from core.store.tables import Connection, PreviewRun

_ALL = Choice()

HEADER = (
    "row",
    "person",
    "object",
    "outcome",
    "matched id",
    "record link",
    "matched by",
    "field",
    "source",
    "source value",
    "current value",
    "sent",
    "sent value",
    "reason",
    "who acts",
    "problem",
    "how the value came about",
)


def export_safe_csv(store: Store, run_id: str, *, operator: str, is_masked: bool = False) -> bytes:
    """Return the preview for a spreadsheet: quoted, guarded against formulas, UTF-8 with a mark.

    The audit trail keeps who took it. `is_masked` leaves of student values the first letter, as on
    a shared screen. NotFound where the preview is gone.
    """
    tell_download(store, run_id, operator, "safe")
    return to_safe_csv(_lines(store, run_id, is_masked=is_masked))


def export_raw_csv(store: Store, run_id: str, *, operator: str, is_masked: bool = False) -> bytes:
    """Return the preview with every value untouched, for programs; UTF-8 without a mark.

    Offer it under `file_name(is_raw=True)` only: a spreadsheet may run what is in it.
    """
    tell_download(store, run_id, operator, "raw")
    return to_csv(_lines(store, run_id, is_masked=is_masked))


def export_xlsx(store: Store, run_id: str, *, operator: str, is_masked: bool = False) -> bytes:
    """Return a workbook with a sheet for each object: a line a record, old and new in one cell.

    All cells are text. InvalidInput where a sheet cannot hold so many lines.
    """
    tell_download(store, run_id, operator, "xlsx")
    rows = read_rows(store, run_id, is_masked=is_masked)
    return to_xlsx(to_sheets(rows, instance_url=org_address(store, run_id)))


def file_name(
    run: RunView, *, is_raw: bool = False, is_masked: bool = False, suffix: str = "csv"
) -> str:
    """Return a name that says which of the forms it is."""
    form = ("-raw" if is_raw else "") + ("-masked" if is_masked else "")
    return f"preview-{run.started_at:%Y%m%d-%H%M%S}-{run.run_id[:8]}{form}.{suffix}"


def tell_download(store: Store, run_id: str, operator: str, form: str) -> None:
    """Note in the audit trail who takes a preview's student data; NotFound where it is gone."""
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


def org_address(store: Store, run_id: str) -> str:
    """Return where the preview's org can be opened; empty where it is not the connection's now."""
    with store.read() as session:
        run = session.get(PreviewRun, run_id)
        connection = session.get(Connection, run.connection_id) if run else None
        if run is None or connection is None or connection.org_id != run.org_id:
            return ""
        return connection.instance_url


def read_rows(
    store: Store, run_id: str, *, is_masked: bool, choice: Choice = _ALL
) -> Iterator[RowView]:
    """Yield the chosen records, some read at a time; masked as on a shared screen."""
    rows = each_row(store, run_id, choice)
    return map(masked_row, rows) if is_masked else rows


def _lines(store: Store, run_id: str, *, is_masked: bool) -> Iterator[tuple[str, ...]]:
    yield HEADER
    instance_url = org_address(store, run_id)
    for row in read_rows(store, run_id, is_masked=is_masked):
        record = _record(row, instance_url)
        if row.reason:
            told = (row.reason, party_of_row(row) or "", row.hold_kind, "")
            yield (*record, "(record)", "", "", _candidates(row), "", "", *told)
        for cell in row.cells:
            yield (*record, *_cell_line(cell))


def _record(row: RowView, instance_url: str) -> tuple[str, ...]:
    links = " ".join(links_of(row, instance_url))
    told = (row.sobject_name, row.outcome.value, row.matched_id, links, row.matched_by)
    return (str(row.row_number), row.person, *told)


def _candidates(row: RowView) -> str:
    return " ".join(each.record_id for each in row.candidates)


def _cell_line(cell: CellPlan) -> tuple[str, ...]:
    return (
        f"{cell.field_label} ({cell.field_name})",
        cell.source_label,
        cell.source_text or "",
        value_text(cell.current),
        "yes" if cell.will_send else "no",
        value_text(cell.sent_value),
        cell.reason,
        "",
        " ".join(problem.message for problem in cell.problems),
        cell.note,
    )
