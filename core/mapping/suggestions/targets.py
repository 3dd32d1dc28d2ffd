"""The fields of an object that may be suggested, with what their names could mean. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.suggestions.allowed import may_be_target
from core.mapping.suggestions.common_words import ASIDES, CONTEXT, FILLERS, TOOLS
from core.mapping.suggestions.lexicon import DECOY
from core.mapping.suggestions.matching import NO_FIT, SHOW_LINE, FieldKey, Fit, Reader
from core.mapping.suggestions.words import Tokenizer, raw_words

_NAMESPACE: Final = re.compile(r"^[A-Za-z][A-Za-z0-9_]*?__(?=.+__(c|pc)$)")
_SUFFIX: Final = re.compile(r"__(c|pc)$")
# What help texts say of fields that an integration should leave alone.
_RETIRED: Final = re.compile(
    r"\b(deprecated|obsolete|retired|do not use|don t use|no longer (used|in use)|not in use|"
    r"to be deleted|replaced by|legacy field|old field)\b"
)
_KEPT_BY_OTHERS: Final = re.compile(
    r"\b(do not (edit|modify|map|update|fill|change)|(system|internal) use|calculated|"
    r"auto ?populated|automatically (set|populated|filled|calculated)|populated (by|from)|"
    r"(synced|copied|imported|loaded) (from|by)|(maintained|set|filled|written) by|read only)\b"
)
_FORMS: Final = re.compile(r"\b(forms?|rfi|inquiry|inquiries|halda|web)\b")
_ASIDE: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_EITHER: Final = re.compile(r"([\w'-]+)\s*/\s*([\w'-]+)")
_LONGEST_LABEL: Final = 255
_CLEARLY: Final = 0.9  # names that say so much need no help text beside them
_PREFIX_LENGTH: Final = 8
_PREFIX_USES: Final = 3
_PREFIX_SHARE: Final = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A field that may be suggested, with what its API name and label could mean."""

    field: FieldDescribe
    api_fits: Mapping[FieldKey, Fit]
    label_fits: Mapping[FieldKey, Fit]
    help_fits: Mapping[FieldKey, Fit]
    is_named: bool = False  # its names mean something, so that its help text alone does not
    is_retired: bool = False
    is_kept_by_others: bool = False
    known: tuple[FieldKey, ...] = ()
    is_label_shared: bool = False
    is_label_fuller: bool = False  # says all that the API name says, and more
    has_code_twin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Org:
    """What the other fields of the object say about each one."""

    labels: Counter[tuple[str, ...]]
    names: frozenset[str]


def read_targets(describe: SobjectDescribe, reader: Reader) -> tuple[Target, ...]:
    """Return the object's possible targets with everything their names could mean."""
    fields = [each for each in describe.fields if may_be_target(each)]
    tokenizer = reader.lexicon.tokenizer
    prefixes = _own_prefixes(fields, tokenizer)
    org = _Org(
        labels=Counter(raw_words(each.label) for each in fields),
        names=frozenset(each.name.casefold() for each in fields),
    )
    by_api = Reader(reader.lexicon, reader.extra, prefixes) if prefixes else reader
    return tuple(_read(each, by_api, reader, org) for each in fields)


def _read(candidate: FieldDescribe, by_api: Reader, reader: Reader, org: _Org) -> Target:
    tokenizer = reader.lexicon.tokenizer
    api_tokens = tokenizer.tokens(bare_name(candidate))
    label_words = raw_words(candidate.label)
    # "KSU Email" is the address that the university gives, so there the prefix does mean something
    is_own_address = candidate.type == "email" and not by_api.neutral.isdisjoint(label_words)
    neutral = frozenset[str]() if is_own_address else by_api.neutral
    api_fits = (reader if is_own_address else by_api).fits(api_tokens)
    label_fits = _label_fits(_label(candidate), reader, neutral)
    spoken = max((fit.score for fit in (*api_fits.values(), *label_fits.values())), default=0.0)
    known = reader.lexicon.by_api_name.get(candidate.name.casefold())
    help_text = candidate.help_text or ""
    help_words = " ".join(raw_words(help_text))
    return Target(
        field=candidate,
        api_fits=api_fits,
        label_fits=label_fits,
        help_fits={} if spoken >= _CLEARLY else reader.fits(tokenizer.tokens(help_text)),
        is_named=spoken >= SHOW_LINE,
        is_retired=bool(_RETIRED.search(help_words)),
        is_kept_by_others=_is_kept_by_others(candidate.name, help_words),
        known=((known.key, known.invert),) if known else (),
        is_label_fuller=_says_less(
            api_tokens - by_api.neutral, tokenizer.tokens(candidate.label[:_LONGEST_LABEL])
        ),
        is_label_shared=org.labels[label_words] > 1,
        has_code_twin=f"{candidate.name}code".casefold() in org.names,
    )


def _says_less(api_tokens: frozenset[str], label_tokens: frozenset[str]) -> bool:
    """Whether the API name holds nothing that the label does not say, and less of it."""
    return api_tokens < label_tokens or api_tokens - CONTEXT < label_tokens - CONTEXT


def _is_kept_by_others(name: str, help_words: str) -> bool:
    namespace = _NAMESPACE.match(name)
    if namespace and namespace[0].casefold().removesuffix("__") in TOOLS:
        return True
    return bool(_KEPT_BY_OTHERS.search(help_words) and not _FORMS.search(help_words))


def _label_fits(label: str, reader: Reader, neutral: frozenset[str]) -> Mapping[FieldKey, Fit]:
    """What a label could mean, an aside left out and "this/that" read both ways."""
    tokenizer, label = reader.lexicon.tokenizer, label[:_LONGEST_LABEL]
    asides = _ASIDE.findall(label)
    for aside in asides:
        words = {token for token in tokenizer.tokens(aside) if not token.isdecimal()}
        if words and words <= ASIDES:
            label = label.replace(aside, " ")
    tokens = tokenizer.tokens(label)
    fits = reader.fits(tokens - neutral or tokens)
    if asides:
        fits = {**fits, **_said_twice(_ASIDE.sub(" ", label), asides[0], reader)}
    either = _EITHER.search(label)
    if either is None or any(fit.is_exact for fit in fits.values()):
        return fits
    one, other = (
        reader.fits(tokenizer.tokens(label.replace(either[0], word))) for word in either.groups()
    )
    both = {key: min(one[key], other[key], key=lambda fit: fit.score) for key in one.keys() & other}
    return {
        **fits,
        **{key: fit for key, fit in both.items() if fit.score > fit_of(fits, key).score},
    }


def _said_twice(rest: str, aside: str, reader: Reader) -> Mapping[FieldKey, Fit]:
    """Where the aside names the field and the rest agrees: "Campaña (utm_campaign)"."""
    tokens = reader.lexicon.tokenizer.tokens
    without, named = reader.fits(tokens(rest)), reader.fits(tokens(aside))
    return {
        key: fit
        for key, fit in named.items()
        if key[0] != DECOY and fit.is_exact and fit_of(without, key).score >= SHOW_LINE
    }


def bare_name(candidate: FieldDescribe) -> str:
    """The API name without namespace, suffix and, on lookups, the closing Id."""
    bare = _SUFFIX.sub("", _NAMESPACE.sub("", candidate.name))
    if candidate.type == "reference" and not candidate.custom:
        bare = bare.removesuffix("Id")
    return bare


def _label(candidate: FieldDescribe) -> str:
    return candidate.label.removesuffix(" ID") if candidate.type == "reference" else candidate.label


def _own_prefixes(fields: Iterable[FieldDescribe], tokenizer: Tokenizer) -> frozenset[str]:
    """First words that an org puts before many API names and that mean nothing: `KSU_`."""
    firsts: Counter[str] = Counter()
    said: Counter[str] = Counter()
    customs = [each for each in fields if each.name.endswith("__c")]
    for each in customs:
        words = raw_words(bare_name(each))
        if len(words) > 1 and len(words[0]) <= _PREFIX_LENGTH and not tokenizer.knows(words[0]):
            firsts[words[0]] += 1
            said[words[0]] += words[0] in raw_words(each.label)
    return frozenset(
        word
        for word, count in firsts.items()
        if count >= _PREFIX_USES
        and word not in FILLERS
        # "License State", "License Country": a word that is read out too is meant
        and (said[word] < count or count >= len(customs) * _PREFIX_SHARE)
    )


def fit_of(fits: Mapping[FieldKey, Fit], key: FieldKey) -> Fit:
    return fits.get(key, NO_FIT)
