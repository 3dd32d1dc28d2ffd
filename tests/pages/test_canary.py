"""No secret of a whole walk is found anywhere but where it belongs."""

import logging
import traceback
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from core.connect.attempts import Visitor
from core.connect.connections import load_connection
from core.connect.credentials import CredentialEntry, save_credentials
from core.connect.refresh import renew_token
from core.connect.start import start_sign_in
from core.connect.tokens import load_usable_token
from core.console import Console
from core.errors import ConsoleError
from core.preview.runs import list_runs
from core.secret import Secret
from tests.demo_org_process import SECRETS, DemoOrgProcess
from tests.pages.conftest import (
    BINDING,
    LAKESIDE,
    SeededHome,
    connection_id_of,
    labelled,
    open_page,
    words,
)

WRONG_SECRET = "canary-wrong-secret-" + "0" * 44
SHORTEST = 16  # below it there are no secrets, only empty values and flags


@pytest.fixture
def secrets_made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every value that the code itself treats as a secret, as soon as it does."""
    made: set[str] = set()
    real = Secret.__init__

    def remember(secret: Secret, value: str) -> None:
        made.add(value)
        real(secret, value)

    monkeypatch.setattr(Secret, "__init__", remember)
    return made


def test_no_secret_of_a_whole_walk_is_left_readable(
    own: SeededHome, secrets_made: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    console, org = own.console, own.org
    assert console is not None
    caplog.set_level(logging.DEBUG)
    connection_id = connection_id_of(console, LAKESIDE.account_id)

    asked, pages = reconnect(console, org, connection_id)
    renew(console, connection_id)
    pages += read_and_preview(console, connection_id)
    pages.append(examined())
    failure = fail(console, connection_id, org.app("lakeside")[0])
    pages.append(examined())

    wanted = {value for value in secrets_made | asked if len(value) >= SHORTEST}
    assert {SECRETS["lakeside"], WRONG_SECRET, *asked} <= wanted
    places = {
        "store": stored(console),
        "logs": logged(caplog),
        "failure": "".join(traceback.format_exception(failure)) + repr(failure),
        **{f"page {count}": shown(page) for count, page in enumerate(pages)},
    }
    assert [(name, value) for name, text in places.items() for value in found(text, wanted)] == []


def reconnect(
    console: Console, org: DemoOrgProcess, connection_id: str
) -> tuple[set[str], list[AppTest]]:
    """Save the credentials and paste the way back; return its code and state, and the pages."""
    enter_credentials(connection_id, *org.app("lakeside"))
    visitor = Visitor(operator="Ines", binding=Secret(BINDING))
    url = start_sign_in(console.connect, connection_id=connection_id, visitor=visitor)
    returned = org.authorize_url(url, user="integration@lakeside.demo")
    page = open_page("connect", account_id=LAKESIDE.account_id)
    labelled(page.text_input, "Paste the whole address").set_value(returned)
    page = labelled(page.button, "Complete the connection").click().run()
    assert "Connected." in words(page), words(page)
    query = parse_qs(urlsplit(returned).query)
    attempt = page.query_params["attempt"][0]
    after = open_page("connect", account_id=LAKESIDE.account_id, attempt=attempt)
    return {query["code"][0], query["state"][0]}, [page, after]


def enter_credentials(connection_id: str, consumer_key: str, secret: str) -> None:
    page = open_page("credentials", account_id=LAKESIDE.account_id)
    key = page.text_input(f"credentials.key.{connection_id}")
    key.set_value(consumer_key)
    labelled(page.text_input, "Consumer Secret").set_value(secret)
    page = labelled(page.button, "Save credentials").click().run()
    assert not page.error, words(page)


def stored(console: Console) -> str:
    """The database file, its write-ahead log and its index, byte for byte."""
    files = (console.settings.home / "data").glob("console.sqlite3*")
    return "".join(file.read_bytes().decode("latin-1") for file in files)


def renew(console: Console, connection_id: str) -> None:
    with console.store.read() as session:
        row = load_connection(session, connection_id)
        stale = load_usable_token(console.connect, session, row).access_token
    renew_token(console.connect, connection_id=connection_id, stale=stale)


def read_and_preview(console: Console, connection_id: str) -> list[AppTest]:
    account = LAKESIDE.account_id
    objects = open_page("objects_and_fields", account_id=account)
    objects.button("objects.refresh").click().run()
    mapping = open_page("field_mapping", account_id=account)
    open_page("preview", account_id=account).button("preview.start").click().run()
    console.runner.wait(list_runs(console.store, connection_id)[0].run_id, 60)
    return [objects, mapping, open_page("preview", account_id=account)]


def examined() -> AppTest:
    """The page of the connection doctor after its button was pressed."""
    page = open_page("connect", account_id=LAKESIDE.account_id)
    page = labelled(page.button, "Check the connection").click().run()
    assert "Checked just now" in words(page)
    return page


def fail(console: Console, connection_id: str, consumer_key: str) -> ConsoleError:
    """Refresh with a wrong secret; return what was raised."""
    save_credentials(
        console.connect,
        operator="Ines",
        connection_id=connection_id,
        entry=CredentialEntry(
            consumer_key=consumer_key,
            consumer_secret=Secret(WRONG_SECRET),
            integration_user="integration@lakeside.demo",
        ),
    )
    with pytest.raises(ConsoleError) as failed:
        renew(console, connection_id)
    return failed.value


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """All lines but those of the test's own browser, which walks Salesforce's pages."""
    ours = (each for each in caplog.records if not each.name.startswith(("httpx2", "httpcore")))
    return "\n".join(f"{each.getMessage()} {each.exc_text or ''}" for each in ours)


def shown(page: AppTest) -> str:
    """What the browser was sent, what the session keeps, and the address."""
    # the tester's own view of the session lists no names
    session = page._session_state.filtered_state
    return f"{page.main} {page.sidebar} {session} {page.query_params}"


def found(text: str, wanted: set[str]) -> list[str]:
    return [value for value in wanted if value in text or quote(value, safe="") in text]
