"""What is wrong with a mapping, before anything is sent: against describe and against a sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.mapping.apply import PreparedMapping, effective_rows, source_keys
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    Operation,
    SourceField,
    SourceRecord,
)

_NEVER_MAPPED = ("ssn", "socialsecurity")  # identity numbers have no place in an inquiry
_DISCLOSURE_OPT_OUT = "hed__ferpa__c"


class Severity(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingIssue:
    """One finding. `row_id` is None for the mapping as a whole; counts are sample inquiries."""

    row_id: str | None
    severity: Severity
    kind: str
    message: str
    affected_count: int = 0
    first_example: str = ""


def check_mapping(
    draft: MappingDraft,
    describe: SobjectDescribe,
    sample: Sequence[SourceRecord],
    fields: Sequence[SourceField],
) -> tuple[MappingIssue, ...]:
    """Return every finding: the whole mapping first, then row by row."""
    known = {field.key for field in fields}
    rows = effective_rows(draft)
    found = [*_check_required(draft, describe), *_check_keys(draft, describe)]
    for row in rows:
        found += check_row(row, draft, describe, known)
    found += _check_twice(rows)
    return (*found, *_check_sample(draft, describe, sample))


def required_unserved(draft: MappingDraft, describe: SobjectDescribe) -> tuple[FieldDescribe, ...]:
    """Fields that a create needs and no row serves; none where the mapping only updates."""
    if draft.operation is Operation.UPDATE:
        return ()
    served = {row.field_name.casefold() for row in effective_rows(draft)}
    return tuple(
        field
        for field in describe.fields
        if field.is_required_on_create and field.is_writable and field.name.casefold() not in served
    )


def check_row(
    row: FieldRow, draft: MappingDraft, describe: SobjectDescribe, known: set[str]
) -> list[MappingIssue]:
    """Findings of one row that need no sample."""
    field = describe.field(row.field_name)
    if field is None:
        return [
            _blocks(row, "unknown_field", f"{row.field_name} is not visible to the connected user.")
        ]
    found = [
        _blocks(row, "unknown_source", f"{key} is no Halda field of this account.")
        for key in source_keys(row.source)
        if key not in known
    ]
    return found + _check_rights(row, field, draft) + _check_sensitive(row, field)


def _check_rights(row: FieldRow, field: FieldDescribe, draft: MappingDraft) -> list[MappingIssue]:
    if not field.is_writable:
        text = f"{field.label} cannot be written by the connected user."
        return [_blocks(row, "not_writable", text)]
    if draft.operation is Operation.INSERT and not field.createable:
        text = f"{field.label} can be updated but not set on create."
        return [_blocks(row, "not_createable", text)]
    if draft.operation is Operation.UPDATE and not field.updateable:
        text = f"{field.label} can be set on create but not updated."
        return [_blocks(row, "not_updateable", text)]
    if draft.operation is Operation.UPSERT and not (field.createable and field.updateable):
        when = "on create" if field.createable else "on update"
        return [_warns(row, "partly_writable", f"{field.label} is written {when} only.")]
    return []


def _check_sensitive(row: FieldRow, field: FieldDescribe) -> list[MappingIssue]:
    squeezed = f"{field.name}{field.label}".casefold().replace("_", "").replace(" ", "")
    if field.type == "encryptedstring" or any(word in squeezed for word in _NEVER_MAPPED):
        return [_blocks(row, "sensitive", f"{field.label} must not be filled from an inquiry.")]
    if field.name.casefold() == _DISCLOSURE_OPT_OUT:
        text = f"{field.label} records an opt-out of disclosure, not consent to be contacted."
        return [_warns(row, "disclosure", text)]
    return []


def _check_required(draft: MappingDraft, describe: SobjectDescribe) -> list[MappingIssue]:
    return [
        MappingIssue(
            row_id=None,
            severity=Severity.BLOCKS,
            kind="required",
            message=f"{field.label} is required on create and nothing is mapped to it.",
        )
        for field in required_unserved(draft, describe)
    ]


def _check_keys(draft: MappingDraft, describe: SobjectDescribe) -> list[MappingIssue]:
    if not draft.match_keys and draft.operation is not Operation.INSERT:
        return [_general("no_match_key", "No match key: nothing says which record an inquiry is.")]
    served = {row.field_name.casefold() for row in effective_rows(draft)}
    found = []
    for key in draft.match_keys:
        found += _check_key(key, describe, served)
    return found


def _check_key(key: MatchKey, describe: SobjectDescribe, served: set[str]) -> list[MappingIssue]:
    found = []
    for name in key.field_names:
        field = describe.field(name)
        if field is None:
            found.append(_general("unknown_key", f"The match key {name} is not in the org."))
        elif field.auto_number or not field.filterable:
            found.append(_general("bad_key", f"{field.label} cannot be used as a match key."))
        elif name.casefold() not in served:
            text = f"The match key {field.label} has no Halda field mapped to it."
            found.append(_general("key_unserved", text))
    return found


def _check_twice(rows: Sequence[FieldRow]) -> list[MappingIssue]:
    seen: dict[str, str] = {}
    found = []
    for row in rows:
        name = row.field_name.casefold()
        if name in seen:
            found.append(_blocks(row, "target_twice", f"{row.field_name} is mapped twice."))
        seen.setdefault(name, row.row_id)
    return found


def _check_sample(
    draft: MappingDraft, describe: SobjectDescribe, sample: Sequence[SourceRecord]
) -> list[MappingIssue]:
    """Apply the mapping to the sample and count what would fail, by row and kind."""
    prepared = PreparedMapping(draft, describe)
    found: dict[tuple[str, str], MappingIssue] = {}
    for record in sample:
        for cell in prepared.apply(record).cells:
            for problem in cell.problems:
                key = (cell.row_id, problem.kind.value)
                before = found.get(key)
                found[key] = MappingIssue(
                    row_id=cell.row_id,
                    severity=Severity.BLOCKS if problem.blocks else Severity.WARNS,
                    kind=problem.kind.value,
                    message=problem.message,
                    affected_count=(before.affected_count if before else 0) + 1,
                    first_example=before.first_example if before else cell.source_text or "",
                )
    return list(found.values())


def _blocks(row: FieldRow, kind: str, message: str) -> MappingIssue:
    return MappingIssue(row_id=row.row_id, severity=Severity.BLOCKS, kind=kind, message=message)


def _warns(row: FieldRow, kind: str, message: str) -> MappingIssue:
    return MappingIssue(row_id=row.row_id, severity=Severity.WARNS, kind=kind, message=message)


def _general(kind: str, message: str) -> MappingIssue:
    return MappingIssue(row_id=None, severity=Severity.BLOCKS, kind=kind, message=message)
