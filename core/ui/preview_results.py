"""The finished preview: counts, problems by kind, one line a record, one record's whole story."""

from functools import partial
from typing import Any

import streamlit as st

from core.preview.cells import CellPlan
from core.preview.export import export_raw_csv, export_safe_csv, file_name
from core.preview.plan import Outcome
from core.preview.runs import RowView, RunView, page_rows, problem_counts
from core.ui import state
from core.ui.formats import count, masked, number
from core.ui.place import Place
from core.ui.tables import search_box, table

_PAGE = 100
_SHOWN = 6  # changes in a line of the table; the story has all
_LOOK = {
    Outcome.CREATE: ("Create", ":material/add_circle:", "green"),
    Outcome.UPDATE: ("Update", ":material/edit:", "blue"),
    Outcome.UNCHANGED: ("Unchanged", ":material/check:", "gray"),
    Outcome.HELD: ("Held", ":material/pan_tool:", "orange"),
}
_CANNOT_KNOW = (
    "A preview reads the org and never writes, so it cannot know what only a write would tell: "
    "validation rules, flows, triggers, duplicate rules, lookup filters, assignment rules and "
    "fields that only a page layout requires."
)


def draw_results(place: Place, run: RunView) -> None:
    _draw_counts(run)
    _draw_problems(place, run)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        outcome = st.segmented_control(
            "Show", list(Outcome), format_func=lambda each: _LOOK[each][0], key="preview.outcome"
        )
        search = search_box("Search person, reason or id", key="preview.search")
        only_changes = st.toggle("Only fields that change", value=True, key="preview.changes")
        _draw_download(place, run)
    row = _draw_rows(place, run, outcome, search)
    if row is not None:
        _draw_story(row, only_changes=only_changes)
    st.caption(_CANNOT_KNOW)


def _draw_counts(run: RunView) -> None:
    with st.container(horizontal=True):
        for outcome in Outcome:
            word, icon, colour = _LOOK[outcome]
            st.badge(
                f"{word} {number(run.counts.get(outcome.value, 0))}",
                icon=icon,
                color=colour,  # type: ignore[arg-type]  # one of the literals above
            )
        usage = ""
        if run.api_usage:
            used, allowed = run.api_usage
            usage = f" · {number(allowed - used)} calls left today"
        st.caption(f"{count(run.api_calls, 'API call')}{usage} · plan {run.plan_hash[:12]}")


def _draw_problems(place: Place, run: RunView) -> None:
    counts = problem_counts(place.console.store, run.run_id)
    if counts:
        with st.expander(f"Problems by kind ({len(counts)})", expanded=True):
            st.table([{"Problem": each.label, "Inquiries": each.count} for each in counts])


def _draw_download(place: Place, run: RunView) -> None:
    with st.popover("Download", icon=":material/download:"):
        for is_raw, label, export in (
            (False, "CSV for a spreadsheet", export_safe_csv),
            (True, "Raw CSV, for programs only", export_raw_csv),
        ):
            st.download_button(
                label,
                # made when it is clicked, and told to the audit trail then
                partial(export, place.console.store, run.run_id, operator=place.operator.name),
                file_name=file_name(run, is_raw=is_raw),
                mime="text/csv",
                on_click="ignore",
                key=f"preview.download.{'raw' if is_raw else 'safe'}",
            )


def _draw_rows(place: Place, run: RunView, outcome: Outcome | None, search: str) -> RowView | None:
    page = st.session_state.get("preview.page", 0)
    rows, total = page_rows(
        place.console.store,
        run.run_id,
        outcome=outcome,
        search=search,
        offset=page * _PAGE,
        limit=_PAGE,
    )
    _draw_pager(page, total)
    chosen = table(
        [_line(row) for row in rows],
        key=f"preview.rows.{run.run_id}.{page}",
        ids=[str(row.row_number) for row in rows],
        empty="No inquiry fits this filter.",
        alt="Inquiries with outcome, matched record and reason",
        height=380,
        config={
            "#": st.column_config.NumberColumn(width=50),
            "Person": st.column_config.TextColumn(width=150),
            "What": st.column_config.TextColumn(width=85),
            "Matched by": st.column_config.TextColumn(width=130),
            "Matched record": st.column_config.TextColumn(width=170),
            "Who acts": st.column_config.TextColumn(width=150),
        },
    )
    if chosen is not None:
        return rows[chosen]
    names = [row.row_number for row in rows]
    labels = {row.row_number: f"{row.row_number} · {_hidden(row.person)}" for row in rows}
    picked = st.selectbox(
        "Inquiry (the same list, for the keyboard)",
        names,
        format_func=labels.__getitem__,
        key="preview.row",
    )
    return next((row for row in rows if row.row_number == picked), None)


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


def _line(row: RowView) -> dict[str, Any]:
    changes = [cell for cell in row.cells if cell.will_send]
    acts = row.outcome in {Outcome.CREATE, Outcome.UPDATE}
    return {
        "#": row.row_number,
        "Person": _hidden(row.person),
        "What": _LOOK[Outcome(row.outcome)][0],
        "Matched by": row.matched_by,
        "Matched record": row.matched_id,
        "Who acts": row.who_acts,
        "Why, or what changes": _changes_words(changes) if acts else _hidden_reason(row.reason),
    }


def _changes_words(changes: list[CellPlan]) -> str:
    shown = "; ".join(f"{cell.field_label}: {_cell_words(cell)}" for cell in changes[:_SHOWN])
    return shown + (f" (+{len(changes) - _SHOWN} more)" if len(changes) > _SHOWN else "")


def _draw_story(row: RowView, *, only_changes: bool) -> None:
    """One inquiry: source → value → what the org holds → what would be sent, and why."""
    with st.container(border=True):
        word, icon, colour = _LOOK[Outcome(row.outcome)]
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(word, icon=icon, color=colour)  # type: ignore[arg-type]  # as above
            st.text(f"Inquiry {row.row_number} · {_hidden(row.person)}")
        if row.matched_id:
            st.text(f"Matched by {row.matched_by}:")
            st.code(row.matched_id, language=None)
        if row.reason:
            st.text(_hidden_reason(row.reason))
        if row.candidates:
            st.dataframe(
                [
                    {"Candidate": _hidden(each.name), "Id": each.record_id}
                    for each in row.candidates
                ],
                hide_index=True,
                alt="Records that came into question",
            )
        cells = [cell for cell in row.cells if not only_changes or cell.will_send or cell.problems]
        table(
            [_cell_line(cell) for cell in cells],
            key=f"preview.story.{row.row_number}",
            empty="No field changes. Switch off “Only fields that change” to see all.",
            alt=f"Fields of inquiry {row.row_number}",
        )


def _cell_line(cell: CellPlan) -> dict[str, str]:
    return {
        "Halda field": cell.source_label,
        "Source": _hidden(_text(cell.source_text)),
        "Salesforce field": f"{cell.field_label} ({cell.field_name})",
        "Value": _hidden(_text(cell.value)),
        "In Salesforce now": _hidden(_text(cell.current)),
        "Would send": _hidden(_text(cell.sent_value)) if cell.will_send else "–",
        "Why": _hidden_reason(cell.reason),
        "Problem": "; ".join(problem.message for problem in cell.problems),
    }


def _cell_words(cell: CellPlan) -> str:
    before, after = _hidden(_text(cell.current)), _hidden(_text(cell.sent_value))
    return f"{before or '(blank)'} → {after or '(blank)'}"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _hidden_reason(reason: str) -> str:
    """A reason quotes values of the org; from the first quote on it is hidden while shared."""
    said, quote, _ = reason.partition("'")
    return f"{said}'•••'" if quote and state.is_screen_shared() else reason


def _hidden(text: str) -> str:
    return masked(text) if state.is_screen_shared() else text
