"""Whether a row's link to another record can work: a parent's id, or a record looked up. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.mapping.checks.issues import IssueKind, MappingIssue
from core.mapping.checks.row_context import row_issue
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.fitting.row import find_describe
from core.mapping.lookups import needs_asking
from core.mapping.model import FieldRow, ObjectMapping, SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What rows of one object can point at: earlier objects, by object_id, and what is described.

    `describe` is None where the org shows no such object.
    """

    describe: SobjectDescribe | None
    earlier: Mapping[str, ObjectMapping]
    describes: Mapping[str, SobjectDescribe]


def related_issues(rows: Sequence[FieldRow], relations: Relations) -> Iterator[MappingIssue]:
    """Yield the mapped rows whose link to another record cannot work; each of them blocks."""
    for row in rows:
        if not row.field_name:
            continue
        field = relations.describe.field(row.field_name) if relations.describe else None
        if row.source.kind is SourceKind.PARENT:
            yield from _parent_issues(row, field, relations)
        elif field is not None and field.type == "reference":
            yield from _lookup_issues(row, relations)


def _parent_issues(
    row: FieldRow, field: FieldDescribe | None, relations: Relations
) -> Iterator[MappingIssue]:
    parent = relations.earlier.get(row.source.text)
    if parent is None:
        message = (
            f"{row.field_name} needs the id of {row.source.text or 'an object'}, "
            "which does not come before this object."
        )
        advice = "Move that object up, or choose another source."
        yield row_issue(row, IssueKind.NO_PARENT, message, advice, blocks=True)
    elif field is not None and (why := _why_no_link(field, parent.sobject_name)):
        advice = f"Choose a lookup to {parent.sobject_name}, or another source."
        yield row_issue(row, IssueKind.WRONG_PARENT, why, advice, blocks=True)


def _why_no_link(field: FieldDescribe, sobject_name: str) -> str:
    if field.type != "reference":
        return f"{field.label} is of type {field.type} and cannot point at a {sobject_name}."
    names = field.reference_to
    if names and sobject_name.casefold() not in map(str.casefold, names):
        return f"{field.label} points at {', '.join(names)}, not at {sobject_name}."
    return ""


def _lookup_issues(row: FieldRow, relations: Relations) -> Iterator[MappingIssue]:
    lookup = row.lookup
    if lookup is None or not lookup.by_field.strip() or not needs_asking(lookup):
        return
    related = find_describe(relations.describes, lookup.sobject_name)
    if related is None:
        return
    searched = related.field(lookup.by_field)
    if searched is None:
        message = f"{related.label} has no field {lookup.by_field} that the connected user can see."
    elif not searched.filterable:
        message = f"{related.label} cannot be searched by {searched.label}."
    else:
        return
    advice = "Choose another field to find the related record by."
    yield row_issue(row, IssueKind.LOOKUP_MISSING, message, advice, blocks=True)
