"""The left side of the mapping page: one line for each Halda field, constant and open need."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.mapping.browse import size_of
from core.mapping.checks import MappingIssue, Severity
from core.mapping.edit import EXTRA_PREFIX, field_row_id, row_for_field
from core.mapping.model import FieldRow, SourceField, SourceKind, WriteRule
from core.ui.mapping_data import MappingDesk, sample_of
from core.ui.tables import count_and_download, filtered, search_box, table

RULE_WORDS = {
    WriteRule.NEVER_BLANK_OUT: "Overwrite, never blank out",
    WriteRule.ALWAYS: "Always, also blank",
    WriteRule.IF_BLANK: "Only if blank in Salesforce",
    WriteRule.CREATE_ONLY: "Only on create",
    WriteRule.APPEND: "Append",
    WriteRule.ONLY_IF_NEWER: "Only if newer",
}
NEED_PREFIX = "need:"
SIGNS = {Severity.BLOCKS: "✗ blocks:", Severity.HOLDS: "✋ holds:", Severity.WARNS: "⚠"}
_GRAVITY = {severity: place for place, severity in enumerate(SIGNS)}
_VIEWS = ("Collected", "Mapped", "Open", "Problems", "All")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `row` is None for a required field that nothing serves."""

    line_id: str
    row: FieldRow | None
    field: SourceField | None
    cells: dict[str, Any]


def draw_table(desk: MappingDesk) -> Line | None:
    """Draw the filters and the table; return the chosen line."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = search_box("Search Halda fields", key="mapping.search")
        view = st.segmented_control(
            "Show", _VIEWS, default=_VIEWS[0], required=True, key="mapping.view"
        )
    lines = [line for line in all_lines(desk) if _fits(line, view or _VIEWS[0], desk)]
    kept = {id(cells) for cells in filtered([line.cells for line in lines], search)}
    by_position = [line for line in lines if id(line.cells) in kept]
    rows = [line.cells for line in by_position]
    count_and_download(rows, len(desk.fields), noun="fields", file="mapping.csv")
    chosen = table(
        rows,
        key="mapping.table",
        ids=[line.line_id for line in by_position],
        empty="No field fits. Choose All, or load inquiries on Preview to see what is collected.",
        alt="Halda fields with sample, Salesforce field, write rule and problems",
        height=430,
        config={
            "Halda field": st.column_config.TextColumn(width=210),
            "Sample": st.column_config.TextColumn(width=180),
            "Salesforce field": st.column_config.TextColumn(width=210),
            "Problem": st.column_config.TextColumn(width=260),
        },
    )
    names = {line.line_id: f"{line.cells['Halda field']}" for line in by_position}
    if chosen is not None:
        return by_position[chosen]
    picked = st.selectbox(
        "Row (the same list, for the keyboard)",
        list(names),
        format_func=names.__getitem__,
        key="mapping.row",
    )
    return next((line for line in by_position if line.line_id == picked), None)


def all_lines(desk: MappingDesk) -> list[Line]:
    """Required fields nothing serves first, then constants, then every Halda field."""
    needs = [
        Line(
            NEED_PREFIX + field.name,
            None,
            None,
            _cells(f"! required: {field.label}", "", f"{field.label} *", "", "nothing mapped"),
        )
        for field in desk.unserved
    ]
    extras = [
        Line(row.row_id, row, None, _row_cells(desk, row, _extra_label(row), row.source.text))
        for row in desk.draft.rows
        if row.row_id.startswith(EXTRA_PREFIX) or row.source.kind is not SourceKind.FIELD
    ]
    return [*needs, *extras, *(_field_line(desk, field) for field in desk.fields)]


def _field_line(desk: MappingDesk, field: SourceField) -> Line:
    row = row_for_field(desk.draft, field.key)
    sample = sample_of(desk.sample, field.key, field.example)
    label = f"{field.label} · {field.group}"
    return Line(field_row_id(field.key), row, field, _row_cells(desk, row, label, sample))


def _row_cells(desk: MappingDesk, row: FieldRow, label: str, sample: str) -> dict[str, Any]:
    target = desk.describe.field(row.field_name) if row.field_name else None
    shown = row.field_name
    if target is not None:
        star = " *" if target.is_required_on_create else ""
        shown = f"{target.label} · {size_of(target)}{star}"
    issues = sorted(desk.issues_of(row.row_id), key=lambda each: _GRAVITY[each.severity])
    problem = issue_words(issues[0]) if issues else ""
    if len(issues) > 1:
        problem += f" (+{len(issues) - 1})"
    rule = RULE_WORDS[row.write_rule] if row.field_name else ""
    return _cells(label, sample, shown, rule, problem)


def issue_words(issue: MappingIssue) -> str:
    """Sign, message and how many sample inquiries it concerns."""
    count = f" ({issue.affected_count:,})" if issue.affected_count else ""
    return f"{SIGNS[issue.severity]} {issue.message}{count}"


def _cells(label: str, sample: str, target: str, rule: str, problem: str) -> dict[str, Any]:
    return {
        "Halda field": label,
        "Sample": sample,
        "Salesforce field": target,
        "Problem": problem,
        "Rule": rule,
    }


def _extra_label(row: FieldRow) -> str:
    return "Constant" if row.source.kind is SourceKind.CONSTANT else "Template"


def _fits(line: Line, view: str, desk: MappingDesk) -> bool:
    is_mapped = bool(line.row and line.row.field_name)
    if view == "All" or line.row is None:
        return True
    if view == "Mapped":
        return is_mapped
    if view == "Problems":
        return bool(line.cells["Problem"])
    is_seen = line.field is None or line.field.key in desk.seen_keys
    if view == "Open":
        return is_seen and not is_mapped
    return is_seen or is_mapped
