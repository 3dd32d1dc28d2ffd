"""What happens to one field of one record: send, clear or leave alone, with the reason in words.

Nothing is ever cleared unless the rule is ALWAYS and the source sent a blank.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.mapping.apply import AppliedCell
from core.mapping.coerce import render
from core.mapping.compare import is_blank, is_same
from core.mapping.describe import FieldDescribe
from core.mapping.model import FieldRow, JsonValue, WriteRule

_SHOWN = 60  # characters of a current value that a reason repeats
_PROTECTION = re.compile(
    r"HasOptedOutOf|DoNotCall|Do_?Not_?(Contact|Call|Text|Mail)|Opt(ed)?_?Out|Unsubscribed",
    re.IGNORECASE,
)


class Action(StrEnum):
    """`SEND` and `CLEAR` change the org; the others leave the field alone."""

    SEND = "send"
    CLEAR = "clear"  # send null
    KEEP = "keep"  # a rule keeps what the org holds
    SAME = "same"  # the org already holds it
    SKIP = "skip"  # the source gives nothing to send


@dataclass(frozen=True, slots=True)
class Decision:
    """`value` is what would be sent; None for every action but SEND."""

    action: Action
    reason: str
    value: JsonValue = None

    @property
    def will_send(self) -> bool:
        return self.action in (Action.SEND, Action.CLEAR)


def is_protection(field: FieldDescribe) -> bool:
    """Tell whether a set checkbox protects somebody from being contacted."""
    return field.type == "boolean" and bool(
        _PROTECTION.search(field.name) or _PROTECTION.search(field.label.replace(" ", "_"))
    )


def decide(
    cell: AppliedCell,
    row: FieldRow,
    field: FieldDescribe | None,
    current: JsonValue,
    *,
    is_create: bool,
) -> Decision:
    """Return what the push would do with one field; `current` is ignored on a create."""
    if cell.is_blocked or field is None:
        reason = next((p.message for p in cell.problems if p.blocks), "the field is not visible")
        return Decision(Action.SKIP, f"not sent: {reason}")
    if cell.is_absent:
        return Decision(Action.SKIP, "not sent: Halda has no answer")
    if is_create:
        return _decide_create(cell, field)
    return _decide_update(cell, row, field, current)


def _decide_create(cell: AppliedCell, field: FieldDescribe) -> Decision:
    if cell.value is None:
        return Decision(Action.SKIP, "not sent: blank")
    if not field.createable:
        return Decision(Action.SKIP, "not sent: cannot be set on a new record")
    return Decision(Action.SEND, "new record", cell.value)


def _decide_update(
    cell: AppliedCell, row: FieldRow, field: FieldDescribe, current: JsonValue
) -> Decision:
    shown = _show(current, field)
    if cell.value is None:
        return _decide_blank(row, field, current)
    if is_same(cell.value, current, field):
        return Decision(Action.SAME, f"unchanged: Salesforce has {shown}")
    kept = _why_kept(row, field, current)
    if kept:
        return Decision(Action.KEEP, f"kept: {kept}")
    reason = "fills a blank field" if is_blank(current) else f"replaces {shown}"
    return Decision(Action.SEND, reason, cell.value)


def _why_kept(row: FieldRow, field: FieldDescribe, current: JsonValue) -> str:
    shown = _show(current, field)
    if not field.updateable:
        return f"cannot be changed later, Salesforce has {shown}"
    if row.write_rule is WriteRule.CREATE_ONLY:
        return f"only on new records, Salesforce has {shown}"
    if row.write_rule is WriteRule.IF_BLANK and field.type == "boolean":
        return f"only if blank, and a checkbox never is; Salesforce has {shown}"
    if row.write_rule is WriteRule.IF_BLANK and not is_blank(current):
        return f"only if blank, Salesforce has {shown}"
    if is_protection(field) and current is True:
        return "an opt-out in Salesforce is never taken back"
    return ""


def _decide_blank(row: FieldRow, field: FieldDescribe, current: JsonValue) -> Decision:
    shown = _show(current, field)
    if is_blank(current):
        return Decision(Action.SAME, "unchanged: blank on both sides")
    if row.write_rule is not WriteRule.ALWAYS:
        return Decision(Action.KEEP, f"kept: a blank never clears, Salesforce has {shown}")
    if not field.updateable:
        return Decision(Action.KEEP, f"kept: cannot be changed later, Salesforce has {shown}")
    if not field.nillable:
        return Decision(Action.KEEP, f"kept: required in Salesforce, which has {shown}")
    return Decision(Action.CLEAR, f"clears {shown}: blank in Halda and the rule is always")


def _show(current: JsonValue, field: FieldDescribe) -> str:
    if is_blank(current):
        return "nothing"
    text = " ".join(render(current, field).split())
    short = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return f"'{short}'"
