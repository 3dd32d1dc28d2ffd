"""The simulator and the blank table say what a preview would do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.apply import apply
from core.mapping.blanks import blank_table
from core.mapping.decide import Action
from core.mapping.model import NullRule, RowSource, SourceKind, ValueMap, WriteRule
from core.mapping.simulate import edge_values, example_held, simulate, values_for
from tests.mapping.fields import LEAD, LEAD_FIELDS, make_draft, make_record, make_row

WRITABLE = [field for field in LEAD_FIELDS if field.is_writable]


@pytest.mark.parametrize("rule", WriteRule)
@pytest.mark.parametrize("field", WRITABLE, ids=lambda field: field.name)
def test_every_edge_value_of_every_field_has_an_outcome_in_each_state(field, rule):
    row = make_row("answer.x", field.name, write_rule=rule)

    for edge in edge_values(field):
        done = simulate(row, LEAD, values_for(row, edge.text))
        assert len(done.situations) == (4 if rule is WriteRule.ONLY_IF_NEWER else 3)
        assert all(each.decision.reason for each in done.situations)


@given(text=st.text(max_size=40))
def test_the_simulator_agrees_with_what_is_applied(text):
    row = make_row("interest.program", "Program__c", value_map=ValueMap(pairs=(("a", "MBA"),)))

    done = simulate(row, LEAD, values_for(row, text))

    assert done.cell == apply(make_draft(row), LEAD, make_record(interest__program=text)).cells[0]


def test_each_step_shows_the_text_it_leaves():
    row = make_row(
        "interest.program",
        "Program__c",
        value_map=ValueMap(pairs=(("Biz", "Business"),)),
        null_rule=NullRule.USE_TEXT,
        null_text="MBA",
    )

    assert [(s.name, s.text) for s in simulate(row, LEAD, values_for(row, "Biz")).steps] == [
        ("Source", "Biz"),
        ("Value map", "Business"),
        ("Text for blanks", "Business"),
    ]
    assert simulate(row, LEAD, {}).steps[-1].text == "MBA"


def actions(row, sent):
    line = next(each for each in blank_table(row, LEAD) if each.sent == sent)
    return [situation.decision.action for situation in line.situations]


def test_a_blank_clears_only_under_always_and_a_missing_one_never():
    row = make_row("interest.term", "Term__c", write_rule=WriteRule.ALWAYS)

    assert actions(row, "A blank sent") == [Action.SKIP, Action.SAME, Action.CLEAR]
    assert actions(row, "Nothing sent") == [Action.SKIP, Action.SKIP, Action.SKIP]


def test_the_literal_na_is_text_and_clears_nothing():
    row = make_row("lead.first_name", "FirstName")

    assert actions(row, "The text #N/A") == [Action.SEND, Action.SEND, Action.SEND]


def test_a_text_for_blanks_shows_where_it_goes():
    row = make_row("lead.last_name", "LastName", null_rule=NullRule.USE_TEXT, null_text="Unknown")

    assert actions(row, "Nothing sent") == [Action.SEND, Action.SEND, Action.KEEP]


def test_an_unlisted_value_has_its_own_line():
    row = make_row("interest.program", "Program__c", value_map=ValueMap())

    assert [line.is_held for line in blank_table(row, LEAD)] == [False, False, True, True]


def test_a_template_is_blank_where_its_parts_are():
    source = RowSource(kind=SourceKind.TEMPLATE, text="{lead.last_name}, {lead.first_name}")
    row = make_row("t", "Company", source=source, write_rule=WriteRule.ALWAYS)

    assert actions(row, "A blank sent")[0] is Action.SKIP


def test_a_constant_is_never_nothing():
    source = RowSource(kind=SourceKind.CONSTANT, text="Halda")

    assert blank_table(make_row("c", "LeadSource", source=source), LEAD) == ()


@pytest.mark.parametrize("field", WRITABLE, ids=lambda field: field.name)
def test_the_example_of_a_held_value_differs_from_what_is_sent(field):
    first = example_held(field, None)

    assert example_held(field, first) != first
