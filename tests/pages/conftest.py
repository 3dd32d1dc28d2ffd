"""A seeded console beside a real demo org, and pages opened on it as a person would."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from core.connect.accounts import list_accounts
from core.connect.connections import list_connections
from core.console import Console, open_console, use_console
from core.seed import DEMO_ACCOUNTS, seed_demo
from core.settings import Settings
from core.web.middleware import BINDING_COOKIE
from tests.demo_org_process import DemoOrgProcess
from tests.store.engines import sqlite_settings

ROOT = Path(__file__).resolve().parents[2]
PALMER, LAKESIDE, *_ = DEMO_ACCOUNTS
DRAW_SECONDS = 30
BINDING = "binding-of-this-browser-0123456789abcdefgh"


@dataclass(frozen=True, slots=True)
class SeededHome:
    """A data directory that the seed has filled, to be copied, and its demo org."""

    home: Path
    org: DemoOrgProcess
    console: Console | None = None


def settings_of(home: Path, org: DemoOrgProcess) -> Settings:
    return sqlite_settings(
        home, DEMO_ORG_PORT=org.url.rpartition(":")[2], OPERATOR_NAME="Ines", LEASE_WAIT_SECONDS="5"
    )


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeededHome]:
    yield from seed(tmp_path_factory.mktemp("pages") / "home")


def seed(home: Path) -> Iterator[SeededHome]:
    callbacks = tuple(each.callback(sqlite_settings(home)) for each in DEMO_ACCOUNTS)
    with DemoOrgProcess(callback_urls=callbacks) as org:
        console = open_console(settings_of(home, org))
        seed_demo(console, is_agreed=False)
        console.close()
        yield SeededHome(home, org)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[SeededHome]:
    """A console and an org of the test's own, for tests that end a grant."""
    for made in seed(tmp_path / "own"):
        for console in opened(settings_of(made.home, made.org)):
            yield replace(made, console=console)


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The headers of the browser, which may be changed; Streamlit's tester itself has none."""
    headers = {"Host": "127.0.0.1:8501"}
    cookies = {BINDING_COOKIE: BINDING}
    monkeypatch.setattr(ContextProxy, "headers", property(lambda _self: headers))
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _self: cookies))
    return headers


@pytest.fixture
def org(seeded: SeededHome) -> DemoOrgProcess:
    seeded.org.clear_faults()
    return seeded.org


@pytest.fixture
def console(seeded: SeededHome, org: DemoOrgProcess, home: Path) -> Iterator[Console]:
    """The seeded console: Palmer untouched, Lakeside connected, mapped and previewed."""
    shutil.copytree(seeded.home, home)
    yield from opened(settings_of(home, org))


@pytest.fixture
def empty_console(seeded: SeededHome, home: Path) -> Iterator[Console]:
    yield from opened(settings_of(home, seeded.org))


def opened(settings: Settings) -> Iterator[Console]:
    console = open_console(settings)
    use_console(console)
    yield console
    use_console(None)
    console.close()


def connection_id_of(console: Console, account_id: str) -> str:
    return list_connections(console.connect, account_id)[0].connection_id


def account_names(console: Console) -> list[str]:
    return [account.name for account in list_accounts(console.connect)]


def open_page(key: str, *, account_id: str = "", **query: str) -> AppTest:
    """Open a page by its address, through the navigation."""
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=DRAW_SECONDS)
    if account_id:
        query |= {"account_id": account_id}
    for name, value in query.items():
        page.query_params[name] = value
    page.switch_page(f"pages/{key}.py")
    return page.run()


def words(page: AppTest) -> str:
    """Everything the page says, in one text."""
    kinds = ("title", "subheader", "markdown", "caption", "text", "code", "toast")
    alerts = ("info", "warning", "error", "success")
    return "\n".join(str(each.value) for kind in (*kinds, *alerts) for each in page.get(kind))


def labelled(elements: Sequence[Any], label: str) -> Any:
    """The first widget whose label begins so."""
    found = [each for each in elements if each.label.startswith(label)]
    assert found, f"{label!r} is none of {[each.label for each in elements]}"
    return found[0]
