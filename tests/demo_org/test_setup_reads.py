"""Rules, triggers and flows of the org, as a reading client asks for them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.demo_org.conftest import DemoOrg

RULES = (
    "SELECT Id, ValidationName, Active, Description, ErrorDisplayField, ErrorMessage "
    "FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = '{}' AND Active = true"
)


def tooling(org: DemoOrg, statement: str) -> Any:
    return org.get("/tooling/query", params={"q": statement})


@pytest.mark.parametrize(
    ("key", "sobject_name", "names"),
    [
        pytest.param("palmer", "Lead", {"Graduation_Year_Plausible", "Unqualified_Needs_Reason"},
                     id="palmer"),
        pytest.param("lakeside", "Contact", {"University_Email_Domain", "Deceased_Needs_Date"},
                     id="lakeside"),
        pytest.param("marlow", "TargetX_SRMb__Inquiry__c", {"Program_Or_Term"}, id="marlow"),
        pytest.param("harbor", "AcademicInterest", {"Interest_Has_Person"}, id="harbor"),
    ],
)  # fmt: skip
def test_the_active_rules_of_an_object_are_listed_with_their_messages(
    org: DemoOrg, key: str, sobject_name: str, names: set[str]
) -> None:
    org.connect(key)

    records = tooling(org, RULES.format(sobject_name)).json()["records"]

    assert {each["ValidationName"] for each in records} == names
    assert all(each["ErrorMessage"] for each in records)


def test_a_rule_is_answered_in_the_recorded_shape(
    palmer: DemoOrg, salesforce_fixtures: Path
) -> None:
    real = json.loads((salesforce_fixtures / "http/nango_hist_tooling_query.json").read_text())
    real = real.get("response", {}).get("body", real)

    ours = tooling(
        palmer,
        "SELECT Id, ValidationName, Metadata FROM ValidationRule "
        "WHERE ValidationName = 'Graduation_Year_Plausible'",
    ).json()

    assert set(ours) == set(real)
    assert set(ours["records"][0]) == set(real["records"][0])
    assert set(ours["records"][0]["Metadata"]) == set(real["records"][0]["Metadata"])
    assert ours["entityTypeName"] == "ValidationRule"
    url = ours["records"][0]["attributes"]["url"]
    assert url.startswith("/services/data/v66.0/tooling/sobjects/ValidationRule/03d")


def test_a_formula_is_told_for_one_rule_at_a_time(palmer: DemoOrg) -> None:
    answer = tooling(palmer, "SELECT Id, Metadata FROM ValidationRule WHERE Active = true")

    assert answer.status_code == 400
    assert answer.json()[0]["errorCode"] == "MALFORMED_QUERY"
    assert "no more than one row" in answer.json()[0]["message"]


def test_rules_are_not_among_the_records(palmer: DemoOrg) -> None:
    answer = palmer.get("/query", params={"q": RULES.format("Lead")})

    assert answer.json()[0]["errorCode"] == "INVALID_TYPE"


def test_duplicate_rules_tell_what_they_match(marlow: DemoOrg) -> None:
    [rule] = marlow.query(
        "SELECT Id, DeveloperName, SobjectType, IsActive FROM DuplicateRule "
        "WHERE SobjectType = 'Contact'"
    )
    items = marlow.query(
        "SELECT Field, MatchingMethod, BlankValueBehavior FROM MatchingRuleItem "
        "WHERE MatchingRule.SobjectType = 'Contact' ORDER BY SortOrder"
    )

    assert (rule["DeveloperName"], rule["IsActive"]) == ("Contact_Block_Same_Person", True)
    assert [each["Field"] for each in items] == ["Email", "LastName", "FirstName"]


def test_triggers_and_flows_tell_the_object_they_run_on(org: DemoOrg) -> None:
    org.connect("lakeside")
    triggers = org.query(
        "SELECT Name, NamespacePrefix, Status, UsageBeforeInsert FROM ApexTrigger "
        "WHERE TableEnumOrId = 'Contact'"
    )
    org.connect("palmer")
    flows = org.query(
        "SELECT ApiName, Label, TriggerType, IsActive FROM FlowDefinitionView "
        "WHERE TriggerObjectOrEvent.QualifiedApiName = 'Lead' AND IsActive = true"
    )

    assert [(each["Name"], each["NamespacePrefix"]) for each in triggers] == [
        ("TDTM_Contact", "hed")
    ]
    assert triggers[0]["UsageBeforeInsert"] is True
    assert [(each["ApiName"], each["TriggerType"]) for each in flows] == [
        ("Notify_Counselor", "RecordAfterSave")
    ]


def test_the_platforms_own_automation_is_not_listed(harbor: DemoOrg) -> None:
    assert harbor.query("SELECT Id FROM ApexTrigger WHERE TableEnumOrId = 'Account'") == []


@pytest.mark.parametrize(
    ("path", "statement"),
    [
        pytest.param("/tooling/query", RULES.format("Lead"), id="rules"),
        pytest.param("/query", "SELECT Id FROM DuplicateRule", id="duplicate-rules"),
        pytest.param("/query", "SELECT Id FROM FlowDefinitionView", id="flows"),
        pytest.param("/query", "SELECT Id FROM ApexTrigger", id="triggers"),
    ],
)
def test_a_user_without_set_up_rights_may_not_read_them(
    palmer: DemoOrg, path: str, statement: str
) -> None:
    palmer.client.post("/demo/switches?org=palmer", json={"flags": ["setup_hidden"]})

    answer = palmer.get(path, params={"q": statement})

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_TYPE")


def test_nobody_writes_a_rule_through_the_records(palmer: DemoOrg) -> None:
    answer = palmer.call("POST", "/sobjects/DuplicateRule", {"DeveloperName": "Mine"})

    assert answer.json()[0]["errorCode"] == "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"


def test_the_described_rules_are_read_only(palmer: DemoOrg) -> None:
    described = palmer.get("/sobjects/DuplicateRule/describe").json()

    assert described["createable"] is False
    assert not any(each["createable"] for each in described["fields"])
