"""The mapping a shape of org starts with: its objects in order, from the suggestions. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.mapping.describe import FieldDescribe, SobjectDescribe, SobjectSummary
from core.mapping.editing.rows import with_row
from core.mapping.model import (
    PERSON_OBJECT_ID,
    FieldRow,
    Lookup,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    Operation,
    OrgShape,
    RowSource,
    SourceField,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.mapping.suggestions.org_shapes import inquiry_objects
from core.mapping.suggestions.suggest import starter_rows, suggest, suggest_match_keys, take

# The Halda field that finds the related record, for lookups whose name or target has the word.
_LOOKED_UP = (
    ("term", "interest.term"),
    ("program", "interest.program"),
    ("plan", "interest.program"),
)
_PER_SUBMISSION = ("interest.", "submission.", "form.", "visit.", "answer.", "consent.")
_INTEREST_KEYS = ("interest.program", "interest.term")
_NAME = "Name"


def template_objects(shape: OrgShape, summaries: Sequence[SobjectSummary]) -> tuple[str, ...]:
    """Return the objects a shape's mapping starts with, the person's first, if the org has them."""
    names = {each.name for each in summaries}
    wanted: tuple[str, ...]
    match shape:
        case OrgShape.LEAD_FIRST:
            wanted = ("Lead",)
        case OrgShape.CONTACT_FIRST:
            wanted = ("Contact",)
        case OrgShape.CONTACT_AND_INQUIRY:
            wanted = ("Contact", *inquiry_objects(summaries)[:1])
        case OrgShape.STAGING_OBJECT:
            wanted = ("Interaction__c",)
        case OrgShape.EDUCATION_CLOUD:
            wanted = ("Lead", "AcademicInterest")
    return tuple(name for name in wanted if name in names)


def start_mapping(
    shape: OrgShape | None,
    describes: Sequence[SobjectDescribe],
    fields: Sequence[SourceField],
    sample: Sequence[SourceRecord] = (),
) -> MappingDraft:
    """Return a draft with one object for each describe, in their order, and what can be taken."""
    draft = MappingDraft(objects=(), shape=shape)
    for describe in describes:
        draft = add_object(draft, describe, fields, sample)
    return draft


def add_object(
    draft: MappingDraft,
    describe: SobjectDescribe,
    fields: Sequence[SourceField],
    sample: Sequence[SourceRecord] = (),
) -> MappingDraft:
    """Return the draft with one more object at the end, its good suggestions taken.

    A later object gets the ids of earlier ones where it has a lookup to them, and only what
    belongs to a submission rather than to the person.
    """
    is_person = not draft.objects
    mapping = ObjectMapping(
        object_id=_object_id(draft, describe), sobject_name=describe.name, operation=_OPERATION
    )
    for row in (*_parent_rows(draft, describe), *_lookup_rows(describe, is_person=is_person)):
        mapping = with_row(mapping, row)
    carried = {key for record in sample for key in record.values}
    offered = [
        field
        for field in fields
        if (is_person or field.key.startswith(_PER_SUBMISSION))
        and (not carried or field.key in carried)
    ]
    taken = {row.field_name for row in mapping.rows}
    for each in suggest(offered, describe, sample):
        if each.accept and each.field_name not in taken:
            mapping = take(mapping, each)
    taken = {row.field_name for row in mapping.rows}
    for row in starter_rows(describe):
        if row.field_name not in taken:
            mapping = with_row(mapping, row)
    mapping = replace(
        mapping,
        match_keys=_match_keys(mapping, describe, is_person=is_person),
        only_with=_only_with(mapping),
    )
    return replace(draft, objects=(*draft.objects, mapping))


_OPERATION = Operation.UPSERT


def _object_id(draft: MappingDraft, describe: SobjectDescribe) -> str:
    if not draft.objects:
        return PERSON_OBJECT_ID
    bare = describe.name.removesuffix("__c").rpartition("__")[2].casefold()
    used = {each.object_id for each in draft.objects}
    tries = (bare, *(f"{bare}_{number}" for number in range(2, len(used) + 3)))
    return next(each for each in tries if each not in used)


def _parent_rows(draft: MappingDraft, describe: SobjectDescribe) -> Iterator[FieldRow]:
    """One lookup for each earlier object; of several the one named after the object."""
    for parent in draft.objects:
        pointing = [
            field
            for field in describe.fields
            if field.type == "reference"
            and field.is_writable
            and parent.sobject_name in field.reference_to
        ]
        if not pointing:
            continue
        field = min(pointing, key=lambda each: _distance(each, parent.sobject_name))
        yield FieldRow(
            row_id=f"extra:{parent.object_id}_id",
            source=RowSource(kind=SourceKind.PARENT, text=parent.object_id),
            field_name=field.name,
            write_rule=WriteRule.CREATE_ONLY,
        )


def _distance(field: FieldDescribe, sobject_name: str) -> tuple[bool, int, str]:
    bare = field.name.removesuffix("__c").removesuffix("Id").rpartition("__")[2]
    is_named = bare.casefold() == sobject_name.casefold()
    return not is_named, len(field.name), field.name


def _lookup_rows(describe: SobjectDescribe, *, is_person: bool) -> Iterator[FieldRow]:
    """Term and program of a later object, found by name, where they are lookups."""
    used: set[str] = set()
    for field in () if is_person else describe.fields:
        if field.type != "reference" or not field.is_writable:
            continue
        told = f"{field.name} {' '.join(field.reference_to)}".casefold()
        key = next((key for word, key in _LOOKED_UP if word in told and key not in used), None)
        if key is None:
            continue
        used.add(key)
        yield FieldRow(
            row_id=f"field:{key}",
            source=RowSource(kind=SourceKind.FIELD, text=key),
            field_name=field.name,
            lookup=Lookup(sobject_name=field.reference_to[0], by_field=_NAME),
        )


def _only_with(mapping: ObjectMapping) -> tuple[str, ...]:
    """An object whose interest is looked up makes no sense without one."""
    looked_up = {row.source.text for row in mapping.rows if row.lookup is not None}
    return _INTEREST_KEYS if looked_up.intersection(_INTEREST_KEYS) else ()


def _match_keys(
    mapping: ObjectMapping, describe: SobjectDescribe, *, is_person: bool
) -> tuple[MatchKey, ...]:
    """The person's usual keys; for a later object its submission's id, else person and interest."""
    by_source = {row.source.text: row.field_name for row in mapping.rows}
    served = set(by_source.values())
    if is_person:
        keys = suggest_match_keys(describe)
        return tuple(key for key in keys if served.issuperset(key.field_names)) or keys
    submission = describe.field(by_source.get("submission.id", ""))
    if submission is not None and (submission.external_id or submission.unique):
        return (MatchKey(field_names=(submission.name,)),)
    parents = [row.field_name for row in mapping.rows if row.source.kind is SourceKind.PARENT]
    interest = [by_source[key] for key in reversed(_INTEREST_KEYS) if key in by_source]
    names = tuple(
        name
        for name in (*parents, *interest)
        if (field := describe.field(name)) is not None and field.filterable
    )
    return (MatchKey(field_names=names),) if names else ()
