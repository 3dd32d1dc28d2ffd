"""Source values to what the university calls them, with a policy for the rest. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.mapping.model import UnmappedPolicy, ValueMap
from core.mapping.problems import Problem, ProblemKind

SEPARATOR = ";"  # between several values of one answer


@dataclass(frozen=True, slots=True)
class Mapped:
    """The text to send instead. `problem` blocks; a blank text is treated as a blank answer."""

    text: str
    note: str = ""
    problem: Problem | None = None


def fold_value(text: str) -> str:
    """Return what two spellings of one source value share: composed, trimmed, without case."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def split_values(text: str) -> list[str]:
    """Return the single values of an answer that may hold several."""
    return [part for part in (piece.strip() for piece in text.split(SEPARATOR)) if part]


def make_mapper(value_map: ValueMap, *, label: str) -> Callable[[str], Mapped]:
    """Return the function from source text to mapped text; `label` names the target in words.

    An exact spelling wins over one that differs in case or spaces; a source listed with different
    targets is not mapped. An answer of several values is
    mapped as a whole if the whole is listed, else value by value, each result once.
    """
    exact = _clear_pairs(value_map.pairs, lambda source: source)
    folded = _clear_pairs(value_map.pairs, fold_value)

    def find(text: str) -> str | None:
        found = exact.get(text)
        return found if found is not None else folded.get(fold_value(text))

    def map_text(text: str) -> Mapped:
        whole = find(text)
        if whole is not None:
            return Mapped(whole, "value map")
        if not text.strip():
            return Mapped(text)
        parts = split_values(text)
        if len(parts) < 2:
            alone = find(parts[0]) if parts else None
            return _part(text, alone, value_map, label)
        return _joined([_part(part, find(part), value_map, label) for part in parts])

    return map_text


def _part(text: str, found: str | None, value_map: ValueMap, label: str) -> Mapped:
    return Mapped(found, "value map") if found is not None else _unmapped(text, value_map, label)


def _joined(parts: list[Mapped]) -> Mapped:
    problem = next((part.problem for part in parts if part.problem), None)
    texts = dict.fromkeys(part.text for part in parts if part.text.strip())
    notes = dict.fromkeys(part.note for part in parts if part.note)
    return Mapped(SEPARATOR.join(texts), "; ".join(notes), problem)


def _unmapped(text: str, value_map: ValueMap, label: str) -> Mapped:
    match value_map.unmapped:
        case UnmappedPolicy.BLANK:
            return Mapped("", "not in the value map: left blank")
        case UnmappedPolicy.USE_DEFAULT:
            return Mapped(value_map.default, "not in the value map: default")
        case UnmappedPolicy.AS_IS:
            return Mapped(text, "not in the value map: sent as it is")
        case UnmappedPolicy.HOLD:
            problem = Problem(
                ProblemKind.UNMAPPED_VALUE,
                f"The value map of {label} does not list this value.",
                "Map the value, or choose what becomes of values that are not listed.",
            )
            return Mapped("", problem=problem)


def undecided_sources(value_map: ValueMap) -> tuple[str, ...]:
    """Return the sources that the map sends to more than one value; none of these is ever sent."""
    targets = _targets_of(value_map.pairs, lambda source: source)
    return tuple(source for source, sent in targets.items() if len(sent) > 1)


def _clear_pairs(pairs: Iterable[tuple[str, str]], spell: Callable[[str], str]) -> dict[str, str]:
    """Leave out what is listed with different targets, or in spellings that have different ones."""
    targets = _targets_of(pairs, spell)
    return {source: next(iter(sent)) for source, sent in targets.items() if len(sent) == 1}


def _targets_of(
    pairs: Iterable[tuple[str, str]], spell: Callable[[str], str]
) -> dict[str, dict[str, None]]:
    found: dict[str, dict[str, None]] = {}
    for source, target in pairs:
        found.setdefault(spell(source), {})[target] = None
    return found


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A source value with how many inquiries carry it."""

    value: str
    count: int


def count_values(texts: Iterable[str | None]) -> tuple[ValueCount, ...]:
    """Return the distinct single values, most frequent first, one line per spelling apart from
    case and spaces (the most frequent spelling speaks for the rest)."""
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        for part in dict.fromkeys(split_values(text or "")):
            spellings.setdefault(fold_value(part), Counter())[part] += 1
    counted = [
        ValueCount(min(each, key=lambda text: (-each[text], text)), each.total())
        for each in spellings.values()
    ]
    return tuple(sorted(counted, key=lambda each: (-each.count, each.value)))
