"""A value that must never be shown, and the redaction that keeps it out of text that is."""

import base64
import json
import logging
import urllib.parse
import weakref
from typing import NoReturn, final

_MIN_REDACTED_LENGTH = 6  # shorter values would blank out ordinary words


@final
class Secret:
    """A string that hides itself from repr, str, JSON and pickle. `reveal()` is the way in."""

    __slots__ = ("__weakref__", "_value")

    def __init__(self, value: str) -> None:
        self._value = value
        _alive[id(self)] = self

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is never pickled")


# by identity: two equal secrets must both be known for as long as either lives
_alive: weakref.WeakValueDictionary[int, Secret] = weakref.WeakValueDictionary()


def _forms(value: str) -> set[str]:
    encoded = base64.b64encode(value.encode()).decode()
    return {
        value,
        urllib.parse.quote(value, safe=""),
        urllib.parse.quote_plus(value),
        json.dumps(value)[1:-1],
        encoded,
        encoded.rstrip("="),
    }


def redact(text: str) -> str:
    """Replace every living secret, in each form it travels in, by `***`."""
    values = [secret.reveal() for secret in list(_alive.values())]
    forms = {
        form for value in values if len(value) >= _MIN_REDACTED_LENGTH for form in _forms(value)
    }
    # longest first: a secret that begins like another must not leave its end behind
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


class RedactingFilter(logging.Filter):
    """Put on the root handlers: no log line leaves with a living secret in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = redact(_message_of(record))
        record.args = None
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        return True


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # a bad log call must not stop who made it
        return f"{record.msg} (its arguments do not fit)"
