"""Whether a row's own steps are set up: options, lookup, newer-than, earlier object. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from core.mapping.checks.issues import IssueKind, MappingIssue
from core.mapping.checks.row_context import RowContext, row_issue, shorten
from core.mapping.describe import FieldDescribe
from core.mapping.model import FieldRow, Newer, NullRule, SourceKind, UnmappedPolicy, WriteRule
from core.mapping.transforms import option_problems
from core.mapping.value_maps import undecided_sources

_CHOOSE_LOOKUP = "Say by which field the related record is found, or send a constant id."


def step_issues(row: FieldRow, field: FieldDescribe, context: RowContext) -> Iterator[MappingIssue]:
    """Yield what is not set up; the values themselves are checked elsewhere."""
    for each in row.transforms:
        for why in option_problems(each):
            message = f"The step {each.kind} of {field.label}: {why}"
            advice = "Correct the step's options or take it off."
            yield row_issue(row, IssueKind.BAD_OPTION, message, advice, blocks=True)
    yield from _default_issues(row, field)
    yield from _pair_issues(row, field)
    yield from _lookup_issues(row, field)
    yield from _newer_issues(row, field, context)


def _default_issues(row: FieldRow, field: FieldDescribe) -> Iterator[MappingIssue]:
    value_map = row.value_map
    needs_default = value_map is not None and value_map.unmapped is UnmappedPolicy.USE_DEFAULT
    if value_map is not None and needs_default and not value_map.default.strip():
        message = f"The value map of {field.label} sends a default, and none is written."
        advice = "Write the default, or choose another policy for values that are not listed."
        yield row_issue(row, IssueKind.BAD_OPTION, message, advice, blocks=True)
    if row.null_rule is NullRule.USE_TEXT and not row.null_text.strip():
        message = f"{field.label} is to get a text where Halda has nothing, and none is written."
        advice = "Write the text, or choose another rule for blanks."
        yield row_issue(row, IssueKind.BAD_OPTION, message, advice, blocks=True)


def _pair_issues(row: FieldRow, field: FieldDescribe) -> Iterator[MappingIssue]:
    undecided = undecided_sources(row.value_map) if row.value_map is not None else ()
    if undecided:
        times = "a value" if len(undecided) == 1 else f"{len(undecided)} values"
        message = f"The value map of {field.label} lists {times} more than once, not sent alike."
        advice = "Keep one line for each value."
        issue = row_issue(row, IssueKind.VALUE_TWICE, message, advice, blocks=True)
        yield replace(issue, first_example=shorten(undecided[0]))


def _lookup_issues(row: FieldRow, field: FieldDescribe) -> Iterator[MappingIssue]:
    lookup = row.lookup
    if lookup is None:
        return
    if field.type != "reference":
        message = f"{field.label} is of type {field.type}; only lookups find a related record."
        yield row_issue(row, IssueKind.LOOKUP_MISSING, message, "Take the lookup off.", blocks=True)
        return
    if lookup.sobject_name.casefold() not in {name.casefold() for name in field.reference_to}:
        message = f"{field.label} does not point at {lookup.sobject_name or 'any object chosen'}."
        advice = f"Choose one of: {', '.join(field.reference_to)}."
        yield row_issue(row, IssueKind.LOOKUP_MISSING, message, advice, blocks=True)
    if not lookup.by_field.strip():
        message = f"Nothing says how the record for {field.label} is found."
        yield row_issue(row, IssueKind.LOOKUP_MISSING, message, _CHOOSE_LOOKUP, blocks=True)


def _newer_issues(
    row: FieldRow, field: FieldDescribe, context: RowContext
) -> Iterator[MappingIssue]:
    if row.write_rule is not WriteRule.ONLY_IF_NEWER or row.source.kind is SourceKind.PARENT:
        return
    newer = row.newer or Newer()
    compared = context.describe.field(newer.field_name)
    if compared is None or compared.type != "datetime":
        message = f"{field.label} is written only if newer than {newer.field_name}, no known time."
        advice = "Choose a date/time field of the object, such as the last modification."
        yield row_issue(row, IssueKind.NEWER_FIELD_UNKNOWN, message, advice, blocks=True)
    if context.sample and not any(newer.source_key in each.values for each in context.sample):
        message = f"{field.label} is written only if newer, and no inquiry has {newer.source_key}."
        advice = "Choose a time that inquiries carry; without one the field is never replaced."
        yield row_issue(row, IssueKind.NEVER_WRITTEN, message, advice)
