"""The plan of one batch: per record create, update, unchanged or held, with what is sent. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.errors import WhoActs
from core.halda.schema import field_for_key
from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.describe import UNWRITABLE_TYPES, SobjectDescribe
from core.mapping.model import FieldRow, JsonValue, ObjectMapping, SourceRecord
from core.mapping.problems import Problem
from core.preview.cells import CellPlan, plan_cells, to_payload
from core.preview.holds import Hold, HoldKind
from core.preview.keys import OrgRecord
from core.preview.match import Candidate, Match

# What makes an inquiry complete where nothing else was agreed with the university.
COMPLETE_KEYS = ("lead.first_name", "lead.last_name", "lead.email", "lead.phone")
_STATUS_KEY = "submission.status"
_FIRST_NAME = "lead.first_name"


class Outcome(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPlan:
    """What a push would do with one inquiry. `payload` is exactly what would be sent."""

    row_number: int
    person: str
    outcome: Outcome
    matched_id: str = ""
    matched_by: str = ""
    system_modstamp: str = ""
    candidates: tuple[Candidate, ...] = ()
    cells: tuple[CellPlan, ...] = ()
    payload: Mapping[str, JsonValue]
    reason: str = ""
    who_acts: WhoActs | None = None
    hold_kind: HoldKind | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for cell in self.cells for problem in cell.problems)


class Planner:
    """Plans a batch in its order: a row that acts makes later ones of the same record wait."""

    def __init__(
        self,
        draft: ObjectMapping,
        describe: SobjectDescribe,
        *,
        complete_keys: Sequence[str] = COMPLETE_KEYS,
    ) -> None:
        self._rows = effective_rows(draft)
        self._describe = describe
        self._complete_keys = complete_keys
        self._required = [f for f in describe.fields if f.is_required_on_create and f.is_writable]
        self._claimed: dict[object, int] = {}

    def plan(self, source: SourceRecord, applied: AppliedRecord, match: Match) -> RecordPlan:
        """Return the plan of the batch's next inquiry."""
        plan = plan_record(source, applied, match, rows=self._rows, describe=self._describe)
        hold = self._first_hold(source, plan, match)
        if hold:
            return _held(plan, hold)
        if plan.outcome is not Outcome.UNCHANGED:
            for claim in (match.record_id or None, *match.claims):
                if claim:
                    self._claimed.setdefault(claim, source.row_number)
        return plan

    def _first_hold(self, source: SourceRecord, plan: RecordPlan, match: Match) -> Hold | None:
        return (
            self._hold_partial(source)
            or match.hold
            or _hold_blocked(plan)
            or self._hold_permission(plan)
            or self._hold_missing(plan)
            or self._hold_waiting(match)
        )

    def _hold_partial(self, source: SourceRecord) -> Hold | None:
        status = source.values.get(_STATUS_KEY, "").strip().casefold()
        missing = [] if status == "complete" else self._missing_details(source)
        if status != "partial" and not missing:
            return None
        named = f": no {', '.join(missing)}" if missing else ""
        return Hold(HoldKind.WAITING_FOR_DETAILS, f"Waiting for details{named}.")

    def _missing_details(self, source: SourceRecord) -> list[str]:
        """A first name that was sent blank is somebody with one name, not a missing detail."""
        values = source.values
        return [
            each.label if (each := field_for_key(key)) else key
            for key in self._complete_keys
            if not values.get(key, "").strip() and not (key == _FIRST_NAME and key in values)
        ]

    def _hold_permission(self, plan: RecordPlan) -> Hold | None:
        is_create = plan.outcome is Outcome.CREATE
        allowed = self._describe.createable if is_create else self._describe.updateable
        if allowed or plan.outcome is Outcome.UNCHANGED:
            return None
        return Hold(
            HoldKind.NOT_PERMITTED,
            f"The connected user may not {plan.outcome} {self._describe.label}. "
            "Ask for the object permission.",
        )

    def _hold_missing(self, plan: RecordPlan) -> Hold | None:
        if plan.outcome is not Outcome.CREATE:
            return None
        missing = [f.label for f in self._required if plan.payload.get(f.name) is None]
        if not missing:
            return None
        return Hold(
            HoldKind.MISSING_REQUIRED,
            f"A new {self._describe.label} needs {', '.join(missing)}, and nothing fills it. "
            "Map a source field, a constant or a template to it.",
        )

    def _hold_waiting(self, match: Match) -> Hold | None:
        """Rows wait by record where one was found, else by any key value they share."""
        claims = (match.record_id,) if match.record_id else match.claims
        earlier = [self._claimed[claim] for claim in claims if claim in self._claimed]
        if not earlier:
            return None
        return Hold(
            HoldKind.WAITS_FOR_ROW,
            f"Waits for row {min(earlier)}, which is about the same record; preview again after "
            "it was pushed.",
        )


def plan_record(
    source: SourceRecord,
    applied: AppliedRecord,
    match: Match,
    *,
    rows: Sequence[FieldRow],
    describe: SobjectDescribe,
) -> RecordPlan:
    """Return what the fields of one inquiry alone would do, before anything holds it back."""
    cells = plan_cells(
        applied,
        rows=rows,
        describe=describe,
        current=_current(match, describe),
        values=source.values,
    )
    payload = to_payload(cells)
    outcome = Outcome.CREATE
    if match.record is not None:
        outcome = Outcome.UPDATE if payload else Outcome.UNCHANGED
    return RecordPlan(
        row_number=source.row_number,
        person=person_of(source),
        outcome=outcome,
        matched_id=match.record_id,
        matched_by=match.matched_by,
        system_modstamp=str((match.record or {}).get("SystemModstamp") or ""),
        candidates=match.candidates,
        cells=cells,
        payload=payload,
        reason=_REASONS[outcome],
    )


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


def plan_hash(plans: Sequence[RecordPlan], *, mapping_hash: str, describe_hash: str) -> str:
    """Return one hash of all that a push of these plans would rest on."""
    told = [
        [p.row_number, p.outcome, p.matched_id, p.system_modstamp, dict(p.payload)] for p in plans
    ]
    content = {"mapping": mapping_hash, "describe": describe_hash, "plans": told}
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _held(plan: RecordPlan, hold: Hold) -> RecordPlan:
    return replace(
        plan,
        outcome=Outcome.HELD,
        cells=tuple(_held_cell(cell) if cell.will_send else cell for cell in plan.cells),
        payload={},
        reason=hold.reason,
        who_acts=hold.who_acts,
        hold_kind=hold.kind,
    )


def _held_cell(cell: CellPlan) -> CellPlan:
    reason = f"held back with its record: {cell.reason}"
    return replace(cell, will_send=False, sent_value=None, reason=reason)


def _hold_blocked(plan: RecordPlan) -> Hold | None:
    blocked = [
        (cell.field_label, problem)
        for cell in plan.cells
        for problem in cell.problems
        if problem.blocks
    ]
    if not blocked:
        return None
    label, problem = blocked[0]
    more = f" {len(blocked) - 1} more fields have problems." if len(blocked) > 1 else ""
    return Hold(HoldKind.BLOCKED_VALUE, f"{label}: {problem.message} {problem.advice}{more}")


def _current(match: Match, describe: SobjectDescribe) -> OrgRecord | None:
    """The record found; fields that no client can write were not read, and are never sent."""
    if match.record is None:
        return None
    unread = {field.name: None for field in describe.fields if field.type in UNWRITABLE_TYPES}
    return {**unread, **match.record}
