"""What a stored preview comes to: by object and outcome, by hold, by problem. Counted in SQL."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlmodel import col

from core.preview.plan import Outcome
from core.preview.reading.choosing import party_column
from core.preview.reading.parties import Party, party_of
from core.preview.reading.stored import WARNING
from core.store.engine import Store
from core.store.tables import PlanRow


@dataclass(frozen=True, slots=True)
class ObjectCount:
    """One object's records by outcome."""

    object_id: str
    sobject_name: str
    counts: Mapping[Outcome, int]


class Effect(StrEnum):
    HOLDS = "holds"  # the reason for which the record is held
    BLOCKS = "blocks"  # a value that cannot be sent, in a record that is held
    WARNS = "warns"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCount:
    """How many records of an object have this reason, by what it does to them.

    `kind` is what pages are filtered by, `name` a HoldKind or ProblemKind; `who_acts` and `party`
    are told where it holds.
    """

    kind: str
    name: str
    effect: Effect
    sobject_name: str
    count: int
    who_acts: str = ""
    party: Party | None = None


def object_counts(store: Store, run_id: str) -> list[ObjectCount]:
    """Return the records of each object, in the mapping's order."""
    place = (col(PlanRow.object_index), col(PlanRow.object_id), col(PlanRow.sobject_name))
    grouped = (
        select(*place, col(PlanRow.outcome), func.count())
        .where(col(PlanRow.preview_run_id) == run_id)
        .group_by(*place, col(PlanRow.outcome))
    )
    found: dict[tuple[int, str, str], Counter[Outcome]] = {}
    with store.read() as session:
        for index, object_id, sobject_name, outcome, count in session.execute(grouped):
            of_object = found.setdefault((index, object_id, sobject_name), Counter())
            of_object[Outcome(outcome)] = count
    return [ObjectCount(*each[1:], found[each]) for each in sorted(found)]


def problem_counts(store: Store, run_id: str) -> list[ProblemCount]:
    """Return why records are held and what is warned of, most records first."""
    told = (col(PlanRow.sobject_name), col(PlanRow.problem_kinds))
    hold = (col(PlanRow.hold_kind), col(PlanRow.who_acts))
    grouped = (
        select(*told, *hold, func.count())
        .where(col(PlanRow.preview_run_id) == run_id, col(PlanRow.problem_kinds) != "")
        .group_by(*told, *hold)
    )
    counts: Counter[_Reason] = Counter()
    with store.read() as session:
        for sobject_name, problem_kinds, hold_kind, who_acts, count in session.execute(grouped):
            kinds = problem_kinds.strip("|").split("|")
            party = party_of(hold_kind, who_acts, kinds)
            for kind in kinds:
                effect = _effect(kind, hold_kind)
                acts = (who_acts, party) if effect is Effect.HOLDS else ("", None)
                counts[_Reason(sobject_name, kind, effect, *acts)] += count
    return [
        ProblemCount(
            kind=each.kind,
            name=each.kind.removeprefix(WARNING),
            effect=each.effect,
            sobject_name=each.sobject_name,
            count=count,
            who_acts=each.who_acts,
            party=each.party,
        )
        for each, count in sorted(counts.items(), key=lambda found: (-found[1], found[0].place))
    ]


def party_counts(store: Store, run_id: str) -> dict[Party, int]:
    """Return how many inquiries wait for whom; one that waits for two parties counts for both."""
    party = party_column().label("party")
    held = select(party, col(PlanRow.row_number)).where(
        col(PlanRow.preview_run_id) == run_id, col(PlanRow.outcome) == Outcome.HELD.value
    )
    found = held.distinct().subquery()
    grouped = select(found.c.party, func.count()).group_by(found.c.party)
    with store.read() as session:
        counts = {Party(name): count for name, count in session.execute(grouped) if name}
    return {each: counts[each] for each in Party if each in counts}


@dataclass(frozen=True, slots=True)
class _Reason:
    sobject_name: str
    kind: str
    effect: Effect
    who_acts: str
    party: Party | None

    @property
    def place(self) -> tuple[str, ...]:
        return (self.sobject_name, self.kind, self.effect, self.who_acts, self.party or "")


def _effect(kind: str, hold_kind: str) -> Effect:
    if kind.startswith(WARNING):
        return Effect.WARNS
    return Effect.HOLDS if kind == hold_kind else Effect.BLOCKS
