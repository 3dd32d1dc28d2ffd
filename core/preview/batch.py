"""Plans a whole batch: looks up, then object by object, then hands out inquiry by inquiry.

Does nothing itself but plan; how the org is asked, and when to stop, is told by the caller.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from core.mapping.apply import AppliedRecord
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.keys import Ask
from core.preview.lookups import DescribeOf, resolve_lookups
from core.preview.objects import Earlier, Matched, PlannedObject, check_order
from core.preview.plan import RecordPlan
from core.preview.planner import COMPLETE_KEYS
from core.preview.progress import Phase, Teller
from core.preview.record_types import ValuesOf

ROWS_PER_STEP = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOrg:
    """How the org is reached; `check_stopped` is called between steps and may raise.

    `teller` is told how far the batch is.

    Without `values_of`, record types are taken to open every value.
    """

    describe_of: DescribeOf
    ask: Ask
    values_of: ValuesOf | None = None
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
    plans: list[dict[str, RecordPlan]] = [{} for _ in sources]
    for index, each in enumerate(objects):  # a child's matches need the plans of all parents
        begin = partial(
            org.teller.begin, sobject_name=each.mapping.sobject_name, place=(index, len(objects))
        )
        matched = _match(each, sources, plans, org, begin)
        begin(Phase.COMPARE, len(sources))
        for step in _steps(len(sources)):
            org.check_stopped()
            org.teller.step(step.start)
            for place in step:
                if found := matched.pop(place, None):
                    plans[place][each.mapping.object_id] = each.plan(found, plans[place])
            if each is objects[-1]:
                yield [plan for place in step for plan in plans[place].values()]
                for place in step:
                    plans[place].clear()  # a large batch is never held as a whole


def _prepare(draft: MappingDraft, org: BatchOrg, words: BatchWords) -> list[PlannedObject]:
    check_order(draft)
    return [
        PlannedObject(
            draft,
            index,
            org.describe_of(mapping.sobject_name),
            labels=words.labels,
            complete_keys=words.complete_keys,
            values_of=org.values_of,
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


def _match(
    planned: PlannedObject,
    sources: Sequence[SourceRecord],
    earlier: Sequence[Earlier],
    org: BatchOrg,
    begin: Callable[[Phase, int], None],
) -> dict[int, Matched]:
    """Return, by the inquiry's place in the batch, what makes a record of this object."""
    begin(Phase.CHECK, len(sources))
    applied: dict[int, AppliedRecord] = {}
    for step in _steps(len(sources)):
        org.check_stopped()
        for place in step:
            record = planned.apply(sources[place], earlier[place])
            if record is not None:
                applied[place] = record
        unfit = sum(applied[place].is_blocked for place in step if place in applied)
        org.teller.step(step.stop, unfit=unfit)
    org.check_stopped()
    records = list(applied.values())
    begin(Phase.MATCH, 0)
    planned.look_for_references(records, org.describe_of, org.ask)
    matches = planned.match_all(records, org.ask)
    return {
        place: Matched(sources[place], record, match)
        for (place, record), match in zip(applied.items(), matches, strict=True)
    }


def _steps(count: int) -> Iterator[range]:
    for start in range(0, count, ROWS_PER_STEP):
        yield range(start, min(start + ROWS_PER_STEP, count))
