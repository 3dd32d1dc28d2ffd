"""External Client Apps: what an administrator sets up so that a console may connect."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from core.demo_org.config import DemoOrgConfig
from core.demo_org.database import Database
from core.demo_org.shapes.shape import OrgShape

SEEDED_APP_NAME: Final = "HaldaAPI"
KNOWN_SCOPES: Final = ("api", "refresh_token", "id", "openid", "full", "web")
_KEY_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalClientApp:
    """An app Local to one org. `propagation_seconds` is how long its key stays unknown."""

    consumer_key: str
    consumer_secret: str
    org_key: str
    name: str
    contact_email: str
    callback_urls: tuple[str, ...]
    created_at: float
    scopes: tuple[str, ...] = ("api", "refresh_token")
    require_pkce: bool = False
    require_secret_for_code: bool = True
    require_secret_for_refresh: bool = True
    code_flow_enabled: bool = True
    refresh_policy: str = "valid until revoked"
    rotation: bool = False
    propagation_seconds: float = 0
    blocked: bool = False

    def public_json(self) -> dict[str, Any]:
        """Return everything but the secret."""
        body = asdict(self)
        del body["consumer_secret"]
        return body

    def is_known_at(self, now: float) -> bool:
        return now >= self.created_at + self.propagation_seconds


def seeded_consumer_key(org_key: str) -> str:
    """Return the same 85 characters for an org on every machine."""
    digest = hashlib.shake_256(f"demo-org/{org_key}".encode()).digest(80)
    return "3MVG9" + "".join(_KEY_ALPHABET[byte % len(_KEY_ALPHABET)] for byte in digest)


def new_consumer_key() -> str:
    return "3MVG9" + "".join(secrets.choice(_KEY_ALPHABET) for _ in range(80))


def new_consumer_secret() -> str:
    return secrets.token_hex(32).upper()


class AppStore:
    """Reads and saves the apps of every org."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, consumer_key: str) -> ExternalClientApp | None:
        row = self._database.row("SELECT body FROM app WHERE consumer_key = ?", consumer_key)
        return _from_json(json.loads(row["body"])) if row else None

    def of_org(self, org_key: str) -> list[ExternalClientApp]:
        rows = self._database.rows("SELECT body FROM app WHERE org = ? ORDER BY rowid", org_key)
        return [_from_json(json.loads(row["body"])) for row in rows]

    def save(self, app: ExternalClientApp) -> None:
        self._database.execute(
            "INSERT INTO app (consumer_key, org, body) VALUES (?, ?, ?) "
            "ON CONFLICT (consumer_key) DO UPDATE SET body = excluded.body",
            app.consumer_key,
            app.org_key,
            json.dumps(asdict(app)),
        )

    def seed(self, shape: OrgShape, config: DemoOrgConfig) -> None:
        """Make the org's HaldaAPI once, and add the callback URLs it does not have yet."""
        app = self.find(seeded_consumer_key(shape.key)) or ExternalClientApp(
            consumer_key=seeded_consumer_key(shape.key),
            consumer_secret=new_consumer_secret(),
            org_key=shape.key,
            name=SEEDED_APP_NAME,
            contact_email=shape.users[1].username,
            callback_urls=(),
            created_at=config.clock(),
            rotation=shape.refresh_rotation,
        )
        wanted = (*app.callback_urls, *config.callback_urls.get(shape.key, ()))
        self.save(
            replace(
                app,
                callback_urls=tuple(dict.fromkeys(wanted)),
                consumer_secret=config.seed_secrets.get(shape.key, app.consumer_secret),
            )
        )


def _from_json(body: Mapping[str, Any]) -> ExternalClientApp:
    return ExternalClientApp(
        **{
            **body,
            "callback_urls": tuple(body["callback_urls"]),
            "scopes": tuple(body["scopes"]),
        }
    )
