"""What the platform itself fills in: timestamps, auto numbers, formulas, companion records."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from core.demo_org.schema import Sobject, Values

if TYPE_CHECKING:
    from core.demo_org.org import Org


def to_timestamp(seconds: float) -> str:
    """Write a moment as the platform answers it, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000+0000", time.gmtime(seconds))


def finish_record(next_serial: Callable[[str], int], sobject: Sobject, record: Values) -> None:
    """Fill what the platform computes: auto numbers, formulas and the full name."""
    for each in sobject.fields.values():
        if each.number_format and each.name not in record:
            serial = next_serial(f"{sobject.name}.{each.name}")
            record[each.name] = each.number_format.format(serial)
    for each in sobject.fields.values():
        if each.compute:
            record[each.name] = each.compute(record)


_SYSTEM_FIELDS: Final = frozenset(
    {
        "CreatedById",
        "CreatedDate",
        "LastModifiedById",
        "LastModifiedDate",
        "OwnerId",
        "SystemModstamp",
    }
)


def put_companion(org: "Org", sobject: Sobject, record: Values) -> None:
    """Save the record that goes with this one, if one does, and link the two."""
    companion = sobject.companion
    values = companion.values(record) if companion else None
    beside = org.sobject(companion.sobject_name) if companion else None
    if companion is None or values is None or beside is None:
        return
    before = org.records.get(beside.name, record.get(companion.link, "")) or {
        **beside.defaults(),
        "Id": org.new_id(beside),
        "IsDeleted": False,
    }
    shared = {name: value for name, value in record.items() if name in _SYSTEM_FIELDS}
    saved = {**before, **shared, **values}
    record[companion.link] = saved["Id"]
    finish_record(org.next_serial, beside, saved)
    kept = {name: value for name, value in saved.items() if value is not None}
    org.records.put(beside.name, kept)
