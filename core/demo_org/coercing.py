"""Turn one JSON value into what the platform stores in a field, or refuse it in its words.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from datetime import date as calendar_date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, Final

from core.demo_org.errors import ApiError
from core.demo_org.schema import Choice, Field, Values

MAX_SELECTED_VALUES: Final = 100
_FIRST_YEAR: Final = 1700
_LAST_YEAR: Final = 4000
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATETIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)")
_JSON_KINDS: Final[tuple[tuple[type, str], ...]] = (
    (bool, "VALUE_BOOLEAN"),
    (int, "VALUE_NUMBER_INT"),
    (float, "VALUE_NUMBER_FLOAT"),
    (str, "VALUE_STRING"),
    (dict, "START_OBJECT"),
    (list, "START_ARRAY"),
)


def coerce(field: Field, value: Any) -> Any:
    """Return what is stored for a sent value; None clears the field.

    Raises:
        ApiError: In the code and text of the platform.
    """
    if value is None:
        if field.type == "boolean":
            raise ApiError(
                "INVALID_TYPE_ON_FIELD_IN_RECORD",
                f"{field.label}: value not of required type: null",
                fields=(field.name,),
            )
        return None
    handler: Callable[[Field, Any], Any] = _HANDLERS.get(field.type, _text)
    return handler(field, value)


def parser_error(kind: str, value: Any) -> ApiError:
    """Return the refusal of a JSON value of the wrong kind."""
    found = next(name for type_, name in _JSON_KINDS if isinstance(value, type_))
    shown = "" if isinstance(value, dict | list) else f" value {_shown(value)}"
    return ApiError(
        "JSON_PARSER_ERROR",
        f"Cannot deserialize instance of {kind} from {found}{shown} or request may be missing a "
        "required field at [line:1, column:2]",
    )


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(field: Field, value: Any) -> str | None:
    if not isinstance(value, str):
        raise parser_error("string", value)
    text = value.strip()
    if _count_characters(text) > field.length:
        raise too_long(field, text)
    return text or None


def _count_characters(text: str) -> int:
    """Count as the platform does: a character beyond U+FFFF is two.

    https://help.salesforce.com/s/articleView?id=005166849&type=1
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def too_long(field: Field, text: str) -> ApiError:
    return ApiError(
        "STRING_TOO_LONG",
        f"{field.label}: data value too large: {text} (max length={field.length})",
        fields=(field.name,),
    )


def _email(field: Field, value: Any) -> str | None:
    """Return the address in lower case, as the platform keeps it.

    https://help.salesforce.com/s/articleView?id=000384328&type=1
    """
    text = _text(field, value)
    if text is not None and not _EMAIL.fullmatch(text):
        raise ApiError(
            "INVALID_EMAIL_ADDRESS",
            f"{field.label}: invalid email address: {text}",
            fields=(field.name,),
        )
    return text.lower() if text else None


def _boolean(_field: Field, value: Any) -> bool:
    words = {"true": True, "false": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in words:
        return words[value.strip().lower()]
    raise parser_error("boolean", value)


def _integer(field: Field, value: Any) -> int:
    number = _decimal(value, "int")
    if number != number.to_integral_value():
        raise parser_error("int", value)
    if abs(number) >= Decimal(10) ** (field.digits or 9):
        raise _out_of_range(field, value)
    return int(number)


def _number(field: Field, value: Any) -> float | int:
    number = _decimal(value, "double")
    rounded = number.quantize(Decimal(1).scaleb(-field.scale), rounding=ROUND_HALF_UP)
    if abs(rounded) >= Decimal(10) ** (field.precision - field.scale):
        raise _out_of_range(field, value)
    return float(rounded)


def _decimal(value: Any, kind: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise parser_error(kind, value)
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        raise parser_error(kind, value) from None
    if not number.is_finite():
        raise parser_error(kind, value)
    return number


def _out_of_range(field: Field, value: Any) -> ApiError:
    return ApiError(
        "NUMBER_OUTSIDE_VALID_RANGE",
        f"{field.label}: value outside of valid range on numeric field: {value}",
        fields=(field.name,),
    )


def _date(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise parser_error("date", value)
    try:
        day = calendar_date.fromisoformat(value)
    except ValueError:
        raise parser_error("date", value) from None
    _check_year(field, day.year, value)
    return value


def _datetime(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not _DATETIME.fullmatch(value):
        raise parser_error("datetime", value)
    try:
        at = datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        raise parser_error("datetime", value) from None
    _check_year(field, at.year, value)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000"


def _check_year(field: Field, year: int, value: str) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ApiError(
            "NUMBER_OUTSIDE_VALID_RANGE",
            f"{field.label}: invalid date: {value}",
            fields=(field.name,),
        )


def _picklist(field: Field, value: Any) -> str | None:
    text = _text(field, value)
    if text is None:
        return None
    choice = _choice(field, text)
    if field.restricted and (choice is None or not choice.active):
        raise bad_choice(field, text)
    return choice.value if choice else text


def _choice(field: Field, text: str) -> Choice | None:
    folded = text.casefold()
    return next((each for each in field.choices if each.value.casefold() == folded), None)


def bad_choice(field: Field, text: str) -> ApiError:
    return ApiError(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        f"{field.label}: bad value for restricted picklist field: {text}",
        fields=(field.name,),
    )


def check_dependency(field: Field, controller: Field, record: Values) -> None:
    """Refuse a dependent value that the controlling value does not show.

    Raises:
        ApiError: INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST.
    """
    text = record.get(field.name)
    choice = _choice(field, text) if text else None
    if choice is None or choice.valid_for is None:
        return
    held = record.get(controller.name)
    places = [place for place, each in enumerate(controller.choices) if each.value == held]
    if not set(places) & set(choice.valid_for):
        raise bad_choice(field, choice.value)


def _multipicklist(field: Field, value: Any) -> str | None:
    text = _text(field, value)
    if text is None:
        return None
    order = {each.value: place for place, each in enumerate(field.choices)}
    found: dict[str, None] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        choice = _choice(field, part)
        if field.restricted and (choice is None or not choice.active):
            raise bad_choice(field, part)
        found[choice.value if choice else part] = None
    if len(found) > MAX_SELECTED_VALUES:
        raise too_long(field, text)
    return ";".join(sorted(found, key=lambda each: order.get(each, len(order)))) or None


_HANDLERS: Final[dict[str, Callable[[Field, Any], Any]]] = {
    "email": _email,
    "boolean": _boolean,
    "int": _integer,
    "double": _number,
    "currency": _number,
    "percent": _number,
    "date": _date,
    "datetime": _datetime,
    "picklist": _picklist,
    "multipicklist": _multipicklist,
}
