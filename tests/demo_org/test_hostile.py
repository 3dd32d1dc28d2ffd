"""Whatever a client sends, the demo org answers in the platform's way and never breaks."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demo_org.conftest import BASE, DemoOrg

LEAF = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "Lead", "Id", "x" * 300, "2027-02-30", "'", "@{a.b}", "00QPs"])
    | st.text(max_size=10)
)
NAMES = st.sampled_from([
    "Id", "LastName", "Company", "Email", "GPA__c", "Graduation_Year__c", "Birth_Date__c",
    "Inquiry_Date__c", "SMS_Opt_Out__c", "Academic_Interests__c", "Campus__c", "OwnerId", "Owner",
    "RecordTypeId", "Halda_ID__c", "attributes", "type", "Halda_Page_URL__c", "Address",
])  # fmt: skip
VALUE = st.recursive(
    LEAF, lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMES, part, max_size=4)
)
RECORD = st.dictionaries(NAMES, VALUE, max_size=6)
ROWS = st.lists(
    RECORD.map(lambda record: {"attributes": {"type": "Lead"}, **record}) | VALUE, max_size=4
)
METHODS = st.sampled_from(["GET", "POST", "PATCH", "DELETE", "PUT"])
SUBPATHS = st.sampled_from([
    "limits", "sobjects/Lead", "sobjects/Lead/Halda_ID__c/x", "query?q=SELECT+Id+FROM+Lead",
    "query?q=", "composite", "composite/sobjects", "sobjects/Lead/@{a.id}", "sobjects", "",
])  # fmt: skip
PART = st.fixed_dictionaries(
    {},
    optional={
        "method": METHODS | VALUE,
        "url": SUBPATHS.map(lambda path: f"{BASE}/{path}") | VALUE,
        "referenceId": st.sampled_from(["a", "b", "c"]) | VALUE,
        "body": RECORD | VALUE,
        "richInput": RECORD | VALUE,
        "httpHeaders": VALUE,
    },
)


def answered(org: DemoOrg, method: str, path: str, body: Any) -> None:
    answer = org.call(method, path, body)

    assert answer.status_code < 500, (method, path, body, answer.text)
    if answer.status_code >= 400:
        assert all(each["errorCode"] and "message" in each for each in answer.json())


@settings(max_examples=25)
@given(body=RECORD | VALUE)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/sobjects/Lead"),
        ("PATCH", "/sobjects/Lead/00QPs0000000001MAA"),
        ("PATCH", "/sobjects/Lead/Halda_ID__c/clx2v8k1r000508jm5n0ahb4k"),
        ("PATCH", "/sobjects/Lead/Email/j.smith%40example.edu"),
        ("POST", "/composite"),
        ("POST", "/composite/batch"),
    ],
)
def test_any_body_is_answered(palmer: DemoOrg, method: str, path: str, body: Any) -> None:
    answered(palmer, method, path, body)


@settings(max_examples=25)
@given(rows=ROWS, all_or_none=st.booleans() | VALUE)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/composite/sobjects"),
        ("PATCH", "/composite/sobjects"),
        ("PATCH", "/composite/sobjects/Lead/Halda_ID__c"),
        ("PATCH", "/composite/sobjects/Lead/Id"),
    ],
)
def test_any_collection_is_answered(
    palmer: DemoOrg, method: str, path: str, rows: Any, all_or_none: Any
) -> None:
    answered(palmer, method, path, {"records": rows, "allOrNone": all_or_none})


@settings(max_examples=25)
@given(body=st.fixed_dictionaries({}, optional={"ids": VALUE, "fields": VALUE}))
def test_any_retrieve_is_answered(palmer: DemoOrg, body: Any) -> None:
    answered(palmer, "POST", "/composite/sobjects/Lead", body)


@settings(max_examples=25)
@given(parts=st.lists(PART | VALUE, max_size=4), all_or_none=st.booleans())
def test_any_parts_are_answered(palmer: DemoOrg, parts: Any, all_or_none: bool) -> None:
    together = {"compositeRequest": parts, "allOrNone": all_or_none}
    answered(palmer, "POST", "/composite", together)
    answered(palmer, "POST", "/composite/batch", {"batchRequests": parts})


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 50_000, b'{"LastName": NaN}', b'"text"', b"null"]
)
def test_any_bytes_are_answered(palmer: DemoOrg, content: bytes) -> None:
    headers = palmer.headers | {"Content-Type": "application/json"}

    answer = palmer.client.post(f"{BASE}/sobjects/Lead", content=content, headers=headers)

    assert answer.status_code == 400
    assert answer.json()[0]["errorCode"]


@settings(max_examples=25)
@given(form=st.dictionaries(
    st.sampled_from(["grant_type", "code", "client_id", "client_secret", "redirect_uri",
                     "refresh_token", "token", "ticket", "decision", "username", "state", "scope",
                     "response_type", "code_challenge", "code_challenge_method", "csrf"]),
    st.sampled_from(["authorization_code", "refresh_token", "code", "allow", "S256", "é.ü"])
    | st.text(max_size=20),
))  # fmt: skip
@pytest.mark.parametrize(
    "path",
    ["/services/oauth2/token", "/services/oauth2/authorize", "/services/oauth2/revoke",
     "/services/oauth2/introspect", "/demo/reset"],
)  # fmt: skip
def test_any_form_is_answered(org: DemoOrg, path: str, form: dict[str, str]) -> None:
    answer = org.client.post(path, data=form, follow_redirects=False)

    assert answer.status_code < 500


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer é", "Basic", "Basic !!", "Basic w6k=", "Bearer " + "x" * 4_000]
)
def test_any_authorization_is_answered(org: DemoOrg, header: str) -> None:
    headers = {"Authorization": header.encode("utf-8")}

    refused = org.client.get(f"{BASE}/limits", headers=headers)
    token = org.client.post("/services/oauth2/token", headers=headers)

    assert (refused.status_code, token.status_code) == (401, 400)


@pytest.mark.parametrize("body", [[], {}, None, 5, {"flags": 5}, {"hidden_fields": [1]}])
def test_any_switches_are_answered(org: DemoOrg, body: Any) -> None:
    answer = org.client.post("/demo/switches", params={"org": "palmer"}, json=body)

    assert answer.status_code in {200, 400}
