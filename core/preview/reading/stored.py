"""Plans and runs as the store keeps them, and back. Screens read only these."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from core.mapping.decide import Action
from core.mapping.model import JsonValue
from core.mapping.problems import Problem, ProblemKind
from core.preview.cells import CellPlan
from core.preview.matching.matches import Candidate
from core.preview.plan import Outcome, RecordPlan, whole_outcome
from core.preview.progress import Progress, from_kept
from core.preview.reading.org_rules import from_stored
from core.salesforce.org_rules import OrgRules
from core.store.tables import PlanRow, PreviewRun, new_id

WARNING = "warning:"


class RunState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    PAUSED = "paused"  # by what passes or can be mended; goes on where it was


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One preview. `counts` is by outcome; `api_usage` is (used, allowed) as the org said last.

    A preview of an earlier version kept neither `org_id` nor `source_hash` nor `described`, and
    did not ask for `org_rules`.
    """

    run_id: str
    account_id: str
    connection_id: str
    state: RunState
    record_count: int
    done_count: int
    counts: Mapping[str, int]
    api_calls: int
    api_usage: tuple[int, int] | None
    plan_hash: str
    describe_fingerprint: str
    described: Mapping[str, str]
    org_rules: OrgRules | None
    progress: Progress | None
    org_id: str
    source_hash: str
    started_at: datetime
    started_by: str
    finished_at: datetime | None
    error_message: str
    error_advice: str
    error_who_acts: str
    mapping_version_id: str
    mapping_number: int
    batch_id: str
    batch_name: str

    @property
    def mapping_words(self) -> str:
        """Which mapping it rests on; one that was only tried has a number below zero."""
        return f"mapping v{self.mapping_number}" if self.mapping_number > 0 else "a mapping file"

    @property
    def is_finished(self) -> bool:
        """Whether it went through to the end, so that its plan is whole."""
        return self.state is RunState.DONE

    @property
    def is_running(self) -> bool:
        return self.state is RunState.RUNNING

    @property
    def is_paused(self) -> bool:
        """Whether it stands still and can go on where it was."""
        return self.state is RunState.PAUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """One planned record as a screen shows it."""

    row_number: int
    object_id: str
    object_index: int
    sobject_name: str
    person: str
    outcome: Outcome
    matched_id: str
    matched_by: str
    reason: str
    who_acts: str
    hold_kind: str
    candidates: tuple[Candidate, ...]
    cells: tuple[CellPlan, ...]
    payload: Mapping[str, JsonValue]
    problems: tuple[Problem, ...]
    after_row: int = 0
    made_by_row: int = 0


@dataclass(frozen=True, slots=True)
class InquiryView:
    """One inquiry with its planned records, in the order in which they would be written."""

    row_number: int
    records: tuple[RowView, ...]

    @property
    def person(self) -> str:
        return self.records[0].person

    @property
    def outcome(self) -> Outcome:
        """Held as soon as one of its records is, else that of the first one that changes."""
        return whole_outcome((each.object_index, each.outcome) for each in self.records)


def to_run_view(row: PreviewRun, *, mapping_number: int, batch_name: str) -> RunView:
    usage = None
    if row.api_used is not None and row.api_limit is not None:
        usage = (row.api_used, row.api_limit)
    return RunView(
        run_id=row.id,
        state=RunState(row.state),
        api_usage=usage,
        mapping_number=mapping_number,
        batch_name=batch_name,
        org_rules=from_stored(row.org_rules),
        progress=from_kept(row.progress),
        **row.model_dump(include=_SAME_COLUMNS),
    )


_SAME_COLUMNS = set(RunView.__dataclass_fields__) & set(PreviewRun.model_fields) - {
    "state",
    "org_rules",
    "progress",
}


def to_columns(run_id: str, plan: RecordPlan) -> dict[str, Any]:
    """Return the plan_row of one plan."""
    kinds = _kinds(plan)
    return {
        "id": new_id(),
        "preview_run_id": run_id,
        "row_number": plan.row_number,
        "object_id": plan.object_id,
        "object_index": plan.object_index,
        "sobject_name": plan.sobject_name,
        "person": plan.person,
        "outcome": plan.outcome.value,
        "matched_id": plan.matched_id,
        "matched_by": plan.matched_by,
        "after_row": plan.after_row,
        "made_by_row": plan.made_by_row,
        "reason": plan.reason,
        "payload": dict(plan.payload),
        "cells": [_to_cell(cell) for cell in plan.cells],
        "problems": [_to_problem(problem) for problem in plan.problems],
        "who_acts": plan.who_acts.value if plan.who_acts else "",
        "hold_kind": plan.hold_kind.value if plan.hold_kind else "",
        "candidates": [asdict(each) for each in plan.candidates],
        "system_modstamp": plan.system_modstamp,
        "problem_kinds": f"|{'|'.join(sorted(kinds))}|" if kinds else "",
        "search_text": _search_text(plan),
    }


def _kinds(plan: RecordPlan) -> set[str]:
    """Holds and blocking problems by their names; what only warns behind a mark of its own."""
    kinds = {
        problem.kind.value if problem.blocks else f"{WARNING}{problem.kind.value}"
        for problem in plan.problems
    }
    return kinds | ({plan.hold_kind.value} if plan.hold_kind else set())


def to_row_view(row: PlanRow) -> RowView:
    return RowView(
        row_number=row.row_number,
        object_id=row.object_id,
        object_index=row.object_index,
        sobject_name=row.sobject_name,
        person=row.person,
        outcome=Outcome(row.outcome),
        matched_id=row.matched_id,
        matched_by=row.matched_by,
        after_row=row.after_row,
        made_by_row=row.made_by_row,
        reason=row.reason,
        who_acts=row.who_acts,
        hold_kind=row.hold_kind,
        candidates=tuple(Candidate(**each) for each in row.candidates),
        cells=tuple(_from_cell(each) for each in row.cells),
        payload=row.payload,
        problems=tuple(_from_problem(each) for each in row.problems),
    )


def fold_search(text: str) -> str:
    """Return the text as it is kept for searching and as a search is compared to it."""
    return " ".join(text.casefold().split())


def _search_text(plan: RecordPlan) -> str:
    sent = (str(value) for value in plan.payload.values() if isinstance(value, str))
    source = (cell.source_text for cell in plan.cells if cell.source_text)
    words = dict.fromkeys([plan.person, plan.matched_id, plan.reason, *source, *sent])
    return fold_search(" ".join(words))


# A record has dozens of cells: without their names they take a third of the room.
_CELL_PARTS = (
    *("row_id", "field_name", "field_label", "source_label", "source_text", "value", "current"),
    *("action", "will_send", "sent_value", "reason", "note", "problems"),
)


def _to_cell(cell: CellPlan) -> tuple[Any, ...]:
    return (
        cell.row_id,
        cell.field_name,
        cell.field_label,
        cell.source_label,
        cell.source_text,
        cell.value,
        cell.current,
        cell.action,
        cell.will_send,
        cell.sent_value,
        cell.reason,
        cell.note,
        tuple(map(_to_problem, cell.problems)),
    )


def _from_cell(stored: Sequence[Any] | Mapping[str, Any]) -> CellPlan:
    """Previews of earlier versions kept the names with each cell."""
    named = stored.items() if isinstance(stored, Mapping) else zip(_CELL_PARTS, stored, strict=True)
    parts = dict(named)
    problems = tuple(_from_problem(each) for each in parts["problems"])
    return CellPlan(**{**parts, "action": Action(parts["action"]), "problems": problems})


def _to_problem(problem: Problem) -> dict[str, Any]:
    return {**asdict(problem), "kind": problem.kind.value}


def _from_problem(stored: Mapping[str, Any]) -> Problem:
    return Problem(**{**stored, "kind": ProblemKind(stored["kind"])})
