"""A mapping as JSON content and back, and its hash: what a saved version holds."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from core.errors import MappingProblem
from core.mapping.model import (
    PERSON_OBJECT_ID,
    FieldRow,
    FormOverride,
    Lookup,
    MappingDraft,
    MatchKey,
    Newer,
    NotSent,
    ObjectMapping,
    OverrideRow,
    RowSource,
    Transform,
    ValueMap,
    WrittenFor,
)

FORMAT = 2
# Unknown keys are refused at every level: a misspelt rule must not pass for the default one.
for _each in (
    FieldRow,
    FormOverride,
    Lookup,
    MappingDraft,
    MatchKey,
    Newer,
    NotSent,
    ObjectMapping,
    OverrideRow,
    RowSource,
    Transform,
    ValueMap,
):
    with_config(ConfigDict(extra="forbid"))(_each)
_ADAPTER = TypeAdapter(MappingDraft)


def to_content(draft: MappingDraft) -> dict[str, Any]:
    """Return the mapping as plain JSON values; every key of format 2 is always present.

    What came later is there only where it is set, so that older mappings keep their hash.
    """
    content = {"format": FORMAT, **_ADAPTER.dump_python(draft, mode="json")}
    for each in content["objects"]:
        if each["written_for"] == WrittenFor.EVERY_INQUIRY:
            del each["written_for"]
        for key in each["match_keys"]:
            if not key["id_source"]:
                del key["id_source"]
    return content


def content_hash(draft: MappingDraft) -> str:
    """Return the SHA-256 of the canonical JSON: equal mappings, equal hash."""
    return hash_of_content(to_content(draft))


def hash_of_content(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of stored content as it stands, of whatever format it is."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def from_content(content: Mapping[str, Any]) -> MappingDraft:
    """Return the mapping; raise MappingProblem, with path and reason, for anything else.

    Content of the first format, which knew one object only, is read as well.
    """
    body = {key: value for key, value in content.items() if key != "format"}
    match content.get("format"):
        case 2:
            pass
        case 1:
            body = _from_first_format(body)
        case _:
            raise _unreadable("it has another format")
    problems = content_problems(body)
    if problems:
        raise _unreadable("; ".join(f"{_dotted(path)}: {why}" for path, why in problems[:3]))
    return _ADAPTER.validate_python(body)


Path = tuple[str | int, ...]


def content_problems(body: Mapping[str, Any]) -> list[tuple[Path, str]]:
    """Return where and why this is no mapping's content (without its format); empty if it is."""
    try:
        _ADAPTER.validate_python(body)
    except ValidationError as error:
        return [(each["loc"], each["msg"]) for each in error.errors(include_url=False)]
    return []


def _from_first_format(body: Mapping[str, Any]) -> dict[str, Any]:
    expected = {"sobject", "operation", "match_keys", "rows", "record_type"}
    if set(body) != expected or not isinstance(body["rows"], list):
        raise _unreadable("it has unknown or missing keys")
    try:
        rows = [{**row, "field_name": row["field"]} for row in body["rows"]]
        for row in rows:
            del row["field"]
        keys = [{"field_names": list(names)} for names in body["match_keys"]]
    except (KeyError, TypeError):
        raise _unreadable("a row or match key is not an object") from None
    person = {
        "object_id": PERSON_OBJECT_ID,
        "sobject_name": body["sobject"],
        "operation": body["operation"],
        "match_keys": keys,
        "rows": rows,
        "record_type": body["record_type"],
    }
    return {"objects": [person]}


def _dotted(path: Path) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(
        "."
    )


def _unreadable(why: str) -> MappingProblem:
    return MappingProblem(
        f"The mapping cannot be read: {why}.",
        advice="Open an earlier version of the mapping, or start it anew.",
    )
