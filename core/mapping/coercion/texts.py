"""Text-like values: strings, e-mail, phone, URL and record ids. Nothing is cut or re-cased."""

import re

from core.mapping.coercion.values import Coerced, Coercer, clean, count_characters, refused
from core.mapping.describe import FieldDescribe
from core.mapping.problems import ProblemKind

# Dot-atom local part and a dotted host name that ends in a name, in ASCII as the platform takes it.
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
)
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")
_SUFFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
# First three characters of ids; custom objects get theirs per org, so they are not listed.
_KEY_PREFIXES = {
    "Account": "001",
    "Campaign": "701",
    "Contact": "003",
    "Group": "00G",
    "Lead": "00Q",
    "Opportunity": "006",
    "RecordType": "012",
    "User": "005",
}


def to_long_id(record_id: str) -> str:
    """Return the 18-character form of a 15-character id; the suffix encodes which are capitals."""
    suffix = "".join(
        _SUFFIX_LETTERS[
            sum(
                1 << place
                for place, letter in enumerate(record_id[start : start + 5])
                if "A" <= letter <= "Z"
            )
        ]
        for start in (0, 5, 10)
    )
    return record_id[:15] + suffix


def is_record_id(text: str) -> bool:
    """Tell whether this is a 15-character id, or an 18-character one whose suffix fits."""
    return bool(_ID.fullmatch(text)) and (len(text) == 15 or to_long_id(text) == text)


def check_length(text: str, field: FieldDescribe, note: str = "") -> Coerced:
    """Return the text, or the problem that it is longer than the field."""
    if field.length and count_characters(text) > field.length:
        return refused(
            ProblemKind.TOO_LONG,
            f"{count_characters(text)} characters; {field.label} holds {field.length}.",
            "Shorten it at the source or map it to a longer field; it is never cut off.",
        )
    return Coerced(value=text, note=note)


def text_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of string, textarea, phone, URL and combobox fields."""
    keep_lines = field.type == "textarea"

    def coerce_text(text: str) -> Coerced:
        cleaned, note = clean(text, keep_lines=keep_lines)
        return check_length(cleaned, field, note) if cleaned else Coerced(note=note)

    return coerce_text


def email_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of e-mail fields: shape only, case and plus-address untouched."""

    def coerce_email(text: str) -> Coerced:
        cleaned, note = clean(text)
        if not cleaned:
            return Coerced(note=note)
        if not _EMAIL.fullmatch(cleaned):
            return refused(
                ProblemKind.NOT_AN_EMAIL,
                f"{field.label} takes an e-mail address, and this is not shaped like one.",
                "Correct the address at the source.",
            )
        return check_length(cleaned, field, note)

    return coerce_email


def reference_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of lookups: an id of a right object; 15 characters become 18."""
    prefixes = {_KEY_PREFIXES.get(name, "") for name in field.reference_to}

    def coerce_reference(text: str) -> Coerced:
        cleaned, _ = clean(text)
        if not cleaned:
            return Coerced()
        if not is_record_id(cleaned):
            return refused(
                ProblemKind.NOT_AN_ID,
                f"{field.label} is a lookup and takes a record id, not text.",
                "Use a 15- or 18-character id exactly as Salesforce shows it, or a text field.",
            )
        if prefixes and "" not in prefixes and cleaned[:3] not in prefixes:
            return refused(
                ProblemKind.WRONG_OBJECT_ID,
                f"The id belongs to another object than {field.label} points at.",
                f"Use the id of: {', '.join(field.reference_to)}.",
            )
        note = "15-character id made 18 characters long" if len(cleaned) == 15 else ""
        return Coerced(value=to_long_id(cleaned), note=note)

    return coerce_reference
