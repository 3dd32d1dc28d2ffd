"""How well one name or label fits each Halda field. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from core.mapping.suggestions.common_words import CONTEXT, DISUSED, INTENT, LEVELS, SOFT
from core.mapping.suggestions.lexicon import DECOY, Lexicon, Phrase

SHOW_LINE = 0.6  # below it nothing is worth showing
_LEAST_COVERAGE = 0.6
_LIGHT_WORDS = CONTEXT | INTENT
_LIGHT = 0.5  # the weight of a word that says whose field it is
# What a word beside the phrase leaves of the score.
_NEARLY_NEUTRAL = 0.97
_LEVEL = 0.95
_UNKNOWN = 0.8
_OTHER_MEANING = 0.62
_ANOTHER_ONE = 0.6
_OUT_OF_USE = 0.4


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a text fits one field, by which phrase of it."""

    score: float = 0.0
    phrase: str = ""
    is_exact: bool = False

    @property
    def rank(self) -> tuple[bool, float, str]:
        """Smaller is better; the phrase decides where all else is equal, not chance."""
        return (not self.is_exact, -self.score, self.phrase)


NO_FIT = Fit()
FieldKey = tuple[str, bool]  # the source's key, and whether yes and no are exchanged


@dataclass(frozen=True)
class Reader:
    """Reads texts by one lexicon. `extra` are an account's own questions: key to tokens."""

    lexicon: Lexicon
    extra: Mapping[str, frozenset[str]] = field(default_factory=dict)
    neutral: frozenset[str] = frozenset()  # the org's own prefixes
    _read: dict[frozenset[str], Mapping[FieldKey, Fit]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def fits(self, tokens: frozenset[str]) -> Mapping[FieldKey, Fit]:
        """Return every field that the tokens could mean, with how well."""
        known = self._read.get(tokens)
        if known is None:
            known = self._read[tokens] = self._fits(tokens)
        return known

    def _fits(self, tokens: frozenset[str]) -> dict[FieldKey, Fit]:
        best: dict[FieldKey, Fit] = {}
        for wanted in self._candidates(tokens):
            coverage = _coverage(tokens, wanted)
            if coverage >= _LEAST_COVERAGE:
                for phrase in self._phrases(wanted):
                    self._keep(best, phrase, self._fit(tokens, wanted, phrase, coverage))
        return best

    def _candidates(self, tokens: frozenset[str]) -> set[frozenset[str]]:
        by_token = self.lexicon.by_token
        own = {wanted for wanted in self.extra.values() if wanted & tokens}
        return own.union(*(by_token.get(token, ()) for token in tokens))

    def _phrases(self, wanted: frozenset[str]) -> Iterator[Phrase]:
        yield from self.lexicon.by_tokens.get(wanted, ())
        for key in self._extra_keys.get(wanted, ()):
            yield Phrase(key=key, text=" ".join(sorted(wanted)))

    @cached_property
    def _extra_keys(self) -> dict[frozenset[str], list[str]]:
        keys: dict[frozenset[str], list[str]] = {}
        for key, wanted in self.extra.items():
            keys.setdefault(wanted, []).append(key)
        return keys

    @staticmethod
    def _keep(best: dict[FieldKey, Fit], phrase: Phrase, fit: Fit) -> None:
        """An exact phrase beats a near one, even a weak one: it was weighed as a whole."""
        key = (phrase.key, phrase.invert)
        known = best.get(key, NO_FIT)
        if fit.rank < known.rank:
            best[key] = fit

    def _fit(
        self, tokens: frozenset[str], wanted: frozenset[str], phrase: Phrase, coverage: float
    ) -> Fit:
        if tokens == wanted:
            return Fit(phrase.weight, phrase.text, is_exact=True)
        score = phrase.weight * coverage * coverage * coverage
        for token in sorted(tokens - wanted):
            score *= self._beside(token, phrase.key)
        return Fit(score, phrase.text)

    def _beside(self, token: str, key: str) -> float:
        if token in DISUSED:
            return _OUT_OF_USE
        if token in self.neutral or token in CONTEXT or token in _soft_words(key):
            return _NEARLY_NEUTRAL
        if token in LEVELS and key.startswith("interest."):
            return _LEVEL
        if token in INTENT:
            return _UNKNOWN
        if token.isdecimal():
            return _ANOTHER_ONE
        return _OTHER_MEANING if token in self.lexicon.by_token else _UNKNOWN


def decoy_score(fits: Mapping[FieldKey, Fit]) -> float:
    return fits.get((DECOY, False), NO_FIT).score


def _coverage(tokens: frozenset[str], wanted: frozenset[str]) -> float:
    """How much of the wanted words is there; words of little meaning count half."""
    missing = wanted - tokens
    if not missing:
        return 1.0
    return 1.0 - _weight(missing) / _weight(wanted)


def _weight(tokens: frozenset[str]) -> float:
    return len(tokens) - (1 - _LIGHT) * len(tokens & _LIGHT_WORDS)


@cache
def _soft_words(key: str) -> frozenset[str]:
    """What may stand beside the words of this field without changing what is meant."""
    return frozenset().union(*(words for prefix, words in SOFT.items() if key.startswith(prefix)))
