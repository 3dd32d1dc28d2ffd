"""What is wrong between rows or between inquiries: dependent picklists, unique fields. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from core.mapping.apply import AppliedCell, AppliedRecord, PreparedMapping
from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.row_context import RowContext, shorten
from core.mapping.coercion.picklists import alone_problem
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import FieldRow, ObjectMapping, Operation, SourceKind
from core.mapping.problems import Problem, ProblemKind

_BETWEEN_ROWS = frozenset({ProblemKind.WRONG_DEPENDENT_VALUE, ProblemKind.CONTROLLER_UNKNOWN})


def apply_rows(
    draft: ObjectMapping, rows: Sequence[FieldRow], context: RowContext
) -> list[AppliedRecord]:
    """Return the sample applied to some rows only; nothing is done where there are none."""
    if not rows:
        return []
    some = replace(draft, rows=tuple(rows), record_type="")
    prepared = PreparedMapping(some, context.describe, context.settings)
    return [prepared.apply(record) for record in context.sample_for(*rows)]


def dependent_issues(draft: ObjectMapping, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return what dependent picklists refuse beside the value that controls them."""
    applied = apply_rows(draft, _dependent_rows(draft, context.describe), context)
    return tally(
        Finding(
            cell=cell,
            row_number=record.row_number,
            kind=problem.kind,
            severity=Severity.HOLDS if problem.blocks else Severity.WARNS,
            message=problem.message,
            advice=problem.advice,
        )
        for record in applied
        for cell in record.cells
        for problem in map(partial(_of_new, cell, context), cell.problems)
        if problem.kind in _BETWEEN_ROWS
    )


def _of_new(cell: AppliedCell, context: RowContext, problem: Problem) -> Problem:
    """Of a new record it is known that nothing else will be in the controlling field."""
    field = context.describe.field(cell.field_name)
    controller = context.describe.field(field.controller_name or "") if field else None
    is_known = problem.kind is ProblemKind.CONTROLLER_UNKNOWN and not (
        context.operation is Operation.UPDATE
        or controller is None
        or controller.defaulted_on_create
        or cell.value is None
    )
    if not is_known or field is None or controller is None or field.compound_field_name:
        return problem
    return alone_problem(field, controller)


def unique_issues(draft: ObjectMapping, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return the unique fields into which several inquiries would put one value.

    A match key is left out: there a value that comes again means the same record.
    """
    rows = [
        row
        for row in draft.rows
        if (field := context.describe.field(row.field_name)) is not None
        and field.unique
        and not context.is_match_field(field.name)
        and row.source.kind is not SourceKind.PARENT
    ]
    return tally(_repeated(apply_rows(draft, rows, context), context.describe))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One inquiry's trouble with one row."""

    cell: AppliedCell
    row_number: int
    kind: ProblemKind | IssueKind
    severity: Severity
    message: str
    advice: str


def tally(findings: Iterable[Finding]) -> tuple[MappingIssue, ...]:
    """Return one issue for each row and kind, with the count and the first example."""
    found: dict[tuple[str, str], MappingIssue] = {}
    for each in findings:
        key = (each.cell.row_id, each.kind)
        first = found.get(key) or MappingIssue(
            row_id=each.cell.row_id,
            kind=each.kind,
            severity=each.severity,
            message=each.message,
            advice=each.advice,
            first_example=shorten(each.cell.source_text or ""),
            first_row_number=each.row_number,
        )
        found[key] = replace(first, affected_count=first.affected_count + 1)
    return tuple(found.values())


def _repeated(applied: Iterable[AppliedRecord], describe: SobjectDescribe) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for record in applied:
        for cell in record.cells:
            field = describe.field(cell.field_name)
            if field is None or cell.value is None:
                continue
            key = (cell.field_name, _folded(str(cell.value), field))
            if key in seen:
                yield Finding(
                    cell=cell,
                    row_number=record.row_number,
                    kind=IssueKind.NOT_UNIQUE,
                    severity=Severity.WARNS,
                    message=f"{field.label} is unique in Salesforce, and inquiries share a value.",
                    advice="Make it a match key, or map something that differs by person.",
                )
            seen.add(key)


def _folded(value: str, field: FieldDescribe) -> str:
    return value if field.case_sensitive else value.lower()


def _dependent_rows(draft: ObjectMapping, describe: SobjectDescribe) -> tuple[FieldRow, ...]:
    targets = [(row, describe.field(row.field_name)) for row in draft.rows if row.field_name]
    controllers = {
        field.controller_name.casefold() for _, field in targets if field and field.controller_name
    }
    return tuple(
        row
        for row, field in targets
        if field and (field.is_dependent or field.name.casefold() in controllers)
    )
