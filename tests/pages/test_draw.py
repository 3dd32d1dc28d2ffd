"""Every page draws in every situation a person can meet it in, and says what comes next."""

import pytest

from core.console import Console
from core.seed import DemoAccount
from core.ui.navigation import PAGES
from tests.pages.conftest import LAKESIDE, PALMER, open_page, words

KEYS = [entry.key for entry in PAGES]
TITLES = {
    "status": "Status",
    "app_setup": "App in Salesforce",
    "credentials": "Credentials",
    "connect": "Connect",
    "objects_and_fields": "Objects and fields",
    "field_mapping": "Field mapping",
    "preview": "Preview",
}


@pytest.mark.parametrize("account", [PALMER, LAKESIDE], ids=["untouched", "finished"])
@pytest.mark.parametrize("key", KEYS)
def test_page_draws_for_each_demo_university(
    console: Console, key: str, account: DemoAccount
) -> None:
    page = open_page(key, account_id=account.account_id)

    assert [str(each.value) for each in page.exception] == []
    assert [each.value for each in page.title] == [TITLES[key]]
    assert [str(each.value) for each in page.error] == []


@pytest.mark.parametrize("key", KEYS)
def test_page_of_an_empty_console_says_where_to_begin(empty_console: Console, key: str) -> None:
    page = open_page(key)

    assert not page.exception
    expected = "add an account below" if key == "status" else "Add one on Status"
    assert expected in words(page)


@pytest.mark.parametrize("key", KEYS)
def test_page_behind_a_proxy_shows_nothing_but_why(
    console: Console, browser: dict[str, str], key: str
) -> None:
    browser["X-Forwarded-For"] = "203.0.113.9"

    page = open_page(key, account_id=LAKESIDE.account_id)

    assert len(page.error) == 1
    assert "behind a proxy" in page.error[0].value
    assert "Lakeside" not in words(page)
    assert not page.title


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("connect", "Enter the Consumer Key and Secret first."),
        ("objects_and_fields", "Connect first"),
        ("field_mapping", "Connect first"),
        ("preview", "Connect first"),
    ],
)
def test_page_too_early_on_the_way_names_the_step_before(
    console: Console, key: str, told: str
) -> None:
    assert told in words(open_page(key, account_id=PALMER.account_id))


def test_address_of_an_unknown_account_is_told(console: Console) -> None:
    page = open_page("credentials", account_id="not-on-the-board")

    assert "not on the board" in words(page)
