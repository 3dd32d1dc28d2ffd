"""Asking about a token spends nothing, proves the app's pair and believes no odd answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.errors import ConsoleError, InvalidConsumerSecret, OrgUnreachable, UnreadableAnswer
from core.salesforce.http import OrgHttp
from core.salesforce.introspection import Introspection, introspect
from core.salesforce.oauth import AppCredentials, endpoints_for, revoke
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess
from tests.salesforce.conftest import impatient_http
from tests.salesforce.scripted_server import Answer, ScriptedServer, as_json

APP = AppCredentials("3MVG9consumerkey", Secret("consumer-secret-value"))


def ask(server: ScriptedServer) -> Introspection:
    return introspect(
        impatient_http(server.url),
        endpoints_for(server.url),
        app=APP,
        token=Secret("5Aep-refresh-token"),
    )


def test_a_refresh_token_is_active_until_it_is_revoked(
    demo_org: DemoOrgProcess, http: OrgHttp
) -> None:
    key, secret = demo_org.app("palmer")
    app, endpoints = AppCredentials(key, Secret(secret)), endpoints_for(demo_org.url)
    token = Secret(demo_org.tokens()["refresh_token"])

    before = introspect(http, endpoints, app=app, token=token)
    again = introspect(http, endpoints, app=app, token=token)
    revoke(http, endpoints, token)
    after = introspect(http, endpoints, app=app, token=token)

    assert before.is_active
    assert again.is_active
    assert set(before.scopes) == {"api", "refresh_token"}
    assert before.username == "integration@palmer.demo"
    assert not after.is_active


def test_a_wrong_secret_is_told_apart(demo_org: DemoOrgProcess, http: OrgHttp) -> None:
    key, _ = demo_org.app("palmer")

    with pytest.raises(InvalidConsumerSecret):
        introspect(
            http, endpoints_for(demo_org.url), app=AppCredentials(key, APP.consumer_secret),
            token=Secret("x"),
        )  # fmt: skip


def test_the_end_of_a_token_is_read() -> None:
    with ScriptedServer(as_json({"active": True, "exp": 1_800_000_000})) as server:
        assert ask(server).expires_at == datetime(2027, 1, 15, 8, tzinfo=UTC)


@pytest.mark.parametrize("end", [None, "soon", -1, 10**20, True, 1.5])
def test_an_end_that_is_none_is_not_invented(end: Any) -> None:
    with ScriptedServer(as_json({"active": "yes", "exp": end})) as server:
        answer = ask(server)

    assert not answer.is_active
    assert answer.expires_at is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(Answer(200, b"<html>"), UnreadableAnswer, id="html"),
        pytest.param(Answer(404, b"<html>"), ConsoleError, id="404"),
        pytest.param(Answer(200, b" " * 100, is_dripping=True), OrgUnreachable, id="drip"),
    ],
)
def test_an_answer_that_is_none_is_refused(answer: Answer, expected: type[ConsoleError]) -> None:
    with ScriptedServer(answer) as server, pytest.raises(expected) as caught:
        ask(server)

    assert "5Aep" not in f"{caught.value!s}{caught.value.detail}"
