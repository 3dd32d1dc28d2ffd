"""The table of the mapping page: filters, the lines, and which one is chosen."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.store.inquiries import BatchInfo
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.lines import PROBLEM_COLUMN, STATE_COLUMN, Line, LineView, all_lines, fits
from core.ui.messages import escaped
from core.ui.tables import count_and_download, filtered, search_box

_CHOSEN, _SHOWN_IDS, _POSITION = "mapping.chosen", "mapping.shown", "mapping.position"
_SEARCH, _VIEW = "mapping.search", "mapping.view"
_TABLE, _PICKER = "mapping.table", "mapping.row"
_ROWS_IN_VIEW, _ROW_HEIGHT = 10, 35  # the panel of the chosen line begins on the same screen


# Together they fit a screen of 1280 pixels; on a wider one each grows by its share.
_WIDTHS = {
    STATE_COLUMN: 34,
    "Halda field": 125,
    "Sample": 100,
    "Salesforce field": 165,
    "Rule": 110,
    PROBLEM_COLUMN: 245,
}


def draw_batch(desk: MappingDesk) -> None:
    """Say against what everything is checked."""
    if desk.batch is None:
        told = "No inquiries loaded yet: load some on Preview to see samples and checks."
    else:
        told = escaped(_base(desk.batch, len(desk.sample)))
        if desk.load.record_count > desk.batch.record_count:
            told += f" What is collected is counted over all loads: {desk.load.record_count:,}."
    st.caption(told, width="stretch")


def _base(batch: BatchInfo, checked: int) -> str:
    told = f"Checked against {batch.name}, the newest load on Preview"
    if checked >= batch.record_count:
        return f"{told}."
    return f"{told}: {checked:,} of its {batch.record_count:,} inquiries. Sign off checks all."


def draw_table(desk: MappingDesk) -> Line | None:
    """Draw the filters and the table; return the chosen line."""
    lines = all_lines(desk)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = search_box("Search Halda fields", key=_SEARCH)
        view = st.segmented_control(
            "Show",
            list(LineView),
            default=LineView.COLLECTED,
            required=True,
            key=_VIEW,
            label_visibility="collapsed",
        )
    fitting = [line for line in lines if fits(line, view or LineView.COLLECTED)]
    kept = {id(cells) for cells in filtered([line.cells for line in fitting], search)}
    shown = [line for line in fitting if id(line.cells) in kept]
    chosen = _choose(lines, shown, is_searched=bool(search))
    if shown:
        _draw_grid(shown, chosen)
    else:
        st.info(_none_words(view, is_searched=bool(search)), icon=":material/info:")
    rows = [line.cells for line in shown]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_batch(desk)
        count_and_download(rows, len(desk.fields), noun="Halda fields", file="mapping.csv")
    return chosen


def _none_words(view: LineView | None, *, is_searched: bool) -> str:
    if is_searched:
        return "No field is called that. Choose All to search every Halda field."
    match view:
        case LineView.OPEN:
            return "Nothing is open: every collected field is mapped or left out with a reason."
        case LineView.PROBLEMS:
            return "No field has a problem."
        case LineView.NOT_SENT:
            return "No field is left out."
        case _:
            return (
                "No field fits. Load inquiries on Preview to see what is collected, or choose All."
            )


def draw_steps_between_rows(line: Line) -> None:
    """Previous and next row, and the same list for the keyboard and for screen readers."""
    titles: dict[str, str] = st.session_state.get(_SHOWN_IDS, {})
    options = list(titles) if line.line_id in titles else [line.line_id, *titles]
    st.session_state[_PICKER] = line.line_id
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Row",
            options,
            format_func=lambda each: titles.get(each, line.title),
            key=_PICKER,
            on_change=lambda: _remember(st.session_state[_PICKER]),
            label_visibility="collapsed",
            width="stretch",
        )
        for label, by, shortcut in (("Previous row", -1, "Alt+Up"), ("Next row", 1, "Alt+Down")):
            st.button(
                "",
                key=f"mapping.step.{by}",
                help=label,
                icon=":material/arrow_upward:" if by < 0 else ":material/arrow_downward:",
                shortcut=shortcut,
                on_click=_step,
                args=(by,),
            )


def choose_line(line_id: str) -> None:
    """Open a line's panel, such as the one of a problem that is listed elsewhere."""
    _remember(line_id)


def show_open(line_id: str) -> None:
    """Show what is open and, of it, this line at the next run."""
    st.session_state[_VIEW] = LineView.OPEN
    st.session_state[_SEARCH] = ""
    _remember(line_id)


def _choose(lines: Sequence[Line], shown: Sequence[Line], *, is_searched: bool) -> Line | None:
    """The line chosen before, also where a filter hides it now; a search opens what it finds."""
    wanted = st.session_state.get(_CHOSEN, "")
    among = shown if is_searched and shown else lines
    found = next((line for line in among if line.line_id == wanted), None)
    chosen = found or (shown[0] if shown else None)
    ids = _picker_titles(shown)
    st.session_state[_SHOWN_IDS] = ids
    if chosen is not None:
        st.session_state[_CHOSEN] = chosen.line_id
        if chosen.line_id in ids:
            st.session_state[_POSITION] = list(ids).index(chosen.line_id)
    return chosen


def _picker_titles(shown: Sequence[Line]) -> dict[str, str]:
    """By line id, words that no two lines share: a list is answered by its words."""
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for line in shown:
        words = f"{line.title} · {line.field.group}" if line.field else line.title
        counts[words] += 1
        titles[line.line_id] = f"{words} ({counts[words]})" if counts[words] > 1 else words
    return titles


def _draw_grid(shown: Sequence[Line], chosen: Line | None) -> None:
    rows = [place for place, line in enumerate(shown) if chosen and line.line_id == chosen.line_id]
    st.session_state[_TABLE] = {"selection": {"rows": rows, "columns": [], "cells": []}}
    st.dataframe(
        pd.DataFrame([line.cells for line in shown]),
        key=_TABLE,
        hide_index=True,
        on_select=_take_click,
        selection_mode=["single-row", "single-cell"],  # a click anywhere in the line opens it
        alt="Halda fields with sample, Salesforce field, write rule and problems",
        height=_height(len(shown)),
        column_order=list(_WIDTHS),
        column_config={
            name: st.column_config.TextColumn(
                "" if name == STATE_COLUMN else name, width=width, pinned=name == STATE_COLUMN
            )
            for name, width in _WIDTHS.items()
        },
    )


def _height(line_count: int) -> int:
    return (min(line_count, _ROWS_IN_VIEW) + 1) * _ROW_HEIGHT + 2


def _take_click() -> None:
    ids = list(st.session_state.get(_SHOWN_IDS, {}))
    selection = st.session_state[_TABLE]["selection"]
    places = [place for place, _ in selection.get("cells", [])] or selection["rows"]
    if places and places[0] < len(ids):
        _remember(ids[places[0]])


def _step(by: int) -> None:
    ids = list(st.session_state.get(_SHOWN_IDS, {}))
    if not ids:
        return
    chosen = st.session_state.get(_CHOSEN, "")
    if chosen in ids:
        wanted = ids.index(chosen) + by
    else:  # it left the list, and the next one stands in its place
        wanted = st.session_state.get(_POSITION, 0) + min(by, 0)
    _remember(ids[max(0, min(wanted, len(ids) - 1))])


def _remember(line_id: str) -> None:
    st.session_state[_CHOSEN] = line_id
