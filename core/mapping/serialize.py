"""A mapping as JSON content and back, and its hash: what a saved version holds."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from core.errors import MappingProblem
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    Operation,
    RowSource,
    SourceKind,
    WriteRule,
)

FORMAT = 1
_DRAFT_KEYS = frozenset({"format", "sobject", "operation", "match_keys", "rows", "record_type"})
_ROW_KEYS = frozenset({"row_id", "source", "field", "write_rule"})
_SOURCE_KEYS = frozenset({"kind", "text"})


def to_content(draft: MappingDraft) -> dict[str, Any]:
    """Return the mapping as plain JSON values; every key is always present."""
    return {
        "format": FORMAT,
        "sobject": draft.sobject_name,
        "operation": draft.operation.value,
        "match_keys": [list(key.field_names) for key in draft.match_keys],
        "record_type": draft.record_type,
        "rows": [_row_to_content(row) for row in draft.rows],
    }


def _row_to_content(row: FieldRow) -> dict[str, Any]:
    return {
        "row_id": row.row_id,
        "source": {"kind": row.source.kind.value, "text": row.source.text},
        "field": row.field_name,
        "write_rule": row.write_rule.value,
    }


def content_hash(draft: MappingDraft) -> str:
    """Return the SHA-256 of the canonical JSON: equal mappings, equal hash."""
    text = json.dumps(to_content(draft), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_content(content: Mapping[str, Any]) -> MappingDraft:
    """Return the mapping; raise MappingProblem for anything `to_content` does not write."""
    _check_keys(content, _DRAFT_KEYS, "the mapping")
    if content["format"] != FORMAT:
        raise _unreadable("it has another format")
    try:
        return MappingDraft(
            sobject_name=_text(content["sobject"]),
            operation=Operation(content["operation"]),
            match_keys=tuple(_match_key(names) for names in _list(content["match_keys"])),
            record_type=_text(content["record_type"]),
            rows=tuple(_row_from_content(row) for row in _list(content["rows"])),
        )
    except ValueError:
        raise _unreadable("it names an operation or rule this version does not know") from None


def _match_key(names: object) -> MatchKey:
    return MatchKey(field_names=tuple(_text(name) for name in _list(names)))


def _row_from_content(row: object) -> FieldRow:
    if not isinstance(row, Mapping) or not isinstance(row.get("source"), Mapping):
        raise _unreadable("a row is not an object")
    _check_keys(row, _ROW_KEYS, "a row")
    _check_keys(row["source"], _SOURCE_KEYS, "a row's source")
    return FieldRow(
        row_id=_text(row["row_id"]),
        source=RowSource(kind=SourceKind(row["source"]["kind"]), text=_text(row["source"]["text"])),
        field_name=_text(row["field"]),
        write_rule=WriteRule(row["write_rule"]),
    )


def _check_keys(content: Mapping[str, Any], expected: frozenset[str], what: str) -> None:
    if set(content) != expected:
        odd = ", ".join(sorted(str(key) for key in set(content) ^ expected))
        raise _unreadable(f"{what} has missing or unknown keys: {odd}")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _unreadable("a text is expected where something else stands")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise _unreadable("a list is expected where something else stands")
    return value


def _unreadable(why: str) -> MappingProblem:
    return MappingProblem(
        f"The stored mapping cannot be read: {why}.",
        advice="Open an earlier version of the mapping, or update the console.",
    )
