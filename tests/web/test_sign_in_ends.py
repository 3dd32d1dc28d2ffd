"""A sign-in that ends badly stores nothing, and the page is told why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from core.connect.attempts import problem_error
from core.connect.setup import tick_step
from core.connect.sign_in import read_outcome
from core.connect.start import start_ticket
from core.demo_org.failures.failure import At
from core.demo_org.failures.known import FAILURES
from core.demo_org.switches import Flag
from core.errors import WhoActs
from core.salesforce.http import OrgHttp, Timeouts
from core.salesforce.remedy_rest import NO_TABLE_LINE
from core.secret import Secret
from core.store.tables import OauthAttempt, Token
from core.web.middleware import BINDING_COOKIE
from tests.connect.conftest import Desk
from tests.connection_failures.found import found_by_us
from tests.connection_failures.named import named_by_salesforce
from tests.web.conftest import start_url

LAST_APP_STEP = "S30"
# What the page on connection failures says, besides a code that nobody knows.
TOLD = {
    *((each.meaning, each.who.value) for each in named_by_salesforce()),
    *(cells[:2] for cells in found_by_us()),
    (NO_TABLE_LINE.message, WhoActs.HALDA_SUPPORT.value),
}


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


# Every name is a failure of the demo org's own page.
SIGN_INS = [
    ("callback_deny", "Access was denied"),
    ("callback_challenge", "asks for PKCE"),
    ("callback_scope", "does not offer the scopes"),
    ("callback_request", "could not read the sign-in request"),
    ("callback_server", "problem of its own"),
    ("callback_busy", "sign-in is not available"),
    ("sign_in_late_code", "took too long or was sent twice"),
    ("sign_in_used_code", "code was already used"),
    ("sign_in_verifier", "finished by another attempt's page"),
    ("sign_in_challenge", "asks for PKCE"),
    ("sign_in_request", "could not read the sign-in request"),
    ("sign_in_scope", "does not offer the scopes"),
    ("sign_in_key", "does not know this Consumer Key"),
    ("sign_in_secret", "Consumer Secret does not belong"),
    ("sign_in_callback", "callback URL in the app is not the one"),
    ("sign_in_grant_type", "does not allow this kind of sign-in"),
    ("sign_in_app_access", "not allowed to use the app"),
    ("sign_in_inactive_org", "expired or locked"),
    ("sign_in_inactive_user", "deactivated or frozen"),
    ("sign_in_password", "password changed"),
    ("sign_in_not_approved", "not assigned to the app"),
    ("sign_in_ip", "refused our address"),
    ("sign_in_hours", "refused our address or the hour"),
    ("sign_in_high_assurance", "high-assurance"),
    ("sign_in_not_installed", "does not exist in the org"),
    ("sign_in_too_many", "Too many sign-ins"),
    ("sign_in_unknown_grant", "refused the sign-in"),
    ("sign_in_unknown", "refused a call"),
    ("sign_in_no_refresh_token", "no refresh token"),
    ("sign_in_unavailable", "not available"),
    ("sign_in_late", "did not answer"),
    ("sign_in_lost", "did not answer"),
    ("sign_in_half", "did not answer"),
]


def test_the_table_covers_every_failure_of_a_sign_in_that_the_demo_org_offers() -> None:
    offered = {each.name for each in FAILURES.values() if each.at is At.SIGN_IN}

    assert {name for name, _ in SIGN_INS} == offered


@pytest.mark.parametrize(("name", "told"), SIGN_INS, ids=[name for name, _ in SIGN_INS])
def test_a_failed_sign_in_ends_in_its_sentence_and_keeps_no_grant(
    desk: Desk, visitor: TestClient, name: str, told: str
) -> None:
    http = OrgHttp(desk.context.hosts, timeouts=Timeouts(token=2))
    desk.context = replace(desk.context, http=http)
    desk.org.fail(name)

    location = visitor.get(come_back(desk, visitor)).headers["location"]

    assert told in said_on_the_page(desk, location)
    assert stored_tokens(desk) == []
    last = desk.connection.last_error
    assert last is not None
    assert last.acts is not None
    assert last.advice
    assert (last.message, last.acts.value) in TOLD


def test_a_sign_in_to_a_refreshed_sandbox_is_refused_as_another_org(
    desk: Desk, visitor: TestClient
) -> None:
    visitor.get(come_back(desk, visitor))
    kept = stored_tokens(desk)[0].id
    desk.org.switch("palmer", flags=[Flag.REFRESHED])

    location = visitor.get(come_back(desk, visitor)).headers["location"]

    assert "This is another org" in said_on_the_page(desk, location)
    assert [each.id for each in stored_tokens(desk)] == [kept]


def test_start_of_an_unknown_connection_goes_back_to_the_page(
    desk: Desk, visitor: TestClient
) -> None:
    ticket = start_ticket(Secret(visitor.cookies[BINDING_COOKIE]), "none")

    answer = visitor.get(f"/connect/start?connection_id=none&ticket={ticket}")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/connect?problem=not_started"
