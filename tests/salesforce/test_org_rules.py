"""What an org does of its own: read as far as its user may, and never taken for nothing."""

from typing import Any

import pytest

from core.errors import RequestLimitExceeded, ServiceUnavailable
from core.salesforce.client import SalesforceClient
from core.salesforce.http import OrgHttp
from core.salesforce.org_rules import OrgRules, RuleKind
from core.salesforce.reading_rules import NO_RIGHT, read_org_rules
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess
from tests.salesforce.scripted_server import Answer, ScriptedServer, Seen, as_json
from tests.salesforce.test_client import client_of, composite_of

NO_TYPE = [{"message": "sObject type is not supported.", "errorCode": "INVALID_TYPE"}]
FAULT = [{"message": "An unexpected error occurred.", "errorCode": "UNKNOWN_EXCEPTION"}]
LIMIT = [{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]


def told(rules: OrgRules, sobject_name: str, kind: RuleKind) -> list[tuple[str, str]]:
    return [(each.label or each.name, each.runs_on) for each in rules.of(sobject_name, kind)]


def each_part(status: int, body: Any) -> Any:
    def answer(seen: Seen) -> Answer:
        parts = [
            {"referenceId": part["referenceId"], "httpStatusCode": status, "body": body}
            for part in composite_of(seen)
        ]
        return as_json({"compositeResponse": parts})

    return answer


def test_rules_flows_and_duplicate_rules_of_an_object_are_read_in_three_calls(
    client: SalesforceClient,
) -> None:
    rules = read_org_rules(client, ["Lead"])

    assert client.calls_made == 3
    assert rules.unread == ()
    [year, reason] = rules.of("lead", RuleKind.VALIDATION_RULE)
    assert (year.name, reason.name) == ("Graduation_Year_Plausible", "Unqualified_Needs_Reason")
    assert year.message
    assert year.field_name
    assert told(rules, "Lead", RuleKind.FLOW) == [
        ("Lead: tell the counselor", "after save, on create and update")
    ]
    assert told(rules, "Lead", RuleKind.DUPLICATE_RULE) == [
        ("Standard Lead Duplicate Rule", "create and update")
    ]


def test_a_packages_trigger_is_called_by_its_prefix(
    demo_org: DemoOrgProcess, http: OrgHttp
) -> None:
    token = Secret(demo_org.tokens("lakeside")["access_token"])
    client = SalesforceClient(demo_org.url, "66.0", token, http)
    rules = read_org_rules(client, ["Contact", "hed__Affiliation__c"])
    client.close()

    [(name, runs_on)] = told(rules, "Contact", RuleKind.TRIGGER)
    assert name == "hed__TDTM_Contact"
    assert "create" in runs_on
    assert "update" in runs_on


def test_a_user_without_set_up_rights_is_told_what_is_missing(
    client: SalesforceClient, demo_org: DemoOrgProcess
) -> None:
    demo_org.switch("palmer", flags=["setup_hidden"])

    rules = read_org_rules(client, ["Lead"])

    demo_org.switch("palmer", flags=[])
    assert rules.rules == ()
    assert {each.kind: each.reason for each in rules.unread} == dict.fromkeys(RuleKind, NO_RIGHT)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(each_part(400, NO_TYPE), NO_RIGHT, id="object hidden"),
        pytest.param(each_part(500, FAULT), "(UNKNOWN_EXCEPTION)", id="one question fails"),
        pytest.param(as_json(NO_TYPE, 404), "", id="no such resource"),
        pytest.param(as_json([], 403), NO_RIGHT, id="forbidden"),
    ],
)
def test_a_refused_question_is_an_answer(answer: Answer, reason: str) -> None:
    with ScriptedServer(answer) as server:
        client = client_of(server)
        rules = read_org_rules(client, ["Lead"])
        client.close()

    assert rules.rules == ()
    assert [each.kind for each in rules.unread] == list(RuleKind)
    assert all(reason in each.reason for each in rules.unread)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        pytest.param(as_json([], 503), ServiceUnavailable, id="org in maintenance"),
        pytest.param(each_part(403, LIMIT), RequestLimitExceeded, id="limit used up"),
    ],
)
def test_trouble_of_the_whole_org_is_not_taken_for_a_refusal(
    answer: Answer, error: type[Exception]
) -> None:
    with ScriptedServer(answer) as server:
        client = client_of(server)
        with pytest.raises(error):
            read_org_rules(client, ["Lead"])
        client.close()


def test_a_trigger_that_only_runs_when_records_are_deleted_is_left_out() -> None:
    record = {
        "Name": "Archive",
        "UsageBeforeInsert": False,
        "UsageAfterInsert": False,
        "UsageBeforeUpdate": False,
        "UsageAfterUpdate": False,
        "EntityDefinition": {"QualifiedApiName": "Lead"},
    }
    page = {"done": True, "records": [record]}
    with ScriptedServer(each_part(200, page), each_part(200, {"done": True, "records": []})) as s:
        client = client_of(s)
        rules = read_org_rules(client, ["Lead"])
        client.close()

    assert rules.of("Lead", RuleKind.TRIGGER) == ()


ORG, PROFILE = "00D000000000001EAA", "00e000000000001AAA"
OFF = "hed__Disable_Preferred_Email_Enforcement__c"


@pytest.mark.parametrize(
    ("records", "unenforced"),
    [
        pytest.param([], (), id="never set"),
        pytest.param([{"SetupOwnerId": ORG, OFF: True}], ("hed__Preferred_Email__c",), id="off"),
        pytest.param([{"SetupOwnerId": ORG, OFF: False}], (), id="on"),
        pytest.param([{"SetupOwnerId": PROFILE, OFF: True}], (), id="of some users"),
    ],
)
def test_package_rule_is_off_only_by_the_whole_orgs_setting(
    records: list[dict[str, Any]], unenforced: tuple[str, ...]
) -> None:
    def answer(seen: Seen) -> Answer:
        def page(part: dict[str, str]) -> dict[str, Any]:
            found = records if "Hierarchy_Settings" in part["url"] else []
            return {"done": True, "totalSize": len(found), "records": found}

        parts = [
            {"referenceId": part["referenceId"], "httpStatusCode": 200, "body": page(part)}
            for part in composite_of(seen)
        ]
        return as_json({"compositeResponse": parts})

    with ScriptedServer(answer) as server:
        rules = read_org_rules(client_of(server), ["Contact"])

    assert rules.unenforced == unenforced
