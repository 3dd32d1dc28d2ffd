"""A preview's records as lines of a grid: old and new of a field in one cell. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.mapping.decide import Action
from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.plan import Outcome
from core.preview.reading.stored import InquiryView, RowView
from core.preview.references import reference_words

BLANK = "(blank)"
_KEPT = "kept: "
_END_OF_RULE = re.compile("[,;]")


@dataclass(frozen=True, slots=True)
class Column:
    """One mapped field of one object, by which its cells are found in every record."""

    object_id: str
    sobject_name: str
    field_name: str
    label: str


@dataclass(frozen=True, slots=True)
class GridLine:
    """One inquiry with what becomes of its fields; empty where nothing is to be said."""

    inquiry: InquiryView
    cells: Mapping[Column, str]


def grid_lines(
    inquiries: Sequence[InquiryView], *, only_changes: bool
) -> tuple[list[Column], list[GridLine]]:
    """Return the columns that say something, in the mapping's order, and the lines.

    With `only_changes` a field that stays as it is has an empty cell, and no column of its own.
    """
    lines = [GridLine(each, _cells(each, only_changes=only_changes)) for each in inquiries]
    told: dict[Column, bool] = {}
    for line in lines:
        for column, text in line.cells.items():
            told[column] = told.get(column, False) or bool(text)
    return [column for column, is_told in told.items() if is_told], lines


def _cells(inquiry: InquiryView, *, only_changes: bool) -> dict[Column, str]:
    return {
        Column(row.object_id, row.sobject_name, cell.field_name, cell.field_label): cell_words(
            row, cell, only_changes=only_changes
        )
        for row in inquiry.records
        for cell in row.cells
    }


def cell_words(row: RowView, cell: CellPlan, *, only_changes: bool = True) -> str:
    """Return the old and the new value, why the old one stays, or what is wrong with the new one.

    `+ MBA` is on a new record; a held record says only what is wrong.
    """
    blocking = [problem for problem in cell.problems if problem.blocks]
    if row.outcome is Outcome.HELD:
        return "; ".join(f"✗ {problem.message}" for problem in blocking)
    if cell.will_send:
        sent = value_text(cell.sent_value) or BLANK
        if row.outcome is Outcome.CREATE:
            return f"+ {sent}"
        return f"{value_text(cell.current) or BLANK} → {sent}"
    if cell.action is Action.KEEP:
        return f"{value_text(cell.current) or BLANK} kept: {kept_rule(cell.reason)}"
    return "" if only_changes else value_text(cell.current)


def kept_rule(reason: str) -> str:
    """The rule alone, as in `only if blank`, without the value that it keeps."""
    return _END_OF_RULE.split(reason.removeprefix(_KEPT), maxsplit=1)[0]


def value_text(value: JsonValue) -> str:
    """A value as text, blank for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if words := reference_words(value):
        return words
    return str(value)


def first_problem(records: Sequence[RowView]) -> str:
    """What a reader has to know first: why a record is held, else the first warning of a value."""
    held = next((row for row in records if row.outcome is Outcome.HELD), None)
    if held is not None:
        return held.reason
    warned = (
        f"{cell.field_label}: {problem.message}"
        for row in records
        for cell in row.cells
        for problem in cell.problems
    )
    return next(warned, "")
