"""Describes from a file: as the REST API sends them, wrapped, several at once, or from metadata.

Accepted are the answer of `/sobjects/NAME/describe`; the same within `result`, `response`, `body`,
`data` or `describe`, as tools and recordings keep it; a list of describes or `{"sobjects": [...]}`;
describes or lists of fields by the object's name, the latter as package metadata has them.
"""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from core.commands.describe_mistakes import HOW, what_it_is
from core.commands.files import read_file
from core.errors import ConsoleError, InvalidInput
from core.mapping.describe import SobjectDescribe
from core.salesforce.describe import parse_describe

Json = dict[str, Any]

_WRAPPERS: Final = ("result", "response", "body", "data", "describe", "describeSObjectResult")
_LISTS: Final = ("sobjects", "objects", "results", "describes", "compositeResponse")
_TYPE_KEYS: Final = ("type", "metadataType", "dataType")
_DEEPEST: Final = 6
# How package metadata calls the types that a describe names otherwise.
_METADATA_TYPES: Final = {
    "text": "string",
    "autonumber": "string",
    "checkbox": "boolean",
    "number": "double",
    "longtextarea": "textarea",
    "html": "textarea",
    "multiselectpicklist": "multipicklist",
    "encryptedtext": "encryptedstring",
    "lookup": "reference",
    "masterdetail": "reference",
    "externallookup": "reference",
    "metadatarelationship": "reference",
    "summary": "double",
    "restricted picklist": "picklist",
}
_READ_ONLY_METADATA: Final = frozenset({"autonumber", "summary", "formula"})


def read_describes(path: Path) -> tuple[SobjectDescribe, ...]:
    """Return every object with fields that the file holds, in its order."""
    loaded = _load(path)
    found: dict[str, SobjectDescribe] = {}
    for body in _bodies(loaded, 0):
        described = _parsed(body, path)
        found.setdefault(described.name.casefold(), described)
    if not found:
        what, advice = what_it_is(loaded)
        raise InvalidInput(f"{path} {what}", advice=advice)
    return tuple(found.values())


def _load(path: Path) -> Any:
    content = read_file(path)
    # What a Windows shell redirects into a file is UTF-16, with a mark that says so.
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return json.loads(
            content.decode("utf-16" if is_wide else "utf-8-sig"), parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise InvalidInput(f"{path} is not JSON in UTF-8.", advice=HOW) from None


def _no_number(name: str) -> Any:
    raise ValueError(name)  # Python's NaN and Infinity; JSON has neither


def read_describe(path: Path, sobject_name: str | None) -> SobjectDescribe:
    """Return the object of this name; without a name, the only one of the file."""
    chosen = _choose(read_describes(path), sobject_name, path)
    if not chosen.fields:
        raise InvalidInput(
            f"{path} describes {chosen.name} without a single field.",
            advice="Save the describe as a user who may see the object's fields.",
        )
    return chosen


def _choose(
    described: tuple[SobjectDescribe, ...], sobject_name: str | None, path: Path
) -> SobjectDescribe:
    if sobject_name is None and len(described) == 1:
        return described[0]
    names = ", ".join(each.name for each in described[:8])
    more = f" and {len(described) - 8} more" if len(described) > 8 else ""
    if sobject_name is None:
        raise InvalidInput(
            f"{path} holds {len(described)} objects: {names}{more}.",
            advice="Say which one with --object NAME.",
        )
    for each in described:
        if each.name.casefold() == sobject_name.casefold():
            return each
    raise InvalidInput(
        f"{path} holds no object {sobject_name}.", advice=f"It holds {names}{more}; name one."
    )


def _bodies(loaded: Any, depth: int) -> Iterator[Json]:
    """Yield whatever looks like one object's describe, however it is wrapped."""
    if depth > _DEEPEST:
        return
    if isinstance(loaded, str) and loaded.lstrip()[:1] in ("{", "["):
        loaded = _loaded_or_none(loaded)
    if isinstance(loaded, list):
        for each in loaded:
            yield from _bodies(each, depth + 1)
    elif isinstance(loaded, dict):
        yield from _bodies_of(loaded, depth)


def _bodies_of(loaded: Json, depth: int) -> Iterator[Json]:
    name = loaded.get("name") or loaded.get("apiName")
    if isinstance(name, str) and isinstance(loaded.get("fields"), list | dict):
        kept = {key: value for key, value in loaded.items() if key != "recordTypeInfos"}
        if isinstance(loaded.get("recordTypeInfos"), list):
            kept = loaded
        yield kept | {"name": name, "fields": _fields(loaded["fields"])}
        return
    for key in (*_WRAPPERS, *_LISTS):
        inner = loaded.get(key)
        if key in _LISTS and isinstance(inner, dict):
            inner = [_named(name, body) for name, body in inner.items()]
        yield from _bodies(inner, depth + 1)
    if depth == 0:
        yield from _bodies([_named(name, body) for name, body in loaded.items()], 1)


def _loaded_or_none(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _named(name: str, body: Any) -> Any:
    """An object of a file that lists fields by the object's name."""
    if isinstance(body, list) and any(_is_field(each) for each in body):
        return {"name": name, "fields": body}
    if isinstance(body, dict) and isinstance(body.get("properties"), dict):
        return {"name": name, "fields": body["properties"]}
    if isinstance(body, dict) and isinstance(body.get("fields"), list):
        return {"name": name} | body
    return None


def _is_field(entry: Any) -> bool:
    return isinstance(entry, dict) and any(key in entry for key in _TYPE_KEYS)


def _fields(fields: list[Any] | Json) -> list[Json]:
    if isinstance(fields, dict):
        fields = [
            {"name": name, "label": name} | field
            for name, field in fields.items()
            if isinstance(field, dict)
        ]
    entries = [_field(each) for each in fields if isinstance(each, dict)]
    says_writable = any("createable" in each or "updateable" in each for each in entries)
    if says_writable:
        return entries
    return [
        each | {"createable": can, "updateable": can}
        for each in entries
        for can in (_looks_writable(each),)
    ]


def _field(entry: Json) -> Json:
    """One field, with what metadata and the user interface's API call otherwise renamed."""
    told = next((entry[key] for key in _TYPE_KEYS if entry.get(key)), "string")
    lowered = str(told).casefold()
    field = entry | {"type": _METADATA_TYPES.get(lowered, lowered), "metadata_type": lowered}
    if not isinstance(field.get("name"), str) and isinstance(field.get("apiName"), str):
        field["name"] = field["apiName"]
    if "picklistValues" not in field and isinstance(field.get("values"), list):
        field["picklistValues"] = field["values"]
    return field


def _looks_writable(field: Json) -> bool:
    is_formula = bool(field.get("formula") or field.get("calculated") or field.get("autoNumber"))
    return not is_formula and field["metadata_type"] not in _READ_ONLY_METADATA


def _parsed(body: Json, path: Path) -> SobjectDescribe:
    try:
        return parse_describe(body)
    except ConsoleError:
        raise InvalidInput(f"{path} holds a describe that is broken.", advice=HOW) from None
