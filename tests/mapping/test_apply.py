"""One inquiry through a mapping: blank against missing, templates, dependent values."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.apply import apply, effective_rows
from core.mapping.model import (
    Lookup,
    NullRule,
    RowSource,
    SourceKind,
    SourceRecord,
    Transform,
    TransformKind,
    ValueMap,
    WriteRule,
)
from core.mapping.problems import ProblemKind
from core.mapping.transforms import TRANSFORM_OPTIONS
from tests.mapping.fields import LEAD, LEAD_FIELDS, make_draft, make_record, make_row

KEYS = ("lead.first_name", "lead.last_name", "lead.email", "interest.term", "answer.x")
VALUES = st.dictionaries(st.sampled_from(KEYS), st.text(max_size=30))
OPTION_NAMES = sorted({option.name for each in TRANSFORM_OPTIONS.values() for option in each})
OPTION_VALUES = st.text(max_size=6) | st.sampled_from(
    ["US", "MX", "en", "first", "year", "date", "5", "0", "-1", "mdy", "UTC", "code", "org", ","]
)
TRANSFORMS = st.builds(
    Transform,
    kind=st.sampled_from(TransformKind),
    options=st.dictionaries(st.sampled_from(OPTION_NAMES), OPTION_VALUES, max_size=3).map(
        lambda found: tuple(sorted(found.items()))
    ),
)
ROWS = st.lists(
    st.builds(
        make_row,
        st.sampled_from(KEYS),
        st.sampled_from([*(field.name for field in LEAD_FIELDS), "", "Gone__c"]),
        source=st.builds(
            RowSource,
            kind=st.sampled_from(SourceKind),
            text=st.sampled_from(KEYS) | st.text(max_size=12) | st.just("{lead.email}, {answer.x"),
        ),
        write_rule=st.sampled_from(WriteRule),
        transforms=st.lists(TRANSFORMS, max_size=3).map(tuple),
        value_map=st.none() | st.from_type(ValueMap),
        null_rule=st.sampled_from(NullRule),
        null_text=st.text(max_size=5),
        lookup=st.none() | st.from_type(Lookup),
    ),
    max_size=8,
)


def template(text: str) -> RowSource:
    return RowSource(kind=SourceKind.TEMPLATE, text=text)


def constant(text: str) -> RowSource:
    return RowSource(kind=SourceKind.CONSTANT, text=text)


@given(rows=ROWS, values=VALUES)
def test_every_mapping_applies_to_every_inquiry(rows, values):
    draft = make_draft(*rows)

    applied = apply(draft, LEAD, SourceRecord(row_number=1, values=values))

    assert len(applied.cells) == len(effective_rows(draft))
    assert all(cell.value is None for cell in applied.cells if cell.is_blocked or cell.is_absent)


@given(rows=ROWS, values=VALUES, seed=st.integers())
def test_the_order_of_rows_changes_nothing(rows, values, seed):
    record = SourceRecord(row_number=1, values=values)
    shuffled = random.Random(seed).sample(rows, len(rows))

    applied = apply(make_draft(*rows), LEAD, record)
    again = apply(make_draft(*shuffled), LEAD, record)

    assert sorted(map(repr, applied.cells)) == sorted(map(repr, again.cells))


def test_a_missing_key_is_absent_and_a_blank_one_is_not():
    draft = make_draft(make_row("lead.email", "Email"), make_row("lead.phone", "Phone"))

    email, phone = apply(draft, LEAD, make_record(lead__email="")).cells

    assert (email.is_absent, email.source_text, email.value) == (False, "", None)
    assert (phone.is_absent, phone.source_text) == (True, None)


def test_sparse_inquiries_do_not_lend_each_other_values():
    draft = make_draft(make_row("lead.email", "Email"), make_row("lead.phone", "Phone"))

    first = apply(draft, LEAD, make_record(1, lead__email="a@example.edu"))
    second = apply(draft, LEAD, make_record(2, lead__phone="555-0100"))

    assert (first.value("email"), first.value("Phone")) == ("a@example.edu", None)
    assert (second.value("Email"), second.value("Phone")) == (None, "555-0100")


def test_two_rows_on_one_target_hold_both():
    draft = make_draft(make_row("lead.email", "Email"), make_row("lead.parent_email", "email"))

    applied = apply(draft, LEAD, make_record(lead__email="a@example.edu"))

    assert {problem.kind for problem in applied.problems} == {ProblemKind.TARGET_TWICE}
    assert applied.value("Email") is None


def test_a_field_that_left_the_org_is_named_and_its_neighbours_go_on():
    draft = make_draft(make_row("lead.email", "Email"), make_row("answer.x", "Gone__c"))

    applied = apply(draft, LEAD, make_record(lead__email="a@example.edu", answer__x="1"))

    assert applied.value("Email") == "a@example.edu"
    assert [problem.kind for problem in applied.problems] == [ProblemKind.UNKNOWN_FIELD]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"lead__last_name": "Lopez", "lead__first_name": "Ava"}, "Lopez, Ava"),
        ({"lead__last_name": "Sukarno", "lead__first_name": ""}, "Sukarno"),
        ({"lead__last_name": "Sukarno"}, "Sukarno"),
        ({"lead__first_name": "Ava"}, "Ava"),
        ({"lead__first_name": " ", "lead__last_name": ""}, None),
    ],
    ids=["both", "blank first", "no first", "no last", "all blank"],
)
def test_a_template_leaves_out_blank_parts_and_their_separator(values, expected):
    row = make_row("x", "Company", source=template("{lead.last_name}, {lead.first_name}"))

    cell = apply(make_draft(row), LEAD, make_record(**values)).cells[0]

    assert (cell.value, cell.is_absent) == (expected, False)


def test_a_template_without_any_of_its_parts_is_absent():
    row = make_row("x", "Company", source=template("{lead.last_name}, {lead.first_name}"))

    assert apply(make_draft(row), LEAD, make_record()).cells[0].is_absent


def test_a_template_never_reads_placeholders_from_values():
    row = make_row("x", "Company", source=template("{lead.last_name} {lead.first_name}"))
    record = make_record(lead__last_name="{lead.email}", lead__first_name="{0.__class__}")

    applied = apply(make_draft(row), LEAD, record)

    assert applied.value("Company") == "{lead.email} {0.__class__}"


def test_a_constant_goes_to_every_inquiry():
    row = make_row("x", "LeadSource", source=constant("web"))

    assert apply(make_draft(row), LEAD, make_record()).value("LeadSource") == "Web"


@pytest.mark.parametrize(
    ("campus", "building", "kinds"),
    [
        ("Main", "North Hall", []),
        ("Online", "north hall", [ProblemKind.WRONG_DEPENDENT_VALUE]),
        ("", "North Hall", [ProblemKind.CONTROLLER_UNKNOWN]),
    ],
)
def test_a_dependent_value_is_checked_against_the_value_beside_it(campus, building, kinds):
    draft = make_draft(
        make_row("interest.building", "Building__c"), make_row("interest.campus", "Campus__c")
    )
    record = make_record(interest__campus=campus, interest__building=building)

    assert [problem.kind for problem in apply(draft, LEAD, record).problems] == kinds


def test_a_dependent_value_without_its_controller_warns_and_is_sent():
    draft = make_draft(make_row("interest.building", "Building__c"))

    applied = apply(draft, LEAD, make_record(interest__building="Virtual"))

    assert applied.value("Building__c") == "Virtual"
    assert not applied.is_blocked


def test_the_record_type_travels_by_name_and_becomes_this_orgs_id():
    applied = apply(make_draft(record_type="graduate"), LEAD, make_record())

    assert applied.value("RecordTypeId") == "012Ps0000000001AAA"


def test_a_record_type_this_org_does_not_have_holds_the_record():
    applied = apply(make_draft(record_type="Summer"), LEAD, make_record())

    assert [problem.kind for problem in applied.problems] == [ProblemKind.UNKNOWN_RECORD_TYPE]
