"""How well a source and a target go together, and why: names first, then evidence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.mapping.model import SourceField
from core.mapping.suggestions.evidence import Evidence, weigh
from core.mapping.suggestions.lexicon import DECOY
from core.mapping.suggestions.matching import NO_FIT, SHOW_LINE, FieldKey, Fit, decoy_score
from core.mapping.suggestions.starting_steps import starting_lookup, starting_steps
from core.mapping.suggestions.targets import Target, fit_of
from core.mapping.suggestions.words import raw_words

_SAYS: Final = 0.75  # from here a name clearly says something
_SURELY: Final = 0.95
_HINTS: Final = 0.7  # from here a name or a help text says something, if not for sure
_NEARLY: Final = 0.05
_STANDARD_LABELS: Final = frozenset(
    {"business phone", "phone", "account phone", "home phone", "home ph", "day phone"}
)
_API_ALONE: Final = 0.9
_LABEL_ALONE: Final = 0.96
_DISAGREE: Final = 0.8
_OVERRULED: Final = 0.6
_OTHER_VOICE: Final = 0.35
_BONUS_FROM: Final = 0.7
_OUT_OF_USE: Final = 0.7
_FILLED_BY_OTHERS: Final = 0.9
_PLATFORM: Final = 1.04  # the platform's own field comes before a twin that an org added
_TEXT_TWIN: Final = 0.96  # where the platform has a code field beside it, that one is safe
_HELP_ALONE: Final = 0.8
_OPPOSITE: Final = 0.8  # a field that says the same comes before one where yes becomes no
_SURELY_OPPOSITE: Final = 0.86  # the most, where platform or package defines what its yes means
_ONE_PARENT: Final = 0.96  # a field for either parent comes before one for the mother
_MOTHER_OR_FATHER: Final = frozenset(
    {"mother", "father", "mom", "dad", "madre", "padre", "mere", "pere", "mutter", "vater", "mae"}
)
_EITHER_PARENT: Final = frozenset({"parent", "parents", "guardian", "tutor", "eltern", "padres"})

# Made by us from another field; they never make that other one doubtful. A whole name repeats its
# parts, so somebody has to want it; a number in E.164 is what the platform's second phone is for.
_WHOLE_NAME: Final = "lead.full_name"
DERIVED: Final = frozenset({_WHOLE_NAME, "lead.phone_e164"})
_UNIQUE_KEYS: Final = frozenset({"lead.lead_profile_uid", "submission.id"})
_UNIQUE_BONUS: Final = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One source with one target. `asks` says why a person has to look; empty if nobody must."""

    source_key: str
    field_name: str
    score: float
    reason: str
    asks: tuple[str, ...] = ()
    invert: bool = False


def score_pair(
    source: SourceField, target: Target, invert: bool, values: Sequence[str]
) -> Pair | None:
    """Return the pair with score and reason; None where it is not worth showing."""
    key = (source.key, invert)
    names = _names(target, key)
    if names.score < SHOW_LINE * 0.9:
        return None
    evidence = weigh(source, target.field, values)
    if not evidence.takes:
        return None
    bonus = evidence.bonus if names.score >= _BONUS_FROM else 0.0
    score = (names.score + bonus + _extras(source, target)) * evidence.factor
    if score < SHOW_LINE:
        return None
    if target.is_retired:
        score *= _OUT_OF_USE
    elif target.is_kept_by_others:
        score *= _FILLED_BY_OTHERS
    if invert:
        score = min(score, _SURELY_OPPOSITE) if target.known else score * _OPPOSITE
    if source.key.startswith("lead.parent_") and _is_one_parent(target):
        score *= _ONE_PARENT
    asks = (*names.asks, *_asks(source, target, evidence, invert), *_warnings(target))
    return Pair(
        source_key=source.key,
        field_name=target.field.name,
        score=score,
        reason="; ".join((names.reason, *evidence.reasons, *_notes(target, invert))),
        asks=asks,
        invert=invert,
    )


def keys_of(target: Target) -> frozenset[FieldKey]:
    """Return every field that the target's names could mean."""
    told = {} if target.is_named else target.help_fits
    found = {*target.api_fits, *target.label_fits, *told, *target.known}
    return frozenset(key for key in found if key[0] != DECOY)


@dataclass(frozen=True, slots=True)
class _Names:
    score: float
    reason: str
    asks: tuple[str, ...] = ()


def _names(target: Target, key: FieldKey) -> _Names:
    """Combine what API name and label say; the label wins where they disagree."""
    api, label = fit_of(target.api_fits, key), fit_of(target.label_fits, key)
    if key in target.known:
        return _known_name(target, key, label)
    if target.known and not target.field.custom:
        return _Names(label.score * _DISAGREE, _told("label", label), (_TWO_MEANINGS,))
    names = _with_help(target, key, _both(target, key, api, label))
    decoy = decoy_score(target.label_fits)
    if decoy > label.score and decoy >= _SAYS:
        return _Names(names.score * _OVERRULED, names.reason, names.asks)
    if decoy_score(target.api_fits) > api.score and label.score < decoy_score(target.api_fits):
        return _Names(names.score * _OVERRULED, names.reason, names.asks)
    return names


def _with_help(target: Target, key: FieldKey, names: _Names) -> _Names:
    """A short name that says little is sure where the help text spells it out."""
    told = fit_of(target.help_fits, key)
    best = max((fit.score for fit in target.help_fits.values()), default=0.0)
    is_told = told.score >= max(best - _NEARLY, _HINTS)
    if not _HINTS <= names.score < _API_ALONE or not is_told or names.asks:
        return names
    return _Names(_API_ALONE, f"{names.reason}; its help text agrees")


_ONLY_HELP: Final = "only its help text says so"
_TWO_MEANINGS: Final = "API name and label mean different things"


def _known_name(target: Target, key: FieldKey, label: Fit) -> _Names:
    """A field of the platform or a package means what it means, unless it was renamed."""
    reason = f"{target.field.name} is a known field"
    renamed = max(
        (fit.score for other, fit in target.label_fits.items() if other[0] != key[0]), default=0.0
    )
    is_default_label = target.field.label.casefold() in _STANDARD_LABELS
    if renamed > max(label.score, _SAYS) and not is_default_label:
        return _Names(_DISAGREE * 0.95, reason, (f"but it is labelled “{target.field.label}”",))
    if target.field.custom:
        return _Names(1.0, reason)
    return _Names(_PLATFORM * (_TEXT_TWIN if target.has_code_twin else 1.0), reason)


def _both(target: Target, key: FieldKey, api: Fit, label: Fit) -> _Names:
    best_label = max((fit.score for fit in target.label_fits.values()), default=0.0)
    best_api = max((fit.score for fit in target.api_fits.values()), default=0.0)
    if label.score >= SHOW_LINE and api.score >= SHOW_LINE:
        low, high = sorted((label.score, api.score))
        is_label_lower = label.score < api.score
        score = low + _OTHER_VOICE * (high - low) if is_label_lower else high - 0.25 * (high - low)
        same = " and API name say" if label.is_exact and api.is_exact else " says"
        return _Names(score, f"label{same} “{label.phrase}”")
    if label.score >= SHOW_LINE:
        if best_api >= _SURELY and not target.is_label_fuller:
            return _Names(label.score * _DISAGREE, _told("label", label), (_TWO_MEANINGS,))
        return _Names(label.score * _LABEL_ALONE, _told("label", label))
    if api.score >= SHOW_LINE:
        factor = _OVERRULED if best_label >= _SAYS else _API_ALONE
        return _Names(api.score * factor, _told("API name", api))
    told = NO_FIT if target.is_named else fit_of(target.help_fits, key)
    return _Names(told.score * _HELP_ALONE, _told("help text", told), (_ONLY_HELP,))


def _told(which: str, fit: Fit) -> str:
    return f"{which} {'is' if fit.is_exact else 'is like'} “{fit.phrase}”"


def _is_one_parent(target: Target) -> bool:
    words = {*raw_words(target.field.name), *raw_words(target.field.label)}
    return bool(words & _MOTHER_OR_FATHER) and not words & _EITHER_PARENT


def _extras(source: SourceField, target: Target) -> float:
    is_key = target.field.external_id and target.field.unique
    return _UNIQUE_BONUS if is_key and source.key in _UNIQUE_KEYS else 0.0


def _warnings(target: Target) -> tuple[str, ...]:
    if target.is_retired:
        return ("its help text says it is out of use",)
    if target.is_kept_by_others:
        return ("something else fills it",)
    return ()


_FLIPS: Final = "polarity flips: invert"


def _notes(target: Target, invert: bool) -> tuple[str, ...]:
    return (_FLIPS,) if invert and target.known else ()


def _asks(source: SourceField, target: Target, evidence: Evidence, invert: bool) -> tuple[str, ...]:
    asks = []
    if source.sensitive:
        asks.append("sensitive: look before taking it")
    if source.key == _WHOLE_NAME:
        asks.append("made from another field: take it only if the org wants both")
    if evidence.is_lookup and starting_lookup(target.field) is None:
        asks.append("a record has to be found")
    if evidence.fits_nothing and not starting_steps(source.key, target.field):
        asks.append("every value needs a value map")
    if invert and not target.known:
        asks.append(_FLIPS)
    return tuple(asks)
