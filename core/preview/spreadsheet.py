"""CSV text that a spreadsheet opens without running any of it."""

import csv
import io
from collections.abc import Iterable, Sequence

# What spreadsheets take for a formula's start, with the full-width forms.
_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def guard(text: str) -> str:
    """Return the text, behind an apostrophe where a spreadsheet could run it."""
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) else text


def to_safe_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Return guarded, fully quoted CSV in UTF-8 with a byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerows([guard(text) for text in line] for line in lines)
    return buffer.getvalue().encode("utf-8-sig")
