"""A whole mapping: its objects in order, its forms, what is not sent, what EDA refuses."""

from dataclasses import replace

import pytest

from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks.issues import IssueKind, Severity
from core.mapping.checks.whole_draft import check_draft
from core.mapping.describe import SobjectDescribe
from core.mapping.model import (
    FormOverride,
    Lookup,
    MappingDraft,
    NotSent,
    ObjectMapping,
    Operation,
    OverrideRow,
    RowSource,
    SourceKind,
)
from core.mapping.problems import ProblemKind
from tests.mapping.fields import LEAD, make_draft, make_field, make_record, make_row

PERSON = make_draft(
    make_row("lead.last_name", "LastName"),
    make_row("lead.full_name", "Company"),
    make_row("lead.lead_profile_uid", "Halda_ID__c"),
)
RECORD = make_record(
    lead__last_name="Lopez", lead__full_name="Ava Lopez", lead__lead_profile_uid="1"
)
TASK = SobjectDescribe(
    name="Task",
    label="Task",
    fields=(
        make_field("Subject", length=255),
        make_field("WhoId", "reference", reference_to=("Contact", "Lead"), filterable=True),
    ),
)
WHO = make_row("who", "WhoId", source=RowSource(kind=SourceKind.PARENT, text="person"))
CHILD = ObjectMapping(
    object_id="task", sobject_name="Task", operation=Operation.INSERT, rows=(WHO,)
)


def check(*objects, sample=(RECORD,), describes=(LEAD, TASK), **changes):
    draft = MappingDraft(objects=objects, **changes)
    return check_draft(draft, {each.name: each for each in describes}, sample, CANONICAL_FIELDS)


def found(issues):
    return [(each.object_id, each.issue.kind) for each in issues]


def test_a_person_and_its_child_have_no_issues():
    assert check(PERSON, CHILD) == ()


def test_a_child_before_its_person_has_no_id_to_carry():
    assert ("task", IssueKind.NO_PARENT) in found(check(CHILD, PERSON))


@pytest.mark.parametrize(
    "target",
    [
        make_field("WhoId", "reference", reference_to=("Contact",)),
        make_field("WhoId", length=18),
    ],
)
def test_a_parents_id_blocks_where_the_field_cannot_point_at_it(target):
    task = replace(TASK, fields=(TASK.fields[0], target))

    issues = check(PERSON, CHILD, describes=(LEAD, task))

    assert found(issues) == [("task", IssueKind.WRONG_PARENT)]
    assert issues[0].issue.severity is Severity.BLOCKS


def test_a_parents_id_in_a_forms_own_row_is_checked_too():
    wrong = replace(WHO, field_name="Subject", row_id="own")

    issues = check(PERSON, CHILD, forms=form(("task", wrong)))

    assert [(each.form_id, each.issue.kind) for each in issues] == [("f1", IssueKind.WRONG_PARENT)]


def looked_up(by_field):
    lookup = Lookup(sobject_name="lead", by_field=by_field)
    return replace(CHILD, rows=(make_row("lead.email", "WhoId", lookup=lookup),))


@pytest.mark.parametrize(
    ("by_field", "kinds"),
    [
        ("Nope__c", [IssueKind.LOOKUP_MISSING]),
        ("Notes__c", [IssueKind.LOOKUP_MISSING]),
        ("email", []),
    ],
)
def test_a_lookup_by_a_field_that_cannot_be_searched_blocks(by_field, kinds):
    lead = replace(LEAD, fields=(*LEAD.fields, make_field("Notes__c", filterable=False)))

    issues = check(PERSON, looked_up(by_field), describes=(lead, TASK))

    assert [each.issue.kind for each in issues] == kinds


def test_a_lookup_in_an_object_without_a_describe_is_left_to_the_preview():
    lookup = Lookup(sobject_name="Contact", by_field="Nope__c")
    child = replace(CHILD, rows=(make_row("lead.email", "WhoId", lookup=lookup),))

    assert check(PERSON, child) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"default_country": "ZZ"},
        {"default_country": "USA"},
        {"default_country": ""},
        {"time_zone": "Mars/Olympus"},
        {"time_zone": ""},
    ],
)
def test_a_country_or_zone_that_does_not_exist_blocks(changes):
    assert found(check(PERSON, **changes)) == [("", IssueKind.BAD_SETTING)]


@pytest.mark.parametrize("object_id", ["2nd", "a-b", "a.b", "é", "", "a b"])
def test_an_object_id_that_no_composite_reference_can_carry_blocks(object_id):
    issues = check(PERSON, replace(CHILD, object_id=object_id))

    assert found(issues) == [("", IssueKind.BAD_OBJECT_ID)]


def test_a_describe_is_found_whatever_the_case_of_the_object_name():
    assert check(replace(PERSON, sobject_name="LEAD"), CHILD) == ()


def test_a_describe_of_one_object_goes_before_that_of_its_sobject():
    narrow = replace(LEAD, fields=tuple(each for each in LEAD.fields if each.name != "Company"))
    draft = MappingDraft(objects=(PERSON, replace(PERSON, object_id="second")))

    issues = check_draft(
        draft, {"Lead": LEAD}, (RECORD,), CANONICAL_FIELDS, own_describes={"second": narrow}
    )

    assert found(issues) == [("second", ProblemKind.UNKNOWN_FIELD)]


def test_two_objects_of_one_name_block():
    assert ("", IssueKind.OBJECT_TWICE) in found(check(PERSON, PERSON))


def test_an_object_the_org_does_not_show_blocks():
    issues = check(PERSON, CHILD, describes=(LEAD,))

    assert found(issues) == [("task", IssueKind.NO_DESCRIBE)]


def test_a_mapping_without_objects_blocks():
    assert found(check()) == [("", IssueKind.NO_ROWS)]


def test_what_is_sent_and_marked_as_not_sent_is_told():
    not_sent = (NotSent(source_key="lead.last_name", reason="no"),)

    assert found(check(PERSON, not_sent=not_sent)) == [("", IssueKind.SENT_AND_NOT_SENT)]


def form(*rows):
    own = tuple(OverrideRow(object_id=object_id, row=row) for object_id, row in rows)
    return (FormOverride(form_id="f1", form_name="Graduate RFI", rows=own),)


def test_a_forms_own_rows_are_checked_on_its_own_inquiries():
    of_form = replace(RECORD, values={**RECORD.values, "form.id": "f1", "answer.x": "no address"})
    elsewhere = replace(RECORD, values={**RECORD.values, "answer.x": "nor this"})

    issues = check(
        PERSON,
        sample=(of_form, elsewhere),
        forms=form(("person", make_row("answer.x", "Email"))),
    )

    assert [(each.form_id, each.issue.affected_count) for each in issues] == [("f1", 1)]


def test_a_form_that_takes_off_what_a_create_needs_blocks():
    issues = check(PERSON, forms=form(("person", make_row("lead.last_name", ""))))

    assert [(each.form_id, each.issue.kind) for each in issues] == [
        ("f1", IssueKind.REQUIRED_UNSERVED)
    ]


def test_a_forms_rows_for_no_object_block():
    issues = check(PERSON, forms=form(("gone", make_row("lead.phone", "Phone"))))

    assert found(issues) == [("gone", IssueKind.UNKNOWN_OBJECT)]


LONG = make_row("lead.first_name", "FirstName")
OWN = {**RECORD.values, "form.id": "f1", "lead.first_name": "A" * 50}


@pytest.mark.parametrize(
    "own_row",
    [
        replace(LONG, field_name=""),
        replace(LONG, field_name="Description"),
    ],
)
def test_a_row_that_a_form_replaces_is_not_checked_on_the_forms_inquiries(own_row):
    person = replace(PERSON, rows=(*PERSON.rows, LONG))

    assert (
        check(person, sample=(replace(RECORD, values=OWN),), forms=form(("person", own_row))) == ()
    )


def test_a_row_that_a_form_leaves_alone_is_counted_once_over_all_inquiries():
    person = replace(PERSON, rows=(*PERSON.rows, LONG))
    sample = (
        replace(RECORD, values=OWN),
        replace(RECORD, row_number=2, values={**OWN, "form.id": "f2"}),
    )

    issues = check(person, sample=sample, forms=form(("person", make_row("lead.phone", "Phone"))))

    assert [(each.form_id, each.issue.kind, each.issue.affected_count) for each in issues] == [
        ("", ProblemKind.TOO_LONG, 2)
    ]


def test_a_match_key_that_a_form_leaves_blank_is_told_of_that_form():
    own = make_row("lead.lead_profile_uid", "Halda_ID__c")
    own = replace(own, source=RowSource(kind=SourceKind.FIELD, text="answer.none"))
    of_form = replace(RECORD, row_number=2, values={**RECORD.values, "form.id": "f1"})

    issues = check(PERSON, sample=(RECORD, of_form), forms=form(("person", own)))

    assert ("f1", IssueKind.MATCH_KEY_BLANK, 1) in [
        (each.form_id, each.issue.kind, each.issue.affected_count) for each in issues
    ]
    assert all(each.form_id for each in issues)


EDA_CONTACT = SobjectDescribe(
    name="Contact",
    label="Contact",
    fields=(
        make_field("LastName", length=80, nillable=False, filterable=True),
        make_field("Halda_ID__c", length=36, external_id=True, unique=True, filterable=True),
        make_field("hed__UniversityEmail__c", "email", length=80, label="University Email"),
        make_field("hed__AlternateEmail__c", "email", length=80, label="Alternate Email"),
        make_field("hed__Preferred_Email__c", length=255),
    ),
)


def eda(preferred, **values):
    rows = [
        make_row("lead.last_name", "LastName"),
        make_row("lead.lead_profile_uid", "Halda_ID__c"),
        make_row("lead.email", "hed__UniversityEmail__c"),
        make_row("lead.secondary_email", "hed__AlternateEmail__c"),
    ]
    if preferred:
        source = RowSource(kind=SourceKind.CONSTANT, text=preferred)
        rows.append(make_row("pref", "hed__Preferred_Email__c", source=source))
    record = make_record(lead__last_name="Lopez", lead__lead_profile_uid="1", **values)
    contact = make_draft(*rows, sobject_name="Contact")
    return check(contact, sample=(record,), describes=(EDA_CONTACT,))


BOTH = {"lead__email": "a@example.edu", "lead__secondary_email": "b@example.edu"}


@pytest.mark.parametrize(
    ("preferred", "values", "expected"),
    [
        ("", BOTH, [IssueKind.PREFERRED_MISSING]),
        ("", {"lead__email": "a@example.edu"}, []),
        ("University Email", BOTH, []),
        ("hed__WorkEmail__c", BOTH, [IssueKind.PREFERRED_BLANK]),
        ("Alternate Email", {"lead__email": "a@example.edu"}, [IssueKind.PREFERRED_BLANK]),
    ],
)
def test_edas_preferred_email_is_checked_on_the_sample(preferred, values, expected):
    issues = [each.issue for each in eda(preferred, **values)]

    assert [issue.kind for issue in issues if issue.kind in IssueKind] == expected
    assert all(issue.severity is Severity.HOLDS for issue in issues)


def test_what_one_form_sends_and_marks_as_not_sent_is_told_for_that_form():
    not_sent = (NotSent(source_key="lead.last_name", reason="no"),)

    [issue] = check(PERSON, forms=(FormOverride(form_id="f1", not_sent=not_sent),))

    assert (issue.issue.kind, issue.form_id) == (IssueKind.SENT_AND_NOT_SENT, "f1")
