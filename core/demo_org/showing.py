"""How a record is shown: its type and address, and each field as its kind is read."""

from core.demo_org.predicates import Getter
from core.demo_org.schema import Field, Sobject, Values


def attributes(sobject_name: str, record_id: str, version: str) -> dict[str, str]:
    return {
        "type": sobject_name,
        "url": f"/services/data/v{version}/sobjects/{sobject_name}/{record_id}",
    }


def reader(sobject: Sobject, field: Field) -> Getter:
    """Return how to read a field from a record; a compound is put together from its parts."""
    if field.type == "address":
        return lambda record: _address(sobject, field, record)
    if field.encrypted:
        return lambda record: "*" * len(record.get(field.name) or "") or None
    name = field.name
    return lambda record: record.get(name)


def _address(sobject: Sobject, field: Field, record: Values) -> Values | None:
    prefix = field.name.removesuffix("Address")
    parts = {
        each.name.removeprefix(prefix): record.get(each.name)
        for each in sobject.fields.values()
        if each.compound == field.name
    }
    if not any(parts.values()):
        return None
    return {key[:1].lower() + key[1:]: value for key, value in parts.items()}
