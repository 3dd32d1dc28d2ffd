"""Reading an org: against the demo org, and against a wire that fails in every way it can."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import (
    ConsoleError,
    FieldNotVisible,
    NeedsReauth,
    ObjectNotVisible,
    OrgUnreachable,
    QueryRefused,
    RateLimited,
    RequestLimitExceeded,
    SalesforceError,
    ServiceUnavailable,
    UnreadableAnswer,
)
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.salesforce.client import SalesforceClient, choose_api_version
from core.salesforce.describe import parse_describe, parse_global
from core.salesforce.soql import InQuery, select_in
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess
from tests.salesforce.conftest import impatient_http
from tests.salesforce.scripted_server import Answer, ScriptedServer, Seen, as_json

LEAD = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=tuple(FieldDescribe(name=name, label=name, type="string") for name in ("Id", "Email")),
)
TOKEN = Secret("00D-access-token-value")
EXPIRED = [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]
PAGE = {"totalSize": 1, "done": True, "records": [{"Id": "00Q"}]}


def emails(count: int) -> list[str]:
    return [f"person{number:04d}@palmer.example" for number in range(count)]


def by_email(values: list[str]) -> InQuery:
    return select_in(LEAD, ["Id", "Email"], field_name="Email", values=values)


def client_of(server: ScriptedServer, **more: Any) -> SalesforceClient:
    waits = more.pop("waits", None)
    return SalesforceClient(server.url, "66.0", TOKEN, impatient_http(server.url, waits), **more)


def soql_of(part: dict[str, str]) -> str:
    return parse_qs(urlsplit(part["url"]).query)["q"][0]


def composite_of(seen: Seen) -> list[dict[str, str]]:
    parts: list[dict[str, str]] = json.loads(seen.body)["compositeRequest"]
    return parts


def answer_parts(seen: Seen, status: int = 200, body: Any = None) -> Answer:
    return as_json(
        {
            "compositeResponse": [
                {
                    "referenceId": part["referenceId"],
                    "httpStatusCode": status,
                    "body": PAGE if body is None else body,
                }
                for part in composite_of(seen)
            ]
        }
    )


def test_the_org_says_who_it_is(client: SalesforceClient, demo_org: DemoOrgProcess) -> None:
    organization = client.organization()
    user = client.user(demo_org.tokens()["id"].rsplit("/", 1)[1])

    assert organization.name == "Palmer State University"
    assert not organization.is_sandbox
    assert user.username == "integration@palmer.demo"
    assert user.is_active


def test_versions_cost_no_call_and_show_no_token() -> None:
    with ScriptedServer(as_json([{"version": "66.0"}, {"version": "9.9x"}, {}])) as server:
        client = client_of(server)

        assert client.versions() == ("66.0",)
        assert client.calls_made == 0
        assert "Authorization" not in server.seen[0].headers


def test_the_newest_version_we_tested_is_chosen() -> None:
    assert choose_api_version(["9.0", "58.0", "66.0", "68.0"], "66.0") == "66.0"
    assert choose_api_version(["9.0", "58.0"], "66.0") == "58.0"
    with pytest.raises(SalesforceError):
        choose_api_version(["68.0"], "66.0")


def test_a_describe_is_parsed_and_later_not_modified(client: SalesforceClient) -> None:
    answer = client.describe("Lead")
    again = client.describe("Lead", answer.last_modified)

    assert answer.body is not None
    assert parse_describe(answer.body).field("LastName") is not None
    assert (again.body, again.not_modified) == (None, True)
    assert again.last_modified == answer.last_modified


def test_the_global_describe_lists_the_objects(client: SalesforceClient) -> None:
    body = client.global_describe().body

    assert body is not None
    assert {"Lead", "Contact"} <= {each.name for each in parse_global(body)}


@pytest.mark.parametrize("name", ["", "Lead/../x", "https://evil.example", "Lead?x", "a" * 81])
def test_a_name_that_is_not_one_never_becomes_a_path(client: SalesforceClient, name: str) -> None:
    before = client.calls_made

    with pytest.raises(ObjectNotVisible):
        client.describe(name)
    assert client.calls_made == before


def test_limits_and_usage_are_read(client: SalesforceClient) -> None:
    assert client.limits()["DailyApiRequests"][0] > 0
    assert client.api_usage is not None
    assert client.api_usage[0] > 0


def test_two_thousand_people_are_looked_up_in_one_call_against_the_demo_org(
    client: SalesforceClient, demo_org: DemoOrgProcess
) -> None:
    known = [row["Email"] for row in client.query("SELECT Email FROM Lead WHERE Email != null")]
    before, used = client.calls_made, demo_org.state("palmer")["usage"]

    found = client.query_many([by_email(emails(2000)), by_email(known + emails(1900))])

    assert client.calls_made - before == 1
    assert found[0] == []
    assert {row["Email"] for row in found[1]} == set(known)
    assert used != demo_org.state("palmer")["usage"]


@pytest.mark.parametrize(
    ("soql", "expected"),
    [
        ("SELECT Nope FROM Lead", FieldNotVisible),
        ("SELECT Id FROM Nope", ObjectNotVisible),
        ("SELECT Id FROM Lead WHERE Email = 'ava@palmer.example' AND", QueryRefused),
    ],
)
def test_a_refused_query_raises_by_itself_and_inside_a_composite(
    client: SalesforceClient, soql: str, expected: type[ConsoleError]
) -> None:
    for ask in (
        lambda: client.query(soql),
        lambda: client.query_many(["SELECT Id FROM Lead", soql]),
    ):
        with pytest.raises(expected) as caught:
            ask()
        assert "ava@" not in f"{caught.value}{caught.value.detail}"


def test_pages_are_followed_in_a_query_and_in_a_composite() -> None:
    first = {"done": False, "nextRecordsUrl": "/services/data/v66.0/query/01g-2000",
             "records": [{"Id": "1"}]}  # fmt: skip
    last = {"done": True, "records": [{"Id": "2"}]}

    def answer(seen: Seen) -> Answer:
        if seen.method == "GET":
            return as_json(last if "01g-2000" in seen.path else first)
        is_next = "01g-2000" in composite_of(seen)[0]["url"]
        return answer_parts(seen, body=last if is_next else first)

    with ScriptedServer(answer) as server:
        client = client_of(server)
        plain, packed = client.query("SELECT Id FROM Lead"), client.query_many([by_email(["a"])])

    assert plain == packed[0] == [{"Id": "1"}, {"Id": "2"}]
    assert client.calls_made == 4


def test_half_a_character_that_an_org_holds_is_replaced_and_a_whole_one_stays() -> None:
    body = {"done": True, "records": [{"Id": "1", "Name": "Zoe \ud83d, Ava \U0001f393"}]}

    with ScriptedServer(as_json(body)) as server:
        found = client_of(server).query("SELECT Id, Name FROM Lead")

    assert found == [{"Id": "1", "Name": "Zoe \ufffd, Ava \U0001f393"}]


@pytest.mark.parametrize(
    "body",
    [
        {"done": False, "records": []},
        {"done": False, "nextRecordsUrl": "https://evil.example/x", "records": []},
        {"done": False, "nextRecordsUrl": "@evil.example/x", "records": []},
        {"done": False, "nextRecordsUrl": "/services/oauth2/revoke?token=x", "records": []},
        {
            "done": False,
            "nextRecordsUrl": "/services/data/v66.0/query/../sobjects/x?y",
            "records": [],
        },
        {"done": True},
        {"done": True, "records": None},
        {"done": True, "records": ["x"]},
        [],
    ],
)
def test_a_page_that_loses_records_or_leads_astray_raises(body: Any) -> None:
    with ScriptedServer(as_json(body)) as server, pytest.raises(UnreadableAnswer):
        client_of(server).query("SELECT Id FROM Lead")


def test_an_answer_with_a_part_missing_is_not_read_as_no_records() -> None:
    def answer(seen: Seen) -> Answer:
        whole = json.loads(answer_parts(seen).body)
        return as_json({"compositeResponse": whole["compositeResponse"][:-1]})

    with ScriptedServer(answer) as server, pytest.raises(UnreadableAnswer):
        client_of(server).query_many([by_email(["a"]), by_email(["b"])])


def test_parts_are_matched_by_reference_not_by_place() -> None:
    def answer(seen: Seen) -> Answer:
        parts = [
            {"referenceId": part["referenceId"], "httpStatusCode": 200,
             "body": {"done": True, "records": [{"soql": soql_of(part)}]}}
            for part in composite_of(seen)
        ]  # fmt: skip
        return as_json({"compositeResponse": parts[::-1]})

    queries = [f"SELECT Id FROM Lead LIMIT {number}" for number in range(1, 8)]
    with ScriptedServer(answer) as server:
        client = client_of(server)
        found = client.query_many(queries)

    assert [rows[0]["soql"] for rows in found] == queries
    assert client.calls_made == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (414, "<h1>Bad Message 414</h1>"),
        (431, "<h1>Bad Message 431</h1>"),
        (400, [{"errorCode": "MALFORMED_QUERY", "message": "zu lang"}]),
    ],
)
def test_a_part_that_is_too_long_is_halved_until_it_fits(status: int, body: Any) -> None:
    limit = 12_000

    def answer(seen: Seen) -> Answer:
        parts = []
        for part in composite_of(seen):
            is_long = len(soql_of(part)) > limit
            values = soql_of(part).count("@")
            page = {"done": True, "records": [{"Id": "x"}] * values}
            parts.append({"referenceId": part["referenceId"], "body": body if is_long else page,
                          "httpStatusCode": status if is_long else 200})  # fmt: skip
        return as_json({"compositeResponse": parts})

    with ScriptedServer(answer) as server:
        found = client_of(server).query_many([by_email(emails(2000))])

    assert len(found[0]) == 2000


@pytest.mark.parametrize("status", [413, 414, 431])
def test_a_whole_call_that_is_too_long_is_halved(status: int) -> None:
    def answer(seen: Seen) -> Answer:
        if len(seen.body) > 20_000:
            return Answer(status, b"<h1>Bad Message</h1>")
        return answer_parts(seen)

    with ScriptedServer(answer) as server:
        found = client_of(server).query_many([by_email(emails(2000))])

    parts = [
        part for seen in server.seen if len(seen.body) <= 20_000 for part in composite_of(seen)
    ]
    values = [value for part in parts for value in re.findall(r"'([^']+)'", soql_of(part))]
    assert sorted(values) == emails(2000)
    assert len(found[0]) == len(parts)


def test_a_short_query_the_org_cannot_read_is_not_halved() -> None:
    refusal = [{"errorCode": "MALFORMED_QUERY", "message": "unexpected token: 'ava@x'"}]

    with (
        ScriptedServer(lambda seen: answer_parts(seen, 400, refusal)) as server,
        pytest.raises(QueryRefused) as caught,
    ):
        client_of(server).query_many([by_email(["a", "b", "c"])])

    assert len(server.seen) == 1
    assert "ava@x" not in f"{caught.value}{caught.value.detail}"


def test_an_expired_session_is_renewed_once_and_the_call_repeated() -> None:
    asked: list[Secret] = []

    def answer(seen: Seen) -> Answer:
        is_new = seen.headers["Authorization"] == "Bearer new-token-value"
        return as_json(PAGE) if is_new else as_json(EXPIRED, 401)

    with ScriptedServer(answer) as server:

        def renew(refused: Secret) -> tuple[Secret, str]:
            asked.append(refused)
            return Secret("new-token-value"), server.url

        client = client_of(server, renew=renew)
        assert client.query("SELECT Id FROM Lead") == [{"Id": "00Q"}]
        assert client.query("SELECT Id FROM Lead") == [{"Id": "00Q"}]

    assert asked == [TOKEN]
    assert len(server.seen) == 3


def test_a_session_refused_for_ever_costs_two_calls_and_one_renewal() -> None:
    asked: list[Secret] = []

    with ScriptedServer(as_json(EXPIRED, 401)) as server:

        def renew(refused: Secret) -> tuple[Secret, str]:
            asked.append(refused)
            return Secret("new-token-value"), server.url

        with pytest.raises(NeedsReauth):
            client_of(server, renew=renew).query("SELECT Id FROM Lead")

    assert (len(server.seen), len(asked)) == (2, 1)


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        pytest.param(Answer(200, b"<html>maintenance</html>"), UnreadableAnswer, id="html 200"),
        pytest.param(Answer(200, b""), UnreadableAnswer, id="empty 200"),
        pytest.param(Answer(200, b'{"records": [{"Id'), UnreadableAnswer, id="cut json"),
        pytest.param(Answer(200, b"{}", {}, lie=50), OrgUnreachable, id="cut body"),
        pytest.param(Answer(503, b"<html>down</html>"), ServiceUnavailable, id="503"),
        pytest.param(Answer(502, b""), ServiceUnavailable, id="502"),
        pytest.param(as_json({}, 429), RateLimited, id="429"),
    ],
)
def test_a_read_is_repeated_five_times_at_most_and_passing_trouble_passes(
    trouble: Answer, expected: type[ConsoleError]
) -> None:
    waits: list[float] = []

    with ScriptedServer(trouble) as server:
        with pytest.raises(expected) as caught:
            client_of(server, waits=waits).query("SELECT Id FROM Lead")
        assert len(server.seen) == 5
    with ScriptedServer(trouble, trouble, as_json(PAGE)) as server:
        assert client_of(server).query("SELECT Id FROM Lead") == [{"Id": "00Q"}]

    assert waits == [0.5, 1.0, 2.0, 4.0]
    assert caught.value.__cause__ is None


def test_a_part_that_fails_in_passing_is_asked_for_again() -> None:
    trouble = [{"errorCode": "SERVER_UNAVAILABLE", "message": "later"}]

    with ScriptedServer(lambda seen: answer_parts(seen, 503, trouble), answer_parts) as server:
        assert client_of(server).query_many([by_email(["a"])]) == [[{"Id": "00Q"}]]


def test_the_org_is_obeyed_when_it_says_how_long_to_wait() -> None:
    waits: list[float] = []

    with ScriptedServer(as_json({}, 429, Retry_After="7"), as_json(PAGE)) as server:
        client_of(server, waits=waits).query("SELECT Id FROM Lead")

    assert waits == [7.0]


def test_nobody_waits_an_hour_for_a_page() -> None:
    with ScriptedServer(as_json({}, 429, Retry_After="3600")) as server:
        with pytest.raises(RateLimited):
            client_of(server).query("SELECT Id FROM Lead")
        assert len(server.seen) == 1


def test_a_used_up_allowance_is_not_spent_further() -> None:
    refusal = [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]

    with ScriptedServer(as_json(refusal, 403)) as server:
        with pytest.raises(RequestLimitExceeded):
            client_of(server).query("SELECT Id FROM Lead")
        assert len(server.seen) == 1


def test_a_silent_or_absent_org_is_unreachable() -> None:
    with ScriptedServer(Answer(200, b" ", lie=9, is_silent=True)) as server:
        client = client_of(server)
        with pytest.raises(OrgUnreachable) as silent:
            client.query("SELECT Id FROM Lead")
    with pytest.raises(OrgUnreachable) as absent:
        client_of(server).query("SELECT Id FROM Lead")

    assert silent.value.code == "TIMEOUT"
    assert absent.value.code == "ConnectionError"


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(200, 599))
def test_any_answer_at_all_becomes_records_or_one_of_our_errors(body: bytes, status: int) -> None:
    with ScriptedServer(Answer(status, body)) as server, pytest.raises(ConsoleError) as caught:
        client_of(server).query_many(["SELECT Id FROM Lead"])

    assert TOKEN.reveal() not in f"{caught.value}{caught.value.detail}"
