"""One applied record against the org's values: what each field would do. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.mapping.apply import AppliedRecord
from core.mapping.decide import Action, NewerFacts, decide
from core.mapping.describe import SobjectDescribe
from core.mapping.model import FieldRow, JsonValue, Newer, WriteRule
from core.mapping.problems import Problem


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


def plan_cells(
    applied: AppliedRecord,
    *,
    rows: Sequence[FieldRow],
    describe: SobjectDescribe,
    current: Mapping[str, JsonValue] | None,
    values: Mapping[str, str] | None = None,
) -> tuple[CellPlan, ...]:
    """Return a plan for each cell; `current` holds the matched record, None on a create.

    `rows` are the mapping's effective rows, `values` the inquiry as received. Raises KeyError
    where the org was not asked for a mapped field: "not read" must never pass for "blank".
    """
    by_id = {row.row_id: row for row in rows}
    plans = []
    for cell in applied.cells:
        field = describe.field(cell.field_name)
        held = None if current is None or field is None else current[field.name]
        row = by_id[cell.row_id]
        newer = _newer(row, describe, values or {}, current)
        decision = decide(cell, row, field, held, is_create=current is None, newer=newer)
        plans.append(
            CellPlan(
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
        )
    return tuple(plans)


def _newer(
    row: FieldRow,
    describe: SobjectDescribe,
    values: Mapping[str, str],
    current: Mapping[str, JsonValue] | None,
) -> NewerFacts:
    newer = row.newer or Newer()
    field = describe.field(newer.field_name)
    if row.write_rule is not WriteRule.ONLY_IF_NEWER or current is None or field is None:
        return NewerFacts()
    return NewerFacts(values.get(newer.source_key, ""), current[field.name])


def to_payload(cells: Sequence[CellPlan]) -> dict[str, JsonValue]:
    """Return exactly what would be sent: field names with values, None where one is cleared."""
    return {cell.field_name: cell.sent_value for cell in cells if cell.will_send}
