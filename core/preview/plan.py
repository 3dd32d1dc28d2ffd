"""One planned record: create, update, unchanged or held, with what is sent and why. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from core.errors import WhoActs
from core.mapping.apply import AppliedRecord
from core.mapping.model import PERSON_OBJECT_ID, JsonValue, SourceRecord
from core.mapping.problems import Problem
from core.preview.cells import CellPlan, CellPlanner, to_payload
from core.preview.holds import Hold, HoldKind
from core.preview.matching.matches import Candidate, Match
from core.preview.matching.moved import Conversion, conversion_of
from core.preview.references import referred_row


class Outcome(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    HELD = "held"


# What is said of an inquiry: held as soon as one of its records is, else what becomes of the first
# of them that changes. The smallest of its records' standings tells; the last digit is the outcome.
STANDING_CODES = {Outcome.HELD: 0, Outcome.CREATE: 1, Outcome.UPDATE: 2, Outcome.UNCHANGED: 3}
STANDING_STEP = 10
LAST_STANDING = 1_000_000
OUTCOME_OF_CODE = {code: outcome for outcome, code in STANDING_CODES.items()}


def whole_outcome(records: Iterable[tuple[int, Outcome]]) -> Outcome:
    """Return what is said of an inquiry with these records, given by object_index and outcome."""
    return OUTCOME_OF_CODE[min(_standing(*each) for each in records) % STANDING_STEP]


def _standing(object_index: int, outcome: Outcome) -> int:
    places = {Outcome.HELD: 0, Outcome.UNCHANGED: LAST_STANDING}
    place = places.get(outcome, (object_index + 1) * STANDING_STEP)
    return place + STANDING_CODES[outcome]


@dataclass(frozen=True, slots=True)
class ObjectPlace:
    """Which of a mapping's objects a record is of: its id there, its place, its API name."""

    object_id: str = PERSON_OBJECT_ID
    object_index: int = 0
    sobject_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlan:
    """What a push would do with one inquiry in one object. `payload` is exactly what is sent.

    Where it needs the id of a record that the push makes first, it holds a reference to that.
    `after_row` is the row about the same record that has to be written before, whose values are
    this plan's before-values; `made_by_row` the one that makes the record, which has no id yet.
    `conversion` is what became of a lead that is found, for the plans beside it.
    """

    row_number: int
    person: str
    object_id: str = PERSON_OBJECT_ID
    object_index: int = 0
    sobject_name: str = ""
    outcome: Outcome
    matched_id: str = ""
    matched_by: str = ""
    after_row: int = 0
    made_by_row: int = 0
    system_modstamp: str = ""
    candidates: tuple[Candidate, ...] = ()
    cells: tuple[CellPlan, ...] = ()
    payload: Mapping[str, JsonValue]
    reason: str = ""
    who_acts: WhoActs | None = None
    hold_kind: HoldKind | None = None
    conversion: Conversion | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for cell in self.cells for problem in cell.problems)


def whole_outcomes(plans: Iterable[RecordPlan]) -> dict[int, Outcome]:
    """Return each inquiry's outcome as a whole, by row number."""
    records: dict[int, list[tuple[int, Outcome]]] = {}
    for plan in plans:
        records.setdefault(plan.row_number, []).append((plan.object_index, plan.outcome))
    return {row_number: whole_outcome(found) for row_number, found in records.items()}


_PERSON = ObjectPlace()


def plan_record(
    source: SourceRecord,
    applied: AppliedRecord,
    match: Match,
    *,
    planner: CellPlanner,
    place: ObjectPlace = _PERSON,
) -> RecordPlan:
    """Return what the fields of one inquiry alone would do, before anything holds it back."""
    cells = planner.plan(applied, current=match.record, values=source.values)
    payload = to_payload(cells)
    outcome, made_by_row = Outcome.CREATE, referred_row(match.record_id)
    if match.record is not None:
        outcome = Outcome.UPDATE if payload else Outcome.UNCHANGED
    return RecordPlan(
        row_number=source.row_number,
        person=person_of(source),
        object_id=place.object_id,
        object_index=place.object_index,
        sobject_name=place.sobject_name,
        outcome=outcome,
        matched_id="" if made_by_row else match.record_id,
        matched_by=match.matched_by,
        after_row=match.after_row,
        made_by_row=made_by_row,
        conversion=conversion_of(match.record),
        system_modstamp=str((match.record or {}).get("SystemModstamp") or ""),
        candidates=match.candidates,
        cells=cells,
        payload=payload,
        reason=" ".join(filter(None, (_reason(outcome, match, place), match.note))),
    )


def _reason(outcome: Outcome, match: Match, place: ObjectPlace) -> str:
    if not match.after_row:
        return _REASONS[outcome]
    is_person = place.object_id == PERSON_OBJECT_ID
    same = f"Same {'person' if is_person else 'record'} as row {match.after_row}"
    if outcome is Outcome.UNCHANGED:
        return f"{same}: after it Salesforce holds all that would be sent."
    return f"{same}: applied after it."


_REASONS = {
    Outcome.CREATE: "No record was found by the match keys.",
    Outcome.UPDATE: "A record was found, and something of it would change.",
    Outcome.UNCHANGED: "Salesforce already holds all that would be sent.",
}


def person_of(source: SourceRecord) -> str:
    """Return a name to tell the inquiry by: the person's, else the e-mail, else the row."""
    names = (source.values.get(f"lead.{part}_name", "").strip() for part in ("first", "last"))
    name = " ".join(part for part in names if part)
    return name or source.values.get("lead.email", "").strip() or f"Row {source.row_number}"


class PlanDigest:
    """One hash of all that a push of these plans would rest on, taken step by step."""

    def __init__(self, *, mapping_hash: str, org_id: str = "", source_hash: str = "") -> None:
        self._basis = {"mapping": mapping_hash, "org": org_id, "source": source_hash}
        self._told = hashlib.sha256()

    def add(self, plans: Iterable[RecordPlan]) -> None:
        for each in plans:
            self._told.update(_canonical(_told(each)) + b"\n")

    def hexdigest(self, *, describe_hash: str) -> str:
        """`describe_hash` comes last: record types are read while planning."""
        content = {**self._basis, "describe": describe_hash}
        return hashlib.sha256(_canonical([content, self._told.hexdigest()])).hexdigest()


def plan_hash(
    plans: Iterable[RecordPlan],
    *,
    mapping_hash: str,
    describe_hash: str,
    org_id: str = "",
    source_hash: str = "",
) -> str:
    """Return the digest of plans that are all at hand."""
    digest = PlanDigest(mapping_hash=mapping_hash, org_id=org_id, source_hash=source_hash)
    digest.add(plans)
    return digest.hexdigest(describe_hash=describe_hash)


def _told(plan: RecordPlan) -> list[object]:
    order = (plan.after_row, plan.made_by_row) if plan.after_row else ()
    return [
        *(plan.row_number, plan.object_index, plan.object_id, plan.sobject_name),
        *(plan.outcome, plan.matched_id, plan.system_modstamp, dict(plan.payload), *order),
    ]


def _canonical(content: object) -> bytes:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def hold_back(plan: RecordPlan, hold: Hold) -> RecordPlan:
    """Return the plan that sends nothing, with the reason."""
    return replace(
        plan,
        outcome=Outcome.HELD,
        cells=tuple(_held_cell(cell) if cell.will_send else cell for cell in plan.cells),
        payload={},
        reason=hold.reason,
        who_acts=hold.who_acts,
        hold_kind=hold.kind,
    )


def leave_to_contact(plan: RecordPlan) -> RecordPlan:
    """Return the plan of a converted lead that is left as it is, since its contact is updated."""
    words = plan.conversion.words if plan.conversion else "converted"
    reason = "not sent: the lead was converted"
    return replace(
        plan,
        outcome=Outcome.UNCHANGED,
        cells=tuple(
            replace(each, will_send=False, sent_value=None, reason=reason, problems=())
            for each in plan.cells
        ),
        payload={},
        reason=f"This lead was {words}: the contact it became is updated instead.",
    )


def _held_cell(cell: CellPlan) -> CellPlan:
    reason = f"held back with its record: {cell.reason}"
    return replace(cell, will_send=False, sent_value=None, reason=reason)
