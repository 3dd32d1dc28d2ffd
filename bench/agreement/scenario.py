"""One scenario: an org state, a mapping and inquiries, previewed, written and judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from bench.agreement.drafts import draw_mapping
from bench.agreement.forcing import Forced, force_held
from bench.agreement.judging import Judged, judge_plan, unknown_for
from bench.agreement.org import OrgUnderTest, Record
from bench.agreement.people import (
    Person,
    State,
    draw_inquiries,
    draw_people,
    drawn_values,
    held_people,
)
from bench.agreement.resending import resend_same, send_closed
from bench.agreement.slots import DrawnMapping, NamesOf
from bench.agreement.universities import University
from bench.agreement.waves import in_waves, resolve
from bench.agreement.writing import ACTING, Written, key_of, write_plans
from core.errors import MappingProblem
from core.mapping.apply import effective_rows
from core.mapping.model import JsonValue, SourceRecord
from core.preview.plan import Outcome as PlanOutcome
from core.preview.plan import RecordPlan
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is drawn from one seed; the same again on every run."""

    seed: int
    number: int
    university: University
    row_count: int

    @property
    def mark(self) -> str:
        return f"s{self.number}"

    def random(self) -> Random:
        return Random(f"{self.seed}/{self.university.name}/{self.number}")  # noqa: S311  no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that was found out about one scenario."""

    scenario: Scenario
    drawn: DrawnMapping
    plans: Sequence[RecordPlan]
    judged: Sequence[Judged]


class Directory:
    """What lookups and plain ids can name in an org; asked once."""

    def __init__(self, org: OrgUnderTest) -> None:
        self._org = org
        self._found: dict[tuple[str, str], list[str]] = {}

    def names_of(self, sobject_name: str, by_field: str) -> list[str]:
        key = (sobject_name, by_field)
        if key not in self._found:
            names = dict.fromkeys(("Id", by_field))
            query = f"SELECT {', '.join(names)} FROM {sobject_name} LIMIT 8"  # noqa: S608  ours
            rows = self._org.ask([query])[0]
            self._found[key] = [str(row[by_field]) for row in rows if row.get(by_field)]
        return self._found[key]


def run_scenario(scenario: Scenario, org: OrgUnderTest, directory: Directory) -> Outcome:
    """Put people into the org, preview inquiries, write the plans, and judge each of them."""
    run = _Run(scenario, org, directory.names_of)
    return run.outcome()


def _left_out(wave: Sequence[RecordPlan], resolved: Sequence[RecordPlan]) -> Iterator[RecordPlan]:
    """The plans that build on a record which the org did not take."""
    kept = {key_of(plan) for plan in resolved}
    return (p for p in wave if key_of(p) not in kept and p.outcome in ACTING)


class _Run:
    def __init__(self, scenario: Scenario, org: OrgUnderTest, names_of: NamesOf) -> None:
        self._scenario, self._org, self._names_of = scenario, org, names_of
        self._random = scenario.random()
        self._drawn = draw_mapping(scenario.university, org.describe_of, names_of, self._random)

    def outcome(self) -> Outcome:
        count = max(self._scenario.row_count * 2 // 3, 2)
        operation = self._drawn.draft.person.operation
        people = draw_people(self._scenario.mark, count, operation, self._random)
        ids = self._fill_org(people)
        sources = draw_inquiries(
            [replace(each, record_id=ids.get(each.number, "")) for each in people],
            self._drawn,
            self._scenario.row_count,
            self._random,
        )
        plans = self._preview(sources)
        written, judged = Written(answers={}, before={}, after={}, changed_ids=frozenset()), []
        done: list[RecordPlan] = []
        for wave in in_waves(plans):
            resolved = [each for plan in wave if (each := resolve(plan, written.answers))]
            judged += [unknown_for(plan, written) for plan in _left_out(wave, resolved)]
            written = self._write(resolved, written)
            judged += [
                found
                for plan in resolved
                for found in judge_plan(plan, self._rows[plan.object_id], self._org, written)
            ]
            done += resolved
        forced = Forced(
            plans=done, sources=sources, drawn=self._drawn, org=self._org, written=written
        )
        judged += force_held(forced)
        judged += send_closed(forced)
        judged += resend_same(forced)
        return Outcome(scenario=self._scenario, drawn=self._drawn, plans=plans, judged=judged)

    @cached_property
    def _rows(self) -> dict[str, dict[str, object]]:
        return {
            each.object_id: {row.row_id: row for row in each.rows}
            for each in self._drawn.draft.objects
        }

    def _write(self, plans: Sequence[RecordPlan], earlier: Written) -> Written:
        """Write one wave; of records that earlier ones wrote, `before` is what those left."""
        before = self._read(plans, {})
        answers = write_plans(plans, self._drawn.draft, self._org, self._random)
        after = self._read(plans, answers)
        changed = {p.matched_id for p in plans if p.outcome is PlanOutcome.UPDATE}
        return Written(
            answers={**earlier.answers, **answers},
            before=before,
            after={**earlier.after, **after},
            changed_ids=earlier.changed_ids | changed,
        )

    def _preview(self, sources: Sequence[SourceRecord]) -> list[RecordPlan]:
        org = BatchOrg(
            describe_of=self._org.describe_of,
            ask=self._org.ask,
            values_of=self._org.values_of,
            duplicates_of=self._org.duplicates_of,
        )
        steps = plan_batch(self._drawn.draft, sources, org, BatchWords())
        try:
            return [plan for step in steps for plan in step]
        except MappingProblem as problem:
            raise RuntimeError(f"the drawn mapping cannot be planned: {problem}") from None

    def _fill_org(self, people: Sequence[Person]) -> dict[int, str]:
        """Put them in; return the id of each person's record by the person's number."""
        person = self._scenario.university.objects[0]
        held = list(held_people(people, person.names, self._drawn, self._random))
        bodies = [self._with_company(each.values) for each in held]
        for body, each in zip(bodies, held, strict=True):
            if each.person.state is State.CONVERTED and person.sobject_name == "Lead":
                body["IsConverted"] = True
        answers = self._org.create(person.sobject_name, bodies)
        pairs = [
            (each.person, answer.record_id)
            for each, answer in zip(held, answers, strict=True)
            if answer.is_taken
        ]
        self._fill_children([record_id for _, record_id in pairs])
        self._org.delete([i for who, i in pairs if who.state is State.DELETED])
        return {who.number: record_id for who, record_id in pairs}

    def _with_company(self, values: dict[str, JsonValue]) -> dict[str, JsonValue]:
        company = self._scenario.university.objects[0].company
        return {company: "Lopez, Ava", **values} if company else dict(values)

    def _fill_children(self, person_ids: Sequence[str]) -> None:
        for kind in self._scenario.university.objects[1:]:
            if kind.object_id not in self._drawn.slots:
                continue
            bodies = []
            for person_id in person_ids:
                if self._random.random() < 0.5:
                    continue
                values = drawn_values(self._drawn.slots[kind.object_id], self._random)
                values |= dict.fromkeys(kind.parents, person_id)
                for name, (target, _) in kind.lookups.items():
                    values[name] = self._random.choice(self._names_of(target, "Id"))
                bodies.append(values)
            self._org.create(kind.sobject_name, bodies)

    def _read(
        self, plans: Sequence[RecordPlan], answers: Mapping[tuple[int, str], object]
    ) -> dict[str, Record]:
        records: dict[str, Record] = {}
        for mapping in self._drawn.draft.objects:
            own = [plan for plan in plans if plan.object_id == mapping.object_id]
            ids = {plan.matched_id for plan in own if plan.matched_id}
            ids |= {
                answer.record_id
                for plan in own
                if (answer := answers.get((plan.row_number, plan.object_id))) and answer.record_id
            }
            describe = self._org.describe_of(mapping.sobject_name)
            rows = effective_rows(mapping)
            names = [found.name for row in rows if (found := describe.field(row.field_name))]
            records |= self._org.read(mapping.sobject_name, ids, names)
        return records
