"""Which of the org's values a source value probably means, with the reason. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from core.mapping.describe import PicklistValue
from core.mapping.value_maps import fold_value

SURE_LINE = 0.95  # at or above: taken by one click with all the others
_SHOW_LINE = 0.8
_MARGIN = 0.05  # a runner-up this near: nobody can tell which was meant


@dataclass(frozen=True, slots=True)
class ValuePair:
    """One suggested pair. `is_sure`: at or above the line."""

    source: str
    target: str
    reason: str
    is_sure: bool


def suggest_value_pairs(
    values: Sequence[str], entries: Sequence[PicklistValue]
) -> tuple[ValuePair, ...]:
    """Return at most one pair for each source value; inactive and closed entries never match."""
    usable = [entry for entry in entries if entry.active and not entry.closed_for]
    exact = {entry.value for entry in usable}
    folded = _unique({entry.value: fold_value(entry.value) for entry in usable})
    labels = _unique({entry.value: fold_value(entry.label) for entry in usable})
    bare = _unique({entry.value: _bare(entry.value) for entry in usable})
    found = []
    for value in values:
        if value in exact:
            found.append(ValuePair(value, value, "same text", True))
        elif target := folded.get(fold_value(value)):
            found.append(ValuePair(value, target, "same but for case or spaces", True))
        elif target := labels.get(fold_value(value)):
            found.append(ValuePair(value, target, "the value's label", True))
        elif target := bare.get(_bare(value)) if _bare(value) else None:
            found.append(ValuePair(value, target, "same but for signs and accents", True))
        elif similar := _similar(value, usable):
            found.append(similar)
    return tuple(found)


def _unique(texts: dict[str, str]) -> dict[str, str]:
    """By text, the one value that has it; a text of several values tells nothing."""
    values: dict[str, set[str]] = {}
    for value, text in texts.items():
        values.setdefault(text, set()).add(value)
    return {text: next(iter(each)) for text, each in values.items() if text and len(each) == 1}


def _bare(text: str) -> str:
    """Letters and digits of any script, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", kept)


def _similar(value: str, entries: Sequence[PicklistValue]) -> ValuePair | None:
    scored = sorted(
        (
            (
                max(
                    fuzz.token_sort_ratio(fold_value(value), fold_value(text)) / 100
                    for text in (entry.value, entry.label)
                ),
                entry.value,
            )
            for entry in entries
        ),
        reverse=True,
    )
    if not scored or scored[0][0] < _SHOW_LINE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _MARGIN:
        return None
    score, target = scored[0]
    is_sure = score >= SURE_LINE and _digits(value) == _digits(target)
    return ValuePair(value, target, f"similar ({score:.0%})", is_sure)


def _digits(text: str) -> list[str]:
    """Fall 2026 and Fall 2027 are nearly the same text and never the same term."""
    return re.findall(r"\d+", text)
