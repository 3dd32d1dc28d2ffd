"""The steps by which a specialist maps an EDA college on a call, from connected to live."""

import re
from pathlib import Path

from playwright.sync_api import Locator, expect
from sqlmodel import col, delete, select

from core.console import open_console
from core.settings import Settings
from core.store.tables import (
    Connection,
    MappingDraftRow,
    MappingRow,
    MappingSignOff,
    MappingVersion,
    PlanRow,
    PreviewRun,
)
from tests.browser.walk import LAKESIDE, Walk
from tests.console_process import ConsoleProcess


def forget_mapping(console: ConsoleProcess) -> None:
    """Leave the college as it is right after connecting."""
    here = open_console(
        Settings.from_environ(
            {
                "HALDA_CONSOLE_HOME": str(console.home),
                "HALDA_CONSOLE_DEMO_ORG_PORT": str(console.demo_org_port),
            }
        )
    )
    with here.store.write() as session:
        row = session.exec(select(Connection).where(Connection.account_id == LAKESIDE)).one()
        runs = select(PreviewRun.id).where(PreviewRun.connection_id == row.id)
        mappings = select(MappingRow.id).where(MappingRow.connection_id == row.id)
        session.execute(delete(PlanRow).where(col(PlanRow.preview_run_id).in_(runs)))
        session.execute(delete(PreviewRun).where(col(PreviewRun.connection_id) == row.id))
        versions = select(MappingVersion.id).where(col(MappingVersion.mapping_id).in_(mappings))
        signed = col(MappingSignOff.mapping_version_id).in_(versions)
        session.execute(delete(MappingSignOff).where(signed))
        session.execute(delete(MappingVersion).where(col(MappingVersion.mapping_id).in_(mappings)))
        session.execute(delete(MappingRow).where(col(MappingRow.connection_id) == row.id))
        session.execute(delete(MappingDraftRow).where(col(MappingDraftRow.connection_id) == row.id))
        row.state = "connected"
        session.add(row)
    here.close()


def see_the_shape(walk: Walk) -> None:
    walk.open("field_mapping")
    expect(walk.text("It looks like")).to_contain_text("Contact first")


def start_from_the_shape(walk: Walk) -> None:
    see_the_shape(walk)
    walk.press("Start the mapping")
    expect(walk.text(re.compile(r"\d+ of \d+ values mapped; .* block ·"))).to_be_visible()
    walk.settle()


def open_row(walk: Walk, title: str, group: str) -> None:
    walk.choose("Row", f"{title} · {group}")
    expect(walk.page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    walk.settle()


def open_section(walk: Walk, name: str) -> None:
    walk.page.get_by_role("radio", name=name, exact=True).click()
    walk.settle()


def read_phones(walk: Walk) -> None:
    open_row(walk, "Phone", "Person")
    walk.choose("Add a step", "Phone to E.164")
    expect(walk.text(re.compile("^1. Phone to E.164"))).to_be_visible()
    expect(walk.cell(re.compile(r"^\+18015550159$"))).to_be_attached()


def map_country_values(walk: Walk) -> None:
    open_row(walk, "Country", "Person")
    walk.choose("Field of Contact", "hed__Citizenship__c")
    open_section(walk, "Value map")
    walk.press(re.compile("^Start a value map with 2 pairs"))
    expect(walk.text(re.compile("^2 of 9 values mapped; 8 of 43 records affected"))).to_be_visible()
    walk.settle()
    walk.choose("A value that is not listed", "Leave blank")
    open_section(walk, "Try a value")
    walk.page.get_by_label("Try a value").fill("Canada")
    expect(walk.text("Would send")).to_be_visible()
    walk.settle()


def leave_the_rest_out(walk: Walk) -> None:
    walk.press(re.compile(r"^Not sent, because … \(\d+ open\)"))
    walk.choose("are not sent, because", "The university does not need it")
    walk.press("Mark as not sent")
    expect(walk.text(re.compile(r"· 0 open · 0 block"))).to_be_visible()
    walk.settle()


def ask_for_the_sign_off(walk: Walk) -> Locator:
    walk.press("Sign off …")
    dialog = walk.page.get_by_role("dialog")
    dialog.get_by_label("Who agreed, at the university").fill("Dana Reyes")
    dialog.get_by_label("Note").fill("On the call")
    return dialog


def sign_off(walk: Walk) -> None:
    agree(walk, ask_for_the_sign_off(walk))


def agree(walk: Walk, dialog: Locator) -> None:
    dialog.get_by_role("button", name="Sign off version 1").click()
    expect(walk.text("Signed off v1").first).to_be_visible()
    walk.settle()


def go_live(walk: Walk) -> None:
    walk.press("Go live …")
    walk.page.get_by_role("dialog").get_by_role("button", name="Mark version 1 as live").click()
    expect(walk.text("Live v1").first).to_be_visible()
    walk.settle()


def download_the_sheet(walk: Walk, folder: Path) -> None:
    walk.page.get_by_text("Files: sign-off sheet, mapping as YAML").click()
    for name, word in (("Page to print", b"Dana Reyes"), ("Workbook", b"PK")):
        with walk.page.expect_download() as told:
            walk.press(name)
        target = folder / told.value.suggested_filename
        told.value.save_as(target)
        assert word in target.read_bytes()
