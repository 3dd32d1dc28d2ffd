"""Plans a whole batch: looks up, then object by object, then hands out inquiry by inquiry.

Does nothing itself but plan; how the org is asked, and when to stop, is told by the caller.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial

from core.mapping.model import MappingDraft, SourceRecord
from core.preview.foreseen.duplicates import DuplicatesOf
from core.preview.foreseen.record_types import ValuesOf
from core.preview.matching.keys import Ask
from core.preview.matching.lookups import DescribeOf, resolve_lookups
from core.preview.matching.returning import Returning, submission_ranks
from core.preview.plan import RecordPlan
from core.preview.planning.objects import Applied, Earlier, PlannedObject, check_order
from core.preview.planning.planner import COMPLETE_KEYS
from core.preview.progress import Phase, Teller

ROWS_PER_STEP = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOrg:
    """How the org is reached; `check_stopped` is called between steps and may raise.

    `teller` is told how far the batch is.

    Without `values_of`, record types are taken to open every value; without `duplicates_of`, no
    duplicate rule is foreseen. `unenforced` names fields whose package rule is switched off.
    """

    describe_of: DescribeOf
    ask: Ask
    values_of: ValuesOf | None = None
    duplicates_of: DuplicatesOf = lambda _sobject_name: ()
    unenforced: Sequence[str] = ()
    check_stopped: Callable[[], None] = lambda: None
    teller: Teller = field(default_factory=Teller)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWords:
    """What Halda's fields are called, and without which of them an inquiry waits."""

    labels: Mapping[str, str] = field(default_factory=dict)
    complete_keys: Sequence[str] = COMPLETE_KEYS


def plan_batch(
    draft: MappingDraft, sources: Sequence[SourceRecord], org: BatchOrg, words: BatchWords
) -> Iterator[list[RecordPlan]]:
    """Yield the plans of the next inquiries, all objects of each together, in their order.

    Raises MappingProblem where the mapping cannot be planned, and what reading the org raises.
    """
    objects = _prepare(draft, org, words)
    org.check_stopped()
    _look_up(objects, sources, org)
    plans: dict[int, dict[str, RecordPlan]] = {each.row_number: {} for each in sources}
    ranks = cache(partial(submission_ranks, sources))
    for index, each in enumerate(objects):  # a child's matches need the plans of all parents
        begin = partial(
            org.teller.begin, sobject_name=each.mapping.sobject_name, place=(index, len(objects))
        )
        applied = _apply(each, sources, plans, org, begin)
        returning = each.look_for(applied, org.ask, org.check_stopped)
        returning.sort(ranks)
        begin(Phase.COMPARE, len(sources))
        for start, step in _steps(sources):
            org.check_stopped()
            org.teller.step(start)
            for row_number in _due(step, returning):
                if found := applied.pop(row_number, None):
                    earlier = plans[row_number]
                    earlier[each.mapping.object_id] = each.plan(found, earlier)
            if each is objects[-1]:
                yield [plan for source in step for plan in plans.pop(source.row_number).values()]


def _due(step: Sequence[SourceRecord], returning: Returning) -> Iterator[int]:
    """The inquiries of this step; before each, those of the same record submitted earlier."""
    for source in step:
        yield from returning.due(source.row_number)


def _prepare(draft: MappingDraft, org: BatchOrg, words: BatchWords) -> list[PlannedObject]:
    check_order(draft)
    return [
        PlannedObject(
            draft,
            index,
            describe := org.describe_of(mapping.sobject_name),
            labels=words.labels,
            complete_keys=words.complete_keys,
            values_of=org.values_of,
            duplicate_rules=org.duplicates_of(describe.name),
            unenforced=org.unenforced,
        )
        for index, mapping in enumerate(draft.objects)
    ]


def _look_up(
    objects: Sequence[PlannedObject], sources: Sequence[SourceRecord], org: BatchOrg
) -> None:
    asks = {ask for each in objects for ask in each.lookups(sources)}
    answers = resolve_lookups(asks, org.describe_of, org.ask)
    for each in objects:
        each.use(answers)


def _apply(
    planned: PlannedObject,
    sources: Sequence[SourceRecord],
    earlier: Mapping[int, Earlier],
    org: BatchOrg,
    begin: Callable[[Phase, int], None],
) -> dict[int, Applied]:
    """Return, by row number, what makes a record of this object."""
    begin(Phase.CHECK, len(sources))
    applied: dict[int, Applied] = {}
    for start, step in _steps(sources):
        org.check_stopped()
        for source in step:
            record = planned.apply(source, earlier[source.row_number])
            if record is not None:
                applied[source.row_number] = Applied(source, record)
        own = (applied.get(source.row_number) for source in step)
        unfit = sum(each.record.is_blocked for each in own if each)
        org.teller.step(start + len(step), unfit=unfit)
    org.check_stopped()
    records = [each.record for each in applied.values()]
    begin(Phase.MATCH, 0)
    planned.look_for_references(records, org.describe_of, org.ask)
    return applied


def _steps(sources: Sequence[SourceRecord]) -> Iterator[tuple[int, Sequence[SourceRecord]]]:
    for start in range(0, len(sources), ROWS_PER_STEP):
        yield start, sources[start : start + ROWS_PER_STEP]
