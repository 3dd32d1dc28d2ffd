"""Send, clear, keep, same or skip: the write rules and the typed comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.apply import AppliedCell
from core.mapping.compare import is_same
from core.mapping.decide import Action, decide
from core.mapping.model import WriteRule
from core.mapping.problems import Problem, ProblemKind
from tests.mapping.fields import LEAD_FIELDS, lead_field, make_field, make_row


def cell(value=None, **changes):
    base = {"row_id": "1", "field_name": "x", "source_label": "x", "source_text": "x"}
    return AppliedCell(value=value, **(base | changes))


def decided(value, current, *, field_name="Term__c", rule=WriteRule.NEVER_BLANK_OUT, **changes):
    is_create = changes.pop("is_create", False)
    row = make_row("k", field_name, write_rule=rule)
    field = lead_field(field_name)
    return decide(cell(value, **changes), row, field, current, is_create=is_create)


@pytest.mark.parametrize("rule", WriteRule)
def test_a_new_record_gets_every_value(rule):
    assert decided("Fall 2026", None, rule=rule, is_create=True).action is Action.SEND


@pytest.mark.parametrize("rule", WriteRule)
def test_a_missing_source_never_touches_the_org(rule):
    assert decided(None, "Fall 2027", rule=rule, is_absent=True).action is Action.SKIP


@pytest.mark.parametrize("rule", WriteRule)
def test_a_blank_source_clears_only_under_always(rule):
    action = decided(None, "Fall 2027", rule=rule).action

    assert action is (Action.CLEAR if rule is WriteRule.ALWAYS else Action.KEEP)


def test_a_required_field_is_never_cleared():
    decision = decided(None, "Lopez", field_name="LastName", rule=WriteRule.ALWAYS)

    assert decision.action is Action.KEEP


def test_a_blank_source_on_a_blank_field_is_the_same():
    assert decided(None, "", rule=WriteRule.ALWAYS).action is Action.SAME


def test_the_reason_names_the_rule_and_the_value_that_stays():
    decision = decided("Fall 2026", "Fall 2027", rule=WriteRule.IF_BLANK)

    assert decision.action is Action.KEEP
    assert decision.reason == "kept: only if blank, Salesforce has 'Fall 2027'"


def test_only_if_blank_fills_a_blank_field():
    assert decided("Fall 2026", None, rule=WriteRule.IF_BLANK).action is Action.SEND


def test_create_only_leaves_existing_records_alone():
    assert decided("Fall 2026", None, rule=WriteRule.CREATE_ONLY).action is Action.KEEP


def test_a_blocked_cell_is_never_sent():
    problem = Problem(ProblemKind.TOO_LONG, "Too long.", "Shorten it.")

    decision = decided(None, "Fall 2027", rule=WriteRule.ALWAYS, problems=(problem,))

    assert (decision.action, decision.reason) == (Action.SKIP, "not sent: Too long.")


@pytest.mark.parametrize("rule", WriteRule)
def test_an_opt_out_in_the_org_is_never_taken_back(rule):
    assert decided(False, True, field_name="SMS_Opt_Out__c", rule=rule).action is Action.KEEP


def test_an_opt_out_is_recorded():
    assert decided(True, False, field_name="SMS_Opt_Out__c").action is Action.SEND


def test_a_checkbox_is_never_blank():
    field_name = "hed__FERPA__c"

    assert decided(True, False, field_name=field_name, rule=WriteRule.IF_BLANK).action is (
        Action.KEEP
    )


def test_a_field_that_only_creation_may_set_is_kept_on_update():
    field = make_field("Once__c", updateable=False)

    decision = decide(cell("b"), make_row("k", "Once__c"), field, "a", is_create=False)

    assert decision.action is Action.KEEP


def test_a_field_that_only_updates_may_set_is_skipped_on_create():
    field = make_field("Later__c", createable=False)

    decision = decide(cell("b"), make_row("k", "Later__c"), field, None, is_create=True)

    assert decision.action is Action.SKIP


@pytest.mark.parametrize(
    ("field_name", "value", "current"),
    [
        ("GPA__c", 3.75, "3.750"),
        ("GPA__c", 3, 3.0),
        ("Graduation_Year__c", 2027, 2027.0),
        ("Inquiry_Date__c", "2025-10-13T15:45:22.000+0000", "2025-10-13T09:45:22-06:00"),
        ("Inquiry_Date__c", "2025-10-13T15:45:22.123+0000", "2025-10-13T15:45:22.000+0000"),
        ("Interests__c", "Health;Design", "Design;Health"),
        ("Program__c", "MBA", "mba"),
        ("Email", "Ava@Example.edu", "ava@example.edu"),
        ("OwnerId", "005D000000IqhSLIAZ", "005D000000IqhSL"),
        ("Company", "Lopez", " Lopez "),
        ("Company", "Nu\u0301n\u0303ez", "Núñez"),
        ("Description", "a\nb", "a\r\nb"),
        ("SMS_Opt_Out__c", False, None),
        ("Phone", None, ""),
    ],
)
def test_values_the_platform_holds_as_one_are_the_same(field_name, value, current):
    assert is_same(value, current, lead_field(field_name))


@pytest.mark.parametrize(
    ("field_name", "value", "current"),
    [
        ("Company", "lopez", "Lopez"),
        ("Halda_ID__c", "001", "1"),
        ("OwnerId", "005D000000IqhSLIAZ", "005D000000Iqhsl"),
        ("GPA__c", 3.75, 3.74),
        ("Interests__c", "Health", "Design;Health"),
        ("Birth_Date__c", "2008-04-17", "2008-04-18"),
        ("GPA__c", 0, None),
        ("SMS_Opt_Out__c", True, None),
    ],
)
def test_values_that_differ_are_not_the_same(field_name, value, current):
    assert not is_same(value, current, lead_field(field_name))


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)


@given(
    value=VALUES,
    current=VALUES,
    rule=st.sampled_from(WriteRule),
    field=st.sampled_from(LEAD_FIELDS),
)
def test_every_pair_of_values_is_decided_and_only_always_clears(value, current, rule, field):
    decision = decide(
        cell(value), make_row("k", field.name, write_rule=rule), field, current, is_create=False
    )

    assert decision.action is not Action.CLEAR or rule is WriteRule.ALWAYS
    assert decision.reason


@given(value=VALUES, field=st.sampled_from(LEAD_FIELDS))
def test_what_was_just_written_is_not_written_again(value, field):
    decision = decide(cell(value), make_row("k", field.name), field, value, is_create=False)

    assert decision.action is Action.SAME
