"""Judges suggestions by the labels: precision, recall, and what must never happen. No output."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from bench.suggestions.notation import LabelledOrg
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.describe import SobjectDescribe
from core.mapping.model import SourceRecord
from core.mapping.suggestions.lexicon import LEXICON
from core.mapping.suggestions.suggest import Suggestion, suggest

PRECISION_BAR: Final = 0.95
RECALL_BAR: Final = 0.85

# An engine answers for one object, given the shape to know nothing of, if any, and a sample.
Engine = Callable[[SobjectDescribe, str | None, Sequence[SourceRecord]], Sequence[Suggestion]]


class Mistake(StrEnum):
    WRONG_ACCEPTED = "accepted, wrong"
    WRONG_SHOWN = "shown, wrong"
    MISSED = "missed"
    TWO_TO_ONE = "two sources, one target"
    FORBIDDEN = "forbidden target"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake: who suggested what where, and what would have been right."""

    org_key: str
    mistake: Mistake
    source_key: str
    field_name: str
    right: tuple[str, ...]
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What was counted on one object or on many together."""

    accepted: int = 0
    accepted_right: int = 0
    counterparts: int = 0
    found: int = 0
    found_accepted: int = 0
    own_counterparts: int = 0
    own_found: int = 0
    two_to_one: int = 0
    forbidden: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            **{
                each.name: getattr(self, each.name) + getattr(other, each.name)
                for each in fields(Counts)
            }
        )

    @property
    def precision(self) -> float:
        """Of the accepted pairs that are judged, the share that is right."""
        return _share(self.accepted_right, self.accepted)

    @property
    def recall(self) -> float:
        """Of the sources with a counterpart, the share whose suggestion is right."""
        return _share(self.found, self.counterparts)

    @property
    def recall_at_accept(self) -> float:
        return _share(self.found_accepted, self.counterparts)

    @property
    def own_recall(self) -> float:
        """Recall where every counterpart is a custom field: nothing the platform itself named."""
        return _share(self.own_found, self.own_counterparts)

    @property
    def is_enough(self) -> bool:
        return (
            self.precision >= PRECISION_BAR
            and self.recall >= RECALL_BAR
            and not self.two_to_one
            and not self.forbidden
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One university's counts and mistakes."""

    org: LabelledOrg
    counts: Counts
    findings: tuple[Finding, ...]


def engine(
    describe: SobjectDescribe, left_out: str | None, sample: Sequence[SourceRecord]
) -> Sequence[Suggestion]:
    """Ask the console's engine, which can forget what it knows of one shape."""
    lexicon = LEXICON if left_out is None else LEXICON.without(left_out)
    return suggest(CANONICAL_FIELDS, describe, sample, lexicon)


def evaluate(
    orgs: Iterable[LabelledOrg],
    ask: Engine = engine,
    *,
    leaving_out: bool = True,
    sample: Sequence[SourceRecord] = (),
) -> tuple[Judged, ...]:
    """Judge every university, each by an engine that does not know its shape unless told so."""
    return tuple(
        judge(org, ask(org.describe, org.shape if leaving_out else None, sample)) for org in orgs
    )


def judge(org: LabelledOrg, suggestions: Sequence[Suggestion]) -> Judged:
    """Hold one object's suggestions against its labels."""
    findings = tuple(_findings(org, suggestions))
    kinds = Counter(each.mistake for each in findings)
    judged = [each for each in suggestions if _pair(each) not in org.unjudged]
    right = [each for each in judged if _pair(each) in org.welcome]
    found = {each.source_key for each in right}
    taken = {each.source_key for each in right if each.accept}
    own = [sources for sources, names in org.counterparts.items() if _all_custom(names)]
    return Judged(
        org=org,
        findings=findings,
        counts=Counts(
            accepted=sum(each.accept for each in judged),
            accepted_right=sum(each.accept for each in right),
            counterparts=len(org.counterparts),
            found=_met(org.counterparts, found),
            found_accepted=_met(org.counterparts, taken),
            own_counterparts=len(own),
            own_found=_met(own, found),
            two_to_one=kinds[Mistake.TWO_TO_ONE],
            forbidden=kinds[Mistake.FORBIDDEN],
        ),
    )


def total(judged: Iterable[Judged]) -> Counts:
    """Add the counts up, so that every pair weighs the same."""
    return sum((each.counts for each in judged), Counts())


def _findings(org: LabelledOrg, suggestions: Sequence[Suggestion]) -> Iterator[Finding]:
    suggested = {each.source_key for each in suggestions}
    taken: set[str] = set()
    for each in suggestions:
        if each.field_name in taken:
            yield _finding(org, Mistake.TWO_TO_ONE, each)
        taken.add(each.field_name)
        if each.field_name in org.forbidden:
            yield _finding(org, Mistake.FORBIDDEN, each)
        if _pair(each) not in org.welcome | org.unjudged:
            kind = Mistake.WRONG_ACCEPTED if each.accept else Mistake.WRONG_SHOWN
            yield _finding(org, kind, each)
    for sources, names in org.counterparts.items():
        if not any(source in suggested for source in sources):
            yield Finding(
                org_key=org.key,
                mistake=Mistake.MISSED,
                source_key="/".join(sources),
                field_name="",
                right=tuple(sorted(names)),
            )


def _finding(org: LabelledOrg, mistake: Mistake, suggestion: Suggestion) -> Finding:
    return Finding(
        org_key=org.key,
        mistake=mistake,
        source_key=suggestion.source_key,
        field_name=suggestion.field_name,
        right=tuple(
            sorted(
                name
                for sources, names in org.counterparts.items()
                if suggestion.source_key in sources
                for name in names
            )
        ),
        score=suggestion.score,
    )


def _pair(suggestion: Suggestion) -> tuple[str, str]:
    return suggestion.source_key, suggestion.field_name


def _met(counterparts: Iterable[tuple[str, ...]], sources: set[str]) -> int:
    return sum(any(each in sources for each in wanted) for wanted in counterparts)


def _all_custom(names: Iterable[str]) -> bool:
    return all(name.endswith(("__c", "__pc")) for name in names)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0
