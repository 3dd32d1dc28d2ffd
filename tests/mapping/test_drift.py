"""Drift: what the org changed under a mapping, by row, with the inquiries it concerns."""

from dataclasses import replace

import pytest

from core.mapping.checks.issues import Severity
from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.drift import count_pending, drift
from core.mapping.fitting.misfits import MisfitKind
from core.mapping.model import (
    FormOverride,
    Lookup,
    MappingDraft,
    OverrideRow,
    RowSource,
    SourceKind,
    UnmappedPolicy,
    ValueMap,
    WriteRule,
)
from tests.mapping.fields import LEAD, choices, make_draft, make_mapping, make_record, make_row

OLD = {"Lead": LEAD}


def changed(**changes: dict[str, object]) -> dict[str, SobjectDescribe]:
    """The Lead with some fields changed; an empty change takes the field away."""
    fields = [
        replace(field, **changes.get(field.name, {}))  # type: ignore[arg-type]  the changes of a test
        for field in LEAD.fields
        if changes.get(field.name) != {}
    ]
    return {"Lead": replace(LEAD, fields=tuple(fields))}


def kinds(draft: MappingDraft, new: dict[str, SobjectDescribe]) -> list[MisfitKind]:
    return [each.kind for each in drift(draft, OLD, new)]


EMAIL = make_mapping(make_row("lead.email", "Email"), make_row("lead.last_name", "LastName"))
PROGRAM = make_row("q.program", "Program__c")


def test_org_that_did_not_change_has_no_drift_whatever_did_not_fit_before():
    draft = make_mapping(make_row("a", "Nowhere__c"), PROGRAM, record_type="None")

    assert drift(draft, OLD, OLD) == ()


@pytest.mark.parametrize(
    ("change", "kind", "severity"),
    [
        ({}, MisfitKind.FIELD_GONE, Severity.BLOCKS),
        ({"createable": False, "updateable": False}, MisfitKind.NOT_WRITABLE, Severity.BLOCKS),
        ({"createable": False}, MisfitKind.NOT_CREATEABLE, Severity.WARNS),
        ({"updateable": False}, MisfitKind.NOT_UPDATEABLE, Severity.WARNS),
        ({"type": "string"}, MisfitKind.TYPE_CHANGED, Severity.HOLDS),
        ({"length": 40}, MisfitKind.SHORTER, Severity.HOLDS),
    ],
    ids=str,
)
def test_change_of_a_mapped_field_is_found_with_its_row(change, kind, severity):
    [found] = drift(EMAIL, OLD, changed(Email=change))

    assert (found.kind, found.severity) == (kind, severity)
    assert found.row_ids == ("row-lead.email",)


def test_change_of_a_field_that_is_not_mapped_is_no_drift():
    assert kinds(EMAIL, changed(Phone={})) == []


def test_field_that_is_only_set_on_create_may_lose_the_right_to_be_changed():
    draft = make_mapping(make_row("lead.email", "Email", write_rule=WriteRule.CREATE_ONLY))

    assert kinds(draft, changed(Email={"updateable": False})) == []


def test_numbers_that_lose_digits_are_found():
    draft = make_mapping(make_row("q.gpa", "GPA__c"))

    assert kinds(draft, changed(GPA__c={"scale": 1, "precision": 2})) == [MisfitKind.SHORTER]


def test_field_that_became_required_with_nothing_serving_it_is_found_once():
    found = drift(EMAIL, OLD, changed(Phone={"nillable": False}))

    assert [each.kind for each in found] == [MisfitKind.REQUIRED_UNSERVED]
    assert "Phone is required" in found[0].message


def test_field_that_became_required_and_is_mapped_is_no_drift():
    assert kinds(EMAIL, changed(Email={"nillable": False})) == []


def test_record_type_gone_key_no_longer_unique_and_object_gone_are_found():
    draft = make_mapping(make_row("lead.id", "Halda_ID__c"), record_type="Graduate")
    no_type = {"Lead": replace(LEAD, record_types=())}

    assert kinds(draft, no_type) == [MisfitKind.RECORD_TYPE_GONE]
    assert kinds(draft, changed(Halda_ID__c={"external_id": False, "unique": False})) == [
        MisfitKind.KEY_WEAKER
    ]
    assert kinds(draft, {}) == [MisfitKind.OBJECT_GONE]


def test_value_of_a_value_map_that_was_switched_off_is_found_with_the_value():
    value_map = ValueMap(pairs=(("a", "Business"), ("b", "MBA"), ("c", "Never there")))
    draft = make_mapping(make_row("q.program", "Program__c", value_map=value_map))
    new = changed(Program__c={"picklist_values": choices("Business", inactive=("MBA",))})

    [found] = drift(draft, OLD, new)

    assert (found.kind, found.severity) == (MisfitKind.VALUE_GONE, Severity.HOLDS)
    assert found.values == ("MBA",)


def test_value_that_only_the_sample_carries_is_found_and_not_printed():
    draft = make_mapping(PROGRAM)
    records = [make_record(1, q__program="mba"), make_record(2, q__program="Business")]
    new = changed(Program__c={"picklist_values": choices("Business")})

    assert drift(draft, OLD, new) == ()
    [found] = drift(draft, OLD, new, records)

    assert found.values == ("mba",)
    assert "mba" not in repr(found)
    assert count_pending(found, draft, OLD, records) == 1


def test_values_of_map_and_sample_are_one_finding():
    value_map = ValueMap(pairs=(("b", "MBA"),), unmapped=UnmappedPolicy.AS_IS)
    draft = make_mapping(make_row("q.program", "Program__c", value_map=value_map))
    new = changed(Program__c={"picklist_values": ()})
    records = [make_record(1, q__program="Business"), make_record(2, q__program="b")]

    [found] = drift(draft, OLD, new, records)

    assert set(found.values) == {"MBA", "Business"}
    assert count_pending(found, draft, OLD, records) == 2


def test_pending_inquiries_are_those_that_send_something_there():
    records = [
        make_record(1, lead__email="ana@example.edu"),
        make_record(2, lead__email=" "),
        make_record(3, lead__phone="1"),
    ]
    [gone] = drift(EMAIL, OLD, changed(Email={}))

    assert count_pending(gone, EMAIL, OLD, records) == 1


def test_pending_inquiries_of_a_shorter_field_are_the_longer_ones():
    records = [make_record(n, lead__last_name="x" * n) for n in (39, 40, 41, 50)]
    [shorter] = drift(EMAIL, OLD, changed(LastName={"length": 40}))

    assert count_pending(shorter, EMAIL, OLD, records) == 2


def test_pending_inquiries_of_an_object_are_those_that_make_such_a_record():
    draft = replace(EMAIL, objects=(replace(EMAIL.person, only_with=("lead.email",)),))
    [gone] = drift(draft, OLD, {})

    records = [make_record(1, lead__email="a@example.edu"), make_record(2, lead__phone="1")]
    assert count_pending(gone, draft, OLD, records) == 1


def test_row_that_a_form_replaces_counts_only_inquiries_of_other_forms():
    own = OverrideRow(object_id="person", row=make_row("lead.email", "Phone"))
    draft = replace(EMAIL, forms=(FormOverride(form_id="f1", rows=(own,)),))
    records = [
        make_record(1, lead__email="a@example.edu", submission__form_id="f1"),
        make_record(2, lead__email="b@example.edu", submission__form_id="f2"),
        make_record(3, lead__email="c@example.edu"),
    ]

    default, of_form = drift(draft, OLD, changed(Email={}, Phone={}))

    assert (default.form_id, of_form.form_id) == ("", "f1")
    assert count_pending(default, draft, OLD, records) == 2
    assert count_pending(of_form, draft, OLD, records) == 1


def test_child_whose_field_no_longer_refers_to_the_person_is_found():
    child = make_draft(
        make_row("p", "OwnerId", source=RowSource(kind=SourceKind.PARENT, text="person")),
        object_id="child",
        match_keys=(),
    )
    draft = MappingDraft(objects=(make_draft(sobject_name="User", match_keys=()), child))
    user = SobjectDescribe(name="User", label="User")
    old = {**OLD, "User": user}

    found = drift(draft, old, {**changed(OwnerId={"reference_to": ("Group",)}), "User": user})

    assert [each.kind for each in found] == [MisfitKind.LOOKUP_GONE]


def test_lookup_field_that_is_gone_from_the_other_object_is_found():
    lookup = Lookup(sobject_name="Lead", by_field="Phone")
    owner = make_row("q.owner", "OwnerId", lookup=lookup)
    fits = {"OwnerId": {"reference_to": ("Lead",)}}
    draft = make_mapping(owner, match_keys=())

    found = drift(draft, changed(**fits), changed(**fits, Phone={}))

    assert [each.kind for each in found] == [MisfitKind.LOOKUP_GONE]


def test_picklist_that_became_restricted_holds_the_values_it_only_warned_of():
    draft = make_mapping(make_row("q.term", "Term__c"))
    records = [make_record(1, q__term="Someday"), make_record(2, q__term="Fall 2026")]
    new = changed(Term__c={"restricted_picklist": True})

    [found] = drift(draft, OLD, new, records)

    assert (found.kind, found.severity) == (MisfitKind.VALUE_GONE, Severity.HOLDS)
    assert found.values == ("Someday",)


def test_mapped_field_that_became_required_concerns_the_blank_inquiries():
    records = [make_record(1, lead__email="a@example.edu"), make_record(2, lead__email=" ")]
    new = changed(Email={"nillable": False})

    [found] = drift(EMAIL, OLD, new, records)

    assert found.kind is MisfitKind.BECAME_REQUIRED
    assert count_pending(found, EMAIL, OLD, records) == 1
    assert drift(EMAIL, OLD, new, records[:1]) == ()


def test_field_that_became_unique_concerns_inquiries_that_share_a_value():
    records = [make_record(n, lead__email=text) for n, text in enumerate(["a@b.co", "A@b.co", "c"])]

    [found] = drift(EMAIL, OLD, changed(Email={"unique": True}), records)

    assert found.kind is MisfitKind.BECAME_UNIQUE
    assert count_pending(found, EMAIL, OLD, records) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"Program__c": {"controller_name": "Campus__c"}},
        {"Building__c": {"controller_name": "Program__c"}},
        {"Building__c": {"picklist_values": ()}, "Campus__c": {}},
        {"Campus__c": {"picklist_values": choices("Online", "Main")}},
    ],
    ids=["became dependent", "other controller", "controller gone", "controller in other order"],
)
def test_picklist_whose_dependency_changed_is_found(change):
    draft = make_mapping(PROGRAM, make_row("q.building", "Building__c"))
    is_told = "picklist_values" not in change.get("Building__c", {})

    found = [each for each in drift(draft, OLD, changed(**change)) if each.row_ids]

    assert [each.kind for each in found] == [MisfitKind.DEPENDENCY_CHANGED] * is_told


def test_controller_that_got_one_more_value_is_no_drift():
    draft = make_mapping(make_row("q.building", "Building__c"))
    more = changed(Campus__c={"picklist_values": choices("Main", "Online", "Abroad")})

    assert drift(draft, OLD, more) == ()


def test_pending_inquiries_of_a_smaller_number_field_are_those_it_changes_or_refuses():
    draft = make_mapping(make_row("q.gpa", "GPA__c"))
    records = [make_record(n, q__gpa=text) for n, text in enumerate(["3.5", "3.75", "2", ""])]

    [shorter] = drift(draft, OLD, changed(GPA__c={"scale": 1, "precision": 2}), records)

    assert count_pending(shorter, draft, OLD, records) == 1
