"""Bytes to rows of text, for CSV, JSON and URL-encoded input. Refuses clearly; changes no text."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import dropwhile
from typing import Any, Final
from urllib.parse import parse_qsl

from core.errors import InvalidInput

MAX_BYTES: Final = 100 * 1024 * 1024
MAX_ROWS: Final = 100_000
MAX_COLUMNS: Final = 500
MAX_VALUES: Final = 6_000_000  # of all inquiries together: that much fits into memory
MAX_CELL: Final = 100_000  # characters; below the csv module's own limit
MAX_DEPTH: Final = 20
MAX_DIGITS: Final = 400
_SAVE_AS_CSV: Final = "Open it in the spreadsheet program and save it as CSV UTF-8."
_SIGNATURES: Final = {
    b"PK\x03\x04": "an Excel workbook or zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
DELIMITERS: Final = (",", ";", "\t")
# What a person answers and nobody names a column: an address, a date, a number to call.
_ANSWER: Final = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s.]+|\d{4}-\d\d?-\d\d?|\d\d?/\d\d?/\d{4}|\+[\d ().-]{7,}"
)


def decode(content: bytes) -> str:
    """Return the text of a file; raise InvalidInput where it is not UTF-8 text of a fair size."""
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            f"The file has {len(content) / 1_048_576:.1f} MB; the limit is {MAX_BYTES >> 20} MB.",
            advice="Split it into several files.",
        )
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise InvalidInput(f"This is {kind}, not a text file.", advice=_SAVE_AS_CSV)
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise InvalidInput("The file is UTF-16 text, not UTF-8.", advice=_SAVE_AS_CSV)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput(
            f"The file is not UTF-8: byte {error.start + 1:,} (line {line}) cannot be read.",
            advice=_SAVE_AS_CSV,
        ) from None
    if "\0" in text:
        raise InvalidInput(
            f"Line {text.count(chr(10), 0, text.index(chr(0))) + 1} holds a NUL character.",
            advice="Export the file again; text files never hold one.",
        )
    if not text or text.isspace():
        raise _is_empty()
    return text


def _is_empty() -> InvalidInput:
    return InvalidInput("The file is empty.", advice="Choose a file that holds inquiries.")


def check_text(text: str, where: str) -> str:
    """Return the text; raise InvalidInput if it is too long or holds half a character."""
    if len(text) > MAX_CELL:
        raise InvalidInput(
            f"{where} holds a value of {len(text):,} characters; the limit is {MAX_CELL:,}.",
            advice="Shorten the value or leave its column out.",
        )
    if (not text.isascii() and _SURROGATE.search(text)) or "\0" in text:
        raise InvalidInput(
            f"{where} holds a broken character (half of a pair, or NUL).",
            advice="Export the file again from its source.",
        )
    return text


def _check_header(names: list[str]) -> None:
    if len(names) > MAX_COLUMNS:
        raise InvalidInput(
            f"The file has {len(names)} columns; the limit is {MAX_COLUMNS}.",
            advice="Leave out the columns that are not needed.",
        )
    counts = Counter(name.strip().casefold() for name in names)
    twice = sorted(name for name, count in counts.items() if count > 1 and name)
    if twice:
        raise InvalidInput(
            f"These columns appear twice: {', '.join(twice[:5])}.",
            advice="Rename or remove the second one, so that no value is lost.",
        )
    if counts[""]:
        position = next(i for i, name in enumerate(names, start=1) if not name.strip())
        raise InvalidInput(
            f"Column {position} has no name.", advice="Name the column in the first line."
        )


def _refuse_answers(names: Iterable[str]) -> None:
    """A first line of answers would be kept as the names of form questions, in sight for good."""
    for position, name in enumerate(names, start=1):
        if _ANSWER.fullmatch(name.strip()):
            raise InvalidInput(
                f"The first line holds an inquiry where the names of the columns belong: column "
                f"{position} is an e-mail address, a date or a phone number.",
                advice="Put a line of column names above it, such as First name, Last name, Email.",
            )


def _too_many_rows() -> InvalidInput:
    return InvalidInput(
        f"There are more than {MAX_ROWS:,} inquiries.", advice="Split the file into several."
    )


def too_many_values() -> InvalidInput:
    return InvalidInput(
        f"Inquiries times columns are more than {MAX_VALUES:,} values.",
        advice="Leave out the columns that are not needed, or split the file into several.",
    )


def _lines_of(content: bytes) -> Iterable[str]:
    """Line by line, so that a large text is never held a second time; line ends as they are."""
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")


def _from_first_name(content: bytes) -> Iterator[str]:
    lines = dropwhile(lambda line: not line.strip(), _lines_of(content))
    yield next(lines, "").lstrip()
    yield from lines


def _sniff_delimiter(content: bytes) -> str:
    """The delimiter that splits the first line into most columns; a comma where none does."""
    widths = {}
    for delimiter in DELIMITERS:
        try:
            widths[delimiter] = len(
                next(csv.reader(_from_first_name(content), delimiter=delimiter))
            )
        except (csv.Error, StopIteration):
            widths[delimiter] = 0
    return max(DELIMITERS, key=lambda each: widths[each])


def _csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(_lines_of(content), delimiter=_sniff_delimiter(content), strict=True)
    try:
        for values in reader:
            if any(value.strip() for value in values):
                yield reader.line_num, values
    except csv.Error:
        raise InvalidInput(
            f"The CSV breaks off near line {reader.line_num}: a quotation mark is out of place.",
            advice='Inside a quoted value write "" for a quotation mark, and close every quote.',
        ) from None


def read_csv(content: bytes) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header, and line by line as many texts; a short or long line is refused.

    The content has passed `decode`.
    """
    lines = _csv_lines(content)
    first = next(lines, None)
    if first is None:
        raise _is_empty()
    names = first[1]
    _check_header(names)
    _refuse_answers(names)
    return names, _rows(names, lines)


def _rows(names: list[str], lines: Iterator[tuple[int, list[str]]]) -> Iterator[list[str]]:
    for count, (line, values) in enumerate(lines, start=1):
        if len(values) != len(names):
            raise InvalidInput(
                f"Line {line} has {len(values)} values where the header has {len(names)}.",
                advice="Put values that hold the separator in quotation marks.",
            )
        if count > MAX_ROWS:
            raise _too_many_rows()
        if count * len(names) > MAX_VALUES:
            raise too_many_values()
        where = f"Line {line}"
        for value in values:
            check_text(value, where)
        yield values


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise InvalidInput(
            "The JSON names a key twice in one object.",
            advice="Remove the second one, so that no value is lost.",
        )
    return values


def _digits(text: str) -> str:
    return check_text(text, "A number") if len(text) <= MAX_DIGITS else _refuse_number(text)


def _refuse_number(_: str) -> str:
    raise InvalidInput("The JSON holds a number that is none.", advice="Send numbers as digits.")


def load_json(text: str) -> Any:
    """Return the JSON with numbers left as their text; raise InvalidInput with line and column."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_int=_digits,
            parse_float=_digits,
            parse_constant=_refuse_number,
        )
    except json.JSONDecodeError as error:
        raise InvalidInput(
            f"The JSON is broken at line {error.lineno}, column {error.colno}.",
            advice="Copy the whole payload again, from the first bracket to the last.",
        ) from None
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> InvalidInput:
    return InvalidInput(
        f"The JSON is nested more than {MAX_DEPTH} levels deep.",
        advice="Send inquiries as a list of objects.",
    )


def flatten(value: Any, where: str, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield dotted paths and texts. Null is a question not answered, so it yields nothing."""
    if depth > MAX_DEPTH:
        raise _too_deep()
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flatten(inner, where, f"{path}.{key}" if path else key, depth + 1)
    elif isinstance(value, list):
        yield from _flatten_list(value, where, path, depth)
    elif value is not None:
        text = str(value).lower() if isinstance(value, bool) else value
        yield check_text(path, where), check_text(text, where)


def _flatten_list(
    values: list[Any], where: str, path: str, depth: int
) -> Iterator[tuple[str, str]]:
    if values and all(isinstance(each, dict) and "question_key" in each for each in values):
        answers = {str(each["question_key"]): each.get("value") for each in values}
        yield from flatten(answers, where, "answer", depth + 1)
        return
    texts = [text for each in values for _, text in flatten(each, where, path, depth + 1)]
    is_plain = not any(isinstance(each, dict | list) for each in values)
    joined = ";".join(texts) if is_plain else json.dumps(values, ensure_ascii=False)
    yield check_text(path, where), check_text(joined, where)


def read_objects(loaded: Any) -> list[dict[str, Any]]:
    """Return the list of objects that the JSON is, one object counting as a list of one."""
    objects = loaded if isinstance(loaded, list) else [loaded]
    if not objects or not all(isinstance(each, dict) for each in objects):
        raise InvalidInput(
            "The JSON is not an inquiry or a list of inquiries.",
            advice="Send an object such as {...}, or a list of them: [{...}, {...}].",
        )
    if len(objects) > MAX_ROWS:
        raise _too_many_rows()
    return objects


def read_form(text: str) -> list[dict[str, str]]:
    """Return one dict per line of URL-encoded pairs."""
    rows: list[dict[str, str]] = []
    for line, payload in enumerate(text.split("\n"), start=1):
        if not payload.strip():
            continue
        try:
            pairs = parse_qsl(
                payload.strip(),
                keep_blank_values=True,
                strict_parsing=True,
                errors="strict",
                max_num_fields=MAX_COLUMNS,
            )
        except ValueError:
            raise InvalidInput(
                f"Line {line} is not a URL-encoded payload in UTF-8.",
                advice="Paste it as it was sent: name=value pairs joined by &.",
            ) from None
        _check_header([name for name, _ in pairs])
        rows.append({name: check_text(value, f"Line {line}") for name, value in pairs})
        if len(rows) > MAX_ROWS:
            raise _too_many_rows()
    return rows
