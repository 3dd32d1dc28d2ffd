"""SOQL text, built in one way: names from the describe, values through the library's quoting."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NewType

from simple_salesforce.format import format_soql

from core.errors import FieldNotVisible, InvalidInput, MappingProblem
from core.mapping.describe import FieldDescribe, SobjectDescribe

# https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm
MAX_SOQL_LENGTH = 100_000
MAX_LITERAL_LENGTH = 4_000
_SAFE_SOQL_LENGTH = 90_000

Where = NewType("Where", str)
SoqlValue = str | bool | int | float | Decimal | date | datetime | None

_ID = re.compile(r"[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?")
_UNSENDABLE = re.compile("[\x00-\x07\x0b\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class InQuery:
    """A SELECT whose WHERE lists values; it can be cut into several that together say the same.

    `with_deleted` also brings what lies in the Recycle Bin, records that were merged among it.
    """

    head: str
    field_name: str
    values: tuple[SoqlValue, ...]
    tail: str = ""
    with_deleted: bool = False

    def soql(self) -> str:
        listed = format_soql("{}", [_plain(value) for value in self.values])
        return f"{self.head} WHERE {self.field_name} IN {listed}{self.tail}"

    def chunks(self, max_length: int = _SAFE_SOQL_LENGTH) -> Iterator["InQuery"]:
        """Yield queries whose text stays under `max_length`, in the order of the values."""
        room = max_length - len(replace(self, values=(None,)).soql())
        taken: list[SoqlValue] = []
        used = 0
        for value in self.values:
            size = len(format_soql("{}", _plain(value))) + 1
            if taken and used + size > room:
                yield replace(self, values=tuple(taken))
                taken, used = [], 0
            taken.append(value)
            used += size
        yield replace(self, values=tuple(taken))

    def halves(self) -> tuple["InQuery", "InQuery"]:
        """Cut in two; a query of one value has no halves (ValueError)."""
        if len(self.values) < 2:
            raise ValueError("one value cannot be halved")
        middle = len(self.values) // 2
        return (
            replace(self, values=self.values[:middle]),
            replace(self, values=self.values[middle:]),
        )


def select(
    describe: SobjectDescribe,
    field_names: Iterable[str],
    *,
    where: Where | None = None,
    limit: int | None = None,
) -> str:
    """Return a SELECT of these fields. Raises FieldNotVisible for a name not in the describe."""
    tail = f" WHERE {where}" if where else ""
    tail += f" LIMIT {limit:d}" if limit is not None else ""
    return f"{_head(describe, field_names)}{tail}"


def select_in(
    describe: SobjectDescribe,
    field_names: Iterable[str],
    *,
    field_name: str,
    values: Sequence[SoqlValue],
    also: Where | None = None,
    with_deleted: bool = False,
) -> InQuery:
    """Return a SELECT of the records whose `field_name` is one of `values`; equal ones once."""
    if not values:
        raise InvalidInput("There is no value to search for.", advice="Leave empty rows out.")
    distinct = tuple(dict.fromkeys(_checked(value) for value in values))
    tail = f" AND {also}" if also else ""
    name = _filterable(describe, field_name).name
    return InQuery(_head(describe, field_names), name, distinct, tail, with_deleted)


def equals(describe: SobjectDescribe, field_name: str, value: SoqlValue) -> Where:
    """Return `field = value`."""
    name = _filterable(describe, field_name).name
    return Where(f"{name} = {format_soql('{}', _plain(_checked(value)))}")


def is_any_of(describe: SobjectDescribe, field_name: str, values: Sequence[SoqlValue]) -> Where:
    """Return `field IN (values)` as a condition beside others; equal values once."""
    name = _filterable(describe, field_name).name
    distinct = dict.fromkeys(_plain(_checked(value)) for value in values)
    return Where(f"{name} IN {format_soql('{}', list(distinct))}")


def all_of(*conditions: Where) -> Where:
    """Return the conditions joined by AND."""
    return Where(" AND ".join(f"({condition})" for condition in conditions))


def is_salesforce_id(text: str) -> bool:
    """Whether the text has the form of a 15- or 18-character record id."""
    return _ID.fullmatch(text) is not None


def _head(describe: SobjectDescribe, field_names: Iterable[str]) -> str:
    names = list(dict.fromkeys(_exact(describe, name).name for name in field_names))
    listed = ", ".join(names)
    return f"SELECT {listed} FROM {describe.name}"  # noqa: S608  names are the describe's own


def _exact(describe: SobjectDescribe, name: str) -> FieldDescribe:
    found = describe.field(name)
    if found is None or found.name != name:
        raise FieldNotVisible(
            f"The field is not visible to the connected user on {describe.label}.",
            advice="Refresh the fields. If it is missing, ask the admin for field-level access.",
            detail=name if name.isascii() and name.isidentifier() else "",
        )
    return found


def _filterable(describe: SobjectDescribe, name: str) -> FieldDescribe:
    found = _exact(describe, name)
    if not found.filterable:
        raise MappingProblem(
            f"Salesforce cannot search {describe.label} by {found.label}.",
            advice="Choose another match field, such as Email or an External ID.",
        )
    return found


def _checked(value: SoqlValue) -> SoqlValue:
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise InvalidInput("A number to search for is not one.", advice="Correct the value.")
    if isinstance(value, datetime) and value.tzinfo is None:
        raise InvalidInput("A time to search for has no zone.", advice="Give it a time zone.")
    if isinstance(value, str):
        if _UNSENDABLE.search(value):
            raise InvalidInput(
                "A text to search for holds characters that cannot be sent.",
                advice="Remove the control characters from the value.",
            )
        if len(format_soql("{}", value)) - 2 > MAX_LITERAL_LENGTH:
            raise InvalidInput(
                "A text to search for is longer than Salesforce allows.",
                advice=f"Shorten it to fewer than {MAX_LITERAL_LENGTH} characters.",
            )
    return value


def _plain(value: SoqlValue) -> SoqlValue:
    """As the quoting knows it: it has no Decimal."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
