"""The panel of the chosen row: target, rule, problems, and what any value would become."""

from dataclasses import replace

import streamlit as st

from core.mapping.apply import apply
from core.mapping.browse import size_of
from core.mapping.describe import FieldDescribe
from core.mapping.edit import add_extra, with_row, without_row
from core.mapping.model import (
    FieldRow,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.ui import draft as editing
from core.ui import state
from core.ui.formats import masked
from core.ui.mapping_data import MappingDesk
from core.ui.mapping_table import RULE_WORDS, Line, issue_words
from core.ui.messages import escaped
from core.ui.place import Place


def draw_panel(place: Place, desk: MappingDesk, line: Line) -> None:
    with st.container(border=True):
        if line.row is None:
            _draw_need(place, desk, line)
        else:
            _draw_row(place, desk, line, line.row)


def _draw_row(place: Place, desk: MappingDesk, line: Line, row: FieldRow) -> None:
    st.subheader(escaped(str(line.cells["Halda field"])), anchor=False)
    if line.field is not None:
        notes = [line.field.key, "" if line.field.documented else "confirm with the account"]
        st.caption(escaped(" · ".join(note for note in notes if note)))
    else:
        _draw_source_text(place, row)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _draw_target(place, desk, row)
        if row.field_name:
            _draw_rule(place, row)
    for issue in desk.issues_of(row.row_id):
        st.text(issue_words(issue))
        st.caption(escaped(issue.advice))
    if row.field_name:
        _draw_trial(desk, row)
    if line.field is None and st.button("Remove this row", key=f"mapping.remove.{row.row_id}"):
        editing.change_object(place, without_row(desk.draft, row.row_id))
        st.rerun()


def _draw_target(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    targets = {field.name: field for field in desk.describe.fields if field.is_writable}
    key = f"mapping.target.{row.row_id}"
    st.session_state[key] = row.field_name or None  # the draft decides, also after undo
    names = list(targets)
    if row.field_name and row.field_name not in targets:
        names.insert(0, row.field_name)
    st.selectbox(
        "Salesforce field",
        names,
        format_func=lambda name: _target_words(targets.get(name), name),
        key=key,
        index=None,
        placeholder="Not sent",
        on_change=_take_target,
        args=(place, row, key),
    )


def _target_words(field: FieldDescribe | None, name: str) -> str:
    if field is None:
        return f"{name} (not in the org)"
    star = " *" if field.is_required_on_create else ""
    return f"{field.label}{star} · {field.name} · {size_of(field)}"


def _take_target(place: Place, row: FieldRow, key: str) -> None:
    _replace_row(place, replace(row, field_name=st.session_state[key] or ""))


def _draw_rule(place: Place, row: FieldRow) -> None:
    key = f"mapping.rule.{row.row_id}"
    st.session_state[key] = row.write_rule
    st.selectbox(
        "Write rule",
        list(WriteRule),
        format_func=RULE_WORDS.__getitem__,
        key=key,
        on_change=_take_rule,
        args=(place, row, key),
    )


def _take_rule(place: Place, row: FieldRow, key: str) -> None:
    _replace_row(place, replace(row, write_rule=st.session_state[key]))


def _draw_source_text(place: Place, row: FieldRow) -> None:
    key = f"mapping.source.{row.row_id}"
    st.session_state[key] = row.source.text
    st.text_input(
        "Template, such as {lead.last_name}"
        if row.source.kind is SourceKind.TEMPLATE
        else "Constant value",
        key=key,
        on_change=_take_source,
        args=(place, row, key),
    )


def _take_source(place: Place, row: FieldRow, key: str) -> None:
    source = replace(row.source, text=st.session_state[key])
    _replace_row(place, replace(row, source=source))


def _replace_row(place: Place, row: FieldRow) -> None:
    now = editing.current(place)
    if now is not None:
        editing.change_object(place, with_row(now.draft.person, row))


def _draw_trial(desk: MappingDesk, row: FieldRow) -> None:
    """Type any value and see what would be sent."""
    if row.source.kind is not SourceKind.FIELD:
        typed = None
    else:
        typed = st.text_input("Try a value", key=f"mapping.try.{row.row_id}", live=True)
        if not typed:
            return
    values = {row.source.text: typed} if typed is not None else dict(_first_values(desk))
    probe = ObjectMapping(sobject_name=desk.draft.sobject_name, rows=(row,))
    cell = apply(probe, desk.describe, SourceRecord(row_number=1, values=values)).cells[0]
    value = repr(cell.value)
    shown = masked(value.strip("'")) if state.is_screen_shared() and typed is None else value
    st.text(f"→ would send: {shown}" if not cell.is_absent else "→ would send nothing")
    for problem in cell.problems:
        st.text(f"{'✗' if problem.blocks else '⚠'} {problem.message} {problem.advice}")


def _first_values(desk: MappingDesk) -> dict[str, str]:
    return dict(desk.sample[0].values) if desk.sample else {}


def _draw_need(place: Place, desk: MappingDesk, line: Line) -> None:
    """A required field nothing serves: give it a constant or a template, or map a Halda field."""
    field_name = line.line_id.partition(":")[2]
    field = desk.describe.field(field_name)
    label = field.label if field else field_name
    st.subheader(escaped(f"{label} is required"), anchor=False)
    st.caption("Salesforce refuses new records without it. Map a Halda field to it, or:")
    draw_extra_form(place, desk, field_name)


def draw_extra_form(place: Place, desk: MappingDesk, field_name: str) -> None:
    with st.form(f"mapping.extra.{field_name or 'new'}", clear_on_submit=True):
        kind = st.radio(
            "Source",
            [SourceKind.CONSTANT, SourceKind.TEMPLATE],
            format_func=lambda each: each.value.title(),
            horizontal=True,
        )
        text = st.text_input(
            "Value or template", placeholder="Halda   or   {lead.last_name}, {lead.first_name}"
        )
        names = [field.name for field in desk.describe.fields if field.is_writable]
        target = field_name or st.selectbox("Salesforce field", names, index=None)
        if st.form_submit_button("Add") and text and target:
            source = RowSource(kind=kind, text=text)
            editing.change_object(place, add_extra(desk.draft, source, target))
            st.rerun()
