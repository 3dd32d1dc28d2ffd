"""Whether a row's source has something to send, is known, and may be sent. Pure."""

from collections.abc import Iterator

from core.mapping.checks.issues import IssueKind, MappingIssue
from core.mapping.checks.row_context import RowContext, row_issue
from core.mapping.model import FieldRow, SourceKind
from core.mapping.sources import ALL_ANSWERS, source_keys


def source_issues(row: FieldRow, context: RowContext) -> Iterator[MappingIssue]:
    source = row.source
    if not source.text.strip():
        message = f"The row for {row.field_name} has nothing to send."
        yield row_issue(row, IssueKind.NO_SOURCE, message, "Choose a source.", blocks=True)
        return
    keys = source_keys(source)
    if source.kind is SourceKind.TEMPLATE:
        literal = source.text
        for key in keys:
            literal = literal.replace("{" + key + "}", "")
        if not keys or "{" in literal or "}" in literal:
            yield row_issue(
                row,
                IssueKind.BROKEN_TEMPLATE,
                f"The template for {row.field_name} has braces without a Halda field, or no field.",
                "Write fields as {lead.last_name}; use a constant for a text that never changes.",
                blocks=True,
            )
    for key in keys:
        if key != ALL_ANSWERS:
            yield from _key_issues(row, key, context)


def _key_issues(row: FieldRow, key: str, context: RowContext) -> Iterator[MappingIssue]:
    source_field = context.fields.get(key)
    if source_field is None:
        if not any(key in record.values for record in context.sample):
            message = f"No Halda field is called {key}, and no inquiry of the sample has it."
            advice = "Choose another source, or load an inquiry that has this answer."
            yield row_issue(row, IssueKind.UNKNOWN_SOURCE, message, advice)
    elif source_field.sensitive:
        yield row_issue(
            row,
            IssueKind.SENSITIVE_SOURCE,
            f"{source_field.label} is sensitive data about a person.",
            "Send it only if the university has asked for it, and write why into the row's note.",
            blocks=not row.note.strip(),
        )
