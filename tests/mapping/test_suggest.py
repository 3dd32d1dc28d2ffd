"""Suggested targets: right by name in any script, one to one, never where it could do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.halda.schema import CANONICAL_FIELDS, field_for_key
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import Lookup, LookupPolicy, SourceField, TransformKind, WriteRule
from core.mapping.suggestions.suggest import (
    ACCEPT_LINE,
    starter_rows,
    suggest,
    suggest_match_keys,
    take,
)
from tests.mapping.fields import LEAD, LEAD_FIELDS, choices, make_draft, make_field, make_record

LABELS = st.text(max_size=12) | st.sampled_from(["Email", "First Name", "Term", "SSN", "Campus"])


def make_describe(*fields: FieldDescribe) -> SobjectDescribe:
    return SobjectDescribe(name="Lead", label="Lead", fields=fields)


def pairs(describe, sample=(), fields=CANONICAL_FIELDS):
    return {each.source_key: each for each in suggest(fields, describe, sample)}


@pytest.mark.parametrize(
    ("key", "field_name"),
    [
        ("lead.first_name", "FirstName"),
        ("lead.last_name", "LastName"),
        ("lead.email", "Email"),
        ("lead.phone", "Phone"),
        ("lead.lead_profile_uid", "Halda_ID__c"),
        ("interest.term", "Term__c"),
        ("interest.program", "Program__c"),
        ("edu.gpa", "GPA__c"),
        ("submission.submitted_at", "Inquiry_Date__c"),
    ],
)
def test_the_usual_fields_are_found_above_the_line(key, field_name):
    found = pairs(LEAD)[key]

    assert (found.field_name, found.accept) == (field_name, True)
    assert found.score >= ACCEPT_LINE


def test_a_sensitive_field_is_never_taken_without_a_look():
    found = pairs(make_describe(make_field("Ethnicity__c")))["lead.ethnicity"]

    assert (found.field_name, found.accept) == ("Ethnicity__c", False)


def test_what_every_application_asks_for_is_taken():
    found = pairs(LEAD)["lead.birth_date"]

    assert (found.field_name, found.accept) == ("Birth_Date__c", True)


OPT_OUTS = make_describe(
    make_field("HasOptedOutOfEmail", "boolean", label="Email Opt Out"),
    make_field("SMS_Opt_Out__c", "boolean"),
    make_field("DoNotCall", "boolean", label="Do Not Call"),
)


def test_an_opt_in_goes_to_an_opt_out_inverted_and_unseen_only_to_the_platform_s_own():
    found = suggest(CANONICAL_FIELDS, OPT_OUTS)

    assert {each.source_key: each.field_name for each in found} == {
        "consent.email_opt_in": "HasOptedOutOfEmail",
        "consent.sms_opt_in": "SMS_Opt_Out__c",
        "consent.phone_opt_in": "DoNotCall",
    }
    assert all(each.invert and "invert" in each.reason for each in found)
    assert {each.field_name for each in found if each.accept} == {"HasOptedOutOfEmail", "DoNotCall"}
    assert all(each.accept or each.score < ACCEPT_LINE for each in found)


def test_a_field_that_says_the_same_comes_before_the_platform_s_opt_out():
    org = make_describe(
        make_field("HasOptedOutOfEmail", "boolean", label="Email Opt Out"),
        make_field("E_Pref__c", "boolean", label="Email Preference"),
    )

    (found,) = suggest(CANONICAL_FIELDS, org)

    assert (found.field_name, found.accept, found.invert) == ("E_Pref__c", True, False)


def test_taking_a_lookup_finds_the_record_by_name_and_holds_what_is_not_found():
    term = make_field("Term__c", "reference", label="Term", reference_to=("hed__Term__c",))
    (found,) = suggest(CANONICAL_FIELDS, make_describe(term))

    (row,) = take(make_draft(), found).rows

    assert found.accept
    assert row.lookup == Lookup(sobject_name="hed__Term__c", by_field="Name")
    assert row.lookup.not_found is row.lookup.several is LookupPolicy.HOLD


def test_taking_an_inverted_pair_never_lifts_an_opt_out_of_a_known_person():
    found = next(each for each in suggest(CANONICAL_FIELDS, OPT_OUTS) if each.invert)

    (row,) = take(make_draft(), found).rows

    assert [each.kind for each in row.transforms] == [TransformKind.INVERT]
    assert row.write_rule is WriteRule.CREATE_ONLY


@pytest.mark.parametrize(
    "field",
    [
        make_field("SSN__c", label="SSN"),
        make_field("hed__Social_Security_Number__c", label="SSN"),
        make_field("Email", "email", createable=False, updateable=False),
        make_field("Email", "reference", reference_to=("Contact",)),
        make_field("Email", deprecated_and_hidden=True),
    ],
    ids=["ssn", "social security", "read only", "lookup", "hidden"],
)
def test_a_field_that_may_not_be_written_is_never_suggested(field):
    sources = (
        *CANONICAL_FIELDS,
        SourceField(key="answer.ssn", label="SSN", group="Form questions"),
    )

    assert suggest(sources, make_describe(field)) == ()


def test_two_fields_of_one_label_need_a_choice():
    describe = make_describe(make_field("A__c", label="Campus"), make_field("B__c", label="Campus"))

    found = pairs(describe)["interest.campus"]

    assert (found.accept, {found.field_name, *found.also}) == (False, {"A__c", "B__c"})


def test_two_fields_that_are_as_near_need_a_choice():
    describe = make_describe(make_field("Term__c"), make_field("Start_Term__c"))

    found = pairs(describe)["interest.term"]

    assert (found.accept, {found.field_name, *found.also}) == (False, {"Term__c", "Start_Term__c"})


def test_first_and_last_touch_are_kept_apart():
    describe = make_describe(make_field("UTM_Source__c"), make_field("First_UTM_Source__c"))

    found = pairs(describe)

    assert found["visit.utm_source"].field_name == "UTM_Source__c"
    assert found["visit.first_utm_source"].field_name == "First_UTM_Source__c"


def test_labels_in_other_scripts_are_compared_and_never_empty():
    describe = make_describe(
        make_field("A__c", label="姓名"),
        make_field("B__c", label="城市"),
        make_field("C__c", label="—"),
    )
    fields = [
        SourceField(key="answer.x", label="城市", group="Form questions"),
        SourceField(key="answer.y", label="姓名", group="Form questions"),
        SourceField(key="answer.z", label="البريد", group="Form questions"),
    ]

    found = pairs(describe, fields=fields)

    assert {key: each.field_name for key, each in found.items()} == {
        "answer.x": "B__c",
        "answer.y": "A__c",
    }


def test_values_that_do_not_fit_lower_the_score_and_say_so():
    sample = [make_record(interest__program="Chess"), make_record(interest__program="MBA")]

    found = pairs(LEAD, sample)["interest.program"]

    assert found.score < pairs(LEAD)["interest.program"].score
    assert "1 of 2 sample values fit" in found.reason


@given(labels=st.lists(LABELS, max_size=6), sources=st.lists(LABELS, max_size=6))
def test_no_source_and_no_target_is_suggested_twice(labels, sources):
    describe = make_describe(
        *(make_field(f"F{place}__c", label=label) for place, label in enumerate(labels))
    )
    fields = [
        SourceField(key=f"answer.q{place}", label=label, group="Form questions")
        for place, label in enumerate(sources)
    ]

    found = suggest(fields, describe)

    assert len({each.source_key for each in found}) == len(found)
    assert len({each.field_name for each in found}) == len(found)
    assert all(0 <= each.score <= 1 for each in found)


def test_the_order_of_fields_changes_nothing():
    backwards = make_describe(*reversed(LEAD_FIELDS))

    assert set(suggest(CANONICAL_FIELDS, LEAD)) == set(suggest(CANONICAL_FIELDS[::-1], backwards))


@pytest.mark.parametrize(
    ("picklist", "expected"),
    [
        ({"picklist_values": choices("Web", "Halda"), "restricted_picklist": True}, ["Halda"]),
        ({"picklist_values": choices("Web"), "restricted_picklist": True}, []),
        (
            {"picklist_values": choices(inactive=("Halda",)), "restricted_picklist": True},
            [],
        ),
        ({"picklist_values": choices("halda"), "restricted_picklist": True}, ["Halda"]),
    ],
    ids=["allowed", "not listed", "inactive", "other spelling"],
)
def test_halda_is_offered_as_lead_source_only_where_the_org_takes_it(picklist, expected):
    rows = starter_rows(make_describe(make_field("LeadSource", "picklist", **picklist)))

    assert [row.source.text for row in rows] == expected


def test_a_required_company_gets_the_persons_name():
    (row,) = starter_rows(make_describe(make_field("Company", nillable=False)))

    assert row.source.text == "{lead.last_name}, {lead.first_name}"
    assert all(field_for_key(key) for key in ("lead.last_name", "lead.first_name"))


def test_the_halda_id_comes_before_email_with_last_name():
    found = [key.field_names for key in suggest_match_keys(LEAD)]

    assert found == [("Halda_ID__c",), ("Email", "LastName")]
