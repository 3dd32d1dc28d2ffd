"""What is refused, moved or hardened before any route or page sees a request."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from core.web.middleware import LocalOnly
from tests.store.engines import sqlite_settings

ADDRESS = "http://127.0.0.1:8501"
HTML = {"accept": "text/html"}
HOST = {"host": "127.0.0.1:8501"}  # the test client would name itself
CALLBACK = "/accounts/a1/settings/integrations/salesforce/callback"


async def page(_request: object) -> PlainTextResponse:
    return PlainTextResponse("served")


async def socket_page(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def browser(home: Path, *, client: tuple[str, int] = ("127.0.0.1", 50000)) -> TestClient:
    app = Starlette(
        routes=[WebSocketRoute("/_stcore/stream", socket_page), Route("/{page:path}", page)],
        middleware=[Middleware(LocalOnly, settings=sqlite_settings(home))],
    )
    return TestClient(app, base_url=ADDRESS, follow_redirects=False, client=client)


def test_the_person_at_this_machine_is_served(tmp_path: Path) -> None:
    client = browser(tmp_path)

    assert client.get("/connect").text == "served"
    with client.websocket_connect("/_stcore/stream", headers=HOST):
        pass


@pytest.mark.parametrize("path", ["/connect", "/healthz", CALLBACK, "/connect/start"])
@pytest.mark.parametrize(
    "headers",
    [
        {"x-forwarded-for": "203.0.113.9"},
        {"x-forwarded-host": "app.heyhalda.com"},
        {"X-Forwarded-Anything": "1"},
        {"forwarded": "for=203.0.113.9"},
        {"x-real-ip": "203.0.113.9"},
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"host": ""},
    ],
)
def test_a_proxied_or_foreign_request_is_refused(
    tmp_path: Path, path: str, headers: dict[str, str]
) -> None:
    answer = browser(tmp_path).get(path, headers=headers)

    assert answer.status_code == 403
    assert answer.text.strip().endswith(".")


def test_a_request_from_another_machine_is_refused(tmp_path: Path) -> None:
    answer = browser(tmp_path, client=("203.0.113.9", 50000)).get("/connect")

    assert answer.status_code == 403


def test_a_proxied_websocket_is_refused(tmp_path: Path) -> None:
    client = browser(tmp_path)

    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(
            "/_stcore/stream", headers={**HOST, "x-forwarded-for": "203.0.113.9"}
        ),
    ):
        pass


def test_localhost_is_moved_to_the_one_host_the_cookie_knows(tmp_path: Path) -> None:
    answer = browser(tmp_path).get(
        "/connect?account_id=a1", headers={**HTML, "host": "localhost:8501"}
    )

    assert answer.status_code == 307
    assert answer.headers["location"] == f"{ADDRESS}/connect?account_id=a1"
