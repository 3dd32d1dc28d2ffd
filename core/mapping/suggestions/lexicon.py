"""Which phrases mean which Halda field, each with where it was learnt. Pure.

An entry's origin is "general" or the shape of org that it is known from, so that a shape can be
left out when the suggestions are measured on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.mapping.suggestions.decoys import DECOYS
from core.mapping.suggestions.lexicon_person import PERSON
from core.mapping.suggestions.lexicon_study import STUDY
from core.mapping.suggestions.lexicon_touch import INVERTED, TOUCH
from core.mapping.suggestions.packages import EDA, EDUCATION_CLOUD, ISR, STANDARD, TARGETX
from core.mapping.suggestions.words import Tokenizer, read_table

GENERAL = "general"
DECOY = "-"  # stands for every field that is none of Halda's
_WEIGHTS = {"": 1.0, "?": 0.92, "~": 0.78}
_INVERTED_WEIGHT = 0.97
_PACKAGES = {
    "standard": STANDARD,
    "eda": EDA,
    "targetx": TARGETX,
    "education_cloud": EDUCATION_CLOUD,
    "isr": ISR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One way to call the field `key`. `invert`: the phrase says the opposite of it."""

    key: str
    text: str
    weight: float = 1.0
    origin: str = GENERAL
    invert: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownName:
    """An API name that means `key` wherever the package is installed."""

    api_name: str
    key: str
    origin: str
    invert: bool = False


@dataclass(frozen=True)
class Lexicon:
    """Phrases and known API names, ready to be matched against."""

    phrases: tuple[Phrase, ...]
    names: tuple[KnownName, ...]
    tokenizer: Tokenizer

    def without(self, shape: str) -> "Lexicon":
        """Return it without what was learnt from this shape, to measure on orgs of that shape."""
        return Lexicon(
            phrases=tuple(each for each in self.phrases if each.origin != shape),
            names=tuple(each for each in self.names if each.origin != shape),
            tokenizer=self.tokenizer,
        )

    @cached_property
    def by_tokens(self) -> Mapping[frozenset[str], tuple[Phrase, ...]]:
        """Every distinct set of tokens with its phrases, the best one of each key."""
        found: dict[frozenset[str], dict[tuple[str, bool], Phrase]] = {}
        for phrase in self.phrases:
            best = found.setdefault(self.tokenizer.tokens(phrase.text), {})
            known = best.get((phrase.key, phrase.invert))
            if known is None or phrase.weight > known.weight:
                best[(phrase.key, phrase.invert)] = phrase
        return {tokens: tuple(best.values()) for tokens, best in found.items() if tokens}

    @cached_property
    def by_token(self) -> Mapping[str, tuple[frozenset[str], ...]]:
        """Each token with the token sets that hold it."""
        found: dict[str, list[frozenset[str]]] = {}
        for tokens in self.by_tokens:
            for token in tokens:
                found.setdefault(token, []).append(tokens)
        return {token: tuple(sets) for token, sets in found.items()}

    @cached_property
    def by_api_name(self) -> Mapping[str, KnownName]:
        return {each.api_name.casefold(): each for each in self.names}


def read_phrases(text: str, *, invert: bool = False, origin: str = GENERAL) -> Iterable[Phrase]:
    """Yield the phrases of `key = phrase | ?phrase | ~phrase` lines."""
    for key, phrases in read_table(text):
        for told in phrases:
            mark = told[0] if told[0] in "?~" else ""
            weight = _WEIGHTS[mark] * (_INVERTED_WEIGHT if invert else 1.0)
            phrase = told.removeprefix(mark)
            yield Phrase(key=key, text=phrase, weight=weight, invert=invert, origin=origin)


def _read_names(text: str, origin: str) -> Iterable[KnownName]:
    for api_name, (meaning,) in read_table(text):
        invert = meaning.startswith("!")
        yield KnownName(
            api_name=api_name, key=meaning.removeprefix("!"), origin=origin, invert=invert
        )


def _default() -> Lexicon:
    phrases = (
        *(phrase for text in (PERSON, STUDY, TOUCH) for phrase in read_phrases(text)),
        *read_phrases(INVERTED, invert=True),
        *read_phrases(DECOYS),
    )
    return Lexicon(
        phrases=phrases,
        names=tuple(
            name for origin, text in _PACKAGES.items() for name in _read_names(text, origin)
        ),
        tokenizer=Tokenizer(each.text for each in phrases),
    )


LEXICON = _default()
