"""One inquiry through a mapping: the value for each target field, with what is wrong. Pure, total.

Blank is not missing: a key the source did not send leaves its cell absent, an empty text is blank.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.mapping.coerce import make_coercer
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    JsonValue,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.mapping.picklists import dependency_problems
from core.mapping.problems import Problem, ProblemKind
from core.mapping.values import Coerced, Coercer

RECORD_TYPE_ROW_ID = "record_type"
RECORD_TYPE_FIELD = "RecordTypeId"
_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+(?:\.\w+)+)\}")
_DANGLING = " \t,;/|-\u2013\u2014:"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedCell:
    """What one row makes of one inquiry. `source_text` is None where the source sent nothing."""

    row_id: str
    field_name: str
    source_label: str
    source_text: str | None
    value: JsonValue = None
    is_absent: bool = False
    problems: tuple[Problem, ...] = ()
    note: str = ""

    @property
    def is_blocked(self) -> bool:
        return any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRecord:
    """One inquiry's cells, in the order of the mapping's rows."""

    row_number: int
    cells: tuple[AppliedCell, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for cell in self.cells for problem in cell.problems)

    @property
    def is_blocked(self) -> bool:
        return any(cell.is_blocked for cell in self.cells)

    def value(self, field_name: str) -> JsonValue:
        """Return the value for this target field, None if blank, absent, blocked or unmapped."""
        folded = field_name.casefold()
        return next((c.value for c in self.cells if c.field_name.casefold() == folded), None)


@dataclass(frozen=True, slots=True)
class _Target:
    row: FieldRow
    field: FieldDescribe | None
    coerce: Coercer
    label: str
    problem: Problem | None = None


def effective_rows(draft: ObjectMapping) -> tuple[FieldRow, ...]:
    """Return the rows that have a target, with the record type's own row where one is chosen."""
    rows = tuple(row for row in draft.rows if row.field_name)
    if not draft.record_type:
        return rows
    source = RowSource(kind=SourceKind.CONSTANT, text=draft.record_type)
    record_type = FieldRow(
        row_id=RECORD_TYPE_ROW_ID,
        source=source,
        field_name=RECORD_TYPE_FIELD,
        write_rule=WriteRule.CREATE_ONLY,
    )
    return (*rows, record_type)


def source_keys(source: RowSource) -> tuple[str, ...]:
    """Return the source field keys that a row reads."""
    if source.kind is SourceKind.FIELD:
        return (source.text,)
    if source.kind is SourceKind.TEMPLATE:
        return tuple(dict.fromkeys(_PLACEHOLDER.findall(source.text)))
    return ()


def read_source(source: RowSource, values: Mapping[str, str]) -> tuple[str | None, str]:
    """Return the text a row takes from an inquiry, None if nothing was sent, and a note.

    A template's blank parts are left out together with dangling separators; with every part
    missing it is missing, with every part blank it is blank.
    """
    if source.kind is SourceKind.CONSTANT:
        return source.text, ""
    if source.kind is SourceKind.FIELD:
        return values.get(source.text), ""
    keys = source_keys(source)
    if keys and not any(key in values for key in keys):
        return None, ""
    missing = [key for key in keys if not values.get(key, "").strip()]
    if keys and len(missing) == len(keys):
        return "", ""
    filled = _PLACEHOLDER.sub(lambda found: values.get(found[1], "").strip(), source.text)
    if not missing:
        return filled, ""
    return filled.strip(_DANGLING), f"left out: {', '.join(missing)}"


class PreparedMapping:
    """A mapping made ready for many inquiries: fields found and value lists indexed once."""

    def __init__(
        self,
        draft: ObjectMapping,
        describe: SobjectDescribe,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        rows = effective_rows(draft)
        counts = Counter(row.field_name.casefold() for row in rows)
        self._describe = describe
        self._targets = tuple(
            _target(row, describe, labels or {}, is_twice=counts[row.field_name.casefold()] > 1)
            for row in rows
        )
        self._has_dependent = any(t.field and t.field.is_dependent for t in self._targets)

    def apply(self, record: SourceRecord) -> AppliedRecord:
        """Return the cells of one inquiry; no content of it makes this raise."""
        cells = [_apply_target(target, record.values) for target in self._targets]
        if self._has_dependent:
            cells = [self._check_dependency(cell, cells) for cell in cells]
        return AppliedRecord(row_number=record.row_number, cells=tuple(cells))

    def _check_dependency(self, cell: AppliedCell, cells: list[AppliedCell]) -> AppliedCell:
        field = self._describe.field(cell.field_name)
        if field is None or cell.value is None or field.controller_name is None:
            return cell
        folded = field.controller_name.casefold()
        beside = next((other for other in cells if other.field_name.casefold() == folded), None)
        problems = dependency_problems(
            field,
            cell.value,
            controller=self._describe.field(field.controller_name),
            controller_value=beside.value if beside else None,
        )
        if not problems:
            return cell
        value = None if any(problem.blocks for problem in problems) else cell.value
        return replace(cell, value=value, problems=cell.problems + problems)


def apply(
    draft: ObjectMapping,
    describe: SobjectDescribe,
    record: SourceRecord,
    *,
    labels: Mapping[str, str] | None = None,
) -> AppliedRecord:
    """Return one inquiry's cells; prepare the mapping yourself where there are many."""
    return PreparedMapping(draft, describe, labels).apply(record)


def _source_label(source: RowSource, labels: Mapping[str, str]) -> str:
    if source.kind is SourceKind.FIELD:
        return labels.get(source.text, source.text)
    return "Constant" if source.kind is SourceKind.CONSTANT else "Template"


def _target(
    row: FieldRow, describe: SobjectDescribe, labels: Mapping[str, str], *, is_twice: bool
) -> _Target:
    field = describe.field(row.field_name)
    problem = None
    if is_twice:
        problem = Problem(
            ProblemKind.TARGET_TWICE,
            f"Two rows of the mapping write to {row.field_name}.",
            "Keep one of them.",
        )
    elif field is None:
        problem = Problem(
            ProblemKind.UNKNOWN_FIELD,
            f"{describe.label} has no field {row.field_name} that the connected user can see.",
            "Choose another field, or ask the university's admin to show this one.",
        )
    label = _source_label(row.source, labels)
    if row.row_id == RECORD_TYPE_ROW_ID:
        return _Target(row, field, record_type_coercer(describe), "Record type", problem)
    return _Target(row, field, make_coercer(field) if field else _nothing, label, problem)


def _nothing(text: str) -> Coerced:
    return Coerced(is_absent=not text)


def record_type_coercer(describe: SobjectDescribe) -> Coercer:
    """Return the coercer from a record type's DeveloperName to its id in this org."""
    by_name = {
        each.developer_name.casefold(): each.record_type_id
        for each in describe.record_types
        if each.active and each.available
    }

    def coerce_record_type(text: str) -> Coerced:
        record_type_id = by_name.get(text.strip().casefold())
        if record_type_id is not None:
            return Coerced(value=record_type_id)
        problem = Problem(
            ProblemKind.UNKNOWN_RECORD_TYPE,
            f"{describe.label} has no such record type open to the connected user.",
            "Choose another record type, or ask the university's admin to assign this one.",
        )
        return Coerced(problems=(problem,))

    return coerce_record_type


def _apply_target(target: _Target, values: Mapping[str, str]) -> AppliedCell:
    text, source_note = read_source(target.row.source, values)
    if target.problem:
        coerced = Coerced(problems=(target.problem,))
    else:
        coerced = Coerced(is_absent=True) if text is None else target.coerce(text)
    return AppliedCell(
        row_id=target.row.row_id,
        field_name=target.field.name if target.field else target.row.field_name,
        source_label=target.label,
        source_text=text,
        value=coerced.value,
        is_absent=coerced.is_absent,
        problems=coerced.problems,
        note="; ".join(note for note in (source_note, coerced.note) if note),
    )
