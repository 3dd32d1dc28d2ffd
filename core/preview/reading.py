"""Stored previews, page by page. Filters, searches and counts in SQL; never calls an org."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from core.errors import NotFound
from core.preview.stored import RowView, RunView, fold_search, to_row_view, to_run_view
from core.store.engine import Store
from core.store.tables import MappingVersion, PlanRow, PreviewRun, SourceBatch


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How many records have a problem of this kind, or are held for it."""

    kind: str
    label: str
    count: int


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
    """Return one page of records by row number, and how many there are on all pages.

    `search` finds text in the name, record id, reason and values; case does not matter.
    """
    chosen = [col(PlanRow.preview_run_id) == run_id]
    if outcome:
        chosen.append(col(PlanRow.outcome) == outcome)
    if problem_kind:
        chosen.append(col(PlanRow.problem_kinds).contains(f"|{problem_kind}|", autoescape=True))
    if words := fold_search(search):
        chosen.append(col(PlanRow.search_text).contains(words, autoescape=True))
    page = (
        select(PlanRow).where(*chosen).order_by(col(PlanRow.row_number)).offset(offset).limit(limit)
    )
    with store.read() as session:
        total = session.exec(select(func.count()).select_from(PlanRow).where(*chosen)).one()
        return [to_row_view(row) for row in session.exec(page)], total


def problem_counts(store: Store, run_id: str) -> list[ProblemCount]:
    """Return the kinds of problems and holds of a preview, most records first."""
    grouped = (
        select(PlanRow.problem_kinds, func.count())
        .where(PlanRow.preview_run_id == run_id, PlanRow.problem_kinds != "")
        .group_by(PlanRow.problem_kinds)
    )
    counts: Counter[str] = Counter()
    with store.read() as session:
        for kinds, count in session.exec(grouped):
            counts.update(dict.fromkeys(kinds.strip("|").split("|"), count))
    return [
        ProblemCount(kind, kind.replace("_", " ").capitalize().replace(" id", " ID"), count)
        for kind, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    ]


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
