"""How well one name or label fits each Halda field. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from core.mapping.suggestions.common_words import CONTEXT, DISUSED, INTENT, LEVELS, SOFT
from core.mapping.suggestions.lexicon import DECOY, Lexicon, Phrase

_LEAST_COVERAGE = 0.6
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


NO_FIT = Fit()
FieldKey = tuple[str, bool]  # the source's key, and whether yes and no are exchanged


@dataclass(frozen=True)
class Reader:
    """Reads texts by one lexicon. `extra` are an account's own questions: key to tokens."""

    lexicon: Lexicon
    extra: Mapping[str, frozenset[str]] = field(default_factory=dict)
    neutral: frozenset[str] = frozenset()  # the org's own prefixes

    def fits(self, tokens: frozenset[str]) -> dict[FieldKey, Fit]:
        """Return every field that the tokens could mean, with how well."""
        best: dict[FieldKey, Fit] = {}
        for wanted in self._candidates(tokens):
            for phrase in self.lexicon.by_tokens[wanted]:
                self._keep(best, (phrase.key, phrase.invert), self._fit(tokens, wanted, phrase))
        for key, wanted in self.extra.items():
            if wanted & tokens:
                phrase = Phrase(key=key, text=" ".join(sorted(wanted)))
                self._keep(best, (key, False), self._fit(tokens, wanted, phrase))
        return best

    def _candidates(self, tokens: frozenset[str]) -> Iterable[frozenset[str]]:
        by_token = self.lexicon.by_token
        return {wanted for token in tokens for wanted in by_token.get(token, ())}

    @staticmethod
    def _keep(best: dict[FieldKey, Fit], key: FieldKey, fit: Fit) -> None:
        """An exact phrase beats a near one, even a weak one: it was weighed as a whole."""
        known = best.get(key, NO_FIT)
        if (fit.is_exact, fit.score) > (known.is_exact, known.score):
            best[key] = fit

    def _fit(self, tokens: frozenset[str], wanted: frozenset[str], phrase: Phrase) -> Fit:
        if tokens == wanted:
            return Fit(phrase.weight, phrase.text, is_exact=True)
        coverage = _weight(tokens & wanted) / _weight(wanted)
        if coverage < _LEAST_COVERAGE:
            return NO_FIT
        score: float = phrase.weight * coverage**3
        for token in tokens - wanted:
            score *= self._beside(token, phrase.key)
        return Fit(score, phrase.text)

    def _beside(self, token: str, key: str) -> float:
        if token in DISUSED:
            return _OUT_OF_USE
        if token in self.neutral or token in CONTEXT or _is_soft(token, key):
            return _NEARLY_NEUTRAL
        if token in LEVELS and key.startswith("interest."):
            return _LEVEL
        if token in INTENT:
            return _UNKNOWN
        if token.isdecimal():
            return _ANOTHER_ONE
        return _OTHER_MEANING if token in self.lexicon.by_token else _UNKNOWN


def best_other(fits: Mapping[FieldKey, Fit], key: FieldKey) -> float:
    """Return how well the text fits the best field other than `key`, decoys included."""
    return max((fit.score for other, fit in fits.items() if other != key), default=0.0)


def decoy_score(fits: Mapping[FieldKey, Fit]) -> float:
    return fits.get((DECOY, False), NO_FIT).score


def _weight(tokens: frozenset[str]) -> float:
    return sum(_LIGHT if token in CONTEXT or token in INTENT else 1.0 for token in tokens)


def _is_soft(token: str, key: str) -> bool:
    return any(token in words for prefix, words in SOFT.items() if key.startswith(prefix))
