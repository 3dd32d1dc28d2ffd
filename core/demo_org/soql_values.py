"""Turn the literals of a WHERE clause into what records hold, or refuse them."""

from decimal import Decimal
from typing import Any, Final

from core.demo_org.errors import ApiError
from core.demo_org.ids import to_long_id
from core.demo_org.schema import Field
from core.demo_org.soql import Comparison, Literal
from core.demo_org.soql_tokens import DateText, DateTimeText, Text, fault

_NUMBER_TYPES: Final = frozenset({"int", "double", "currency", "percent"})


def to_value(source: str, field: Field, literal: Literal, comparison: Comparison) -> Any:
    """Return what a record must hold to equal a literal.

    Raises:
        ApiError: INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR for a literal of another kind.
    """
    if literal is None:
        return None
    if field.type in {"id", "reference"} and isinstance(literal, Text):
        return _id(source, literal, comparison)
    expected: tuple[type, ...] = (Text,)
    if field.type == "boolean":
        expected = (bool,)
    elif field.type in _NUMBER_TYPES:
        expected = (Decimal,)
    elif field.type in {"date", "datetime"}:
        expected = (DateText,) if field.type == "date" else (DateTimeText,)
    if not isinstance(literal, expected):
        raise wrong_type(source, field, comparison)
    if isinstance(literal, Decimal):
        return float(literal)
    return str(literal) if isinstance(literal, str) else literal


def _id(source: str, literal: Text, comparison: Comparison) -> str | None:
    if not literal:
        return None
    long_id = to_long_id(literal)
    if long_id is None:
        raise fault(
            source,
            comparison.position,
            "INVALID_QUERY_FILTER_OPERATOR",
            f"invalid ID field: {literal}",
        )
    return long_id


def wrong_type(source: str, field: Field, comparison: Comparison) -> ApiError:
    rule = (
        "should not be enclosed in quotes"
        if isinstance(comparison.values[0], Text)
        else "should be enclosed in quotes"
    )
    message = (
        f"value of filter criterion for field '{field.name}' must be of type {field.type} and "
        f"{rule}"
    )
    return fault(source, comparison.position, "INVALID_FIELD", message)
