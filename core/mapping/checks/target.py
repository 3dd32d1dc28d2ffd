"""Whether a row's target can be written, and by its rule. Pure."""

import re
from collections.abc import Iterator

from core.mapping.checks.issues import IssueKind, MappingIssue
from core.mapping.checks.row_context import RowContext, row_issue
from core.mapping.decide import APPENDABLE_TYPES
from core.mapping.describe import UNWRITABLE_TYPES, FieldDescribe
from core.mapping.model import FieldRow, Operation, WriteRule

# The first spelling in any case where no letter precedes ("Class notes"), the second inside words.
_SOCIAL_SECURITY = re.compile(
    r"(?i:(?<![a-z])ssn(?![a-z])|social[ _-]*security)|(?<=[a-z])SSN(?![a-z])"
)


def is_forbidden_target(field: FieldDescribe) -> bool:
    """Tell whether no inquiry may ever be written here: social security numbers."""
    return any(_SOCIAL_SECURITY.search(text) for text in (field.name, field.label))


def is_typed_writable(field: FieldDescribe) -> bool:
    """Tell whether a client can write text into this field at all."""
    return field.is_writable and field.type != "encryptedstring"


def target_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    if is_forbidden_target(field):
        yield row_issue(
            row,
            IssueKind.FORBIDDEN_TARGET,
            f"{field.label} holds social security numbers; Halda never writes there.",
            "Choose another field.",
            blocks=True,
        )
    elif is_typed_writable(field):
        yield from _operation_issues(row, field, context)
    elif context.is_match_field(field.name) and field.type not in UNWRITABLE_TYPES:
        message = f"{field.label} only finds records; the connected user cannot write it."
        advice = "Nothing to do if that is what you want."
        yield row_issue(row, IssueKind.NOT_WRITABLE, message, advice)
    else:
        message, advice = _why_unwritable(field)
        yield row_issue(row, IssueKind.NOT_WRITABLE, message, advice, blocks=True)


def _why_unwritable(field: FieldDescribe) -> tuple[str, str]:
    another = "Choose another field."
    if field.type == "id":
        return f"{field.label} is given by Salesforce itself.", another
    if field.type in ("address", "location"):
        return f"{field.label} is made of parts.", "Map its parts, such as street and city."
    if field.calculated:
        return f"{field.label} is a formula; Salesforce computes it.", another
    if field.auto_number:
        return f"{field.label} is numbered by Salesforce.", another
    if field.type in UNWRITABLE_TYPES or field.type == "encryptedstring":
        return f"{field.label} is of type {field.type}, which takes no value here.", another
    return (
        f"The connected user can read {field.label} but not write it.",
        "Choose another field, or ask the university's admin for edit access to this one.",
    )


def _operation_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    advice = "Choose another field, or ask the university's admin whether that is intended."
    is_key = context.is_match_field(field.name)
    if not field.createable and context.operation is not Operation.UPDATE:
        message = f"{field.label} cannot be set on a new record."
        blocks = context.operation is Operation.INSERT
        yield row_issue(row, IssueKind.NOT_ON_CREATE, message, advice, blocks=blocks)
    if not field.updateable and context.operation is not Operation.INSERT and not is_key:
        message = f"{field.label} cannot be changed once a record exists."
        blocks = context.operation is Operation.UPDATE
        yield row_issue(row, IssueKind.NOT_ON_UPDATE, message, advice, blocks=blocks)


def rule_issues(row: FieldRow, field: FieldDescribe, context: RowContext) -> Iterator[MappingIssue]:
    advice = "Choose another write rule."
    if row.write_rule is WriteRule.CREATE_ONLY and context.operation is Operation.UPDATE:
        message = f"{field.label} is written on new records only, and this mapping makes none."
        yield row_issue(row, IssueKind.NEVER_WRITTEN, message, advice)
    if row.write_rule is WriteRule.APPEND and field.type not in APPENDABLE_TYPES:
        message = f"Nothing can be added to {field.label}: only to texts and multi-select lists."
        yield row_issue(row, IssueKind.CANNOT_APPEND, message, advice, blocks=True)
    if row.write_rule is WriteRule.IF_BLANK and field.type == "boolean":
        message = f"{field.label} is a checkbox and never blank: it is only set on new records."
        yield row_issue(row, IssueKind.NEVER_WRITTEN, message, advice)
