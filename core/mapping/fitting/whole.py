"""A whole mapping against an org: what it lacks, or lost since it was last described. Pure."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

from core.mapping.checks.issues import Severity
from core.mapping.checks.one_object import required_unserved
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.diff.phrases import object_title
from core.mapping.fitting.misfits import Misfit, MisfitKind
from core.mapping.fitting.row import (
    Describes,
    RowPlace,
    find_describe,
    related_misfits,
    row_misfits,
)
from core.mapping.fitting.tightening import tightened
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    Operation,
    SourceKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Orgs:
    """The org's objects by API name, and as they were before (or in the org copied from).

    `only_changes` asks for what is worse than before, not for what never fitted.
    """

    describes: Describes
    before: Describes
    only_changes: bool = False


def find_misfits(draft: MappingDraft, orgs: Orgs) -> tuple[Misfit, ...]:
    """Return what the org lacks for each object, its keys, its rows and the forms' own rows."""
    gone: set[str] = set()
    found: list[Misfit] = []
    for mapping in draft.objects:
        describe = find_describe(orgs.describes, mapping.sobject_name)
        if describe is None:
            gone.add(mapping.object_id)
            if not orgs.only_changes or find_describe(orgs.before, mapping.sobject_name):
                found.append(_object_gone(draft, mapping))
            continue
        found += misfits_of(draft, mapping, describe, orgs, gone)
    return tuple(found)


def misfits_of(
    draft: MappingDraft,
    mapping: ObjectMapping,
    describe: SobjectDescribe,
    orgs: Orgs,
    gone: Set[str] = frozenset(),
) -> Iterator[Misfit]:
    """Yield what the org lacks for one object; `gone` are the ids of objects that are not there."""
    yield from object_misfits(
        mapping, describe, find_describe(orgs.before, mapping.sobject_name), orgs
    )
    for place in row_places(draft, mapping, orgs):
        yield from _orphan(place) if _is_orphan(place.row, gone) else row_misfits(place)
        if orgs.only_changes:
            yield from tightened(place)


def pointing_misfits(draft: MappingDraft, object_id: str, orgs: Orgs) -> Iterator[Misfit]:
    """Yield where other objects carry this one's record id in a field that cannot refer to it."""
    for mapping in draft.objects:
        if mapping.object_id == object_id:
            continue
        for place in row_places(draft, mapping, orgs):
            source = place.row.source
            if source.kind is SourceKind.PARENT and source.text == object_id:
                yield from related_misfits(place)


def row_places(draft: MappingDraft, mapping: ObjectMapping, orgs: Orgs) -> Iterator[RowPlace]:
    """Yield an object's mapped rows beside the org's side of them; none without the object."""
    describe = find_describe(orgs.describes, mapping.sobject_name)
    before = find_describe(orgs.before, mapping.sobject_name)
    if describe is None:
        return
    for row, form_id in all_rows(draft, mapping):
        yield RowPlace(
            mapping=mapping,
            row=row,
            describe=describe,
            before=before,
            describes=orgs.describes,
            befores=orgs.before,
            only_changes=orgs.only_changes and before is not None,
            form_id=form_id,
            parent_name=_parent_name(draft, row),
        )


def all_rows(draft: MappingDraft, mapping: ObjectMapping) -> Iterator[tuple[FieldRow, str]]:
    """Yield an object's mapped rows, the default's first, then each AI Form's with its id."""
    yield from ((row, "") for row in mapping.rows if row.field_name)
    for form in draft.forms:
        for each in form.rows:
            if each.object_id == mapping.object_id and each.row.field_name:
                yield each.row, form.form_id


def object_misfits(
    mapping: ObjectMapping, describe: SobjectDescribe, before: SobjectDescribe | None, orgs: Orgs
) -> Iterator[Misfit]:
    """Yield what the org lacks for the object as a whole."""
    past = before if orgs.only_changes else None
    if _cannot_write(mapping, describe) and not (past and _cannot_write(mapping, past)):
        yield _whole(
            mapping,
            MisfitKind.OBJECT_NOT_WRITABLE,
            f"The connected user may not {mapping.operation} {describe.label} records.",
        )
    if lacks_record_type(mapping, describe) and not (past and lacks_record_type(mapping, past)):
        yield _whole(
            mapping,
            MisfitKind.RECORD_TYPE_GONE,
            f"{describe.label} has no active record type {mapping.record_type} that the "
            "connected user may use.",
            is_lost=True,
        )
    for key in mapping.match_keys:
        yield from _key_misfits(mapping, key, describe, before, orgs)
    known = {field.name for field in required_unserved(mapping, past)} if past else set[str]()
    for field in required_unserved(mapping, describe):
        if field.name not in known:
            yield _whole(
                mapping,
                MisfitKind.REQUIRED_UNSERVED,
                f"{field.label} is required for a new {describe.label}, and no row fills it.",
                advice=f"Map a Halda field or a constant to {field.label}.",
            )


def lacks_record_type(mapping: ObjectMapping, describe: SobjectDescribe) -> bool:
    folded = mapping.record_type.casefold()
    return bool(folded) and not any(
        each.developer_name.casefold() == folded and each.active and each.available
        for each in describe.record_types
    )


def lacks_key(key: MatchKey, describe: SobjectDescribe) -> bool:
    fields = [describe.field(name) for name in key.field_names]
    return any(field is None or not field.filterable for field in fields)


def _key_misfits(
    mapping: ObjectMapping,
    key: MatchKey,
    describe: SobjectDescribe,
    before: SobjectDescribe | None,
    orgs: Orgs,
) -> Iterator[Misfit]:
    words = " + ".join(key.field_names)
    if lacks_key(key, describe):
        if not (orgs.only_changes and before and lacks_key(key, before)):
            yield _whole(
                mapping,
                MisfitKind.KEY_GONE,
                f"{describe.label} cannot be searched by the match key {words}.",
                advice="Choose another match key, or ask the university's Salesforce admin.",
                is_lost=True,
            )
        return
    for name in key.field_names:
        field, old = describe.field(name), before.field(name) if before else None
        if field and old and _identifies(old) and not _identifies(field):
            yield _whole(
                mapping,
                MisfitKind.KEY_WEAKER,
                f"{field.label} of the match key {words} is no longer unique or an external ID.",
                advice="Several records may now share a value: those inquiries will be held.",
                severity=Severity.WARNS,
            )


def _identifies(field: FieldDescribe) -> bool:
    return field.unique or field.external_id


def _cannot_write(mapping: ObjectMapping, describe: SobjectDescribe) -> bool:
    creates = mapping.operation is not Operation.UPDATE and not describe.createable
    updates = mapping.operation is not Operation.INSERT and not describe.updateable
    return creates or updates


def _parent_name(draft: MappingDraft, row: FieldRow) -> str:
    parent = draft.object(row.source.text) if row.source.kind is SourceKind.PARENT else None
    return parent.sobject_name if parent else ""


def _is_orphan(row: FieldRow, gone: Set[str]) -> bool:
    return row.source.kind is SourceKind.PARENT and row.source.text in gone


def _orphan(place: RowPlace) -> list[Misfit]:
    title = object_title(place.row.source.text)
    message = f"It carries the id of the {title} record, and that object is not there."
    return [place.misfit(MisfitKind.PARENT_GONE, message, is_lost=True)]


def _object_gone(draft: MappingDraft, mapping: ObjectMapping) -> Misfit:
    rows = [row.row_id for row, _ in all_rows(draft, mapping)]
    message = (
        f"There is no object {mapping.sobject_name}, or it is hidden from the connected user: "
        f"its {len(rows)} rows have nowhere to go."
    )
    misfit = _whole(mapping, MisfitKind.OBJECT_GONE, message, is_lost=True)
    return replace(misfit, row_ids=tuple(dict.fromkeys(rows)))


def _whole(
    mapping: ObjectMapping,
    kind: MisfitKind,
    message: str,
    *,
    advice: str = "Ask the university's Salesforce admin, or choose another one.",
    severity: Severity = Severity.BLOCKS,
    is_lost: bool = False,
) -> Misfit:
    return Misfit(
        kind=kind,
        severity=severity,
        object_id=mapping.object_id,
        place=object_title(mapping.object_id),
        message=message,
        advice=advice,
        is_lost=is_lost,
    )
