"""The rest of a row: a second target, a note for the sign-off sheet, and taking the row off."""

from dataclasses import replace

import streamlit as st

from core.mapping.editing.rows import add_extra, with_row
from core.mapping.model import FieldRow, ObjectMapping, SourceKind
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_object, alter_row, drop_row
from core.ui.mapping.lines import Line
from core.ui.place import Place


def draw_also(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """Send the same source to one more field."""
    if row.source.kind is not SourceKind.FIELD:
        return
    used = {each.field_name for each in desk.draft.rows}
    labels = {
        field.name: f"{field.label} · {field.name}"
        for field in desk.describe.fields
        if field.is_writable and field.name not in used
    }
    key = f"mapping.also.{desk.scope}{row.row_id}"
    st.session_state[key] = None
    st.selectbox(
        "Also send to another field",
        sorted(labels, key=lambda name: labels[name].casefold()),
        index=None,
        format_func=labels.__getitem__,
        placeholder="Choose one more Salesforce field",
        key=key,
        on_change=lambda: _add_target(place, desk, row, st.session_state[key]),
    )


def _add_target(place: Place, desk: MappingDesk, row: FieldRow, field_name: str | None) -> None:
    if field_name:
        alter_object(place, desk, lambda live: _with_copy(live, row, field_name))


def _with_copy(live: ObjectMapping, row: FieldRow, field_name: str) -> ObjectMapping:
    """A second target with the same steps; a value map speaks of the first field's own values."""
    added = add_extra(live, row.source, field_name)
    copy = replace(added.rows[-1], transforms=row.transforms, null_rule=row.null_rule)
    return with_row(added, replace(copy, null_text=row.null_text, note=row.note))


def draw_note(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    key = f"mapping.note.{desk.scope}{row.row_id}"
    st.session_state[key] = row.note
    st.text_area(
        "Note, also on the sign-off sheet",
        key=key,
        height=80,
        on_change=lambda: alter_row(
            place, desk, row, lambda live: replace(live, note=st.session_state[key].strip())
        ),
    )


def draw_remove(place: Place, desk: MappingDesk, line: Line, row: FieldRow) -> None:
    words = "Take this field's target off" if line.row_is_own else "Remove this row"
    st.button(
        words,
        key=f"mapping.remove.{desk.scope}{row.row_id}",
        icon=":material/delete:",
        on_click=drop_row,
        args=(place, desk, row),
    )
