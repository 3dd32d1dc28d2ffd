"""A picklist value goes only to records whose record type opens it."""

from dataclasses import replace

from core.mapping.apply import PreparedMapping
from core.mapping.describe import PicklistValue, RecordType
from core.mapping.problems import ProblemKind
from core.mapping.record_types import RecordTypeValues
from core.preview.holds import HoldKind
from core.preview.matching.matches import Match
from core.preview.plan import Outcome, RecordPlan
from core.preview.planning.planner import Planner
from tests.preview.org import LEAD, make_draft, make_field, make_record, make_source

UNDERGRADUATE, GRADUATE = "012000000000001AAA", "012000000000002AAA"
AVA = "00Q000000000001AAA"
OPEN: dict[str, RecordTypeValues] = {
    UNDERGRADUATE: {"Code__c": frozenset({"Art", "Business"})},
    GRADUATE: {"Code__c": frozenset({"Business"})},
}
DESCRIBE = replace(
    LEAD,
    fields=(
        *(each for each in LEAD.fields if each.name != "Code__c"),
        make_field("RecordTypeId", type="reference", reference_to=("RecordType",)),
        make_field(
            "Code__c",
            type="picklist",
            restricted_picklist=True,
            picklist_values=(PicklistValue("Art", "Art"), PicklistValue("Business", "Business")),
        ),
    ),
    record_types=(
        RecordType(
            record_type_id=UNDERGRADUATE,
            name="Undergraduate",
            developer_name="Undergraduate",
            is_default=True,
        ),
        RecordType(record_type_id=GRADUATE, name="Graduate", developer_name="Graduate"),
    ),
)


def plan_art(record_type: str = "", match: Match | None = None) -> RecordPlan:
    """Plan an inquiry that sends Art, which graduates' leads do not take."""
    draft = replace(make_draft(("Email",)), record_type=record_type)
    source = make_source(LastName="Lopez", Email="ava@example.edu", Code__c="Art")
    applied = PreparedMapping(draft, DESCRIBE).apply(source)
    planner = Planner(
        draft, DESCRIBE, complete_keys=(), values_of=lambda _name, type_id: OPEN.get(type_id)
    )
    return planner.plan(source, applied, match or Match())


def held_as(record_type_id: str) -> Match:
    return Match(record=make_record(AVA, LastName="Lopez", RecordTypeId=record_type_id))


def test_new_record_takes_what_its_record_type_opens() -> None:
    assert plan_art().outcome is Outcome.CREATE
    assert plan_art("Undergraduate").outcome is Outcome.CREATE


def test_new_record_of_a_record_type_without_the_value_is_held() -> None:
    plan = plan_art("Graduate")

    assert (plan.outcome, plan.hold_kind) == (Outcome.HELD, HoldKind.BLOCKED_VALUE)
    assert [problem.kind for problem in plan.problems] == [ProblemKind.CLOSED_VALUE]
    assert "Graduate" in plan.reason


def test_record_found_counts_with_its_own_record_type() -> None:
    assert plan_art("Graduate", held_as(UNDERGRADUATE)).outcome is Outcome.UPDATE
    assert plan_art("Undergraduate", held_as(GRADUATE)).hold_kind is HoldKind.BLOCKED_VALUE


def test_value_that_the_record_holds_already_is_not_judged_again() -> None:
    record = make_record(
        AVA, LastName="Lopez", Email="ava@example.edu", Code__c="Art", RecordTypeId=GRADUATE
    )

    assert plan_art("Graduate", Match(record=record)).outcome is Outcome.UNCHANGED
