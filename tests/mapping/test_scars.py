"""Defects that other mapping tools had, each as a test that this one does not have it."""

from dataclasses import replace

import pytest

from core.halda.intake import read_inquiries
from core.mapping.apply import apply
from core.mapping.checks.one_object import IssueKind, check_mapping
from core.mapping.coercion.coerce import coerce, render
from core.mapping.coercion.compare import is_same
from core.mapping.decide import Action, decide
from core.mapping.describe import SobjectDescribe
from core.mapping.editing.rows import move_to_object, with_row
from core.mapping.files.serialize import from_content, to_content
from core.mapping.lookups import ResolvedLookups, make_ask
from core.mapping.model import (
    Lookup,
    MappingDraft,
    Operation,
    RowSource,
    SourceField,
    SourceKind,
    Transform,
    TransformKind,
    ValueMap,
    WriteRule,
)
from core.mapping.pipeline import ApplySettings
from core.mapping.problems import ProblemKind
from core.mapping.suggestions.suggest import suggest, suggest_match_keys
from core.preview.matching.lookups import resolve_lookups
from tests.mapping.fields import (
    LEAD,
    choices,
    lead_field,
    make_draft,
    make_field,
    make_record,
    make_row,
)

EMAIL = make_row("lead.email", "Email")


def value_of(row, settings=None, **values):
    return apply(make_draft(row), LEAD, make_record(**values), settings=settings).cells[0]


def decided(row, current, **values):
    field = lead_field(row.field_name)
    return decide(value_of(row, **values), row, field, current, is_create=False)


@pytest.mark.parametrize("rule", WriteRule)
def test_an_omitted_column_is_neither_cleared_nor_shown_as_cleared(rule):
    assert decided(replace(EMAIL, write_rule=rule), "ava@example.edu").action is Action.SKIP


def test_the_literal_na_is_a_text_and_clears_nothing():
    row = make_row("lead.first_name", "FirstName", write_rule=WriteRule.ALWAYS)

    assert decided(row, "Ava", lead__first_name="#N/A").value == "#N/A"


def test_a_blank_clears_under_always_and_under_no_other_rule():
    cleared = {
        rule
        for rule in WriteRule
        if decided(replace(EMAIL, write_rule=rule), "a@example.edu", lead__email="").will_send
    }

    assert cleared == {WriteRule.ALWAYS}


def test_fields_are_gathered_from_every_inquiry_and_not_from_the_first():
    intake = read_inquiries(
        b'[{"lead.email": "a@example.edu"}, {"lead.first_name": "Ben", "Pet": "cat"}]',
        file_name="sparse.json",
    )

    assert {"lead.email", "lead.first_name"} < {field.key for field in intake.fields_seen}
    assert "lead.first_name" not in intake.records[0].values


OWNER = Lookup(sobject_name="User", by_field="Username")
USER_ID = "005Ps0000000001IAA"


def test_a_lookup_joins_without_case_as_the_org_queried():
    row = make_row("answer.owner", "OwnerId", lookup=OWNER)
    users = SobjectDescribe(
        name="User", label="User", fields=(make_field("Id", "id"), make_field("Username"))
    )

    def answer(queries):
        return [[{"Id": USER_ID, "Username": "AVA@example.edu"}] for _ in queries]

    asks = [make_ask(OWNER, "ava@EXAMPLE.edu")]
    resolved = resolve_lookups(asks, lambda _name: users, answer).resolved
    cell = value_of(row, ApplySettings(resolved=resolved), answer__owner="ava@EXAMPLE.edu")

    assert cell.value == USER_ID


@pytest.mark.parametrize("text", ["001", "0", "00042"])
def test_keys_of_digits_keep_their_leading_zeros(text):
    assert value_of(make_row("edu.ceeb_code", "Halda_ID__c"), edu__ceeb_code=text).value == text


def test_a_short_and_a_long_id_are_the_same_record():
    field = lead_field("OwnerId")

    assert is_same(coerce("005Ps0000000001", field).value, USER_ID, field)


def test_what_was_not_asked_is_not_taken_for_not_found():
    cell = value_of(
        make_row("answer.owner", "OwnerId", lookup=OWNER),
        ApplySettings(resolved=ResolvedLookups({})),
        answer__owner="ava@example.edu",
    )

    assert cell.ask is not None
    assert cell.problems == ()


NAMES = [
    SourceField(key="answer.name", label="名字", group="Form questions"),
    SourceField(key="answer.city", label="城市", group="Form questions"),
]


def test_labels_in_another_script_do_not_match_each_other_for_want_of_ascii():
    field = make_field("Field_1__c", label="电话号码", length=80)

    assert suggest(NAMES, replace(LEAD, fields=(field,))) == ()


def test_two_fields_of_one_label_are_a_question_and_not_the_last_one():
    twins = tuple(make_field(f"Field_{n}__c", label="Program", length=80) for n in (1, 2))
    program = SourceField(key="interest.program", label="Program", group="Interest")

    assert not any(each.accept for each in suggest([program], replace(LEAD, fields=twins)))


@pytest.mark.parametrize("name", ["Email_Bounced_Reason__c", "Parent_Email__c", "Emailing_List__c"])
def test_a_shared_beginning_or_end_is_no_match(name):
    field = make_field(name, label=name.removesuffix("__c").replace("_", " "), length=255)
    email = SourceField(key="lead.email", label="Email", group="Person")

    assert not any(each.accept for each in suggest([email], replace(LEAD, fields=(field,))))


def test_a_row_whose_column_is_missing_from_a_file_stays_in_the_mapping():
    draft = make_draft(make_row("answer.gone", "Phone"), EMAIL)

    applied = apply(draft, LEAD, make_record(lead__email="a@example.edu"))

    assert [cell.is_absent for cell in applied.cells] == [True, False]


@pytest.mark.parametrize(("text", "value"), [("yes", True), ("YES", True), ("no", False)])
def test_yes_is_true(text, value):
    assert coerce(text, lead_field("SMS_Opt_Out__c")).value is value


@pytest.mark.parametrize(
    ("field_name", "text"),
    [("SMS_Opt_Out__c", "maybe"), ("Birth_Date__c", "soon"), ("Graduation_Year__c", "next")],
)
def test_what_cannot_be_read_is_named_and_neither_false_nor_blank(field_name, text):
    coerced = coerce(text, lead_field(field_name))

    assert coerced.is_blocked
    assert coerced.value is None


@pytest.mark.parametrize(
    "text", ["2027-08-31T23:30:00-07:00", "2027-08-31T00:30:00+02:00"], ids=["evening", "night"]
)
def test_a_moment_in_a_date_field_never_shifts_the_day_in_silence(text):
    coerced = coerce(text, lead_field("Birth_Date__c"))

    assert coerced.problems or coerced.value == text[:10]


def test_an_unlisted_value_goes_into_an_open_list_and_not_into_a_restricted_one():
    assert coerce("Fair", lead_field("LeadSource")).value == "Fair"
    assert coerce("Fair", lead_field("Program__c")).is_blocked


def test_a_match_key_that_cannot_be_changed_later_only_needs_to_be_set_on_create():
    fixed = make_field("Master__c", length=40, updateable=False, external_id=True, unique=True)
    describe = replace(LEAD, fields=(*LEAD.fields, fixed))
    draft = make_draft(make_row("lead.lead_profile_uid", "Master__c"), match_keys=())
    sample = [make_record(lead__lead_profile_uid="1")]

    kinds = [issue.kind for issue in check_mapping(draft, describe, sample, ())]

    assert IssueKind.NOT_WRITABLE not in kinds


@pytest.mark.parametrize("text", ["__import__('os').system('true')", "{lead}", "${1}"])
def test_nothing_is_evaluated(text):
    value_map = ValueMap(pairs=(("a", text),))
    template = RowSource(kind=SourceKind.TEMPLATE, text=f"{text} {{lead.first_name}}")

    mapped = value_of(make_row("answer.x", "Description", value_map=value_map), answer__x="a")
    filled = value_of(make_row("t", "Description", source=template), lead__first_name="Ava")

    assert mapped.value == text
    assert filled.value == f"{text} Ava"


def test_one_bad_value_leaves_its_neighbours_alone():
    draft = make_draft(EMAIL, make_row("lead.last_name", "LastName"))

    applied = apply(draft, LEAD, make_record(lead__email="no address", lead__last_name="Lopez"))

    assert (applied.cells[0].is_blocked, applied.value("LastName")) == (True, "Lopez")


@pytest.mark.parametrize(
    "text", ["O'Brien", "O''Brien", "back\\slash", 'quo"te', "a;b", "<b>&amp;"]
)
def test_apostrophes_backslashes_and_markup_are_sent_as_they_are(text):
    cell = value_of(make_row("lead.last_name", "LastName"), lead__last_name=text)

    assert cell.value == text
    assert render(cell.value, lead_field("LastName")) == text


@pytest.mark.parametrize("operation", Operation)
def test_the_operation_outlives_saving_editing_and_another_object(operation):
    draft = make_draft(EMAIL, operation=operation)
    stored = from_content(to_content(MappingDraft(objects=(draft,)))).person
    moved, _ = move_to_object(with_row(draft, make_row("lead.phone", "Phone")), LEAD)

    assert {stored.operation, moved.operation} == {operation}


def test_two_values_for_one_spelling_are_held_and_not_picked_from():
    value_map = ValueMap(pairs=(("Biz", "Business"), ("biz", "MBA")))
    row = make_row("interest.program", "Program__c", value_map=value_map)

    assert value_of(row, interest__program="BIZ").is_blocked


@pytest.mark.parametrize(("length", "is_held"), [(40, False), (41, True)])
def test_a_text_one_character_too_long_is_held_and_never_cut(length, is_held):
    cell = value_of(make_row("lead.first_name", "FirstName"), lead__first_name="x" * length)

    assert (cell.is_blocked, cell.value) == (is_held, None if is_held else "x" * length)


@pytest.mark.parametrize(
    "text", ["Ava \U0001f393", "𠮷野家", "\U0001f468\u200d\U0001f469\u200d\U0001f467"]
)
def test_characters_beyond_the_basic_plane_come_through_whole(text):
    assert value_of(make_row("lead.first_name", "FirstName"), lead__first_name=text).value == text


def test_a_cut_that_was_asked_for_splits_no_character():
    cut = (Transform(kind=TransformKind.TRUNCATE, options=(("length", "5"),)),)
    row = make_row("lead.first_name", "FirstName", transforms=cut)

    value = value_of(row, lead__first_name="Ava \U0001f393\U0001f393").value

    assert isinstance(value, str)
    assert value.encode("utf-8")


def test_clearing_sends_a_blank_and_not_the_fields_default():
    status = make_field(
        "Status__c", "picklist", default_value="New", picklist_values=choices("New")
    )
    row = make_row("answer.x", "Status__c", write_rule=WriteRule.ALWAYS)
    cell = apply(make_draft(row), replace(LEAD, fields=(status,)), make_record(answer__x="")).cells[
        0
    ]

    decision = decide(cell, row, status, "New", is_create=False)

    assert (decision.action, decision.value) == (Action.CLEAR, None)


def test_another_object_keeps_what_fits_and_lists_what_is_lost():
    contact = replace(LEAD, name="Contact", fields=(lead_field("Email"),))
    draft = make_draft(EMAIL, make_row("lead.phone", "Phone"))

    moved, lost = move_to_object(draft, contact)

    assert [row.field_name for row in moved.rows] == ["Email"]
    assert "Phone" in repr(lost)


def test_an_auto_number_is_not_offered_as_a_key():
    number = make_field(
        "Halda_Number__c",
        label="Halda Number",
        createable=False,
        updateable=False,
        auto_number=True,
        external_id=True,
        unique=True,
    )

    assert suggest_match_keys(replace(LEAD, fields=(number,))) == ()


def test_an_option_that_was_removed_after_saving_is_told():
    field = replace(
        lead_field("Program__c"), picklist_values=choices("MBA", inactive=("Business",))
    )
    describe = replace(LEAD, fields=(field,))
    row = make_row("c", "Program__c", source=RowSource(kind=SourceKind.CONSTANT, text="Business"))

    kinds = [i.kind for i in check_mapping(make_draft(row, match_keys=()), describe, (), ())]

    assert ProblemKind.INACTIVE_VALUE in kinds
