"""Edits of a mapping's objects: add, reorder, remove. Each returns a new draft. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from core.mapping.model import (
    PERSON_OBJECT_ID,
    FieldRow,
    FormOverride,
    MappingDraft,
    ObjectMapping,
    SourceKind,
)


def new_object_id(draft: MappingDraft, sobject_name: str) -> str:
    """Return a readable id that no object of the mapping has: `course_interest`, `term_2`."""
    used = {each.object_id for each in draft.objects}
    if not used:
        return PERSON_OBJECT_ID
    bare = re.sub(r"^[A-Za-z0-9]+__(?=.+__c$)|__c$", "", sobject_name)
    name = re.sub(r"[^a-z0-9]+", "_", bare.casefold()).strip("_") or "object"
    numbered = (f"{name}_{number}" for number in range(2, len(used) + 3))
    return next(each for each in (name, *numbered) if each not in used)


def add_object(
    draft: MappingDraft, added: ObjectMapping, *, after: str | None = None
) -> MappingDraft:
    """Put an object behind the one named, or at the end."""
    objects = list(draft.objects)
    position = next(
        (place + 1 for place, each in enumerate(objects) if each.object_id == after), len(objects)
    )
    objects.insert(position, added)
    return replace(draft, objects=tuple(objects))


def move_object(draft: MappingDraft, object_id: str, by: int) -> MappingDraft:
    """Move an object up (-1) or down (1); beyond either end nothing happens."""
    objects = list(draft.objects)
    here = next((n for n, each in enumerate(objects) if each.object_id == object_id), None)
    if here is None or not 0 <= here + by < len(objects):
        return draft
    objects[here], objects[here + by] = objects[here + by], objects[here]
    return replace(draft, objects=tuple(objects))


def remove_object(draft: MappingDraft, object_id: str) -> MappingDraft:
    """Take an object out, with what forms do otherwise in it and the rows that need its record.

    The last object stays.
    """
    kept = tuple(each for each in draft.objects if each.object_id != object_id)
    if not kept:
        return draft
    return replace(
        draft,
        objects=tuple(replace(each, rows=_without_parent(each.rows, object_id)) for each in kept),
        forms=tuple(_without_object(each, object_id) for each in draft.forms),
    )


def needing(draft: MappingDraft, object_id: str) -> tuple[tuple[ObjectMapping, FieldRow], ...]:
    """Return the rows of other objects that take the id of this object's record."""
    return tuple(
        (each, row)
        for each in draft.objects
        for row in each.rows
        if row.source.kind is SourceKind.PARENT and row.source.text == object_id
    )


def _without_parent(rows: Iterable[FieldRow], object_id: str) -> tuple[FieldRow, ...]:
    return tuple(
        row
        for row in rows
        if not (row.source.kind is SourceKind.PARENT and row.source.text == object_id)
    )


def _without_object(form: FormOverride, object_id: str) -> FormOverride:
    return replace(form, rows=tuple(each for each in form.rows if each.object_id != object_id))
