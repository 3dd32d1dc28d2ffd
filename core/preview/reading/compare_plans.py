"""What two plans of the same inquiries say otherwise of the same person. Reads the store only."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from core.errors import InvalidInput
from core.preview.plan import Outcome
from core.preview.reading.reading import load_run
from core.preview.reading.stored import RunView
from core.store.engine import Store
from core.store.tables import PlanRow, SourceRecordRow

_IDENTITIES = ("submission.id", "lead.lead_profile_uid")
_AT_ONCE = 1_000

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSide:
    """One record as one of the plans has it; held, it sends nothing."""

    row_number: int
    outcome: Outcome
    matched_id: str
    payload: Payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A record on which the plans differ; a side is None where that plan lacks the inquiry."""

    person: str
    sobject_name: str
    before: PlanSide | None
    after: PlanSide | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields whose sent value differs, by API name."""
        before = self.before.payload if self.before else {}
        after = self.after.payload if self.after else {}
        missing = object()
        return tuple(
            name
            for name in dict.fromkeys((*before, *after))
            if before.get(name, missing) != after.get(name, missing)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanComparison:
    """`same` records are alike in both; `turns` counts the moves by outcome before and after."""

    same: int
    moves: tuple[Move, ...]

    @property
    def turns(self) -> Mapping[tuple[str, str], int]:
        return Counter((_word(each.before), _word(each.after)) for each in self.moves)


@dataclass(frozen=True, slots=True)
class _Kept:
    person: str
    sobject_name: str
    side: PlanSide


_Key = tuple[str, str, int]  # identity, object_id, how many of that came before


def compare_plans(store: Store, older_id: str, newer_id: str) -> PlanComparison:
    """Return the records on which two finished previews of one connection differ.

    Inquiries are the same by submission id, else by Halda's lead id, else by row. InvalidInput
    where a preview has no plan or they are of different connections.
    """
    older, newer = load_run(store, older_id), load_run(store, newer_id)
    _check_comparable(older, newer)
    with store.read() as session:
        before, after = _sides(session, older), _sides(session, newer)
    keys = dict.fromkeys((*before, *after))
    moves = tuple(
        move for key in keys if (move := _move(before.get(key), after.get(key))) is not None
    )
    return PlanComparison(same=len(keys) - len(moves), moves=moves)


def _check_comparable(older: RunView, newer: RunView) -> None:
    if older.connection_id != newer.connection_id:
        raise InvalidInput(
            "These previews are of different connections.", advice="Choose two of the same one."
        )
    if not (older.is_finished and newer.is_finished):
        raise InvalidInput(
            "A preview that did not come to its end has no plan to compare.",
            advice="Choose two that are done.",
        )


def _move(before: _Kept | None, after: _Kept | None) -> Move | None:
    if before and after and _sent(before.side) == _sent(after.side):
        return None
    told = after or before
    assert told is not None
    return Move(
        person=told.person,
        sobject_name=told.sobject_name,
        before=before.side if before else None,
        after=after.side if after else None,
    )


def _sent(side: PlanSide) -> tuple[Outcome, str, Payload]:
    return side.outcome, side.matched_id, side.payload


def _sides(session: Session, run: RunView) -> dict[_Key, _Kept]:
    names = _identities(session, run.batch_id)
    seen: Counter[tuple[str, str]] = Counter()
    found: dict[_Key, _Kept] = {}
    for object_id, kept in _rows(session, run.run_id):
        row_number = kept.side.row_number
        identity = names.get(row_number) or f"row:{row_number}"
        place = seen[identity, object_id]
        seen[identity, object_id] += 1
        found[identity, object_id, place] = kept
    return found


def _identities(session: Session, batch_id: str) -> dict[int, str]:
    records = (
        select(SourceRecordRow.row_number, SourceRecordRow.values)
        .where(SourceRecordRow.batch_id == batch_id)
        .execution_options(yield_per=_AT_ONCE)
    )
    return {number: _identity(values) for number, values in session.execute(records)}


def _identity(values: Mapping[str, str]) -> str:
    named = (f"{key}:{values[key].strip()}" for key in _IDENTITIES if values.get(key, "").strip())
    return next(named, "")


def _rows(session: Session, run_id: str) -> Iterator[tuple[str, _Kept]]:
    statement = (
        select(PlanRow)
        .with_only_columns(
            *map(col, (PlanRow.row_number, PlanRow.object_id, PlanRow.sobject_name)),
            *map(col, (PlanRow.person, PlanRow.outcome, PlanRow.matched_id, PlanRow.payload)),
        )
        .where(col(PlanRow.preview_run_id) == run_id)
        .order_by(col(PlanRow.row_number), col(PlanRow.object_index))
        .execution_options(yield_per=_AT_ONCE)
    )
    for (
        row_number,
        object_id,
        sobject_name,
        person,
        outcome,
        matched_id,
        payload,
    ) in session.execute(statement):
        side = PlanSide(
            row_number=row_number,
            outcome=Outcome(outcome),
            matched_id=matched_id,
            payload=payload,
        )
        yield object_id, _Kept(person, sobject_name, side)


def _word(side: PlanSide | None) -> str:
    return side.outcome.value if side else "not in it"
