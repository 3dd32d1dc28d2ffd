"""Who may refresh a connection's token now: a lease in the store, fenced by owner and version.

Pages and workers are different processes, so no lock in memory would do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlmodel import Session, col, update

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.credentials import load_app_keys
from core.connect.health import known_refusal, to_last_error
from core.connect.states import ConnectionState
from core.connect.tokens import (
    UsableToken,
    find_token,
    not_connected,
    open_refresh_token,
    open_token,
)
from core.errors import NeedsReauth, RetryLater
from core.salesforce.oauth import AppCredentials
from core.secret import Secret
from core.store.tables import Connection, Token

FREED: Mapping[str, Any] = {"lease_owner": "", "lease_until": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to spend the refresh token once. `holder_died`: it may be spent already."""

    token_id: str
    connection_id: str
    account_id: str
    owner: str
    version: int
    org_id: str
    refresh_token: Secret
    app: AppCredentials
    instance_url: str
    holder_died: bool


def claim(
    context: ConnectContext, *, connection_id: str, stale: Secret, owner: str
) -> UsableToken | Lease | None:
    """Return the newer token where there is one, the lease where it is free, else None.

    NeedsReauth or RetryLater where the last refresh failed and trying again now is no use.
    """
    with context.store.write() as session:
        # the lock first: what a holder wrote about the connection is only then to be seen
        token = find_token(session, connection_id, lock=True)
        row = load_connection(session, connection_id)
        if token is None:
            raise not_connected()
        if token.access_fingerprint != context.store.vault.fingerprint(stale):
            return open_token(context, token, row)
        now = context.store.now(session)
        if token.lease_until is not None and token.lease_until > now:
            return None
        cooling = token.cool_down_until is not None and token.cool_down_until > now
        _refuse_known_failure(row, cooling=cooling)
        lease = _lease_of(context, session, row, token, owner)
        token.lease_owner = owner
        token.lease_until = now + timedelta(seconds=context.settings.lease_seconds)
        session.add(token)
        return lease


def extend(context: ConnectContext, lease: Lease) -> bool:
    """Start the lease anew for a second call; False where it was lost."""
    with context.store.write() as session:
        until = context.store.now(session) + timedelta(seconds=context.settings.lease_seconds)
        return write_fenced(session, lease, {"lease_until": until})


def release(context: ConnectContext, lease: Lease) -> None:
    """Give the lease back with the token as it is."""
    with context.store.write() as session:
        write_fenced(session, lease, FREED)


def write_fenced(session: Session, lease: Lease, values: Mapping[str, Any]) -> bool:
    """Change the token row only while the lease is still held; False where it was lost."""
    changed = session.execute(
        update(Token)
        .where(
            col(Token.id) == lease.token_id,
            col(Token.lease_owner) == lease.owner,
            col(Token.version) == lease.version,
        )
        .values(**values)
        .returning(col(Token.id))
    )
    return changed.scalar_one_or_none() is not None


def _lease_of(
    context: ConnectContext, session: Session, row: Connection, token: Token, owner: str
) -> Lease:
    if not token.refresh_token_ciphertext:
        raise NeedsReauth(
            "The stored sign-in has ended and cannot be renewed.",
            advice="Sign in again on Connect.",
        )
    keys = load_app_keys(context, session, row)
    return Lease(
        token_id=token.id,
        connection_id=row.id,
        account_id=row.account_id,
        owner=owner,
        version=token.version,
        org_id=row.org_id,
        refresh_token=open_refresh_token(context, token, row),
        app=AppCredentials(keys.consumer_key, keys.consumer_secret),
        instance_url=row.instance_url,
        holder_died=bool(token.lease_owner),
    )


def _refuse_known_failure(row: Connection, *, cooling: bool) -> None:
    if row.state == ConnectionState.NEEDS_REAUTH:
        raise known_refusal(row)
    if cooling:
        last = to_last_error(row)
        raise RetryLater(
            f"Renewing the sign-in failed moments ago: {last.message if last else ''}",
            advice=(last.advice if last else "") or "Try again in half a minute.",
            who_acts=last.acts if last else None,
            code=last.code if last else "",
        )
