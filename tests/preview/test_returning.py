"""Several inquiries about one person: one record, one after the other, in the right order."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.model import MappingDraft, Newer, SourceRecord, WriteRule
from core.preview.holds import HoldKind
from core.preview.matching.returning import Returning
from core.preview.plan import Outcome, RecordPlan, plan_hash
from tests.preview import college
from tests.preview.college import AVA, FakeOrg, ava, by_object, field_row
from tests.preview.org import (
    LEAD,
    Answers,
    make_draft,
    make_field,
    make_record,
    make_source,
    plan_all,
)

DRAFT = make_draft(("Halda_ID__c",), ("Email",))
PERSON = {
    "FirstName": "Ava",
    "LastName": "Lopez",
    "Email": "ava@example.edu",
    "Phone": "+1 801 555 0100",
    "Halda_ID__c": "h1",
}


def plan(*sources: SourceRecord, records: tuple[object, ...] = ()) -> list[RecordPlan]:
    return plan_all(DRAFT, sources, Answers(*records))  # type: ignore[arg-type]  # records of the org


def inquire(row_number: int, **changes: str) -> SourceRecord:
    return make_source(row_number, **{**PERSON, **changes})


def test_second_inquiry_of_a_new_person_updates_the_record_that_the_first_makes() -> None:
    first, second = plan(inquire(3), inquire(5, Phone="+1 2"))

    assert (first.outcome, second.outcome) == (Outcome.CREATE, Outcome.UPDATE)
    assert (second.matched_id, second.made_by_row, second.after_row) == ("", 3, 3)
    assert dict(second.payload) == {"Phone": "+1 2"}
    assert second.reason == "Same person as row 3: applied after it."


def test_second_inquiry_is_held_against_what_the_first_leaves() -> None:
    record = make_record("00Q1", **{**PERSON, "Phone": "old", "SystemModstamp": "2026-01-01"})

    first, second = plan(inquire(1), inquire(2, Phone="+1 2"), records=(record,))

    (before,) = [cell.current for cell in second.cells if cell.field_name == "Phone"]
    assert (first.matched_id, second.matched_id) == ("00Q1", "00Q1")
    assert (before, second.payload) == (PERSON["Phone"], {"Phone": "+1 2"})
    assert (second.after_row, second.made_by_row) == (1, 0)


def test_same_inquiry_twice_sends_nothing_the_second_time() -> None:
    _, second = plan(inquire(1), inquire(2))

    assert (second.outcome, second.payload) == (Outcome.UNCHANGED, {})
    assert second.reason.startswith("Same person as row 1: after it")


def test_third_inquiry_goes_after_the_second_on_the_record_of_the_first() -> None:
    _, _, third = plan(inquire(1), inquire(2, Phone="+1 2"), inquire(3, Phone="+1 3"))

    (before,) = [cell.current for cell in third.cells if cell.field_name == "Phone"]
    assert (third.made_by_row, third.after_row, before) == (1, 2, "+1 2")


def test_person_is_known_again_by_another_key() -> None:
    record = make_record("00Q1", **{**PERSON, "Phone": "old"})

    _, second = plan(inquire(1), inquire(2, Halda_ID__c="", Phone="+1 2"), records=(record,))

    assert (second.matched_id, second.matched_by, second.after_row) == ("00Q1", "Email", 1)


def test_record_is_no_longer_found_by_the_address_that_an_earlier_row_replaced() -> None:
    record = make_record("00Q1", **{**PERSON, "Email": "old@example.edu"})
    stranger = {"LastName": "Li", "FirstName": "Mei", "Phone": "+1 9", "Halda_ID__c": ""}

    _, second = plan(inquire(1), inquire(2, Email="old@example.edu", **stranger), records=(record,))

    assert (second.outcome, second.after_row) == (Outcome.CREATE, 0)


def test_sibling_at_the_same_address_is_not_taken_for_the_new_person() -> None:
    _, sibling = plan(inquire(1), inquire(2, FirstName="Ben", Halda_ID__c="h2"))

    assert sibling.hold_kind is HoldKind.DIFFERENT_ID
    assert "the new record of row 1" in sibling.reason


def test_name_with_other_accents_is_not_made_a_second_time() -> None:
    by_name = make_draft(("LastName",))

    _, second = plan_all(by_name, [inquire(1), inquire(2, LastName="López")], Answers())

    assert second.hold_kind is HoldKind.SEVERAL_MATCHES
    assert [(each.record_id, each.note) for each in second.candidates] == [("", "new, by row 1")]


def test_row_of_a_held_inquiry_is_not_built_on() -> None:
    held, second = plan(inquire(1, Phone=""), inquire(2))

    assert (held.outcome, second.outcome, second.after_row) == (
        Outcome.HELD,
        Outcome.CREATE,
        0,
    )


def test_plan_hash_covers_what_is_applied_after_what() -> None:
    first, second = plan(inquire(3), inquire(5, Phone="+1 2"))
    _, other = plan(inquire(4), inquire(5, Phone="+1 2"))

    hashes = {
        plan_hash([first, each], mapping_hash="m", describe_hash="d") for each in (second, other)
    }
    assert len(hashes) == 2


def test_inquiries_of_one_person_go_in_the_order_of_their_submission() -> None:
    late = college.source(1, lead__phone="+1 2", submission__submitted_at="2026-02-01T00:00:00Z")
    early = college.source(2, lead__phone="+1 1", submission__submitted_at="2026-01-01T00:00:00Z")

    plans = college.plan(MappingDraft(objects=(college.person(),)), [late, early], FakeOrg())

    assert [(each.row_number, each.outcome.value) for each in plans] == [
        (1, "update"),
        (2, "create"),
    ]
    assert plans[0].reason == "Same person as row 2: applied after it."


@pytest.mark.parametrize("moment", ["", "yesterday", "2026-01-01T00:00:00"])
def test_row_that_does_not_tell_its_time_goes_with_the_one_before_it(moment: str) -> None:
    late = college.source(1, submission__submitted_at="2026-02-01T00:00:00Z")
    other = college.source(2, submission__submitted_at=moment)

    plans = college.plan(MappingDraft(objects=(college.person(),)), [late, other], FakeOrg())

    assert [each.outcome.value for each in plans] == ["create", "unchanged"]


def test_later_inquiry_is_newer_than_what_the_load_itself_writes() -> None:
    goals = replace(
        field_row("Description", "answer.goals"),
        write_rule=WriteRule.ONLY_IF_NEWER,
        newer=Newer(),
    )
    draft = MappingDraft(objects=(college.person(goals),))
    sources = [
        college.source(
            number, answer__goals=goal, submission__submitted_at=f"2026-0{number}-01T00:00:00Z"
        )
        for number, goal in ((1, "Teach"), (2, "Nurse"))
    ]

    plans = college.plan(draft, sources, FakeOrg())

    assert dict(plans[1].payload) == {"Description": "Nurse"}


def test_child_of_a_returning_new_person_points_at_the_record_of_the_first_row() -> None:
    second = college.source(2, interest__program="Médecine")

    plans = college.plan(college.college(), [college.source(), second], FakeOrg())

    own = by_object(plans, 2)
    assert own["person"].outcome is Outcome.UNCHANGED
    assert own["inquiry"].outcome is Outcome.CREATE
    assert own["inquiry"].payload["Contact__c"] == "@{row1.person.id}"


def staged() -> MappingDraft:
    """A child for each person and program, which every submission brings up to date."""
    kept = [row for row in college.inquiry().rows if row.field_name in ("Contact__c", "Program__c")]
    child = replace(college.inquiry(), rows=(*kept, field_row("Stage__c", "answer.stage")))
    return college.college(child)


@pytest.mark.parametrize("known", [True, False], ids=["known person", "new person"])
def test_second_submission_for_the_same_program_updates_the_new_child(known: bool) -> None:
    sources = [college.source(1, answer__stage="New"), college.source(2, answer__stage="Warm")]

    plans = college.plan(staged(), sources, FakeOrg(Contact=[ava()] if known else []))

    first, second = by_object(plans, 1)["inquiry"], by_object(plans, 2)["inquiry"]
    assert first.payload["Contact__c"] == (AVA if known else "@{person.id}")
    assert (second.outcome, second.made_by_row) == (Outcome.UPDATE, 1)
    assert dict(second.payload) == {"Stage__c": "Warm"}
    assert second.reason == "Same record as row 1: applied after it."


def test_field_that_the_org_fills_in_by_itself_waits_for_the_org() -> None:
    fields = (*LEAD.fields, make_field("Code__c", defaulted_on_create=True))
    describe = replace(LEAD, fields=tuple({each.name: each for each in fields}.values()))

    _, second = plan_all(
        DRAFT, [inquire(1), inquire(2, Code__c="A1")], Answers(), describe=describe
    )

    assert second.hold_kind is HoldKind.WAITS_FOR_ROW
    assert "row 1" in second.reason


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "Halda_ID__c": st.sampled_from(["", "h1", "h2"]),
            "Email": st.sampled_from(["a@example.edu", "b@example.edu"]),
            "Phone": st.sampled_from(["+1 1", "+1 2"]),
        }
    ),
    max_size=6,
)


@given(ROWS)
def test_planning_twice_in_one_load_is_planning_again_after_the_first_was_written(
    rows: list[dict[str, str]],
) -> None:
    sources = [inquire(number, **values) for number, values in enumerate(rows, start=1)]
    records: dict[str, dict[str, object]] = {}

    together = plan(*sources)

    for source, planned in zip(sources, together, strict=True):
        (alone,) = plan(source, records=tuple(records.values()))
        assert (alone.outcome, alone.payload, alone.hold_kind) == (
            planned.outcome,
            planned.payload,
            planned.hold_kind,
        )
        if alone.outcome is Outcome.CREATE:
            new_id = f"00Q{source.row_number}"
            records[new_id] = make_record(new_id, **alone.payload)
        elif alone.outcome is Outcome.UPDATE:
            records[alone.matched_id] |= alone.payload


def test_each_inquiry_has_its_turn_once() -> None:
    returning = Returning({1: ["a"], 2: ["b"], 3: ["a"], 4: ["c", "a"]})

    turns = [row for number in range(1, 5) for row in returning.due(number)]

    assert turns == [1, 2, 3, 4]


def test_reason_names_the_record_that_an_earlier_row_makes_in_words() -> None:
    sources = [college.source(1, answer__stage="New"), college.source(2, answer__stage="Warm")]

    plans = college.plan(staged(), sources, FakeOrg())

    child = by_object(plans, 2)["inquiry"]
    (parent,) = [cell for cell in child.cells if cell.field_name == "Contact__c"]
    assert parent.reason == "unchanged: Salesforce has (id of the new person of row 1)"
