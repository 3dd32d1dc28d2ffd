"""What a row reads of an inquiry: a field, a constant, a template or an earlier object's id. Pure.

Blank is not missing: a key the source did not send gives None, an empty text gives an empty text.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from core.mapping.model import RowSource, SourceKind

ANSWER_PREFIX: Final = "answer."
# In a template: every form question with its answer, a line each.
ALL_ANSWERS: Final = "answer.*"
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+(?:\.(?:\w+|\*))+)\}")
_DANGLING = " \t,;/|-–—:"


def source_keys(source: RowSource) -> tuple[str, ...]:
    """Return the source field keys that a row reads; `answer.*` stands for every form question."""
    if source.kind is SourceKind.FIELD:
        return (source.text,)
    if source.kind is SourceKind.TEMPLATE:
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(source.text)))
    return ()


def reads(source: RowSource, key: str) -> bool:
    """Tell whether a row carries this piece of data."""
    keys = source_keys(source)
    return key in keys or (ALL_ANSWERS in keys and key.startswith(ANSWER_PREFIX))


def read_source(
    source: RowSource, values: Mapping[str, str], labels: Mapping[str, str] | None = None
) -> tuple[str | None, str]:
    """Return the text a row takes from an inquiry, None if nothing was sent, and a note.

    A template's blank parts are left out together with dangling separators; with every part
    missing it is missing, with every part blank it is blank. A PARENT row reads nothing here.
    """
    match source.kind:
        case SourceKind.CONSTANT:
            return source.text, ""
        case SourceKind.FIELD:
            return values.get(source.text), ""
        case SourceKind.PARENT:
            return None, ""
        case SourceKind.TEMPLATE:
            return _fill(source, values, labels or {})


def _fill(
    source: RowSource, values: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[str | None, str]:
    keys = source_keys(source)
    if not keys:
        return source.text, ""
    known = values
    if ALL_ANSWERS in keys:
        known = {**values, **_all_answers(values, labels)}
    if not any(key in known for key in keys):
        return None, ""
    missing = [key for key in keys if not known.get(key, "").strip()]
    if len(missing) == len(keys):
        return "", ""
    filled = _PLACEHOLDER.sub(lambda found: known.get(found[1], "").strip(), source.text)
    if not missing:
        return filled, ""
    return filled.strip(_DANGLING), f"left out: {', '.join(missing)}"


def _all_answers(values: Mapping[str, str], labels: Mapping[str, str]) -> dict[str, str]:
    keys = answered(values)
    lines = [
        f"{labels.get(key, key)}: {values[key].strip()}" for key in keys if values[key].strip()
    ]
    return {ALL_ANSWERS: "\n".join(lines)} if keys else {}


def answered(keys: Iterable[str]) -> list[str]:
    """Return the form questions among these keys, in their order."""
    return [key for key in keys if key.startswith(ANSWER_PREFIX)]
