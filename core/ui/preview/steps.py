"""Which page of a preview's list and which inquiry is in view; steps to the next by keyboard."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.preview.runs import InquiryView
from core.ui import state
from core.ui.preview.words import hidden

_PAGE, _SHOWN = "preview.page", "preview.shown"
_ROW, _PICKED, _LAND = "preview.row", "preview.picked", "preview.land"


def page_of(shown: Any) -> int:
    """Return the page in view: the first one again as soon as something else is shown."""
    if st.session_state.get(_SHOWN) != shown:
        st.session_state[_SHOWN] = shown
        st.session_state[_PAGE] = 0
    return int(st.session_state.get(_PAGE, 0))


def choose_one(
    inquiries: Sequence[InquiryView], picked: int | None, *, page: int, last: int
) -> InquiryView | None:
    """Draw the list for the keyboard with steps beside it; return the inquiry in view.

    `picked` is the one chosen in the table; what was done last counts, there or here.
    """
    if not inquiries:
        return None
    by_number = {each.row_number: each for each in inquiries}
    numbers = list(by_number)
    _settle(numbers, picked)
    # A browser goes on showing the words it chose: hidden and shown ones need a list of their own.
    key = f"{_ROW}.{'hidden' if state.is_screen_shared() else 'shown'}"
    st.session_state[key] = st.session_state[_ROW]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Inquiry (the same list, for the keyboard)",
            numbers,
            format_func=lambda each: f"{each} · {hidden(by_number[each].person)}",
            key=key,
            on_change=_take,
            args=(key,),
        )
        place = numbers.index(chosen)
        for label, by, keys in (("Previous record", -1, "Alt+Up"), ("Next record", 1, "Alt+Down")):
            is_inside = 0 <= place + by < len(numbers)
            st.button(
                label,
                key=f"preview.step.{by}",
                icon=":material/arrow_upward:" if by < 0 else ":material/arrow_downward:",
                shortcut=keys,
                disabled=not (is_inside or 0 <= page + by <= last),
                on_click=_step,
                args=(numbers, place + by, page + by),
            )
    return by_number[chosen]


def _settle(numbers: Sequence[int], picked: int | None) -> None:
    """Before the list is drawn: follow the table where it was used last, stay on the page."""
    if picked != st.session_state.get(_PICKED):
        st.session_state[_PICKED] = picked
        if picked is not None:
            st.session_state[_ROW] = picked
    is_end = st.session_state.pop(_LAND, "") == "end"
    if st.session_state.get(_ROW) not in numbers:
        st.session_state[_ROW] = numbers[-1 if is_end else 0]


def _take(key: str) -> None:
    st.session_state[_ROW] = st.session_state[key]


def _step(numbers: Sequence[int], place: int, page: int) -> None:
    if 0 <= place < len(numbers):
        st.session_state[_ROW] = numbers[place]
        return
    st.session_state[_PAGE] = page  # over the edge, to the next inquiry in the same order
    st.session_state[_LAND] = "end" if place < 0 else ""
    st.session_state.pop(_ROW, None)
