"""Reads of an org that are under way at once lose nothing and keep their order."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from core.errors import SalesforceError
from core.salesforce.composite import Record
from core.salesforce.lanes import LANES
from core.secret import Secret
from tests.salesforce.scripted_server import Answer, ScriptedServer, Seen, as_json
from tests.salesforce.test_client import EXPIRED, client_of, composite_of, soql_of

QUERIES = [f"SELECT Id FROM Lead WHERE Name = 'n{number}'" for number in range(15)]


def page_of(part: dict[str, str]) -> dict[str, Any]:
    return {"done": True, "records": [{"Id": soql_of(part).partition("'")[2].rstrip("'")}]}


def answer(seen: Seen, **usage: str) -> Answer:
    parts = [
        {"referenceId": part["referenceId"], "httpStatusCode": 200, "body": page_of(part)}
        for part in composite_of(seen)
    ]
    return as_json({"compositeResponse": parts}, **usage)


def first_query(seen: Seen) -> str:
    return soql_of(composite_of(seen)[0])


def test_three_calls_are_under_way_at_once_and_each_answer_finds_its_query() -> None:
    together = threading.Barrier(LANES, timeout=5)

    def answer_together(seen: Seen) -> Answer:
        together.wait()  # breaks, and the call fails, unless all three are there
        return answer(seen, Sforce_Limit_Info="api-usage=18/15000")

    with ScriptedServer(answer_together) as server:
        client = client_of(server)
        found = client.query_many(QUERIES)

    assert [each[0]["Id"] for each in found] == [f"n{number}" for number in range(15)]
    assert client.calls_made == LANES
    assert client.api_usage == (18, 15000)


def test_few_queries_travel_in_one_call() -> None:
    with ScriptedServer(answer) as server:
        client_of(server).query_many(QUERIES[:5])

    assert len(server.seen) == 1


def test_refusal_of_one_call_costs_no_answer_of_the_others() -> None:
    refused = [{"errorCode": "INVALID_FIELD", "message": "No such column"}]

    def answer_some(seen: Seen) -> Answer:
        return as_json(refused, status=400) if "n0'" in first_query(seen) else answer(seen)

    kept: dict[int, list[Record]] = {}

    def keep(whole: Mapping[int, list[Record]]) -> None:
        kept.update(whole)

    with ScriptedServer(answer_some) as server, pytest.raises(SalesforceError):
        client_of(server).query_many(QUERIES, on_answers=keep)

    assert sorted(kept) == list(range(5, 15))


def test_wish_to_stop_keeps_what_is_under_way() -> None:
    kept: dict[int, list[Record]] = {}

    def keep_and_stop(whole: Mapping[int, list[Record]]) -> None:
        kept.update(whole)
        raise InterruptedError

    with ScriptedServer(answer) as server, pytest.raises(InterruptedError):
        client_of(server).query_many(QUERIES, on_answers=keep_and_stop)

    assert sorted(kept) == list(range(15))
    assert len(server.seen) == LANES


def test_session_that_ends_for_all_lanes_is_renewed_and_nothing_is_asked_twice() -> None:
    fresh = Secret("00D-another-token-value")

    def answer_fresh(seen: Seen) -> Answer:
        is_fresh = seen.headers["Authorization"].endswith(fresh.reveal())
        return answer(seen) if is_fresh else as_json(EXPIRED, status=401)

    with ScriptedServer(answer_fresh) as server:
        client = client_of(server, renew=lambda _stale: (fresh, server.url))
        found = client.query_many(QUERIES)

    assert len(found) == 15
    answered = [s for s in server.seen if s.headers["Authorization"].endswith(fresh.reveal())]
    assert len(answered) == LANES
