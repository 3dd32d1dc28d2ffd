"""Draws the pictures in docs/screenshots: `python -m tests.browser.screenshots`. Asserts nothing.

The two demo universities of a fresh home, on the usual ports where they are free.
"""

import base64
import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import LAUNCH_FLAGS
from tests.browser.failing import FAILINGS, bring_about
from tests.browser.walk import LAKESIDE, PALMER, Walk
from tests.conftest import find_chromium
from tests.console_process import ROOT, ConsoleProcess

FOLDER = ROOT / "docs" / "screenshots"
USUAL_PORTS = (8501, 8502)
# A key of its own, so that no path of the machine is in a picture.
ENVIRON = {"HALDA_CONSOLE_SECRET_KEYS": "shots:" + base64.b64encode(bytes(range(32))).decode()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One file: which page of whom, how wide, in which colours, scrolled to which element."""

    file: str
    page: str
    account_id: str = LAKESIDE
    width: int = 1440
    colours: Literal["light", "dark"] = "light"
    top: str = ""
    act: Callable[[Walk], None] | None = None


def try_a_value(walk: Walk) -> None:
    walk.choose("Row", "First name · Person")
    walk.page.get_by_role("radio", name="Try a value", exact=True).click()
    walk.settle()
    walk.page.get_by_label("Try a value").fill("María José")
    walk.page.get_by_text("Would send").wait_for()


def ask_for_the_sign_off(walk: Walk) -> None:
    walk.press("Sign off …")
    walk.page.get_by_role("dialog").wait_for()


# The other failures are read where the doctor tells them.
TOPS = {"failure_sign_in": "", "failure_page": "Salesforce showed me an error"}


PICTURES = (
    Picture(file="status", page="status"),
    Picture(file="app_setup", page="app_setup", account_id=PALMER),
    Picture(file="credentials", page="credentials"),
    Picture(file="connect", page="connect"),
    Picture(file="objects_and_fields", page="objects_and_fields"),
    Picture(file="field_mapping", page="field_mapping", top="Objects, in the order"),
    Picture(
        file="mapping_try_a_value",
        page="field_mapping",
        top="Search Halda fields",
        act=try_a_value,
    ),
    Picture(file="mapping_sign_off", page="field_mapping", act=ask_for_the_sign_off),
    Picture(file="preview", page="preview", top="Only fields that change"),
    Picture(
        file="field_mapping_dark",
        page="field_mapping",
        top="Objects, in the order",
        colours="dark",
    ),
    Picture(file="preview_dark", page="preview", top="Only fields that change", colours="dark"),
    Picture(file="status_narrow", page="status", width=420),
    *(
        Picture(
            file=each.picture,
            page="connect",
            top=TOPS.get(each.picture, "Connection doctor"),
            act=partial(bring_about, failing=each),
        )
        for each in FAILINGS
    ),
)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        port, demo_org_port = USUAL_PORTS if all(map(is_free, USUAL_PORTS)) else (0, 0)
        with ConsoleProcess(
            Path(folder) / "home", port=port, demo_org_port=demo_org_port, environ=ENVIRON
        ) as console:
            for picture in PICTURES:
                draw(browser, console, picture)


def draw(browser: Browser, console: ConsoleProcess, picture: Picture) -> None:
    context = browser.new_context(
        viewport={"width": picture.width, "height": 900},
        color_scheme=picture.colours,
        timezone_id="America/Denver",
        locale="en-US",
        reduced_motion="reduce",
    )
    page = context.new_page()
    org_key = "lakeside" if picture.account_id == LAKESIDE else "palmer"
    walk = Walk(page, console, account_id=picture.account_id, org_key=org_key)
    walk.open(picture.page)
    if picture.page in {"status", "objects_and_fields", "field_mapping", "preview"}:
        page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    if picture.act:
        picture.act(walk)
    if picture.top:
        top = page.get_by_test_id("stMain").get_by_text(picture.top).first
        top.evaluate("each => each.scrollIntoView()")
        page.get_by_test_id("stMain").evaluate("main => main.scrollBy(0, -110)")  # the header
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)  # tables are painted in frames of their own
    page.screenshot(path=FOLDER / f"{picture.file}.png", animations="disabled")
    context.close()


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@contextmanager
def chromium() -> Iterator[Browser]:
    flags = [*LAUNCH_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield browser
        browser.close()


if __name__ == "__main__":
    main()
