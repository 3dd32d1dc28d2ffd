"""One applied record against the org's values: what each field would do. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.mapping.apply import AppliedCell, AppliedRecord
from core.mapping.decide import Action, NewerFacts, decide
from core.mapping.describe import UNWRITABLE_TYPES, FieldDescribe, SobjectDescribe
from core.mapping.model import FieldRow, JsonValue, Newer, WriteRule
from core.mapping.problems import Problem

_NO_FACTS = NewerFacts()
_KNOWN_CASES = 1_000  # of a row: options and places come again, names and addresses do not


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlan:
    """One field of one record. `source_text` is None where the source sent nothing.

    `note` says what the mapping made of the source; `reason` why the field is sent or not.
    """

    row_id: str
    field_name: str
    field_label: str
    source_label: str
    source_text: str | None
    value: JsonValue
    current: JsonValue
    action: Action
    will_send: bool
    sent_value: JsonValue
    reason: str
    problems: tuple[Problem, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Target:
    """`known` keeps what was planned for the first cases, by the cell's identity and what is held.

    It keeps each cell too: an identity is nobody else's only as long as its owner lives.
    """

    row: FieldRow
    field: FieldDescribe | None
    newer_field: FieldDescribe | None
    is_always_read: bool
    known: dict[object, tuple[AppliedCell, CellPlan]]


class CellPlanner:
    """A mapping's effective rows made ready for many records: fields found once."""

    def __init__(self, rows: Sequence[FieldRow], describe: SobjectDescribe) -> None:
        self._targets = {row.row_id: _target(row, describe) for row in rows}

    def plan(
        self,
        applied: AppliedRecord,
        *,
        current: Mapping[str, JsonValue] | None,
        values: Mapping[str, str],
    ) -> tuple[CellPlan, ...]:
        """Return a plan for each cell; `current` holds the matched record, None on a create.

        `values` is the inquiry as received. Raises KeyError where the org was not asked for a
        mapped field: "not read" must never pass for "blank".
        """
        targets = self._targets
        if current is None:
            return tuple([_plan_new(cell, targets[cell.row_id]) for cell in applied.cells])
        return tuple(
            [_plan_found(cell, targets[cell.row_id], current, values) for cell in applied.cells]
        )


def plan_cells(
    applied: AppliedRecord,
    *,
    rows: Sequence[FieldRow],
    describe: SobjectDescribe,
    current: Mapping[str, JsonValue] | None,
    values: Mapping[str, str] | None = None,
) -> tuple[CellPlan, ...]:
    """Return the plans of one record; make the planner yourself where there are many."""
    return CellPlanner(rows, describe).plan(applied, current=current, values=values or {})


def _target(row: FieldRow, describe: SobjectDescribe) -> _Target:
    is_newer = row.write_rule is WriteRule.ONLY_IF_NEWER
    newer_field = describe.field((row.newer or Newer()).field_name) if is_newer else None
    field = describe.field(row.field_name)
    # fields that no client can write are not read, and are never sent
    is_always_read = field is not None and field.type not in UNWRITABLE_TYPES
    return _Target(row, field, newer_field, is_always_read, {})


def _plan_new(cell: AppliedCell, target: _Target) -> CellPlan:
    """Of a new record nothing is held, so the cell alone decides."""
    known = target.known.get(id(cell))
    if known is not None:
        return known[1]
    plan = _plan_cell(cell, target, None, is_create=True, newer=_NO_FACTS)
    _keep(target, id(cell), cell, plan)
    return plan


def _plan_found(
    cell: AppliedCell,
    target: _Target,
    current: Mapping[str, JsonValue],
    values: Mapping[str, str],
) -> CellPlan:
    field = target.field
    held = current[field.name] if field and target.is_always_read else _held(field, current)
    if target.newer_field is not None:
        newer = (target.row.newer or Newer()).source_key
        facts = NewerFacts(values.get(newer, ""), _held(target.newer_field, current))
        return _plan_cell(cell, target, held, is_create=False, newer=facts)
    # 1, 1.0 and True are one key to a dict and three things to an org
    key = (id(cell), held, type(held))
    known = target.known.get(key)
    if known is not None:
        return known[1]
    plan = _plan_cell(cell, target, held, is_create=False, newer=_NO_FACTS)
    _keep(target, key, cell, plan)
    return plan


def _keep(target: _Target, key: object, cell: AppliedCell, plan: CellPlan) -> None:
    if len(target.known) < _KNOWN_CASES:
        target.known[key] = (cell, plan)


def _plan_cell(
    cell: AppliedCell, target: _Target, held: JsonValue, *, is_create: bool, newer: NewerFacts
) -> CellPlan:
    field = target.field
    decision = decide(cell, target.row, field, held, is_create=is_create, newer=newer)
    return CellPlan(
        row_id=cell.row_id,
        field_name=cell.field_name,
        field_label=field.label if field else cell.field_name,
        source_label=cell.source_label,
        source_text=cell.source_text,
        value=cell.value,
        current=held,
        action=decision.action,
        will_send=decision.will_send,
        sent_value=decision.value,
        reason=decision.reason,
        problems=cell.problems + decision.problems,
        note=cell.note,
    )


def _held(field: FieldDescribe | None, current: Mapping[str, JsonValue]) -> JsonValue:
    if field is None:
        return None
    return current.get(field.name) if field.type in UNWRITABLE_TYPES else current[field.name]


def to_payload(cells: Sequence[CellPlan]) -> dict[str, JsonValue]:
    """Return exactly what would be sent: field names with values, None where one is cleared."""
    return {cell.field_name: cell.sent_value for cell in cells if cell.will_send}
