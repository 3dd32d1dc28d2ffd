"""What the transport refuses, whatever the code above it asks for."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
import requests

from core.errors import ConsoleError, NotAllowed, SignInRefused, StartRefused, WrongOrg
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp, refuse_writes
from tests.salesforce.conftest import impatient_http
from tests.salesforce.scripted_server import Answer, ScriptedServer, as_json

DATA = "https://palmer.my.salesforce.com/services/data"
COMPOSITE = f"{DATA}/v66.0/composite"


def composite(*parts: Any) -> str:
    return json.dumps({"compositeRequest": list(parts)})


QUERY_PART = {
    "method": "GET",
    "url": "/services/data/v66.0/query/?q=SELECT%20Id",
    "referenceId": "a",
}


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("GET", DATA, None),
        ("GET", f"{DATA}/v66.0/query/?q=x", None),
        ("POST", COMPOSITE, composite(QUERY_PART)),
        (
            "POST",
            COMPOSITE,
            composite({**QUERY_PART, "url": "/services/data/v66.0/query/01g-2000"}),
        ),
        (
            "POST",
            COMPOSITE,
            composite({**QUERY_PART, "url": "/services/data/v66.0/queryAll/?q=SELECT"}),
        ),
        (
            "POST",
            f"{DATA}/v66.0/tooling/composite",
            composite({**QUERY_PART, "url": "/services/data/v66.0/tooling/query/?q=SELECT"}),
        ),
    ],
)
def test_a_reading_call_passes(method: str, url: str, body: str | None) -> None:
    refuse_writes(method, url, body)


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("POST", f"{DATA}/v66.0/sobjects/Lead", "{}"),
        ("PATCH", f"{DATA}/v66.0/sobjects/Lead/1", "{}"),
        ("DELETE", f"{DATA}/v66.0/sobjects/Lead/1", None),
        ("GET", "https://palmer.my.salesforce.com/services/oauth2/revoke?token=x", None),
        ("GET", "https://palmer.my.salesforce.com/services/apexrest/anything", None),
        ("POST", COMPOSITE, None),
        ("POST", COMPOSITE, "not json"),
        ("POST", COMPOSITE, composite()),
        ("POST", COMPOSITE, composite(QUERY_PART, {**QUERY_PART, "method": "POST"})),
        ("POST", COMPOSITE, composite({**QUERY_PART, "url": "/services/data/v66.0/sobjects/Lead"})),
        ("POST", COMPOSITE, composite({**QUERY_PART, "url": "/services/data/v66.0/query/../x"})),
        ("POST", f"{DATA}/v66.0/composite/sobjects", composite(QUERY_PART)),
        ("POST", f"{DATA}/v66.0/composite/batch", composite(QUERY_PART)),
        (
            "POST",
            f"{DATA}/v66.0/tooling/composite",
            composite({**QUERY_PART, "url": "/services/data/v66.0/tooling/sobjects/ApexClass"}),
        ),
    ],
)
def test_a_call_that_could_write_is_refused(method: str, url: str, body: str | None) -> None:
    with pytest.raises(NotAllowed):
        refuse_writes(method, url, body)


def test_a_writing_call_never_reaches_the_socket() -> None:
    with ScriptedServer(Answer()) as server:
        session = impatient_http(server.url).session(server.url)
        with pytest.raises(NotAllowed):
            session.post(f"{server.url}/services/data/v66.0/sobjects/Lead", data="{}")

    assert server.seen == []


def test_a_session_reaches_its_own_org_only() -> None:
    with ScriptedServer(Answer()) as server, ScriptedServer(Answer()) as other:
        session = impatient_http(server.url).session(server.url)
        with pytest.raises(requests.exceptions.InvalidSchema):
            session.get(f"{other.url}/services/data")
        with pytest.raises((WrongOrg, requests.exceptions.RequestException)):
            session.get(f"http://{server.url[7:]}@{other.url[7:]}/services/data")

    assert other.seen == []


def test_the_last_step_refuses_another_org_whatever_led_there() -> None:
    with ScriptedServer(Answer()) as server, ScriptedServer(Answer()) as other:
        session = impatient_http(server.url).session(server.url)
        adapter = session.get_adapter(f"{server.url}/services/data")
        foreign = requests.Request("GET", f"{other.url}/services/data").prepare()
        with pytest.raises(WrongOrg):
            adapter.send(foreign)

    assert other.seen == []


def test_a_password_in_the_shells_netrc_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password something")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    with ScriptedServer(Answer()) as server:
        impatient_http(server.url).session(server.url).get(f"{server.url}/services/data")

    assert "Authorization" not in server.seen[0].headers


def test_a_redirect_is_never_followed_and_the_token_stays() -> None:
    with ScriptedServer(Answer()) as other:
        redirect = as_json({}, 307, Location=f"{other.url}/services/data")
        with ScriptedServer(redirect) as server:
            session = impatient_http(server.url).session(server.url)
            with pytest.raises(ConsoleError):
                session.get(f"{server.url}/services/data", allow_redirects=True)

    assert other.seen == []


def test_a_token_client_reaches_its_own_server_only() -> None:
    with ScriptedServer(Answer()) as server, ScriptedServer(Answer()) as other:
        options = impatient_http(server.url).token_options(f"{server.url}/services/oauth2/token")
        with httpx2.Client(**options) as client, pytest.raises(WrongOrg):
            client.post(f"{other.url}/services/oauth2/token")

    assert other.seen == []


def test_plain_http_is_for_the_demo_org_alone() -> None:
    production = OrgHttp(HostRules(None))

    with pytest.raises(SignInRefused):
        production.session("http://127.0.0.1:8502")
    with pytest.raises(SignInRefused):
        production.token_options("http://palmer.my.salesforce.com/services/oauth2/token")


def test_a_proxy_named_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with ScriptedServer(Answer()) as server:
        session = impatient_http(server.url).session(server.url)

        assert session.get(f"{server.url}/services/data").status_code == 200


def test_a_call_says_who_it_is_from() -> None:
    with ScriptedServer(Answer()) as server:
        impatient_http(server.url).session(server.url).get(f"{server.url}/services/data")

    assert server.seen[0].headers["Sforce-Call-Options"] == "client=HaldaConsole"


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_a_bundle_that_cannot_be_read_stops_the_start(tmp_path: Path, content: str | None) -> None:
    bundle = tmp_path / "bundle.pem"
    if content is not None:
        bundle.write_text(content)

    with pytest.raises(StartRefused, match="HALDA_CONSOLE_CA_BUNDLE"):
        OrgHttp(HostRules(None), ca_bundle=bundle)
