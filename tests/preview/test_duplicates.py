"""What the org's exact duplicate rules would find again is said before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from core.errors import WhoActs
from core.mapping.model import ObjectMapping, Operation, SourceRecord
from core.mapping.problems import ProblemKind
from core.preview.exports.masking import masked_row
from core.preview.foreseen.duplicates import Duplicates
from core.preview.holds import HoldKind
from core.preview.matching.keys import find_keys
from core.preview.plan import Outcome, RecordPlan
from core.preview.planning.match import Matcher
from core.preview.planning.planner import Planner
from core.preview.reading.stored import to_columns, to_row_view
from core.salesforce.composite import Record
from core.salesforce.duplicate_rules import DuplicateAction, DuplicateRule
from core.store.tables import PlanRow
from tests.preview.org import LEAD, Answers, apply_all, make_draft, make_record, make_source

AVA, MEI = "00Q000000000001AAA", "00Q000000000002AAA"
BY_ID = make_draft(("Halda_ID__c",))
BLOCKS, ALERTS = DuplicateAction.BLOCKS, DuplicateAction.ALERTS
HELD = make_record(AVA, Name="Ava Lopez", LastName="Lopez", Email="ava@example.edu")


def rule(action: DuplicateAction = BLOCKS, *names: str) -> DuplicateRule:
    fields = names or ("Email", "LastName")
    return DuplicateRule(
        sobject_name="Lead", name="Same", label="Same person", on_create=action, on_update=action,
        matches=(fields,),
    )  # fmt: skip


@dataclass
class Org:
    """The records of an org and its rule; `asked` has the queries of the last planning."""

    records: Sequence[Record]
    rule: DuplicateRule = field(default_factory=rule)
    draft: ObjectMapping = BY_ID
    asked: list[str] = field(default_factory=list)

    def plan(self, *sources: SourceRecord) -> list[RecordPlan]:
        found = Duplicates([self.rule], self.draft, LEAD, find_keys(self.draft, LEAD))
        matcher = Matcher(
            self.draft,
            LEAD,
            beside=found.keys,
            may_hold=found.may_hold,
            also_read=found.field_names,
        )
        found.use(matcher.held_by)
        answers = Answers(*self.records)
        applied = apply_all(self.draft, sources)
        matcher.look_for(applied, answers)
        self.asked = answers.asked
        planner = Planner(
            self.draft, LEAD, complete_keys=(), written=matcher.written, duplicates=found
        )
        return [
            planner.plan(source, each, matcher.match(each))
            for source, each in zip(sources, applied, strict=True)
        ]


def ava(row_number: int = 1, **changes: str) -> SourceRecord:
    plain = {"LastName": "Lopez", "Email": "Ava@Example.edu", "Halda_ID__c": f"h{row_number}"}
    return make_source(row_number, **{**plain, **changes})


def warnings(plan: RecordPlan) -> list[str]:
    return [each.message for each in plan.problems if each.kind is ProblemKind.LIKELY_DUPLICATE]


def test_new_record_that_a_rule_refuses_is_held_with_the_likely_match_and_who_acts() -> None:
    (plan,) = Org([HELD]).plan(ava())

    assert (plan.outcome, plan.hold_kind) == (Outcome.HELD, HoldKind.DUPLICATE_RULE)
    assert plan.who_acts is WhoActs.UNIVERSITY_ADMIN
    assert "Same person would refuse it: another Lead has the same Email + LastName" in plan.reason
    [likely] = plan.candidates
    assert (likely.record_id, likely.name, likely.sobject_name) == (AVA, "Ava Lopez", "Lead")
    assert plan.payload == {}


def test_rule_that_asks_back_leaves_the_record_and_warns_with_the_likely_match() -> None:
    (plan,) = Org([HELD], rule(ALERTS)).plan(ava())

    [message] = warnings(plan)
    assert plan.outcome is Outcome.CREATE
    assert "stops such a record unless the push says to save it anyway" in message
    assert [each.record_id for each in plan.candidates] == [AVA]


def test_rule_whose_action_is_not_told_warns_of_both() -> None:
    (plan,) = Org([HELD], rule(DuplicateAction.UNKNOWN)).plan(ava())

    [message] = warnings(plan)
    assert "refuses such a record, or stops it" in message


@pytest.mark.parametrize(
    ("org", "source"),
    [
        pytest.param(Org([HELD], rule(DuplicateAction.SAVES)), ava(), id="only reports"),
        pytest.param(Org([HELD]), ava(LastName="Silva"), id="one field differs"),
        pytest.param(Org([{**HELD, "LastName": None}]), ava(), id="blank there"),
        pytest.param(Org([HELD], rule(BLOCKS, "Email", "Phone")), ava(), id="blank here"),
        pytest.param(Org([{**HELD, "IsConverted": True}]), ava(), id="converted"),
        pytest.param(Org([{**HELD, "IsDeleted": True}]), ava(), id="deleted"),
        pytest.param(Org([{**HELD, "LastName": "Nu\u0301n\u0303ez"}]), ava(LastName="Núñez"),
                     id="accents put together in another way"),
        pytest.param(Org([HELD], rule(BLOCKS, "Email", "Hidden__c")), ava(), id="hidden field"),
    ],
)  # fmt: skip
def test_nothing_is_said_of_a_record_that_the_rule_does_not_find(
    org: Org, source: SourceRecord
) -> None:
    (plan,) = org.plan(source)

    assert (plan.outcome, warnings(plan), plan.candidates) == (Outcome.CREATE, [], ())


def test_record_is_no_duplicate_of_itself() -> None:
    (plan,) = Org([{**HELD, "LastName": "LOPEZ", "Halda_ID__c": "h1"}]).plan(ava())

    assert (plan.outcome, dict(plan.payload)) == (Outcome.UPDATE, {"LastName": "Lopez"})


def test_update_that_makes_a_record_equal_to_another_is_held() -> None:
    own = make_record(MEI, LastName="Silva", Email="ava@example.edu", Halda_ID__c="h1")

    (plan,) = Org([HELD, own]).plan(ava())

    assert (plan.matched_id, plan.hold_kind) == (MEI, HoldKind.DUPLICATE_RULE)
    assert [each.record_id for each in plan.candidates] == [AVA]


def test_update_of_other_fields_wakes_no_rule() -> None:
    twin = {**HELD, "Id": MEI, "Halda_ID__c": "h1"}

    (plan,) = Org([HELD, twin]).plan(ava(FirstName="Ava"))

    assert plan.outcome is Outcome.UPDATE


def test_second_of_a_batch_is_held_where_the_rule_refuses_and_warned_of_where_it_asks() -> None:
    refused = Org([]).plan(ava(1), ava(2))
    asked = Org([], rule(ALERTS)).plan(ava(1), ava(2))

    assert [each.outcome for each in refused] == [Outcome.CREATE, Outcome.HELD]
    assert "the new Lead of row 1 has the same Email + LastName" in refused[1].reason
    assert [(each.record_id, each.name) for each in refused[1].candidates] == [("", "Row 1")]
    assert [each.outcome for each in asked] == [Outcome.CREATE, Outcome.CREATE]
    assert "likely the same as the new Lead of row 1" in warnings(asked[1])[0]


def test_match_key_within_the_rules_fields_costs_no_question_more() -> None:
    within = replace(make_draft(("Halda_ID__c",), ("LastName",)), operation=Operation.INSERT)
    org = Org([HELD], draft=within)
    org.plan(ava())
    without = Org([HELD])
    without.plan(ava())

    assert len(org.asked) == 2
    assert len(without.asked) == 2
    assert "WHERE Email IN" in without.asked[1]


def test_mapping_that_only_inserts_sees_what_is_there_already() -> None:
    (plan,) = Org([HELD], draft=make_draft(operation=Operation.INSERT)).plan(ava())

    assert plan.hold_kind is HoldKind.DUPLICATE_RULE


def test_rule_over_fields_that_the_mapping_does_not_fill_is_not_looked_for() -> None:
    draft = make_draft(("Email",), sources={"Email": "lead.email", "LastName": "lead.last_name"})
    org = Org([HELD], rule(BLOCKS, "Phone"), draft=draft)

    org.plan(ava())

    assert len(org.asked) == 1


@pytest.mark.parametrize("action", [BLOCKS, ALERTS])
def test_neither_reason_nor_warning_repeats_a_students_value(action: DuplicateAction) -> None:
    (plan,) = Org([HELD], rule(action)).plan(ava())

    told = " ".join([plan.reason, *(each.message for each in plan.problems)])
    assert "opez" not in told
    assert "example" not in told.lower()


def test_likely_match_is_masked_on_a_shared_screen() -> None:
    (plan,) = Org([HELD]).plan(ava())
    row = to_row_view(PlanRow(**to_columns("run", plan)))

    [shown] = masked_row(row).candidates

    assert (shown.record_id, shown.name) == (AVA, "A••••••")


def test_record_that_an_earlier_row_takes_the_values_from_is_found_no_more() -> None:
    own = {**HELD, "Halda_ID__c": "h1"}

    moved, new = Org([own]).plan(ava(1, Email="ava@home.example"), ava(2))

    assert [moved.outcome, new.outcome] == [Outcome.UPDATE, Outcome.CREATE]
