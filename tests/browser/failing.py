"""Five ways in which a connection fails, each brought about by name and looked at on Connect."""

from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from tests.browser.walk import Walk


@dataclass(frozen=True, slots=True)
class Failing:
    """`failure` is a name of the demo org's own; `act` leads to where `sentence` is read."""

    picture: str
    failure: str
    act: Callable[[Walk], None]
    sentence: str


def bring_about(walk: Walk, failing: Failing) -> None:
    """Let the org fail in this way alone, and walk to where that is read."""
    faults = f"{walk.console.demo_org_url}/demo/faults"
    httpx2.delete(faults).raise_for_status()
    httpx2.post(faults, json={"failure": failing.failure}).raise_for_status()
    failing.act(walk)
    walk.text(failing.sentence).first.wait_for()
    walk.settle()
    httpx2.delete(faults).raise_for_status()


def sign_in(walk: Walk) -> None:
    walk.sign_in("Allow")


def check(walk: Walk) -> None:
    walk.open("connect")
    walk.press("Check the connection")


def paste_the_page(walk: Walk) -> None:
    """What a person does whom Salesforce does not send back: copy its page into the help box."""
    walk.open("connect")
    walk.page.get_by_test_id("sign-in").click()
    walk.page.get_by_role("heading", name="OAuth Error").wait_for()
    shown = walk.page.inner_text("body")
    walk.open("connect")
    walk.text("Salesforce showed me an error").click()
    box = walk.page.get_by_label("Or paste what the page says")
    box.fill(shown)
    box.press("Control+Enter")
    walk.settle()


FAILINGS = (
    Failing("failure_page", "page_blocked", paste_the_page, "An admin of the org blocks this app"),
    Failing(
        "failure_sign_in",
        "sign_in_not_approved",
        sign_in,
        "The integration user is not assigned to the app.",
    ),
    Failing(
        "failure_renewal",
        "ip_restricted",
        check,
        "IP ranges and login hours: Salesforce refused our address or the hour of the call.",
    ),
    Failing(
        "failure_call",
        "limit_used_up",
        check,
        "API calls and storage left: The org's API allowance is used up",
    ),
    Failing("failure_unknown", "unknown_code", check, "API enabled: Salesforce refused a call."),
)
