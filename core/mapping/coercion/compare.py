"""Whether a value to send and the org's value are the same to the platform, by field type."""

import unicodedata
from decimal import Decimal, InvalidOperation

from core.mapping.coercion.moments import parse_moment
from core.mapping.coercion.numbers import round_to_scale
from core.mapping.describe import FieldDescribe
from core.mapping.model import JsonValue

_NUMBERS = frozenset({"int", "long", "double", "currency", "percent"})
_MOST_DIGITS = 320  # beyond any float; rounding would have nothing to do
_FOLDED = frozenset({"picklist", "combobox", "email"})


def is_blank(value: JsonValue) -> bool:
    """Tell whether the platform shows nothing: null and empty text are one."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_same(value: JsonValue, current: JsonValue, field: FieldDescribe) -> bool:
    """Tell whether sending `value` would leave a field that holds `current` as it is."""
    if type(value) is type(current) and value == current:  # most of what is there already
        return True
    if field.type == "boolean":
        return bool(value) == bool(current)
    if is_blank(value) or is_blank(current):
        return is_blank(value) and is_blank(current)
    if field.type in _NUMBERS:
        return _number(value, field) == _number(current, field)
    return _comparable(str(value), field) == _comparable(str(current), field)


def _number(value: JsonValue, field: FieldDescribe) -> Decimal | str:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not number.is_finite() or number.adjusted() > _MOST_DIGITS:
        return str(value)
    is_scaled = bool(field.precision) or field.type == "int"
    return round_to_scale(number, field.scale) if is_scaled else number


def _comparable(text: str, field: FieldDescribe) -> object:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if field.type == "multipicklist":
        return frozenset(part.strip().casefold() for part in composed.split(";") if part.strip())
    if field.type in _FOLDED:
        return composed.casefold()
    if field.type in ("reference", "id"):
        return composed[:15]
    if field.type == "datetime":
        # the platform keeps whole seconds, so a difference below one is none
        moment = parse_moment(composed)
        return moment.replace(microsecond=0) if moment and moment.tzinfo else composed
    if field.type == "time":
        return composed.removesuffix("Z")
    return composed
