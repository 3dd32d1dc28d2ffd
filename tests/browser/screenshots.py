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

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.conftest import LAUNCH_FLAGS
from tests.browser.eda_walk import (
    agree,
    ask_for_the_sign_off,
    forget_mapping,
    leave_the_rest_out,
    map_country_values,
    read_phones,
    see_the_shape,
    start_from_the_shape,
)
from tests.browser.failing import FAILINGS, bring_about
from tests.browser.walk import LAKESIDE, PALMER, Walk
from tests.conftest import find_chromium
from tests.console_process import ROOT, ConsoleProcess

FOLDER = ROOT / "docs" / "screenshots"
USUAL_PORTS = (8501, 8502)
# A key of its own, so that no path of the machine is in a picture.
ENVIRON = {"HALDA_CONSOLE_SECRET_KEYS": "shots:" + base64.b64encode(bytes(range(32))).decode()}


Colours = Literal["light", "dark"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One file: which page of whom, how wide, in which colours, scrolled to which element."""

    file: str
    page: str
    account_id: str = LAKESIDE
    width: int = 1440
    colours: Colours = "light"
    top: str = ""
    act: Callable[[Walk], None] | None = None


def try_a_value(walk: Walk) -> None:
    walk.choose("Row", "First name · Person")
    walk.page.get_by_role("radio", name="Try a value", exact=True).click()
    walk.settle()
    walk.page.get_by_label("Try a value").fill("María José")
    walk.page.get_by_text("Would send").wait_for()


def open_the_report(walk: Walk) -> None:
    """The file as the university's admin opens it, without the console."""
    walk.page.get_by_test_id("stPopoverButton").filter(has_text="Download").click()
    with walk.page.expect_download() as told:
        walk.press("Report to print or hand over")
    report = Path(tempfile.mkdtemp()) / "report.html"
    told.value.save_as(report)
    walk.page.goto(report.as_uri())


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
        top="Field of Contact",
        act=try_a_value,
    ),
    Picture(file="preview", page="preview", top="Only fields that change"),
    Picture(file="preview_counts", page="preview", top="Previews"),
    Picture(file="preview_story", page="preview", top="Inquiry (the same list"),
    Picture(file="preview_report", page="preview", act=open_the_report),
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
        with ConsoleProcess(Path(folder) / "college") as console:
            forget_mapping(console)
            draw_the_eda_walk(browser, console)


def draw(browser: Browser, console: ConsoleProcess, picture: Picture) -> None:
    context = new_context(browser, width=picture.width, colours=picture.colours)
    page = context.new_page()
    org_key = "lakeside" if picture.account_id == LAKESIDE else "palmer"
    walk = Walk(page, console, account_id=picture.account_id, org_key=org_key)
    walk.open(picture.page)
    if picture.page in {"status", "objects_and_fields", "field_mapping", "preview"}:
        page.locator("[data-testid=stDataFrame] canvas").first.wait_for()
    if picture.act:
        picture.act(walk)
    shoot(walk, picture.file, top=picture.top)
    context.close()


def new_context(browser: Browser, *, width: int, colours: Colours) -> BrowserContext:
    return browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=colours,
        timezone_id="America/Denver",
        locale="en-US",
        reduced_motion="reduce",
    )


def shoot(walk: Walk, file: str, *, top: str = "") -> None:
    """Take the picture, scrolled to the first element with the words `top`."""
    page = walk.page
    if top:
        first = page.get_by_test_id("stMain").get_by_text(top).first
        first.evaluate("each => each.scrollIntoView()")
        page.get_by_test_id("stMain").evaluate("main => main.scrollBy(0, -110)")  # the header
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)  # tables are painted in frames of their own
    page.screenshot(path=FOLDER / f"{file}.png", animations="disabled")


def draw_the_eda_walk(browser: Browser, console: ConsoleProcess) -> None:
    """The college once more, from connected to signed off."""
    context = new_context(browser, width=1440, colours="light")
    walk = Walk(context.new_page(), console, account_id=LAKESIDE, org_key="lakeside")
    see_the_shape(walk)
    shoot(walk, "eda_1_shape")
    start_from_the_shape(walk)
    shoot(walk, "eda_2_suggested", top="Objects, in the order")
    read_phones(walk)
    map_country_values(walk)
    shoot(walk, "eda_3_values", top="Field of Contact")
    leave_the_rest_out(walk)
    dialog = ask_for_the_sign_off(walk)
    shoot(walk, "eda_4_sign_off")
    agree(walk, dialog)
    shoot(walk, "eda_5_signed")
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
