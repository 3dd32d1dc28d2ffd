"""The start of a sign-in at Salesforce: a link of one browser, an attempt of ten minutes."""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlmodel import Session

from core.connect.attempts import Visitor, hashed, problem_error, verifier_place
from core.connect.connections import callback_for, load_connection
from core.connect.context import ConnectContext
from core.connect.credentials import load_app_keys
from core.connect.health import record_change
from core.connect.states import Environment
from core.salesforce.oauth import authorize_url, endpoints_for, new_verifier
from core.secret import Secret
from core.store.tables import Connection, OauthAttempt, new_id

ATTEMPT_LIFE = timedelta(minutes=10)


def start_ticket(binding: Secret, connection_id: str) -> str:
    """What a start link carries: no other site can make one, and it ends in one sign-in at most."""
    attempt_id = new_id()
    return f"{attempt_id}.{_ticket_seal(binding, connection_id, attempt_id)}"


def attempt_of_ticket(binding: Secret, connection_id: str, ticket: str) -> str | None:
    """Return the attempt that a start link opens; None where this browser got no such link."""
    attempt_id, _, seal = ticket.partition(".")
    expected = _ticket_seal(binding, connection_id, attempt_id)
    return attempt_id if hmac.compare_digest(seal.encode(), expected.encode()) else None


def start_sign_in(
    context: ConnectContext, *, connection_id: str, visitor: Visitor, attempt_id: str = ""
) -> str:
    """Store an attempt and return the address at Salesforce to send the browser to.

    With the id of a start link, a second click begins the same attempt anew; SignInRefused once
    Salesforce has answered it.
    """
    state, verifier = Secret(secrets.token_urlsafe(32)), new_verifier()
    with context.store.write() as session:
        session.get(Connection, connection_id, with_for_update=True)  # one start at a time
        row = load_connection(session, connection_id)
        _take_back(session, attempt_id)
        keys = load_app_keys(context, session, row)
        endpoints = endpoints_for(context.hosts.login_origin(row.login_url))
        now = context.store.now(session)
        attempt = OauthAttempt(
            id=attempt_id or new_id(),
            state_hash=hashed(state),
            account_id=row.account_id,
            connection_id=row.id,
            operator=visitor.operator,
            binding_hash=hashed(visitor.binding),
            verifier_ciphertext="",
            authorize_url=endpoints.authorize_url,
            token_url=endpoints.token_url,
            redirect_uri=callback_for(
                context.settings,
                account_id=row.account_id,
                environment=Environment(row.environment),
            ),
            created_at=now,
            expires_at=now + ATTEMPT_LIFE,
        )
        attempt.verifier_ciphertext = context.store.vault.encrypt(
            verifier, place=verifier_place(attempt)
        )
        record_change(
            session, row, operator=visitor.operator, now=now, action="connection.sign_in_started"
        )
        session.add(attempt)
        return authorize_url(
            endpoints,
            consumer_key=keys.consumer_key,
            redirect_uri=attempt.redirect_uri,
            state=state,
            verifier=verifier,
            login_hint=row.integration_user,
        )


def _take_back(session: Session, attempt_id: str) -> None:
    earlier = session.get(OauthAttempt, attempt_id) if attempt_id else None
    if earlier is None:
        return
    if earlier.consumed_at is not None:
        raise problem_error("link_used")
    session.delete(earlier)
    session.flush()


def _ticket_seal(binding: Secret, connection_id: str, attempt_id: str) -> str:
    text = f"start|{connection_id}|{attempt_id}"
    return hmac.new(binding.reveal().encode(), text.encode(), hashlib.sha256).hexdigest()
