"""The mapping as files: YAML out and in, and the sign-off sheet of a version."""

import re

import streamlit as st

from core.errors import MappingProblem
from core.mapping.files.yaml_file import from_yaml, to_yaml
from core.mapping.files.yaml_nodes import UnreadableMapping
from core.mapping.sheet import build_sheet, to_html, to_workbook
from core.store.mappings import MappingState
from core.ui import state
from core.ui.formats import count
from core.ui.mapping import draft as editing
from core.ui.mapping.copying import draw_copy
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.sheet import sheet_of
from core.ui.messages import show_error
from core.ui.place import Place
from core.ui.tables import table

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_files(place: Place, desk: MappingDesk, now: editing.Editing, life: MappingState) -> None:
    """Draw the sheet of a version, and export and import of what is shown."""
    with st.expander("Files: sign-off sheet, mapping as YAML", icon=":material/description:"):
        left, right = st.columns(2, gap="large")
        with left:
            _draw_sheet(place, desk, life)
        with right:
            _draw_export(place, now)
            _draw_import(place)
        draw_copy(place)


def _draw_sheet(place: Place, desk: MappingDesk, life: MappingState) -> None:
    st.markdown("**Sign-off sheet** for the university")
    if not life.versions:
        st.caption("Save a version first: a sheet belongs to exactly one.")
        return
    by_id = {each.info.version_id: each for each in life.versions}
    chosen = st.selectbox(
        "Version",
        list(by_id),
        format_func=lambda each: f"v{by_id[each].info.number}",
        key="mapping.sheet.version",
        width=140,
    )
    if not chosen:
        return
    version = by_id[chosen]
    name = f"mapping-{slug(place.account.details.name)}-v{version.info.number}"
    with st.container(horizontal=True):
        st.download_button(
            "Page to print",
            lambda: to_html(build_sheet(*sheet_of(place, desk, version))),
            file_name=f"{name}.html",
            mime="text/html",
            icon=":material/print:",
            on_click="ignore",
            key="mapping.sheet.html",
        )
        st.download_button(
            "Workbook",
            lambda: to_workbook(build_sheet(*sheet_of(place, desk, version))),
            file_name=f"{name}.xlsx",
            mime=_EXCEL,
            icon=":material/table:",
            on_click="ignore",
            key="mapping.sheet.xlsx",
        )
    st.caption(
        "Holds objects, fields, rules, value maps, coverage by AI Form, samples and permissions."
    )


def _draw_export(place: Place, now: editing.Editing) -> None:
    st.markdown("**Mapping as YAML**")
    st.download_button(
        "Export what is shown",
        lambda: to_yaml(now.draft),
        file_name=f"mapping-{slug(place.account.details.name)}.yaml",
        mime="application/yaml",
        icon=":material/download:",
        on_click="ignore",
        key="mapping.yaml.down",
    )


def _draw_import(place: Place) -> None:
    uploaded = st.file_uploader("Import a file in place of what is shown", key="mapping.yaml")
    if uploaded is None:
        return
    try:
        draft = from_yaml(uploaded.getvalue())
    except UnreadableMapping as error:
        st.error("The file was not taken; the mapping is as it was.", icon=":material/error:")
        table(
            [
                {"Line": each.line, "Where": each.path, "What is wrong": each.reason}
                for each in error.problems
            ],
            key="mapping.yaml.problems",
            empty="",
            alt="Problems of the file by line",
        )
        st.text(f"What to do: {error.advice}")
        return
    except MappingProblem as error:
        show_error(error)
        return
    rows = sum(len(each.rows) for each in draft.objects)
    st.text(f"{count(len(draft.objects), 'object')} with {count(rows, 'row')}.")
    if st.button("Import it", key="mapping.yaml.take"):
        editing.change(place, draft, origin=f"imported from {uploaded.name}")
        state.flash("Imported. Undo brings back what was here.")
        st.rerun()


def slug(name: str) -> str:
    """A university's name as part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "mapping"
