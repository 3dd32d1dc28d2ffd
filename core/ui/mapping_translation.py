"""The translation file of a value map: out to the university and back."""

from dataclasses import replace

import streamlit as st

from core.mapping.model import FieldRow
from core.mapping.translation import read_translation, write_translation
from core.mapping.value_maps import ValueCount
from core.ui.formats import count
from core.ui.mapping_data import MappingDesk
from core.ui.mapping_edit import alter_row
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
            key=f"mapping.translation.down.{row.row_id}",
        )
        uploaded = st.file_uploader("Filled in", key=f"mapping.translation.{row.row_id}")
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
    told = f"{count(len(read.pairs), 'value')} with a decision"
    still = f", {count(len(read.open_values), 'line')} without" if read.open_values else ""
    st.text(told + still)
    if st.button("Take these pairs", key=f"mapping.translation.take.{row.row_id}"):
        _take(place, desk, row, content)
        st.rerun()


def _take(place: Place, desk: MappingDesk, row: FieldRow, content: bytes) -> None:
    read = read_translation(content)
    alter_row(place, desk, row, lambda live: replace(live, value_map=read.apply_to(live.value_map)))
