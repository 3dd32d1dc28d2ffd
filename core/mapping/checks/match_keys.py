"""Whether the match keys of a mapping can say which record an inquiry belongs to. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from core.mapping.apply import AppliedRecord, PreparedMapping, effective_rows
from core.mapping.checks.between import apply_rows
from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.row_context import RowContext
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import MatchKey, ObjectMapping, Operation, SourceKind
from core.mapping.stored_ids import id_key


def match_key_issues(draft: ObjectMapping, describe: SobjectDescribe) -> Iterator[MappingIssue]:
    """Yield what is wrong with the match keys; an insert needs none and uses none.

    Nor does the contact of a converted lead, which the lead itself names.
    """
    if draft.operation is Operation.INSERT or draft.only_converted:
        return
    if not draft.match_keys:
        yield _blocks(
            IssueKind.NO_MATCH_KEY,
            "Nothing says which Salesforce record an inquiry belongs to.",
            "Choose a match key, such as the Halda ID, or e-mail with last name.",
        )
    for key in draft.match_keys:
        if not key.id_source:
            yield from _key_issues(key, draft, describe)


def blank_key_issues(draft: ObjectMapping, context: RowContext) -> Iterator[MappingIssue]:
    """Yield how many inquiries no match key can look up, where the keys themselves can be used.

    A key with a parent's id is left out: the record of a new parent is new. So are inquiries
    whose value for a key is refused, which is told with the row.
    """
    names = {name.casefold() for key in draft.match_keys for name in key.field_names}
    if draft.only_converted:
        return
    if id_key(draft) is not None:
        yield from _stored_id_issues(draft, context)
        return  # an id needs no row, so rows do not tell who can be looked up
    rows = [row for row in effective_rows(draft) if row.field_name.casefold() in names]
    is_child = any(row.source.kind is SourceKind.PARENT for row in rows)
    if draft.operation is Operation.INSERT or not names or is_child:
        return
    blank = [each for each in apply_rows(draft, rows, context) if _is_without_key(draft, each)]
    if blank:
        keys = ", ".join(" + ".join(key.field_names) for key in draft.match_keys)
        yield MappingIssue(
            kind=IssueKind.MATCH_KEY_BLANK,
            severity=Severity.HOLDS,
            message=f"No value to find a record by: {keys} is blank.",
            advice="Add a match key that these inquiries fill, or accept that they wait.",
            affected_count=len(blank),
            first_row_number=blank[0].row_number,
        )


def _stored_id_issues(draft: ObjectMapping, context: RowContext) -> Iterator[MappingIssue]:
    """How many inquiries carry an id that is none of this object's."""
    prepared = PreparedMapping(replace(draft, rows=(), record_type=""), context.describe)
    read = ((each, prepared.stored_id(each)) for each in context.sample)
    wrong = [(each.row_number, found.problem) for each, found in read if found.problem]
    if wrong:
        yield MappingIssue(
            kind=IssueKind.STORED_ID_WRONG,
            severity=Severity.HOLDS,
            message=f"The stored Salesforce id {wrong[0][1]}.",
            advice="Correct it at the source, or take the id out of the match keys.",
            affected_count=len(wrong),
            first_row_number=wrong[0][0],
        )


def _is_without_key(draft: ObjectMapping, applied: AppliedRecord) -> bool:
    if applied.is_blocked:
        return False
    filled = {
        cell.field_name.casefold()
        for cell in applied.cells
        if cell.ask is not None or not is_blank(cell.value)
    }
    return not any(
        all(name.casefold() in filled for name in key.field_names) for key in draft.match_keys
    )


def _key_issues(
    key: MatchKey, draft: ObjectMapping, describe: SobjectDescribe
) -> Iterator[MappingIssue]:
    kinds = {row.field_name.casefold(): row.source.kind for row in effective_rows(draft)}
    names = [name.casefold() for name in key.field_names]
    if not names or len(set(names)) < len(names):
        yield _blocks(
            IssueKind.MATCH_KEY_UNUSABLE,
            "A match key has no field, or the same field twice.",
            "Choose its fields again.",
        )
        return
    for name in key.field_names:
        yield from _field_issues(name, describe.field(name), is_mapped=name.casefold() in kinds)
    if all(kinds.get(name) is SourceKind.CONSTANT for name in names):
        yield _blocks(
            IssueKind.MATCH_KEY_CONSTANT,
            f"{' + '.join(key.field_names)} is the same for every inquiry and tells none apart.",
            "Choose a match key that a Halda field fills.",
        )
    only = describe.field(names[0]) if len(names) == 1 else None
    if only is not None and not _identifies(only):
        yield MappingIssue(
            kind=IssueKind.MATCH_KEY_WEAK,
            severity=Severity.WARNS,
            message=f"Several people may share one {only.label}.",
            advice="Match by an external ID, or add the last name to the key.",
        )


def _field_issues(
    name: str, field: FieldDescribe | None, *, is_mapped: bool
) -> Iterator[MappingIssue]:
    if field is None:
        message = f"The match key names {name}, which the connected user cannot see."
        advice = "Choose another key, or ask the university's admin to show this field."
        yield _blocks(IssueKind.MATCH_KEY_UNUSABLE, message, advice)
    elif field.auto_number or not field.filterable:
        why = "is numbered by Salesforce" if field.auto_number else "cannot be searched"
        message = f"{field.label} {why} and cannot be a match key."
        yield _blocks(IssueKind.MATCH_KEY_UNUSABLE, message, "Choose another match key.")
    elif not is_mapped:
        message = f"The match key {field.label} has no Halda field."
        advice = f"Map a Halda field to {field.label}, or choose another match key."
        yield _blocks(IssueKind.MATCH_KEY_UNMAPPED, message, advice)


def _identifies(field: FieldDescribe) -> bool:
    """E-mail and phone do not, though the platform offers e-mail for look-ups: families share."""
    if field.external_id or field.unique:
        return True
    return field.id_lookup and field.type not in ("email", "phone")


def _blocks(kind: IssueKind, message: str, advice: str) -> MappingIssue:
    return MappingIssue(kind=kind, severity=Severity.BLOCKS, message=message, advice=advice)
