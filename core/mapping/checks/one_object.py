"""What is wrong with a mapping, before anything is sent: against describe and against a sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.mapping.apply import RECORD_TYPE_ROW_ID, effective_rows
from core.mapping.checks.between import dependent_issues, unique_issues
from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.match_keys import blank_key_issues, match_key_issues
from core.mapping.checks.new_record import address_issues
from core.mapping.checks.packages import package_issues
from core.mapping.checks.row import check_row
from core.mapping.checks.row_context import RowContext
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.forms import takes_part
from core.mapping.model import FieldRow, ObjectMapping, Operation, SourceField, SourceRecord
from core.mapping.pipeline import ApplySettings
from core.mapping.problems import ProblemKind

__all__ = [
    "IssueKind",
    "MappingIssue",
    "RowContext",
    "Severity",
    "check_mapping",
    "check_object",
    "check_row",
    "make_context",
    "required_unserved",
]


def check_mapping(
    draft: ObjectMapping,
    describe: SobjectDescribe,
    sample: Sequence[SourceRecord],
    fields: Sequence[SourceField],
    settings: ApplySettings | None = None,
) -> tuple[MappingIssue, ...]:
    """Return every issue of one object: the whole of it first, then by row, then between rows."""
    return check_object(draft, make_context(draft, describe, sample, fields, settings))


def make_context(
    draft: ObjectMapping,
    describe: SobjectDescribe,
    sample: Sequence[SourceRecord],
    fields: Sequence[SourceField],
    settings: ApplySettings | None = None,
) -> RowContext:
    """Return what the checks of one object share, without inquiries that make no such record."""
    return RowContext(
        describe=describe,
        sample=[record for record in sample if takes_part(draft, record.values)]
        if draft.only_with
        else sample,
        fields={field.key: field for field in fields},
        operation=draft.operation,
        match_fields=frozenset(
            name.casefold() for key in draft.match_keys for name in key.field_names
        ),
        settings=settings or ApplySettings(),
    )


def check_object(draft: ObjectMapping, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return every issue of one object, as `check_mapping` does, in a context made before."""
    rows = effective_rows(draft)
    key_issues = tuple(match_key_issues(draft, context.describe))
    issues = [*_object_issues(draft, context.describe), *key_issues]
    if not any(issue.severity is Severity.BLOCKS for issue in key_issues):
        issues += blank_key_issues(draft, context)
    for row in rows:
        found = check_row(row, context)
        is_own = row.row_id != RECORD_TYPE_ROW_ID
        issues += found if is_own else [replace(issue, row_id=None) for issue in found]
    issues += _twice_issues(rows)
    return (
        *issues,
        *dependent_issues(draft, context),
        *unique_issues(draft, context),
        *package_issues(draft, context),
        *address_issues(draft, context),
    )


def required_unserved(draft: ObjectMapping, describe: SobjectDescribe) -> tuple[FieldDescribe, ...]:
    """Return the fields that a create needs and no row serves; none where nothing is created."""
    if draft.operation is Operation.UPDATE:
        return ()
    served = {row.field_name.casefold() for row in effective_rows(draft)}
    return tuple(
        field
        for field in describe.fields
        if field.is_required_on_create and field.is_writable and field.name.casefold() not in served
    )


def _object_issues(draft: ObjectMapping, describe: SobjectDescribe) -> Iterator[MappingIssue]:
    if not any(row.field_name for row in draft.rows):
        yield MappingIssue(
            kind=IssueKind.NO_ROWS,
            severity=Severity.BLOCKS,
            message="No Halda field has a target yet.",
            advice="Choose a Salesforce field for at least one row.",
        )
    needs_create = draft.operation is not Operation.UPDATE
    needs_update = draft.operation is not Operation.INSERT
    if (needs_create and not describe.createable) or (needs_update and not describe.updateable):
        yield MappingIssue(
            kind=IssueKind.SOBJECT_NOT_WRITABLE,
            severity=Severity.BLOCKS,
            message=f"The connected user may not {draft.operation.value} {describe.label} records.",
            advice="Ask the university's admin for create and edit rights on this object.",
        )
    for field in required_unserved(draft, describe):
        yield MappingIssue(
            kind=IssueKind.REQUIRED_UNSERVED,
            severity=Severity.BLOCKS,
            message=f"A new record needs {field.label}, and no row fills it.",
            advice="Map a Halda field, a template or a constant to it.",
        )


def _twice_issues(rows: Sequence[FieldRow]) -> Iterator[MappingIssue]:
    counts = Counter(row.field_name.casefold() for row in rows)
    for row in rows:
        if counts[row.field_name.casefold()] > 1 and row.row_id != RECORD_TYPE_ROW_ID:
            yield MappingIssue(
                row_id=row.row_id,
                kind=ProblemKind.TARGET_TWICE,
                severity=Severity.BLOCKS,
                message=f"More than one row of the mapping writes to {row.field_name}.",
                advice="Keep one of them.",
            )
