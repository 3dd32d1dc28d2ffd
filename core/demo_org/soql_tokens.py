"""The words of SOQL: cut a statement into tokens and read its literals. Knows no grammar."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from core.demo_org.errors import ApiError

_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<string>'(?:[^'\\]|\\.)*')
    | (?P<datetime>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:?\d\d))
    | (?P<date>\d{4}-\d\d-\d\d)
    | (?P<number>[+-]?\d+(?:\.\d+)?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_.]*)
    | (?P<operator><=|>=|!=|<>|=|<|>)
    | (?P<mark>[(),])
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_PLAIN_ESCAPES: Final = frozenset("\\'\"%_")
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


class Text(str):
    """A quoted literal; `raw` keeps its backslashes, which LIKE still needs."""

    __slots__ = ("raw",)
    raw: str


class DateText(str):
    """An unquoted date literal."""

    __slots__ = ()


class DateTimeText(str):
    """An unquoted datetime literal, in the form that records keep."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    position: int


def fault(source: str, position: int, code: str, message: str) -> ApiError:
    """Build a query error with the platform's excerpt, pointer and place."""
    start = max(0, position - 48)
    excerpt = source[start : position + 24]
    pointer = " " * (position - start) + "^"
    place = f"ERROR at Row:1:Column:{position + 1}"
    return ApiError(code, f"\n{excerpt}\n{pointer}\n{place}\n{message}")


def to_tokens(source: str) -> list[Token]:
    tokens, position = [], 0
    end = len(source.rstrip())
    while position < end:
        match = _TOKEN.match(source, position)
        if match is None:
            rest = source[position:].lstrip()
            raise fault(source, position, "MALFORMED_QUERY", f"unexpected token: '{rest[:1]}'")
        kind = match.lastgroup or ""
        tokens.append(Token(kind, match.group(kind), match.start(kind)))
        position = match.end()
    return tokens


def read_text(quoted: str) -> Text:
    """Read a quoted text.

    Raises:
        ValueError: A backslash before a character that needs none.
    """
    raw = quoted[1:-1]
    text = Text(unescape(raw))
    text.raw = raw
    return text


def unescape(raw: str) -> str:
    return _ESCAPE.sub(_unescaped, raw)


def _unescaped(match: re.Match[str]) -> str:
    code, char = match.groups()
    if code:
        return chr(int(code, 16))
    if char in _PLAIN_ESCAPES:
        return str(char)
    if char.lower() not in _ESCAPES:
        raise ValueError(char)
    return _ESCAPES[char.lower()]


def read_date(text: str) -> DateText:
    return DateText(date.fromisoformat(text).isoformat())


def read_moment(text: str) -> DateTimeText:
    at = datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
    return DateTimeText(at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}+0000")
