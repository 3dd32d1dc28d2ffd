"""Names and labels to comparable words: any script, joined words, abbreviations, slips. Pure.

Nothing is ever thrown away because of its script: a label in Chinese keeps its words.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from core.mapping.suggestions.common_words import FILLERS
from core.mapping.suggestions.concepts import ABBREVIATIONS, CONCEPTS

_JOINTS = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z]{3})(?=\d)", re.ASCII
)
_WORD = re.compile(r"[^\W_]+")
_VOWELS = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")
_LONGEST_TEXT = 1000  # help texts have 510 characters at most; a file may hold anything
_LAST_LATIN = 0x24F
_SHORTEST_PART = 3
_SHORTEST_JOINED, _LONGEST_JOINED = 6, 40  # an API name has 40 letters at most
_SHORTEST_SLIP = 6
_SLIP_RATIO = 87
_SHORTEST_SHORTENED, _LEAST_LEFT_OUT = 4, 2  # "cntnt"; shorter ones are an org's own prefixes
_KEEP_S = ("ss", "us", "is", "news", "sms", "whats")


def raw_words(text: str) -> tuple[str, ...]:
    """Return the words of a name or label, without case and, in Latin script, accents."""
    split = _JOINTS.sub(" ", unicodedata.normalize("NFKC", text[:_LONGEST_TEXT]))
    return tuple(_WORD.findall(_without_accents(split.casefold())))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    kept, base = [], ""
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char) and base and ord(base) <= _LAST_LATIN:
            continue
        base = base if unicodedata.combining(char) else char
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def singular(word: str) -> str:
    """Return an English plural's singular; other words as they are."""
    if len(word) <= _SHORTEST_PART or not word.endswith("s") or word.endswith(_KEEP_S):
        return word
    return word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]


def read_table(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield `left = phrase | phrase` lines; a line that ends in `|` goes on in the next."""
    for line in re.sub(r" \|\n +", " | ", text.strip()).splitlines():
        left, _, phrases = line.partition(" = ")
        yield left, tuple(phrases.split(" | "))


class Tokenizer:
    """Turns a name into the tokens that are compared. Knows the words of `phrases`."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._short = _short_words()
        known = {word for phrase in phrases for word in raw_words(phrase)}
        self._phrases = _phrase_table(self._expanded)
        known.update(word for phrase in self._phrases for word in phrase)
        known.update(self._short, self._short.values(), FILLERS)
        self._known = frozenset(known) | {singular(word) for word in known}
        self._parts = frozenset(
            word for word in self._known if len(word) >= _SHORTEST_PART and word.isascii()
        )
        self._slips = tuple(sorted(word for word in self._parts if len(word) >= _SHORTEST_SLIP))
        self._by_skeleton = _by_skeleton(self._parts)
        self._longest = max(len(phrase) for phrase in self._phrases)
        self.tokens = lru_cache(maxsize=8192)(self._tokens)

    def knows(self, word: str) -> bool:
        return word in self._known

    def _tokens(self, text: str) -> frozenset[str]:
        """Return the tokens of a name; empty only where it has no letter or digit at all.

        A word that is only guessed to be a slip stays beside what it was taken for.
        """
        words = [part for word in raw_words(text) for part in self._resolved(word)]
        merged = self._merged(words)
        kept = self._merged([word for word in merged if word not in FILLERS])
        doubtful = (word for word in map(singular, raw_words(text)) if self._is_slip(word))
        return frozenset(kept or merged).union(doubtful)

    def _resolved(self, word: str) -> tuple[str, ...]:
        """The word itself, spelled out, taken apart or corrected."""
        plain = word if word in self._short else singular(word)
        if plain in self._short or plain in self._known:
            return self._expanded([plain])
        parts = self._split(plain)
        if not parts and (whole := self._completed(plain)):
            return self._expanded([whole])
        return self._expanded(parts or (self._corrected(plain),))

    def _expanded(self, words: Iterable[str]) -> tuple[str, ...]:
        return tuple(self._short.get(word, singular(word)) for word in words)

    def _split(self, word: str) -> tuple[str, ...]:
        """`mobilephone` as its known words, the fewest there are; empty if it is not made so."""
        if not word.isascii() or not _SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED:
            return ()
        best: list[tuple[str, ...] | None] = [(), *([None] * len(word))]
        for end in range(_SHORTEST_PART, len(word) + 1):
            for start in range(end - _SHORTEST_PART + 1):
                head, part = best[start], word[start:end]
                if head is None or part not in self._parts:
                    continue
                if (found := best[end]) is None or len(head) + 1 < len(found):
                    best[end] = (*head, part)
        return best[-1] or ()

    def _completed(self, word: str) -> str:
        """The one known word that this is, written without its vowels; or nothing."""
        if len(word) < _SHORTEST_SHORTENED or not word.isascii() or _VOWELS.search(word[1:]):
            return ""
        meant = {
            known
            for known in self._by_skeleton.get(_skeleton(word), ())
            if len(known) >= len(word) + _LEAST_LEFT_OUT and _is_within(word, known)
        }
        return meant.pop() if len({self._expanded([each]) for each in meant}) == 1 else ""

    def _is_slip(self, word: str) -> bool:
        is_known = word in self._short or word in self._known
        if is_known or self._split(word) or self._completed(word):
            return False
        return self._corrected(word) != word

    def _corrected(self, word: str) -> str:
        if (
            not _SHORTEST_SLIP <= len(word) <= _LONGEST_JOINED
            or not word.isascii()
            or not word.isalpha()
        ):
            return word
        near = process.extractOne(word, self._slips, scorer=fuzz.ratio, score_cutoff=_SLIP_RATIO)
        return near[0] if near and near[0][0] == word[0] else word

    def _merged(self, words: list[str]) -> list[str]:
        """Replace each phrase of `concepts` by what it means, the longest first."""
        merged: list[str] = []
        place = 0
        while place < len(words):
            for size in range(min(self._longest, len(words) - place), 0, -1):
                meaning = self._phrases.get(tuple(words[place : place + size]))
                if meaning is not None:
                    merged.extend(meaning)
                    place += size
                    break
            else:
                merged.append(words[place])
                place += 1
        return merged


def _skeleton(word: str) -> str:
    """First letter and consonants, doubled ones once: what is left when a word is written short."""
    kept = word[0] + _VOWELS.sub("", word[1:])
    return _DOUBLED.sub(r"\1", kept)


def _is_within(short: str, word: str) -> bool:
    """Whether all letters of the short form come in the word, in their order."""
    letters = iter(word)
    return all(letter in letters for letter in short)


def _by_skeleton(words: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for word in words:
        found.setdefault(_skeleton(word), set()).add(word)
    return {bones: frozenset(meant) for bones, meant in found.items()}


def _short_words() -> dict[str, str]:
    return {
        phrase: meaning
        for meaning, phrases in read_table(ABBREVIATIONS)
        for phrase in phrases
        if phrase != meaning
    }


def _phrase_table(
    expanded: Callable[[Iterable[str]], tuple[str, ...]],
) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for meaning, phrases in read_table(CONCEPTS):
        for phrase in phrases:
            words = expanded(raw_words(phrase))
            table.setdefault(words, tuple(meaning.split()))
            telling = tuple(word for word in words if word not in FILLERS)
            if len(telling) > 2:
                table.setdefault(telling, tuple(meaning.split()))
    return table
