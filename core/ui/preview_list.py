"""The inquiries of a finished preview, one a line, page by page; the list of what is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.mapping.model import MappingDraft
from core.preview.cells import CellPlan
from core.preview.plan import Outcome
from core.preview.runs import InquiryView, RowView, RunView, page_inquiries
from core.preview.words import object_words
from core.ui.formats import number
from core.ui.place import Place
from core.ui.preview_words import LOOK, change_words, hidden, hidden_reason
from core.ui.tables import table

_PAGE = 100
_SHOWN = 6  # changes in a line of the table; the story has all


@dataclass(frozen=True, slots=True)
class Filter:
    """Which inquiries the list shows."""

    outcome: Outcome | None
    problem_kind: str | None
    search: str


def draw_inquiries(
    place: Place, run: RunView, chosen: Filter, draft: MappingDraft
) -> InquiryView | None:
    """Draw one page of the list, and the same for the keyboard; return the chosen inquiry."""
    page = st.session_state.get("preview.page", 0)
    inquiries, total = page_inquiries(
        place.console.store,
        run.run_id,
        outcome=chosen.outcome,
        problem_kind=chosen.problem_kind,
        search=chosen.search,
        offset=page * _PAGE,
        limit=_PAGE,
    )
    _draw_pager(page, total)
    position = table(
        [_line(each, draft) for each in inquiries],
        key=f"preview.rows.{run.run_id}.{page}",
        ids=[str(each.row_number) for each in inquiries],
        empty="No inquiry fits this filter.",
        alt="Inquiries with outcome, matched record and reason",
        height=380,
        config={
            "#": st.column_config.NumberColumn(width=50),
            "Person": st.column_config.TextColumn(width=150),
            "What": st.column_config.TextColumn(width=85),
            "Matched by": st.column_config.TextColumn(width=115),
            "Matched record": st.column_config.TextColumn(width=100),
            "Who acts": st.column_config.TextColumn(width=100),
        },
    )
    if position is not None:
        return inquiries[position]
    by_number = {each.row_number: each for each in inquiries}
    picked = st.selectbox(
        "Inquiry (the same list, for the keyboard)",
        list(by_number),
        format_func=lambda each: f"{each} · {hidden(by_number[each].person)}",
        key="preview.row",
    )
    return by_number.get(picked) if picked is not None else None


def _draw_pager(page: int, total: int) -> None:
    last = max(0, (total - 1) // _PAGE)
    with st.container(horizontal=True, vertical_alignment="center"):
        first = page * _PAGE + 1 if total else 0
        st.caption(f"{first}–{min(total, (page + 1) * _PAGE)} of {number(total)} inquiries")
        if page > last:
            st.session_state["preview.page"] = last
            st.rerun()
        for label, target in (("Previous", page - 1), ("Next", page + 1)):
            if st.button(
                label,
                disabled=not 0 <= target <= last,
                key=f"preview.{label.lower()}",
                type="tertiary",
            ):
                st.session_state["preview.page"] = target
                st.rerun()


def _line(inquiry: InquiryView, draft: MappingDraft) -> dict[str, Any]:
    """An inquiry in one line: what becomes of each object, and the first reason or the changes."""
    first, told = inquiry.records[0], _telling(inquiry)
    is_held = told.outcome is Outcome.HELD
    return {
        "#": inquiry.row_number,
        "Person": hidden(inquiry.person),
        "What": LOOK[inquiry.outcome][0],
        **(_objects(inquiry, draft) if len(draft.objects) > 1 else {}),
        "Matched by": first.matched_by,
        "Matched record": first.matched_id,
        "Who acts": told.who_acts if is_held else "",
        "Why, or what changes": _why(inquiry, told),
    }


def _objects(inquiry: InquiryView, draft: MappingDraft) -> dict[str, str]:
    """One column that names the objects, and says for each what becomes of it."""
    planned = {each.object_id: LOOK[each.outcome][0].lower() for each in inquiry.records}
    names = " · ".join(object_words(each.sobject_name) for each in draft.objects)
    return {names: " · ".join(planned.get(each.object_id, "–") for each in draft.objects)}


def _telling(inquiry: InquiryView) -> RowView:
    """The record whose reason speaks for the inquiry: the first one that has its outcome."""
    return next(each for each in inquiry.records if each.outcome is inquiry.outcome)


def _why(inquiry: InquiryView, told: RowView) -> str:
    if told.outcome is Outcome.HELD:
        is_first = told is inquiry.records[0]
        named = "" if is_first else f"{object_words(told.sobject_name)}: "
        return named + hidden_reason(told.reason)
    changes = [cell for each in inquiry.records for cell in each.cells if cell.will_send]
    return _changes_words(changes) if changes else hidden_reason(told.reason)


def _changes_words(changes: Sequence[CellPlan]) -> str:
    shown = "; ".join(f"{cell.field_label}: {change_words(cell)}" for cell in changes[:_SHOWN])
    return shown + (f" (+{len(changes) - _SHOWN} more)" if len(changes) > _SHOWN else "")
