"""The sign-in against a real org over HTTP: what connects, and everything that must not."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from core.connect.attempts import Visitor
from core.connect.setup import tick_step
from core.connect.sign_in import complete_from_pasted_url, read_outcome
from core.connect.start import ATTEMPT_LIFE, start_sign_in
from core.connect.states import ConnectionState, Environment
from core.errors import InvalidInput, SignInRefused
from core.secret import Secret
from core.store.tables import OauthAttempt, Token
from tests.connect.conftest import OPERATOR, Desk


def stored_tokens(desk: Desk) -> list[Token]:
    with desk.context.store.read() as session:
        return list(session.exec(select(Token)))


def test_sign_in_stores_the_grant_and_names_the_org(desk: Desk) -> None:
    desk.add_connection()

    outcome = desk.sign_in()

    view = desk.connection
    assert outcome.is_connected, outcome
    assert view.state is ConnectionState.CONNECTED
    assert view.org is not None
    assert view.org.username == "integration@palmer.demo"
    assert view.org.api_version
    assert len(stored_tokens(desk)) == 1


def test_authorize_url_has_pkce_exact_callback_and_least_scope(desk: Desk) -> None:
    desk.add_connection()

    url = start_sign_in(desk.context, connection_id=desk.connection_id, visitor=desk.visitor)

    asked = parse_qs(urlsplit(url).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["api refresh_token"]
    assert asked["prompt"] == ["login"]
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:8501/accounts/")


def test_a_used_answer_is_refused_and_exchanges_nothing(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()
    desk.complete(url)
    calls = desk.token_calls()

    with pytest.raises(SignInRefused, match="used"):
        desk.complete(url)

    assert desk.token_calls() == calls
    assert desk.connection.state is ConnectionState.CONNECTED


@pytest.mark.parametrize(
    "visitor",
    [
        pytest.param(Visitor(operator=OPERATOR, binding=Secret("x" * 43)), id="other browser"),
        pytest.param(Visitor(operator=OPERATOR, binding=Secret("")), id="no cookie"),
        pytest.param(Visitor(operator="Omar", binding=Secret("b" * 43)), id="other operator"),
    ],
)
def test_another_browser_or_operator_cannot_use_the_answer(desk: Desk, visitor: Visitor) -> None:
    desk.add_connection()
    url = desk.come_back()

    with pytest.raises(SignInRefused, match="another browser"):
        desk.complete(url, visitor=visitor)

    assert stored_tokens(desk) == []
    assert desk.complete(url).is_connected  # the rightful browser is not harmed


def test_an_answer_for_another_account_is_refused(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()

    with pytest.raises(SignInRefused, match="another account"):
        desk.complete(url, account_id="other")


@pytest.mark.parametrize("query", ["", "?state=", "?state=made-up&code=x"])
def test_an_unknown_state_is_refused(desk: Desk, query: str) -> None:
    desk.add_connection()

    with pytest.raises(SignInRefused):
        desk.complete(f"http://127.0.0.1:8501/{query}")


def test_an_answer_after_ten_minutes_is_refused(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()
    calls = desk.token_calls()
    with desk.context.store.write() as session:
        attempt = session.exec(select(OauthAttempt)).one()
        assert attempt.expires_at - attempt.created_at == ATTEMPT_LIFE
        attempt.expires_at = desk.context.store.now(session) - timedelta(seconds=1)
        session.add(attempt)

    with pytest.raises(SignInRefused, match="ten minutes"):
        desk.complete(url)

    assert desk.token_calls() == calls


def test_deny_ends_in_a_sentence_and_stores_nothing(desk: Desk) -> None:
    desk.add_connection()

    outcome = desk.complete(desk.come_back(allow=False))

    assert not outcome.is_connected
    assert "denied" in outcome.message
    assert "Allow" in outcome.advice
    assert stored_tokens(desk) == []
    assert read_outcome(desk.context, outcome.attempt_id) == outcome


def test_wrong_secret_names_the_secret(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()
    desk.save_keys(secret="0" * 64)

    outcome = desk.complete(url)

    assert not outcome.is_connected
    assert "Consumer Secret" in outcome.message
    assert stored_tokens(desk) == []


def test_unknown_key_right_after_the_last_step_means_too_early(desk: Desk) -> None:
    desk.add_connection()
    tick_step(desk.context, operator=OPERATOR, connection_id=desk.connection_id, step_id="S30")
    url = desk.come_back()
    desk.save_keys(key="3MVG9" + "x" * 80)

    outcome = desk.complete(url)

    assert "does not know the app yet" in outcome.message
    assert "20 minutes" in outcome.advice


def test_unknown_key_without_a_fresh_app_means_a_wrong_key(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()
    desk.save_keys(key="3MVG9" + "x" * 80)

    assert "Consumer Key" in desk.complete(url).message


def test_reconnecting_to_another_org_is_refused_and_revoked(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    before = desk.connection.org
    desk.save_keys("lakeside")

    outcome = desk.sign_in(app="lakeside")

    assert not outcome.is_connected
    assert "another org" in outcome.message
    assert desk.connection.org == before
    paths = [call["path"] for call in desk.org.log("lakeside")]
    assert "/services/oauth2/revoke" in paths


def test_a_production_org_in_the_sandbox_environment_is_refused(desk: Desk) -> None:
    desk.add_connection(Environment.SANDBOX)

    outcome = desk.sign_in()

    assert not outcome.is_connected, outcome
    assert "sandbox environment" in outcome.message
    assert stored_tokens(desk) == []


def test_reconnecting_revokes_the_former_grant(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    revoked = sum(call["path"].endswith("/revoke") for call in desk.org.log("palmer"))

    assert desk.sign_in().is_connected

    assert sum(call["path"].endswith("/revoke") for call in desk.org.log("palmer")) == revoked + 1
    assert len(stored_tokens(desk)) == 1


def test_pasting_the_address_connects_too(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()

    outcome = complete_from_pasted_url(desk.context, visitor=desk.visitor, pasted=f" {url}\n")

    assert outcome.is_connected


def test_pasting_something_else_says_what_to_copy(desk: Desk) -> None:
    desk.add_connection()

    with pytest.raises(InvalidInput, match="not the address"):
        complete_from_pasted_url(
            desk.context, visitor=desk.visitor, pasted="https://app.heyhalda.com/accounts/x"
        )


def test_the_token_call_goes_to_the_stored_endpoint(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()
    moved = replace(desk.context.settings, demo_org_url="http://127.0.0.1:1")
    desk.context = replace(desk.context, settings=moved)

    assert desk.complete(url).is_connected


def test_neither_code_nor_state_nor_verifier_is_stored_readable(desk: Desk) -> None:
    desk.add_connection()
    url = desk.come_back()
    query = parse_qs(urlsplit(url).query)
    desk.complete(url)

    with desk.context.store.read() as session:
        attempt = session.exec(select(OauthAttempt)).one()
    text = repr(attempt.model_dump())

    assert query["state"][0] not in text
    assert query["code"][0] not in text
    assert attempt.verifier_ciphertext == ""
