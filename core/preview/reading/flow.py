"""From where inquiries come and what becomes of them: counted in SQL, for charts and tables."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import col, func, select

from core.preview.plan import OUTCOME_OF_CODE, STANDING_STEP, Outcome
from core.preview.reading.choosing import standing
from core.store.engine import Store
from core.store.tables import PlanRow, PreviewRun, SourceRecordRow

FLOW_KEYS = ("form.name", "submission.source", "visit.utm_source")
NOT_TOLD = "(not told)"
MOST_SOURCES = 12  # bars that can still be told apart


@dataclass(frozen=True, slots=True)
class SourceFlow:
    """One source's inquiries by outcome; `others` says how many sources are put together here."""

    source: str
    counts: Counter[Outcome]
    others: int = 0

    @property
    def total(self) -> int:
        return self.counts.total()


def source_flow(
    store: Store, run_id: str, key: str, *, most: int = MOST_SOURCES
) -> list[SourceFlow]:
    """Return the sources named by one Halda field, the largest first, small ones put together."""
    found: dict[str, Counter[Outcome]] = {}
    for source, outcome, count in _counted(store, run_id, key):
        found.setdefault(source or NOT_TOLD, Counter())[outcome] += count
    flows = [SourceFlow(source, counts) for source, counts in found.items()]
    flows.sort(key=lambda each: (-each.total, each.source))
    if len(flows) <= most:
        return flows
    rest: Counter[Outcome] = Counter()
    for each in flows[most - 1 :]:
        rest.update(each.counts)
    others = len(flows) - most + 1
    return [*flows[: most - 1], SourceFlow(f"{others} others", rest, others)]


def _counted(store: Store, run_id: str, key: str) -> list[tuple[str, Outcome, int]]:
    whole = (
        select(
            col(PlanRow.row_number).label("row_number"),
            (func.min(standing()) % STANDING_STEP).label("code"),
        )
        .where(col(PlanRow.preview_run_id) == run_id)
        .group_by(col(PlanRow.row_number))
        .subquery()
    )
    source = func.trim(func.coalesce(col(SourceRecordRow.values)[key].as_string(), ""))
    batch = select(PreviewRun.batch_id).where(PreviewRun.id == run_id).scalar_subquery()
    told = (  # by name, since PostgreSQL takes one expression with parameters for two
        select(source.label("source"), whole.c.code)
        .join(whole, whole.c.row_number == col(SourceRecordRow.row_number))
        .where(col(SourceRecordRow.batch_id) == batch)
        .subquery()
    )
    grouped = select(told.c.source, told.c.code, func.count()).group_by(told.c.source, told.c.code)
    with store.read() as session:
        return [(name, OUTCOME_OF_CODE[code], count) for name, code, count in session.exec(grouped)]
