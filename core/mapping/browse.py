"""Objects and fields as lines of a table: every describe fact that can fail a write. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from core.mapping.describe import FieldDescribe, PicklistValue, SobjectDescribe, SobjectSummary

_NUMBER_TYPES = frozenset({"double", "currency", "percent"})
_TEXT_TYPES = frozenset(
    {"string", "textarea", "email", "phone", "url", "encryptedstring", "combobox", "id"}
)


class ObjectKind(StrEnum):
    ALL = "All"
    STANDARD = "Standard"
    CUSTOM = "Custom"
    PACKAGE = "Package"


def kind_of(summary: SobjectSummary) -> ObjectKind:
    """Package objects are custom objects with a namespace."""
    if summary.namespace:
        return ObjectKind.PACKAGE
    return ObjectKind.CUSTOM if summary.custom else ObjectKind.STANDARD


def filter_objects(
    summaries: Iterable[SobjectSummary],
    *,
    search: str = "",
    kind: ObjectKind = ObjectKind.ALL,
    namespace: str = "",
    only_writable: bool = True,
) -> list[SobjectSummary]:
    """The objects whose label or API name has every word of `search`; best matches first."""
    words = search.casefold().split()
    found = [
        each
        for each in summaries
        if (not only_writable or (each.createable and not each.deprecated_and_hidden))
        and kind in {ObjectKind.ALL, kind_of(each)}
        and namespace in {"", each.namespace}
        and all(word in f"{each.label} {each.name}".casefold() for word in words)
    ]
    wanted = search.strip().casefold()
    return sorted(found, key=lambda each: (_rank(each, wanted), each.label.casefold(), each.name))


def _rank(summary: SobjectSummary, wanted: str) -> int:
    names = (summary.label.casefold(), summary.name.casefold())
    if not wanted:
        return 0
    if wanted in names:
        return 0
    return 1 if any(name.startswith(wanted) for name in names) else 2


def object_line(summary: SobjectSummary) -> dict[str, str]:
    return {
        "Label": summary.label,
        "API name": summary.name,
        "Kind": kind_of(summary).value,
        "Package": summary.namespace,
        "Create": _yes(summary.createable),
        "Update": _yes(summary.updateable),
        "Query": _yes(summary.queryable),
    }


def field_line(field: FieldDescribe, describe: SobjectDescribe) -> dict[str, str]:
    """One field of an object; every cell is text."""
    return {
        "Label": field.label,
        "API name": field.name,
        "Type": size_of(field),
        "Required on create": _yes(field.is_required_on_create),
        "Create": _yes(field.createable),
        "Update": _yes(field.updateable),
        "Unique": _yes(field.unique),
        "External ID": _yes(field.external_id),
        "Match key": _yes(field.external_id or field.id_lookup),
        "Default": field.default_value or ("(set by Salesforce)" if _has_default(field) else ""),
        "Picklist": picklist_summary(field, describe),
        "References": ", ".join(field.reference_to),
        "Note": note_of(field),
        "Help text": field.help_text or "",
    }


def size_of(field: FieldDescribe) -> str:
    """`string (80)`, `double (16, 2)`, `int (8 digits)`; the bare type otherwise."""
    if field.type in _TEXT_TYPES and field.length:
        return f"{field.type} ({field.length})"
    if field.type == "textarea" and field.extra_type_info:
        return f"{field.type}, {field.extra_type_info} ({field.length})"
    if field.type in _NUMBER_TYPES:
        return f"{field.type} ({field.precision}, {field.scale})"
    if field.type == "int" and field.digits:
        return f"{field.type} ({field.digits} digits)"
    return field.type


def picklist_summary(field: FieldDescribe, describe: SobjectDescribe) -> str:
    """`12 values, restricted, depends on Country`."""
    if not field.picklist_values:
        return ""
    active = len(field.active_values)
    parts = [f"{active} values" if active != 1 else "1 value"]
    if inactive := len(field.picklist_values) - active:
        parts.append(f"{inactive} inactive")
    if field.restricted_picklist:
        parts.append("restricted")
    if field.controller_name:
        controller = describe.field(field.controller_name)
        parts.append(f"depends on {controller.label if controller else field.controller_name}")
    return ", ".join(parts)


def value_lines(field: FieldDescribe, describe: SobjectDescribe) -> list[dict[str, str]]:
    """Every picklist value with the controlling values that allow it."""
    controller = describe.field(field.controller_name) if field.controller_name else None
    return [
        {
            "API value": entry.value,
            "Label": entry.label,
            "Active": _yes(entry.active),
            "Default": _yes(entry.default),
            "Allowed for": ", ".join(_allowed_for(entry, controller)),
        }
        for entry in field.picklist_values
    ]


def _allowed_for(entry: PicklistValue, controller: FieldDescribe | None) -> list[str]:
    if controller is None:
        return []
    if controller.type == "boolean":
        names = ["unchecked", "checked"]
    else:
        names = [each.value for each in controller.picklist_values]
    return [name for index, name in enumerate(names) if entry.is_valid_for(index)]


def note_of(field: FieldDescribe) -> str:
    """What else can stop a write."""
    notes = []
    if field.calculated:
        notes.append("formula or roll-up")
    if field.auto_number:
        notes.append("auto-number")
    if field.encrypted or field.type == "encryptedstring":
        notes.append("encrypted")
    if field.compound_field_name and field.compound_field_name != field.name:
        notes.append(f"part of {field.compound_field_name}")
    if field.case_sensitive:
        notes.append("case-sensitive")
    if field.polymorphic:
        notes.append("several objects")
    if field.deprecated_and_hidden:
        notes.append("deprecated")
    if not field.createable and not field.updateable:
        notes.append("read-only for the connected user")
    return ", ".join(notes)


def record_type_lines(describe: SobjectDescribe) -> list[dict[str, str]]:
    return [
        {
            "Record type": each.name,
            "DeveloperName": each.developer_name,
            "Active": _yes(each.active),
            "Available to the user": _yes(each.available),
            "Default": _yes(each.is_default),
            "Id": each.record_type_id,
        }
        for each in describe.record_types
    ]


def _has_default(field: FieldDescribe) -> bool:
    return field.defaulted_on_create and field.type != "boolean"


def _yes(value: bool) -> str:
    return "✓" if value else ""
