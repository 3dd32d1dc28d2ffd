"""Find objects and single records by their ids and keys, for reading and for writing."""

from typing import Any

from core.demo_org.errors import ApiError
from core.demo_org.ids import to_long_id
from core.demo_org.org import Org
from core.demo_org.schema import Sobject, Values
from core.demo_org.showing import attributes, reader


def known_sobject(org: Org, name: str) -> Sobject:
    """Return an object by its API name, in any case.

    Raises:
        ApiError: NOT_FOUND.
    """
    found = org.sobject(name)
    if found is None:
        raise ApiError.not_found()
    return found


def live_record(org: Org, sobject: Sobject, record_id: str) -> Values:
    """Return a record that is there.

    Raises:
        ApiError: NOT_FOUND, or ENTITY_IS_DELETED for one in the recycle bin.
    """
    record = org.records.get(sobject.name, to_long_id(record_id) or "")
    if record is None:
        raise ApiError.not_found()
    if record.get("IsDeleted"):
        raise ApiError("ENTITY_IS_DELETED", "entity is deleted", status=404, fields=())
    return record


def by_external_id(
    org: Org, sobject: Sobject, field_name: str, value: str, *, version: str
) -> Values:
    """Return the one record with this key.

    Raises:
        ApiError: NOT_FOUND; MultipleChoices when several share it.
    """
    found = matching(org, sobject, field_name, value)
    if not found:
        raise ApiError.not_found()
    if len(found) > 1:
        raise MultipleChoicesError(
            [attributes(sobject.name, each["Id"], version)["url"] for each in found]
        )
    return found[0]


class MultipleChoicesError(Exception):
    """Several records share one key: answered as HTTP 300 with their addresses."""

    def __init__(self, urls: list[str]) -> None:
        super().__init__("300")
        self.urls = urls


def matching(org: Org, sobject: Sobject, field_name: str, value: Any) -> list[Values]:
    """Return the live records whose key field holds the value.

    Raises:
        ApiError: NOT_FOUND for a field that is no key.
    """
    field = org.visible_field(sobject, field_name)
    if field is None or not (field.external_id or field.id_lookup):
        raise ApiError(
            "NOT_FOUND",
            f"Provided external ID field does not exist or is not accessible: {field_name}",
            status=404,
        )
    if field.type == "id":
        value = to_long_id(str(value)) or ""
    return org.records.find(sobject.name, field.name, value)


def record_json(
    org: Org, sobject: Sobject, record: Values, names: list[str], version: str
) -> Values:
    """Draw a record with the named fields.

    Raises:
        ApiError: INVALID_FIELD for one that the user does not see.
    """
    row: Values = {"attributes": attributes(sobject.name, record["Id"], version)}
    for name in names:
        field = org.visible_field(sobject, name.strip())
        if field is None:
            message = f"No such column '{name}' on sobject of type {sobject.name}"
            raise ApiError("INVALID_FIELD", message)
        row[field.name] = reader(sobject, field)(record)
    return row
