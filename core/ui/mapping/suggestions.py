"""Suggested targets with score and reason: take one, or all above the line."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core.mapping.editing.rows import find_row, with_row
from core.mapping.model import FieldRow, ObjectMapping, SourceKind
from core.mapping.suggestions.suggest import Suggestion, starter_rows, suggest, take
from core.ui.formats import count
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_object, alter_row
from core.ui.messages import escaped
from core.ui.place import Place
from core.ui.tables import table


def draw_suggestions(place: Place, desk: MappingDesk) -> None:
    """Only for collected fields that no object serves yet."""
    if desk.form is not None:
        return
    offered = _offered(desk)
    good = [each for each in offered if each.accept]
    starters = _open_starters(desk)
    total = len(good) + len(starters)
    st.button(
        f"Take {count(total, 'suggestion')}" if total else "No sure suggestion left",
        icon=":material/auto_awesome:",
        type="primary" if total else "secondary",
        disabled=not total,
        key="mapping.take_all",
        shortcut="Ctrl+Enter",
        on_click=_take_all,
        args=(place, desk, good, starters),
    )
    if offered:
        below = len(offered) - len(good)
        look = st.popover(f"Look at them ({below} below the line)", icon=":material/list:")
        with look, st.container(width=700):
            _draw_list(place, desk, offered)


def draw_why(place: Place, desk: MappingDesk, row: FieldRow) -> None:
    """Say why the target is suggested and offer the next best; one click takes one."""
    if row.source.kind is not SourceKind.FIELD:
        return
    found = next((s for s in suggestions(desk) if s.source_key == row.source.text), None)
    if found is None:
        return
    taken = {each.field_name for each in desk.draft.rows}
    names = [name for name in (found.field_name, *found.also) if name not in taken]
    if row.field_name == found.field_name:
        st.caption(escaped(f"Why: {found.reason} ({found.score:.2f})"))
    if names and not row.field_name:
        _draw_accept(place, desk, row, found, names.pop(0))
    if names:
        key = f"mapping.other.{desk.scope}{row.row_id}"
        st.session_state[key] = None
        st.pills(
            "Other targets",
            names,
            format_func=lambda name: escaped(_label(desk, name)),
            key=key,
            label_visibility="collapsed",
            on_change=lambda: _take_other(place, desk, row, found, st.session_state[key]),
        )


def _draw_accept(
    place: Place, desk: MappingDesk, row: FieldRow, found: Suggestion, field_name: str
) -> None:
    st.button(
        f"Take {escaped(_label(desk, field_name))}",
        key=f"mapping.accept.{desk.scope}{row.row_id}",
        icon=":material/check:",
        shortcut="Alt+Enter",
        on_click=_take_other,
        args=(place, desk, row, found, field_name),
    )
    st.caption(escaped(f"Why: {found.reason} ({found.score:.2f})"))


def suggestions(desk: MappingDesk) -> tuple[Suggestion, ...]:
    """All of this object, kept while describe and sample stay."""
    batch_id = desk.batch.batch_id if desk.batch else ""
    return _suggestions(f"{desk.view.fingerprint}|{batch_id}|{len(desk.fields)}", desk)


def _label(desk: MappingDesk, name: str) -> str:
    field = desk.describe.field(name)
    return field.label if field else name


def _take_all(
    place: Place, desk: MappingDesk, chosen: Sequence[Suggestion], starters: Sequence[FieldRow]
) -> None:
    def alter(mapping: ObjectMapping) -> ObjectMapping:
        for each in chosen:
            mapping = take(mapping, each)
        for row in starters:
            mapping = with_row(mapping, row)
        return mapping

    alter_object(place, desk, alter)


def _take_other(
    place: Place, desk: MappingDesk, row: FieldRow, found: Suggestion, name: str | None
) -> None:
    if name is None:
        return
    if name == found.field_name and not row.field_name:
        alter_object(place, desk, lambda live: take(live, found))
    else:
        alter_row(place, desk, row, lambda live: replace(live, field_name=name, lookup=None))


def _draw_list(place: Place, desk: MappingDesk, offered: Sequence[Suggestion]) -> None:
    rows = [
        {
            "Halda field": desk.labels.get(each.source_key, each.source_key),
            "Salesforce field": f"{_label(desk, each.field_name)} · {each.field_name}",
            "Score": f"{each.score:.2f}",
            "Sure": "✓" if each.accept else "",
            "Why": each.reason,
        }
        for each in offered
    ]
    chosen = table(
        rows, key="mapping.suggestions", empty="Nothing left to suggest.", alt="Suggested targets"
    )
    if chosen is not None:
        st.button(
            "Take this one",
            key="mapping.take_one",
            on_click=_take_all,
            args=(place, desk, [offered[chosen]], []),
        )


def _open_starters(desk: MappingDesk) -> list[FieldRow]:
    taken = {row.field_name for row in desk.draft.rows}
    return [row for row in starter_rows(desk.describe) if row.field_name not in taken]


def _offered(desk: MappingDesk) -> list[Suggestion]:
    taken = {row.field_name for row in desk.draft.rows}
    decided = {
        line.key
        for line in desk.coverage.default.lines
        if line.targets or line.reason or (desk.seen_keys and not line.is_collected)
    }
    return [
        each
        for each in suggestions(desk)
        if each.field_name not in taken
        and each.source_key not in decided
        and find_row(desk.draft, f"field:{each.source_key}") is None
    ]


@st.cache_data(scope="session", max_entries=8, show_spinner="Looking for matching fields …")
def _suggestions(
    key: str,  # noqa: ARG001 - the only hashed argument: it names the content of the other
    _desk: MappingDesk,
) -> tuple[Suggestion, ...]:
    return suggest(_desk.fields, _desk.describe, _desk.sample)
