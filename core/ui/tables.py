"""A table that can be searched, sorted, counted and downloaded; a plain list for screen readers."""

from collections.abc import Sequence
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from core.spreadsheet import to_safe_csv
from core.ui.formats import number

_LINE: Final = 35  # pixels of a row and of the header in Streamlit's grid


def spreadsheet_csv(rows: Sequence[dict[str, Any]]) -> bytes:
    """CSV that a spreadsheet opens as text: every cell quoted, formula starts disarmed."""
    names = list(rows[0]) if rows else []
    cells = (["" if row[name] is None else str(row[name]) for name in names] for row in rows)
    return to_safe_csv([names, *cells])


def filtered(rows: Sequence[dict[str, Any]], search: str) -> list[dict[str, Any]]:
    """The rows in which every word of `search` occurs somewhere, without regard to case."""
    words = search.casefold().split()
    if not words:
        return list(rows)
    return [
        row
        for row in rows
        if all(word in " ".join(map(str, row.values())).casefold() for word in words)
    ]


def search_box(label: str, *, key: str) -> str:
    return st.text_input(label, key=key, type="search", live=True, placeholder=label) or ""


def count_and_download(rows: Sequence[dict[str, Any]], total: int, *, noun: str, file: str) -> None:
    """The line above a table: how many of how many, and the CSV of exactly what is shown."""
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = number(len(rows))
        st.caption(f"{shown} of {number(total)} {noun}")
        st.download_button(
            "CSV",
            spreadsheet_csv(rows),
            file_name=file,
            mime="text/csv",
            icon=":material/download:",
            disabled=not rows,
            on_click="ignore",
            key=f"download.{file}",
        )


def table(
    rows: Sequence[dict[str, Any]],
    *,
    key: str,
    empty: str,
    alt: str,
    config: dict[str, Any] | None = None,
    height: int | None = None,
    ids: Sequence[str] = (),
) -> int | None:
    """Draw the rows, one selectable; return the selected row's position, or None.

    With `ids`, one a row, the choice stays with its row when a search or a filter moves it.
    `empty` says why there is nothing and what to do. Cells are text or numbers, never markdown.
    """
    if not rows:
        st.info(empty, icon=":material/info:")
        return None
    event = st.dataframe(
        pd.DataFrame(rows),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=config,
        height=_height_of(len(rows), height),
        placeholder="–",
        alt=alt,
    )
    chosen = event["selection"]["rows"]
    position = int(chosen[0]) if chosen else None
    if ids:
        return _followed(key, position, tuple(ids))
    return position if position is not None and position < len(rows) else None


def _height_of(rows: int, most: int | None) -> int | Literal["auto"]:
    """A short table ends after its last row, instead of in empty lines up to the height."""
    return most if most and (rows + 1) * _LINE > most else "auto"


def _followed(key: str, position: int | None, ids: tuple[str, ...]) -> int | None:
    """The browser keeps a position; what the person chose is the row that stood there then."""
    before = st.session_state.get(f"{key}.shown", (ids, None, ""))
    shown, last_position, chosen = before
    if position != last_position:
        in_range = position is not None and position < len(shown)
        chosen = shown[position] if in_range and position is not None else ""
    st.session_state[f"{key}.shown"] = (ids, position, chosen)
    return ids.index(chosen) if chosen in ids else None
