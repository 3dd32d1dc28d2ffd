"""An admin previews 2,000 inquiries on the EDA org, opens a record and hands the report over."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.halda.sample import sample_records
from tests.browser.traffic import watch
from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
INQUIRIES = 2_000


def inquiries() -> bytes:
    """The sample's people, who are partly in the org, and as many new ones as it takes."""
    known = [dict(each.values) for each in sample_records()]
    names = list(dict.fromkeys(name for each in known for name in each))
    new = [
        {
            "lead.lead_profile_uid": f"clwalk{number:06d}",
            "lead.first_name": "Noa",
            "lead.last_name": f"Walker-{number}",
            "lead.email": f"noa{number}@walk.example",
            "lead.phone": f"+1 801 555 {number:04d}",
            "interest.term": "Fall 2027",
        }
        for number in range(INQUIRIES - len(known))
    ]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows([*known, *new])
    return text.getvalue().encode()


def test_two_thousand_inquiries_are_previewed_read_and_handed_over(
    page: Page, running_console: ConsoleProcess, tmp_path: Path
) -> None:
    walk, traffic = (
        Walk(page, running_console, account_id=LAKESIDE, org_key="lakeside"),
        watch(page),
    )
    records = walk.records_hash()
    walk.open("preview")

    page.get_by_text("Load inquiries").click()
    upload = {"name": "spring.csv", "mimeType": "text/csv", "buffer": inquiries()}
    page.locator("input[type=file]").set_input_files(upload)  # type: ignore[arg-type]  # a mapping
    walk.press("Load this file")
    walk.press(re.compile(f"Preview {INQUIRIES:,} inquiries"))

    expect(walk.text(f"1–100 of {INQUIRIES:,} inquiries")).to_be_visible(timeout=60_000)
    walk.settle()

    page.get_by_label("Search person, reason or id").fill("Walker-1777")
    expect(walk.text("1–1 of 1 inquiries")).to_be_visible()
    expect(walk.text(re.compile(r"^Inquiry \d+ · Noa Walker-1777$"))).to_be_visible()
    expect(walk.cell("new record")).to_be_attached()

    page.get_by_test_id("stPopoverButton").filter(has_text="Download").click()
    with page.expect_download() as told:
        walk.press("Report to print or hand over")
    report = tmp_path / "report.html"
    told.value.save_as(report)

    text = report.read_text(encoding="utf-8")
    assert "Noa Walker-1777" in text
    assert "<script" not in text
    assert walk.records_hash() == records
    assert {call["kind"] for call in walk.org_log() if "/services/data" in call["path"]} == {"read"}
    assert traffic.foreign == []
    assert traffic.failures == []
