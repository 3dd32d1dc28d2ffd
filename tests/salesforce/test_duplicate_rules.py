"""What is understood of an org's duplicate rules, and what of them is said not to be."""

from typing import Any

import pytest

from core.salesforce.client import SalesforceClient
from core.salesforce.duplicate_rules import (
    DuplicateAction,
    DuplicateRule,
    objects_to_ask,
    parse_duplicate_rules,
)
from core.salesforce.http import OrgHttp
from core.salesforce.org_rules import OrgRules, RuleKind
from core.salesforce.reading_rules import read_org_rules
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess

RULE = {"DeveloperName": "Lead_Rule", "MasterLabel": "Lead rule", "SobjectType": "Lead"}


def item(field: str, rule: str = "1", **changes: Any) -> dict[str, Any]:
    plain = {"MatchingMethod": "Exact", "BlankValueBehavior": "NullNotAllowed"}
    parent = {"DeveloperName": f"Match_{rule}", "SobjectType": "Lead", "BooleanFilter": None}
    own = {name: changes.pop(name) for name in list(changes) if name in parent}
    return {
        "MatchingRuleId": rule,
        "Field": field,
        "MatchingRule": {**parent, **own},
        **plain,
        **changes,
    }


def told(**changes: Any) -> dict[str, Any]:
    rule = {
        "name": "Lead_Rule",
        "actionOnInsert": "Allow",
        "actionOnUpdate": "Allow",
        "operationsOnInsert": ["Alert", "Report"],
        "operationsOnUpdate": ["Alert", "Report"],
        "duplicateRuleFilters": [],
        "matchRules": [{"name": "Match_1", "objectApiName": "Lead"}],
        **changes,
    }
    return {"duplicateRules": [rule]}


def parsed(*items: dict[str, Any], **changes: Any) -> DuplicateRule:
    (rule,) = parse_duplicate_rules([RULE], items, {"Lead": told(**changes)})
    return rule


def test_rule_of_exact_fields_is_foreseen_with_what_it_does() -> None:
    rule = parsed(item("Email"), item("LastName"), actionOnInsert="Block")

    assert rule.matches == (("Email", "LastName"),)
    assert rule.unforeseen == ()
    assert (rule.on_create, rule.on_update) == (DuplicateAction.BLOCKS, DuplicateAction.ALERTS)


def test_rule_that_only_reports_lets_a_record_pass() -> None:
    assert parsed(item("Email"), operationsOnInsert=["Report"]).on_create is DuplicateAction.SAVES


@pytest.mark.parametrize(
    ("items", "changes", "words"),
    [
        pytest.param([item("Email"), item("LastName", MatchingMethod="LastName")], {},
                     "compares LastName by likeness", id="likeness"),
        pytest.param([item("Email", BlankValueBehavior="MatchBlanks")], {},
                     "takes blank values for equal", id="blanks"),
        pytest.param([item("Email", BooleanFilter="1 OR 2")], {},
                     "a logic of its own", id="logic"),
        pytest.param([item("Email")], {"duplicateRuleFilters": [{"field": "Country"}]},
                     "conditions of its own", id="conditions"),
        pytest.param([item("Email")],
                     {"matchRules": [{"name": "Match_9", "objectApiName": "Lead"}]},
                     "is not told", id="unknown matching rule"),
        pytest.param([item("Email")], {"name": "Another"}, "is not told", id="rule not told"),
    ],
)  # fmt: skip
def test_what_cannot_be_foreseen_is_said(
    items: list[dict[str, Any]], changes: dict[str, Any], words: str
) -> None:
    rule = parsed(*items, **changes)

    assert rule.matches == ()
    assert words in " ".join(rule.unforeseen)


def test_rule_may_be_foreseen_in_part() -> None:
    matching = [
        {"name": "Match_1", "objectApiName": "Lead"},
        {"name": "Match_C", "objectApiName": "Contact"},
    ]

    rule = parsed(item("Email"), matchRules=matching)

    assert rule.matches == (("Email",),)
    assert rule.unforeseen == ("looks among records of Contact as well",)


def test_an_object_without_any_exact_rule_is_not_asked_what_its_rules_do() -> None:
    alike = item("Email", MatchingMethod="Phone")

    assert objects_to_ask([RULE], [alike]) == []
    assert objects_to_ask([RULE], [alike, item("Email", rule="2")]) == ["Lead"]


def rules_of(demo_org: DemoOrgProcess, http: OrgHttp, app: str, sobject_name: str) -> OrgRules:
    token = Secret(demo_org.tokens(app)["access_token"])
    client = SalesforceClient(demo_org.url, "66.0", token, http)
    try:
        return read_org_rules(client, [sobject_name])
    finally:
        client.close()


def test_rule_that_blocks_is_read_from_the_org(demo_org: DemoOrgProcess, http: OrgHttp) -> None:
    rules = rules_of(demo_org, http, "marlow", "Contact")

    [rule] = rules.duplicates_of("Contact")
    [listed] = rules.of("Contact", RuleKind.DUPLICATE_RULE)
    assert rule.matches == (("Email", "LastName", "FirstName"),)
    assert rule.on_create is rule.on_update is DuplicateAction.BLOCKS
    assert listed.is_foreseen
    assert listed.message == (
        "Refuses a record with the same Email and LastName and FirstName: foreseen."
    )


def test_rule_that_looks_among_another_object_is_listed_as_not_foreseen(
    demo_org: DemoOrgProcess, http: OrgHttp
) -> None:
    rules = rules_of(demo_org, http, "harbor", "Lead")

    [listed] = rules.of("Lead", RuleKind.DUPLICATE_RULE)
    assert not listed.is_foreseen
    assert "foreseen. It looks among records of Contact as well: not foreseen." in listed.message
