"""What the pinned libraries do that our code exists to stop. An upgrade that changes one shows."""

import inspect

import pytest
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceExpiredSession, SalesforceRefusedRequest
from simple_salesforce.format import format_soql

from core.errors import ConsoleError
from tests.salesforce.conftest import impatient_http
from tests.salesforce.scripted_server import Answer, ScriptedServer, as_json

TOKEN = "00D-access-token-value"


def library_client(server: ScriptedServer) -> Salesforce:
    session = impatient_http(server.url).session(server.url)
    return Salesforce(session_id=TOKEN, instance_url=server.url, session=session, version="66.0")


def test_the_library_always_writes_https() -> None:
    client = Salesforce(session_id=TOKEN, instance_url="http://127.0.0.1:8502", version="66.0")

    assert client.base_url == "https://127.0.0.1:8502/services/data/v66.0/"


def test_the_library_sets_no_timeout() -> None:
    assert "timeout" not in inspect.getsource(Salesforce._call_salesforce)


def test_a_record_id_that_is_a_url_would_lead_the_token_away_and_is_stopped() -> None:
    with ScriptedServer(Answer()) as evil, ScriptedServer(Answer()) as server:
        contact = library_client(server).Contact
        for record_id in (f"{evil.url}/x", f"//{evil.url[7:]}/x", "../../../../oauth2/revoke"):
            with pytest.raises((ConsoleError, OSError)):
                contact.get(record_id)

        assert evil.seen == []
        assert not any("oauth2" in each.path for each in server.seen)


def test_the_library_does_not_renew_a_session_by_itself() -> None:
    expired = as_json([{"errorCode": "INVALID_SESSION_ID", "message": "expired"}], 401)

    with ScriptedServer(expired) as server, pytest.raises(SalesforceExpiredSession):
        library_client(server).query("SELECT Id FROM Lead")

    assert len(server.seen) == 1


def test_the_librarys_exception_shows_the_body_and_judges_by_status() -> None:
    limit = as_json([{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "ava@x.example"}], 403)

    with ScriptedServer(limit) as server, pytest.raises(SalesforceRefusedRequest, match="ava@x"):
        library_client(server).query("SELECT Id FROM Lead")


def test_the_quoting_prints_what_soql_cannot_read() -> None:
    assert format_soql("{}", float("nan")) == "nan"
    assert format_soql("IN {}", []) == "IN ()"
