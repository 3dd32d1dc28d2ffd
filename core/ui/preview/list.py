"""The inquiries of a finished preview, one a line with old and new values, page by page."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from core.mapping.model import MappingDraft
from core.preview.exports.masking import masked_row
from core.preview.exports.words import object_words
from core.preview.plan import Outcome
from core.preview.reading.grid import Column, GridLine, first_problem, grid_lines
from core.preview.reading.parties import party_of_row
from core.preview.runs import InquiryView, RunView, page_inquiries
from core.salesforce.links import record_url
from core.ui import state
from core.ui.formats import number, sentence_case
from core.ui.place import Place
from core.ui.preview.choice import ListView
from core.ui.preview.steps import choose_one, page_of
from core.ui.preview.words import LOOK, org_url
from core.ui.tables import table

_PAGE = 100
_ID_OF_URL = r"/([A-Za-z0-9]{15,18})/view$"
_OWN_COLUMNS = ("#", "Person", "What", "Matched by", "Record", "Problem", "Who acts")


def draw_inquiries(
    place: Place, run: RunView, view: ListView, draft: MappingDraft
) -> InquiryView | None:
    """Draw one page of the list, and the same for the keyboard; return the chosen inquiry."""
    page = page_of((run.run_id, view))
    inquiries, total = page_inquiries(
        place.console.store,
        run.run_id,
        view.choice,
        order=view.order,
        offset=page * _PAGE,
        limit=_PAGE,
    )
    last = max(0, (total - 1) // _PAGE)
    _draw_pager(page, last, total)
    rows, has_links = to_rows(
        inquiries,
        draft,
        only_changes=view.only_changes,
        instance_url=org_url(place, run),
    )
    position = table(
        rows,
        key=f"preview.rows.{run.run_id}.{page}",
        ids=[str(each.row_number) for each in inquiries],
        empty="No inquiry fits this choice. Take one of the filters away to see more.",
        alt="Inquiries with outcome, matched record, problem and each field's old and new value",
        height=380,
        config=_config(has_links=has_links),
    )
    picked = None if position is None else inquiries[position].row_number
    return choose_one(inquiries, picked, page=page, last=last)


def to_rows(
    inquiries: Sequence[InquiryView],
    draft: MappingDraft,
    *,
    only_changes: bool,
    instance_url: str = "",
) -> tuple[list[dict[str, Any]], bool]:
    """Return the lines of the table, hidden where the screen is shared, and whether ids are links.

    What no line of the page has anything to say of gets no column.
    """
    shown = [_hidden(each) for each in inquiries] if state.is_screen_shared() else inquiries
    columns, lines = grid_lines(shown, only_changes=only_changes)
    titles = column_titles(columns, is_one_object=len(draft.objects) == 1)
    rows = [_row(line, draft, instance_url) for line in lines]
    for spare in ("Record", "Matched by", "Problem", "Who acts"):
        if not any(row[spare] for row in rows):
            for row in rows:
                del row[spare]
    for row, line in zip(rows, lines, strict=True):
        acts = row.pop("Who acts", None)
        row.update({titles[each]: line.cells.get(each, "") for each in columns})
        if acts is not None:
            row["Who acts"] = acts
    return rows, any("/" in str(row.get("Record", "")) for row in rows)


def column_titles(columns: Sequence[Column], *, is_one_object: bool) -> dict[Column, str]:
    """Return a title for each that no other column has; API names only where they are needed."""
    titles: dict[Column, str] = {}
    for each in columns:
        named = "" if is_one_object else f"{object_words(each.sobject_name)}: "
        forms = (f"{named}{each.label}", f"{named}{each.label} ({each.field_name})")
        taken = {*titles.values(), *_OWN_COLUMNS}
        last = f"{forms[-1]} {each.object_id}"
        titles[each] = next((form for form in forms if form not in taken), last)
    return titles


def _row(line: GridLine, draft: MappingDraft, instance_url: str) -> dict[str, Any]:
    inquiry = line.inquiry
    first = inquiry.records[0]
    told = next(each for each in inquiry.records if each.outcome is inquiry.outcome)
    party = party_of_row(told) if told.outcome is Outcome.HELD else None
    link = record_url(instance_url, first.sobject_name, first.matched_id)
    return {
        "#": inquiry.row_number,
        "Person": inquiry.person,
        "What": LOOK[inquiry.outcome][0],
        **(_objects(inquiry, draft) if len(draft.objects) > 1 else {}),
        "Matched by": first.matched_by,
        "Record": link or first.matched_id,
        "Problem": first_problem(inquiry.records),
        "Who acts": sentence_case(party) if party else "",
    }


def _objects(inquiry: InquiryView, draft: MappingDraft) -> dict[str, str]:
    """One column that names the objects, and says for each what becomes of it."""
    planned = {each.object_id: LOOK[each.outcome][0].lower() for each in inquiry.records}
    names = " · ".join(object_words(each.sobject_name) for each in draft.objects)
    return {names: " · ".join(planned.get(each.object_id, "–") for each in draft.objects)}


def _hidden(inquiry: InquiryView) -> InquiryView:
    return InquiryView(inquiry.row_number, tuple(map(masked_row, inquiry.records)))


def _config(*, has_links: bool) -> dict[str, Any]:
    links = st.column_config.LinkColumn(
        width=80, display_text=_ID_OF_URL, help="Opens in Salesforce"
    )
    return {
        "#": st.column_config.NumberColumn(width=45, pinned=True),
        "Person": st.column_config.TextColumn(width=125, pinned=True),
        "What": st.column_config.TextColumn(width=80, pinned=True),
        "Matched by": st.column_config.TextColumn(width=90),
        "Record": links if has_links else st.column_config.TextColumn(width=80),
        "Problem": st.column_config.TextColumn(width=170),
        "Who acts": st.column_config.TextColumn(width=150),
    }


def _draw_pager(page: int, last: int, total: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        first = page * _PAGE + 1 if total else 0
        st.caption(
            f"{number(first)}–{number(min(total, (page + 1) * _PAGE))} of {number(total)} inquiries"
        )
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
