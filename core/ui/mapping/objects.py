"""The objects of a mapping in the order in which they are written: choose, add, order, remove."""

from collections.abc import Mapping

import streamlit as st

from core.connect.snapshots import DescribeView, get_describe, list_sobjects
from core.mapping.diff.phrases import (
    OPERATION_WORDS,
    WRITTEN_FOR_WORDS,
    match_key_words,
    object_title,
)
from core.mapping.editing.objects import move_object, needing, remove_object
from core.mapping.fitting import copying
from core.mapping.model import MappingDraft, ObjectMapping
from core.mapping.suggestions.templates import add_object, template_objects
from core.ui.formats import count, sentence_case
from core.ui.mapping import draft as editing
from core.ui.mapping.copying import draw_misfits
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_draft
from core.ui.mapping.object_rules import draw_mapping_rules, draw_object_rules
from core.ui.messages import escaped
from core.ui.place import Place

_CHOSEN, _TASK = "mapping.object_id", "mapping.object_task"
_ADD, _CHANGE, _REMOVE = "add", "change", "remove"


def choose_object(draft: MappingDraft, views: Mapping[str, DescribeView]) -> str:
    """Draw the objects in their order; return the id of the one in view."""
    ids = [each.object_id for each in draft.objects if each.object_id in views]
    if st.session_state.get(_CHOSEN) not in ids:
        st.session_state[_CHOSEN] = ids[0]
    labels = {
        each.object_id: f"{number} · {views[each.object_id].describe.label}"
        for number, each in enumerate(draft.objects, 1)
        if each.object_id in views
    }
    chosen = st.segmented_control(
        "Objects, in the order in which they are written",
        ids,
        required=True,
        format_func=labels.__getitem__,
        key=_CHOSEN,
    )
    return chosen or ids[0]


def choose_object_id(object_id: str) -> None:
    """Have the object in view at the next run, such as that of a problem listed elsewhere."""
    st.session_state[_CHOSEN] = object_id


def draw_object_bar(place: Place, desk: MappingDesk) -> None:
    """Draw the settings of the object in view and the button that adds one."""
    with st.popover("Object settings", icon=":material/tune:"):
        draw_object_rules(place, desk)
        _draw_order(place, desk)
        draw_mapping_rules(place, desk)
    st.button(
        "Add an object",
        key="mapping.add_object",
        icon=":material/add:",
        on_click=_begin,
        args=(_ADD,),
    )


def draw_object_task(place: Place, desk: MappingDesk) -> None:
    """Say how the object is written; draw what was asked for: add, change or remove one."""
    st.caption(escaped(_words(desk)))
    _draw_hidden(place, desk)
    match st.session_state.get(_TASK):
        case "add":
            _draw_add(place, desk)
        case "change":
            _draw_change(place, desk)
        case "remove":
            _draw_remove(place, desk)


def _draw_hidden(place: Place, desk: MappingDesk) -> None:
    """Objects that the org does not show cannot be opened; say so and offer to take them out."""
    for each in desk.whole.objects:
        if each.object_id in desk.views:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(
                f"✗ blocks: the org shows no object {each.sobject_name} to the connected user. Ask "
                "the university's admin to show it, or take it out.",
                width="stretch",
            )
            st.button(
                "Take it out",
                key=f"mapping.hidden.{each.object_id}",
                on_click=_take_out,
                args=(place, desk, each.object_id),
            )


def _take_out(place: Place, desk: MappingDesk, object_id: str) -> None:
    alter_draft(place, desk, lambda draft: remove_object(draft, object_id))


def _words(desk: MappingDesk) -> str:
    mapping = desk.draft
    only_with = " or ".join(desk.labels.get(key, key) for key in mapping.only_with)
    parts = (
        sentence_case(OPERATION_WORDS[mapping.operation]),
        _matched_words(mapping),
        f"record type {mapping.record_type}" if mapping.record_type else "",
        f"only with {only_with}" if only_with else "",
    )
    return " · ".join(part for part in parts if part)


def _matched_words(mapping: ObjectMapping) -> str:
    if mapping.only_converted:
        return f"only for {WRITTEN_FOR_WORDS[mapping.written_for]}"
    keys = ", then ".join(map(match_key_words, mapping.match_keys))
    return f"matched by {keys}" if keys else "no match key"


def _draw_order(place: Place, desk: MappingDesk) -> None:
    object_id = desk.draft.object_id
    position = [each.object_id for each in desk.whole.objects].index(object_id)
    last = len(desk.whole.objects) - 1
    with st.container(horizontal=True):
        for label, by, is_possible in (
            ("Earlier", -1, position > 0),
            ("Later", 1, position < last),
        ):
            st.button(
                label,
                key=f"mapping.object.{by}",
                disabled=not is_possible,
                on_click=_move,
                args=(place, desk, by),
            )
        st.button("Change to another object …", on_click=_begin, args=(_CHANGE,))
        st.button("Remove …", disabled=last == 0, on_click=_begin, args=(_REMOVE,))


def _move(place: Place, desk: MappingDesk, by: int) -> None:
    alter_draft(place, desk, lambda draft: move_object(draft, desk.draft.object_id, by))


def _begin(task: str) -> None:
    st.session_state[_TASK] = task


def _end() -> None:
    st.session_state.pop(_TASK, None)


def _choose_sobject(place: Place, label: str, *, key: str, first: tuple[str, ...] = ()) -> str:
    summaries = list_sobjects(place.context, place.connection_id).summaries
    labels = {each.name: f"{each.label} · {each.name}" for each in summaries if each.createable}
    names = [name for name in dict.fromkeys([*first, *labels]) if name in labels]
    chosen = st.selectbox(
        label,
        names,
        index=None,
        format_func=labels.__getitem__,
        placeholder="Search by label or API name",
        key=key,
    )
    return chosen or ""


def _draw_add(place: Place, desk: MappingDesk) -> None:
    with st.container(border=True):
        summaries = list_sobjects(place.context, place.connection_id).summaries
        known = {each.sobject_name for each in desk.whole.objects}
        of_shape = template_objects(desk.whole.shape, summaries) if desk.whole.shape else ()
        name = _choose_sobject(
            place,
            f"Add an object after {escaped(desk.describe.label)}",
            key="mapping.new_object",
            first=tuple(each for each in of_shape if each not in known),
        )
        st.caption(
            "It is written after the objects before it, so that it can take their records' ids. "
            "Suggestions above the line are taken."
        )
        with st.container(horizontal=True):
            if st.button("Add it", type="primary", key="mapping.add_object.do", disabled=not name):
                _add(place, desk, name)
                st.rerun()
            st.button("Cancel", key="mapping.add_object.cancel", on_click=_end)


def _add(place: Place, desk: MappingDesk, name: str) -> None:
    describe = get_describe(place.context, place.connection_id, name).describe
    draft = add_object(desk.whole, describe, desk.fields, desk.sample)
    added = draft.objects[-1].object_id
    order = [each.object_id for each in desk.whole.objects]
    for _ in range(len(order) - 1 - order.index(desk.draft.object_id)):
        draft = move_object(draft, added, -1)
    editing.change(place, draft)
    _end()


def _draw_change(place: Place, desk: MappingDesk) -> None:
    with st.container(border=True):
        name = _choose_sobject(
            place, f"Change {escaped(desk.describe.label)} to", key="mapping.object"
        )
        if name and name != desk.draft.sobject_name:
            describe = get_describe(place.context, place.connection_id, name).describe
            object_id = desk.draft.object_id
            others = {view.describe.name: view.describe for view in desk.views.values()}
            moved = copying.move_object(desk.whole, object_id, describe, desk.describe, others)
            kept = moved.draft.object(object_id)
            rows = len(kept.rows) if kept else 0
            st.text(f"{count(rows, 'row')} still fit; {len(moved.lost)} are left out.")
            draw_misfits(moved.misfits)
            if st.button("Change the object", type="primary", key="mapping.object.change"):
                editing.change(place, moved.draft)
                _end()
                st.rerun()
        st.button("Cancel", key="mapping.object.cancel", on_click=_end)


def _draw_remove(place: Place, desk: MappingDesk) -> None:
    object_id = desk.draft.object_id
    others = needing(desk.whole, object_id)
    with st.container(border=True):
        st.text(
            f"Removes {object_title(object_id)} ({desk.draft.sobject_name}) with its "
            f"{len(desk.draft.rows)} rows. Undo brings it back."
        )
        for other, row in others:
            st.text(f"Also {other.sobject_name}.{row.field_name}, which takes its record's id.")
        with st.container(horizontal=True):
            if st.button("Remove it", type="primary", key="mapping.object.remove"):
                alter_draft(place, desk, lambda draft: remove_object(draft, object_id))
                _end()
                st.rerun()
            st.button("Keep it", key="mapping.object.keep", on_click=_end)
