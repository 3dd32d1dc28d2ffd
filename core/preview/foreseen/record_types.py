"""Whether the record type of one record opens the picklist values that it would be sent. Pure.

A describe lists every value; a create takes those of its own record type, an update those of the
record found, which may have another than the mapping gives to new ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, RecordType, SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.problems import Problem, ProblemKind
from core.mapping.record_types import RecordTypeValues, find_record_type, has_record_types
from core.mapping.value_maps import split_values
from core.preview.cells import CellPlan
from core.preview.matching.keys import OrgRecord

RECORD_TYPE_FIELD = "RecordTypeId"
# The open values of an object's record type by its id; None where the org does not tell.
ValuesOf = Callable[[str, str], RecordTypeValues | None]


class OpenValues:
    """What the record types of one object open; each is asked for once, when it is met."""

    def __init__(self, describe: SobjectDescribe, values_of: ValuesOf | None) -> None:
        self._describe = describe
        self._values_of = values_of if has_record_types(describe) else None
        self._known: dict[str, RecordTypeValues | None] = {}

    def mark(
        self,
        cells: Sequence[CellPlan],
        payload: Mapping[str, JsonValue],
        current: OrgRecord | None,
    ) -> tuple[CellPlan, ...]:
        """Return the cells, with a problem on each whose value the record type does not open."""
        if self._values_of is None or not any(map(self._is_limited, cells)):
            return tuple(cells)
        kind = self._record_type(payload, current)
        if kind is None or kind.is_master:
            return tuple(cells)
        opened = self._opened(kind.record_type_id, self._values_of)
        return tuple(self._marked(cell, kind, opened) for cell in cells)

    def _record_type(
        self, payload: Mapping[str, JsonValue], current: OrgRecord | None
    ) -> RecordType | None:
        named = payload.get(RECORD_TYPE_FIELD) or (current or {}).get(RECORD_TYPE_FIELD)
        if named is None:
            return find_record_type(self._describe, "") if current is None else None
        found = (t for t in self._describe.record_types if t.record_type_id[:15] == str(named)[:15])
        return next(found, None)

    def _opened(self, record_type_id: str, values_of: ValuesOf) -> RecordTypeValues:
        if record_type_id not in self._known:
            self._known[record_type_id] = values_of(self._describe.name, record_type_id)
        return self._known[record_type_id] or {}

    def _is_limited(self, cell: CellPlan) -> bool:
        field = self._describe.field(cell.field_name)
        return bool(
            field
            and cell.will_send
            and field.restricted_picklist
            and field.picklist_values
            and not is_blank(cell.sent_value)
        )

    def _marked(self, cell: CellPlan, kind: RecordType, opened: RecordTypeValues) -> CellPlan:
        field = self._describe.field(cell.field_name)
        values = opened.get(cell.field_name)
        if field is None or values is None or not self._is_limited(cell):
            return cell
        if all(part in values for part in split_values(str(cell.sent_value))):
            return cell
        return replace(cell, problems=(*cell.problems, _closed(field, kind)))


def _closed(field: FieldDescribe, kind: RecordType) -> Problem:
    return Problem(
        ProblemKind.CLOSED_VALUE,
        f"The value is not open to the record type {kind.name} in {field.label}.",
        "Send a value that the record type opens, or ask the university's admin to open this one.",
    )
