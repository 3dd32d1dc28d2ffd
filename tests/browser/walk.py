"""A specialist's hands: the steps of the guide, done in a real browser as a person does them."""

import json
import re
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.console_process import ConsoleProcess

PALMER = "cl9x0a1b2000008l4h3z7d9qk"
LAKESIDE = "cl9x0a1b2000108l4lak3s1d3"
PASSWORD = "demo-password-1"  # printed on the demo org's own page


@dataclass(frozen=True, slots=True)
class AppKeys:
    consumer_key: str
    consumer_secret: str


@dataclass(frozen=True, slots=True)
class Walk:
    """One browser tab on one console, at one university's demo org."""

    page: Page
    console: ConsoleProcess
    account_id: str = PALMER
    org_key: str = "palmer"

    @property
    def integration_user(self) -> str:
        return f"integration@{self.org_key}.demo"

    def open(self, name: str) -> None:
        """Open a page by its address and wait until it is drawn."""
        path = "" if name == "status" else name  # the default page has no address of its own
        query = f"?account_id={self.account_id}&environment=demo"
        self.page.goto(f"{self.console.url}/{path}{query}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.settle()

    def settle(self) -> None:
        """Wait until the page's script has come to its end and everything is drawn."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(
            state="visible"
        )
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)

    def cell(self, words: str | re.Pattern[str]) -> Locator:
        """Cells of any table; a painted one has a plain twin for screen readers in the page."""
        return self.page.locator("table td").filter(has_text=words).first

    def tick_all_steps(self) -> None:
        """Tick every open step on App in Salesforce or Credentials."""
        progress = self.text(re.compile(r"^0 of \d+ steps done$"))
        total = int(progress.inner_text().split()[2])
        ticks = self.page.get_by_test_id("stMain").get_by_test_id("stCheckbox")
        expect(ticks).to_have_count(total)
        for position in range(total):
            ticks.nth(position).locator("label").click()
            expect(self.text(f"{position + 1} of {total} steps done")).to_be_visible()

    def text(self, words: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_test_id("stMain").get_by_text(words)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).click()

    def choose(self, label: str, option: str) -> None:
        """Choose in a select box as with the keyboard: type, then take what is offered."""
        box = self.page.get_by_role("combobox", name=re.compile(re.escape(label)))
        box.click()
        box.fill(option)
        offered = self.page.get_by_role("option", name=re.compile(re.escape(option)))
        expect(offered).not_to_have_count(0)
        box.press("Enter")
        self.settle()

    def read_app_keys(self) -> AppKeys:
        """Read key and secret where the university's admin reads them: in the org's own pages."""
        self.page.goto(f"{self.console.demo_org_url}/setup/{self.org_key}/apps")
        self.page.get_by_role("link", name="HaldaAPI").click()
        self.page.get_by_role("link", name="Consumer Key and Secret").click()
        rows = self.page.get_by_role("row")
        values = {
            name: rows.filter(has_text=name).locator("code").inner_text()
            for name in ("Consumer Key", "Consumer Secret")
        }
        return AppKeys(values["Consumer Key"], values["Consumer Secret"])

    def save_credentials(self, keys: AppKeys) -> None:
        self.open("credentials")
        for label, value in (
            ("Consumer Key", keys.consumer_key),
            ("Integration user (username)", self.integration_user),
            ("Consumer Secret", keys.consumer_secret),
        ):
            self.page.get_by_label(label, exact=True).fill(value)
        self.press("Save credentials")
        expect(self.text("Consumer Key and Secret are set.")).to_be_visible()

    def sign_in(self, decision: str = "Allow") -> None:
        """From Connect to Salesforce's page and back again."""
        self.open("connect")
        self.page.get_by_test_id("sign-in").click()
        self.page.get_by_label("Username").fill(self.integration_user)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Log In")
        self.press(decision)
        expect(self.page.get_by_role("heading", name="Connect", exact=True)).to_be_visible()
        self.settle()

    def org_log(self) -> list[dict[str, str]]:
        """What the org was asked, by its own record."""
        address = f"{self.console.demo_org_url}/demo/log?org={self.org_key}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            calls: list[dict[str, str]] = json.load(answer)["calls"]
        return calls

    def records_hash(self) -> str:
        address = f"{self.console.demo_org_url}/demo/records/hash?org={self.org_key}"
        with urllib.request.urlopen(address, timeout=10) as answer:
            return str(json.load(answer)["hash"])
