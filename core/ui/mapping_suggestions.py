"""Suggested targets with score and reason: take one, or all above the line."""

import streamlit as st

from core.mapping.edit import find_row, with_row
from core.mapping.model import ObjectMapping
from core.mapping.suggest import Suggestion, starter_rows, suggest, take
from core.ui import draft as editing
from core.ui.mapping_data import MappingDesk
from core.ui.place import Place
from core.ui.tables import table


def draw_suggestions(place: Place, desk: MappingDesk) -> None:
    """Only for collected fields that have no target yet."""
    open_ones = _open_suggestions(desk)
    good = [each for each in open_ones if each.accept]
    starters = [
        row
        for row in starter_rows(desk.describe)
        if not any(mine.field_name == row.field_name for mine in desk.draft.rows)
    ]
    if not open_ones and not starters:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        total = len(good) + len(starters)
        if st.button(
            f"Take {total} suggestions",
            icon=":material/auto_awesome:",
            disabled=not total,
            key="mapping.take_all",
            shortcut="Ctrl+Enter",
        ):
            draft = _taken(desk.draft, good)
            for row in starters:
                draft = with_row(draft, row)
            editing.change_object(place, draft)
            st.rerun()
        st.caption(f"{len(open_ones) - len(good)} more are below the line: look before taking.")
    with st.expander(f"Suggestions ({len(open_ones)})"):
        _draw_list(place, desk, open_ones)


def _draw_list(place: Place, desk: MappingDesk, suggestions: list[Suggestion]) -> None:
    labels = {field.key: field.label for field in desk.fields}
    rows = []
    for each in suggestions:
        target = desk.describe.field(each.field_name)
        rows.append(
            {
                "Halda field": labels.get(each.source_key, each.source_key),
                "Salesforce field": f"{target.label if target else ''} · {each.field_name}",
                "Score": f"{each.score:.2f}",
                "Above the line": "✓" if each.accept else "",
                "Why": each.reason,
            }
        )
    chosen = table(
        rows, key="mapping.suggestions", empty="Nothing left to suggest.", alt="Suggested targets"
    )
    if chosen is not None and st.button("Take this one", key="mapping.take_one"):
        editing.change_object(place, _taken(desk.draft, [suggestions[chosen]]))
        st.rerun()


def _taken(draft: ObjectMapping, suggestions: list[Suggestion]) -> ObjectMapping:
    for each in suggestions:
        draft = take(draft, each)
    return draft


def _open_suggestions(desk: MappingDesk) -> list[Suggestion]:
    taken = {row.field_name for row in desk.draft.rows}
    key = f"{desk.view.fingerprint}|{desk.batch.batch_id if desk.batch else ''}|{len(desk.fields)}"
    return [
        each
        for each in _suggestions(key, desk)
        if each.field_name not in taken
        and find_row(desk.draft, f"field:{each.source_key}") is None
        and (not desk.seen_keys or each.source_key in desk.seen_keys)
    ]


@st.cache_data(scope="session", max_entries=8, show_spinner="Looking for matching fields …")
def _suggestions(
    key: str,  # noqa: ARG001 - the only hashed argument: it names the content of the other
    _desk: MappingDesk,
) -> tuple[Suggestion, ...]:
    return tuple(suggest(_desk.fields, _desk.describe, _desk.sample))
