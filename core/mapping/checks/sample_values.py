"""What happens to the sample's values on their way into a field, counted. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from core.mapping.apply import row_reader
from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.row_context import RowContext, shorten
from core.mapping.describe import FieldDescribe
from core.mapping.model import FieldRow, Operation, SourceKind, SourceRecord
from core.mapping.pipeline import RowReader, RowResult
from core.mapping.problems import Problem


@dataclass(slots=True)
class _Tally:
    count: int = 0
    example: str = ""
    row_number: int | None = None

    def add(self, text: str | None, record: SourceRecord) -> None:
        if not self.count:
            self.example = shorten(text or "")
            self.row_number = record.row_number
        self.count += 1


def value_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    read = remembering(row, row_reader(row, field, context.describe, context.settings))
    if row.source.kind is SourceKind.CONSTANT:
        always = read({})
        for problem in always.problems:
            yield value_issue(row, problem, always=True)
        if _is_blank(always) and _is_needed(field, context):
            yield replace(_required_blank(row, field, _Tally()), severity=Severity.BLOCKS)
        return
    if row.source.kind is SourceKind.PARENT:
        return
    tallies: dict[Problem, _Tally] = {}
    blanks = _Tally()
    for record in context.sample_for(row):
        result = read(record.values)
        if _is_blank(result):
            blanks.add(result.source_text, record)
        for problem in result.problems:
            # lengths are part of the message, so one tally for each kind
            first = next((each for each in tallies if each.kind is problem.kind), problem)
            tallies.setdefault(first, _Tally()).add(result.source_text, record)
    for problem, tally in tallies.items():
        yield value_issue(row, problem, tally)
    if blanks.count and _is_needed(field, context):
        yield _required_blank(row, field, blanks)


def _is_blank(result: RowResult) -> bool:
    """A value that is refused is not blank, nor one that only the org can tell."""
    is_refused = any(problem.blocks for problem in result.problems)
    return result.value is None and result.ask is None and not is_refused


def _is_needed(field: FieldDescribe, context: RowContext) -> bool:
    return field.is_required_on_create and context.operation is not Operation.UPDATE


def value_issue(
    row: FieldRow, problem: Problem, tally: _Tally | None = None, *, always: bool = False
) -> MappingIssue:
    """Return the issue that values of a row have this problem; `always` means every value has."""
    stops = Severity.BLOCKS if always else Severity.HOLDS
    tally = tally or _Tally()
    return MappingIssue(
        row_id=row.row_id,
        kind=problem.kind,
        severity=stops if problem.blocks else Severity.WARNS,
        message=problem.message,
        advice=problem.advice,
        affected_count=tally.count,
        first_example=tally.example,
        first_row_number=tally.row_number,
    )


def _required_blank(row: FieldRow, field: FieldDescribe, blanks: _Tally) -> MappingIssue:
    return MappingIssue(
        row_id=row.row_id,
        kind=IssueKind.REQUIRED_BLANK,
        severity=Severity.HOLDS,
        message=f"A new record needs {field.label}, and the source is blank.",
        advice="Use a template or a constant, or accept that such inquiries wait.",
        affected_count=blanks.count,
        first_row_number=blanks.row_number,
    )


def remembering(row: FieldRow, read: RowReader) -> Callable[[Mapping[str, str]], RowResult]:
    """Read each distinct text once, unless a step looks at more of the inquiry than this row."""
    seen: dict[str | None, RowResult] = {}

    def read_once(values: Mapping[str, str]) -> RowResult:
        if row.source.kind is not SourceKind.FIELD or row.transforms:
            return read(values, {})
        text = values.get(row.source.text)
        if text not in seen:
            seen[text] = read(values, {})
        return seen[text]

    return read_once
