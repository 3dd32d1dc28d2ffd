"""Authorization codes, grants and tokens. The file holds hashes only; a token is shown once."""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from typing import Final

from core.demo_org.apps import ExternalClientApp
from core.demo_org.config import DemoOrgConfig
from core.demo_org.database import Database
from core.demo_org.errors import OAuthError

CODE_SECONDS: Final = 15 * 60
MAX_GRANTS_PER_USER_AND_APP: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRequest:
    """What the person allowed, kept until the code is redeemed."""

    consumer_key: str
    org_key: str
    user_id: str
    redirect_uri: str
    scope: str
    code_challenge: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    id: str
    org_key: str
    user_id: str
    consumer_key: str
    scope: str

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(self.scope.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenState:
    """A presented token that is known; `is_live` says whether it still opens anything."""

    grant: Grant
    kind: str
    issued_at: float
    expires_at: float | None
    is_live: bool


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


class GrantStore:
    """Issues, finds and revokes."""

    def __init__(self, database: Database, config: DemoOrgConfig) -> None:
        self._database = database
        self._clock = config.clock
        self._session_seconds = config.session_seconds

    def issue_code(self, request: CodeRequest) -> str:
        code = f"aPrx{secrets.token_urlsafe(48)}=="
        self._database.execute(
            "INSERT INTO code (hash, body, expires_at) VALUES (?, ?, ?)",
            _hash(code),
            json.dumps(asdict(request)),
            self._clock() + CODE_SECONDS,
        )
        return code

    def find_code(self, code: str) -> CodeRequest:
        """Return what a code stands for.

        Raises:
            OAuthError: `invalid_grant` for an unknown, late or used code. A code used twice also
                revokes what it gave the first time.
        """
        row = self._database.row("SELECT * FROM code WHERE hash = ?", _hash(code))
        if row is None:
            raise OAuthError("invalid_grant", "invalid authorization code")
        if row["used"] and row["grant_id"]:
            self.revoke_grant(row["grant_id"])
        if row["used"] or self._clock() >= row["expires_at"]:
            raise OAuthError("invalid_grant", "expired authorization code")
        return CodeRequest(**json.loads(row["body"]))

    def spend_code(self, code: str, grant_id: str | None = None) -> None:
        self._database.execute(
            "UPDATE code SET used = 1, grant_id = ? WHERE hash = ?", grant_id, _hash(code)
        )

    def open_grant(self, request: CodeRequest) -> Grant:
        """Record that the user approved the app; the oldest of more than five is revoked."""
        grant = Grant(
            id=secrets.token_hex(12),
            org_key=request.org_key,
            user_id=request.user_id,
            consumer_key=request.consumer_key,
            scope=request.scope,
        )
        self._database.execute(
            "INSERT INTO grant_ (id, org, user_id, consumer_key, scope, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            grant.id,
            grant.org_key,
            grant.user_id,
            grant.consumer_key,
            grant.scope,
            self._clock(),
        )
        live = self._database.rows(
            "SELECT id FROM grant_ WHERE user_id = ? AND consumer_key = ? AND revoked = 0 "
            "ORDER BY rowid DESC",
            grant.user_id,
            grant.consumer_key,
        )
        for row in live[MAX_GRANTS_PER_USER_AND_APP:]:
            self.revoke_grant(row["id"])
        return grant

    def issue_access_token(self, grant: Grant, org_id: str) -> str:
        token = f"{org_id[:15]}!{secrets.token_urlsafe(64)}"
        self._save_token(token, grant, "access", self._clock() + self._session_seconds)
        return token

    def issue_refresh_token(self, grant: Grant) -> str:
        token = f"5Aep{secrets.token_urlsafe(60)}"
        self._save_token(token, grant, "refresh", None)
        return token

    def _save_token(self, token: str, grant: Grant, kind: str, expires_at: float | None) -> None:
        self._database.execute(
            "INSERT INTO token (hash, grant_id, kind, issued_at, expires_at) "
            "VALUES (?, ?, ?, ?, ?)",
            _hash(token),
            grant.id,
            kind,
            self._clock(),
            expires_at,
        )

    def find_token(self, token: str) -> TokenState | None:
        row = self._database.row(
            "SELECT token.*, grant_.org, grant_.user_id, grant_.consumer_key, grant_.scope, "
            "grant_.revoked FROM token JOIN grant_ ON grant_.id = token.grant_id "
            "WHERE token.hash = ?",
            _hash(token),
        )
        if row is None:
            return None
        grant = Grant(
            id=row["grant_id"],
            org_key=row["org"],
            user_id=row["user_id"],
            consumer_key=row["consumer_key"],
            scope=row["scope"],
        )
        is_late = row["expires_at"] is not None and self._clock() >= row["expires_at"]
        return TokenState(
            grant=grant,
            kind=row["kind"],
            issued_at=row["issued_at"],
            expires_at=row["expires_at"],
            is_live=not (row["revoked"] or row["used"] or is_late),
        )

    def use_refresh_token(self, token: str, app: ExternalClientApp) -> Grant:
        """Return the grant behind a refresh token, spending it where the app rotates.

        Raises:
            OAuthError: `invalid_grant`. A rotated token shown again revokes its whole family.
        """
        state = self.find_token(token)
        expired = OAuthError("invalid_grant", "expired access/refresh token")
        if state is None or state.kind != "refresh":
            raise expired
        if state.grant.consumer_key != app.consumer_key:
            raise expired
        if not state.is_live:
            self.revoke_grant(state.grant.id)
            raise expired
        if app.rotation:
            self._database.execute("UPDATE token SET used = 1 WHERE hash = ?", _hash(token))
        return state.grant

    def revoke_grant(self, grant_id: str) -> None:
        self._database.execute("UPDATE grant_ SET revoked = 1 WHERE id = ?", grant_id)

    def revoke_token(self, token: str) -> None:
        """End one access token, or everything that a refresh token stands for.

        Raises:
            OAuthError: `invalid_token` for one that is not known.
        """
        state = self.find_token(token)
        if state is None:
            raise OAuthError("invalid_token", "the token provided is invalid")
        if state.kind == "refresh":
            self.revoke_grant(state.grant.id)
        else:
            self._database.execute("UPDATE token SET used = 1 WHERE hash = ?", _hash(token))

    def revoke_org(self, org_key: str) -> None:
        self._database.execute("UPDATE grant_ SET revoked = 1 WHERE org = ?", org_key)
