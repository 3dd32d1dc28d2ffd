"""The end of a sign-in at Salesforce: one attempt, one browser, one use. Then the checks.

https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm
"""

import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select, update

from core.connect.attempts import Visitor, hashed, problem_error, verifier_place
from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.credentials import load_app_keys
from core.connect.grants import Signed, adopt_grant, make_room
from core.connect.health import record_change, remember_error
from core.connect.propagation import not_spread_yet
from core.connect.setup import read_propagation
from core.connect.states import Environment
from core.errors import ConsoleError, InvalidConsumerKey, InvalidInput, SignInRefused
from core.salesforce.oauth import (
    AppCredentials,
    endpoints_for,
    exchange_code,
)
from core.salesforce.remedies import explain_oauth
from core.secret import Secret
from core.store.tables import Connection, OauthAttempt

CONNECTED, REFUSED = "connected", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInOutcome:
    """How an attempt ended, as the connect page shows it."""

    attempt_id: str
    account_id: str
    environment: Environment
    is_connected: bool
    message: str
    advice: str
    ended_at: datetime | None


def complete_sign_in(
    context: ConnectContext, *, visitor: Visitor, account_id: str, query: Mapping[str, str]
) -> SignInOutcome:
    """Use up the attempt the callback names, exchange its code, check the org, store the grant.

    Every failure after the attempt was found is kept on it and on the connection and returned as
    an outcome; nothing else is stored. SignInRefused where no attempt fits.
    """
    attempt = _consume(context, visitor, account_id, Secret(query.get("state", "")))
    try:
        message = _finish(context, attempt, query)
    except ConsoleError as error:
        return _refuse(context, attempt, _too_early(context, attempt, error))
    return _keep_outcome(context, attempt, CONNECTED, message, "")


def complete_from_pasted_url(
    context: ConnectContext, *, visitor: Visitor, pasted: str
) -> SignInOutcome:
    """The same for the address that the browser showed where Halda's domain received it."""
    parts = urllib.parse.urlsplit(pasted.strip())
    query = dict(urllib.parse.parse_qsl(parts.query))
    path = parts.path.split("/")
    if "state" not in query or len(path) < 3 or path[1] != "accounts":
        raise InvalidInput(
            "This is not the address that Salesforce sent the browser to.",
            advice="Copy the whole address of the page you landed on after Allow: it holds "
            "/accounts/ and state=.",
        )
    return complete_sign_in(context, visitor=visitor, account_id=path[2], query=query)


def read_outcome(context: ConnectContext, attempt_id: str) -> SignInOutcome | None:
    """Return how an attempt ended; None where it is unknown or still open."""
    with context.store.read() as session:
        attempt = session.get(OauthAttempt, attempt_id)
        if attempt is None or not attempt.outcome:
            return None
        return _to_outcome(attempt, load_connection(session, attempt.connection_id))


def _consume(
    context: ConnectContext, visitor: Visitor, account_id: str, state: Secret
) -> OauthAttempt:
    with context.store.write() as session:
        now = context.store.now(session)
        used = session.execute(
            update(OauthAttempt)
            .where(
                col(OauthAttempt.state_hash) == hashed(state),
                col(OauthAttempt.binding_hash) == hashed(visitor.binding),
                col(OauthAttempt.operator) == visitor.operator,
                col(OauthAttempt.account_id) == account_id,
                col(OauthAttempt.consumed_at).is_(None),
                col(OauthAttempt.expires_at) > now,
            )
            .values(consumed_at=now)
            .returning(col(OauthAttempt.id))
        ).scalar_one_or_none()
        found = session.exec(
            select(OauthAttempt).where(OauthAttempt.state_hash == hashed(state))
        ).first()
    if used is None or found is None:
        raise _no_fit(found, visitor, now)
    return found


def _no_fit(found: OauthAttempt | None, visitor: Visitor, now: datetime) -> SignInRefused:
    if found is None:
        return problem_error("unknown")
    if found.binding_hash != hashed(visitor.binding) or found.operator != visitor.operator:
        return problem_error("other_browser")
    if found.consumed_at is not None:
        return problem_error("used")
    if found.expires_at <= now:
        return problem_error("expired")
    return problem_error("other_account")


def _finish(context: ConnectContext, attempt: OauthAttempt, query: Mapping[str, str]) -> str:
    if error := query.get("error"):
        raise explain_oauth(error, query.get("error_description", ""), signing_in=True)
    code = Secret(query.get("code", ""))
    if not code:
        raise SignInRefused(
            "Salesforce sent the browser back without a code.", advice="Start again on Connect."
        )
    with context.store.read() as session:
        row = load_connection(session, attempt.connection_id)
        keys = load_app_keys(context, session, row)
    app = AppCredentials(keys.consumer_key, keys.consumer_secret)
    # the stored endpoints, whatever login address the connection has by now
    endpoints = endpoints_for(attempt.token_url.removesuffix("/services/oauth2/token"))
    is_room_made = make_room(context, attempt.connection_id, endpoints, operator=attempt.operator)
    grant = exchange_code(
        context.http,
        endpoints,
        app=app,
        code=code,
        verifier=context.store.vault.decrypt(
            attempt.verifier_ciphertext, place=verifier_place(attempt)
        ),
        redirect_uri=attempt.redirect_uri,
    )
    signed = Signed(
        grant=grant,
        endpoints=endpoints,
        operator=attempt.operator,
        is_former_revoked=is_room_made,
    )
    return adopt_grant(context, connection_id=attempt.connection_id, signed=signed)


def _too_early(context: ConnectContext, attempt: OauthAttempt, error: ConsoleError) -> ConsoleError:
    """An unknown Consumer Key within twenty minutes of the last step is most likely the wait."""
    if not isinstance(error, InvalidConsumerKey):
        return error
    with context.store.read() as session:
        row = load_connection(session, attempt.connection_id)
        now = context.store.now(session)
        started_at = read_propagation(session, row, now).started_at
    return not_spread_yet(error, started_at=started_at, now=now)


def _refuse(context: ConnectContext, attempt: OauthAttempt, error: ConsoleError) -> SignInOutcome:
    with context.store.write() as session:
        row = load_connection(session, attempt.connection_id)
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=attempt.operator,
            now=now,
            action="connection.sign_in_refused",
            detail={"code": error.code, "message": error.message},
        )
        remember_error(row, error, now)
        session.add(row)
    return _keep_outcome(context, attempt, REFUSED, error.message, error.advice)


def _keep_outcome(
    context: ConnectContext, attempt: OauthAttempt, outcome: str, message: str, advice: str
) -> SignInOutcome:
    with context.store.write() as session:
        stored = session.get(OauthAttempt, attempt.id)
        assert stored is not None
        stored.outcome, stored.outcome_message, stored.outcome_advice = outcome, message, advice
        stored.verifier_ciphertext = ""
        session.add(stored)
        return _to_outcome(stored, load_connection(session, stored.connection_id))


def _to_outcome(attempt: OauthAttempt, row: Connection) -> SignInOutcome:
    return SignInOutcome(
        attempt_id=attempt.id,
        account_id=attempt.account_id,
        environment=Environment(row.environment),
        is_connected=attempt.outcome == CONNECTED,
        message=attempt.outcome_message,
        advice=attempt.outcome_advice,
        ended_at=attempt.consumed_at,
    )
