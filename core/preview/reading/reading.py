"""Stored previews, page by page. Filters, searches and counts in SQL; never calls an org."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from core.errors import NotFound
from core.preview.plan import Outcome
from core.preview.reading.choosing import Choice, Sort, choose_numbers, ordered, record_conditions
from core.preview.reading.stored import InquiryView, RowView, RunView, to_row_view, to_run_view
from core.store.engine import Store
from core.store.tables import MappingVersion, PlanRow, PreviewRun, SourceBatch

_ORDER = (col(PlanRow.row_number), col(PlanRow.object_index))
_ALL = Choice()
_ROWS_PER_READ = 500


def load_run(store: Store, run_id: str) -> RunView:
    """Return one preview; NotFound where there is none."""
    with store.read() as session:
        found = _runs(session, col(PreviewRun.id) == run_id, limit=1)
    if not found:
        raise NotFound(
            "This preview is no longer here.", advice="Choose another one or preview again."
        )
    return found[0]


def list_runs(store: Store, connection_id: str, limit: int = 50) -> list[RunView]:
    """Return a connection's previews, newest first."""
    with store.read() as session:
        return _runs(session, col(PreviewRun.connection_id) == connection_id, limit=limit)


def latest_run(store: Store, connection_id: str) -> RunView | None:
    """Return a connection's newest preview, however it stands; None before the first."""
    found = list_runs(store, connection_id, limit=1)
    return found[0] if found else None


def page_inquiries(
    store: Store,
    run_id: str,
    choice: Choice = _ALL,
    *,
    order: tuple[Sort, bool] = (Sort.ROW, False),
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[InquiryView], int]:
    """Return one page of inquiries, and how many there are on all pages.

    `order` is what they are sorted by, and whether downwards. Only the page itself is read.
    """
    chosen = choose_numbers(run_id, choice)
    sort, is_descending = order
    page = ordered(chosen, sort, is_descending=is_descending).offset(offset).limit(limit)
    with store.read() as session:
        total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
        numbers = list(session.exec(page))
        found = _inquiries(session, run_id, numbers)
    return [found[number] for number in numbers], total


def _inquiries(session: Session, run_id: str, numbers: Sequence[int]) -> dict[int, InquiryView]:
    records = (
        select(PlanRow)
        .where(PlanRow.preview_run_id == run_id, col(PlanRow.row_number).in_(numbers))
        .order_by(*_ORDER)
    )
    rows = [to_row_view(row) for row in session.exec(records)]
    grouped = groupby(rows, key=lambda row: row.row_number)
    return {number: InquiryView(number, tuple(found)) for number, found in grouped}


def page_rows(
    store: Store,
    run_id: str,
    *,
    outcome: str | None = None,
    search: str = "",
    problem_kind: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[RowView], int]:
    """Return one page of records by inquiry and object, and how many there are on all pages."""
    outcomes = (Outcome(outcome),) if outcome else ()
    choice = Choice(outcomes=outcomes, search=search, problem_kind=problem_kind or "")
    chosen = [col(PlanRow.preview_run_id) == run_id, *record_conditions(choice)]
    page = select(PlanRow).where(*chosen).order_by(*_ORDER).offset(offset).limit(limit)
    with store.read() as session:
        total = session.exec(select(func.count()).select_from(PlanRow).where(*chosen)).one()
        return [to_row_view(row) for row in session.exec(page)], total


def each_row(store: Store, run_id: str, choice: Choice = _ALL) -> Iterator[RowView]:
    """Yield the chosen records by inquiry and object, some at a time: a large preview never whole.

    Goes on after the last inquiry read, so that the end costs no more than the beginning.
    """
    last = 0
    chosen = [col(PlanRow.preview_run_id) == run_id, *record_conditions(choice)]
    while True:
        page = (
            select(PlanRow)
            .where(*chosen, col(PlanRow.row_number) > last)
            .order_by(*_ORDER)
            .limit(_ROWS_PER_READ)
        )
        with store.read() as session:
            rows = [to_row_view(row) for row in session.exec(page)]
        is_last = len(rows) < _ROWS_PER_READ
        if not is_last:  # the last inquiry may have more records than were read
            rows = [row for row in rows if row.row_number != rows[-1].row_number] or rows
        yield from rows
        if is_last:
            return
        last = rows[-1].row_number


def _runs(session: Session, condition: ColumnElement[bool], *, limit: int) -> list[RunView]:
    statement = (
        select(PreviewRun, MappingVersion.number, SourceBatch.name)
        .join(MappingVersion, col(MappingVersion.id) == col(PreviewRun.mapping_version_id))
        .join(SourceBatch, col(SourceBatch.id) == col(PreviewRun.batch_id))
        .where(condition)
        .order_by(col(PreviewRun.started_at).desc(), col(PreviewRun.id))
        .limit(limit)
    )
    return [
        to_run_view(run, mapping_number=number, batch_name=name)
        for run, number, name in session.exec(statement)
    ]
