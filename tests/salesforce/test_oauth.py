"""Sign-in, refresh and revoke: against the demo org, and against answers that lie."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from core.errors import (
    ConsoleError,
    InvalidConsumerKey,
    InvalidConsumerSecret,
    NeedsReauth,
    OrgUnreachable,
    RetryLater,
    ServiceUnavailable,
    SignInRefused,
    UnreadableAnswer,
)
from core.salesforce import oauth
from core.salesforce.http import OrgHttp
from core.salesforce.remedy_oauth import REFRESH_RACED
from core.secret import Secret
from tests.demo_org_process import CALLBACK_URL, DemoOrgProcess
from tests.salesforce.conftest import impatient_http
from tests.salesforce.scripted_server import Answer, ScriptedServer, as_json

APP = oauth.AppCredentials("3MVG9consumerkey", Secret("consumer-secret-value"))
CODE = Secret("aPrx-code-value")
VERIFIER = Secret("v" * 64)
ORG_ID = "00DPs0000000001MAA"
USER_ID = "005Ps0000000001IAA"


def signed(server_url: str, **changes: Any) -> dict[str, Any]:
    """A well-formed token answer of the server, with changes made before it is signed."""
    answer = {
        "access_token": "00D-access-token-value",
        "refresh_token": "5Aep-refresh-token-value",
        "instance_url": server_url,
        "id": f"{server_url}/id/{ORG_ID}/{USER_ID}",
        "token_type": "Bearer",
        "issued_at": "1728399879076",
        "scope": "refresh_token api",
    } | changes
    message = f"{answer['id']}{answer['issued_at']}".encode()
    digest = hmac.new(APP.consumer_secret.reveal().encode(), message, hashlib.sha256).digest()
    return {"signature": base64.b64encode(digest).decode()} | answer


def exchange(server: ScriptedServer) -> oauth.Grant:
    return oauth.exchange_code(
        impatient_http(server.url),
        oauth.endpoints_for(server.url),
        app=APP,
        code=CODE,
        verifier=VERIFIER,
        redirect_uri=CALLBACK_URL,
    )


def refresh(server: ScriptedServer) -> oauth.Grant:
    return oauth.refresh_grant(
        impatient_http(server.url),
        oauth.endpoints_for(server.url),
        app=APP,
        refresh_token=Secret("5Aep-stored-refresh-token"),
    )


def app_of(demo_org: DemoOrgProcess) -> oauth.AppCredentials:
    consumer_key, consumer_secret = demo_org.app("palmer")
    return oauth.AppCredentials(consumer_key, Secret(consumer_secret))


def sign_in(demo_org: DemoOrgProcess, http: OrgHttp) -> oauth.Grant:
    app, endpoints, verifier = (
        app_of(demo_org),
        oauth.endpoints_for(demo_org.url),
        oauth.new_verifier(),
    )
    url = oauth.authorize_url(
        endpoints,
        consumer_key=app.consumer_key,
        redirect_uri=CALLBACK_URL,
        state=Secret("state-value"),
        verifier=verifier,
    )
    back = demo_org.authorize_url(url, user="integration@palmer.demo")
    code = Secret(parse_qs(urlsplit(back).query)["code"][0])
    return oauth.exchange_code(
        http, endpoints, app=app, code=code, verifier=verifier, redirect_uri=CALLBACK_URL
    )


def test_authorize_url_carries_the_challenge_and_the_least_scope() -> None:
    url = oauth.authorize_url(
        oauth.endpoints_for("https://palmer.my.salesforce.com"),
        consumer_key="key",
        redirect_uri=CALLBACK_URL,
        state=Secret("state-value"),
        verifier=VERIFIER,
        login_hint="someone@palmer.example",
    )

    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 64).digest()).rstrip(b"=").decode()
    assert url.startswith("https://palmer.my.salesforce.com/services/oauth2/authorize?")
    assert asked == {
        "response_type": "code",
        "client_id": "key",
        "redirect_uri": CALLBACK_URL,
        "scope": "api refresh_token",
        "state": "state-value",
        "prompt": "login",
        "login_hint": "someone@palmer.example",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }


def test_a_verifier_is_fresh_and_of_the_allowed_form() -> None:
    first, second = oauth.new_verifier(), oauth.new_verifier()

    assert first != second
    assert re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", first.reveal())


def test_a_code_becomes_a_grant_that_refreshes_and_can_be_revoked(
    demo_org: DemoOrgProcess, http: OrgHttp
) -> None:
    grant = sign_in(demo_org, http)
    assert grant.refresh_token is not None
    endpoints, app = oauth.endpoints_for(demo_org.url), app_of(demo_org)

    renewed = oauth.refresh_grant(http, endpoints, app=app, refresh_token=grant.refresh_token)
    newest = renewed.refresh_token or grant.refresh_token
    oauth.revoke(http, endpoints, newest)
    oauth.revoke(http, endpoints, newest)

    assert grant.login_org_id == renewed.login_org_id
    assert grant.instance_url == demo_org.url
    assert renewed.access_token != grant.access_token
    with pytest.raises(NeedsReauth):
        oauth.refresh_grant(http, endpoints, app=app, refresh_token=newest)


def test_the_token_call_carries_verifier_and_secret_in_its_body() -> None:
    with ScriptedServer(lambda seen: as_json(signed(f"http://{seen.headers['Host']}"))) as server:
        grant = exchange(server)

    call = server.seen[0]
    form = {name: values[0] for name, values in parse_qs(call.body.decode()).items()}
    assert (call.method, call.path) == ("POST", "/services/oauth2/token")
    assert "Authorization" not in call.headers
    assert form == {
        "grant_type": "authorization_code",
        "code": CODE.reveal(),
        "client_id": APP.consumer_key,
        "client_secret": APP.consumer_secret.reveal(),
        "redirect_uri": CALLBACK_URL,
        "code_verifier": VERIFIER.reveal(),
    }
    assert (grant.login_org_id, grant.user_id) == (ORG_ID, USER_ID)
    assert grant.issued_at.isoformat() == "2024-10-08T15:04:39.076000+00:00"


def test_a_percent_coded_code_is_decoded_once() -> None:
    with ScriptedServer(lambda seen: as_json(signed(f"http://{seen.headers['Host']}"))) as server:
        oauth.exchange_code(
            impatient_http(server.url),
            oauth.endpoints_for(server.url),
            app=APP,
            code=Secret("aPrx%3D%3D"),
            verifier=VERIFIER,
            redirect_uri=CALLBACK_URL,
        )

    assert parse_qs(server.seen[0].body.decode())["code"] == ["aPrx=="]


def test_a_redirect_with_a_perfect_grant_in_its_body_is_no_grant() -> None:
    def answer(seen: Any) -> Answer:
        origin = f"http://{seen.headers['Host']}"
        return as_json(signed(origin), 302, Location=f"{origin}/elsewhere")

    with ScriptedServer(answer) as server, pytest.raises(UnreadableAnswer):
        refresh(server)

    assert [each.path for each in server.seen] == ["/services/oauth2/token"]


def test_refresh_without_rotation_returns_no_refresh_token() -> None:
    def answer(seen: Any) -> Answer:
        body = signed(f"http://{seen.headers['Host']}")
        del body["refresh_token"]
        return as_json(body)

    with ScriptedServer(answer) as server:
        assert refresh(server).refresh_token is None


LIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "wrong signature": lambda body: body | {"signature": "bm90IGl0"},
    "no signature": lambda body: {k: v for k, v in body.items() if k != "signature"},
    "id changed after signing": lambda body: body | {"id": body["id"].replace("00DPs", "00DXs")},
    "time changed after signing": lambda body: body | {"issued_at": "1728399879077"},
    "id of another host": lambda body: signed(
        body["instance_url"], id=f"https://evil.example/id/{ORG_ID}/{USER_ID}"
    ),
    "id of another form": lambda body: signed(body["instance_url"], id=body["instance_url"] + "/x"),
    "instance of another host": lambda body: body | {"instance_url": "https://evil.example"},
    "larger scope": lambda body: body | {"scope": "api refresh_token full"},
    "access token that is no text": lambda body: body | {"access_token": 7},
}


def _without_refresh_token(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "refresh_token"}


@pytest.mark.parametrize(
    ("ask", "lie"),
    [
        *((ask, lie) for ask in (exchange, refresh) for lie in LIES.values()),
        (exchange, _without_refresh_token),
    ],
    ids=[
        *(f"{how}, {name}" for how in ("sign-in", "refresh") for name in LIES),
        "sign-in, no refresh token",
    ],
)
def test_an_answer_that_fails_a_check_is_refused_and_its_tokens_revoked(
    ask: Callable[[ScriptedServer], oauth.Grant], lie: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    bodies: list[dict[str, Any]] = []

    def answer(seen: Any) -> Answer:
        if seen.path.endswith("/revoke"):
            return Answer(200, b"")
        bodies.append(lie(signed(f"http://{seen.headers['Host']}")))
        return as_json(bodies[0])

    with ScriptedServer(answer) as server, pytest.raises(SignInRefused) as caught:
        ask(server)

    revoked = [parse_qs(each.body.decode())["token"][0] for each in server.seen[1:]]
    given = [bodies[0].get("refresh_token"), bodies[0].get("access_token")]
    assert revoked == [token for token in given if isinstance(token, str)]
    assert "token-value" not in f"{caught.value!s}{caught.value.detail}"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(
            as_json({}, 302, Location="https://evil.example/"), UnreadableAnswer, id="302"
        ),
        pytest.param(Answer(200, b"<html>maintenance</html>"), UnreadableAnswer, id="html 200"),
        pytest.param(Answer(200, b'{"access_token": "00D'), UnreadableAnswer, id="cut json"),
        pytest.param(Answer(200, b"{}", {}, lie=40), OrgUnreachable, id="cut body"),
        pytest.param(Answer(200, b"[]"), UnreadableAnswer, id="list"),
        pytest.param(Answer(503, b"<html>down</html>"), ServiceUnavailable, id="503 html"),
        pytest.param(as_json({"access_token": "x"}, 400), ConsoleError, id="400 without error"),
        pytest.param(as_json({"error": "invalid_client"}, 400), InvalidConsumerSecret, id="secret"),
        pytest.param(as_json({"error": "invalid_client_id"}, 400), InvalidConsumerKey, id="key"),
    ],
)
def test_a_refresh_that_fails_says_how(answer: Answer, expected: type[ConsoleError]) -> None:
    with ScriptedServer(answer) as server, pytest.raises(expected) as caught:
        refresh(server)

    assert len(server.seen) == 1
    assert caught.value.__cause__ is None
    assert "stored-refresh-token" not in f"{caught.value!s}{caught.value.detail}"


@pytest.mark.parametrize(
    "description", ["token request is already being processed", "expired authorization code"]
)
def test_two_refreshes_that_met_are_told_apart_from_a_dead_grant(description: str) -> None:
    body = {"error": "invalid_grant", "error_description": description}

    with ScriptedServer(as_json(body, 400)) as server, pytest.raises(RetryLater) as caught:
        refresh(server)

    assert caught.value.code == REFRESH_RACED


def test_a_token_call_ends_at_its_deadline_although_bytes_keep_coming() -> None:
    dripping = Answer(200, b" " * 100, is_dripping=True)

    with ScriptedServer(dripping) as server, pytest.raises(OrgUnreachable) as caught:
        refresh(server)

    assert caught.value.code == "TOKEN_DEADLINE"


def test_no_secret_is_in_the_repr_of_a_grant() -> None:
    with ScriptedServer(lambda seen: as_json(signed(f"http://{seen.headers['Host']}"))) as server:
        grant = exchange(server)

    assert "token-value" not in repr(grant)
    assert "secret-value" not in repr(APP)
    assert "token-value" not in json.dumps(str(grant))
