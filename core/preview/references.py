"""How a planned record names one that does not exist yet: as composite refers to its parts. Pure.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
"""

import re

from core.mapping.model import FieldRow, JsonValue, ObjectMapping, SourceKind

# The row comes first: what is compared of an id, 15 characters, tells two rows apart.
_REFERENCE = re.compile(r"@\{(?:row(\d+)\.)?(\w+)\.id\}")


def reference_to(object_id: str, row_number: int = 0) -> str:
    """Return what stands for the id that the push will get for this object's new record.

    `row_number` names the inquiry that makes it, where it is not the one that refers to it.
    """
    row = f"row{row_number}." if row_number else ""
    return f"@{{{row}{object_id}.id}}"


def referred_object(value: JsonValue) -> str:
    """Return the object_id that a reference names; empty for every other value."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return found[2] if found else ""


def referred_row(value: JsonValue) -> int:
    """Return the row of the other inquiry that a reference names; 0 for its own or no reference."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return int(found[1] or 0) if found else 0


def reference_words(value: JsonValue) -> str:
    """Return what a reference stands for, in words; empty for every other value."""
    if not (named := referred_object(value)):
        return ""
    row_number = referred_row(value)
    return f"(id of the new {named}{f' of row {row_number}' if row_number else ''})"


def parents_of(draft: ObjectMapping) -> tuple[str, ...]:
    """Return the object_ids whose records this object's records point at."""
    named = (row.source.text for row in _parent_rows(draft))
    return tuple(dict.fromkeys(named))


def parent_fields(draft: ObjectMapping) -> frozenset[str]:
    """Return the folded API names of the fields that take a parent's id.

    Only there is a text like a reference one: an inquirer may type the same into any other field.
    """
    return frozenset(row.field_name.casefold() for row in _parent_rows(draft))


def _parent_rows(draft: ObjectMapping) -> list[FieldRow]:
    return [row for row in draft.rows if row.field_name and row.source.kind is SourceKind.PARENT]
