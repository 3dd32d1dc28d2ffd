"""Every refusal the demo org can produce, next to the recorded one of the same code."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.demo_org.conftest import BASE, DemoOrg

NEW = {"LastName": "Neu", "Company": "Neu, Nora"}
AVA = {"FirstName": "Ava", "LastName": "Lopez", "Email": "ava.lopez@example.edu", "Company": "L"}
AVA_UID = "clx2v8k1r000408jm2q7b1c9e"
ACCOUNT_ID = "001Ps0000000001MAA"


@dataclass(frozen=True, kw_only=True)
class Case:
    """`varying` are the words of our message that name this org's own things."""

    code: str
    send: Callable[[DemoOrg], Any]
    status: int | str = 400
    varying: str = ""


def create(**values: Any) -> Callable[[DemoOrg], Any]:
    return lambda org: org.call("POST", "/sobjects/Lead", NEW | values)


def row(method: str, **values: Any) -> Callable[[DemoOrg], Any]:
    """Send a collection of one record."""
    record = {"attributes": {"type": "Lead"}, **values}
    return lambda org: org.call(method, "/composite/sobjects", {"records": [record]})


def ask(statement: str) -> Callable[[DemoOrg], Any]:
    return lambda org: org.get("/query", params={"q": statement})


def switched(flag: str) -> Callable[[DemoOrg], Any]:
    def send(org: DemoOrg) -> Any:
        org.client.post("/demo/switches", params={"org": "palmer"}, json={"flags": [flag]})
        return org.get("/limits")

    return send


def update_converted(org: DemoOrg) -> Any:
    [lead] = org.query("SELECT Id FROM Lead WHERE LastName = 'Ortiz' AND IsConverted = true")
    return row("PATCH", Id=lead["Id"], City="x")(org)


def update_deleted(org: DemoOrg) -> Any:
    made = create()(org).json()["id"]
    org.call("DELETE", f"/sobjects/Lead/{made}")
    return org.call("PATCH", f"/sobjects/Lead/{made}", {"City": "x"})


def two_rows_together(org: DemoOrg) -> Any:
    lead = {"attributes": {"type": "Lead"}, "Company": "N"}
    rows = [lead, {**lead, "LastName": "Neu"}]
    return org.call("POST", "/composite/sobjects", {"allOrNone": True, "records": rows})


def composite_together(org: DemoOrg) -> Any:
    parts = [
        {"method": "POST", "url": f"{BASE}/sobjects/Lead", "referenceId": name, "body": body}
        for name, body in (("one", NEW), ("two", {}))
    ]
    return org.call("POST", "/composite", {"allOrNone": True, "compositeRequest": parts})


def without_token(org: DemoOrg) -> Any:
    return org.client.get(f"{BASE}/limits")


def without_api_scope(org: DemoOrg) -> Any:
    org.connect(scope="refresh_token")
    return org.get("/limits")


def without_type(org: DemoOrg) -> Any:
    body = {"records": [{"Halda_ID__c": "x", "LastName": "Neu"}]}
    return org.call("PATCH", "/composite/sobjects/Lead/Halda_ID__c", body)


def shared_email(org: DemoOrg) -> Any:
    return org.call("PATCH", "/sobjects/Lead/Email/j.smith%40example.edu", {"City": "Provo"})


def no_rows(org: DemoOrg) -> Any:
    return org.call("POST", "/composite/sobjects", {"records": []})


CASES = {
    "duplicate rule": Case(
        code="DUPLICATES_DETECTED", send=create(**AVA), varying="Use one of these records?"
    ),
    "unique field": Case(
        code="DUPLICATE_VALUE",
        send=create(Halda_ID__c=AVA_UID),
        varying="Halda_ID__c 00QPs0000000001",
    ),
    "required field": Case(
        code="REQUIRED_FIELD_MISSING",
        send=lambda org: org.call("POST", "/sobjects/Account", {"Type": "x"}),
    ),
    "empty collection": Case(code="REQUIRED_FIELD_MISSING", send=no_rows),
    "restricted picklist": Case(
        code="INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        send=create(Program_of_Interest__c="Alchemy"),
        varying="Program of Interest: Alchemy",
    ),
    "long text": Case(
        code="STRING_TOO_LONG", send=create(City="x" * 41), varying=f"City: {'x' * 41} length=40)"
    ),
    "email": Case(
        code="INVALID_EMAIL_ADDRESS",
        status="SaveResult",
        send=row("POST", Email="nobody", **NEW),
        varying="Email: nobody",
    ),
    "record type": Case(
        code="INVALID_CROSS_REFERENCE_KEY",
        send=create(RecordTypeId="012000000000001AAA"),
        varying="012000000000001AAA",
    ),
    "lookup id": Case(
        code="MALFORMED_ID", send=create(OwnerId="005"), varying="Owner ID: 005"
    ),
    "unknown id": Case(
        code="INVALID_CROSS_REFERENCE_KEY",
        status="SaveResult",
        send=row("PATCH", Id="00QPs000000zzzzMAA", City="x"),
    ),
    "deleted": Case(code="ENTITY_IS_DELETED", status=404, send=update_deleted),
    "no such record": Case(
        code="NOT_FOUND", status=404, send=lambda org: org.get(f"/sobjects/Lead/{ACCOUNT_ID}")
    ),
    "converted": Case(
        code="CANNOT_UPDATE_CONVERTED_LEAD", status="SaveResult", send=update_converted
    ),
    "unknown field": Case(
        code="INVALID_FIELD", send=create(Nothing__c="x"), varying="'Nothing__c' Lead"
    ),
    "read-only field": Case(
        code="INVALID_FIELD_FOR_INSERT_UPDATE",
        send=create(Engagement_Score__c=1),
        varying="Engagement_Score__c.",
    ),
    "unknown object": Case(
        code="INVALID_TYPE",
        send=ask("SELECT Id FROM Leed"),
        varying="SELECT Id FROM Leed 'Leed' Row:1:Column:16",
    ),
    "no id": Case(
        code="INVALID_QUERY_FILTER_OPERATOR",
        send=ask("SELECT Id FROM Lead WHERE Id = 'wonky'"),
        varying="SELECT FROM Lead WHERE Id 'wonky' Row:1:Column:27 wonky",
    ),
    "moment": Case(
        code="JSON_PARSER_ERROR",
        send=create(Inquiry_Date__c="2026-10-05 15:04:22 UTC"),
        varying="2026-10-05 15:04:22 column:2]",
    ),
    "date": Case(
        code="JSON_PARSER_ERROR",
        send=create(Birth_Date__c="2010-01-01T00:00:00Z"),
        varying="2010-01-01T00:00:00Z column:2]",
    ),
    "number": Case(
        code="JSON_PARSER_ERROR", send=create(GPA__c="high"), varying="high column:2]"
    ),
    "no type": Case(code="JSON_PARSER_ERROR", status="UpsertResult", send=without_type),
    "update without id": Case(
        code="MISSING_ARGUMENT", status="SaveResult", send=row("PATCH", City="x")
    ),
    "rows together": Case(
        code="ALL_OR_NONE_OPERATION_ROLLED_BACK", status="SaveResult[]", send=two_rows_together
    ),
    "no session": Case(code="INVALID_SESSION_ID", status=401, send=without_token),
    "no api scope": Case(code="INVALID_SESSION_ID", status=401, send=without_api_scope),
    "day used up": Case(
        code="REQUEST_LIMIT_EXCEEDED", status=403, send=switched("limit_exhausted")
    ),
    "api off": Case(code="API_DISABLED_FOR_ORG", status=403, send=switched("api_disabled")),
    "several": Case(code="MULTIPLE_CHOICES", status=300, send=shared_email),
}  # fmt: skip


def skeleton(value: Any) -> Any:
    """Keep keys and nesting, forget values; a list is as its first element."""
    if isinstance(value, dict):
        return {key: skeleton(each) for key, each in value.items()}
    if isinstance(value, list):
        return [skeleton(value[0])] if value and not isinstance(value[0], str) else []
    return type(value).__name__


def messages(body: Any) -> str:
    if isinstance(body, dict):
        own = str(body.get("message", ""))
        return own + " " + " ".join(messages(each) for each in body.values())
    return " ".join(messages(each) for each in body) if isinstance(body, list) else ""


@pytest.mark.parametrize("name", list(CASES))
def test_a_refusal_looks_like_the_recorded_one(
    palmer: DemoOrg, salesforce_fixtures: Path, name: str
) -> None:
    case = CASES[name]
    catalog = json.loads((salesforce_fixtures / "errors" / "catalog.json").read_text())
    recorded = [
        each["body"]
        for each in catalog
        if (each["code"], each["http_status"]) == (case.code, case.status)
    ]

    answer = case.send(palmer)

    body = answer.json()
    if isinstance(case.status, str):
        assert answer.status_code == 200
        body = body if case.status.endswith("[]") else body[0]
    else:
        assert answer.status_code == case.status
    alike = [each for each in recorded if skeleton(each) == skeleton(body)]
    assert alike, f"{skeleton(body)} is none of {[skeleton(each) for each in recorded]}"
    words = set(messages(body).split()) - set(case.varying.split()) - {"^"}
    strange = [words - set(messages(each).split()) for each in alike]
    assert set() in strange, strange


def test_a_composite_taken_back_looks_like_the_recorded_one(
    palmer: DemoOrg, salesforce_fixtures: Path
) -> None:
    catalog = json.loads((salesforce_fixtures / "errors" / "catalog.json").read_text())
    [recorded] = [each["body"] for each in catalog if each["code"] == "PROCESSING_HALTED"]

    answer = composite_together(palmer).json()

    halted, real = answer["compositeResponse"][0], recorded["compositeResponse"][0]
    assert skeleton(halted) == skeleton(real)
    assert halted["body"] == real["body"]


def test_the_refusals_of_sign_in_are_worded_as_known(
    org: DemoOrg, salesforce_fixtures: Path
) -> None:
    known = json.loads((salesforce_fixtures / "oauth" / "oauth_bodies.json").read_text())
    bodies = [each["body"] for each in known if each.get("http_status") == 400 and "body" in each]
    code = org.code()

    answers = [
        org.refresh("nothing"),
        org.redeem(code, client_secret="wrong"),
        org.redeem(code, client_id="3MVG9nobody"),
        org.redeem(org.code(code_challenge="x", code_challenge_method="S256"), code_verifier="y"),
    ]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert [answer.json() for answer in answers if answer.json() not in bodies] == []
