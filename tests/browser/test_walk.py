"""The whole guide in a real browser, with a restart in the middle: from Status to the preview."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlmodel import select

from core.connect.tokens import load_refresh_token, load_usable_token
from core.console import open_console
from core.settings import Settings
from core.store.tables import Connection
from tests.browser.traffic import Traffic, watch
from tests.browser.walk import PALMER, AppKeys, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CALLBACK = f"/accounts/{PALMER}/settings/integrations/salesforce/callback"


def test_a_newcomer_walks_the_guide_and_the_org_sees_reads_only(
    page: Page, running_console: ConsoleProcess
) -> None:
    walk, traffic = Walk(page, running_console), watch(page)
    hash_before = walk.records_hash()

    see_both_universities(walk)
    set_up_the_app(walk)
    keys = walk.read_app_keys()
    walk.save_credentials(keys)
    walk.sign_in()
    see_the_org(walk)
    see_no_secret_on_the_wire(walk, traffic, keys)
    restart(walk)
    see_the_org(walk)
    browse_lead(walk)
    map_and_save(walk)
    preview_the_sample(walk)

    assert {call["kind"] for call in walk.org_log()} == {"read", "auth"}
    assert walk.records_hash() == hash_before
    assert traffic.foreign == []
    assert traffic.failures == []
    assert traffic.complaints == []


def see_both_universities(walk: Walk) -> None:
    walk.open("status")
    for name in ("Palmer State University", "Lakeside College"):
        expect(walk.cell(name)).to_be_attached()


def set_up_the_app(walk: Walk) -> None:
    walk.open("app_setup")
    for value in ("HaldaAPI", f"{walk.console.url}{CALLBACK}"):
        expect(walk.page.get_by_test_id("stCode").filter(has_text=value).first).to_be_visible()
    walk.tick_all_steps()
    walk.press("Skip the wait (demo)")
    expect(walk.text("The wait was skipped.")).to_be_visible()


def see_the_org(walk: Walk) -> None:
    walk.open("connect")
    for fact in ("Palmer State University", "integration@palmer.demo", "refresh_token", "Demo org"):
        expect(walk.cell(fact)).to_be_attached()
    expect(walk.page).not_to_have_url(re.compile("code=|state="))


def see_no_secret_on_the_wire(walk: Walk, traffic: Traffic, keys: AppKeys) -> None:
    secrets = [keys.consumer_secret, *sign_in_secrets(traffic), *stored_tokens(walk)]

    assert traffic.was_sent_to_the_page("integration@palmer.demo")  # the canary can sing
    assert len(secrets) == 5
    assert [secret for secret in secrets if traffic.was_sent_to_the_page(secret)] == []


def sign_in_secrets(traffic: Traffic) -> list[str]:
    """The code and the state, which the browser alone carried back."""
    callback = next(address for address in traffic.addresses if CALLBACK + "?" in address)
    return re.findall(r"(?:code|state)=([^&]+)", callback)


def stored_tokens(walk: Walk) -> list[str]:
    console = open_console(
        Settings.from_environ(
            {
                "HALDA_CONSOLE_HOME": str(walk.console.home),
                "HALDA_CONSOLE_DEMO_ORG_PORT": str(walk.console.demo_org_port),
            }
        )
    )
    with console.store.read() as session:
        row = session.exec(select(Connection).where(Connection.account_id == PALMER)).one()
        access_token = load_usable_token(console.connect, session, row).access_token
        refresh_token = load_refresh_token(console.connect, session, row)
    console.close()
    assert refresh_token is not None
    return [access_token.reveal(), refresh_token.reveal()]


def restart(walk: Walk) -> None:
    walk.page.goto("about:blank")  # an open tab would complain about the server's absence
    walk.console.stop()
    walk.console.start()
    walk.open("app_setup")
    expect(walk.text(re.compile(r"^(\d+) of \1 steps done$"))).to_be_visible()


def browse_lead(walk: Walk) -> None:
    walk.open("objects_and_fields")
    walk.page.get_by_label("Search objects by label or API name").fill("Lead")
    expect(walk.text("Lead · Lead")).to_be_visible()
    for field_name in ("LastName", "Halda_ID__c"):
        walk.settle()
        expect(walk.page.get_by_label("Search fields")).to_have_count(1)
        walk.page.get_by_label("Search fields").fill(field_name)
        expect(walk.cell(re.compile(f"^{field_name}$"))).to_be_attached()


def map_and_save(walk: Walk) -> None:
    walk.open("field_mapping")
    walk.press("Start the mapping")
    expect(walk.text(re.compile(r"values mapped; .* 0 block"))).to_be_visible()
    # until the run ends the page holds the widgets of before and of after
    walk.settle()
    expect(walk.page.get_by_label("Search Halda fields")).to_have_count(1)
    walk.page.get_by_label("Search Halda fields").fill("Birth date")
    expect(walk.page.get_by_role("heading", name="Birth date")).to_be_visible()
    walk.settle()
    walk.choose("Field of Lead", "Description")
    walk.press(re.compile("Save version"))
    expect(walk.text(re.compile("Saved: v1 "))).to_be_visible()
    expect(walk.cell(re.compile("^Description ·"))).to_be_attached()


def preview_the_sample(walk: Walk) -> None:
    walk.open("preview")
    walk.press(re.compile(r"Preview \d+ inquiries with mapping v1"))
    for outcome in ("Create", "Update", "Unchanged", "Held"):
        badge = walk.page.get_by_test_id("stMain").get_by_text(re.compile(rf"{outcome} [\d,]+$"))
        expect(badge).to_be_visible()
    walk.page.get_by_role("radio", name="Held").click()
    expect(walk.cell(re.compile("^Held$"))).to_be_attached()
    walk.choose("Inquiry (the same list", "J. Smith")
    expect(walk.text("Inquiry 3 · J. Smith")).to_be_visible()
    expect(walk.cell("finds 2 records")).to_be_attached()
