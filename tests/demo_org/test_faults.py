"""Scripted trouble, met over a real connection: before and after the org has done the work."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.demo_org_process import DemoOrgProcess

LEADS = "/services/data/v66.0/sobjects/Lead"
LEAD = {"LastName": "Faulty", "Company": "F"}


@pytest.fixture(scope="module")
def running() -> Iterator[DemoOrgProcess]:
    with DemoOrgProcess() as org:
        yield org


@pytest.fixture(scope="module")
def token(running: DemoOrgProcess) -> str:
    return str(running.tokens("palmer")["access_token"])


@pytest.fixture
def client(running: DemoOrgProcess, token: str) -> Iterator[httpx2.Client]:
    running.clear_faults()
    headers = {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=running.url, headers=headers, timeout=10) as opened:
        yield opened


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        pytest.param({"drop_connection": True}, httpx2.RemoteProtocolError, id="dropped"),
        pytest.param({"truncate": True}, httpx2.RemoteProtocolError, id="truncated"),
        pytest.param({"timeout_seconds": 60}, httpx2.ReadTimeout, id="late"),
    ],
)
def test_a_lost_answer_tells_nothing_of_what_was_done(
    running: DemoOrgProcess,
    client: httpx2.Client,
    fault: dict[str, Any],
    error: type[Exception],
    moment: str,
) -> None:
    before = running.records_hash("palmer")
    running.fault(match="sobjects/Lead", method="POST", moment=moment, **fault)

    with pytest.raises(error):
        client.post(LEADS, json=LEAD, timeout=0.4)

    is_changed = running.records_hash("palmer") != before
    assert is_changed is (moment == "after")


def test_a_refusal_can_be_scripted_with_body_and_headers(
    running: DemoOrgProcess, client: httpx2.Client
) -> None:
    body = [{"errorCode": "UNABLE_TO_LOCK_ROW", "message": "busy", "fields": []}]
    running.fault(match="sobjects/Lead$", status=503, body=body, headers={"Retry-After": "7"})

    first = client.post(LEADS, json=LEAD)
    second = client.post(LEADS, json=LEAD)

    assert (first.status_code, first.json(), first.headers["retry-after"]) == (503, body, "7")
    assert second.status_code == 201


def test_a_fault_counts_down_and_only_matching_calls_meet_it(
    running: DemoOrgProcess, client: httpx2.Client
) -> None:
    running.fault(match="/limits$", status=502, html="<html>bad gateway</html>", times=2)

    statuses = [client.get(f"/services/data/v66.0/{path}").status_code
                for path in ("limits", "sobjects/Lead", "limits", "limits")]  # fmt: skip

    assert statuses == [502, 200, 502, 200]


def test_a_truncated_answer_promises_more_than_it_sends(
    running: DemoOrgProcess, client: httpx2.Client
) -> None:
    running.fault(match="/limits$", moment="after", truncate=True)

    with client.stream("GET", "/services/data/v66.0/limits") as answer:
        started = answer.status_code
        with pytest.raises(httpx2.RemoteProtocolError):
            answer.read()

    assert started == 200


def test_other_callers_are_answered_while_one_waits(
    running: DemoOrgProcess, client: httpx2.Client
) -> None:
    running.fault(match="sobjects/Lead/describe", timeout_seconds=60)
    with pytest.raises(httpx2.ReadTimeout):
        client.get(f"{LEADS}/describe", timeout=0.2)

    answer = client.get("/services/data/v66.0/limits")

    assert answer.status_code == 200


def test_a_refresh_can_meet_another_one_under_way(running: DemoOrgProcess) -> None:
    running.clear_faults()
    tokens = running.tokens("palmer")
    running.fault(match="oauth2/token/concurrent", status=400)
    consumer_key, consumer_secret = running.app("palmer")
    form = {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "client_id": consumer_key,
        "client_secret": consumer_secret,
    }

    first = httpx2.post(f"{running.url}/services/oauth2/token", data=form)
    second = httpx2.post(f"{running.url}/services/oauth2/token", data=form)

    assert first.status_code == 400
    assert "already being processed" in first.json()["error_description"]
    assert second.status_code == 200


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"match": "x"}, id="nothing to do"),
        pytest.param({"status": 500}, id="no path"),
        pytest.param({"match": "(", "status": 500}, id="no pattern"),
        pytest.param({"match": "x", "status": 500, "moment": "during"}, id="no moment"),
        pytest.param({"match": "x", "status": 500, "weather": "bad"}, id="unknown key"),
        pytest.param({"match": "x", "status": "500"}, id="a status in quotes"),
        pytest.param({"match": "x", "status": 42}, id="no HTTP status"),
        pytest.param({"match": "x", "status": 500, "times": 0}, id="never"),
        pytest.param({"match": "x", "status": 500, "headers": ["a"]}, id="headers no mapping"),
        pytest.param(["match"], id="no mapping"),
    ],
)
def test_a_wrong_fault_is_refused(running: DemoOrgProcess, fault: Any) -> None:
    answer = httpx2.post(f"{running.url}/demo/faults", json=fault)

    assert answer.status_code == 400
    assert "error" in answer.json()
