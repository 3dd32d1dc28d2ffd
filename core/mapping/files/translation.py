"""A value map as a CSV file that the university fills in, and back by line. Pure.

A spreadsheet runs nothing of it: what looks like a formula stands behind an apostrophe, which is
taken off again on the way back.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.mapping.files.yaml_nodes import FileProblem
from core.mapping.model import ValueMap
from core.mapping.value_maps import ValueCount, fold_value
from core.spreadsheet import guard, to_safe_csv

SOURCE, RECORDS, SEND_AS, SEND_BLANK = "source value", "records", "send as", "send blank"
HEADER = (SOURCE, RECORDS, SEND_AS, SEND_BLANK)
MAX_CHARACTERS = 5_000_000
_DELIMITERS = ",;\t"
_YES, _NO = frozenset({"yes", "y", "x", "true", "1"}), frozenset({"", "no", "n", "false", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What a translation file says. `open_values` are its lines without a decision.

    Take `pairs` only where `problems` is empty.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    open_values: tuple[str, ...] = ()
    problems: tuple[FileProblem, ...] = ()

    def apply_to(self, value_map: ValueMap | None) -> ValueMap:
        """Return the value map with these pairs; what becomes of other values stays."""
        return replace(value_map or ValueMap(), pairs=self.pairs)


def write_translation(value_map: ValueMap | None, counts: Sequence[ValueCount]) -> bytes:
    """Return the file: the map's pairs in their order, then the values it does not list.

    `counts` are source values with how many inquiries carry each, as `count_values` gives them.
    """
    pairs = value_map.pairs if value_map else ()
    by_value = {fold_value(each.value): each.count for each in counts}
    listed = {fold_value(source) for source, _ in pairs}
    lines = [
        (source, str(by_value.get(fold_value(source), 0)), sent, "" if sent else "yes")
        for source, sent in pairs
    ]
    lines += [
        (each.value, str(each.count), "", "")
        for each in counts
        if fold_value(each.value) not in listed
    ]
    return to_safe_csv([HEADER, *(tuple(map(_guarded, line)) for line in lines)])


def read_translation(content: str | bytes) -> Translation:
    """Return the pairs of a file, comma, semicolon or tab between its cells, problems by line."""
    try:
        text = _text_of(content)
        lines = list(_lines(text))
        places = _columns(lines[0][1] if lines else [])
    except _Unreadable as error:
        return Translation(problems=(error.problem,))
    reader = _Lines(places)
    for line, cells in lines[1:]:
        reader.take(line, cells)
    return Translation(
        pairs=tuple((source, sent) for source, (_, sent) in reader.sent.items()),
        open_values=tuple(reader.open_values),
        problems=tuple(reader.problems),
    )


class _Unreadable(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.problem = FileProblem(line, "", reason)


class _Lines:
    """Collects the lines of one file by their source value."""

    def __init__(self, places: dict[str, int]) -> None:
        self.places = places
        self.sent: dict[str, tuple[int, str]] = {}
        self.open_values: list[str] = []
        self.problems: list[FileProblem] = []

    def take(self, line: int, cells: list[str]) -> None:
        if not any(cell.strip() for cell in cells):
            return
        if any(cell.strip() for cell in cells[len(self.places) :]):
            self._tell(line, "There are more cells in this line than in the header.")
            return
        source, sent = (_bare(self._cell(cells, name)) for name in (SOURCE, SEND_AS))
        blank = self._cell(cells, SEND_BLANK).strip().casefold()
        reason = _why_unusable(source, sent, blank)
        if reason:
            self._tell(line, reason)
        elif not sent and blank in _NO:
            self.open_values.append(source)
        else:
            self._keep(line, source, sent)

    def _keep(self, line: int, source: str, sent: str) -> None:
        first_line, first = self.sent.setdefault(source, (line, sent))
        if first != sent:
            self._tell(line, f"Line {first_line} sends the same source value as something else.")

    def _cell(self, cells: list[str], name: str) -> str:
        place = self.places.get(name, len(cells))
        return cells[place] if place < len(cells) else ""

    def _tell(self, line: int, reason: str) -> None:
        self.problems.append(FileProblem(line, "", reason))


def _why_unusable(source: str, sent: str, blank: str) -> str:
    if not source.strip():
        return "The source value is blank."
    if blank not in _YES | _NO:
        return f"“{SEND_BLANK}” takes yes or nothing."
    if sent and blank in _YES:
        return f"The line has a value to send, and “{SEND_BLANK}” says to send none."
    return ""


def _text_of(content: str | bytes) -> str:
    text = content if isinstance(content, str) else _decoded(content)
    if len(text) > MAX_CHARACTERS:
        raise _Unreadable(1, f"The file is longer than {MAX_CHARACTERS:,} characters.")
    return text.removeprefix("\ufeff")


def _decoded(content: bytes) -> str:
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _Unreadable(line, "This is not UTF-8: save the file as CSV UTF-8.") from None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each line's number and cells; a quoted cell may go over several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _Unreadable(line, f"This line is no CSV: {error}.") from None


def _delimiter(text: str) -> str:
    # between the words of the header, none of which holds one
    head = text.lstrip().partition("\n")[0]
    return max(_DELIMITERS, key=head.count)


def _columns(header: list[str]) -> dict[str, int]:
    names = [" ".join(cell.split()).casefold() for cell in header]
    while names and not names[-1]:
        names.pop()
    unknown = [name for name in names if name not in HEADER]
    missing = [name for name in (SOURCE, SEND_AS) if name not in names]
    twice = [name for name in HEADER if names.count(name) > 1]
    for what, found in (("Not known", unknown), ("Missing", missing), ("Twice there", twice)):
        if found:
            listed = ", ".join(f"“{name[:40]}”" for name in found)
            known = ", ".join(HEADER)
            raise _Unreadable(1, f"{what}: {listed}. The columns are: {known}.")
    return {name: place for place, name in enumerate(names)}


def _guarded(text: str) -> str:
    return f"'{text}" if _needs_guard(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _needs_guard(text[1:]) else text


def _needs_guard(text: str) -> bool:
    # a text that looks guarded gets an apostrophe of its own, so that each comes back
    return guard(text.lstrip("'")) != text.lstrip("'")
