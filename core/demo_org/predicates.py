"""The comparisons of a WHERE clause, as functions of one record. Knows no statement and no org."""

import re
from collections.abc import Callable
from typing import Any

from core.demo_org.records import fold
from core.demo_org.schema import Values
from core.demo_org.soql_tokens import unescape

Predicate = Callable[[Values], bool]
Getter = Callable[[Values], Any]


def join(word: str, parts: list[Predicate]) -> Predicate:
    if word == "NOT":
        inner = parts[0]
        return lambda record: not inner(record)
    if word == "AND":
        return lambda record: all(part(record) for part in parts)
    return lambda record: any(part(record) for part in parts)


def compare(get: Getter, operator: str, values: list[Any], *, exact: bool) -> Predicate:
    normal: Callable[[Any], Any] = _same if exact else fold
    # An empty text literal asks for the same records as null: the platform stores no empty text.
    wanted = frozenset(normal(each) or None if each == "" else normal(each) for each in values)
    if operator in {"=", "IN"}:
        return lambda record: normal(get(record)) in wanted
    if operator in {"!=", "NOT IN"}:
        return lambda record: normal(get(record)) not in wanted
    return _ordered(get, operator, normal(values[0]), normal)


def _same(value: Any) -> Any:
    return value


def _ordered(get: Getter, operator: str, limit: Any, normal: Callable[[Any], Any]) -> Predicate:
    checks: dict[str, Callable[[Any], bool]] = {
        "<": lambda value: value < limit,
        "<=": lambda value: value <= limit,
        ">": lambda value: value > limit,
        ">=": lambda value: value >= limit,
    }
    check = checks[operator]

    def matches(record: Values) -> bool:
        value = normal(get(record))
        return value is not None and limit is not None and check(value)

    return matches


def like_pattern(raw: str) -> re.Pattern[str]:
    pieces = re.findall(r"\\u[0-9A-Fa-f]{4}|\\.|.", raw, flags=re.DOTALL)
    wild = {"%": ".*", "_": "."}
    pattern = "".join(wild.get(piece) or re.escape(unescape(piece)) for piece in pieces)
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)
