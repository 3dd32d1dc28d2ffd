"""A sign-in that does not end well, in a real browser: a plain sentence, and nothing to replay."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.traffic import watch
from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def walk(page: Page, seeded_console: ConsoleProcess) -> Walk:
    return Walk(page, seeded_console, account_id=LAKESIDE, org_key="lakeside")


def test_deny_ends_in_a_plain_sentence_with_the_next_step(walk: Walk) -> None:
    walk.sign_in("Deny")

    expect(walk.text("Access was denied on Salesforce's page.")).to_be_visible()
    expect(walk.text(re.compile("Try again, press Allow."))).to_be_visible()
    expect(walk.page).not_to_have_url(re.compile("error=|state="))


def test_a_callback_address_opened_again_is_used_already(walk: Walk) -> None:
    traffic = watch(walk.page)
    walk.sign_in("Allow")
    expect(walk.text(re.compile("^Connected to Lakeside College as"))).to_be_visible()
    callback = next(each for each in traffic.addresses if "/callback?" in each)

    walk.page.goto(callback)

    expect(walk.text("This answer from Salesforce was used already.")).to_be_visible()
    expect(walk.page).not_to_have_url(re.compile("code=|state="))


def test_a_start_link_opened_in_another_browser_is_refused(walk: Walk, browser: Browser) -> None:
    walk.open("connect")
    link = walk.page.get_by_test_id("sign-in").get_attribute("href")
    stranger = browser.new_context().new_page()
    stranger.goto(walk.console.url)  # so that it has a session cookie, of its own

    answer = stranger.goto(f"{walk.console.url}{link}")
    told = stranger.inner_text("body")
    stranger.context.close()

    assert answer is not None
    assert answer.status == 403
    assert told.startswith("Open the Connect page again")
