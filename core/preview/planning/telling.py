"""How an id came about, in words: its characters do not tell. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from core.mapping.apply import AppliedCell
from core.mapping.lookups import LookupAsk
from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.matching.matches import Match
from core.preview.matching.moved import Conversion
from core.preview.references import reference_words, referred_object, referred_row


def told_of_id(
    cell: AppliedCell, labels: Mapping[str, str], parent_fields: frozenset[str]
) -> AppliedCell:
    """Return the cell with a note on the related record; `labels` are the org's, by object."""
    if cell.ask:
        return _told_of_lookup(cell, cell.ask, labels.get(cell.ask.sobject_name, ""))
    if cell.field_name.casefold() not in parent_fields or cell.value is None:
        return cell
    return replace(cell, note=_note_of_id(cell.value))


def _told_of_lookup(cell: AppliedCell, ask: LookupAsk, label: str) -> AppliedCell:
    """In the org's own words: the object by its label, not by its API name."""
    label = label or ask.sobject_name
    if cell.value is not None:
        return replace(cell, note=f"{label} '{cell.text}' found by {ask.by_field}")
    problems = tuple(
        replace(each, message=each.message.replace(ask.sobject_name, label))
        for each in cell.problems
    )
    return replace(cell, problems=problems)


def _note_of_id(value: JsonValue) -> str:
    if row_number := referred_row(value):
        return f"the id that the new record of row {row_number} will get"
    is_new = bool(referred_object(value))
    return "the id that the new record will get" if is_new else "the id of the record found"


def told_of_lead(match: Match, conversion: Conversion | None) -> Match:
    """Return the match of a contact that was found by the lead that became it."""
    words = conversion.words if conversion else "converted"
    note = " ".join(filter(None, (f"The lead was {words} to this contact.", match.note)))
    return replace(match, matched_by="the lead that became it", note=note)


def without_reference(cell: CellPlan) -> CellPlan:
    """The reason in words: what an earlier row leaves may be a reference to what it makes."""
    words = reference_words(cell.current)
    if not words:
        return cell
    return replace(cell, reason=cell.reason.replace(f"'{cell.current}'", words))
