"""When what an org holds is what was sent, by field type. Shares no code with the console."""

import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

from core.mapping.describe import FieldDescribe
from core.mapping.model import JsonValue

_NUMBERS: Final = frozenset({"int", "long", "double", "currency", "percent"})

_PLACES: Final = ("State", "Country")


def is_kept(sent: JsonValue, held: JsonValue, field: FieldDescribe) -> bool:
    """Tell whether an org that was sent `sent` would answer `held`."""
    if sent is None or held is None:
        return sent is None and held is None
    if field.type == "boolean":
        return sent is held
    return _meaning(sent, field) == _meaning(held, field)


def _meaning(value: JsonValue, field: FieldDescribe) -> object:
    if field.type in _NUMBERS:
        return Decimal(str(value))
    text = str(value)
    if field.type == "datetime":
        return _moment(text)
    if field.type in ("reference", "id"):
        return text[:15]
    if field.type == "multipicklist":
        return sorted(text.split(";"))
    # the org keeps addresses in lower case, and its list spells a place, however they were sent
    is_respelled = field.type == "email" or field.name.endswith(_PLACES)
    return text.casefold() if is_respelled else text


def is_like(sent: JsonValue, held: JsonValue, field: FieldDescribe) -> bool:
    """As `is_kept`, but where the console sees no need to send: accents, case, below a second."""
    if is_kept(sent, held, field):
        return True
    if sent is None or held is None:
        return False
    ours, theirs = (unicodedata.normalize("NFC", str(each)) for each in (sent, held))
    if ours == theirs:
        return True
    if field.type in ("email", "picklist", "multipicklist", "combobox"):
        return is_kept(ours.upper(), theirs.upper(), field)
    if field.type == "datetime":
        return _moment(ours).replace(microsecond=0) == _moment(theirs).replace(microsecond=0)
    return False


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)
