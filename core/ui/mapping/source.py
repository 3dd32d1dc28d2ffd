"""Where a row's value comes from, other than one Halda field; and rows for required fields."""

from dataclasses import replace

import streamlit as st

from core.mapping.editing.rows import FIELD_PREFIX, add_extra
from core.mapping.model import FieldRow, MappingDraft, RowSource, SourceKind
from core.mapping.sources import ALL_ANSWERS, read_source
from core.ui.mapping.data import MappingDesk, shown
from core.ui.mapping.edit import alter_object, alter_row
from core.ui.mapping.lines import NEED_PREFIX
from core.ui.messages import escaped
from core.ui.place import Place

_KIND_WORDS = {
    SourceKind.FIELD: "Halda field",
    SourceKind.CONSTANT: "Constant",
    SourceKind.TEMPLATE: "Template of several fields",
    SourceKind.PARENT: "Id of an earlier object's record",
}


def draw_source(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """Draw the source of a row that was added by hand; a Halda field's own row has none to set."""
    if row.row_id.startswith(FIELD_PREFIX):
        return
    kind_key = f"mapping.kind.{desk.scope}{row.row_id}"
    st.session_state[kind_key] = row.source.kind
    st.selectbox(
        "Comes from",
        _kinds(desk, row),
        format_func=_KIND_WORDS.__getitem__,
        key=kind_key,
        on_change=lambda: _take_kind(place, desk, row, st.session_state[kind_key]),
    )
    match row.source.kind:
        case SourceKind.FIELD:
            _draw_choice(place, desk, row, "Halda field", _source_options(desk))
        case SourceKind.PARENT:
            _draw_choice(place, desk, row, "Object", earlier_objects(desk))
        case SourceKind.TEMPLATE:
            _draw_template(place, desk, row)
        case SourceKind.CONSTANT:
            _draw_text(place, desk, row, "Value, the same for every inquiry")


def draw_need(place: Place, desk: MappingDesk, line_id: str) -> None:
    """A required field that nothing serves: map a Halda field to it, or add a row here."""
    field = desk.describe.field(line_id.removeprefix(NEED_PREFIX))
    if field is None:
        return
    st.markdown(f"##### {escaped(field.label)} is required")
    st.caption("Salesforce refuses new records without it. Map a Halda field to it, or:")
    draw_extra_form(place, desk, field.name)


def draw_extra_form(place: Place, desk: MappingDesk, field_name: str) -> None:
    """Add a row with a source of its own; `field_name` is empty where the target is open."""
    kinds = _kinds(desk, None)
    with st.form(f"mapping.extra.{field_name or 'new'}", clear_on_submit=True):
        kind = st.selectbox("Comes from", kinds, format_func=_KIND_WORDS.__getitem__)
        text = st.text_input(
            "Value, template or id",
            placeholder="Halda   or   {lead.last_name}, {lead.first_name}",
            help="A constant is sent as it is. In a template, each {key} is filled from the "
            "inquiry. For an earlier object's record choose it after adding.",
        )
        names = sorted(field.name for field in desk.describe.fields if field.is_writable)
        target = field_name or st.selectbox("Salesforce field", names, index=None)
        if st.form_submit_button("Add", icon=":material/add:") and target:
            source = _first_source(desk, kind or SourceKind.CONSTANT, text or "")
            if source is not None:
                alter_object(place, desk, lambda live: add_extra(live, source, target))
                st.rerun()


def earlier_objects(desk: MappingDesk) -> dict[str, str]:
    """The objects written before this one, by id, in words."""
    earlier: dict[str, str] = {}
    for each in desk.whole.objects:
        if each.object_id == desk.draft.object_id:
            break
        earlier[each.object_id] = f"{each.sobject_name} ({each.object_id})"
    return earlier


def default_parent(whole: MappingDraft, object_id: str) -> str:
    return next((each.object_id for each in whole.objects if each.object_id != object_id), "")


def _kinds(desk: MappingDesk, row: FieldRow | None) -> list[SourceKind]:
    kinds = [SourceKind.CONSTANT, SourceKind.TEMPLATE, SourceKind.FIELD]
    is_parent = row is not None and row.source.kind is SourceKind.PARENT
    return [*kinds, SourceKind.PARENT] if earlier_objects(desk) or is_parent else kinds


def _first_source(desk: MappingDesk, kind: SourceKind, text: str) -> RowSource | None:
    if kind is SourceKind.PARENT and text not in earlier_objects(desk):
        text = default_parent(desk.whole, desk.draft.object_id)
    if kind is SourceKind.FIELD and text not in desk.labels:
        text = desk.fields[0].key
    return RowSource(kind=kind, text=text) if text else None


def _take_kind(place: Place, desk: MappingDesk, row: FieldRow, kind: SourceKind) -> None:
    former = row.source
    text = former.text
    if kind is SourceKind.TEMPLATE and former.kind is SourceKind.FIELD:
        text = f"{{{former.text}}}"
    source = _first_source(desk, kind, text)
    if source is not None:
        alter_row(place, desk, row, lambda live: replace(live, source=source))


def _source_options(desk: MappingDesk) -> dict[str, str]:
    return {each.key: f"{each.label} · {each.key}" for each in desk.fields}


def _draw_choice(
    place: Place, desk: MappingDesk, row: FieldRow, label: str, options: dict[str, str]
) -> None:
    key = f"mapping.source.{desk.scope}{row.row_id}"
    st.session_state[key] = row.source.text
    st.selectbox(
        label,
        list(dict.fromkeys([*options, row.source.text])),
        format_func=lambda each: options.get(each, f"{each} (not there any more)"),
        key=key,
        on_change=lambda: _take_text(place, desk, row, st.session_state[key]),
    )


def _draw_text(place: Place, desk: MappingDesk, row: FieldRow, label: str) -> None:
    key = f"mapping.source.{desk.scope}{row.row_id}"
    st.session_state[key] = row.source.text
    st.text_input(
        label,
        key=key,
        on_change=lambda: _take_text(place, desk, row, st.session_state[key]),
    )


def _draw_template(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    _draw_text(place, desk, row, "Template")
    key = f"mapping.insert.{desk.scope}{row.row_id}"
    st.session_state[key] = None
    options = {ALL_ANSWERS: "All form questions with their answers", **_source_options(desk)}
    st.selectbox(
        "Put a Halda field into the template",
        list(options),
        index=None,
        format_func=options.__getitem__,
        placeholder="Put a Halda field into the template",
        key=key,
        label_visibility="collapsed",
        on_change=lambda: _insert(place, desk, row, st.session_state[key]),
    )
    values = dict(desk.sample[0].values) if desk.sample else {}
    text, note = read_source(row.source, values, desk.labels)
    if text:
        first = f"First inquiry: {shown(text)}"
        st.text(f"{first}  ({note})" if note else first)


def _insert(place: Place, desk: MappingDesk, row: FieldRow, source_key: str | None) -> None:
    if source_key:

        def alter(live: FieldRow) -> FieldRow:
            text = f"{live.source.text} {{{source_key}}}".strip()
            return replace(live, source=replace(live.source, text=text))

        alter_row(place, desk, row, alter)


def _take_text(place: Place, desk: MappingDesk, row: FieldRow, text: str) -> None:
    alter_row(place, desk, row, lambda live: replace(live, source=replace(live.source, text=text)))
