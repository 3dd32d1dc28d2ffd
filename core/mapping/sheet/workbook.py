"""The sign-off sheet as a workbook: a sheet for the facts and one for each section. Pure."""

from collections.abc import Iterator

from core.mapping.sheet.content import SignOffSheet
from core.spreadsheet import Sheet, to_xlsx

_MAX_NAME = 31  # of a sheet, as spreadsheets have it
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


def to_workbook(sheet: SignOffSheet) -> bytes:
    """Return the XLSX; every cell is a text that no spreadsheet runs."""
    return to_xlsx(_sheets(sheet))


def _sheets(sheet: SignOffSheet) -> Iterator[Sheet]:
    yield Sheet("Agreement", ("Field mapping", sheet.title), sheet.facts)
    for number, section in enumerate(sheet.sections, start=1):
        name = f"{number} {section.name.translate(_FORBIDDEN)}"[:_MAX_NAME].strip()
        yield Sheet(name, section.columns, section.lines)
