"""Parse describe answers of any API version into the mapping's values. Does no I/O."""

import base64
import binascii
import json
from typing import Any

from core.errors import UnreadableAnswer
from core.mapping.describe import (
    MASTER_RECORD_TYPE_ID,
    FieldDescribe,
    PicklistValue,
    RecordType,
    SobjectDescribe,
    SobjectSummary,
)
from core.salesforce.remedies import unreadable

Raw = bytes | str | dict[str, Any]


def parse_global(raw: Raw) -> tuple[SobjectSummary, ...]:
    """Return every object of a global describe, in the org's order."""
    return tuple(
        SobjectSummary(
            name=_text(entry, "name"),
            label=_text(entry, "label") or _text(entry, "name"),
            label_plural=_text(entry, "labelPlural"),
            key_prefix=_maybe(entry, "keyPrefix"),
            custom=_flag(entry, "custom"),
            custom_setting=_flag(entry, "customSetting"),
            createable=_flag(entry, "createable"),
            updateable=_flag(entry, "updateable"),
            queryable=_flag(entry, "queryable"),
            deprecated_and_hidden=_flag(entry, "deprecatedAndHidden"),
        )
        for entry in _list(_object(raw), "sobjects")
        if _text(entry, "name")
    )


def parse_describe(raw: Raw) -> SobjectDescribe:
    """Return one object with its fields. Keys that old versions lack take the model's defaults."""
    body = _object(raw)
    name = _text(body, "name")
    if not name:
        raise _not_a_describe()
    return SobjectDescribe(
        name=name,
        label=_text(body, "label") or name,
        label_plural=_text(body, "labelPlural"),
        key_prefix=_maybe(body, "keyPrefix"),
        custom=_flag(body, "custom"),
        createable=_flag(body, "createable", missing=True),
        updateable=_flag(body, "updateable", missing=True),
        queryable=_flag(body, "queryable", missing=True),
        fields=tuple(_field(entry) for entry in _list(body, "fields") if _text(entry, "name")),
        record_types=tuple(_record_type(entry) for entry in _list(body, "recordTypeInfos")),
    )


def _field(entry: dict[str, Any]) -> FieldDescribe:
    targets = entry.get("referenceTo")
    reference_to = tuple(str(each) for each in targets) if isinstance(targets, list) else ()
    return FieldDescribe(
        name=_text(entry, "name"),
        label=_text(entry, "label") or _text(entry, "name"),
        type=_text(entry, "type") or "string",
        length=_number(entry, "length"),
        precision=_number(entry, "precision"),
        scale=_number(entry, "scale"),
        digits=_number(entry, "digits"),
        nillable=_flag(entry, "nillable", missing=True),
        createable=_flag(entry, "createable"),
        updateable=_flag(entry, "updateable"),
        filterable=_flag(entry, "filterable", missing=True),
        defaulted_on_create=_flag(entry, "defaultedOnCreate"),
        default_value=_default_value(entry.get("defaultValue")),
        calculated=_flag(entry, "calculated"),
        auto_number=_flag(entry, "autoNumber"),
        custom=_flag(entry, "custom"),
        unique=_flag(entry, "unique"),
        case_sensitive=_flag(entry, "caseSensitive"),
        external_id=_flag(entry, "externalId"),
        id_lookup=_flag(entry, "idLookup"),
        name_field=_flag(entry, "nameField"),
        encrypted=_flag(entry, "encrypted"),
        deprecated_and_hidden=_flag(entry, "deprecatedAndHidden"),
        restricted_picklist=_flag(entry, "restrictedPicklist"),
        picklist_values=tuple(_picklist_value(each) for each in _list(entry, "picklistValues")),
        controller_name=_maybe(entry, "controllerName"),
        reference_to=reference_to,
        relationship_name=_maybe(entry, "relationshipName"),
        polymorphic=_flag(entry, "polymorphicForeignKey", missing=len(reference_to) > 1),
        compound_field_name=_maybe(entry, "compoundFieldName"),
        extra_type_info=_maybe(entry, "extraTypeInfo"),
        help_text=_maybe(entry, "inlineHelpText"),
    )


def _picklist_value(entry: dict[str, Any]) -> PicklistValue:
    value = _text(entry, "value")
    return PicklistValue(
        value=value,
        label=_text(entry, "label") or value,
        active=_flag(entry, "active", missing=True),
        default=_flag(entry, "defaultValue"),
        valid_for=_bits(entry.get("validFor")),
    )


def parse_record_type_values(raw: Raw) -> dict[str, frozenset[str]] | None:
    """Return the open API values by field of one record type; None where the org told none.

    https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_picklist_values_collection.htm
    """
    found = _object(raw).get("picklistFieldValues")
    if not isinstance(found, dict):
        return None
    return {
        str(name): frozenset(_text(entry, "value") for entry in _list(field, "values"))
        for name, field in found.items()
        if isinstance(field, dict)
    }


def _record_type(entry: dict[str, Any]) -> RecordType:
    record_type_id = _text(entry, "recordTypeId")
    name = _text(entry, "name")
    return RecordType(
        record_type_id=record_type_id,
        name=name,
        # absent before v43
        developer_name=_text(entry, "developerName") or name,
        active=_flag(entry, "active", missing=True),
        available=_flag(entry, "available", missing=True),
        is_default=_flag(entry, "defaultRecordTypeMapping"),
        is_master=_flag(entry, "master", missing=record_type_id == MASTER_RECORD_TYPE_ID),
    )


def _bits(value: object) -> bytes:
    if not isinstance(value, str):
        return b""
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        raise _not_a_describe() from None


def _object(raw: Raw) -> dict[str, Any]:
    if not isinstance(raw, dict):
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            raise _not_a_describe() from None
    if not isinstance(raw, dict):
        raise _not_a_describe()
    return raw


def _list(body: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = body.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise _not_a_describe()
    return [each for each in value if isinstance(each, dict)]


def _default_value(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return value if isinstance(value, str) else ""


def _maybe(entry: dict[str, Any], key: str) -> str | None:
    return _text(entry, key) or None


def _flag(entry: dict[str, Any], key: str, *, missing: bool = False) -> bool:
    value = entry.get(key)
    return value if isinstance(value, bool) else missing


def _number(entry: dict[str, Any], key: str) -> int:
    value = entry.get(key)
    return int(value) if isinstance(value, int | float) else 0


def _not_a_describe() -> UnreadableAnswer:
    return unreadable(200)
