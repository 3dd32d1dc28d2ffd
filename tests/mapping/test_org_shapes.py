"""The shape of an org is told from its objects, and each shape has a mapping to start with."""

import pytest

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks.issues import Severity
from core.mapping.checks.whole_draft import check_draft
from core.mapping.describe import SobjectDescribe, SobjectSummary
from core.mapping.model import Lookup, MatchKey, OrgShape, SourceKind
from core.mapping.suggestions.org_shapes import (
    SHAPE_MEANING,
    SHAPE_WORDS,
    detect_shapes,
    inquiry_objects,
)
from core.mapping.suggestions.templates import add_object, start_mapping, template_objects
from tests.mapping.fields import LEAD, make_field, make_record


def summaries(*names):
    return [
        SobjectSummary(name=name, label=name, custom=name.endswith("__c"), createable=True)
        for name in names
    ]


STANDARD = ("Account", "Contact", "Lead", "Task")
ORGS = {
    OrgShape.LEAD_FIRST: STANDARD,
    OrgShape.CONTACT_FIRST: (*STANDARD, "hed__Affiliation__c", "hed__Term__c"),
    OrgShape.CONTACT_AND_INQUIRY: (*STANDARD, "TargetX_SRMb__Inquiry__c"),
    OrgShape.STAGING_OBJECT: (
        *STANDARD,
        "hed__Term__c",
        "Interaction__c",
        "Interaction_Mapping__c",
    ),
    OrgShape.EDUCATION_CLOUD: (*STANDARD, "AcademicInterest", "LearningProgram"),
}


@pytest.mark.parametrize("shape", OrgShape)
def test_the_likely_shape_comes_first_with_its_evidence(shape):
    guesses = detect_shapes(summaries(*ORGS[shape]))

    assert (guesses[0].shape, guesses[0].is_likely) == (shape, True)
    assert set(guesses[0].evidence) <= set(ORGS[shape])
    assert {guess.shape for guess in guesses} == set(OrgShape)
    assert sum(guess.is_likely for guess in guesses) == 1


def test_one_object_of_the_staging_pair_alone_is_no_evidence():
    assert detect_shapes(summaries(*STANDARD, "Interaction__c"))[0].shape is OrgShape.LEAD_FIRST


def test_a_universitys_own_inquiry_object_counts():
    objects = summaries(*STANDARD, "Inquiry__c")

    assert inquiry_objects(objects) == ("Inquiry__c",)
    assert detect_shapes(objects)[0].shape is OrgShape.CONTACT_AND_INQUIRY


def test_a_long_list_of_evidence_is_cut_with_a_count():
    names = [f"hed__Thing_{number}__c" for number in range(9)]

    assert detect_shapes(summaries(*STANDARD, *names))[0].evidence[-1] == "and 4 more"


@pytest.mark.parametrize("shape", OrgShape)
def test_every_shape_has_words_and_objects(shape):
    assert SHAPE_WORDS[shape]
    assert SHAPE_MEANING[shape]
    assert template_objects(shape, summaries(*ORGS[shape]))


def test_an_object_the_org_does_not_have_is_not_in_the_template():
    assert template_objects(OrgShape.EDUCATION_CLOUD, summaries(*STANDARD)) == ("Lead",)


INTEREST = SobjectDescribe(
    name="AcademicInterest",
    label="Academic Interest",
    fields=(
        make_field("LeadId", "reference", reference_to=("Lead",)),
        make_field("Guardian_Lead__c", "reference", reference_to=("Lead",)),
        make_field("AcademicTermId", "reference", reference_to=("AcademicTerm",)),
        make_field("LearningProgramId", "reference", reference_to=("LearningProgram",)),
    ),
)
INQUIRY = SobjectDescribe(
    name="TargetX_SRMb__Inquiry__c",
    label="Inquiry",
    fields=(
        make_field("TargetX_SRMb__Contact__c", "reference", reference_to=("Contact",)),
        make_field("Halda_Submission_ID__c", label="Submission ID", external_id=True, unique=True),
        make_field("TargetX_SRMb__Term__c", label="Term"),
    ),
)
CONTACT = SobjectDescribe(
    name="Contact",
    label="Contact",
    fields=(
        make_field("LastName", length=80, nillable=False),
        make_field("FirstName", length=40),
        make_field("Email", "email", length=80, id_lookup=True),
        make_field("Halda_ID__c", label="Halda ID", length=36, external_id=True, unique=True),
    ),
)
SAMPLE = [
    make_record(
        lead__first_name="Ava",
        lead__last_name="Lopez",
        lead__email="ava@example.edu",
        lead__lead_profile_uid="clx1",
        submission__id="inq_1",
        interest__term="Fall 2026",
        interest__program="MBA",
    )
]


def test_an_interest_points_at_its_lead_and_finds_term_and_program_by_name():
    draft = start_mapping(OrgShape.EDUCATION_CLOUD, (LEAD, INTEREST), CANONICAL_FIELDS, SAMPLE)
    interest = draft.objects[1]
    by_field = {row.field_name: row for row in interest.rows}

    assert by_field["LeadId"].source.kind is SourceKind.PARENT
    assert "Guardian_Lead__c" not in by_field
    assert by_field["AcademicTermId"].lookup == Lookup(sobject_name="AcademicTerm", by_field="Name")
    assert interest.match_keys == (
        MatchKey(field_names=("LeadId", "AcademicTermId", "LearningProgramId")),
    )
    assert interest.only_with == ("interest.program", "interest.term")


def test_an_inquiry_below_a_contact_is_found_by_its_submission():
    draft = start_mapping(
        OrgShape.CONTACT_AND_INQUIRY, (CONTACT, INQUIRY), CANONICAL_FIELDS, SAMPLE
    )
    inquiry = draft.objects[1]

    assert draft.person.match_keys[0] == MatchKey(field_names=("Halda_ID__c",))
    assert inquiry.match_keys == (MatchKey(field_names=("Halda_Submission_ID__c",)),)
    assert inquiry.only_with == ()
    assert not any(row.source.text.startswith("lead.") for row in inquiry.rows)


@pytest.mark.parametrize("describes", [(CONTACT, INQUIRY), (LEAD, INTEREST)], ids=["c", "e"])
def test_a_mapping_to_start_with_has_nothing_that_blocks(describes):
    draft = start_mapping(None, describes, CANONICAL_FIELDS, SAMPLE)
    issues = check_draft(draft, {each.name: each for each in describes}, SAMPLE, CANONICAL_FIELDS)

    assert [each for each in issues if each.issue.severity is Severity.BLOCKS] == []


def test_a_second_object_of_one_kind_gets_a_name_of_its_own():
    draft = start_mapping(None, (CONTACT, INQUIRY), CANONICAL_FIELDS, SAMPLE)
    again = add_object(draft, INQUIRY, CANONICAL_FIELDS, SAMPLE)

    assert [each.object_id for each in again.objects] == ["person", "inquiry", "inquiry_2"]


def test_the_object_that_holds_an_inquiry_comes_first_in_the_evidence():
    names = ("TargetX_SRMb__Alert__Feed", "TargetX_SRMb__Alert__c", "TargetX_SRMb__Inquiry__c")

    guess = detect_shapes(summaries(*STANDARD, *names))[0]

    assert guess.evidence == ("TargetX_SRMb__Inquiry__c", "TargetX_SRMb__Alert__c")
