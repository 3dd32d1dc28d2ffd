"""How much more a preview computes of an inquiry than reading it as JSON and writing it again.

`python -m bench.floor` prints the figure. No org, no store: only what the console's processor does.
"""

import json
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from time import process_time

from bench.mix import MIX, held_records, mixed_describe, mixed_inquiries, mixed_mapping
from bench.report import Figure, median, spread
from core.mapping.apply import AppliedRecord
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.matching.keys import Ask
from core.preview.matching.matches import Match
from core.preview.planning.objects import Applied, PlannedObject
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery

RECORDS = 5_000
_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spent:
    """Seconds."""

    apply: float
    match: float
    compare: float


def measure_floor() -> list[Figure]:
    """Both in turn, so that a slow moment of the machine meets both; the first round warms up."""
    inquiries = mixed_inquiries(RECORDS)
    texts = [json.dumps(dict(each.values), ensure_ascii=False) for each in inquiries]
    ask = holding(list(held_records(RECORDS)))
    rounds = [(_serialise(texts), _compute(inquiries, ask)) for _ in range(_ROUNDS + 1)][1:]
    ratios = [(spent.apply + spent.compare) / floor for floor, spent in rounds]
    return [
        Figure(
            "preview_floor_ratio",
            median(ratios),
            "x",
            f"apply, check and compare {RECORDS} inquiries x 30 fields ({MIX}; all reasons) "
            f"against json.loads and json.dumps of them; in ms for 1,000: "
            f"json {_each(floor for floor, _ in rounds)}, "
            f"apply {_each(spent.apply for _, spent in rounds)}, "
            f"match {_each(spent.match for _, spent in rounds)}, "
            f"compare {_each(spent.compare for _, spent in rounds)}; {spread(ratios)}",
        )
    ]


def holding(records: Sequence[Record]) -> Ask:
    """Return an org that answers from these records by the first field of each question."""
    by_field: dict[str, dict[object, list[Record]]] = {}

    def ask(queries: Sequence[str | InQuery]) -> list[list[Record]]:
        answers = []
        for query in queries:
            assert isinstance(query, InQuery)
            if query.field_name not in by_field:
                index = by_field.setdefault(query.field_name, {})
                for record in records:
                    index.setdefault(record.get(query.field_name), []).append(record)
            index = by_field[query.field_name]
            answers.append([found for value in query.values for found in index.get(value, ())])
        return answers

    return ask


def _serialise(texts: Sequence[str]) -> float:
    started = process_time()
    for text in texts:
        json.dumps(json.loads(text))
    return process_time() - started


class _Timed:
    """A function that adds up how long it takes."""

    def __init__(self, function: Callable[[AppliedRecord], Match]) -> None:
        self.seconds = 0.0
        self._function = function

    def __call__(self, applied: AppliedRecord) -> Match:
        started = process_time()
        found = self._function(applied)
        self.seconds += process_time() - started
        return found


def _compute(inquiries: Sequence[SourceRecord], ask: Ask) -> _Spent:
    """One whole planning, as a preview does it, without giving anything to the store."""
    draft = MappingDraft(objects=(mixed_mapping(),))
    planned = PlannedObject(draft, 0, mixed_describe(), labels={}, complete_keys=())
    started = process_time()
    applied = [planned.apply(each, {}) for each in inquiries]
    after_apply = process_time()
    found = {
        source.row_number: Applied(source, record)
        for source, record in zip(inquiries, applied, strict=True)
        if record is not None
    }
    planned.look_for(found, ask)
    after_match = process_time()
    matching = _Timed(planned.matcher.match)
    planned.matcher.match = matching  # each is matched on what those before it would write
    for each in found.values():
        planned.plan(each, {})
    return _Spent(
        apply=after_apply - started,
        match=after_match - after_apply + matching.seconds,
        compare=process_time() - after_match - matching.seconds,
    )


def _each(seconds: Iterable[float]) -> str:
    return f"{statistics.median(seconds) * 1_000 / (RECORDS / 1_000):.0f}"


if __name__ == "__main__":
    figures = [asdict(each) for each in measure_floor()]
    sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
