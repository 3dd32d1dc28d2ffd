"""A fresh grant, from the token endpoint to the store: whose org is it, and is it the right one?"""

import contextlib
from dataclasses import dataclass

from core.connect.api_use import count_calls
from core.connect.connections import OrgIdentity, load_connection
from core.connect.context import ConnectContext
from core.connect.grant_room import grant_rooms
from core.connect.health import (
    change_state,
    forget_error,
    record_change,
    remember_failure,
    state_with_grant,
)
from core.connect.snapshots import forget_snapshots
from core.connect.states import CONNECTED_STATES, Environment
from core.connect.tokens import find_token, load_refresh_token, store_grant
from core.errors import ConsoleError, NeedsReauth, NotFound, WrongOrg
from core.salesforce.client import SalesforceClient, choose_api_version
from core.salesforce.oauth import Endpoints, Grant, revoke
from core.secret import Secret
from core.store.tables import Connection

_ORG_ID_LENGTH = 15  # the 18-character form adds a checksum only


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A checked answer of the token endpoint, where it came from and who asked for it."""

    grant: Grant
    endpoints: Endpoints
    operator: str
    is_former_revoked: bool = False


def adopt_grant(context: ConnectContext, *, connection_id: str, signed: Signed) -> str:
    """Ask the org who it is, refuse a wrong one, store the new grant, revoke the old one.

    Returns a sentence for the person. On any ConsoleError the new grant is revoked, nothing is
    stored and the old grant stays as it was.
    """
    try:
        identity = _identify(context, connection_id, signed.grant)
        with context.store.read() as session:
            row = load_connection(session, connection_id)
            _refuse_wrong_org(row, identity)
            previous = load_refresh_token(context, session, row)
        _store(context, connection_id, signed, identity)
    except ConsoleError:
        revoke_quietly(context, signed)
        raise
    # A user holds at most five grants for an app, and a sixth would end the oldest unseen.
    leftover = ""
    if not signed.is_former_revoked:
        leftover = _revoke_previous(context, signed.endpoints, previous)
    return f"Connected to {identity.org_name} as {identity.username}.{leftover}"


def make_room(
    context: ConnectContext, connection_id: str, endpoints: Endpoints, *, operator: str
) -> bool:
    """Give this connection's own grant back first, where the user holds as many as may be.

    Else the new one would end the oldest, which may be another connection's. Only then: as long
    as there is room, the stored grant stays until the new one is proven. Returns whether it did.
    """
    room = grant_rooms(context).get(connection_id)
    if room is None or not room.is_full:
        return False
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        previous = load_refresh_token(context, session, row)
    if previous is None:
        return False
    revoke(context.http, endpoints, previous)
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        now = context.store.now(session)
        given_back = NeedsReauth(
            "The former sign-in was given back to make room for a new one.",
            advice="Sign in again on Connect.",
        )
        record_change(session, row, operator=operator, now=now, action="connection.grant_revoked")
        remember_failure(session, row, given_back, now)
        session.add(row)
    return True


def revoke_quietly(context: ConnectContext, signed: Signed) -> None:
    """Take back a grant that is not kept; the reason for that is what the person must see."""
    for token in (signed.grant.refresh_token, signed.grant.access_token):
        if token is not None:
            with contextlib.suppress(ConsoleError):
                revoke(context.http, signed.endpoints, token)


def _identify(context: ConnectContext, connection_id: str, grant: Grant) -> OrgIdentity:
    ceiling = context.settings.api_version_ceiling
    client = SalesforceClient(grant.instance_url, ceiling, grant.access_token, context.http)
    try:
        version = choose_api_version(client.versions(), ceiling)  # which no org counts
    finally:
        client.close()
    client = SalesforceClient(grant.instance_url, version, grant.access_token, context.http)
    try:
        return _identity(client, grant)
    finally:
        client.close()
        count_calls(context, connection_id, client)


def _identity(client: SalesforceClient, grant: Grant) -> OrgIdentity:
    organization = client.organization()
    try:
        username = client.user(grant.user_id).username
    except NotFound:
        username = grant.user_id  # the user may not see the User object; the grant names it
    if organization.org_id[:_ORG_ID_LENGTH] != grant.login_org_id[:_ORG_ID_LENGTH]:
        raise WrongOrg(
            "The sign-in and the data come from two different orgs.",
            advice="Start again, and sign in at the org's own My Domain address.",
        )
    return OrgIdentity(
        org_id=organization.org_id,
        org_name=organization.name,
        is_sandbox=organization.is_sandbox,
        instance_url=grant.instance_url,
        api_version=client.api_version,
        user_id=grant.user_id,
        username=username,
        scopes=" ".join(grant.scopes),
    )


def _refuse_wrong_org(row: Connection, identity: OrgIdentity) -> None:
    if row.org_id and row.org_id[:_ORG_ID_LENGTH] != identity.org_id[:_ORG_ID_LENGTH]:
        raise WrongOrg(
            f"This is another org: {identity.org_name} ({identity.org_id}). "
            f"This connection belongs to {row.org_name} ({row.org_id}).",
            advice="Sign in to the org of this connection. After a sandbox refresh archive this "
            "environment and set it up anew.",
        )
    expected = {Environment.PRODUCTION: False, Environment.SANDBOX: True}
    wanted = expected.get(Environment(row.environment))
    if wanted is not None and identity.is_sandbox is not wanted:
        found = "a sandbox" if identity.is_sandbox else "a production org"
        raise WrongOrg(
            f"{identity.org_name} is {found}, but this is the {row.environment} environment.",
            advice="Choose the other environment, or sign in to the right org.",
        )


def _revoke_previous(context: ConnectContext, endpoints: Endpoints, previous: Secret | None) -> str:
    if previous is None:
        return ""
    try:
        revoke(context.http, endpoints, previous)
    except ConsoleError:
        return (
            " The former grant could not be revoked: the org's admin can do it under Connected "
            "Apps OAuth Usage."
        )
    return ""


def _store(
    context: ConnectContext, connection_id: str, signed: Signed, identity: OrgIdentity
) -> None:
    with context.store.write() as session:
        find_token(session, connection_id, lock=True)  # first, as a refresh takes them
        row = load_connection(session, connection_id)
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=signed.operator,
            now=now,
            action="connection.connected",
            detail={"org_id": identity.org_id, "username": identity.username},
        )
        if (row.org_id, row.user_id) != (identity.org_id, identity.user_id):
            forget_snapshots(session, connection_id)  # describes differ by user
        store_grant(session, context, row, signed.grant)
        for name in OrgIdentity.__slots__:
            setattr(row, name, getattr(identity, name))
        row.connected_at = row.last_success_at = now
        forget_error(row)
        if row.state not in CONNECTED_STATES:
            state = state_with_grant(session, row)
            change_state(session, row, state, now, operator=signed.operator)
        session.add(row)
