"""A converted lead is never written: its contact is, where the mapping names it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.errors import MappingProblem, WhoActs
from core.mapping.checks.issues import IssueKind, Severity
from core.mapping.checks.whole_draft import check_draft
from core.mapping.conversions import with_only_converted
from core.mapping.files.serialize import content_hash, from_content, to_content
from core.mapping.files.yaml_file import from_yaml, to_yaml
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    Operation,
    RowSource,
    SourceKind,
    SourceRecord,
    WrittenFor,
)
from core.preview.holds import HoldKind
from core.preview.plan import Outcome, RecordPlan
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch
from core.preview.runs import RowView, page_rows
from tests.preview import college
from tests.preview.college import CONTACT, VISIT, FakeOrg, ava, by_object, field_row
from tests.preview.mappings import constant_row, palmer_draft, parent_row
from tests.preview.org import LEAD, make_field, make_record
from tests.preview.test_agreement import Make, client_of, make_fresh, push

__all__ = ["make_fresh"]
AVA_LEAD, AVA = "00Q5f000005hR7OEAU", college.AVA
DATED = replace(LEAD, fields=(*LEAD.fields, make_field("ConvertedDate", type="date")))
WITH_ID = replace(CONTACT, fields=(*CONTACT.fields, make_field("Halda_ID__c", external_id=True)))
SHOWN = {
    "Lead": DATED,
    "Contact": WITH_ID,
    "Visit__c": replace(VISIT, fields=(*VISIT.fields, make_field("Lead__c", type="reference"))),
}
PERSON = ObjectMapping(
    sobject_name="Lead",
    match_keys=(MatchKey(field_names=("Email",)),),
    rows=(field_row("LastName", "lead.last_name"), field_row("Email", "lead.email")),
)
CONTACT_OF_LEAD = ObjectMapping(
    sobject_name="Contact",
    object_id="contact",
    operation=Operation.UPDATE,
    written_for=WrittenFor.CONVERTED_LEADS,
    rows=(field_row("Phone", "lead.phone"), field_row("Halda_ID__c", "lead.lead_profile_uid")),
)
DRAFT = MappingDraft(objects=(PERSON, CONTACT_OF_LEAD))
CONVERTED = make_record(
    AVA_LEAD,
    LastName="Old",
    Email="ava@example.edu",
    IsConverted=True,
    ConvertedDate="2026-03-01",
    ConvertedContactId=AVA,
)


def plan(
    draft: MappingDraft, org: FakeOrg, sources: Sequence[SourceRecord] = (college.source(),)
) -> list[RecordPlan]:
    reached = BatchOrg(describe_of=SHOWN.__getitem__, ask=org.ask)
    return [each for step in plan_batch(draft, sources, reached, BatchWords()) for each in step]


def visit(parent: str, field_name: str) -> ObjectMapping:
    return ObjectMapping(
        sobject_name="Visit__c",
        object_id="visit",
        match_keys=(MatchKey(field_names=(field_name, "Page__c")),),
        rows=(parent_row(field_name, parent), constant_row("Page__c", "Fees")),
    )


def test_contact_is_updated_and_the_lead_left_as_it_is() -> None:
    org = FakeOrg(Lead=[CONVERTED], Contact=[ava(Phone="+1 1")])

    plans = by_object(plan(DRAFT, org))

    lead, contact = plans["person"], plans["contact"]
    assert (lead.outcome, lead.payload, lead.matched_id) == (Outcome.UNCHANGED, {}, AVA_LEAD)
    assert lead.reason.startswith("This lead was converted on 2026-03-01")
    assert not any(cell.will_send for cell in lead.cells)
    assert (contact.outcome, contact.matched_id) == (Outcome.UPDATE, AVA)
    assert dict(contact.payload) == {"Phone": "+18015550142"}
    assert contact.matched_by == "the lead that became it"
    assert contact.reason.endswith("The lead was converted on 2026-03-01 to this contact.")


def test_inquiry_whose_lead_was_not_converted_makes_nothing_of_the_contact() -> None:
    lead = {**CONVERTED, "IsConverted": False, "ConvertedContactId": None}
    org = FakeOrg(Lead=[lead], Contact=[ava()])

    plans = plan(DRAFT, org, [college.source(), college.source(2, lead__email="mei@example.edu")])

    assert {(each.row_number, each.object_id) for each in plans} == {(1, "person"), (2, "person")}
    assert org.asked_of("Contact") == []


def test_lead_is_held_with_its_contact_and_what_to_do_where_the_mapping_has_none() -> None:
    (lead,) = plan(MappingDraft(objects=(PERSON,)), FakeOrg(Lead=[CONVERTED], Contact=[ava()]))

    assert (lead.outcome, lead.hold_kind) == (Outcome.HELD, HoldKind.CONVERTED_LEAD)
    assert [each.record_id for each in lead.candidates] == [AVA]
    assert "converted on 2026-03-01" in lead.reason
    assert "add the Contact to the mapping" in lead.reason


def test_lead_whose_contact_is_hidden_is_held() -> None:
    hidden = {**CONVERTED, "ConvertedContactId": None}

    (lead,) = plan(DRAFT, FakeOrg(Lead=[hidden], Contact=[ava()]))

    assert (lead.outcome, lead.hold_kind) == (Outcome.HELD, HoldKind.CONVERTED_LEAD)


def test_contact_that_the_org_does_not_give_out_is_held_for_the_admin() -> None:
    contact = by_object(plan(DRAFT, FakeOrg(Lead=[CONVERTED])))["contact"]

    assert (contact.hold_kind, contact.who_acts) == (
        HoldKind.CONVERTED_LEAD,
        WhoActs.UNIVERSITY_ADMIN,
    )


def test_contact_with_another_halda_id_is_not_written() -> None:
    org = FakeOrg(Lead=[CONVERTED], Contact=[ava(Halda_ID__c="h2")])
    source = college.source(1, lead__lead_profile_uid="h1")

    contact = by_object(plan(DRAFT, org, [source]))["contact"]

    assert contact.hold_kind is HoldKind.DIFFERENT_ID


def test_partial_inquiry_about_a_converted_lead_waits_and_touches_no_contact() -> None:
    source = college.source(1, submission__status="partial")

    plans = plan(DRAFT, FakeOrg(Lead=[CONVERTED], Contact=[ava()]), [source])

    assert [(each.object_id, each.outcome) for each in plans] == [("person", Outcome.HELD)]


def test_second_inquiry_about_the_same_converted_lead_goes_after_the_first() -> None:
    sources = [college.source(1, lead__phone="+1 2"), college.source(2, lead__phone="+1 3")]

    plans = plan(DRAFT, FakeOrg(Lead=[CONVERTED], Contact=[ava()]), sources)

    second = by_object(plans, 2)["contact"]
    assert (second.after_row, dict(second.payload)) == (1, {"Phone": "+1 3"})


def test_nothing_is_added_to_a_converted_lead() -> None:
    draft = replace(DRAFT, objects=(*DRAFT.objects, visit("person", "Lead__c")))

    child = by_object(plan(draft, FakeOrg(Lead=[CONVERTED], Contact=[ava()])))["visit"]

    assert (child.hold_kind, child.who_acts) == (HoldKind.CONVERTED_LEAD, WhoActs.OPERATOR)


@pytest.mark.parametrize("is_converted", [True, False], ids=["converted", "not converted"])
def test_child_of_the_contact_is_made_with_that_contact_only(is_converted: bool) -> None:
    lead = CONVERTED if is_converted else {**CONVERTED, "IsConverted": False}
    draft = replace(DRAFT, objects=(*DRAFT.objects, visit("contact", "Inquiry__c")))

    plans = by_object(plan(draft, FakeOrg(Lead=[lead], Contact=[ava()])))

    assert ("visit" in plans) is is_converted
    if is_converted:
        assert plans["visit"].payload["Inquiry__c"] == AVA


@pytest.mark.parametrize(
    "changes",
    [
        {"objects": (PERSON, replace(CONTACT_OF_LEAD, sobject_name="Visit__c"))},
        {"objects": (replace(PERSON, sobject_name="Contact"), CONTACT_OF_LEAD)},
        {"objects": (PERSON, replace(CONTACT_OF_LEAD, operation=Operation.UPSERT))},
        {"objects": (PERSON, CONTACT_OF_LEAD, replace(CONTACT_OF_LEAD, object_id="second"))},
    ],
    ids=["not a contact", "no lead before it", "may make one", "twice"],
)
def test_setting_where_it_means_nothing_is_told_and_refused(
    changes: dict[str, tuple[ObjectMapping, ...]],
) -> None:
    draft = replace(DRAFT, **changes)

    kinds = [each.issue.kind for each in check_draft(draft, SHOWN, sample=(), fields=())]

    assert IssueKind.CONVERSION_UNUSABLE in kinds
    with pytest.raises(MappingProblem):
        plan(draft, FakeOrg())


def test_contact_of_a_converted_lead_needs_no_key_and_no_required_field() -> None:
    issues = check_draft(DRAFT, SHOWN, sample=(), fields=())

    own = [each.issue for each in issues if each.object_id == "contact"]
    assert [each for each in own if each.severity is not Severity.WARNS] == []


def test_setting_makes_the_object_an_update_and_comes_back_from_store_and_file() -> None:
    chosen = with_only_converted(replace(PERSON, sobject_name="Contact"), is_only=True)

    assert (chosen.operation, chosen.only_converted) == (Operation.UPDATE, True)
    assert from_content(to_content(DRAFT)) == from_yaml(to_yaml(DRAFT)) == DRAFT


def test_mapping_without_the_setting_keeps_its_hash() -> None:
    without = MappingDraft(
        objects=(PERSON, replace(CONTACT_OF_LEAD, written_for=WrittenFor.EVERY_INQUIRY))
    )

    assert "written_for" not in str(to_content(without))
    assert content_hash(without) != content_hash(DRAFT)


def liams() -> list[SourceRecord]:
    values = {
        "lead.first_name": "Liam",
        "lead.last_name": "Ortiz",
        "lead.email": "liam.ortiz@example.edu",
        "lead.phone": "+18015550177",
    }
    return [SourceRecord(row_number=1, values=values)]


def test_the_demo_org_takes_the_contact_and_keeps_its_lead(make_fresh: Make) -> None:
    university = make_fresh("palmer")
    phone = FieldRow(
        row_id="phone",
        source=RowSource(kind=SourceKind.FIELD, text="lead.phone"),
        field_name="MobilePhone",
    )
    contact = replace(CONTACT_OF_LEAD, rows=(phone,))
    draft = MappingDraft(objects=(palmer_draft(), contact))
    without = university.preview(MappingDraft(objects=(palmer_draft(),)), liams())
    run = university.preview(draft, liams())
    rows, _ = page_rows(university.store, run.run_id)
    acting = [row for row in rows if row.outcome is Outcome.UPDATE]

    refusals = push(university, acting)
    again = university.preview(draft, liams())

    assert [(row.sobject_name, row.payload) for row in acting] == [
        ("Contact", {"MobilePhone": "+18015550177"})
    ]
    assert refusals == {}
    assert run.api_calls <= without.api_calls + 2  # the contact, and its fields the first time
    later, _ = page_rows(university.store, again.run_id)
    assert {row.outcome for row in later} == {Outcome.UNCHANGED}
    assert held(university, acting[0]) == "+18015550177"


def held(university: object, row: RowView) -> str:
    """What the org itself says of the contact."""
    with client_of(university) as client:  # type: ignore[arg-type]  # the fixture's university
        answer = client.get(f"/services/data/v66.0/sobjects/Contact/{row.matched_id}")
    return str(answer.json()["MobilePhone"])
