"""Send, clear, keep, same or skip: the write rules and the typed comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.apply import AppliedCell
from core.mapping.coercion.compare import is_same
from core.mapping.decide import Action, NewerFacts, decide
from core.mapping.model import WriteRule
from core.mapping.problems import Problem, ProblemKind
from tests.mapping.fields import LEAD_FIELDS, lead_field, make_field, make_row


def cell(value=None, **changes):
    base = {"row_id": "1", "field_name": "x", "source_label": "x", "source_text": "x"}
    return AppliedCell(value=value, **(base | changes))


def decided(value, current, *, field_name="Term__c", rule=WriteRule.NEVER_BLANK_OUT, **changes):
    is_create = changes.pop("is_create", False)
    newer = changes.pop("newer", NewerFacts())
    row = make_row("k", field_name, write_rule=rule)
    field = lead_field(field_name)
    return decide(cell(value, **changes), row, field, current, is_create=is_create, newer=newer)


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


APPEND = WriteRule.APPEND
NOTES = make_field("Notes__c", "textarea", length=40)


def appended(value, current, field):
    row = make_row("k", field.name, write_rule=APPEND)
    return decide(cell(value), row, field, current, is_create=False)


@pytest.mark.parametrize(
    ("field_name", "held", "added", "sent"),
    [
        ("FirstName", "Fall 2026", "Spring 2027", "Fall 2026; Spring 2027"),
        ("FirstName", "Party", "Art", "Party; Art"),
        ("Interests__c", "Design;Health", "health;Business", "Design;Health;Business"),
        ("FirstName", None, "Spring 2027", "Spring 2027"),
    ],
)
def test_an_addition_keeps_what_salesforce_has(field_name, held, added, sent):
    decision = decided(added, held, field_name=field_name, rule=APPEND)

    assert (decision.action, decision.value) == (Action.SEND, sent)


@pytest.mark.parametrize(
    ("field_name", "held", "added"),
    [("FirstName", "Fall 2026; spring 2027", "Spring 2027"), ("Interests__c", "Design", "design")],
)
def test_an_addition_that_is_there_already_changes_nothing(field_name, held, added):
    assert decided(added, held, field_name=field_name, rule=APPEND).action is Action.SAME


def test_nothing_is_added_beside_a_value_that_a_restricted_list_has_closed():
    decision = decided("Business", "Design;Law", field_name="Interests__c", rule=APPEND)
    there = decided("Design", "Design;Law", field_name="Interests__c", rule=APPEND)

    assert not decision.will_send
    assert [problem.kind for problem in decision.problems] == [ProblemKind.INACTIVE_VALUE]
    assert "Law" not in decision.reason
    assert there.action is Action.SAME


def test_an_addition_goes_on_a_new_line_of_a_long_text():
    assert appended("Second", "First", NOTES).value == "First\nSecond"


def test_an_addition_that_does_not_fit_holds_the_record_instead_of_cutting():
    decision = appended("b" * 20, "a" * 20, NOTES)

    assert not decision.will_send
    assert [problem.kind for problem in decision.problems] == [ProblemKind.TOO_LONG]


def test_nothing_is_added_to_a_type_that_takes_no_additions():
    decision = decided("2026-08-31", "2025-01-01", field_name="Birth_Date__c", rule=APPEND)

    assert decision.action is Action.KEEP


@pytest.mark.parametrize(
    ("ours", "theirs", "action"),
    [
        ("2026-10-13T15:45:22Z", "2026-10-13T15:45:21.000+0000", Action.SEND),
        ("2026-10-13T15:45:22Z", "2026-10-13T15:45:22.000+0000", Action.KEEP),
        ("2026-10-13T17:45:22+02:00", "2026-10-13T16:00:00.000+0000", Action.KEEP),
        ("2026-10-13T15:45:22Z", None, Action.SEND),
        ("yesterday", "2020-01-01T00:00:00.000+0000", Action.KEEP),
        ("2026-10-13T15:45:22", "2020-01-01T00:00:00.000+0000", Action.KEEP),
        ("", None, Action.KEEP),
    ],
)
def test_only_a_readable_newer_time_replaces(ours, theirs, action):
    newer = NewerFacts(ours, theirs)

    decision = decided("Fall 2026", "Fall 2027", rule=WriteRule.ONLY_IF_NEWER, newer=newer)

    assert decision.action is action


def test_a_newer_consent_alone_may_take_an_opt_out_back():
    newer = NewerFacts("2026-10-13T15:45:22Z", "2026-10-01T00:00:00.000+0000")
    field_name = "SMS_Opt_Out__c"

    asked = decided(False, True, field_name=field_name, rule=WriteRule.ONLY_IF_NEWER, newer=newer)
    unasked = decided(False, True, field_name=field_name, newer=newer)

    assert (asked.action, unasked.action) == (Action.SEND, Action.KEEP)


def test_the_text_for_blanks_fills_but_never_replaces():
    filled = decided("Unknown", "Lopez", field_name="LastName", is_fallback=True)
    blank = decided("Unknown", None, field_name="LastName", is_fallback=True)

    assert (filled.action, blank.action) == (Action.KEEP, Action.SEND)
