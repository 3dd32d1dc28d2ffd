"""What two plans of the same inquiries say otherwise of the same person. Reads the store only."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session, col, select

from core.errors import InvalidInput
from core.preview.plan import Outcome
from core.preview.reading.reading import load_run
from core.preview.reading.stored import RunView
from core.preview.references import referred_object, referred_row
from core.store.engine import Store
from core.store.tables import PlanRow, SourceRecordRow

_IDENTITIES = ("submission.id", "lead.lead_profile_uid")
_AT_ONCE = 1_000

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSide:
    """One record as one of the plans has it; held, it sends nothing.

    `payload` is what it sends otherwise than the other plan.
    """

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
        sides = (side.payload for side in (self.before, self.after) if side)
        return tuple(dict.fromkeys(name for payload in sides for name in payload))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanComparison:
    """`same` records are alike in both; `turns` counts the moves by outcome before and after."""

    same: int
    moves: tuple[Move, ...]

    @property
    def turns(self) -> Mapping[tuple[str, str], int]:
        return Counter((_word(each.before), _word(each.after)) for each in self.moves)


_Key = tuple[str, str, int]  # identity, object_id, how many of that came before
_Place = tuple[int, int]  # row number, object_index


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a plan sends, in a few bytes a record: of 100,000 only what differs is read whole."""

    run: RunView
    identities: Mapping[int, str]
    digests: Mapping[_Key, bytes]
    places: Mapping[_Key, _Place]


@dataclass(frozen=True, slots=True)
class _Kept:
    person: str
    sobject_name: str
    side: PlanSide
    alike: Payload  # rows that it refers to go by their identity: a row number is one plan's own


def compare_plans(store: Store, older_id: str, newer_id: str) -> PlanComparison:
    """Return the records on which two finished previews of one connection differ.

    Inquiries are the same by submission id, else by Halda's lead id, else by row. InvalidInput
    where a preview has no plan or they are of different connections.
    """
    older, newer = load_run(store, older_id), load_run(store, newer_id)
    _check_comparable(older, newer)
    with store.read() as session:
        before, after = _plan(session, older), _plan(session, newer)
        keys = dict.fromkeys((*before.digests, *after.digests))
        moved = [key for key in keys if before.digests.get(key) != after.digests.get(key)]
        moves = tuple(_moves(session, before, after, moved))
    return PlanComparison(same=len(keys) - len(moved), moves=moves)


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


def _moves(session: Session, before: _Plan, after: _Plan, moved: Sequence[_Key]) -> Iterator[Move]:
    for start in range(0, len(moved), _AT_ONCE):
        keys = moved[start : start + _AT_ONCE]
        old, new = _whole(session, before, keys), _whole(session, after, keys)
        yield from (_move(old.get(key), new.get(key)) for key in keys)


def _move(before: _Kept | None, after: _Kept | None) -> Move:
    told = after or before
    assert told is not None
    names = _differing(before.alike if before else {}, after.alike if after else {})
    return Move(
        person=told.person,
        sobject_name=told.sobject_name,
        before=_only(before.side, names) if before else None,
        after=_only(after.side, names) if after else None,
    )


def _differing(before: Payload, after: Payload) -> tuple[str, ...]:
    missing = object()
    return tuple(
        name
        for name in dict.fromkeys((*before, *after))
        if before.get(name, missing) != after.get(name, missing)
    )


def _only(side: PlanSide, names: Sequence[str]) -> PlanSide:
    return replace(side, payload={n: side.payload[n] for n in names if n in side.payload})


def _plan(session: Session, run: RunView) -> _Plan:
    names = _identities(session, run.batch_id)
    seen: Counter[tuple[str, str]] = Counter()
    digests: dict[_Key, bytes] = {}
    places: dict[_Key, _Place] = {}
    for place, object_id, kept in _rows(session, run.run_id, names):
        identity = _identity_of(place[0], names)
        key = identity, object_id, seen[identity, object_id]
        seen[identity, object_id] += 1
        digests[key], places[key] = _digest(kept), place
    return _Plan(run, names, digests, places)


def _whole(session: Session, plan: _Plan, keys: Sequence[_Key]) -> dict[_Key, _Kept]:
    wanted = {plan.places[key]: key for key in keys if key in plan.places}
    numbers = {row_number for row_number, _ in wanted}
    rows = _rows(session, plan.run.run_id, plan.identities, numbers)
    return {wanted[place]: kept for place, _, kept in rows if place in wanted}


def _digest(kept: _Kept) -> bytes:
    side = kept.side
    told = json.dumps([side.outcome, side.matched_id, kept.alike], sort_keys=True)
    return hashlib.blake2b(told.encode(), digest_size=16).digest()


def _identity_of(row_number: int, names: Mapping[int, str]) -> str:
    return names.get(row_number) or f"row:{row_number}"


def _alike(payload: Payload, names: Mapping[int, str]) -> Payload:
    rows = {name: row for name, value in payload.items() if (row := referred_row(value))}
    if not rows:
        return payload
    named = {
        name: f"{referred_object(payload[name])} of {_identity_of(row, names)}"
        for name, row in rows.items()
    }
    return {**payload, **named}


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


def _rows(
    session: Session, run_id: str, names: Mapping[int, str], numbers: Collection[int] | None = None
) -> Iterator[tuple[_Place, str, _Kept]]:
    """Yield the records of all inquiries, or of these, in their order."""
    statement = (
        select(PlanRow)
        .with_only_columns(
            *map(col, (PlanRow.row_number, PlanRow.object_index, PlanRow.object_id)),
            *map(col, (PlanRow.sobject_name, PlanRow.person, PlanRow.outcome)),
            *map(col, (PlanRow.matched_id, PlanRow.payload)),
        )
        .where(col(PlanRow.preview_run_id) == run_id)
        .order_by(col(PlanRow.row_number), col(PlanRow.object_index))
        .execution_options(yield_per=_AT_ONCE)
    )
    if numbers is not None:
        statement = statement.where(col(PlanRow.row_number).in_(numbers))
    for row in session.execute(statement):
        row_number, object_index, object_id, sobject_name, person, outcome, matched, payload = row
        side = PlanSide(
            row_number=row_number,
            outcome=Outcome(outcome),
            matched_id=matched,
            payload=payload,
        )
        kept = _Kept(person, sobject_name, side, _alike(payload, names))
        yield (row_number, object_index), object_id, kept


def _word(side: PlanSide | None) -> str:
    return side.outcome.value if side else "not in it"
