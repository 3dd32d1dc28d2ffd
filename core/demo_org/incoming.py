"""Read what a caller sent into the values that a record keeps. Writes nothing."""

from collections.abc import Mapping
from typing import Any

from core.demo_org.coercing import coerce, parser_error
from core.demo_org.errors import ApiError
from core.demo_org.finding import matching
from core.demo_org.ids import to_long_id
from core.demo_org.org import Org
from core.demo_org.schema import Field, Sobject, Values


def read_values(org: Org, sobject: Sobject, sent: Mapping[str, Any], *, is_new: bool) -> Values:
    """Return the stored form of every sent value.

    Raises:
        ApiError: For a field that is unknown or closed, a value of the wrong kind, a parent that
            does not exist.
    """
    changes: Values = {}
    refused = []
    for name, value in sent.items():
        if name == "attributes":
            continue
        field, wanted = (
            _parent(org, sobject, name, value)
            if isinstance(value, dict)
            else (_field(org, sobject, name), value)
        )
        if not (field.createable if is_new else field.updateable):
            refused.append(field.name)
            continue
        changes[field.name] = (
            _reference(org, sobject, field, wanted)
            if field.type == "reference"
            else coerce(field, wanted)
        )
    if refused:
        raise _not_writeable(refused)
    return changes


def _field(org: Org, sobject: Sobject, name: str) -> Field:
    field = org.visible_field(sobject, name)
    if field is None:
        message = f"No such column '{name}' on sobject of type {sobject.name}"
        raise ApiError("INVALID_FIELD", message)
    return field


def _parent(
    org: Org, sobject: Sobject, relationship: str, sent: dict[str, Any]
) -> tuple[Field, Any]:
    """Find the lookup and the parent's id behind `{"Account": {"Ext__c": "1"}}`."""
    fields = org.visible_fields(sobject).values()
    field = next((each for each in fields if each.relationship == relationship), None)
    keys = {name: value for name, value in sent.items() if name != "attributes"}
    if field is None or len(keys) != 1:
        _field(org, sobject, relationship)
        raise parser_error("string", sent)
    targets = field.reference_to
    if len(targets) > 1:
        targets = (str(sent.get("attributes", {}).get("type", "")),)
    parent = org.sobject(targets[0])
    ((key, value),) = keys.items()
    found = matching(org, parent, key, value) if parent else []
    if len(found) != 1:
        message = (
            f"Foreign key external ID: {value} not found for field {key} in entity {targets[0]}"
        )
        raise ApiError("INVALID_FIELD", message, fields=())
    return field, str(found[0]["Id"])


def _reference(org: Org, sobject: Sobject, field: Field, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise parser_error("reference", value)
    long_id = to_long_id(value)
    target = org.sobject_of_id(long_id) if long_id else None
    if long_id is None or target is None or target.name not in field.reference_to:
        raise ApiError(
            "MALFORMED_ID",
            f"{field.label}: id value of incorrect type: {value}",
            fields=(field.name,),
        )
    if field.name == "RecordTypeId":
        return _available_record_type(sobject, field, long_id)
    parent = org.records.get(target.name, long_id)
    if parent is None:
        raise ApiError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", fields=())
    if parent.get("IsDeleted"):
        raise ApiError("ENTITY_IS_DELETED", "entity is deleted", fields=())
    if field.name == "OwnerId" and parent.get("IsActive") is False:
        raise ApiError(
            "OPERATION_WITH_INACTIVE_USER_EXCEPTION",
            f"operation performed with inactive user [{long_id}] as owner of "
            f"{sobject.label.lower()}",
            fields=("OwnerId",),
        )
    return long_id


def _not_writeable(names: list[str]) -> ApiError:
    listed = ", ".join(names)
    return ApiError(
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        f"Unable to create/update fields: {listed}. Please check the security settings of this "
        "field and verify that it is read/write for your profile or permission set.",
        fields=tuple(names),
    )


def _available_record_type(sobject: Sobject, field: Field, record_type_id: str) -> str:
    for each in sobject.record_types:
        if each.id == record_type_id and each.available:
            return record_type_id
    raise ApiError(
        "INVALID_CROSS_REFERENCE_KEY",
        f"{field.label}: this ID value isn't valid for the user: {record_type_id}",
        fields=(field.name,),
    )
