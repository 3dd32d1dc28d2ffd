"""The answer every coercion gives, and the cleaning that all text goes through first."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from core.mapping.model import JsonValue
from core.mapping.problems import Problem, ProblemKind

# Everything of Unicode's Cc except tab and line feed, and halves of surrogate pairs.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\r\n?|\u2028|\u2029|\x85")


class Coerced(NamedTuple):
    """A value ready to send, or problems. `None` without problems is a blank source.

    `is_absent` marks a blank that must be treated as never sent (a checkbox has no blank).
    """

    value: JsonValue = None
    problems: tuple[Problem, ...] = ()
    note: str = ""
    is_absent: bool = False

    @property
    def is_blocked(self) -> bool:
        return bool(self.problems) and any(problem.blocks for problem in self.problems)


Coercer = Callable[[str], Coerced]


def refused(kind: ProblemKind, message: str, advice: str) -> Coerced:
    """Return the answer for a value that cannot be sent."""
    return Coerced(problems=(Problem(kind, message, advice),))


def count_characters(text: str) -> int:
    """Return the length as a Java platform counts it: a character beyond U+FFFF counts twice.

    The stricter of the two readings in use, so a held record is the worst that can happen.
    """
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clean(text: str, *, keep_lines: bool = False) -> tuple[str, str]:
    """Return the text trimmed, composed (NFC) and without control characters, and a note."""
    if text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip(), ""
    unified = _LINE_BREAK.sub("\n", text)
    readable = _UNREADABLE.sub("", unified)
    composed = unicodedata.normalize("NFC", readable)
    one_line = composed if keep_lines else re.sub(r"\s*[\n\t]\s*", " ", composed.strip())
    notes = (
        "control characters removed" if readable != unified else "",
        "accents composed" if composed != readable else "",
        "line breaks became spaces" if one_line != composed.strip() and not keep_lines else "",
    )
    return one_line.strip(), "; ".join(note for note in notes if note)
