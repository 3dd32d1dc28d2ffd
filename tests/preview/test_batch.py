"""Several objects of one inquiry: parents first, children with the parent's id or a reference."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MappingProblem
from core.mapping.model import (
    FormOverride,
    MappingDraft,
    MatchKey,
    Newer,
    Operation,
    OverrideRow,
    SourceRecord,
    WriteRule,
)
from core.preview.holds import HoldKind
from core.preview.plan import Outcome, RecordPlan, plan_hash
from tests.preview.college import (
    AVA,
    MBA,
    MEI,
    FakeOrg,
    ava,
    by_object,
    college,
    field_row,
    inquiry,
    person,
    plan,
    source,
)
from tests.preview.mappings import constant_row, parent_row


def told(record: RecordPlan) -> tuple[str, str | None]:
    return record.outcome.value, record.hold_kind and record.hold_kind.value


def test_child_of_a_new_person_refers_to_it_and_is_not_looked_for() -> None:
    org = FakeOrg()

    plans = by_object(plan(college(), [source()], org))

    assert told(plans["person"]) == told(plans["inquiry"]) == ("create", None)
    assert plans["inquiry"].payload == {
        "Contact__c": "@{person.id}",
        "Program__c": MBA,
        "Halda_Submission__c": "s1",
        "Stage__c": "New",
    }
    # only whether its submission, which the org allows once, is there already
    assert [each.field_name for each in org.asked_of("Inquiry__c")] == ["Halda_Submission__c"]


def test_child_of_a_known_person_is_found_by_person_and_program() -> None:
    held = {
        "Id": "a0I1",
        "Contact__c": AVA,
        "Program__c": MBA,
        "Halda_Submission__c": "s1",
        "Stage__c": "Old",
    }
    org = FakeOrg(Contact=[ava()], Inquiry__c=[held])

    plans = by_object(plan(college(), [source()], org))

    assert told(plans["person"]) == ("unchanged", None)
    assert told(plans["inquiry"]) == ("update", None)
    assert plans["inquiry"].matched_id == "a0I1"
    assert plans["inquiry"].payload == {"Stage__c": "New"}


def test_child_of_an_unchanged_person_still_acts() -> None:
    plans = by_object(plan(college(), [source()], FakeOrg(Contact=[ava()])))

    assert told(plans["person"]) == ("unchanged", None)
    assert told(plans["inquiry"]) == ("create", None)
    assert plans["inquiry"].payload["Contact__c"] == AVA


def test_child_of_a_held_person_waits_and_the_same_people_act() -> None:
    org = FakeOrg(Contact=[ava(), ava(Id=MEI)])

    plans = by_object(plan(college(), [source()], org))

    assert told(plans["person"]) == ("held", "several_matches")
    assert told(plans["inquiry"]) == ("held", "waits_for_parent")
    assert plans["inquiry"].who_acts is plans["person"].who_acts
    assert plans["inquiry"].reason == f"Waits for its person: {plans['person'].reason}"
    assert plans["inquiry"].payload == {}


def test_inquiry_with_nothing_for_the_child_makes_no_plan_of_it() -> None:
    sources = [source(), source(2, lead__email="mei@example.edu", interest__program=" ")]

    plans = plan(college(), sources, FakeOrg())

    assert set(by_object(plans, 1)) == {"person", "inquiry"}
    assert set(by_object(plans, 2)) == {"person"}


def test_person_without_its_details_is_held_and_not_lost_to_sight() -> None:
    draft = MappingDraft(objects=(replace(person(), only_with=("lead.crm_reference_id",)),))

    (found,) = plan(draft, [source()], FakeOrg())

    assert told(found) == ("held", "waiting_for_details")


def test_child_found_under_another_person_is_never_moved() -> None:
    held = {"Id": "a0I1", "Contact__c": MEI, "Halda_Submission__c": "s1"}
    draft = college(inquiry(key=("Halda_Submission__c",)))

    for people in ([], [ava()]):
        plans = by_object(plan(draft, [source()], FakeOrg(Contact=people, Inquiry__c=[held])))
        assert told(plans["inquiry"]) == ("held", "other_parent")
        assert plans["inquiry"].payload == {}


def test_child_found_under_another_person_is_held_whatever_the_write_rule() -> None:
    held = {"Id": "a0I1", "Contact__c": MEI, "Halda_Submission__c": "s1"}
    child = inquiry(key=("Halda_Submission__c",))
    rows = (replace(child.rows[0], write_rule=WriteRule.CREATE_ONLY), *child.rows[1:])
    org = FakeOrg(Contact=[ava()], Inquiry__c=[held])

    plans = by_object(plan(college(replace(child, rows=rows)), [source()], org))

    assert told(plans["inquiry"]) == ("held", "other_parent")


def test_update_only_child_of_a_new_person_has_nothing_to_update() -> None:
    draft = college(replace(inquiry(), operation=Operation.UPDATE))

    plans = by_object(plan(draft, [source()], FakeOrg()))

    assert told(plans["inquiry"]) == ("held", "no_match")


def test_grandchild_refers_to_the_child() -> None:
    visit = replace(
        inquiry(),
        sobject_name="Visit__c",
        object_id="visit",
        only_with=(),
        match_keys=(MatchKey(field_names=("Inquiry__c", "Page__c")),),
        rows=(parent_row("Inquiry__c", "inquiry"), constant_row("Page__c", "Fees")),
    )

    plans = by_object(plan(college(inquiry(), visit), [source()], FakeOrg(Contact=[ava()])))

    assert [plans[name].object_index for name in ("person", "inquiry", "visit")] == [0, 1, 2]
    assert plans["visit"].payload == {"Inquiry__c": "@{inquiry.id}", "Page__c": "Fees"}


def test_children_of_two_new_people_do_not_wait_for_each_other() -> None:
    plans = plan(college(), [source(), source(2, lead__email="mei@example.edu")], FakeOrg())

    assert {told(each) for each in plans} == {("create", None)}


def test_text_that_looks_like_a_reference_is_only_text_outside_a_parent_field() -> None:
    draft = college(inquiry(key=("Halda_Submission__c",)))
    org = FakeOrg(Contact=[ava()])

    plan(draft, [source(submission__id="@{person.id}")], org)

    assert [each.values for each in org.asked_of("Inquiry__c")] == [("@{person.id}",)]


@pytest.mark.parametrize("parent", ["inquiry", "nobody"])
def test_object_must_point_at_an_earlier_one(parent: str) -> None:
    child = replace(inquiry(), rows=(parent_row("Contact__c", parent),))

    with pytest.raises(MappingProblem, match="is not before it"):
        plan(college(child), [source()], FakeOrg())


def test_two_objects_of_one_name_are_refused() -> None:
    with pytest.raises(MappingProblem, match="called inquiry"):
        plan(college(inquiry(), inquiry()), [source()], FakeOrg())


def test_inquiries_of_a_form_go_through_its_own_rows() -> None:
    own = OverrideRow(object_id="inquiry", row=constant_row("Stage__c", "Graduate"))
    draft = replace(college(), forms=(FormOverride(form_id="grad", rows=(own,)),))
    sources = [
        source(submission__form_id="grad"),
        source(2, lead__email="mei@example.edu", submission__form_id="other"),
    ]

    plans = plan(draft, sources, FakeOrg())

    assert by_object(plans, 1)["inquiry"].payload["Stage__c"] == "Graduate"
    assert by_object(plans, 2)["inquiry"].payload["Stage__c"] == "New"


def test_field_that_only_a_form_writes_is_read_as_well() -> None:
    own = OverrideRow(object_id="person", row=field_row("Description", "answer.goals"))
    draft = replace(college(), forms=(FormOverride(form_id="grad", rows=(own,)),))
    org = FakeOrg(Contact=[ava(Description="Before")])

    plans = plan(draft, [source(submission__form_id="grad", answer__goals="Teach")], org)

    (cell,) = [c for c in by_object(plans)["person"].cells if c.field_name == "Description"]
    assert (cell.current, cell.sent_value) == ("Before", "Teach")


@pytest.mark.parametrize(
    ("changed_at", "outcome"),
    [("2026-10-01T00:00:00.000+0000", "update"), ("2026-12-01T00:00:00.000+0000", "unchanged")],
)
def test_only_if_newer_reads_the_field_it_compares_with(changed_at: str, outcome: str) -> None:
    rows = tuple(
        replace(row, write_rule=WriteRule.ONLY_IF_NEWER, newer=Newer())
        if row.field_name == "Phone"
        else row
        for row in person().rows
    )
    draft = MappingDraft(objects=(replace(person(), rows=rows),))
    org = FakeOrg(Contact=[ava(Phone="+1 555", LastModifiedDate=changed_at)])

    (found,) = plan(draft, [source(submission__submitted_at="2026-11-01T00:00:00Z")], org)

    assert found.outcome.value == outcome
    assert all("LastModifiedDate" in each.head for each in org.asked_of("Contact"))


def test_append_joins_to_what_the_org_holds() -> None:
    row = replace(field_row("Description", "answer.goals"), write_rule=WriteRule.APPEND)
    draft = MappingDraft(objects=(person(row),))
    org = FakeOrg(Contact=[ava(Description="Met at the fair")])

    (found,) = plan(draft, [source(answer__goals="Wants to teach")], org)

    assert found.payload == {"Description": "Met at the fair\nWants to teach"}


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"Stage__c": "Other"}},
        {"object_id": "visit"},
        {"object_index": 2},
        {"sobject_name": "Visit__c"},
        {"outcome": Outcome.UPDATE},
        {"matched_id": "a0I1"},
        {"system_modstamp": "2026-11-01"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_plan_hash_covers_each_object(change: dict[str, Any]) -> None:
    first, child = plan(college(), [source()], FakeOrg(Contact=[ava()]))

    hashes = {
        plan_hash([first, each], mapping_hash="m", describe_hash="d")
        for each in (child, replace(child, **change))
    }

    assert len(hashes) == 2


@pytest.mark.parametrize(
    "basis",
    [{"mapping_hash": "x"}, {"describe_hash": "x"}, {"org_id": "x"}, {"source_hash": "x"}],
    ids=lambda basis: next(iter(basis)),
)
def test_plan_hash_covers_what_the_plan_was_made_from(basis: dict[str, str]) -> None:
    plans = plan(college(), [source()], FakeOrg(Contact=[ava()]))
    told = {"mapping_hash": "m", "describe_hash": "d", "org_id": "o", "source_hash": "s"}

    assert plan_hash(plans, **told) != plan_hash(plans, **{**told, **basis})


def people(count: int) -> list[SourceRecord]:
    return [
        source(number, lead__email=f"p{number}@example.edu", interest__program=program)
        for number, program in zip(range(1, count + 1), _PROGRAMS * count, strict=False)
    ]


_PROGRAMS = ["MBA", "mba ", "Nothing", "Art", "", "medecine"]


@given(st.permutations(people(12)))
def test_inquiries_about_different_people_are_planned_alike_in_any_order(
    shuffled: list[SourceRecord],
) -> None:
    known = [ava(Id=f"00300000000000{n}AAA", Email=f"p{n}@example.edu") for n in range(1, 6)]

    usual = plan(college(), people(12), FakeOrg(Contact=known))
    other = plan(college(), shuffled, FakeOrg(Contact=known))

    assert {(p.row_number, p.object_id): p for p in usual} == {
        (p.row_number, p.object_id): p for p in other
    }


@given(st.permutations(inquiry().rows))
def test_order_of_rows_changes_nothing_that_is_sent(rows: list[object]) -> None:
    draft = college(replace(inquiry(), rows=tuple(rows)))

    plans = by_object(plan(draft, [source()], FakeOrg(Contact=[ava()])))

    usual = by_object(plan(college(), [source()], FakeOrg(Contact=[ava()])))
    assert plans["inquiry"].payload == usual["inquiry"].payload


def test_blocked_lookup_is_the_reason_and_not_the_key_that_it_leaves_empty() -> None:
    plans = by_object(
        plan(college(), [source(interest__program="Alchemy")], FakeOrg(Contact=[ava()]))
    )

    assert told(plans["inquiry"]) == ("held", HoldKind.LOOKUP_NOT_FOUND.value)
    assert plans["person"].outcome is Outcome.UNCHANGED
