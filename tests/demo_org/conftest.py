"""An org in this process, with a clock that tests move by hand."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from core.demo_org.apps import seeded_consumer_key
from core.demo_org.config import DemoOrgConfig
from core.demo_org.server import create_app
from core.demo_org.shapes.shape import DEMO_PASSWORD

CALLBACK = "http://127.0.0.1:8501/accounts/demo/settings/integrations/salesforce/callback"
SECRET = "A0B1C2D3E4F5"
ORGS = ("palmer", "lakeside", "marlow", "harbor")
BASE = "/services/data/v66.0"


@dataclass
class Clock:
    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class DemoOrg:
    """The app, its clock, and shortcuts for what every test does."""

    app: Starlette
    client: TestClient
    clock: Clock
    headers: dict[str, str] = field(default_factory=dict)

    def connect(self, org: str = "palmer", **asked: str) -> dict[str, Any]:
        """Go through sign-in and Allow; later calls carry the token."""
        tokens = self.redeem(self.code(org, **asked), org=org).json()
        self.headers = {"Authorization": f"Bearer {tokens['access_token']}"}
        return dict(tokens)

    def press(self, org: str = "palmer", *, decision: str = "allow", user: str = "integration",
              user_org: str | None = None, **asked: str) -> Any:  # fmt: skip
        """Walk the sign-in pages and return the last answer, not followed."""
        parameters = {
            "response_type": "code",
            "client_id": seeded_consumer_key(org),
            "redirect_uri": CALLBACK,
            "state": "st",
            **asked,
        }
        path = "/services/oauth2/authorize"
        login = {"username": f"{user}@{user_org or org}.demo", "password": DEMO_PASSWORD}
        shown = self.client.post(path, data=parameters | login)
        if "name='ticket'" not in shown.text:
            return shown
        ticket = shown.text.split("name='ticket' value='")[1].split("'")[0]
        return self.client.post(
            path,
            data={**parameters, "ticket": ticket, "decision": decision},
            follow_redirects=False,
        )

    def code(self, org: str = "palmer", **asked: str) -> str:
        location = self.press(org, **asked).headers["location"]
        return parse_qs(urlsplit(location).query)["code"][0]

    def redeem(self, code: str, org: str = "palmer", **changes: str) -> Any:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": seeded_consumer_key(org),
            "client_secret": SECRET,
            "redirect_uri": CALLBACK,
        }
        return self.client.post("/services/oauth2/token", data=form | changes)

    def refresh(self, token: str, org: str = "palmer", **changes: str) -> Any:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": token,
            "client_id": seeded_consumer_key(org),
            "client_secret": SECRET,
        }
        return self.client.post("/services/oauth2/token", data=form | changes)

    def get(self, path: str, **more: Any) -> Any:
        headers = self.headers | more.pop("headers", {})
        return self.client.get(BASE + path, headers=headers, **more)

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        headers = self.headers | more.pop("headers", {})
        return self.client.request(method, BASE + path, json=body, headers=headers, **more)

    def query(self, statement: str) -> list[dict[str, Any]]:
        answer = self.get("/query", params={"q": statement})
        assert answer.status_code == 200, answer.text
        records: list[dict[str, Any]] = answer.json()["records"]
        return records

    def hash(self, org: str = "palmer") -> str:
        return str(self.client.get("/demo/records/hash", params={"org": org}).json()["hash"])


MakeOrg = Callable[..., DemoOrg]


def config_of(home: Path, clock: Clock, **changes: Any) -> DemoOrgConfig:
    return DemoOrgConfig(**{
        "home": home,
        "clock": clock,
        "callback_urls": dict.fromkeys(ORGS, (CALLBACK,)),
        "seed_secrets": dict.fromkeys(ORGS, SECRET),
        **changes,
    })  # fmt: skip


@pytest.fixture(scope="session")
def seeded_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a new org, to start from a copy instead of seeding for every test."""
    home = tmp_path_factory.mktemp("seeded") / "demo"
    create_app(config_of(home, Clock())).state.world.database.close()
    return home


@pytest.fixture
def make_org(tmp_path: Path, seeded_home: Path) -> Iterator[MakeOrg]:
    """Build a demo org over tmp_path; a second one over the same data is a restart."""
    opened: list[DemoOrg] = []
    home = tmp_path / "demo"

    def make(*, clock: Clock | None = None, **changes: Any) -> DemoOrg:
        clock = clock or Clock()
        if not home.exists() and not changes and clock == Clock():
            shutil.copytree(seeded_home, home)
        app = create_app(config_of(home, clock, **changes))
        org = DemoOrg(app, TestClient(app, base_url="http://127.0.0.1:8502"), clock)
        opened.append(org)
        return org

    yield make
    for org in opened:
        org.app.state.world.database.close()


@pytest.fixture
def org(make_org: MakeOrg) -> DemoOrg:
    return make_org()


@pytest.fixture
def palmer(org: DemoOrg) -> DemoOrg:
    """The plain Lead org, connected."""
    org.connect()
    return org


@pytest.fixture
def lakeside(org: DemoOrg) -> DemoOrg:
    """The EDA org, connected."""
    org.connect("lakeside")
    return org


@pytest.fixture
def marlow(org: DemoOrg) -> DemoOrg:
    """The org with an inquiry child and state and country picklists, connected."""
    org.connect("marlow")
    return org


@pytest.fixture
def harbor(org: DemoOrg) -> DemoOrg:
    """The Education Cloud org with person accounts, connected."""
    org.connect("harbor")
    return org
