"""Edits of a mapping's objects: reorder and remove. Each returns a new draft. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from core.mapping.model import (
    FieldRow,
    FormOverride,
    MappingDraft,
    ObjectMapping,
    SourceKind,
)


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
