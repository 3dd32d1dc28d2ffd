"""Refusals of a real org, met in the browser: the doctor ends each in the right sentence."""

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Names of the demo org's known failures. The last ends the sign-in.
REFUSALS = (
    ("api_disabled", "API enabled: The org or the integration user may not use the API."),
    ("limit_used_up", "API calls and storage left: The org's API allowance is used up"),
    ("expired_password", "Integration user is active: The integration user's password has expired"),
    ("org_locked", "Org and environment: The org is locked."),
    ("inactive_user", "Integration user is active: The integration user is deactivated or frozen"),
)


def test_refusals_end_in_their_sentences_and_a_good_org_in_none(
    page: Page, running_console: ConsoleProcess
) -> None:
    walk = Walk(page, running_console, account_id=LAKESIDE, org_key="lakeside")
    walk.open("connect")
    check = page.get_by_role("button", name="Check the connection")
    check.click()
    expect(page.get_by_text("Everything asked is good")).to_be_visible()

    for name, sentence in REFUSALS:
        httpx2.delete(f"{running_console.demo_org_url}/demo/faults").raise_for_status()
        httpx2.post(
            f"{running_console.demo_org_url}/demo/faults", json={"failure": name}
        ).raise_for_status()
        check.click()
        expect(page.get_by_test_id("stAlert").filter(has_text=sentence)).to_be_visible()
        expect(page.get_by_text("Who acts:").first).to_be_visible()
