"""A real Chromium and, for each worker, one running console."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import find_chromium
from tests.console_process import ConsoleProcess

LAUNCH_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
)


@pytest.fixture
def browser() -> Iterator[Browser]:
    """One for each test: the driver's event loop must not outlive it on this thread."""
    path = find_chromium()
    if path is None:
        pytest.skip("no Chromium: see `make test`")
    flags = [*LAUNCH_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    expect.set_options(timeout=20_000)
    context = browser.new_context(
        viewport={"width": 1440, "height": 1000}, timezone_id="America/Denver", locale="en-US"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def running_console(tmp_path: Path) -> Iterator[ConsoleProcess]:
    with ConsoleProcess(tmp_path / "home") as console:
        yield console


@pytest.fixture(scope="session")
def seeded_console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleProcess]:
    """One for all tests that leave both universities as they were seeded."""
    with ConsoleProcess(tmp_path_factory.mktemp("seeded") / "home") as console:
        yield console
