"""Read SOQL text into a statement. Knows the grammar, not the org.

https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select.htm
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NoReturn, TypeAlias, TypeVar

from core.demo_org.errors import ApiError
from core.demo_org.soql_tokens import (
    DateText,
    DateTimeText,
    Text,
    Token,
    fault,
    read_date,
    read_moment,
    read_text,
    to_tokens,
)

MAX_STATEMENT_LENGTH: Final = 100_000
MAX_STRING_LENGTH: Final = 4_000
MAX_OFFSET: Final = 2_000

Path: TypeAlias = tuple[str, ...]
Literal: TypeAlias = "Text | Decimal | bool | DateText | DateTimeText | None"

_MAX_DEPTH: Final = 50
_MAX_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    path: Path
    operator: str
    values: tuple[Literal, ...]
    position: int


@dataclass(frozen=True, slots=True)
class Junction:
    """AND, OR or NOT over its parts."""

    word: str
    parts: "tuple[Condition, ...]"


Condition: TypeAlias = Comparison | Junction


@dataclass(frozen=True, slots=True)
class Ordering:
    path: Path
    descending: bool
    nulls_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    paths: tuple[Path, ...]
    is_count: bool
    sobject_name: str
    sobject_position: int
    where: Condition | None
    orderings: tuple[Ordering, ...]
    limit: int | None
    offset: int


def parse(source: str) -> Statement:
    """Read one SELECT statement.

    Raises:
        ApiError: MALFORMED_QUERY, with the place in the statement.
    """
    if len(source) > MAX_STATEMENT_LENGTH:
        raise ApiError(
            "MALFORMED_QUERY",
            f"SOQL statements cannot be longer than {MAX_STATEMENT_LENGTH} characters.",
        )
    return _Parser(source).statement()


_ReadT = TypeVar("_ReadT")


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = to_tokens(source)
        self._next = 0

    def statement(self) -> Statement:
        self._word("SELECT")
        is_count, paths = self._selection()
        self._word("FROM")
        sobject = self._take("name")
        where = self._conditions() if self._accept("WHERE") else None
        orderings = self._orderings()
        limit = self._whole_number() if self._accept("LIMIT") else None
        offset = self._whole_number() if self._accept("OFFSET") else 0
        if self._next < len(self._tokens):
            self._refuse()
        if offset > MAX_OFFSET:
            raise ApiError("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000")
        return Statement(
            paths=paths,
            is_count=is_count,
            sobject_name=sobject.text,
            sobject_position=sobject.position,
            where=where,
            orderings=orderings,
            limit=limit,
            offset=offset,
        )

    def _selection(self) -> tuple[bool, tuple[Path, ...]]:
        first = self._path()
        if len(first) == 1 and first[0].upper() == "COUNT" and self._accept("("):
            self._mark(")")
            return True, ()
        paths = [first]
        while self._accept(","):
            paths.append(self._path())
        folded = [".".join(path).lower() for path in paths]
        for path, name in zip(paths, folded, strict=True):
            if folded.count(name) > 1:
                raise ApiError("INVALID_FIELD", f"duplicate field selected: {'.'.join(path)}")
        return False, tuple(paths)

    def _conditions(self, depth: int = 0) -> Condition:
        """Read conditions joined by one word; SOQL wants brackets where AND meets OR."""
        parts = [self._single(depth)]
        word = next((each for each in ("AND", "OR") if self._accept(each)), None)
        if word is None:
            return parts[0]
        parts.append(self._single(depth))
        while self._accept(word):
            parts.append(self._single(depth))
        return Junction(word, tuple(parts))

    def _single(self, depth: int) -> Condition:
        if depth > _MAX_DEPTH:
            self._refuse()
        if self._accept("NOT"):
            return Junction("NOT", (self._single(depth + 1),))
        if self._accept("("):
            inner = self._conditions(depth + 1)
            self._mark(")")
            return inner
        return self._comparison()

    def _comparison(self) -> Comparison:
        position = self._position()
        path = self._path()
        if self._accept("NOT"):
            self._word("IN")
            return Comparison(path, "NOT IN", self._list(), position)
        if self._accept("IN"):
            return Comparison(path, "IN", self._list(), position)
        if self._accept("LIKE"):
            return Comparison(path, "LIKE", (self._literal(),), position)
        operator = self._take("operator").text
        return Comparison(path, operator.replace("<>", "!="), (self._literal(),), position)

    def _list(self) -> tuple[Literal, ...]:
        self._mark("(")
        values = [self._literal()]
        while self._accept(","):
            values.append(self._literal())
        self._mark(")")
        return tuple(values)

    def _literal(self) -> Literal:
        token = self._peek()
        if token is None or token.kind in {"operator", "mark"}:
            self._refuse()
        self._next += 1
        match token.kind:
            case "string":
                return self._checked(token)
            case "number":
                return Decimal(token.text)
            case "date":
                return self._read(token, read_date)
            case "datetime":
                return self._read(token, read_moment)
        words: dict[str, bool | None] = {"TRUE": True, "FALSE": False, "NULL": None}
        if token.text.upper() not in words:
            self._next -= 1
            self._refuse()
        return words[token.text.upper()]

    def _read(self, token: Token, reader: Callable[[str], _ReadT]) -> _ReadT:
        try:
            return reader(token.text)
        except (ValueError, OverflowError):
            self._next -= 1
            self._refuse()

    def _checked(self, token: Token) -> Text:
        text = self._read(token, read_text)
        if len(text) > MAX_STRING_LENGTH:
            raise fault(
                self._source,
                token.position,
                "MALFORMED_QUERY",
                f"string literal longer than {MAX_STRING_LENGTH} characters",
            )
        return text

    def _orderings(self) -> tuple[Ordering, ...]:
        if not self._accept("ORDER"):
            return ()
        self._word("BY")
        found = [self._ordering()]
        while self._accept(","):
            found.append(self._ordering())
        return tuple(found)

    def _ordering(self) -> Ordering:
        path = self._path()
        descending = self._accept("DESC")
        if not descending:
            self._accept("ASC")
        nulls_last = descending
        if self._accept("NULLS"):
            nulls_last = self._accept("LAST")
            if not nulls_last:
                self._word("FIRST")
        return Ordering(path, descending, nulls_last)

    def _path(self) -> Path:
        return tuple(self._take("name").text.split("."))

    def _whole_number(self) -> int:
        token = self._take("number")
        if not token.text.isdigit() or len(token.text) > _MAX_DIGITS:
            self._next -= 1
            self._refuse()
        return int(token.text)

    def _peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def _position(self) -> int:
        token = self._peek()
        return token.position if token else len(self._source)

    def _accept(self, text: str) -> bool:
        token = self._peek()
        if token is None or token.kind not in {"name", "mark"} or token.text.upper() != text:
            return False
        self._next += 1
        return True

    def _word(self, text: str) -> None:
        if not self._accept(text):
            self._refuse()

    _mark = _word

    def _take(self, kind: str) -> Token:
        token = self._peek()
        if token is None or token.kind != kind:
            self._refuse()
        self._next += 1
        return token

    def _refuse(self) -> NoReturn:
        token = self._peek()
        message = f"unexpected token: '{token.text}'" if token else "unexpected token: '<EOF>'"
        raise fault(self._source, self._position(), "MALFORMED_QUERY", message)
