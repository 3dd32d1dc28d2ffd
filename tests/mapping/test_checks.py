"""What is said about a mapping while it is edited: rights, keys, required fields, sample values."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks.one_object import IssueKind, Severity, check_mapping, required_unserved
from core.mapping.model import (
    Lookup,
    MatchKey,
    NullRule,
    Operation,
    RowSource,
    SourceKind,
    SourceRecord,
    Transform,
    TransformKind,
    UnmappedPolicy,
    ValueMap,
    WriteRule,
)
from core.mapping.problems import ProblemKind
from tests.mapping.fields import LEAD, LEAD_FIELDS, make_draft, make_field, make_record, make_row

USER = Lookup(sobject_name="User", by_field="Username")
DEFAULTING = ValueMap(unmapped=UnmappedPolicy.USE_DEFAULT)
BASE = (
    make_row("lead.last_name", "LastName"),
    make_row("lead.full_name", "Company"),
    make_row("lead.lead_profile_uid", "Halda_ID__c"),
)
PEOPLE = make_record(
    lead__last_name="Lopez", lead__full_name="Ava Lopez", lead__lead_profile_uid="1"
)


def source(kind, text):
    return RowSource(kind=kind, text=text)


def check(*rows, sample=(PEOPLE,), describe=LEAD, **changes):
    return check_mapping(make_draft(*BASE, *rows, **changes), describe, sample, CANONICAL_FIELDS)


def kinds(issues):
    return [issue.kind for issue in issues]


def test_a_sound_mapping_has_no_issues():
    assert check() == ()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (make_row("lead.phone", "Gone__c"), ProblemKind.UNKNOWN_FIELD),
        (make_row("lead.phone", "SSN__c"), IssueKind.FORBIDDEN_TARGET),
        (make_row("lead.phone", "Id"), IssueKind.NOT_WRITABLE),
        (make_row("lead.phone", "Number__c"), IssueKind.NOT_WRITABLE),
        (make_row("consent.sms_opt_in", "SMS_Opt_Out__c"), IssueKind.OPT_IN_TO_OPT_OUT),
        (make_row("lead.ethnicity", "Program__c"), IssueKind.SENSITIVE_SOURCE),
        (
            make_row("lead.first_name", "Birth_Date__c", write_rule=WriteRule.APPEND),
            IssueKind.CANNOT_APPEND,
        ),
        (make_row("lead.first_name", "FirstName", lookup=USER), IssueKind.LOOKUP_MISSING),
        (
            make_row("answer.x", "OwnerId", lookup=replace(USER, sobject_name="Campaign")),
            IssueKind.LOOKUP_MISSING,
        ),
        (
            make_row("answer.x", "OwnerId", lookup=replace(USER, by_field=" ")),
            IssueKind.LOOKUP_MISSING,
        ),
        (
            make_row("lead.first_name", "FirstName", null_rule=NullRule.USE_TEXT),
            IssueKind.BAD_OPTION,
        ),
        (
            make_row("lead.first_name", "FirstName", value_map=DEFAULTING),
            IssueKind.BAD_OPTION,
        ),
        (
            make_row("lead.first_name", "FirstName", write_rule=WriteRule.ONLY_IF_NEWER),
            IssueKind.NEWER_FIELD_UNKNOWN,
        ),
        (make_row("", "Phone"), IssueKind.NO_SOURCE),
        (
            make_row("t", "Phone", source=source(SourceKind.TEMPLATE, "{First name}")),
            IssueKind.BROKEN_TEMPLATE,
        ),
        (
            make_row("c", "Program__c", source=source(SourceKind.CONSTANT, "Chess")),
            ProblemKind.NOT_ALLOWED_VALUE,
        ),
    ],
)
def test_a_row_that_can_never_be_sent_blocks(row, expected):
    issues = check(row, sample=(PEOPLE, make_record(answer__x="a", submission__submitted_at="")))
    issues = [issue for issue in issues if issue.severity is Severity.BLOCKS]

    assert kinds(issues) == [expected]
    assert (issues[0].severity, issues[0].row_id) == (Severity.BLOCKS, row.row_id)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (make_row("answer.nobody_sent", "Phone"), IssueKind.UNKNOWN_SOURCE),
        (
            make_row("lead.ethnicity", "Program__c", note="Asked for by the registrar"),
            IssueKind.SENSITIVE_SOURCE,
        ),
        (make_row("submission.has_flep", "hed__FERPA__c"), IssueKind.SENSITIVE_TARGET),
        (make_row("lead.preferred_name", "FirstName"), IssueKind.PREFERRED_NAME),
        (
            make_row("submission.has_flep", "SMS_Opt_Out__c", write_rule=WriteRule.IF_BLANK),
            IssueKind.NEVER_WRITTEN,
        ),
    ],
)
def test_a_row_that_may_surprise_warns(row, expected):
    issues = check(row)

    assert kinds(issues) == [expected]
    assert issues[0].severity is Severity.WARNS


@pytest.mark.parametrize("name", ["Business_Name__c", "Class_Notes__c", "Classname__c"])
def test_a_name_that_merely_contains_the_letters_is_no_social_security_number(name):
    describe = replace(LEAD, fields=(*LEAD_FIELDS, make_field(name)))

    assert check(make_row("lead.phone", name), describe=describe) == ()


@pytest.mark.parametrize("name", ["hed__SSN__c", "StudentSSN__c", "Social_Security_Number__c"])
def test_social_security_numbers_are_recognised_in_every_spelling(name):
    describe = replace(LEAD, fields=(*LEAD_FIELDS, make_field(name)))

    issues = check(make_row("lead.phone", name), describe=describe)

    assert kinds(issues) == [IssueKind.FORBIDDEN_TARGET]


def test_an_answer_that_the_sample_carries_is_a_known_source():
    record = replace(PEOPLE, values={**PEOPLE.values, "answer.q1": "yes"})

    assert check(make_row("answer.q1", "Phone"), sample=(record,)) == ()


def test_two_rows_on_one_target_are_told_once_each():
    issues = check(make_row("lead.email", "Email"), make_row("lead.parent_email", "email"))

    assert [(issue.row_id, issue.kind) for issue in issues] == [
        ("row-lead.email", ProblemKind.TARGET_TWICE),
        ("row-lead.parent_email", ProblemKind.TARGET_TWICE),
    ]


def test_a_value_that_fails_holds_its_inquiries_and_is_counted():
    sample = tuple(
        replace(PEOPLE, row_number=number, values={**PEOPLE.values, "interest.program": program})
        for number, program in enumerate(["MBA", "Chess", "Go", ""])
    )

    (issue,) = check(make_row("interest.program", "Program__c"), sample=sample)

    assert (issue.kind, issue.severity) == (ProblemKind.NOT_ALLOWED_VALUE, Severity.HOLDS)
    assert (issue.affected_count, issue.first_example, issue.first_row_number) == (2, "Chess", 1)
    assert "Chess" not in repr(issue)


def test_a_blank_required_value_holds_its_inquiry():
    mononym = replace(PEOPLE, values={**PEOPLE.values, "lead.last_name": " "})

    (issue,) = check(sample=(PEOPLE, mononym))

    assert (issue.kind, issue.severity) == (IssueKind.REQUIRED_BLANK, Severity.HOLDS)
    assert (issue.row_id, issue.affected_count) == ("row-lead.last_name", 1)


def test_a_dependent_value_is_counted_against_its_controller():
    rows = (make_row("interest.campus", "Campus__c"), make_row("answer.b", "Building__c"))
    values = {**PEOPLE.values, "interest.campus": "Online", "answer.b": "North Hall"}

    (issue,) = check(*rows, sample=(replace(PEOPLE, values=values),))

    assert (issue.kind, issue.severity) == (ProblemKind.WRONG_DEPENDENT_VALUE, Severity.HOLDS)
    assert issue.row_id == "row-answer.b"


def test_a_record_type_this_org_does_not_have_blocks_without_any_sample():
    (issue,) = check(record_type="Summer", sample=())

    assert (issue.kind, issue.severity) == (ProblemKind.UNKNOWN_RECORD_TYPE, Severity.BLOCKS)
    assert issue.row_id is None


def test_required_fields_are_asked_for_only_where_records_are_made():
    draft = make_draft()

    assert [field.name for field in required_unserved(draft, LEAD)] == ["LastName", "Company"]
    assert required_unserved(replace(draft, operation=Operation.UPDATE), LEAD) == ()


@pytest.mark.parametrize(
    ("names", "expected", "severity"),
    [
        ((), IssueKind.MATCH_KEY_UNUSABLE, Severity.BLOCKS),
        (("LastName", "lastname"), IssueKind.MATCH_KEY_UNUSABLE, Severity.BLOCKS),
        (("Gone__c",), IssueKind.MATCH_KEY_UNUSABLE, Severity.BLOCKS),
        (("Number__c",), IssueKind.MATCH_KEY_UNUSABLE, Severity.BLOCKS),
        (("LastName", "Email"), IssueKind.MATCH_KEY_UNMAPPED, Severity.BLOCKS),
        (("LastName",), IssueKind.MATCH_KEY_WEAK, Severity.WARNS),
    ],
)
def test_a_match_key_must_tell_records_apart(names, expected, severity):
    issues = check(match_keys=(MatchKey(field_names=names),))

    assert [(issue.kind, issue.severity) for issue in issues] == [(expected, severity)]


def test_a_constant_is_no_match_key():
    row = make_row("c", "Phone", source=source(SourceKind.CONSTANT, "555-0100"))

    issues = check(row, match_keys=(MatchKey(field_names=("Phone",)),))

    assert IssueKind.MATCH_KEY_CONSTANT in kinds(issues)


def test_email_alone_warns_because_families_share_it():
    row = make_row("lead.email", "Email")

    sample = (replace(PEOPLE, values={**PEOPLE.values, "lead.email": "ava@example.edu"}),)

    issues = check(row, sample=sample, match_keys=(MatchKey(field_names=("Email",)),))

    assert kinds(issues) == [IssueKind.MATCH_KEY_WEAK]


def test_only_an_insert_goes_without_a_match_key():
    assert check(match_keys=(), operation=Operation.INSERT) == ()
    assert kinds(check(match_keys=())) == [IssueKind.NO_MATCH_KEY]


def test_an_object_the_user_may_not_change_blocks():
    issues = check(describe=replace(LEAD, createable=False))

    assert kinds(issues) == [IssueKind.SOBJECT_NOT_WRITABLE]


@given(
    names=st.lists(st.sampled_from([*(field.name for field in LEAD_FIELDS), "", "Gone__c"])),
    text=st.text(max_size=20),
    kind=st.sampled_from(SourceKind),
)
def test_every_mapping_can_be_checked(names, text, kind):
    rows = [make_row(text, name, source=source(kind, text)) for name in names]

    assert isinstance(check(*rows, sample=(make_record(lead__email=text),)), tuple)


INVERT = (Transform(kind=TransformKind.INVERT),)


def test_an_opt_in_goes_into_an_opt_out_once_it_is_turned_round():
    row = make_row("consent.sms_opt_in", "SMS_Opt_Out__c", transforms=INVERT)

    assert check(row) == ()


def test_an_opt_in_that_is_turned_round_for_nothing_blocks():
    allowed = make_field("SMS_Opt_In__c", "boolean", label="SMS opt-in")
    describe = replace(LEAD, fields=(*LEAD.fields, allowed))
    row = make_row("consent.sms_opt_in", "SMS_Opt_In__c", transforms=INVERT)

    assert kinds(check(row, describe=describe)) == [IssueKind.OPT_IN_TO_OPT_OUT]


def test_a_unique_field_tells_how_many_inquiries_share_a_value():
    code = make_field("Code__c", length=20, unique=True)
    describe = replace(LEAD, fields=(*LEAD.fields, code))
    sample = [replace(PEOPLE, values={**PEOPLE.values, "edu.ceeb_code": text}) for text in "aAb"]

    issues = check(make_row("edu.ceeb_code", "Code__c"), describe=describe, sample=sample)

    assert [(issue.kind, issue.affected_count) for issue in issues] == [(IssueKind.NOT_UNIQUE, 1)]


def test_the_values_of_a_match_key_may_come_again():
    assert check(sample=(PEOPLE, PEOPLE)) == ()


def test_a_value_map_that_sends_one_value_to_two_blocks():
    twice = ValueMap(pairs=(("x", "Business"), ("x", "MBA"), ("y", "MBA"), ("y", "MBA")))

    issues = check(make_row("interest.program", "Program__c", value_map=twice))

    assert [(each.kind, each.severity, each.first_example) for each in issues] == [
        (IssueKind.VALUE_TWICE, Severity.BLOCKS, "x")
    ]


def without_key(row_number, **values):
    named = {"lead.last_name": "Lopez", "lead.full_name": "Ava Lopez"}
    return SourceRecord(row_number=row_number, values={**named, **values})


KEYS = (MatchKey(field_names=("Halda_ID__c",)), MatchKey(field_names=("Email", "LastName")))
EMAIL = make_row("lead.email", "Email")


@pytest.mark.parametrize("operation", [Operation.UPSERT, Operation.UPDATE])
def test_inquiries_whose_match_keys_are_all_blank_are_counted_as_held(operation):
    sample = (
        PEOPLE,
        without_key(2),
        without_key(3, **{"lead.email": "ava@example.edu"}),
        without_key(4, **{"lead.email": " ", "lead.lead_profile_uid": ""}),
    )

    issues = check(EMAIL, sample=sample, match_keys=KEYS, operation=operation)

    assert [(each.kind, each.affected_count, each.first_row_number) for each in issues] == [
        (IssueKind.MATCH_KEY_BLANK, 2, 2)
    ]
    assert issues[0].severity is Severity.HOLDS


def test_an_insert_needs_no_value_in_a_match_key():
    issues = check(sample=(without_key(1),), operation=Operation.INSERT)

    assert IssueKind.MATCH_KEY_BLANK not in kinds(issues)


def test_a_match_key_whose_value_is_refused_is_told_once():
    sample = (without_key(1, **{"lead.email": "no address"}),)

    issues = check(EMAIL, sample=sample, match_keys=KEYS)

    assert kinds(issues) == [ProblemKind.NOT_AN_EMAIL]


def test_a_match_key_with_a_parents_id_is_not_called_blank():
    parent = make_row("extra", "OwnerId", source=source(SourceKind.PARENT, "person"))
    key = MatchKey(field_names=("OwnerId", "Email"))

    issues = check(parent, EMAIL, sample=(without_key(1),), match_keys=(key,))

    assert IssueKind.MATCH_KEY_BLANK not in kinds(issues)


@pytest.mark.parametrize(
    "changes",
    [
        {"value_map": ValueMap(pairs=(("x", ""),))},
        {"value_map": ValueMap(unmapped=UnmappedPolicy.BLANK)},
    ],
)
def test_a_constant_that_its_value_map_makes_blank_serves_no_required_field(changes):
    company = make_row("c", "Company", source=source(SourceKind.CONSTANT, "x"), **changes)
    draft = make_draft(BASE[0], BASE[2], company)

    issues = check_mapping(draft, LEAD, (PEOPLE,), CANONICAL_FIELDS)

    assert [(each.kind, each.severity) for each in issues] == [
        (IssueKind.REQUIRED_BLANK, Severity.BLOCKS)
    ]


def test_a_required_field_left_blank_with_a_warning_is_counted():
    last = Transform(kind=TransformKind.SPLIT, options=(("index", "2"), ("separator", ",")))
    company = make_row("lead.full_name", "Company", transforms=(last,))
    draft = make_draft(BASE[0], BASE[2], company)

    issues = check_mapping(draft, LEAD, (PEOPLE,), CANONICAL_FIELDS)

    assert [(each.kind, each.severity) for each in issues] == [
        (ProblemKind.NO_SUCH_PART, Severity.WARNS),
        (IssueKind.REQUIRED_BLANK, Severity.HOLDS),
    ]


def test_inquiries_that_make_no_record_of_the_object_are_not_counted():
    blank = make_record(2, lead__lead_profile_uid="2")
    taking_part = replace(
        blank, row_number=3, values={**blank.values, "interest.program": "Business"}
    )

    issues = check(sample=(PEOPLE, blank, taking_part), only_with=("interest.program",))

    assert [(each.kind, each.affected_count) for each in issues] == [
        (IssueKind.REQUIRED_BLANK, 1),
        (IssueKind.REQUIRED_BLANK, 1),
    ]
