"""The translation file of a value map: out to the university and back."""

from dataclasses import replace

import streamlit as st

from core.mapping.coercion.coerce import make_coercer
from core.mapping.files.translation import Translation, read_translation, write_translation
from core.mapping.model import FieldRow, ValueMap
from core.mapping.value_maps import ValueCount, fold_value
from core.ui.formats import count
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_row
from core.ui.place import Place

_MOST_PROBLEMS = 20


def draw_translation(
    place: Place, desk: MappingDesk, row: FieldRow, counts: tuple[ValueCount, ...]
) -> None:
    """Download the map with its open values as CSV; upload it filled in."""
    with st.expander("Translation file (CSV)", icon=":material/translate:", type="compact"):
        st.download_button(
            "Download",
            write_translation(row.value_map, counts),
            file_name=f"translation-{row.field_name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"mapping.translation.down.{desk.scope}{row.row_id}",
        )
        uploaded = st.file_uploader(
            "Filled in", key=f"mapping.translation.{desk.scope}{row.row_id}"
        )
        if uploaded is not None:
            _draw_upload(place, desk, row, uploaded.getvalue())


def _draw_upload(place: Place, desk: MappingDesk, row: FieldRow, content: bytes) -> None:
    read = read_translation(content)
    if read.problems:
        st.error("The file was not taken; the value map is as it was.", icon=":material/error:")
        for problem in read.problems[:_MOST_PROBLEMS]:
            st.text(problem.sentence)
        st.text("What to do: correct these lines and upload the file again.")
        return
    refused = _not_allowed(desk, row, read)
    if refused:
        st.error("The file was not taken; the value map is as it was.", icon=":material/error:")
        for source, target in refused[:_MOST_PROBLEMS]:
            st.text(f"{source}: {target} is not an allowed value of the Salesforce field.")
        st.text("What to do: correct these lines and upload the file again.")
        return
    told = f"{count(len(read.pairs), 'value')} with a decision"
    still = f", {count(len(read.open_values), 'line')} without" if read.open_values else ""
    st.text(told + still)
    if st.button("Take these pairs", key=f"mapping.translation.take.{desk.scope}{row.row_id}"):
        _take(place, desk, row, content)
        st.rerun()


def _take(place: Place, desk: MappingDesk, row: FieldRow, content: bytes) -> None:
    read = read_translation(content)

    def merge(live: FieldRow) -> FieldRow:
        return replace(live, value_map=merged(live.value_map, read))

    alter_row(place, desk, row, merge)


def merged(value_map: ValueMap | None, read: Translation) -> ValueMap:
    """Return the map with the file's pairs on top; what the file does not list stays as it is."""
    taken = read.apply_to(value_map)
    listed = {fold_value(source) for source, _ in read.pairs}
    kept = [
        pair for pair in (value_map.pairs if value_map else ()) if fold_value(pair[0]) not in listed
    ]
    return replace(taken, pairs=(*kept, *taken.pairs))


def _not_allowed(desk: MappingDesk, row: FieldRow, read: Translation) -> list[tuple[str, str]]:
    """The file's values that a restricted picklist would refuse."""
    field = desk.describe.field(row.field_name)
    if field is None or not field.restricted_picklist:
        return []
    coerce_one = make_coercer(field)
    return [
        (source, target)
        for source, target in read.pairs
        if target.strip() and coerce_one(target).is_blocked
    ]
