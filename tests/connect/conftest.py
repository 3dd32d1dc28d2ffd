"""A real store, a real demo org over HTTP, and a desk from which a test does what a person does."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from core.connect.accounts import AccountDetails, add_account
from core.connect.attempts import Visitor
from core.connect.connections import ConnectionView, add_environment, get_connection
from core.connect.context import ConnectContext
from core.connect.credentials import CredentialEntry, save_credentials
from core.connect.sign_in import SignInOutcome, complete_sign_in
from core.connect.start import start_sign_in
from core.connect.states import Environment
from core.demo_org.switches import LISTS
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp, RetryPolicy
from core.secret import Secret
from core.settings import Settings
from core.store.engine import Store
from tests.demo_org_process import DemoOrgProcess
from tests.store.engines import postgres_url, sqlite_settings, store, store_settings

__all__ = ["postgres_url", "store", "store_settings"]

ACCOUNT_ID = "cl9x0a1b2000008l4h3z7d9qk"
OPERATOR = "Ines"
_PATH = f"/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"


@pytest.fixture(scope="session")
def org_process() -> Iterator[DemoOrgProcess]:
    urls = (f"http://127.0.0.1:8501{_PATH}", f"https://app.heyhalda.com{_PATH}")
    with DemoOrgProcess(callback_urls=urls) as process:
        yield process


@pytest.fixture
def org(org_process: DemoOrgProcess) -> DemoOrgProcess:
    """The shared demo org, with nothing scripted."""
    org_process.clear_faults()
    for name in ("palmer", "lakeside"):
        org_process.switch(name, flags=[], **{each: [] for each in LISTS})
    return org_process


@dataclass
class Desk:
    """One operator in one browser, with a context of their own store."""

    context: ConnectContext
    org: DemoOrgProcess
    visitor: Visitor
    connection_id: str = ""

    def add_connection(
        self, environment: Environment = Environment.DEMO, *, app: str = "palmer"
    ) -> str:
        """An account with one environment and the keys of the org's app."""
        add_account(
            self.context,
            operator=OPERATOR,
            pasted_id=ACCOUNT_ID,
            details=AccountDetails(name="Palmer State University"),
        )
        self.connection_id = add_environment(
            self.context, operator=OPERATOR, account_id=ACCOUNT_ID, environment=environment
        ).connection_id
        self.save_keys(app)
        return self.connection_id

    def save_keys(self, app: str = "palmer", *, key: str = "", secret: str = "") -> None:
        stored_key, stored_secret = self.org.app(app)
        entry = CredentialEntry(
            consumer_key=key or stored_key,
            consumer_secret=Secret(secret or stored_secret),
            login_host=self.org.url,
            integration_user=f"integration@{app}.demo",
        )
        save_credentials(
            self.context, operator=OPERATOR, connection_id=self.connection_id, entry=entry
        )

    def come_back(self, *, user: str = "integration@palmer.demo", allow: bool = True) -> str:
        """Start a sign-in and press through Salesforce's pages; return the callback's URL."""
        url = start_sign_in(self.context, connection_id=self.connection_id, visitor=self.visitor)
        return self.org.authorize_url(url, user=user, allow=allow)

    def complete(
        self, url: str, *, visitor: Visitor | None = None, account_id: str = ACCOUNT_ID
    ) -> SignInOutcome:
        return complete_sign_in(
            self.context,
            visitor=visitor or self.visitor,
            account_id=account_id,
            query=dict(parse_qsl(urlsplit(url).query)),
        )

    def sign_in(self, *, app: str = "palmer") -> SignInOutcome:
        return self.complete(self.come_back(user=f"integration@{app}.demo"))

    @property
    def connection(self) -> ConnectionView:
        return get_connection(self.context, self.connection_id)

    def token_calls(self, app: str = "palmer") -> int:
        return sum(call["path"] == "/services/oauth2/token" for call in self.org.log(app))


def build_desk(store: Store, settings: Settings, org: DemoOrgProcess) -> Desk:
    settings = replace(
        settings, demo_org_url=org.url, console_url="http://127.0.0.1:8501", lease_wait_seconds=600
    )
    hosts = HostRules(org.url)
    http = OrgHttp(hosts, retries=RetryPolicy(attempts=1))
    context = ConnectContext(store, settings, http, hosts, pause=lambda _seconds: _let_others_run())
    return Desk(context, org, Visitor(operator=OPERATOR, binding=Secret("b" * 43)))


def _let_others_run() -> None:
    """Let other threads run; far below the wait it stands for."""
    threading.Event().wait(0.01)


@pytest.fixture
def desk(home: Path, org: DemoOrgProcess) -> Iterator[Desk]:
    """A desk on an embedded store, with nothing added."""
    settings = sqlite_settings(home)
    opened = Store.open(settings)
    yield build_desk(opened, settings, org)
    opened.close()


@pytest.fixture
def desk_on_each_engine(store: Store, store_settings: Settings, org: DemoOrgProcess) -> Desk:
    return build_desk(store, store_settings, org)
