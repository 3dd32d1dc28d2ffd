"""Edits of a draft, each returning a new one. A row keeps its id over every edit. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.copying import move_object
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    Operation,
    RowSource,
    SourceKind,
    WriteRule,
)

FIELD_PREFIX, EXTRA_PREFIX = "field:", "extra:"


def field_row_id(source_key: str) -> str:
    """The id of the row that a Halda field has."""
    return FIELD_PREFIX + source_key


def with_object(draft: MappingDraft, changed: ObjectMapping) -> MappingDraft:
    """Put an object in the place of the one of its id, or add it as the last."""
    if draft.object(changed.object_id) is None:
        return replace(draft, objects=(*draft.objects, changed))
    return replace(
        draft,
        objects=tuple(
            changed if each.object_id == changed.object_id else each for each in draft.objects
        ),
    )


def find_row(draft: ObjectMapping, row_id: str) -> FieldRow | None:
    return next((row for row in draft.rows if row.row_id == row_id), None)


def row_for_field(draft: ObjectMapping, source_key: str) -> FieldRow:
    """The row of a Halda field; an unmapped one where the draft has none."""
    row_id = field_row_id(source_key)
    return find_row(draft, row_id) or FieldRow(
        row_id=row_id, source=RowSource(kind=SourceKind.FIELD, text=source_key)
    )


def with_row(draft: ObjectMapping, row: FieldRow) -> ObjectMapping:
    """Replace the row of the same id, or add it at the end; an unmapped field row is dropped."""
    if not row.field_name and row.row_id.startswith(FIELD_PREFIX):
        return without_row(draft, row.row_id)
    if find_row(draft, row.row_id) is None:
        return replace(draft, rows=(*draft.rows, row))
    rows = tuple(row if each.row_id == row.row_id else each for each in draft.rows)
    return replace(draft, rows=rows)


def without_row(draft: ObjectMapping, row_id: str) -> ObjectMapping:
    return replace(draft, rows=tuple(row for row in draft.rows if row.row_id != row_id))


def map_field(
    draft: ObjectMapping,
    source_key: str,
    field_name: str,
    write_rule: WriteRule | None = None,
) -> ObjectMapping:
    """Send a Halda field to a target; an empty name takes it off."""
    row = row_for_field(draft, source_key)
    changed = replace(row, field_name=field_name, write_rule=write_rule or row.write_rule)
    return with_row(draft, changed)


def add_extra(draft: ObjectMapping, source: RowSource, field_name: str) -> ObjectMapping:
    """Add a constant or template row for a target."""
    used = {row.row_id for row in draft.rows}
    number = next(n for n in range(1, len(used) + 2) if f"{EXTRA_PREFIX}{n}" not in used)
    row = FieldRow(row_id=f"{EXTRA_PREFIX}{number}", source=source, field_name=field_name)
    return with_row(draft, row)


def with_match_keys(draft: ObjectMapping, keys: Sequence[MatchKey]) -> ObjectMapping:
    return replace(draft, match_keys=tuple(key for key in keys if key.field_names))


def with_operation(draft: ObjectMapping, operation: Operation) -> ObjectMapping:
    return replace(draft, operation=operation)


def move_to_object(
    draft: ObjectMapping, describe: SobjectDescribe
) -> tuple[ObjectMapping, tuple[FieldRow, ...]]:
    """The object mapping for another object, and the rows lost; `copying.move_object` says why."""
    moved = move_object(MappingDraft(objects=(draft,)), draft.object_id, describe).draft.person
    kept = {row.row_id for row in moved.rows}
    return moved, tuple(row for row in draft.rows if row.row_id not in kept)
