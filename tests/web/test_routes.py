"""The console's own routes as a browser meets them, with a real org behind the callback."""

import logging
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.connect.sign_in import read_outcome
from core.connect.start import start_ticket
from core.connect.states import ConnectionState
from core.secret import Secret
from core.store.databases import sqlite_file
from core.web.middleware import BINDING_COOKIE
from core.web.routes import build_routes
from core.work.engine import WorkerState
from tests.connect.conftest import Desk
from tests.web.conftest import CALLBACK, HTML, browser, start_url


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


def test_a_double_click_on_the_start_link_leaves_one_sign_in_that_works(
    desk: Desk, visitor: TestClient
) -> None:
    link = start_url(desk, visitor)
    first, second = (visitor.get(link).headers["location"] for _ in range(2))

    answer = visitor.get(desk.org.authorize_url(second, user="integration@palmer.demo"))
    late = visitor.get(desk.org.authorize_url(first, user="integration@palmer.demo"))

    assert "attempt=" in answer.headers["location"]
    assert desk.connection.state is ConnectionState.CONNECTED
    assert "problem=unknown" in late.headers["location"]


def test_a_start_link_is_dead_once_its_sign_in_has_ended(desk: Desk, visitor: TestClient) -> None:
    link = start_url(desk, visitor)
    started = visitor.get(link)
    visitor.get(desk.org.authorize_url(started.headers["location"], user="integration@palmer.demo"))

    again = visitor.get(link)

    assert "problem=link_used" in again.headers["location"]


def test_a_start_link_of_another_connection_is_refused(desk: Desk, visitor: TestClient) -> None:
    ticket = start_ticket(Secret(visitor.cookies[BINDING_COOKIE]), "another")

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


def test_health_says_that_process_store_and_worker_are_well(visitor: TestClient) -> None:
    answer = visitor.get("/healthz")

    assert answer.status_code == 200
    told = {"process": "ok", "store": "ok", "worker": "ok"}
    assert answer.json() == {"status": "ok", "service": "console", **told}


def test_health_is_bad_where_the_worker_stands_still(desk: Desk) -> None:
    routes = build_routes(lambda: desk.context, lambda: WorkerState.STOPPED)

    answer = TestClient(Starlette(routes=routes)).get("/healthz")

    assert answer.status_code == 503
    assert (answer.json()["store"], answer.json()["worker"]) == ("ok", "stopped")


def damage(desk: Desk, file: Path) -> None:
    desk.context.store.close()
    file.write_bytes(b"no database any more" * 400)


def lose(_desk: Desk, file: Path) -> None:
    file.unlink()  # and the store still has it open


@pytest.mark.parametrize("ruin", [damage, lose])
def test_health_is_bad_and_names_the_store_where_that_is_down(
    desk: Desk, visitor: TestClient, ruin: Callable[[Desk, Path], None]
) -> None:
    file = sqlite_file(desk.context.settings)
    assert file is not None
    ruin(desk, file)

    answer = visitor.get("/healthz")

    assert answer.status_code == 503
    told = {"process": "ok", "store": "unavailable", "worker": "ok"}
    assert answer.json() == {"status": "store unavailable", "service": "console", **told}


def test_every_answer_carries_the_security_headers(visitor: TestClient) -> None:
    headers = visitor.get("/connect", headers=HTML).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"


def test_status_can_be_typed_though_it_is_the_default_page(visitor: TestClient) -> None:
    answer = visitor.get("/status?account_id=abc", headers=HTML)

    assert (answer.status_code, answer.headers["location"]) == (303, "/?account_id=abc")
