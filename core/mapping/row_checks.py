"""What is wrong with one row of a mapping, whatever the other rows say. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.mapping.apply import row_reader
from core.mapping.decide import APPENDABLE_TYPES, is_protection
from core.mapping.describe import UNWRITABLE_TYPES, FieldDescribe, SobjectDescribe
from core.mapping.issues import IssueKind, MappingIssue, Severity
from core.mapping.model import (
    FieldRow,
    Operation,
    SourceField,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.mapping.pipeline import ApplySettings, RowReader, RowResult
from core.mapping.problems import Problem, ProblemKind
from core.mapping.sources import ALL_ANSWERS, source_keys

_SHOWN = 60  # characters of an example
# The first spelling in any case where no letter precedes ("Class notes"), the second inside words.
_SOCIAL_SECURITY = re.compile(
    r"(?i:(?<![a-z])ssn(?![a-z])|social[ _-]*security)|(?<=[a-z])SSN(?![a-z])"
)
_DISCLOSURE = re.compile(r"(?<![A-Za-z])(FERPA|HIPAA)(?![A-Za-z])", re.IGNORECASE)
_OPT_IN = re.compile(r"opt[ _-]?in(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowContext:
    """What stands still while rows are edited. `match_fields` holds case-folded API names."""

    describe: SobjectDescribe
    sample: Sequence[SourceRecord]
    fields: Mapping[str, SourceField]
    operation: Operation
    match_fields: frozenset[str] = frozenset()
    settings: ApplySettings = field(default_factory=ApplySettings)

    def is_match_field(self, field_name: str) -> bool:
        return field_name.casefold() in self.match_fields


def is_forbidden_target(field: FieldDescribe) -> bool:
    """Tell whether no inquiry may ever be written here: social security numbers."""
    return any(_SOCIAL_SECURITY.search(text) for text in (field.name, field.label))


def is_typed_writable(field: FieldDescribe) -> bool:
    """Tell whether a client can write text into this field at all."""
    return field.is_writable and field.type != "encryptedstring"


def check_row(row: FieldRow, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return the issues of one row; equal arguments give equal answers, so they can be kept.

    An unmapped row has none. Rows that disagree with each other are `check_mapping`'s business.
    """
    if not row.field_name:
        return ()
    field = context.describe.field(row.field_name)
    if field is None:
        return (_unknown_field(row, context.describe),)
    issues = [*_source_issues(row, context), *_target_issues(row, field, context)]
    if any(issue.severity is Severity.BLOCKS for issue in issues):
        return tuple(issues)
    issues += _meaning_issues(row, field, context)
    issues += _rule_issues(row, field, context)
    issues += _value_issues(row, field, context)
    return tuple(issues)


def _unknown_field(row: FieldRow, describe: SobjectDescribe) -> MappingIssue:
    return MappingIssue(
        row_id=row.row_id,
        kind=ProblemKind.UNKNOWN_FIELD,
        severity=Severity.BLOCKS,
        message=f"{describe.label} has no field {row.field_name} that the connected user can see.",
        advice="Choose another field, or ask the university's admin to show this one.",
    )


def _issue(
    row: FieldRow, kind: IssueKind, message: str, advice: str, *, blocks: bool = False
) -> MappingIssue:
    severity = Severity.BLOCKS if blocks else Severity.WARNS
    return MappingIssue(
        row_id=row.row_id, kind=kind, severity=severity, message=message, advice=advice
    )


def _source_issues(row: FieldRow, context: RowContext) -> Iterator[MappingIssue]:
    source = row.source
    if not source.text.strip():
        message = f"The row for {row.field_name} has nothing to send."
        yield _issue(row, IssueKind.NO_SOURCE, message, "Choose a source.", blocks=True)
        return
    keys = source_keys(source)
    if source.kind is SourceKind.TEMPLATE:
        literal = source.text
        for key in keys:
            literal = literal.replace("{" + key + "}", "")
        if not keys or "{" in literal or "}" in literal:
            yield _issue(
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
            yield _issue(row, IssueKind.UNKNOWN_SOURCE, message, advice)
    elif source_field.sensitive:
        yield _issue(
            row,
            IssueKind.SENSITIVE_SOURCE,
            f"{source_field.label} is sensitive data about a person.",
            "Send it only if the university has asked for it, and note why when you save.",
        )


def _target_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    if is_forbidden_target(field):
        yield _issue(
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
        yield _issue(row, IssueKind.NOT_WRITABLE, message, advice)
    else:
        message, advice = _why_unwritable(field)
        yield _issue(row, IssueKind.NOT_WRITABLE, message, advice, blocks=True)


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
        yield _issue(row, IssueKind.NOT_ON_CREATE, message, advice, blocks=blocks)
    if not field.updateable and context.operation is not Operation.INSERT and not is_key:
        message = f"{field.label} cannot be changed once a record exists."
        blocks = context.operation is Operation.UPDATE
        yield _issue(row, IssueKind.NOT_ON_UPDATE, message, advice, blocks=blocks)


def _meaning_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    if is_protection(field) and any(_is_opt_in(key, context) for key in source_keys(row.source)):
        yield _issue(
            row,
            IssueKind.OPT_IN_TO_OPT_OUT,
            f"Yes means the opposite in {field.label}: an opt-in would be saved as an opt-out.",
            "Choose a field in which yes allows contact.",
            blocks=True,
        )
    if found := _DISCLOSURE.search(field.name) or _DISCLOSURE.search(field.label):
        yield _issue(
            row,
            IssueKind.SENSITIVE_TARGET,
            f"{field.label} records a privacy choice under {found[1].upper()}, not a consent.",
            "Map it only if the university says that this very answer belongs there.",
        )
    if row.source.text == "lead.preferred_name" and field.name == "FirstName":
        yield _issue(
            row,
            IssueKind.PREFERRED_NAME,
            "A preferred name would replace the legal first name.",
            "Map the first name here and the preferred name to a field of its own.",
        )


def _is_opt_in(key: str, context: RowContext) -> bool:
    known = context.fields.get(key)
    return bool(_OPT_IN.search(key) or (known and _OPT_IN.search(known.label)))


def _rule_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    advice = "Choose another write rule."
    if row.write_rule is WriteRule.CREATE_ONLY and context.operation is Operation.UPDATE:
        message = f"{field.label} is written on new records only, and this mapping makes none."
        yield _issue(row, IssueKind.NEVER_WRITTEN, message, advice)
    if row.write_rule is WriteRule.APPEND and field.type not in APPENDABLE_TYPES:
        message = f"Nothing can be added to {field.label}: only to texts and multi-select lists."
        yield _issue(row, IssueKind.CANNOT_APPEND, message, advice, blocks=True)
    if row.write_rule is WriteRule.IF_BLANK and field.type == "boolean":
        message = f"{field.label} is a checkbox and never blank: it is only set on new records."
        yield _issue(row, IssueKind.NEVER_WRITTEN, message, advice)


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


def shorten(text: str) -> str:
    """Return an example that fits a cell of a table."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _value_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    read = _remembering(row, row_reader(row, field, context.describe, context.settings))
    if row.source.kind is SourceKind.CONSTANT:
        for problem in read({}).problems:
            yield value_issue(row, problem, always=True)
        return
    if row.source.kind is SourceKind.PARENT:
        return
    tallies: dict[Problem, _Tally] = {}
    blanks = _Tally()
    for record in context.sample:
        result = read(record.values)
        if result.value is None and not result.problems and result.ask is None:
            blanks.add(result.source_text, record)
        for problem in result.problems:
            # lengths are part of the message, so one tally for each kind
            first = next((each for each in tallies if each.kind is problem.kind), problem)
            tallies.setdefault(first, _Tally()).add(result.source_text, record)
    for problem, tally in tallies.items():
        yield value_issue(row, problem, tally)
    is_needed = field.is_required_on_create and context.operation is not Operation.UPDATE
    if is_needed and blanks.count:
        yield _required_blank(row, field, blanks)


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


def _remembering(row: FieldRow, read: RowReader) -> Callable[[Mapping[str, str]], RowResult]:
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
