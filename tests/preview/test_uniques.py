"""A value that the org allows on one record only is never sent to a second one."""

from collections.abc import Sequence

from core.mapping.model import SourceRecord
from core.preview.holds import HoldKind
from core.preview.match import Matcher
from core.preview.plan import Outcome, RecordPlan
from core.preview.planner import Planner
from core.salesforce.composite import Record
from tests.preview.org import (
    LEAD,
    Answers,
    apply_all,
    make_draft,
    make_record,
    make_source,
)

AVA, MEI = "00Q000000000001AAA", "00Q000000000002AAA"
DRAFT = make_draft(("Email",))


def plan_all(sources: Sequence[SourceRecord], *records: Record) -> list[RecordPlan]:
    applied = apply_all(DRAFT, sources)
    matches = Matcher(DRAFT, LEAD).match_all(applied, Answers(*records))
    planner = Planner(DRAFT, LEAD, complete_keys=())
    return [
        planner.plan(source, each, match)
        for source, each, match in zip(sources, applied, matches, strict=True)
    ]


def test_new_record_with_an_id_that_another_record_holds_is_held() -> None:
    ava = make_source(LastName="Lopez", Email="ava@example.edu", Halda_ID__c="h1")

    (plan,) = plan_all([ava], make_record(MEI, Email="mei@example.edu", Halda_ID__c="H1"))

    assert (plan.outcome, plan.hold_kind) == (Outcome.HELD, HoldKind.VALUE_TAKEN)
    assert "Halda_ID__c" in plan.reason
    assert "h1" not in plan.reason


def test_record_found_is_not_given_an_id_that_another_record_holds() -> None:
    ava = make_source(LastName="Lopez", Email="ava@example.edu", Halda_ID__c="h1")
    records = (
        make_record(AVA, LastName="Lopez", Email="ava@example.edu"),
        make_record(MEI, Email="mei@example.edu", Halda_ID__c="h1"),
    )

    (plan,) = plan_all([ava], *records)

    assert (plan.matched_id, plan.hold_kind) == (AVA, HoldKind.VALUE_TAKEN)


def test_record_that_holds_the_id_itself_is_updated() -> None:
    ava = make_source(LastName="Lopez", Email="ava@example.edu", Halda_ID__c="h1")

    (plan,) = plan_all([ava], make_record(AVA, Email="ava@example.edu", Halda_ID__c="h1"))

    assert plan.outcome is Outcome.UPDATE
    assert dict(plan.payload) == {"LastName": "Lopez"}


def test_second_inquiry_with_the_same_id_and_another_address_waits_for_the_first() -> None:
    first = make_source(1, LastName="Lopez", Email="ava@example.edu", Halda_ID__c="h1")
    second = make_source(2, LastName="Lopez", Email="ava@home.example", Halda_ID__c="h1")

    plans = plan_all([first, second])

    assert [plan.outcome for plan in plans] == [Outcome.CREATE, Outcome.HELD]
    assert plans[1].hold_kind is HoldKind.WAITS_FOR_ROW
