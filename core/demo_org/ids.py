"""Record ids in the platform's two forms: 15 case-sensitive characters, or 18 with a checksum."""

import re
from typing import Final

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_CHECKSUM: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_SHAPE: Final = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_SERIAL_DIGITS: Final = 10


def checksum(short_id: str) -> str:
    """Return the three characters that tell the case of the fifteen before them."""
    suffix = ""
    for start in range(0, 15, 5):
        part = short_id[start : start + 5]
        suffix += _CHECKSUM[sum(1 << place for place, char in enumerate(part) if char.isupper())]
    return suffix


def to_long_id(text: str) -> str | None:
    """Return the 18-character form of a 15- or 18-character id, or None if it has neither shape."""
    if not _SHAPE.fullmatch(text):
        return None
    if len(text) == 15:
        return text + checksum(text)
    return _restore_case(text)


def _restore_case(text: str) -> str | None:
    short = ""
    for start, mark in zip(range(0, 15, 5), text[15:].upper(), strict=True):
        if mark not in _CHECKSUM:
            return None
        bits = _CHECKSUM.index(mark)
        for place, char in enumerate(text[start : start + 5]):
            short += char.upper() if bits >> place & 1 else char.lower()
    return short + text[15:].upper()


def make_id(key_prefix: str, pod: str, serial: int) -> str:
    """Build the 18-character id number `serial` of an object in the org that runs on `pod`."""
    digits = ""
    while serial:
        serial, place = divmod(serial, 62)
        digits = _BASE62[place] + digits
    short = key_prefix + pod + digits.rjust(_SERIAL_DIGITS, "0")
    return short + checksum(short)
