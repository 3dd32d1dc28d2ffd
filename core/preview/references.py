"""How a planned record names one that does not exist yet: composite's own references. Pure.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
"""

import re

from core.mapping.model import FieldRow, JsonValue, ObjectMapping, SourceKind

_REFERENCE = re.compile(r"@\{(\w+)\.id\}")


def reference_to(object_id: str) -> str:
    """Return what stands for the id that the push will get for this object's new record."""
    return f"@{{{object_id}.id}}"


def referred_object(value: JsonValue) -> str:
    """Return the object_id that a reference names; empty for every other value."""
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return found[1] if found else ""


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
