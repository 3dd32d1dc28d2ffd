"""Inquiries from a file or pasted payload, with each column resolved to a source field.

Values stay as received. A key that was not sent, or was null, is missing; an empty text is blank.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any, Final, TypeVar

from core.errors import InvalidInput
from core.halda.columns import resolve_columns
from core.halda.reading import (
    MAX_COLUMNS,
    MAX_VALUES,
    decode,
    flatten,
    load_json,
    read_csv,
    read_form,
    read_objects,
    too_many_values,
)
from core.halda.schema import ANSWER_PREFIX, CANONICAL_FIELDS
from core.mapping.model import SourceField, SourceRecord
from core.mapping.sharing import Shared

_Item = TypeVar("_Item")
_JSON: Final = re.compile(r"\s*[{\[]")
_FORM_PAYLOAD: Final = re.compile(r"\s*[\w.%+-]+=[^\s,;\t]*&\S*(\s|$)")
_SUFFIXES: Final = frozenset({"", ".csv", ".tsv", ".txt", ".json"})
_CANONICAL: Final = frozenset(field.key for field in CANONICAL_FIELDS)
# Where the documented payloads put things. Their `id` is the submission, never the person.
_PAYLOAD_KEYS: Final = {
    "id": "submission.id",
    "event": "submission.event",
    "timestamp": "submission.submitted_at",
    "source": "submission.source",
    "form_id": "submission.form_id",
    "metadata.source": "submission.source",
    "metadata.timestamp": "submission.submitted_at",
    "metadata.form_id": "submission.form_id",
}


class IntakeKind(StrEnum):
    CSV = "csv"
    JSON = "json"
    WEBHOOK_JSON = "webhook_json"
    WEBHOOK_FORM = "webhook_form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What was read. `unknown_columns` are names nobody knew, kept as form questions."""

    records: tuple[SourceRecord, ...]
    fields_seen: tuple[SourceField, ...]
    unknown_columns: tuple[str, ...]
    kind: IntakeKind
    notes: tuple[str, ...] = ()


def read_inquiries(
    content: bytes, *, file_name: str = "", known: Sequence[SourceField] = ()
) -> Intake:
    """Return the inquiries of a CSV, JSON or webhook payload; raise InvalidInput with the place.

    `known` are the account's own form questions, found again by key or label.
    """
    suffix = PurePath(file_name).suffix.casefold()
    text = decode(content)
    if suffix not in _SUFFIXES:
        raise InvalidInput(
            f"Files of type {suffix[:12]} cannot be read here.",
            advice="Save the inquiries as CSV UTF-8 (.csv) or JSON (.json).",
        )
    if suffix == ".json" or _JSON.match(text):
        return _read_json(text, known)
    if _FORM_PAYLOAD.match(text):
        rows = [_payload_keys(row) for row in read_form(text)]
        return _intake(rows, IntakeKind.WEBHOOK_FORM, known)
    del text  # a large one is not held beside all that is made of it
    return _read_csv(content, known)


def _read_csv(content: bytes, known: Sequence[SourceField]) -> Intake:
    names, rows = read_csv(content)
    fields = resolve_columns(names, known)
    keys, shared = [field.key for field in fields], Shared()
    records = tuple(
        SourceRecord(row_number=number, values=dict(zip(keys, map(shared, row), strict=True)))
        for number, row in enumerate(rows, start=1)
    )
    return _told(records, names, fields, known)


def _read_json(text: str, known: Sequence[SourceField]) -> Intake:
    objects = read_objects(load_json(text))
    is_webhook = all("event" in each and isinstance(each.get("student"), dict) for each in objects)
    rows = []
    for number, each in enumerate(emptied(objects), start=1):
        row = _flat(each, f"Inquiry {number}")
        rows.append(_payload_keys(row) if is_webhook else row)
    return _intake(rows, IntakeKind.WEBHOOK_JSON if is_webhook else IntakeKind.JSON, known)


def emptied(items: list[_Item]) -> Iterator[_Item]:
    """Yield the items from the first to the last, and let go of each once it is used."""
    items.reverse()
    while items:
        yield items.pop()


def _flat(value: Mapping[str, Any], where: str) -> dict[str, str]:
    row: dict[str, str] = {}
    for path, text in flatten(value, where):
        if path in row:
            raise InvalidInput(
                f"{where} gives {path[:60]} twice.", advice="Send every value under one name."
            )
        row[path] = text
    return row


def _payload_keys(row: Mapping[str, str]) -> dict[str, str]:
    """Rename a payload's keys to canonical ones; the nested form wins over the flat one."""
    renamed: dict[str, str] = {}
    for path, text in row.items():
        key = _PAYLOAD_KEYS.get(path, path)
        if path.startswith("student."):
            key = f"lead.{path.removeprefix('student.')}"
        elif path.startswith("answers."):
            key = ANSWER_PREFIX + path.removeprefix("answers.")
        renamed[path if key in renamed else key] = text
    return renamed


def _intake(rows: list[dict[str, str]], kind: IntakeKind, known: Sequence[SourceField]) -> Intake:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if len(columns) > MAX_COLUMNS:
        raise InvalidInput(
            f"There are {len(columns)} different fields; the limit is {MAX_COLUMNS}.",
            advice="Leave out the fields that are not needed.",
        )
    if sum(map(len, rows)) > MAX_VALUES:
        raise too_many_values()
    if not columns:
        rows = []
    fields = resolve_columns(columns, known)
    keys = {column: field.key for column, field in zip(columns, fields, strict=True)}
    shared = Shared()
    records = tuple(
        SourceRecord(
            row_number=number, values={keys[name]: shared(text) for name, text in row.items()}
        )
        for number, row in enumerate(emptied(rows), start=1)
    )
    return _told(records, columns, fields, known, kind)


def _told(
    records: tuple[SourceRecord, ...],
    columns: Sequence[str],
    fields: tuple[SourceField, ...],
    known: Sequence[SourceField],
    kind: IntakeKind = IntakeKind.CSV,
) -> Intake:
    if not records:
        raise InvalidInput(
            "There is no inquiry in it.", advice="Choose a file with at least one inquiry."
        )
    expected = _CANONICAL | {field.key for field in known}
    unknown = tuple(
        column for column, field in zip(columns, fields, strict=True) if field.key not in expected
    )
    return Intake(
        records=records,
        fields_seen=fields,
        unknown_columns=unknown,
        kind=kind,
        notes=_notes(unknown, (field.key for field in fields)),
    )


def _notes(unknown: Sequence[str], keys: Iterable[str]) -> tuple[str, ...]:
    notes = []
    if unknown:
        shown = ", ".join(name.strip()[:40] for name in unknown[:5])
        rest = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        notes.append(f"Not Halda's own fields, kept as form questions: {shown}{rest}.")
    if "lead.lead_profile_uid" not in set(keys):
        notes.append(
            "No Lead Profile ID in it: inquiries are matched by another key, such as the e-mail."
        )
    return tuple(notes)
