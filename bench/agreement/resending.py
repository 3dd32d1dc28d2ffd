"""Sends what a preview left out as needless or not allowed, to see that the org thinks the same."""

from collections.abc import Iterator, Mapping

from bench.agreement.forcing import CLOSED, Forced, Try, judge_try
from bench.agreement.judging import Judged, Verdict
from bench.agreement.sameness import is_like
from core.mapping.decide import Action
from core.mapping.describe import SobjectDescribe
from core.mapping.model import JsonValue, WriteRule
from core.preview.plan import Outcome, RecordPlan


def send_closed(forced: Forced) -> Iterator[Judged]:
    """Send what was left out because the field takes no change; the org must refuse it."""
    for mapping in forced.drawn.draft.objects:
        describe = forced.org.describe_of(mapping.sobject_name)
        tries = [
            Try(
                plan=plan,
                body={"Id": plan.matched_id, cell.field_name: cell.value},
                codes=CLOSED,
                field_name=cell.field_name,
                predicted="cannot be changed",
                record_id=plan.matched_id,
            )
            for plan in forced.plans
            if plan.object_id == mapping.object_id
            and plan.outcome in (Outcome.UPDATE, Outcome.UNCHANGED)
            for cell in plan.cells
            if cell.action is Action.KEEP and cell.value is not None
            if (target := describe.field(cell.field_name)) and not target.updateable
        ]
        answers = forced.org.update(mapping.sobject_name, [each.body for each in tries])
        for each, answer in zip(tries, answers, strict=True):
            yield judge_try(each, answer)


def resend_same(forced: Forced) -> Iterator[Judged]:
    """Send what was taken to be there already; the records must stay as they are."""
    for mapping in forced.drawn.draft.objects:
        rules = {row.row_id: row.write_rule for row in mapping.rows}
        same = [
            (plan, body)
            for plan in forced.plans
            if plan.object_id == mapping.object_id and plan.outcome is Outcome.UNCHANGED
            if plan.matched_id not in forced.written.changed_ids
            if (body := _same_values(plan, rules))
        ]
        if not same:
            continue
        bodies = [{"Id": plan.matched_id, **body} for plan, body in same]
        answers = forced.org.update(mapping.sobject_name, bodies)
        describe = forced.org.describe_of(mapping.sobject_name)
        names = {name for _, body in same for name in body}
        ids = [plan.matched_id for plan, _ in same]
        now = forced.org.read(mapping.sobject_name, ids, names)
        for (plan, body), answer in zip(same, answers, strict=True):
            if not answer.is_taken:
                continue  # a rule of the org's own, older than the record
            before = forced.written.after[plan.matched_id]
            yield from _moved(plan, body, before, now[plan.matched_id], describe)


def _same_values(plan: RecordPlan, rules: Mapping[str, WriteRule]) -> dict[str, JsonValue]:
    return {
        cell.field_name: cell.value
        for cell in plan.cells
        if cell.action is Action.SAME
        and cell.value is not None
        and rules.get(cell.row_id) is not WriteRule.APPEND
    }


def _moved(
    plan: RecordPlan,
    body: Mapping[str, JsonValue],
    before: Mapping[str, JsonValue],
    now: Mapping[str, JsonValue],
    describe: SobjectDescribe,
) -> Iterator[Judged]:
    for name, sent in body.items():
        target = describe.field(name)
        if target is None or not target.updateable or is_like(before[name], now[name], target):
            continue
        yield Judged(
            verdict=Verdict.DISAGREES,
            row_number=plan.row_number,
            object_id=plan.object_id,
            field_name=name,
            predicted=f"unchanged: {before[name]!r}, the same as {sent!r}",
            happened=f"{now[name]!r} after sending it",
        )
