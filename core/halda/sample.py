"""Palmer State's stored sample inquiries, as records and in each shape that Halda sends."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from core.halda.sample_people import COLUMNS, LONG_ANSWER, PEOPLE
from core.mapping.model import SourceRecord

SAMPLE_NAME: Final = "Palmer State sample inquiries"
_NOT_SENT: Final = "-"
_COMMON: Final = {
    "submission.event": "inquiry.created",
    "submission.source": "Halda Widget",
    "submission.form_id": "leadform_78",
    "form.name": "Undergraduate RFI",
    "visit.utm_source": "halda",
    "visit.utm_medium": "web",
    "visit.utm_campaign": "fall_inquiry",
}
_PAYLOAD_PARTS: Final = (
    ("student", "lead", ("first_name", "last_name", "email", "phone")),
    ("interest", "interest", ("program", "term")),
)
_FORM_NAMES: Final = {
    "event": "submission.event",
    "id": "submission.id",
    "timestamp": "submission.submitted_at",
    "first_name": "lead.first_name",
    "last_name": "lead.last_name",
    "email": "lead.email",
    "phone": "lead.phone",
    "program": "interest.program",
    "term": "interest.term",
    "form_id": "submission.form_id",
}


def _values(number: int, line: str) -> dict[str, str]:
    parts = line.split("|")
    columns = dict(zip(COLUMNS, parts, strict=False))
    pairs = dict(part.split("=", 1) for part in parts[len(COLUMNS) :])
    values = _COMMON | {
        "submission.id": f"inq_{102_947 + number}",
        "submission.submitted_at": f"2026-10-{1 + number % 28:02d}T15:{number % 60:02d}:22Z",
        "submission.status": "complete",
    }
    values |= {key: text for key, text in columns.items() if text != _NOT_SENT} | pairs
    return {
        key: LONG_ANSWER if text == "@long" else text.replace("\\n", "\n")
        for key, text in values.items()
    }


def sample_records() -> tuple[SourceRecord, ...]:
    """Return the sample inquiries, numbered from 1."""
    lines = PEOPLE.strip().splitlines()
    return tuple(
        SourceRecord(row_number=number, values=_values(number, line))
        for number, line in enumerate(lines, start=1)
    )


def sample_csv() -> str:
    """Return the sample as a CSV export with canonical column names; unsent cells are empty."""
    records = sample_records()
    names = list(dict.fromkeys(key for record in records for key in record.values))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, names, restval="")
    writer.writeheader()
    writer.writerows(dict(record.values) for record in records)
    return buffer.getvalue()


def sample_json() -> str:
    """Return the sample as a list of flat objects, unsent keys left out."""
    rows = [dict(record.values) for record in sample_records()]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def webhook_json(values: Mapping[str, str]) -> str:
    """Return one inquiry as the documented JSON payload, which carries no Lead Profile ID."""
    payload: dict[str, object] = {
        "event": values["submission.event"],
        "id": values["submission.id"],
    }
    for name, prefix, keys in _PAYLOAD_PARTS:
        found = {key: values.get(f"{prefix}.{key}") for key in keys}
        payload[name] = {key: text for key, text in found.items() if text is not None}
    payload["metadata"] = {
        "source": values["submission.source"],
        "timestamp": values["submission.submitted_at"],
    }
    return json.dumps(payload, ensure_ascii=False, indent=2)


def webhook_form(values: Mapping[str, str]) -> str:
    """Return one inquiry as the documented URL-encoded payload."""
    return urlencode({name: values[key] for name, key in _FORM_NAMES.items() if key in values})
