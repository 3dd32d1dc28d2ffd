"""Refresh an access token, one caller at a time. Holds no transaction across the network."""

import contextlib
import logging
import secrets
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any

from sqlmodel import Session

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.health import SYSTEM, record_change, recover, remember_failure
from core.connect.lease import FREED, Lease, claim, extend, release, write_fenced
from core.connect.tokens import UsableToken, find_token, not_connected, seal_grant
from core.errors import (
    ConsoleError,
    NeedsReauth,
    OrgUnreachable,
    RateLimited,
    RetryLater,
    SignInRefused,
    StorageBusy,
    StorageError,
    UnreadableAnswer,
    WrongOrg,
)
from core.salesforce.oauth import Grant, endpoints_for, refresh_grant, revoke
from core.salesforce.remedy_oauth import REFRESH_RACED
from core.secret import Secret
from core.store.tables import Connection

COOL_DOWN = timedelta(seconds=30)
_LOOK_SECONDS = 0.25
_STORE_ATTEMPTS = 3
_AFTER_RACE_SECONDS = 2.0
_NEVER_SENT = frozenset({"ConnectError", "ConnectTimeout", "PoolTimeout"})
_ORG_ID_LENGTH = 15
_log = logging.getLogger(__name__)


class _Verdict(Enum):
    """What a failed token call says about the stored refresh token."""

    RACED = auto()  # somebody else is using it this moment
    UNKNOWN = auto()  # it may be spent
    UNTOUCHED = auto()  # the call did not happen
    DEAD = auto()
    MISCONFIGURED = auto()  # the app or the org refuses; the token is not the reason


def renew_token(
    context: ConnectContext, *, connection_id: str, stale: Secret
) -> tuple[Secret, str]:
    """Return a usable access token and its instance URL in place of `stale`.

    Refreshes at most once however many callers ask. NeedsReauth where somebody has to sign in
    again; RetryLater where another caller's refresh takes longer than the wait allows.
    """
    owner, waited = secrets.token_hex(8), 0.0
    while True:
        claimed = claim(context, connection_id=connection_id, stale=stale, owner=owner)
        if isinstance(claimed, UsableToken):
            return claimed.access_token, claimed.instance_url
        fresh = _refresh(context, claimed) if claimed else None
        if fresh is not None:
            return fresh.access_token, fresh.instance_url
        if waited >= context.settings.lease_wait_seconds:
            raise _still_busy()
        pause = _AFTER_RACE_SECONDS if claimed else _LOOK_SECONDS
        context.pause(pause)
        waited += pause


def _refresh(context: ConnectContext, lease: Lease) -> UsableToken | None:
    """The fresh token; None where the lease was lost or another refresh is under way."""
    may_repeat = not lease.holder_died
    endpoints = endpoints_for(lease.instance_url)
    while True:
        try:
            grant = refresh_grant(
                context.http, endpoints, app=lease.app, refresh_token=lease.refresh_token
            )
        except ConsoleError as error:
            verdict = _judge(error)
            if verdict is _Verdict.RACED:
                release(context, lease)
                return None
            if verdict is not _Verdict.UNKNOWN or not may_repeat:
                raise _give_up(context, lease, verdict, error) from None
            may_repeat = False
            if not extend(context, lease):
                return None
        else:
            return _keep(context, lease, grant)


def _judge(error: ConsoleError) -> _Verdict:
    if error.code == REFRESH_RACED:
        return _Verdict.RACED
    if isinstance(error, RateLimited) or (
        isinstance(error, OrgUnreachable) and error.code in _NEVER_SENT
    ):
        return _Verdict.UNTOUCHED
    if isinstance(error, RetryLater | UnreadableAnswer):
        return _Verdict.UNKNOWN
    if isinstance(error, NeedsReauth) or (isinstance(error, SignInRefused) and not error.code):
        return _Verdict.DEAD  # without a code it was a check of ours, which revoked the grant
    return _Verdict.MISCONFIGURED


def _keep(context: ConnectContext, lease: Lease, grant: Grant) -> UsableToken | None:
    if grant.login_org_id[:_ORG_ID_LENGTH] != lease.org_id[:_ORG_ID_LENGTH]:
        _revoke_quietly(context, lease, grant)
        wrong = WrongOrg(
            "The org behind this address is another one now.",
            advice="After a sandbox refresh archive this environment and set it up anew.",
        )
        raise _give_up(context, lease, _Verdict.MISCONFIGURED, wrong)
    try:
        is_kept = _store_patiently(context, lease, grant)
    except StorageError as error:
        raise _lost(context, lease, grant, error) from None
    if is_kept:
        _tell_renewed(context, lease, grant)
        return UsableToken(grant.access_token, grant.instance_url)
    with context.store.read() as session:
        is_gone = find_token(session, lease.connection_id) is None
    if is_gone:  # disconnected meanwhile: the grant must not outlive that
        _revoke_quietly(context, lease, grant)
        raise not_connected()
    return None


def _store_patiently(context: ConnectContext, lease: Lease, grant: Grant) -> bool:
    """Try again while the store is busy: the org may have spent the old token already."""
    for _ in range(_STORE_ATTEMPTS - 1):
        try:
            return _store(context, lease, grant)
        except StorageBusy:
            context.pause(_LOOK_SECONDS)
    return _store(context, lease, grant)


def _store(context: ConnectContext, lease: Lease, grant: Grant) -> bool:
    sealed = seal_grant(context, lease.token_id, lease.account_id, grant)
    values: dict[str, Any] = {
        **FREED,
        "access_token_ciphertext": sealed.access_token_ciphertext,
        "access_fingerprint": sealed.access_fingerprint,
        "version": lease.version + 1,
        "cool_down_until": None,
    }
    if sealed.refresh_token_ciphertext is not None:  # else rotation is off: the old one stays
        values["refresh_token_ciphertext"] = sealed.refresh_token_ciphertext
    with context.store.write() as session:
        now = context.store.now(session)
        if not write_fenced(session, lease, {**values, "refreshed_at": now}):
            return False
        row = load_connection(session, lease.connection_id)
        row.instance_url = grant.instance_url
        recover(session, row, now)
        session.add(row)
        return True


def _tell_renewed(context: ConnectContext, lease: Lease, grant: Grant) -> None:
    """An event for the timeline, after the token is safe: its own trouble must not cost that."""
    detail = {"refresh_token": "replaced" if grant.refresh_token else "kept"}
    with contextlib.suppress(StorageError), context.store.write() as session:
        row = load_connection(session, lease.connection_id)
        now = context.store.now(session)
        action = "connection.renewed"
        record_change(session, row, operator=SYSTEM, now=now, action=action, detail=detail)


def _give_up(
    context: ConnectContext, lease: Lease, verdict: _Verdict, error: ConsoleError
) -> ConsoleError:
    """Free the lease, keep the failure on the connection, return the error to raise."""
    final = _final(lease, verdict, error)
    with context.store.write() as session:
        now = context.store.now(session)
        if write_fenced(session, lease, {**FREED, "cool_down_until": now + COOL_DOWN}):
            row = load_connection(session, lease.connection_id)
            _record_failure(session, row, final, now, "connection.refresh_failed")
    _log.warning(
        "refresh failed connection=%s kind=%s code=%s",
        lease.connection_id,
        type(final).__name__,
        final.code,
    )
    return final


def _lost(context: ConnectContext, lease: Lease, grant: Grant, error: StorageError) -> ConsoleError:
    """The org has rotated and the new token could not be stored: say so loudly."""
    _log.critical("refreshed token not stored connection=%s", lease.connection_id)
    if grant.refresh_token is None:
        return error
    final = NeedsReauth(
        "Salesforce renewed the sign-in, but the new one could not be stored.",
        advice="Check that the database has room and may be written to, then sign in again on "
        "Connect.",
    )
    with contextlib.suppress(StorageError), context.store.write() as session:
        row = load_connection(session, lease.connection_id)
        now = context.store.now(session)
        _record_failure(session, row, final, now, "connection.rotated_not_stored")
        write_fenced(session, lease, FREED)
    return final


def _record_failure(
    session: Session, row: Connection, error: ConsoleError, now: datetime, action: str
) -> None:
    detail = {"kind": type(error).__name__, "code": error.code}
    record_change(session, row, operator=SYSTEM, now=now, action=action, detail=detail)
    remember_failure(session, row, error, now)
    session.add(row)


def _revoke_quietly(context: ConnectContext, lease: Lease, grant: Grant) -> None:
    with contextlib.suppress(ConsoleError):
        endpoints = endpoints_for(lease.instance_url)
        revoke(context.http, endpoints, grant.refresh_token or grant.access_token)


def _still_busy() -> RetryLater:
    return RetryLater(
        "Another part of the console is renewing the sign-in and has not finished.",
        advice="Try again in a few seconds.",
    )


def _final(lease: Lease, verdict: _Verdict, error: ConsoleError) -> ConsoleError:
    if lease.holder_died and verdict in {_Verdict.DEAD, _Verdict.UNKNOWN}:
        return NeedsReauth(
            "A renewal of the sign-in was interrupted, most likely after Salesforce had replaced "
            "the stored one.",
            advice="Sign in again on Connect.",
            code=error.code,
        )
    if verdict is _Verdict.UNKNOWN:
        return NeedsReauth(
            "Salesforce did not answer a renewal twice, so the stored sign-in may be spent.",
            advice="Sign in again on Connect.",
            code=error.code,
        )
    if verdict is _Verdict.DEAD and not isinstance(error, NeedsReauth):
        return NeedsReauth(error.message, advice="Sign in again on Connect.", code=error.code)
    return error
