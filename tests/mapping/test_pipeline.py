"""A row's way: source, value map, null rule, lookup, parents; several objects and forms."""

import pytest

from core.mapping.apply import PreparedMapping, apply
from core.mapping.forms import effective_objects, objects_for_form, takes_part
from core.mapping.lookups import LookupAsk, ResolvedLookups
from core.mapping.model import (
    FieldRow,
    FormOverride,
    Lookup,
    LookupPolicy,
    NullRule,
    OverrideRow,
    RowSource,
    SourceKind,
    UnmappedPolicy,
    ValueMap,
    WriteRule,
)
from core.mapping.pipeline import ApplySettings
from core.mapping.problems import ProblemKind
from core.mapping.value_maps import ValueCount, count_values
from tests.mapping.fields import LEAD, make_draft, make_mapping, make_record, make_row

PROGRAMS = ValueMap(pairs=(("mba", "MBA"), ("Biz", "Business"), ("BIZ ", "MBA")))
OWNER = Lookup(sobject_name="User", by_field="Username")
AVA, BEN = "005Ps0000000001AAA", "005Ps0000000002AAA"


def cell_of(row, settings=None, **values):
    return apply(make_draft(row), LEAD, make_record(**values), settings=settings).cells[0]


def program_row(value_map, **changes):
    return make_row("interest.program", "Program__c", value_map=value_map, **changes)


def test_a_source_listed_with_two_targets_is_not_mapped():
    twice = ValueMap(pairs=(("mba", "MBA"), ("x", "Business"), ("x", "MBA")))

    cell = cell_of(program_row(twice), interest__program="x")

    assert cell.value is None
    assert [each.kind for each in cell.problems] == [ProblemKind.UNMAPPED_VALUE]


def test_a_source_listed_twice_alike_is_mapped():
    twice = ValueMap(pairs=(("mba", "MBA"), ("mba", "MBA")))

    assert cell_of(program_row(twice), interest__program="mba").value == "MBA"


@pytest.mark.parametrize("text", ["mba;", ";mba", " ; mba ;;"])
def test_one_value_beside_empty_ones_is_mapped_as_that_value(text):
    assert cell_of(program_row(PROGRAMS), interest__program=text).value == "MBA"


def test_a_listed_value_is_sent_as_the_university_calls_it():
    assert cell_of(program_row(PROGRAMS), interest__program="mba").value == "MBA"


def test_case_and_spaces_of_a_source_value_do_not_matter_where_only_one_target_fits():
    assert cell_of(program_row(PROGRAMS), interest__program=" MBA ").value == "MBA"


def test_two_spellings_with_two_targets_are_told_apart_exactly():
    assert cell_of(program_row(PROGRAMS), interest__program="Biz").value == "Business"
    assert cell_of(program_row(PROGRAMS), interest__program="biz").is_blocked


@pytest.mark.parametrize(
    ("policy", "value", "kinds"),
    [
        (UnmappedPolicy.HOLD, None, [ProblemKind.UNMAPPED_VALUE]),
        (UnmappedPolicy.BLANK, None, []),
        (UnmappedPolicy.USE_DEFAULT, "Business", []),
        (UnmappedPolicy.AS_IS, None, [ProblemKind.NOT_ALLOWED_VALUE]),
    ],
)
def test_an_unlisted_value_follows_its_policy(policy, value, kinds):
    value_map = ValueMap(pairs=(("x", "MBA"),), unmapped=policy, default="Business")

    cell = cell_of(program_row(value_map), interest__program="Law")

    assert cell.value == value
    assert [problem.kind for problem in cell.problems] == kinds


def test_several_values_of_one_answer_are_mapped_one_by_one_and_sent_once():
    value_map = ValueMap(pairs=(("Art", "Design"), ("Craft", "Design"), ("Med", "Health")))
    row = make_row("interest.academic_interests", "Interests__c", value_map=value_map)

    assert cell_of(row, interest__academic_interests="Art; Craft;Med").value == "Design;Health"


def test_a_listed_whole_wins_over_its_parts():
    value_map = ValueMap(pairs=(("A;B", "Health"), ("A", "Design"), ("B", "Business")))
    row = make_row("interest.academic_interests", "Interests__c", value_map=value_map)

    assert cell_of(row, interest__academic_interests="A;B").value == "Health"


def test_distinct_values_are_counted_over_their_spellings():
    counted = count_values(["MBA", "mba", "MBA", "Law;MBA", "", None, "law"])

    assert counted == (ValueCount("MBA", 4), ValueCount("Law", 2))


@pytest.mark.parametrize("sent", [{}, {"lead.last_name": "  "}], ids=["missing", "blank"])
def test_a_text_for_blanks_speaks_for_missing_and_blank_alike(sent):
    row = make_row("lead.last_name", "LastName", null_rule=NullRule.USE_TEXT, null_text="Unknown")

    cell = cell_of(row, **{key.replace(".", "__"): text for key, text in sent.items()})

    assert (cell.value, cell.is_fallback) == ("Unknown", True)


def test_under_always_the_text_for_blanks_may_replace():
    row = make_row(
        "lead.last_name",
        "LastName",
        null_rule=NullRule.USE_TEXT,
        null_text="Unknown",
        write_rule=WriteRule.ALWAYS,
    )

    assert not cell_of(row).is_fallback


@pytest.mark.parametrize("values", [{}, {"lead__last_name": ""}], ids=["missing", "blank"])
def test_a_held_blank_names_the_field(values):
    cell = cell_of(make_row("lead.last_name", "LastName", null_rule=NullRule.HOLD), **values)

    assert [problem.kind for problem in cell.problems] == [ProblemKind.BLANK_HELD]
    assert "Last" in cell.problems[0].message


def test_every_form_question_can_go_into_one_text():
    source = RowSource(kind=SourceKind.TEMPLATE, text="Answers:\n{answer.*}")
    row = make_row("answer", "Description", source=source)
    settings = ApplySettings(labels={"answer.why": "Why us?"})

    cell = cell_of(row, settings, answer__why="Cost", answer__pet="cat", answer__none="")

    assert cell.value == "Answers:\nWhy us?: Cost\nanswer.pet: cat"


def lookup_row(**changes):
    return make_row("answer.advisor", "OwnerId", lookup=Lookup(**{**_parts(OWNER), **changes}))


def _parts(lookup):
    return {"sobject_name": lookup.sobject_name, "by_field": lookup.by_field}


def resolved(*ids):
    ask = LookupAsk("User", "Username", "ava@example.edu")
    return ApplySettings(resolved=ResolvedLookups({ask: ids}))


def test_a_lookup_asks_once_for_each_distinct_text():
    prepared = PreparedMapping(make_draft(lookup_row()), LEAD)
    texts = ["ava@example.edu", " ava@example.edu ", "ben@example.edu", ""]

    asks = prepared.lookups([make_record(answer__advisor=text) for text in texts])

    assert [ask.text for ask in asks] == ["ava@example.edu", "ben@example.edu"]


def test_a_found_record_is_sent_by_its_id():
    cell = cell_of(lookup_row(), resolved(AVA), answer__advisor=" ava@example.edu")

    assert cell.value == AVA
    assert "found by Username" in cell.note


@pytest.mark.parametrize(
    ("found", "policy", "kind", "is_blocked"),
    [
        ((), LookupPolicy.HOLD, ProblemKind.LOOKUP_NOT_FOUND, True),
        ((), LookupPolicy.BLANK, ProblemKind.LOOKUP_NOT_FOUND, False),
        ((AVA, BEN), LookupPolicy.HOLD, ProblemKind.LOOKUP_SEVERAL, True),
        ((AVA, BEN), LookupPolicy.BLANK, ProblemKind.LOOKUP_SEVERAL, False),
    ],
)
def test_none_or_several_found_are_never_chosen_from(found, policy, kind, is_blocked):
    row = lookup_row(not_found=policy, several=policy)

    cell = cell_of(row, resolved(*found), answer__advisor="ava@example.edu")

    assert (cell.value, cell.is_absent or cell.is_blocked) == (None, True)
    assert ([problem.kind for problem in cell.problems], cell.is_blocked) == ([kind], is_blocked)


def test_a_lookup_that_was_not_asked_yet_says_so():
    cell = cell_of(lookup_row(), answer__advisor="ava@example.edu")

    assert cell.value is None
    assert cell.ask == LookupAsk("User", "Username", "ava@example.edu")


def test_a_child_carries_the_id_of_its_person():
    source = RowSource(kind=SourceKind.PARENT, text="person")
    prepared = PreparedMapping(make_draft(make_row("p", "OwnerId", source=source)), LEAD)

    assert prepared.apply(make_record(), {"person": "@{person.id}"}).value("OwnerId") == (
        "@{person.id}"
    )
    assert prepared.apply(make_record()).cells[0].is_absent


def with_form(*rows: FieldRow):
    default = make_mapping(make_row("lead.email", "Email"), make_row("lead.phone", "Phone"))
    overrides = tuple(OverrideRow(object_id="person", row=row) for row in rows)
    return _replaced(default, FormOverride(form_id="leadform_78", rows=overrides))


def _replaced(mapping, form):
    return type(mapping)(objects=mapping.objects, forms=(form,))


def names(objects):
    return [row.field_name for row in objects[0].rows]


def test_a_form_replaces_adds_and_takes_off_rows_of_the_default():
    mapping = with_form(
        make_row("lead.email", "Work_Email__c"),
        make_row("lead.phone", ""),
        make_row("answer.x", "Description"),
    )

    assert names(objects_for_form(mapping, "leadform_78")) == ["Work_Email__c", "Description"]
    assert names(objects_for_form(mapping, "another")) == ["Email", "Phone"]


@pytest.mark.parametrize("key", ["submission__form_id", "form__id"])
def test_an_inquiry_goes_through_the_rows_of_its_form(key):
    mapping = with_form(make_row("lead.phone", ""))

    assert names(effective_objects(mapping, make_record(**{key: " leadform_78 "}))) == ["Email"]
    assert names(effective_objects(mapping, make_record())) == ["Email", "Phone"]


def test_an_object_is_left_out_where_none_of_its_keys_is_filled():
    draft = make_draft(only_with=("interest.program", "interest.term"))

    assert takes_part(draft, {"interest.term": "Fall 2026"})
    assert not takes_part(draft, {"interest.term": " "})
    assert takes_part(make_draft(), {})
