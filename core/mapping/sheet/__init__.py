"""The sign-off sheet: what the university agrees to, as a page to print and as a workbook. Pure."""

from core.mapping.sheet.build import build_sheet
from core.mapping.sheet.content import SampleCell, SheetFacts, SheetSection, SignOffSheet
from core.mapping.sheet.page import to_html
from core.mapping.sheet.permissions import Permission, permissions_to_grant
from core.mapping.sheet.workbook import to_workbook

__all__ = [
    "Permission",
    "SampleCell",
    "SheetFacts",
    "SheetSection",
    "SignOffSheet",
    "build_sheet",
    "permissions_to_grant",
    "to_html",
    "to_workbook",
]
