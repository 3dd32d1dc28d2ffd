from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import WhoActs
from core.mapping.describe import SobjectDescribe
from core.mapping.model import ObjectMapping, SourceRecord
from core.preview.holds import HoldKind
from core.preview.plan import Outcome, RecordPlan, person_of, plan_hash
from core.preview.planning.planner import COMPLETE_KEYS
from core.salesforce.composite import Record
from tests.preview import org
from tests.preview.org import LEAD, Answers, make_draft, make_record, make_source

DRAFT = make_draft(("Halda_ID__c",), ("Email",))
AVA = {
    "FirstName": "Ava",
    "LastName": "Lopez",
    "Email": "ava@example.edu",
    "Phone": "+1 801 555 0100",
    "Halda_ID__c": "h1",
}


def plan_all(
    *sources: SourceRecord,
    records: tuple[Record, ...] = (),
    draft: ObjectMapping = DRAFT,
    describe: SobjectDescribe = LEAD,
) -> list[RecordPlan]:
    return org.plan_all(draft, sources, Answers(*records), describe=describe)


def test_unknown_person_is_created_with_all_values() -> None:
    (plan,) = plan_all(make_source(**AVA))

    assert (plan.outcome, plan.payload) == (Outcome.CREATE, AVA)


def test_known_person_gets_only_what_differs() -> None:
    record = make_record("00Q1", **{**AVA, "Phone": "old", "SystemModstamp": "2026-01-01"})

    (plan,) = plan_all(make_source(**AVA), records=(record,))

    assert (plan.outcome, plan.matched_id, plan.payload) == (
        Outcome.UPDATE,
        "00Q1",
        {"Phone": AVA["Phone"]},
    )
    assert plan.system_modstamp == "2026-01-01"


def test_same_values_leave_the_record_alone() -> None:
    (plan,) = plan_all(make_source(**AVA), records=(make_record("00Q1", **AVA),))

    assert (plan.outcome, plan.payload) == (Outcome.UNCHANGED, {})


def test_blocked_value_holds_the_whole_record_and_names_the_field() -> None:
    (plan,) = plan_all(make_source(**{**AVA, "Email": "no at sign"}))

    assert (plan.outcome, plan.hold_kind, plan.payload) == (
        Outcome.HELD,
        HoldKind.BLOCKED_VALUE,
        {},
    )
    assert plan.reason.startswith("Email: ")
    assert not any(cell.will_send for cell in plan.cells)


def test_missing_required_field_holds_a_create_but_not_an_update() -> None:
    nameless = {**AVA, "LastName": ""}
    draft = make_draft(
        ("Halda_ID__c",), sources={"Halda_ID__c": "lead.lead_profile_uid", "Phone": "lead.phone"}
    )

    (created,) = plan_all(make_source(**AVA), draft=draft)
    (updated,) = plan_all(
        make_source(**AVA), draft=draft, records=(make_record("00Q1", **nameless, Phone2=""),)
    )

    assert (created.hold_kind, updated.hold_kind) == (HoldKind.MISSING_REQUIRED, None)
    assert "LastName" in created.reason


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"lead.phone": ""}, True),
        ({"lead.first_name": ""}, False),
        ({"submission.status": "partial"}, True),
        ({"lead.phone": "", "submission.status": "complete"}, False),
    ],
    ids=["no phone", "one name", "said to be partial", "said to be complete"],
)
def test_partial_submission_waits_for_details(changes: dict[str, str], held: bool) -> None:
    values = {**make_source(**AVA).values, **changes}

    (plan,) = plan_all(SourceRecord(row_number=1, values=values))

    assert (plan.hold_kind is HoldKind.WAITING_FOR_DETAILS) is held
    assert plan.who_acts is (WhoActs.NOBODY if held else None)


def test_row_after_a_held_one_does_not_wait_for_it() -> None:
    held, second = plan_all(make_source(1, **{**AVA, "Phone": ""}), make_source(2, **AVA))

    assert (held.outcome, second.outcome) == (Outcome.HELD, Outcome.CREATE)


def test_row_after_an_unchanged_one_acts() -> None:
    record = make_record("00Q1", **AVA)

    first, second = plan_all(
        make_source(1, **AVA), make_source(2, **{**AVA, "Phone": "+1 2"}), records=(record,)
    )

    assert (first.outcome, second.outcome) == (Outcome.UNCHANGED, Outcome.UPDATE)


def test_siblings_with_one_address_and_ids_of_their_own_are_both_updated() -> None:
    records = (
        make_record("00Q1", **{**AVA, "Phone": "old"}),
        make_record("00Q2", **{**AVA, "Halda_ID__c": "h2", "Phone": "old"}),
    )

    plans = plan_all(
        make_source(1, **AVA), make_source(2, **{**AVA, "Halda_ID__c": "h2"}), records=records
    )

    assert [plan.matched_id for plan in plans] == ["00Q1", "00Q2"]
    assert {plan.outcome for plan in plans} == {Outcome.UPDATE}


def test_object_closed_to_creates_holds_them_for_the_admin() -> None:
    (plan,) = plan_all(make_source(**AVA), describe=replace(LEAD, createable=False))

    assert (plan.hold_kind, plan.who_acts) == (
        HoldKind.NOT_PERMITTED,
        WhoActs.UNIVERSITY_ADMIN,
    )


def test_person_without_a_name_goes_by_address_then_row() -> None:
    assert person_of(make_source(3, Email="a@example.edu")) == "a@example.edu"
    assert person_of(make_source(3)) == "Row 3"


def test_hash_is_repeatable_and_minds_every_value() -> None:
    plans = plan_all(make_source(**AVA))
    other = plan_all(make_source(**{**AVA, "Phone": "+1 801 555 0199"}))
    hashes = [
        plan_hash(each, mapping_hash="m", describe_hash="d") for each in (plans, plans, other)
    ]

    assert hashes[0] == hashes[1] != hashes[2]


VALUES = st.dictionaries(
    st.sampled_from(["FirstName", "LastName", "Email", "Phone", "Halda_ID__c", "Code__c"]),
    st.sampled_from(["", "h1", "h2", "a@example.edu", "b@example.edu", "Ünï"]),
)


@given(st.lists(VALUES, max_size=8))
def test_every_row_gets_exactly_one_outcome(rows: list[dict[str, str]]) -> None:
    sources = [make_source(number, **values) for number, values in enumerate(rows, start=1)]

    plans = plan_all(*sources, records=(make_record("00Q1", **AVA),))

    assert sum(Counter(plan.outcome for plan in plans).values()) == len(rows)
    assert all(not plan.payload for plan in plans if plan.outcome is Outcome.HELD)
    updates = [plan for plan in plans if plan.outcome is Outcome.UPDATE]
    assert all(bool(plan.matched_id) is not bool(plan.made_by_row) for plan in updates)
    assert all(plan.after_row < plan.row_number for plan in plans)


def test_complete_means_the_four_details_that_webhooks_carry() -> None:
    assert COMPLETE_KEYS == ("lead.first_name", "lead.last_name", "lead.email", "lead.phone")
