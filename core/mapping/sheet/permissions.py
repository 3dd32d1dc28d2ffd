"""Which permissions the integration user needs for a mapping, and for nothing more. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.row import Describes, find_describe
from core.mapping.fitting.whole import all_rows
from core.mapping.model import MappingDraft, ObjectMapping, Operation

READ, CREATE, EDIT = "read", "create", "edit"
# Every user who sees the record sees these; no field permission exists for them.
_SYSTEM_FIELDS = frozenset({"id", "createddate", "lastmodifieddate", "systemmodstamp"})
_OBJECT_RIGHTS = {
    Operation.INSERT: (READ, CREATE),
    Operation.UPDATE: (READ, EDIT),
    Operation.UPSERT: (READ, CREATE, EDIT),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What to grant on an object or, with a `field_name`, on one of its fields.

    No `rights` means that the field has no permission of its own: it goes with the object.
    """

    sobject_name: str
    field_name: str
    label: str
    rights: tuple[str, ...]
    why: str

    @property
    def words(self) -> str:
        return ", ".join(self.rights) or "none to grant: the field goes with the object"


def permissions_to_grant(draft: MappingDraft, describes: Describes) -> tuple[Permission, ...]:
    """Return the object and field permissions, each once, in the order of the mapping."""
    found: dict[tuple[str, str], Permission] = {}
    for mapping in draft.objects:
        for each in _of_object(draft, mapping, describes):
            key = (each.sobject_name.casefold(), each.field_name.casefold())
            known = found.get(key)
            found[key] = each if known is None else _both(known, each)
    return tuple(found.values())


def _of_object(
    draft: MappingDraft, mapping: ObjectMapping, describes: Describes
) -> Iterator[Permission]:
    describe = find_describe(describes, mapping.sobject_name)
    rights = _OBJECT_RIGHTS[mapping.operation]
    yield _permission(mapping.sobject_name, "", describe, rights, "records are written")
    for row, _ in all_rows(draft, mapping):
        yield _permission(
            mapping.sobject_name, row.field_name, describe, (READ, EDIT), "a value is sent"
        )
        if row.newer is not None:
            name = row.newer.field_name
            yield _permission(mapping.sobject_name, name, describe, (READ,), "tells what is newer")
        if row.lookup is not None:
            name, by_field = row.lookup.sobject_name, row.lookup.by_field
            related = find_describe(describes, name)
            yield _permission(name, "", related, (READ,), "records are looked up")
            yield _permission(name, by_field, related, (READ,), "records are looked up by it")
    for key in mapping.match_keys:
        for name in key.field_names:
            yield _permission(mapping.sobject_name, name, describe, (READ,), "match key")


def _permission(
    sobject_name: str,
    field_name: str,
    describe: SobjectDescribe | None,
    rights: tuple[str, ...],
    why: str,
) -> Permission:
    field = describe.field(field_name) if describe and field_name else None
    label = field.label if field else (describe.label if describe and not field_name else "")
    is_fixed = bool(field_name) and (
        field_name.casefold() in _SYSTEM_FIELDS or bool(field and field.is_required_on_create)
    )
    return Permission(
        sobject_name=sobject_name,
        field_name=field_name,
        label=label,
        rights=() if is_fixed else rights,
        why=why,
    )


def _both(known: Permission, other: Permission) -> Permission:
    rights = {*known.rights, *other.rights}
    in_order = tuple(right for right in (READ, CREATE, EDIT) if right in rights)
    why = dict.fromkeys([*known.why.split("; "), other.why])
    return replace(known, rights=in_order, why="; ".join(why))
