"""The left side of the mapping page: one line for each Halda field, further row and open need."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd
import streamlit as st

from core.mapping.browse import size_of
from core.mapping.checks import MappingIssue, Severity
from core.mapping.coverage import CoverageLine, CoverageStatus
from core.mapping.edit import field_row_id, row_for_field
from core.mapping.model import FieldRow, SourceField, SourceKind
from core.mapping.phrases import WRITE_RULE_WORDS
from core.ui.formats import sentence_case
from core.ui.mapping_data import MappingDesk, sample_of
from core.ui.mapping_edit import own_row
from core.ui.messages import escaped
from core.ui.tables import count_and_download, filtered, search_box

RULE_WORDS = {rule: sentence_case(words) for rule, words in WRITE_RULE_WORDS.items()}
NEED_PREFIX = "need:"
SIGNS = {Severity.BLOCKS: "✗ blocks:", Severity.HOLDS: "✋ holds:", Severity.WARNS: "⚠"}
_GRAVITY = {severity: place for place, severity in enumerate(SIGNS)}
_STATE_SIGNS = {Severity.BLOCKS: "✗", Severity.HOLDS: "✋", Severity.WARNS: "⚠"}
_CHOSEN, _SHOWN_IDS, _POSITION = "mapping.chosen", "mapping.shown", "mapping.position"
_TABLE, _PICKER = "mapping.table", "mapping.row"
_FIRST_COLUMN = "State"


def draw_batch(desk: MappingDesk) -> None:
    """Say against what everything is checked."""
    if desk.batch is None:
        st.caption("No inquiries loaded yet: load some on Preview to see samples and checks.")
    else:
        st.caption(escaped(f"Checked against {desk.batch.name}, the newest load on Preview."))


class LineView(StrEnum):
    """Which lines are shown."""

    COLLECTED = "Collected"
    MAPPED = "Mapped"
    OPEN = "Open"
    NOT_SENT = "Not sent"
    PROBLEMS = "Problems"
    ALL = "All"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `row` is None for a required field that nothing serves."""

    line_id: str
    title: str
    row: FieldRow | None
    field: SourceField | None
    cover: CoverageLine | None
    cells: dict[str, Any]

    @property
    def row_is_own(self) -> bool:
        """Whether the row is the Halda field's first one, not a further one."""
        return self.field is not None and self.line_id == field_row_id(self.field.key)

    @property
    def is_mapped(self) -> bool:
        return bool(self.row and self.row.field_name)


def draw_table(desk: MappingDesk) -> Line | None:
    """Draw the filters and the table; return the chosen line."""
    lines = all_lines(desk)
    search = search_box("Search Halda fields", key="mapping.search")
    view = st.segmented_control(
        "Show",
        list(LineView),
        default=LineView.COLLECTED,
        required=True,
        key="mapping.view",
        label_visibility="collapsed",
    )
    fitting = [line for line in lines if _fits(line, view or LineView.COLLECTED)]
    kept = {id(cells) for cells in filtered([line.cells for line in fitting], search)}
    shown = [line for line in fitting if id(line.cells) in kept]
    chosen = _choose(lines, shown, is_searched=bool(search))
    draw_batch(desk)
    if shown:
        _draw_grid(shown, chosen)
    else:
        st.info(
            "No field fits. Choose All, or load inquiries on Preview to see what is collected.",
            icon=":material/info:",
        )
    rows = [line.cells for line in shown]
    count_and_download(rows, len(desk.fields), noun="Halda fields", file="mapping.csv")
    return chosen


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


def all_lines(desk: MappingDesk) -> list[Line]:
    """Required fields nothing serves first, then constants, then every Halda field."""
    also: dict[str, list[FieldRow]] = defaultdict(list)
    alone: list[FieldRow] = []
    for row in desk.draft.rows:
        if row.source.kind is not SourceKind.FIELD:
            alone.append(row)
        elif row.row_id != field_row_id(row.source.text):
            also[row.source.text].append(row)
    lines = [_need_line(field.name, field.label) for field in desk.unserved]
    lines += [_row_line(desk, row, source_title(desk, row), None, None) for row in alone]
    covers = {line.key: line for line in desk.coverage.lines}
    for field in desk.fields:
        cover = covers[field.key]
        row = row_for_field(desk.draft, field.key)
        lines.append(_row_line(desk, row, field.label, field, cover))
        lines += [
            _row_line(desk, each, f"↳ {field.label}", field, cover)
            for each in also.pop(field.key, ())
        ]
    strays = [row for rows in also.values() for row in rows]
    strays += [
        row
        for row in desk.draft.rows
        if row.row_id == field_row_id(row.source.text) and row.source.text not in covers
    ]
    return lines + [_row_line(desk, row, row.source.text, None, None) for row in strays]


def source_title(desk: MappingDesk, row: FieldRow) -> str:
    """Where a row's value comes from, in a few words."""
    match row.source.kind:
        case SourceKind.FIELD:
            return desk.labels.get(row.source.text, row.source.text)
        case SourceKind.CONSTANT:
            return f"Constant “{row.source.text}”"
        case SourceKind.TEMPLATE:
            return f"Template {row.source.text}"
        case SourceKind.PARENT:
            parent = desk.whole.object(row.source.text)
            return f"Id of the {parent.sobject_name if parent else row.source.text}"


def issue_words(issue: MappingIssue) -> str:
    """Sign, message and how many sample inquiries it concerns."""
    count = f" ({issue.affected_count:,})" if issue.affected_count else ""
    return f"{SIGNS[issue.severity]} {issue.message}{count}"


def gravest_first(issues: Sequence[MappingIssue]) -> list[MappingIssue]:
    return sorted(issues, key=lambda each: _GRAVITY[each.severity])


def _need_line(name: str, label: str) -> Line:
    cells = _cells("✗", f"Required: {label}", "", f"{label} *", "nothing mapped", "", "")
    return Line(NEED_PREFIX + name, f"Required: {label}", None, None, None, cells)


def _row_line(
    desk: MappingDesk,
    row: FieldRow,
    title: str,
    field: SourceField | None,
    cover: CoverageLine | None,
) -> Line:
    issues = gravest_first(desk.issues_of(row.row_id))
    problem = issue_words(issues[0]) if issues else ""
    if len(issues) > 1:
        problem += f" (+{len(issues) - 1})"
    sample = sample_of(desk.sample, field.key, field.example) if field else ""
    own = " (this form)" if own_row(desk, row.row_id) else ""
    cells = _cells(
        _STATE_SIGNS[issues[0].severity] if issues else _sign(row, cover),
        title,
        sample,
        _target_words(desk, row, cover) + own,
        problem,
        RULE_WORDS[row.write_rule] if row.field_name else "",
        field.group if field else "",
    )
    return Line(row.row_id, title, row, field, cover, cells)


def _sign(row: FieldRow, cover: CoverageLine | None) -> str:
    if row.field_name:
        return "✓"
    if cover is None or not cover.is_collected:
        return ""
    return {
        CoverageStatus.MAPPED: "↗",
        CoverageStatus.NOT_SENT: "–",
        CoverageStatus.OPEN: "○",
    }[cover.status]


def _target_words(desk: MappingDesk, row: FieldRow, cover: CoverageLine | None) -> str:
    if row.field_name:
        target = desk.describe.field(row.field_name)
        if target is None:
            return f"{row.field_name} (not in the org)"
        star = " *" if target.is_required_on_create else ""
        return f"{target.label} · {size_of(target)}{star}"
    if cover is not None and cover.status is CoverageStatus.MAPPED:
        return f"in {', '.join(cover.targets)}"
    return f"Not sent: {cover.reason}" if cover is not None and cover.reason else ""


def _cells(*values: str) -> dict[str, Any]:
    names = (
        _FIRST_COLUMN,
        "Halda field",
        "Sample",
        "Salesforce field",
        "Problem",
        "Rule",
        "Group",
    )
    return dict(zip(names, values, strict=True))


def _fits(line: Line, view: LineView) -> bool:
    cover = line.cover
    is_collected = cover is None or cover.is_collected
    match view:
        case LineView.ALL:
            return True
        case LineView.MAPPED:
            return line.is_mapped
        case LineView.PROBLEMS:
            return bool(line.cells["Problem"])
        case LineView.NOT_SENT:
            return cover is not None and cover.status is CoverageStatus.NOT_SENT
        case LineView.OPEN:
            is_open = cover is not None and cover.status is CoverageStatus.OPEN
            return line.row is None or (is_collected and is_open)
        case LineView.COLLECTED:
            return is_collected or line.is_mapped


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
        height=560,
        column_config={
            _FIRST_COLUMN: st.column_config.TextColumn("", width=34, pinned=True),
            "Halda field": st.column_config.TextColumn(width=150),
            "Sample": st.column_config.TextColumn(width=120),
            "Salesforce field": st.column_config.TextColumn(width=190),
            "Problem": st.column_config.TextColumn(width=220),
        },
    )


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
