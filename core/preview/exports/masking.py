"""What is left of a preview's student values where a customer sees them: first letters. Pure."""

from dataclasses import replace

from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.reading.stored import RowView
from core.preview.references import referred_object

_MASK = "•"
# One letter, or the number of dots, would tell the whole answer.
_TELLING = frozenset({"true", "false", "yes", "no", "y", "n", "t", "f"})


def masked(value: str) -> str:
    """The first character and dots, for a screen that a customer sees; of a yes or no only dots."""
    if not value:
        return ""
    if value.strip().casefold() in _TELLING:
        return _MASK * 3
    return value[: len(value) > 1] + _MASK * max(1, min(len(value) - 1, 6))


def masked_reason(reason: str) -> str:
    """A reason quotes values of the org: nothing is left from the first quote on."""
    said, quote, _ = reason.partition("'")
    return f"{said}'{_MASK * 3}'" if quote else reason


def masked_row(row: RowView) -> RowView:
    """Return the record with ids, fields and reasons, and of each value its first character."""
    return replace(
        row,
        person=masked(row.person),
        reason=masked_reason(row.reason),
        candidates=tuple(replace(each, name=masked(each.name)) for each in row.candidates),
        cells=tuple(map(_masked_cell, row.cells)),
        payload={name: _masked_value(value) for name, value in row.payload.items()},
    )


def _masked_cell(cell: CellPlan) -> CellPlan:
    return replace(
        cell,
        source_text=None if cell.source_text is None else masked(cell.source_text),
        value=_masked_value(cell.value),
        current=_masked_value(cell.current),
        sent_value=_masked_value(cell.sent_value),
        reason=masked_reason(cell.reason),
        note="",  # it may repeat the value without quotes
    )


def _masked_value(value: JsonValue) -> JsonValue:
    return value if value is None or referred_object(value) else masked(str(value))
