"""An EDA college in a real browser: connected, its mapping made, agreed and marked as live."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.eda_walk import (
    download_the_sheet,
    forget_mapping,
    go_live,
    leave_the_rest_out,
    map_country_values,
    read_phones,
    sign_off,
    start_from_the_shape,
)
from tests.browser.traffic import watch
from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_an_eda_mapping_is_made_signed_off_and_marked_live(
    page: Page, running_console: ConsoleProcess, tmp_path: Path
) -> None:
    forget_mapping(running_console)
    walk = Walk(page, running_console, account_id=LAKESIDE, org_key="lakeside")
    traffic, hash_before = watch(page), walk.records_hash()

    start_from_the_shape(walk)
    read_phones(walk)
    map_country_values(walk)
    leave_the_rest_out(walk)
    sign_off(walk)
    go_live(walk)
    download_the_sheet(walk, tmp_path)

    assert walk.records_hash() == hash_before
    assert traffic.foreign == []
    assert traffic.failures == []
    assert traffic.complaints == []
