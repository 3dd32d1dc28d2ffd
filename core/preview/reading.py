"""Stored previews, page by page. Filters, searches and counts in SQL; never calls an org."""

from itertools import groupby

from sqlalchemy import Case, ColumnElement, case, literal
from sqlmodel import Session, col, func, select

from core.errors import NotFound
from core.preview.plan import LAST_STANDING, STANDING_CODES, STANDING_STEP, Outcome
from core.preview.stored import (
    InquiryView,
    RowView,
    RunView,
    fold_search,
    to_row_view,
    to_run_view,
)
from core.store.engine import Store
from core.store.tables import MappingVersion, PlanRow, PreviewRun, SourceBatch

_ORDER = (col(PlanRow.row_number), col(PlanRow.object_index))


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
    *,
    outcome: str | None = None,
    search: str = "",
    problem_kind: str | None = None,
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[InquiryView], int]:
    """Return one page of inquiries by row number, and how many there are on all pages.

    `outcome` is that of the inquiry as a whole; `search` finds text in the name, record id, reason
    and values of any of its records, whatever the case.
    """
    chosen = select(PlanRow.row_number).where(PlanRow.preview_run_id == run_id)
    for condition in _conditions(search, problem_kind):
        found = select(PlanRow.row_number).where(PlanRow.preview_run_id == run_id, condition)
        chosen = chosen.where(col(PlanRow.row_number).in_(found))
    chosen = chosen.group_by(col(PlanRow.row_number))
    if outcome:
        code = STANDING_CODES[Outcome(outcome)]
        chosen = chosen.having(func.min(_standing()) % STANDING_STEP == code)
    page = chosen.order_by(col(PlanRow.row_number)).offset(offset).limit(limit)
    with store.read() as session:
        total = session.exec(select(func.count()).select_from(chosen.subquery())).one()
        numbers = list(session.exec(page))
        records = (
            select(PlanRow)
            .where(PlanRow.preview_run_id == run_id, col(PlanRow.row_number).in_(numbers))
            .order_by(*_ORDER)
        )
        rows = [to_row_view(row) for row in session.exec(records)]
    grouped = groupby(rows, key=lambda row: row.row_number)
    return [InquiryView(number, tuple(found)) for number, found in grouped], total


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
    chosen = [col(PlanRow.preview_run_id) == run_id, *_conditions(search, problem_kind)]
    if outcome:
        chosen.append(col(PlanRow.outcome) == outcome)
    page = select(PlanRow).where(*chosen).order_by(*_ORDER).offset(offset).limit(limit)
    with store.read() as session:
        total = session.exec(select(func.count()).select_from(PlanRow).where(*chosen)).one()
        return [to_row_view(row) for row in session.exec(page)], total


def _standing() -> Case[int]:
    """The same as for planned records, in SQL."""
    place = (col(PlanRow.object_index) + 1) * STANDING_STEP
    places = {Outcome.HELD: literal(0), Outcome.UNCHANGED: literal(LAST_STANDING)}
    told = {each.value: places.get(each, place) + code for each, code in STANDING_CODES.items()}
    return case(told, value=col(PlanRow.outcome))


def _conditions(search: str, problem_kind: str | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if problem_kind:
        found.append(col(PlanRow.problem_kinds).contains(f"|{problem_kind}|", autoescape=True))
    if words := fold_search(search):
        found.append(col(PlanRow.search_text).contains(words, autoescape=True))
    return found


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
