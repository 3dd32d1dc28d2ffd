"""Everything one demo org process holds: its orgs, their apps and grants, the log, the faults."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any, Final

from core.demo_org.apps import AppStore
from core.demo_org.config import DemoOrgConfig
from core.demo_org.database import Database
from core.demo_org.faults import FaultList
from core.demo_org.grants import GrantStore
from core.demo_org.org import Org
from core.demo_org.shapes.harbor import harbor
from core.demo_org.shapes.lakeside import lakeside
from core.demo_org.shapes.marlow import marlow
from core.demo_org.shapes.palmer import palmer
from core.demo_org.shapes.shape import DEMO_PASSWORD, DemoUser, OrgShape

SHAPES: Final = (palmer, lakeside, marlow, harbor)
MAX_LOGGED_CALLS: Final = 20_000
TICKET_SECONDS: Final = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCall:
    """One API request as the org's own log keeps it. `kind` is read, write or auth."""

    org_key: str
    method: str
    path: str
    status: int
    counted: int
    kind: str


class World:
    """The one object that routes share."""

    def __init__(self, config: DemoOrgConfig) -> None:
        self.config = config
        self.database = Database(config.home)
        self.apps = AppStore(self.database)
        self.grants = GrantStore(self.database, config)
        self.faults = FaultList()
        self._shapes: tuple[OrgShape, ...] = tuple(make() for make in SHAPES)
        if config.reset:
            self.database.clear()
        self.orgs = {each.key: Org(each, self.database, config) for each in self._shapes}
        self._prepare()

    def _prepare(self) -> None:
        if self.database.setting("signing_key") is None:
            self.database.save_setting("signing_key", secrets.token_hex(32))
        self._signing_key = str(self.database.setting("signing_key")).encode()
        for shape in self._shapes:
            self.apps.seed(shape, self.config)
        self._usage = {key: int(self.database.setting(f"usage.{key}", 0)) for key in self.orgs}

    def reset(self) -> None:
        """Forget everything and start as on the first day."""
        self.database.clear()
        for org in self.orgs.values():
            org.load()
        self.faults.clear()
        self._prepare()

    def org_of_id(self, org_id: str) -> Org | None:
        return next((each for each in self.orgs.values() if each.org_id == org_id), None)

    def sign_in(self, username: str, password: str) -> tuple[Org, DemoUser] | None:
        """Return the user with this name and password, in whichever org it lives."""
        for org in self.orgs.values():
            for user in org.shape.users:
                if user.username == username.strip().lower() and password == DEMO_PASSWORD:
                    return org, user
        return None

    def usage(self, org: Org) -> int:
        return self._usage[org.key]

    def log(self, call: LoggedCall) -> None:
        """Write a call into the org's log and add what it counts to the day's usage."""
        with self.database.transaction():
            self.database.execute(
                "INSERT INTO call (org, at, method, path, status, counted, kind) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                call.org_key,
                self.config.clock(),
                call.method,
                call.path,
                call.status,
                call.counted,
                call.kind,
            )
            self.database.execute(
                "DELETE FROM call WHERE number <= (SELECT MAX(number) FROM call) - ?",
                MAX_LOGGED_CALLS,
            )
            if call.counted:
                self._usage[call.org_key] += call.counted
                self.database.save_setting(f"usage.{call.org_key}", self._usage[call.org_key])

    def logged_calls(self, org_key: str, limit: int = 1000) -> list[dict[str, Any]]:
        """Return the newest calls of an org, oldest first."""
        rows = self.database.rows(
            "SELECT number, at, method, path, status, counted, kind FROM call WHERE org = ? "
            "ORDER BY number DESC LIMIT ?",
            org_key,
            limit,
        )
        return [dict(row) for row in reversed(rows)]

    def seal(self, purpose: str, body: dict[str, Any]) -> str:
        """Return a ticket that only this org can have written, good for a quarter of an hour."""
        content = {**body, "purpose": purpose, "until": self.config.clock() + TICKET_SECONDS}
        packed = base64.urlsafe_b64encode(json.dumps(content).encode()).decode()
        return f"{packed}.{self._signature(packed)}"

    def unseal(self, purpose: str, ticket: str) -> dict[str, Any] | None:
        """Return what `seal` packed, or None for a forged, foreign or late ticket."""
        packed, _, signature = ticket.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(packed).encode()):
            return None
        body: dict[str, Any] = json.loads(base64.urlsafe_b64decode(packed))
        is_good = body["purpose"] == purpose and self.config.clock() < body["until"]
        return body if is_good else None

    def _signature(self, packed: str) -> str:
        return hmac.new(self._signing_key, packed.encode(), hashlib.sha256).hexdigest()
