"""Each page by its address in a fresh tab: drawn from this machine alone, without a complaint."""

import pytest
from playwright.sync_api import Page, expect

from core.ui.navigation import PAGES
from tests.browser.traffic import watch
from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_every_page_opens_by_its_address_and_loads_nothing_from_outside(
    page: Page, seeded_console: ConsoleProcess
) -> None:
    walk, traffic = Walk(page, seeded_console, account_id=LAKESIDE, org_key="lakeside"), watch(page)

    for entry in PAGES:
        walk.open(entry.key)
        expect(page.get_by_test_id("stException")).to_have_count(0)

    assert len(traffic.addresses) > len(PAGES)
    assert traffic.foreign == []
    assert traffic.failures == []
    assert traffic.complaints == []
