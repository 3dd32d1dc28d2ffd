"""A value that the org allows on one record only is never sent to a second one."""

from collections.abc import Sequence

from core.errors import WhoActs
from core.mapping.model import SourceRecord
from core.preview.holds import HoldKind
from core.preview.plan import Outcome, RecordPlan
from core.salesforce.composite import Record
from tests.preview import org
from tests.preview.org import Answers, make_draft, make_record, make_source

AVA, MEI = "00Q000000000001AAA", "00Q000000000002AAA"
DRAFT = make_draft(("Email",))


def plan_all(sources: Sequence[SourceRecord], *records: Record) -> list[RecordPlan]:
    return org.plan_all(DRAFT, sources, Answers(*records), complete_keys=())


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


def test_id_that_an_earlier_row_writes_is_not_given_to_another_record() -> None:
    first = make_source(1, LastName="Lopez", Email="ava@example.edu", Halda_ID__c="h1")
    second = make_source(2, LastName="Lopez", Email="ava@home.example", Halda_ID__c="h1")

    plans = plan_all([first, second], make_record(MEI, Email="ava@home.example"))

    assert [plan.outcome for plan in plans] == [Outcome.CREATE, Outcome.HELD]
    assert (plans[1].hold_kind, plans[1].who_acts) == (HoldKind.VALUE_TAKEN, WhoActs.OPERATOR)
    assert "row 1" in plans[1].reason
