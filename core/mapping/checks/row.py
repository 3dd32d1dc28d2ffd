"""What is wrong with one row of a mapping, whatever the other rows say. Pure."""

import re
from collections.abc import Iterator

from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.row_context import RowContext, row_issue
from core.mapping.checks.sample_values import value_issues
from core.mapping.checks.source import source_issues
from core.mapping.checks.steps import step_issues
from core.mapping.checks.target import rule_issues, target_issues
from core.mapping.decide import is_protection
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import FieldRow, TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.sources import source_keys

_DISCLOSURE = re.compile(r"(?<![A-Za-z])(FERPA|HIPAA)(?![A-Za-z])", re.IGNORECASE)
_OPT_IN = re.compile(r"opt[ _-]?in(?![a-z])", re.IGNORECASE)


def check_row(row: FieldRow, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return the issues of one row; equal arguments give equal answers, so they can be kept.

    An unmapped row has none. Rows that disagree with each other are `check_mapping`'s business.
    """
    if not row.field_name:
        return ()
    field = context.describe.field(row.field_name)
    if field is None:
        return (_unknown_field(row, context.describe),)
    issues = [*source_issues(row, context), *target_issues(row, field, context)]
    issues += step_issues(row, field, context)
    if any(issue.severity is Severity.BLOCKS for issue in issues):
        return tuple(issues)
    issues += _meaning_issues(row, field, context)
    issues += rule_issues(row, field, context)
    issues += value_issues(row, field, context)
    return tuple(issues)


def _unknown_field(row: FieldRow, describe: SobjectDescribe) -> MappingIssue:
    return MappingIssue(
        row_id=row.row_id,
        kind=ProblemKind.UNKNOWN_FIELD,
        severity=Severity.BLOCKS,
        message=f"{describe.label} has no field {row.field_name} that the connected user can see.",
        advice="Choose another field, or ask the university's admin to show this one.",
    )


def _meaning_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    is_inverted = sum(each.kind is TransformKind.INVERT for each in row.transforms) % 2 == 1
    is_opt_in = any(_is_opt_in(key, context) for key in source_keys(row.source))
    if is_opt_in and is_inverted is not is_protection(field) and field.type == "boolean":
        yield row_issue(
            row,
            IssueKind.OPT_IN_TO_OPT_OUT,
            f"Yes means the opposite in {field.label}: an opt-in would be saved as an opt-out."
            if not is_inverted
            else f"Yes allows contact in {field.label} already: turned round, it would forbid it.",
            "Add the transform that turns yes into no."
            if not is_inverted
            else "Take the transform off that turns yes into no.",
            blocks=True,
        )
    if found := _DISCLOSURE.search(field.name) or _DISCLOSURE.search(field.label):
        yield row_issue(
            row,
            IssueKind.SENSITIVE_TARGET,
            f"{field.label} records a privacy choice under {found[1].upper()}, not a consent.",
            "Map it only if the university says that this very answer belongs there.",
        )
    if row.source.text == "lead.preferred_name" and field.name == "FirstName":
        yield row_issue(
            row,
            IssueKind.PREFERRED_NAME,
            "A preferred name would replace the legal first name.",
            "Map the first name here and the preferred name to a field of its own.",
        )


def _is_opt_in(key: str, context: RowContext) -> bool:
    known = context.fields.get(key)
    return bool(_OPT_IN.search(key) or (known and _OPT_IN.search(known.label)))
