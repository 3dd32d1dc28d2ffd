"""What a record type leaves of an object's picklists. Pure.

The describe lists every value of a field; each record type opens only some of them, and the
platform refuses the rest on restricted fields.
"""

from collections.abc import Mapping
from dataclasses import replace

from core.mapping.describe import FieldDescribe, RecordType, SobjectDescribe

RecordTypeValues = Mapping[str, frozenset[str]]


def find_record_type(describe: SobjectDescribe, developer_name: str) -> RecordType | None:
    """Return the record type of this DeveloperName; the user's default one for an empty name."""
    folded = developer_name.strip().casefold()
    if folded:
        named = (t for t in describe.record_types if t.developer_name.casefold() == folded)
        return next(named, None)
    return next((each for each in describe.record_types if each.is_default), None)


def has_record_types(describe: SobjectDescribe) -> bool:
    """Tell whether the object has record types of its own besides the master one."""
    return any(not each.is_master for each in describe.record_types)


def narrow(
    describe: SobjectDescribe, record_type: RecordType, values: RecordTypeValues
) -> SobjectDescribe:
    """Return the object as this record type sees it: values it does not open are marked.

    `values` holds the open API values by field; a field that is not in it is left as it is.
    """
    fields = tuple(_narrowed(field, record_type, values) for field in describe.fields)
    return replace(describe, fields=fields)


def _narrowed(
    field: FieldDescribe, record_type: RecordType, values: RecordTypeValues
) -> FieldDescribe:
    opened = values.get(field.name)
    if opened is None or not field.picklist_values:
        return field
    marked = tuple(
        entry
        if entry.value in opened or not entry.active
        else replace(entry, closed_for=record_type.name)
        for entry in field.picklist_values
    )
    return replace(field, picklist_values=marked)
