"""The lines of the mapping table: each Halda field, further row and open need, in words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.mapping.browse import size_of
from core.mapping.checks.one_object import MappingIssue, Severity
from core.mapping.coverage import CoverageLine, CoverageStatus
from core.mapping.diff.phrases import WRITE_RULE_WORDS
from core.mapping.editing.rows import field_row_id, row_for_field
from core.mapping.model import FieldRow, SourceField, SourceKind, WriteRule
from core.ui.formats import sentence_case
from core.ui.mapping.data import MappingDesk, sample_of
from core.ui.mapping.edit import own_row

RULE_WORDS = {rule: sentence_case(words) for rule, words in WRITE_RULE_WORDS.items()}
# As a narrow column tells the rule.
_SHORT_RULES = {
    WriteRule.NEVER_BLANK_OUT: "Never blank out",
    WriteRule.ALWAYS: "Always",
    WriteRule.IF_BLANK: "If blank",
    WriteRule.CREATE_ONLY: "Only on create",
    WriteRule.APPEND: "Append",
    WriteRule.ONLY_IF_NEWER: "If newer",
}
NEED_PREFIX = "need:"
SIGNS = {Severity.BLOCKS: "✗ blocks:", Severity.HOLDS: "✋ holds:", Severity.WARNS: "⚠"}
_GRAVITY = {severity: place for place, severity in enumerate(SIGNS)}
_STATE_SIGNS = {Severity.BLOCKS: "✗", Severity.HOLDS: "✋", Severity.WARNS: "⚠"}
STATE_COLUMN, PROBLEM_COLUMN = "State", "Problem"


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
    covers = {line.key: line for line in desk.reach.lines}
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


def _short_words(issue: MappingIssue) -> str:
    """For a cell that may cut the end off: how many inquiries comes first."""
    count = f"{issue.affected_count:,} · " if issue.affected_count else ""
    return f"{count}{issue.message}"


def gravest_first(issues: Sequence[MappingIssue]) -> list[MappingIssue]:
    return sorted(issues, key=lambda each: _GRAVITY[each.severity])


def _need_line(name: str, label: str) -> Line:
    cells = _cells("✗", f"Required: {label}", "", f"{label} *", "", "nothing mapped", "")
    return Line(NEED_PREFIX + name, f"Required: {label}", None, None, None, cells)


def _row_line(
    desk: MappingDesk,
    row: FieldRow,
    title: str,
    field: SourceField | None,
    cover: CoverageLine | None,
) -> Line:
    issues = gravest_first(desk.issues_of(row.row_id))
    problem = _short_words(issues[0]) if issues else ""
    if len(issues) > 1:
        problem += f" (+{len(issues) - 1})"
    sample = sample_of(desk.sample, field.key, field.example) if field else ""
    own = " (this form)" if own_row(desk, row.row_id) else ""
    cells = _cells(
        _STATE_SIGNS[issues[0].severity] if issues else _sign(row, cover),
        title,
        sample,
        _target_words(desk, row, cover) + own,
        _SHORT_RULES[row.write_rule] if row.field_name else "",
        problem,
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
        STATE_COLUMN,
        "Halda field",
        "Sample",
        "Salesforce field",
        "Rule",
        PROBLEM_COLUMN,
        "Group",
    )
    return dict(zip(names, values, strict=True))


def fits(line: Line, view: LineView) -> bool:
    cover = line.cover
    is_collected = cover is None or cover.is_collected
    match view:
        case LineView.ALL:
            return True
        case LineView.MAPPED:
            return line.is_mapped
        case LineView.PROBLEMS:
            return bool(line.cells[PROBLEM_COLUMN])
        case LineView.NOT_SENT:
            return cover is not None and cover.status is CoverageStatus.NOT_SENT
        case LineView.OPEN:
            is_open = cover is not None and cover.status is CoverageStatus.OPEN
            return line.row is None or (is_collected and is_open)
        case LineView.COLLECTED:
            return is_collected or line.is_mapped
