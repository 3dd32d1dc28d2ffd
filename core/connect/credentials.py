"""Consumer Key and Secret of a connection's app. The secret goes in and is never handed out."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select, update

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.health import change_state, forget_error, record_change
from core.connect.states import ConnectionState, Environment
from core.errors import InvalidInput
from core.secret import Secret
from core.store.tables import Connection, Credential, Token
from core.store.vault import Place

PRODUCTION_LOGIN = "https://login.salesforce.com"
SANDBOX_LOGIN = "https://test.salesforce.com"
_MAX_LENGTH = 512
_SECRET_SHAPE = re.compile(r"[0-9A-Fa-f]{64}|[0-9]{16,20}")
_SANDBOX_HOST = re.compile(r"https://[a-z0-9-]+--[a-z0-9-]+\.sandbox\.my\.salesforce\.com")
_SHARED_LOGIN_HINTS = ("integration", "halda", "api", "svc", "service", "system", "sync")
_STATES_BEFORE_SIGN_IN = {
    ConnectionState.NOT_STARTED,
    ConnectionState.APP_CREATED,
    ConnectionState.WAITING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialEntry:
    """What the form holds. A blank secret keeps the stored one, a blank host is the default."""

    consumer_key: str
    consumer_secret: Secret
    login_host: str = ""
    integration_user: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialStatus:
    """What a page may know: that a secret is there, since when and by whom; never the secret."""

    is_set: bool
    consumer_key_hint: str = ""
    secret_fingerprint: str = ""
    set_at: datetime | None = None
    set_by: str = ""
    login_url: str = ""
    integration_user: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppKeys:
    """The stored pair, for calls to the org inside this room only."""

    consumer_key: str
    consumer_secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    key: str
    secret: Secret | None
    operator: str
    now: datetime


def save_credentials(
    context: ConnectContext, *, operator: str, connection_id: str, entry: CredentialEntry
) -> CredentialStatus:
    """Encrypt and store the pair and the login host. InvalidInput names what cannot be right."""
    key = _check_value("Consumer Key", entry.consumer_key)
    secret = _check_secret(entry.consumer_secret)
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        row.login_url = login_origin_for(
            context, environment=Environment(row.environment), pasted=entry.login_host
        )
        row.integration_user = entry.integration_user.strip()
        now = context.store.now(session)
        change = _Change(key=key, secret=secret, operator=operator, now=now)
        stored = _store_pair(context, session, row, change)
        _settle_state(session, row, change)
        session.add(row)
        session.flush()
        return _to_status(row, stored, now)


def get_credential_status(context: ConnectContext, connection_id: str) -> CredentialStatus:
    """Return what is set, since when and by whom."""
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        return _to_status(row, _find(session, connection_id), context.store.now(session))


def load_app_keys(context: ConnectContext, session: Session, row: Connection) -> AppKeys:
    """Decrypt the pair for a call to the org. InvalidInput when none is stored."""
    stored = _find(session, row.id)
    if stored is None:
        raise InvalidInput(
            "The Consumer Key and Secret of this connection are not set.",
            advice="Enter them on Credentials.",
        )
    secret = context.store.vault.decrypt(
        stored.consumer_secret_ciphertext, place=_place(stored, row.account_id)
    )
    return AppKeys(consumer_key=stored.consumer_key, consumer_secret=secret)


def login_origin_for(context: ConnectContext, *, environment: Environment, pasted: str) -> str:
    """Return the origin to sign in at: the environment's own, or the pasted My Domain."""
    if environment is Environment.DEMO:
        return context.hosts.login_origin(context.settings.demo_org_url)
    is_sandbox = environment is Environment.SANDBOX
    if not pasted.strip():
        return SANDBOX_LOGIN if is_sandbox else PRODUCTION_LOGIN
    origin = context.hosts.login_origin(pasted.strip())
    opposite = PRODUCTION_LOGIN if is_sandbox else SANDBOX_LOGIN
    looks_sandbox = _SANDBOX_HOST.fullmatch(origin) is not None
    if origin == opposite or (looks_sandbox and not is_sandbox):
        raise InvalidInput(
            f"{origin} is the login address of a {'production org' if is_sandbox else 'sandbox'}.",
            advice=f"This is the {environment} environment: choose the other one or correct the "
            "address.",
        )
    return origin


def check_consumer_key(text: str) -> list[str]:
    """Hints on a Consumer Key as it is typed; nothing here refuses it."""
    value = text.strip()
    if not value:
        return []
    hints = []
    if _SECRET_SHAPE.fullmatch(value):
        hints.append("This looks like a Consumer Secret: the two may be swapped.")
    elif not value.startswith("3MVG9"):
        hints.append("Consumer Keys usually start with 3MVG9.")
    if len(value) < 60 and not hints:
        hints.append("Consumer Keys are usually about 85 characters long: was it cut off?")
    if any(character.isspace() for character in value):
        hints.append("There is a space or line break inside the key.")
    return hints


def check_consumer_secret(secret: Secret) -> list[str]:
    """Hints on a Consumer Secret as it is typed; they never repeat it."""
    value = secret.reveal().strip()
    if not value:
        return []
    if value.startswith("3MVG9"):
        return ["This looks like a Consumer Key: the two may be swapped."]
    if any(character.isspace() for character in value):
        return ["There is a space or line break inside the secret."]
    if _SECRET_SHAPE.fullmatch(value) is None:
        return ["Consumer Secrets are usually 64 hexadecimal digits: was it copied whole?"]
    return []


def check_integration_user(username: str) -> list[str]:
    """Warn where the name reads like a person's own login. A guess: it never refuses."""
    local_part = username.strip().casefold().partition("@")[0]
    if not local_part or any(hint in local_part for hint in _SHARED_LOGIN_HINTS):
        return []
    return [
        "This reads like a person's own login. The connection ends when that person leaves or "
        "loses access: a user made for the integration is safer."
    ]


def _check_value(label: str, text: str) -> str:
    value = text.strip()
    if not value:
        raise InvalidInput(f"The {label} is missing.", advice="Copy it from Salesforce.")
    if len(value) > _MAX_LENGTH or not value.isascii() or not value.isprintable() or " " in value:
        raise InvalidInput(
            f"The {label} has characters that none ever has.",
            advice="Copy it again from Salesforce, without spaces or line breaks.",
        )
    return value


def _check_secret(secret: Secret) -> Secret | None:
    if not secret.reveal().strip():
        return None
    return Secret(_check_value("Consumer Secret", secret.reveal()))


def _store_pair(
    context: ConnectContext, session: Session, row: Connection, change: _Change
) -> Credential:
    stored = _find(session, row.id)
    if stored is None and change.secret is None:
        raise InvalidInput(
            "The Consumer Secret is missing.",
            advice="Copy it from Salesforce together with the key.",
        )
    stored = stored or _new_credential(row.id, change)
    saved = ["consumer key"] if stored.consumer_key != change.key else []
    if change.secret is not None:
        _seal(context, stored, row.account_id, change)
        saved.append("consumer secret")
    stored.consumer_key = change.key
    stored.version += 1
    record_change(
        session,
        row,
        operator=change.operator,
        now=change.now,
        action="credentials.saved",
        detail={
            "saved": ", ".join([*saved, "login host, integration user"]),
            "fingerprint": stored.secret_fingerprint,
        },
    )
    session.add(stored)
    session.flush()
    return stored


def _new_credential(connection_id: str, change: _Change) -> Credential:
    return Credential(
        connection_id=connection_id,
        consumer_key="",
        consumer_secret_ciphertext="",
        secret_fingerprint="",
        set_at=change.now,
        set_by=change.operator,
        version=0,
    )


def _seal(context: ConnectContext, stored: Credential, account_id: str, change: _Change) -> None:
    assert change.secret is not None
    vault = context.store.vault
    stored.consumer_secret_ciphertext = vault.encrypt(
        change.secret, place=_place(stored, account_id)
    )
    stored.secret_fingerprint = vault.fingerprint(change.secret)
    stored.set_at, stored.set_by = change.now, change.operator


def _settle_state(session: Session, row: Connection, change: _Change) -> None:
    state = ConnectionState(row.state)
    has_grant = session.exec(select(Token.id).where(Token.connection_id == row.id)).first()
    is_refused_sign_in = state is ConnectionState.ERROR and not has_grant
    if state in _STATES_BEFORE_SIGN_IN or is_refused_sign_in:
        saved = ConnectionState.CREDENTIALS_SAVED
        change_state(session, row, saved, change.now, operator=change.operator)
    if is_refused_sign_in:
        forget_error(row)
    # With a grant the error stands until the org has answered: a state is tested, not assumed.
    # A corrected pair deserves an attempt at once.
    session.exec(
        update(Token).where(col(Token.connection_id) == row.id).values(cool_down_until=None)
    )


def _find(session: Session, connection_id: str) -> Credential | None:
    return session.exec(select(Credential).where(Credential.connection_id == connection_id)).first()


def _place(stored: Credential, account_id: str) -> Place:
    return Place("credential", stored.id, "consumer_secret_ciphertext", account_id)


def _to_status(row: Connection, stored: Credential | None, now: datetime) -> CredentialStatus:
    if stored is None:
        return CredentialStatus(
            is_set=False,
            login_url=row.login_url,
            integration_user=row.integration_user,
            checked_at=now,
        )
    return CredentialStatus(
        is_set=True,
        consumer_key_hint=f"{stored.consumer_key[:5]}…{stored.consumer_key[-4:]}",
        secret_fingerprint=stored.secret_fingerprint,
        set_at=stored.set_at,
        set_by=stored.set_by,
        login_url=row.login_url,
        integration_user=row.integration_user,
        checked_at=now,
    )
