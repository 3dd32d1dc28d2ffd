"""The way from a connection to its org: a client wired to the stored token, and its health."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from core.connect.api_use import count_calls
from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.health import (
    change_state,
    known_refusal,
    record_change,
    remember_failure,
    remember_success,
)
from core.connect.refresh import renew_token
from core.connect.states import ConnectionState
from core.connect.tokens import find_token, grant_started_at, load_usable_token
from core.errors import ConnectionProblem, ConsoleError, SalesforceError, StorageBusy
from core.salesforce.client import SalesforceClient
from core.secret import Secret

_log = logging.getLogger(__name__)


def open_org(context: ConnectContext, connection_id: str) -> SalesforceClient:
    """Return a client of the connection's org that renews its token by itself.

    The caller closes it. NeedsReauth where nobody is signed in. Makes no call itself; `use_org`
    also keeps how the calls went.
    """
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        if row.state in {ConnectionState.NEEDS_REAUTH, ConnectionState.DISCONNECTED}:
            raise known_refusal(row)
        token = load_usable_token(context, session, row)

    def renew(stale: Secret) -> tuple[Secret, str]:
        return renew_token(context, connection_id=connection_id, stale=stale)

    return SalesforceClient(
        token.instance_url, row.api_version, token.access_token, context.http, renew
    )


@contextmanager
def use_org(context: ConnectContext, connection_id: str) -> Iterator[SalesforceClient]:
    """A client for one piece of work; how it went, and its calls, are kept on the connection."""
    with context.store.read() as session:
        of_grant = grant_started_at(session, connection_id)
    client = open_org(context, connection_id)
    try:
        yield client
    except (ConnectionProblem, SalesforceError) as error:
        _keep_quietly(context, connection_id, error, of_grant)
        raise
    else:
        record_success(context, connection_id)
    finally:
        client.close()
        count_calls(context, connection_id, client)


def record_success(context: ConnectContext, connection_id: str) -> None:
    """Keep when the org last answered; a failure before it is over, and that is an event."""
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        remember_success(session, row, context.store.now(session))
        session.add(row)


def record_failure(
    context: ConnectContext,
    connection_id: str,
    error: ConsoleError,
    *,
    of_grant: datetime | None = None,
) -> None:
    """Keep the newest failure; a refused grant or app also changes the state.

    `of_grant`: the sign-in it belongs to; nothing is kept where another has replaced it.
    """
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if of_grant is not None and grant_started_at(session, connection_id) != of_grant:
            return
        remember_failure(session, row, error, context.store.now(session))
        session.add(row)


def try_again(context: ConnectContext, connection_id: str, *, operator: str) -> None:
    """Let the next call use a sign-in that had ended, because Salesforce calls it alive.

    A reactivated user, or a renewal whose answer was lost before the org did anything.
    """
    with context.store.write() as session:
        token = find_token(session, connection_id, lock=True)
        row = load_connection(session, connection_id)
        if token is None or row.state != ConnectionState.NEEDS_REAUTH:
            return
        now = context.store.now(session)
        record_change(session, row, operator=operator, now=now, action="connection.tried_again")
        change_state(session, row, ConnectionState.ERROR, now, operator=operator)
        token.cool_down_until = None
        session.add_all([row, token])


def _keep_quietly(
    context: ConnectContext, connection_id: str, error: ConsoleError, of_grant: datetime | None
) -> None:
    """The org's refusal is what the person must see, not that it could not be noted."""
    try:
        record_failure(context, connection_id, error, of_grant=of_grant)
    except StorageBusy:
        _log.warning("failure not kept connection=%s code=%s", connection_id, error.code)
