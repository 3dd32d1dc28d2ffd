"""What a preview cannot know, as it is read from the org, kept with the run and told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from core.preview.exports.report import export_html
from core.preview.exports.unknown import summary_words, unread_words
from core.preview.reading.org_rules import from_stored, to_stored
from core.preview.runs import RunState
from core.salesforce.duplicate_rules import DuplicateAction, DuplicateRule
from core.salesforce.org_rules import OrgRule, OrgRules, RuleKind, Unread
from tests.connect.conftest import OPERATOR
from tests.preview.mappings import lakeside_objects
from tests.preview.test_faults import fail_after
from tests.preview.university import University


@pytest.fixture
def without_rights(palmer: University) -> Iterator[University]:
    palmer.desk.org.switch("palmer", flags=["setup_hidden"])
    yield palmer
    palmer.desk.org.switch("palmer", flags=[])


def rule(kind: RuleKind, name: str, sobject_name: str = "Lead", **more: str) -> OrgRule:
    return OrgRule(kind=kind, sobject_name=sobject_name, name=name, **more)


def test_finished_preview_tells_the_orgs_own_rules(palmer: University) -> None:
    run = palmer.preview()

    assert run.org_rules is not None
    assert summary_words(run.org_rules) == "2 active validation rules, 1 flow on Lead"
    assert unread_words(run.org_rules) == []


def test_rules_of_every_object_that_is_written_are_told(
    make_university: Callable[[str], University],
) -> None:
    run = make_university("lakeside").preview(lakeside_objects())

    assert run.org_rules is not None
    told = summary_words(run.org_rules)
    assert "on Contact" in told
    assert run.org_rules.sobject_names == ("Contact", "hed__Affiliation__c", "hed__Application__c")


def test_user_without_set_up_rights_gets_the_whole_preview_and_is_told(
    without_rights: University,
) -> None:
    run = without_rights.preview()

    assert (run.state, run.error_message) == (RunState.DONE, "")
    assert run.org_rules is not None
    assert summary_words(run.org_rules) == ""
    [told] = unread_words(run.org_rules)
    assert told.endswith(
        "could not be read: the connected user lacks View Setup and Configuration."
    )


def test_refusal_to_tell_the_rules_is_no_error_of_the_connection(
    without_rights: University,
) -> None:
    without_rights.preview()

    assert without_rights.desk.connection.last_error is None


def test_report_lists_the_rules_with_their_messages(palmer: University) -> None:
    run = palmer.preview()
    assert run.org_rules is not None

    page = export_html(palmer.store, run.run_id, operator=OPERATOR).decode()

    assert "What this preview cannot know" in page
    for each in run.org_rules.rules:
        assert (each.label or each.name) in page
        assert each.message in page


def test_report_says_what_the_org_did_not_tell(without_rights: University) -> None:
    run = without_rights.preview()

    page = export_html(without_rights.store, run.run_id, operator=OPERATOR).decode()

    assert "lacks View Setup and Configuration" in page
    assert "Ask the university&#x27;s Salesforce admin" in page


def test_what_is_kept_with_a_run_comes_back_whole() -> None:
    rules = OrgRules(
        ("Lead",),
        (rule(RuleKind.TRIGGER, "Audit", runs_on="before create", label="Audit", message="No."),),
        (Unread(RuleKind.FLOW, "because"),),
        (
            DuplicateRule(
                sobject_name="Lead",
                name="D",
                on_create=DuplicateAction.BLOCKS,
                matches=(("Email", "LastName"),),
                unforeseen=("looks elsewhere",),
            ),
        ),
    )

    assert from_stored(json.loads(json.dumps(to_stored(rules)))) == rules
    assert from_stored({}) is None


def test_org_without_rules_is_said_to_have_none() -> None:
    assert summary_words(OrgRules(("Program__c",))) == (
        "no active validation rules, flows, triggers, duplicate rules on Program"
    )


def test_rule_that_is_foreseen_is_neither_counted_nor_denied() -> None:
    foreseen = replace(rule(RuleKind.DUPLICATE_RULE, "Same"), is_foreseen=True)

    assert summary_words(OrgRules(("Lead",), (foreseen,))) == (
        "no active validation rules, flows, triggers on Lead"
    )


def test_kind_that_could_not_be_read_is_not_said_to_be_absent() -> None:
    rules = OrgRules(("Lead",), (), (Unread(RuleKind.VALIDATION_RULE, "no right"),))

    assert summary_words(rules) == "no flows, triggers, duplicate rules on Lead"
    assert unread_words(rules) == ["Active validation rules could not be read: no right."]


def test_objects_are_counted_apart_and_one_of_a_kind_is_singular() -> None:
    rules = OrgRules(
        ("Lead", "Program__c", "Task"),
        (
            rule(RuleKind.VALIDATION_RULE, "A"),
            rule(RuleKind.VALIDATION_RULE, "B"),
            rule(RuleKind.TRIGGER, "T", "Program__c"),
        ),
    )

    assert summary_words(rules) == "2 active validation rules on Lead; 1 trigger on Program"


def test_rules_read_before_a_stop_are_not_asked_for_again(
    palmer: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    palmer.preview()
    fail_after(palmer, monkeypatch, calls=2)  # the two that read the rules
    stopped = palmer.preview()
    monkeypatch.undo()
    org = palmer.desk.org
    org.clear_faults()
    before = len(org.log("palmer"))

    palmer.runner.go_on(stopped.run_id, operator=OPERATOR)
    run = palmer.runner.wait(stopped.run_id, 60)

    assert (stopped.state, run.state) == (RunState.PAUSED, RunState.DONE)
    assert not [each for each in org.log("palmer")[before:] if "tooling" in each["path"]]
    assert run.org_rules is not None
    assert run.org_rules.rules
