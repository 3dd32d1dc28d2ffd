"""A sign-in that ends badly stores nothing, and the page is told why."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from core.connect.attempts import problem_error
from core.connect.setup import tick_step
from core.connect.sign_in import read_outcome
from core.connect.start import start_ticket
from core.secret import Secret
from core.store.tables import OauthAttempt, Token
from core.web.middleware import BINDING_COOKIE
from tests.connect.conftest import Desk
from tests.web.conftest import start_url

LAST_APP_STEP = "S30"


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
