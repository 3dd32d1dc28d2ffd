"""The console's own routes as a browser meets them, with a real org behind the callback."""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from core.connect.setup import tick_step
from core.connect.sign_in import problem_error, read_outcome, start_ticket
from core.connect.states import ConnectionState
from core.secret import Secret
from core.store.engine import Store
from core.store.tables import OauthAttempt, Token
from core.web.middleware import BINDING_COOKIE, LocalOnly
from core.web.routes import build_routes
from tests.connect.conftest import ACCOUNT_ID, Desk, build_desk, org, org_process
from tests.demo_org_process import DemoOrgProcess
from tests.store.engines import sqlite_settings

__all__ = ["org", "org_process"]

ADDRESS = "http://127.0.0.1:8501"
HTML = {"accept": "text/html"}
LAST_APP_STEP = "S30"
CALLBACK = f"/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"


@pytest.fixture
def desk(home: Path, org: DemoOrgProcess) -> Iterator[Desk]:
    settings = sqlite_settings(home, OPERATOR_NAME="Ines")
    opened = Store.open(settings)
    built = build_desk(opened, settings, org)
    built.add_connection()
    yield built
    opened.close()


def browser(desk: Desk) -> TestClient:
    async def page(_request: object) -> HTMLResponse:
        return HTMLResponse("<p>page</p>")

    app = Starlette(
        routes=[
            *build_routes(lambda: desk.context),
            Route("/{page:path}", page),
        ],
        middleware=[Middleware(LocalOnly, settings=desk.context.settings)],
    )
    return TestClient(app, base_url=ADDRESS, follow_redirects=False, client=("127.0.0.1", 50000))


@pytest.fixture
def visitor(desk: Desk) -> TestClient:
    """A browser that has opened a page, so that it carries the binding cookie."""
    client = browser(desk)
    client.get("/connect", headers=HTML)
    return client


def start_url(desk: Desk, client: TestClient) -> str:
    binding = Secret(client.cookies[BINDING_COOKIE])
    ticket = start_ticket(binding, desk.connection_id)
    return f"/connect/start?connection_id={desk.connection_id}&ticket={ticket}"


def test_a_page_binds_the_browser_with_a_cookie_no_script_reads(desk: Desk) -> None:
    cookie = browser(desk).get("/connect", headers=HTML).headers["set-cookie"]

    assert cookie.startswith(f"{BINDING_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_the_cookie_of_a_browser_is_kept(visitor: TestClient) -> None:
    assert "set-cookie" not in visitor.get("/connect", headers=HTML).headers


def test_the_whole_walk_connects_and_leaves_a_clean_address(
    desk: Desk, visitor: TestClient
) -> None:
    started = visitor.get(start_url(desk, visitor))
    assert started.status_code == 303
    returned = desk.org.authorize_url(started.headers["location"], user="integration@palmer.demo")

    answer = visitor.get(returned)

    assert answer.status_code == 303
    place = urlsplit(answer.headers["location"])
    query = parse_qs(place.query)
    assert place.path == "/connect"
    assert set(query) == {"account_id", "environment", "attempt"}
    outcome = read_outcome(desk.context, query["attempt"][0])
    assert outcome is not None
    assert outcome.is_connected
    assert desk.connection.state is ConnectionState.CONNECTED


def test_replaying_the_callback_ends_on_a_clean_page_with_a_reason(
    desk: Desk, visitor: TestClient
) -> None:
    started = visitor.get(start_url(desk, visitor))
    returned = desk.org.authorize_url(started.headers["location"], user="integration@palmer.demo")
    visitor.get(returned)

    again = visitor.get(returned)

    assert parse_qs(urlsplit(again.headers["location"]).query)["problem"] == ["used"]
    assert "code" not in again.headers["location"].partition("?")[2]


def test_another_browser_cannot_finish_the_sign_in(desk: Desk, visitor: TestClient) -> None:
    started = visitor.get(start_url(desk, visitor))
    returned = desk.org.authorize_url(started.headers["location"], user="integration@palmer.demo")
    other = browser(desk)
    other.get("/connect", headers=HTML)

    answer = other.get(returned)

    assert "problem=other_browser" in answer.headers["location"]
    assert desk.connection.state is ConnectionState.CREDENTIALS_SAVED


def test_a_made_up_callback_is_refused(visitor: TestClient) -> None:
    answer = visitor.get(f"{CALLBACK}?state=x&code=y")

    assert answer.status_code == 303
    assert "problem=unknown" in answer.headers["location"]


@pytest.mark.parametrize("ticket", ["", "0" * 64, "é"])
def test_a_start_from_another_site_is_refused(desk: Desk, visitor: TestClient, ticket: str) -> None:
    answer = visitor.get(
        "/connect/start", params={"connection_id": desk.connection_id, "ticket": ticket}
    )

    assert answer.status_code == 403


def test_a_start_without_the_cookie_is_refused(desk: Desk) -> None:
    ticket = start_ticket(Secret(""), desk.connection_id)

    answer = browser(desk).get(
        "/connect/start", params={"connection_id": desk.connection_id, "ticket": ticket}
    )

    assert answer.status_code == 403


def test_no_log_line_holds_the_code_or_the_state(
    desk: Desk, visitor: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="core")
    started = visitor.get(start_url(desk, visitor))
    returned = desk.org.authorize_url(started.headers["location"], user="integration@palmer.demo")
    visitor.get(returned)
    visitor.get(returned)

    query = parse_qs(urlsplit(returned).query)
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name.startswith("core")
    )
    assert query["code"][0] not in said
    assert query["state"][0] not in said


def test_health_says_that_the_store_answers(visitor: TestClient) -> None:
    answer = visitor.get("/healthz")

    assert answer.status_code == 200
    assert answer.json()["store"] == "ok"


def test_every_answer_carries_the_security_headers(visitor: TestClient) -> None:
    headers = visitor.get("/connect", headers=HTML).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def stored_tokens(desk: Desk) -> list[Token]:
    with desk.context.store.read() as session:
        return list(session.exec(select(Token)))


def come_back(desk: Desk, client: TestClient, *, allow: bool = True) -> str:
    started = client.get(start_url(desk, client)).headers["location"]
    return desk.org.authorize_url(started, user="integration@palmer.demo", allow=allow)


def test_replay_makes_no_second_token_call(desk: Desk, visitor: TestClient) -> None:
    returned = come_back(desk, visitor)
    visitor.get(returned)
    calls = desk.token_calls()

    visitor.get(returned)

    assert desk.token_calls() == calls
    assert len(stored_tokens(desk)) == 1


def expire(desk: Desk) -> None:
    with desk.context.store.write() as session:
        attempt = session.exec(select(OauthAttempt)).one()
        attempt.expires_at = desk.context.store.now(session) - timedelta(seconds=1)
        session.add(attempt)


def wrong_secret(desk: Desk) -> None:
    desk.save_keys(secret="0" * 64)


def unknown_key_of_a_new_app(desk: Desk) -> None:
    tick_step(
        desk.context, operator="Ines", connection_id=desk.connection_id, step_id=LAST_APP_STEP
    )
    desk.save_keys(key="3MVG9" + "x" * 80)


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (expire, "ten minutes"),
        (wrong_secret, "Consumer Secret"),
        (unknown_key_of_a_new_app, "does not know the app yet"),
    ],
)
def test_sign_in_that_fails_stores_nothing_and_tells_the_page(
    desk: Desk, visitor: TestClient, meanwhile: Callable[[Desk], None], told: str
) -> None:
    returned = come_back(desk, visitor)
    meanwhile(desk)

    location = visitor.get(returned).headers["location"]

    assert told in said_on_the_page(desk, location)
    assert stored_tokens(desk) == []
    assert not {"code", "state"} & set(parse_qs(urlsplit(location).query))


def said_on_the_page(desk: Desk, location: str) -> str:
    """What the page makes of the address it is opened with."""
    query = parse_qs(urlsplit(location).query)
    if "problem" in query:
        return problem_error(query["problem"][0]).message
    outcome = read_outcome(desk.context, query["attempt"][0])
    return outcome.message if outcome else ""


def test_denied_sign_in_stores_nothing_and_tells_the_page(desk: Desk, visitor: TestClient) -> None:
    location = visitor.get(come_back(desk, visitor, allow=False)).headers["location"]

    assert "denied" in said_on_the_page(desk, location)
    assert stored_tokens(desk) == []


def test_start_of_an_unknown_connection_goes_back_to_the_page(
    desk: Desk, visitor: TestClient
) -> None:
    ticket = start_ticket(Secret(visitor.cookies[BINDING_COOKIE]), "none")

    answer = visitor.get(f"/connect/start?connection_id=none&ticket={ticket}")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/connect?problem=not_started"
