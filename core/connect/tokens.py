"""The stored grant of a connection: sealed on the way in, opened for a call, erased. No network."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from core.connect.context import ConnectContext
from core.errors import NeedsReauth, RetryLater
from core.salesforce.oauth import Grant
from core.secret import Secret
from core.store.tables import Connection, Token
from core.store.vault import Place


@dataclass(frozen=True, slots=True)
class UsableToken:
    """What a call to the org needs."""

    access_token: Secret
    instance_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedGrant:
    """Column values of a grant; `refresh_token_ciphertext` is None where the old one is kept."""

    access_token_ciphertext: str
    access_fingerprint: str
    refresh_token_ciphertext: str | None


def find_token(session: Session, connection_id: str, *, lock: bool = False) -> Token | None:
    """The row, inside the room only. `lock` holds it until the transaction ends."""
    query = select(Token).where(Token.connection_id == connection_id)
    return session.exec(query.with_for_update() if lock else query).first()


def store_grant(session: Session, context: ConnectContext, row: Connection, grant: Grant) -> None:
    """Replace the connection's grant; a refresh under way with the old one is fenced off."""
    now = context.store.now(session)
    token = find_token(session, row.id, lock=True) or _new_token(row.id, now)
    sealed = seal_grant(context, token.id, row.account_id, grant)
    token.access_token_ciphertext = sealed.access_token_ciphertext
    token.access_fingerprint = sealed.access_fingerprint
    token.refresh_token_ciphertext = sealed.refresh_token_ciphertext or ""
    token.issued_at, token.refreshed_at = now, None
    token.lease_owner, token.lease_until, token.cool_down_until = "", None, None
    token.version += 1
    session.add(token)
    session.flush()


def seal_grant(
    context: ConnectContext, token_id: str, account_id: str, grant: Grant
) -> SealedGrant:
    """Encrypt a grant for its row."""
    vault = context.store.vault
    refresh_token = grant.refresh_token
    return SealedGrant(
        access_token_ciphertext=vault.encrypt(
            grant.access_token, place=_access_place(token_id, account_id)
        ),
        access_fingerprint=vault.fingerprint(grant.access_token),
        refresh_token_ciphertext=vault.encrypt(
            refresh_token, place=_refresh_place(token_id, account_id)
        )
        if refresh_token
        else None,
    )


def load_usable_token(context: ConnectContext, session: Session, row: Connection) -> UsableToken:
    """Decrypt the access token. NeedsReauth where the connection holds no grant."""
    token = find_token(session, row.id)
    if token is None:
        raise not_connected()
    return open_token(context, token, row)


def open_token(context: ConnectContext, token: Token, row: Connection) -> UsableToken:
    """The same for a row already read."""
    access_token = context.store.vault.decrypt(
        token.access_token_ciphertext, place=_access_place(token.id, row.account_id)
    )
    return UsableToken(access_token, row.instance_url)


def load_refresh_token(context: ConnectContext, session: Session, row: Connection) -> Secret | None:
    """Decrypt the refresh token; None where there is none."""
    token = find_token(session, row.id)
    if token is None or not token.refresh_token_ciphertext:
        return None
    return open_refresh_token(context, token, row)


def open_refresh_token(context: ConnectContext, token: Token, row: Connection) -> Secret:
    """The same for a row already read, which has one."""
    return context.store.vault.decrypt(
        token.refresh_token_ciphertext, place=_refresh_place(token.id, row.account_id)
    )


def grant_started_at(session: Session, connection_id: str) -> datetime | None:
    """Which sign-in the stored grant is from, renewed or not; None where there is no grant."""
    token = find_token(session, connection_id)
    return token.issued_at if token else None


def require_same_grant(session: Session, connection_id: str, started_at: datetime | None) -> None:
    """Raise unless the grant is still the one a call was made with."""
    now_stored = grant_started_at(session, connection_id)
    if now_stored is None:
        raise not_connected()
    if now_stored != started_at:
        raise RetryLater(
            "Somebody signed in anew while the org was being asked.", advice="Try again."
        )


def not_connected() -> NeedsReauth:
    return NeedsReauth(
        "This connection is not signed in to Salesforce.", advice="Sign in on Connect."
    )


def _new_token(connection_id: str, now: datetime) -> Token:
    return Token(
        connection_id=connection_id,
        access_token_ciphertext="",
        access_fingerprint="",
        issued_at=now,
        version=0,
    )


def _access_place(token_id: str, account_id: str) -> Place:
    return Place("token", token_id, "access_token_ciphertext", account_id)


def _refresh_place(token_id: str, account_id: str) -> Place:
    return Place("token", token_id, "refresh_token_ciphertext", account_id)
