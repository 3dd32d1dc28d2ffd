"""Failures of each kind, met in a real browser: a sentence, who acts, and a good org in none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.failing import FAILINGS, bring_about, check
from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_failures_end_in_their_sentences_and_a_good_org_in_none(
    page: Page, running_console: ConsoleProcess
) -> None:
    walk = Walk(page, running_console, account_id=LAKESIDE, org_key="lakeside")
    check(walk)
    expect(page.get_by_text("Everything asked is good")).to_be_visible()

    for each in FAILINGS:
        bring_about(walk, each)

        expect(page.get_by_test_id("stAlert").filter(has_text=each.sentence)).to_be_visible()
        expect(walk.text(re.compile("Who acts: ")).first).to_be_visible()
        expect(walk.text(re.compile("What to do: |Ask the admin|Tell ")).first).to_be_visible()
        expect(page).not_to_have_url(re.compile("error=|code=|state="))

    expect(walk.text("Came back: BRAND_NEW_CODE: Nobody has a line for this").first).to_be_visible()
    walk.open("status")
    for change in ("→ Error", "Error →"):
        expect(walk.cell(re.compile(change))).to_be_attached()
