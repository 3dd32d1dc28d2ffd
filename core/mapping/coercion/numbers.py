"""Numbers from text: whole, decimal, currency, percent. Separators are never guessed."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from core.mapping.coercion.values import Coerced, Coercer, clean, refused
from core.mapping.describe import FieldDescribe
from core.mapping.model import JsonValue
from core.mapping.problems import ProblemKind

MAX_INT = 2_147_483_647
_MAX_TEXT = 64  # longer than any field's digits; keeps Decimal's work bounded
_WIDE = Context(prec=400)  # the default of 28 digits cannot hold every float in full
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_SEPARATED = re.compile(r"[+-]?[0-9]+(?:[.,'\u2019\u00a0\u202f ][0-9]+)+")
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]+")


def round_to_scale(number: Decimal, scale: int) -> Decimal:
    """Round half away from zero, as the platform does on save."""
    return number.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP, context=_WIDE)


def to_json_number(number: Decimal) -> JsonValue:
    """Return an int where there is no fraction, else a float; None if a float cannot hold it."""
    if number == number.to_integral_value():
        whole = int(number)
        return whole if abs(whole) < 2**53 else None
    as_float = float(number)
    return as_float if Decimal(repr(as_float)) == number else None


def number_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of int, double, currency and percent fields."""

    def coerce_number(text: str) -> Coerced:
        cleaned, _ = clean(text)
        if not cleaned:
            return Coerced()
        digits = cleaned.removesuffix("%").rstrip() if field.type == "percent" else cleaned
        if len(digits) > _MAX_TEXT or not _PLAIN.fullmatch(digits):
            return _not_a_number(digits, field)
        number = Decimal(digits)
        return _whole(number, field) if field.type == "int" else _decimal(number, field)

    return coerce_number


def _not_a_number(text: str, field: FieldDescribe) -> Coerced:
    if len(text) <= _MAX_TEXT and _SCIENTIFIC.fullmatch(text):
        return refused(
            ProblemKind.AMBIGUOUS_NUMBER,
            "Scientific notation, as a spreadsheet writes long numbers after losing digits.",
            "Export the column as text.",
        )
    if len(text) <= _MAX_TEXT and _SEPARATED.fullmatch(text):
        return refused(
            ProblemKind.AMBIGUOUS_NUMBER,
            "The separator may mean thousands or decimals.",
            "Send digits with a point before the decimals and no other separator.",
        )
    return refused(
        ProblemKind.NOT_A_NUMBER,
        f"{field.label} takes a number.",
        "Send digits only, without a currency sign or words.",
    )


def _out_of_range(field: FieldDescribe, limit: str) -> Coerced:
    return refused(
        ProblemKind.OUT_OF_RANGE,
        f"{field.label} holds {limit}.",
        "Correct the number at the source or map it to a wider field.",
    )


def _whole(number: Decimal, field: FieldDescribe) -> Coerced:
    if number != number.to_integral_value():
        return refused(
            ProblemKind.NOT_WHOLE,
            f"{field.label} holds whole numbers only.",
            "Send a whole number or map it to a field with decimals.",
        )
    limit = min(MAX_INT, 10**field.digits - 1) if field.digits else MAX_INT
    if abs(number) > limit:
        return _out_of_range(field, f"at most {limit:,}")
    return Coerced(value=int(number))


def _decimal(number: Decimal, field: FieldDescribe) -> Coerced:
    # a describe without precision says nothing about decimals, so none are cut
    rounded = round_to_scale(number, field.scale) if field.precision else number
    whole_digits = field.precision - field.scale
    if field.precision and abs(rounded) >= Decimal(10) ** whole_digits:
        return _out_of_range(field, f"{whole_digits} digits before the point")
    value = to_json_number(rounded)
    if value is None:
        return refused(
            ProblemKind.TOO_PRECISE,
            "More digits than a JSON number carries without loss.",
            "Map it to a text field.",
        )
    note = f"rounded to {field.scale} decimals" if rounded != number else ""
    return Coerced(value=value, note=note)


def render_number(value: int | float, field: FieldDescribe) -> str:
    """Return the number in plain digits with the field's decimals, never in scientific notation."""
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    decimals = -int(number.as_tuple().exponent)
    return format(number, f".{max(decimals, field.scale, 0)}f")
