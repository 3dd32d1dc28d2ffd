"""From scored pairs to suggestions: the best whole, and where a person has to look. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from core.mapping.model import Lookup, Transform
from core.mapping.suggestions.assignment import best_assignment
from core.mapping.suggestions.scoring import DERIVED, Pair
from core.mapping.suggestions.starting_steps import starting_lookup, starting_steps
from core.mapping.suggestions.targets import Target

ACCEPT_LINE: Final = 0.85
_MARGIN: Final = 0.025  # a runner-up this near means: ask the person
# Halda sends the same value twice, as the form's or variant's own and as the submission's.
_SAME_VALUE: Final = {
    "form.id": "submission.form_id",
    "submission.form_id": "form.id",
    "variant.key": "submission.variant",
    "submission.variant": "variant.key",
}
_EMPHASIS: Final = 4  # one sure pair outweighs two doubtful ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One pair. `score` is 0 to 1; `accept` is at or above the line; `also`: the next best.

    `invert`: the target says the opposite, so yes has to become no. `steps` and `lookup`: what the
    row begins with besides.
    """

    source_key: str
    field_name: str
    score: float
    reason: str
    accept: bool
    also: tuple[str, ...] = ()
    invert: bool = False
    steps: tuple[Transform, ...] = ()
    lookup: Lookup | None = None


def choose(
    pairs: Mapping[tuple[str, str], Pair], targets: Iterable[Target]
) -> tuple[Suggestion, ...]:
    """Return the best whole, best pairs first; `pairs` are keyed by source and field name."""
    return _Chooser(pairs, targets).suggestions()


class _Chooser:
    """Gives every target to the source that makes the best whole, and says where to look."""

    def __init__(self, pairs: Mapping[tuple[str, str], Pair], targets: Iterable[Target]) -> None:
        self._pairs = pairs
        self._targets = {target.field.name: target for target in targets}
        self._by_source: dict[str, list[Pair]] = {}
        self._by_target: dict[str, list[Pair]] = {}
        for pair in pairs.values():
            self._by_source.setdefault(pair.source_key, []).append(pair)
            self._by_target.setdefault(pair.field_name, []).append(pair)
        self._chosen = best_assignment(
            {
                key: {pair.field_name: pair.score**_EMPHASIS for pair in found}
                for key, found in self._by_source.items()
            }
        )
        self._taken_by = {target: source for source, target in self._chosen.items()}

    def suggestions(self) -> tuple[Suggestion, ...]:
        found = [self._suggestion(self._pairs[chosen]) for chosen in self._chosen.items()]
        return tuple(sorted(found, key=lambda each: (-each.score, each.source_key)))

    def _suggestion(self, pair: Pair) -> Suggestion:
        asks = (*pair.asks, *self._doubts(pair))
        field = self._targets[pair.field_name].field
        others = sorted(
            (each for each in self._by_source[pair.source_key] if each is not pair),
            key=lambda each: (-each.score, each.field_name),
        )
        return Suggestion(
            source_key=pair.source_key,
            field_name=pair.field_name,
            score=round(min(1.0, pair.score), 3),
            reason="; ".join((pair.reason, *asks)),
            accept=round(pair.score, 3) >= ACCEPT_LINE and not asks,
            also=tuple(each.field_name for each in others[:3]),
            invert=pair.invert,
            steps=starting_steps(pair.source_key, field),
            lookup=starting_lookup(field),
        )

    def _doubts(self, pair: Pair) -> Iterable[str]:
        target = self._targets[pair.field_name]
        if target.is_label_shared and not self._is_told_apart(target, pair):
            yield "another field has the same label: look"
        if any(self._is_rival_target(each, pair) for each in self._by_source[pair.source_key]):
            yield "another field is as near: look"
        if any(self._is_rival_source(each, pair) for each in self._by_target[pair.field_name]):
            yield "another Halda field fits as well: look"

    @staticmethod
    def _is_told_apart(target: Target, pair: Pair) -> bool:
        api = target.api_fits.get((pair.source_key, pair.invert))
        return bool(target.known) or (api is not None and api.is_exact)

    def _is_rival_target(self, other: Pair, pair: Pair) -> bool:
        """As near, not more rightly somebody else's, and no "no" beside a "yes"."""
        if other is pair or other.score <= pair.score - _MARGIN:
            return False
        if other.invert and not pair.invert:
            return False
        holder = self._taken_by.get(other.field_name)
        return holder is None or self._pairs[(holder, other.field_name)].score < other.score

    def _is_rival_source(self, other: Pair, pair: Pair) -> bool:
        if other is pair or other.score <= pair.score - _MARGIN or other.source_key in DERIVED:
            return False
        if _SAME_VALUE.get(pair.source_key) == other.source_key:
            return False
        elsewhere = self._chosen.get(other.source_key)
        return (
            elsewhere is None
            or self._pairs[(other.source_key, elsewhere)].score < other.score - _MARGIN
        )
