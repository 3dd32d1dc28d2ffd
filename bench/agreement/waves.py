"""Plans in the order in which a push would write them: what builds on a row comes after it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bench.agreement.org import Answer
from bench.agreement.writing import PlanKey
from core.preview.plan import RecordPlan
from core.preview.references import referred_object, referred_row


def in_waves(plans: Sequence[RecordPlan]) -> Iterator[list[RecordPlan]]:
    """Yield whole inquiries: first those that build on no other, then those that build on them."""
    by_row: dict[int, list[RecordPlan]] = {}
    for plan in plans:
        by_row.setdefault(plan.row_number, []).append(plan)
    known: dict[int, int] = {}
    waves: dict[int, list[RecordPlan]] = {}
    for row_number, own in by_row.items():
        waves.setdefault(_wave(row_number, by_row, known), []).extend(own)
    for wave in sorted(waves):
        yield waves[wave]


def _wave(
    row_number: int, by_row: Mapping[int, Sequence[RecordPlan]], known: dict[int, int]
) -> int:
    if row_number not in known:
        before = {row for plan in by_row[row_number] for row in _rows_before(plan)}
        known[row_number] = max((_wave(row, by_row, known) + 1 for row in before), default=0)
    return known[row_number]


def _rows_before(plan: RecordPlan) -> set[int]:
    referred = {referred_row(value) for value in plan.payload.values()}
    return {plan.after_row, plan.made_by_row, *referred} - {0}


def resolve(plan: RecordPlan, answers: Mapping[PlanKey, Answer]) -> RecordPlan | None:
    """Return the plan with the ids of records that earlier rows made.

    None where one is missing, or where the org refused the row on which the plan builds.
    """
    before = answers.get((plan.after_row, plan.object_id))
    if before is not None and not before.is_taken:
        return None
    payload = {name: _id_for(value, answers) for name, value in plan.payload.items()}
    matched_id = plan.matched_id
    if plan.made_by_row:
        matched_id = _made((plan.made_by_row, plan.object_id), answers)
    if "" in payload.values() or (plan.made_by_row and not matched_id):
        return None
    return replace(plan, matched_id=matched_id, payload=payload)


def _id_for(value: object, answers: Mapping[PlanKey, Answer]) -> object:
    row_number = referred_row(value) if isinstance(value, str) else 0
    return _made((row_number, referred_object(value)), answers) if row_number else value


def _made(key: PlanKey, answers: Mapping[PlanKey, Answer]) -> str:
    return answers[key].record_id if key in answers else ""
