"""What the platform itself fills in: timestamps, auto numbers, formulas and the full name."""

import time
from collections.abc import Callable

from core.demo_org.schema import Sobject, Values


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
