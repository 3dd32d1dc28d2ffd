"""What happens to one field of one record: send, clear or leave alone, with the reason in words.

Nothing is ever cleared unless the rule is ALWAYS and the source sent a blank. An opt-out is never
taken back, unless the rule asks for a newer consent and has one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from core.mapping.apply import AppliedCell
from core.mapping.coercion.coerce import render
from core.mapping.coercion.compare import is_blank, is_same
from core.mapping.coercion.moments import parse_moment
from core.mapping.coercion.texts import check_length
from core.mapping.describe import FieldDescribe
from core.mapping.model import FieldRow, JsonValue, WriteRule
from core.mapping.problems import Problem, ProblemKind
from core.mapping.value_maps import SEPARATOR, split_values

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
    """`value` is what would be sent; None for every action but SEND. Problems hold the record."""

    action: Action
    reason: str
    value: JsonValue = None
    problems: tuple[Problem, ...] = ()

    @property
    def will_send(self) -> bool:
        return self.action in (Action.SEND, Action.CLEAR)


@dataclass(frozen=True, slots=True)
class NewerFacts:
    """For ONLY_IF_NEWER: what the inquiry says of its time, and what the record holds."""

    source_text: str = ""
    held: JsonValue = None

    @property
    def is_newer(self) -> bool:
        """False where the inquiry's time cannot be read; a record without a time is older."""
        ours = parse_moment(self.source_text)
        theirs = parse_moment(str(self.held)) if not is_blank(self.held) else None
        if ours is None or ours.tzinfo is None:
            return False
        return is_blank(self.held) or (
            theirs is not None and theirs.tzinfo is not None and ours > theirs
        )


_NO_FACTS = NewerFacts()
# Types to which text can be added; a multi-select picklist gets further values.
APPENDABLE_TYPES = frozenset({"string", "textarea", "multipicklist"})


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
    newer: NewerFacts = _NO_FACTS,
) -> Decision:
    """Return what the push would do with one field; `current` is ignored on a create."""
    if cell.is_blocked or field is None:
        reason = next((p.message for p in cell.problems if p.blocks), "the field is not visible")
        return Decision(Action.SKIP, f"not sent: {reason}")
    if cell.is_absent:
        return Decision(Action.SKIP, "not sent: Halda has no answer")
    if is_create:
        return _decide_create(cell, field)
    return _decide_update(cell, row, field, current, newer)


def _decide_create(cell: AppliedCell, field: FieldDescribe) -> Decision:
    if cell.value is None:
        return Decision(Action.SKIP, "not sent: blank")
    if not field.createable:
        return Decision(Action.SKIP, "not sent: cannot be set on a new record")
    return Decision(Action.SEND, "new record", cell.value)


def _decide_update(
    cell: AppliedCell,
    row: FieldRow,
    field: FieldDescribe,
    current: JsonValue,
    newer: NewerFacts,
) -> Decision:
    shown = _show(current, field)
    if cell.value is None:
        return _decide_blank(row, field, current)
    if is_same(cell.value, current, field):
        return Decision(Action.SAME, f"unchanged: Salesforce has {shown}")
    kept = _why_kept(cell, row, field, current) or _why_not_newer(row, field, current, newer)
    if kept:
        return Decision(Action.KEEP, f"kept: {kept}")
    if is_blank(current):
        return Decision(Action.SEND, "fills a blank field", cell.value)
    if row.write_rule is WriteRule.APPEND:
        return _decide_append(cell, field, current)
    return Decision(Action.SEND, f"replaces {shown}", cell.value)


def _why_kept(cell: AppliedCell, row: FieldRow, field: FieldDescribe, current: JsonValue) -> str:
    rule, is_filled = row.write_rule, not is_blank(current)
    reasons = (
        (not field.updateable, "cannot be changed later,"),
        (rule is WriteRule.CREATE_ONLY, "only on new records,"),
        (
            rule is WriteRule.IF_BLANK and field.type == "boolean",
            "only if blank, and a checkbox never is;",
        ),
        (rule is WriteRule.IF_BLANK and is_filled, "only if blank,"),
        (cell.is_fallback and is_filled, "the text for blanks replaces nothing,"),
        (
            rule is WriteRule.APPEND and is_filled and field.type not in APPENDABLE_TYPES,
            "nothing can be added to this type,",
        ),
    )
    reason = next((words for holds, words in reasons if holds), "")
    return f"{reason} Salesforce has {_show(current, field)}" if reason else ""


def _why_not_newer(
    row: FieldRow, field: FieldDescribe, current: JsonValue, newer: NewerFacts
) -> str:
    is_asked = row.write_rule is WriteRule.ONLY_IF_NEWER
    if is_asked and not newer.is_newer:
        return f"only if newer, and the inquiry is not; Salesforce has {_show(current, field)}"
    if is_protection(field) and current is True and not is_asked:
        return "an opt-out in Salesforce is never taken back"
    return ""


def _decide_append(cell: AppliedCell, field: FieldDescribe, current: JsonValue) -> Decision:
    """Add what is not there yet; too long a result holds the record, nothing is cut."""
    held, added = str(current), str(cell.value)
    closed: tuple[Problem, ...] = ()
    if field.type == "multipicklist":
        known = {part.casefold() for part in split_values(held)}
        extra = [part for part in split_values(added) if part.casefold() not in known]
        joined = SEPARATOR.join((*split_values(held), *extra))
        is_there = not extra
        closed = _why_closed(held, field)
    else:
        between = "\n" if field.type == "textarea" else "; "
        joined = f"{held}{between}{added}"
        bordered = f"{between}{held}{between}".replace("\r\n", "\n")
        is_there = f"{between}{added}{between}".casefold() in bordered.casefold()
    if is_there:
        return Decision(Action.SAME, "unchanged: Salesforce holds it already")
    problems = check_length(joined, field).problems + closed
    if problems:
        return Decision(Action.SKIP, f"not sent: {problems[0].message}", problems=problems)
    return Decision(Action.SEND, "adds to what Salesforce has", joined)


def _why_closed(held: str, field: FieldDescribe) -> tuple[Problem, ...]:
    """Added to, a list is sent whole, and a restricted field takes no value that was closed."""
    is_open = {each.value.casefold() for each in field.picklist_values if each.active}
    if not field.restricted_picklist or all(
        part.casefold() in is_open for part in split_values(held)
    ):
        return ()
    message = (
        f"Salesforce holds a value in {field.label} that is no longer one of its choices, and "
        "refuses a list that has it."
    )
    advice = (
        "Ask the university's admin to open the value again, or to take it off the record; or "
        "choose another write rule."
    )
    return (Problem(ProblemKind.INACTIVE_VALUE, message, advice),)


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
