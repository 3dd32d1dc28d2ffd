"""One inquiry through a mapping: the value for each target field, with what is wrong. Pure, total.

Blank is not missing: a key the source did not send leaves its cell absent, an empty text is blank.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from core.mapping.coercion.picklists import dependency_problems
from core.mapping.coercion.values import Coerced, Coercer
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.lookups import LookupAsk, distinct
from core.mapping.model import (
    FieldRow,
    JsonValue,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
    WriteRule,
)
from core.mapping.pipeline import ApplySettings, RowReader, make_reader, reads_one_text
from core.mapping.problems import Problem, ProblemKind
from core.mapping.sources import read_source
from core.mapping.stored_ids import ID_FIELD, StoredId, id_key, read_stored_id

RECORD_TYPE_ROW_ID = "record_type"
RECORD_TYPE_FIELD = "RecordTypeId"
_NO_ID, _ID = StoredId(), ID_FIELD.casefold()
_NO_PARENTS: Mapping[str, str] = {}
# Options, campaigns and places come again and again; of names and addresses no more are kept.
_KNOWN_TEXTS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedCell:
    """What one row makes of one inquiry. `source_text` is None where the source sent nothing.

    `text` is what transforms and value map made of it; `ask` is the question to the org where the
    row looks a related record up. A fallback never replaces what Salesforce holds.
    """

    row_id: str
    field_name: str
    source_label: str
    source_text: str | None
    text: str | None = None
    value: JsonValue = None
    is_absent: bool = False
    is_fallback: bool = False
    problems: tuple[Problem, ...] = ()
    note: str = ""
    ask: LookupAsk | None = None

    @property
    def is_blocked(self) -> bool:
        return bool(self.problems) and any(problem.blocks for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRecord:
    """One inquiry's cells, in the order of the mapping's rows.

    `stored_id` is the record's own id where a match key takes it from the inquiry.
    """

    row_number: int
    cells: tuple[AppliedCell, ...]
    stored_id: StoredId = _NO_ID

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for cell in self.cells for problem in cell.problems)

    @property
    def is_blocked(self) -> bool:
        return any(cell.is_blocked for cell in self.cells)

    def value(self, field_name: str) -> JsonValue:
        """Return the value for this target field, None if blank, absent, blocked or unmapped."""
        for cell in self.cells:  # nearly always asked for in the org's own spelling
            if cell.field_name == field_name:
                return cell.value
        folded = field_name.casefold()
        if folded == _ID:
            return self.stored_id.value or None
        return next((c.value for c in self.cells if c.field_name.casefold() == folded), None)


@dataclass(frozen=True, slots=True)
class _Target:
    """`known` keeps the cells of the first distinct texts, where nothing but the text decides."""

    row: FieldRow
    field_name: str
    label: str
    read: RowReader | None = None
    problem: Problem | None = None
    source_key: str = ""
    known: dict[str | None, AppliedCell] | None = None


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


class PreparedMapping:
    """A mapping made ready for many inquiries: fields found and value lists indexed once."""

    def __init__(
        self,
        draft: ObjectMapping,
        describe: SobjectDescribe,
        settings: ApplySettings | None = None,
        *,
        is_whole: bool = True,
    ) -> None:
        """`is_whole`: the inquiry is all that the record will hold, so that a dependent value is
        judged by the controlling one that comes with it."""
        rows = effective_rows(draft)
        counts = Counter(row.field_name.casefold() for row in rows)
        self._describe = describe
        self._id_key = id_key(draft)
        self._targets = tuple(
            _target(
                row,
                describe,
                settings or ApplySettings(),
                is_twice=counts[row.field_name.casefold()] > 1,
            )
            for row in rows
        )
        names = {target.field_name for target in self._targets}
        self._has_dependent = is_whole and not names.isdisjoint(describe.dependent_names)

    def apply(
        self, record: SourceRecord, parents: Mapping[str, str] = _NO_PARENTS
    ) -> AppliedRecord:
        """Return the cells of one inquiry; no content of it makes this raise.

        `parents` gives the record id, or its placeholder, for each object written before.
        """
        values = record.values
        cells = []
        for target in self._targets:  # the one loop that every piece of data goes through
            known = target.known
            cell = None if known is None else known.get(values.get(target.source_key))
            cells.append(cell or _new_cell(target, values, parents))
        if self._has_dependent:
            cells = [self._check_dependency(cell, cells) for cell in cells]
        return AppliedRecord(
            row_number=record.row_number, cells=tuple(cells), stored_id=self.stored_id(record)
        )

    def stored_id(self, record: SourceRecord) -> StoredId:
        """Return the record's own id where a match key takes it from the inquiry."""
        if self._id_key is None:
            return _NO_ID
        return read_stored_id(record.values.get(self._id_key.id_source, ""), self._describe)

    def lookups(self, records: Iterable[SourceRecord]) -> tuple[LookupAsk, ...]:
        """Return what the org must be asked before these inquiries can be applied in full."""
        readers = [target.read for target in self._targets if target.row.lookup and target.read]
        results = (read(record.values, _NO_PARENTS) for record in records for read in readers)
        return distinct(result.ask for result in results if result.ask)

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
    settings: ApplySettings | None = None,
) -> AppliedRecord:
    """Return one inquiry's cells; prepare the mapping yourself where there are many."""
    return PreparedMapping(draft, describe, settings).apply(record)


def _source_label(source: RowSource, labels: Mapping[str, str]) -> str:
    match source.kind:
        case SourceKind.FIELD:
            return labels.get(source.text, source.text)
        case SourceKind.CONSTANT:
            return "Constant"
        case SourceKind.TEMPLATE:
            return "Template"
        case SourceKind.PARENT:
            return f"Id of the {source.text}"


def _target(
    row: FieldRow, describe: SobjectDescribe, settings: ApplySettings, *, is_twice: bool
) -> _Target:
    field = describe.field(row.field_name)
    name = field.name if field else row.field_name
    is_record_type = row.row_id == RECORD_TYPE_ROW_ID
    label = "Record type" if is_record_type else _source_label(row.source, settings.labels)
    if is_twice:
        problem = Problem(
            ProblemKind.TARGET_TWICE,
            f"Two rows of the mapping write to {row.field_name}.",
            "Keep one of them.",
        )
        return _Target(row, name, label, problem=problem)
    if field is None:
        problem = Problem(
            ProblemKind.UNKNOWN_FIELD,
            f"{describe.label} has no field {row.field_name} that the connected user can see.",
            "Choose another field, or ask the university's admin to show this one.",
        )
        return _Target(row, name, label, problem=problem)
    read = row_reader(row, field, describe, settings)
    known: dict[str | None, AppliedCell] | None = {} if reads_one_text(row) else None
    return _Target(row, name, label, read=read, source_key=row.source.text, known=known)


def row_reader(
    row: FieldRow, field: FieldDescribe, describe: SobjectDescribe, settings: ApplySettings
) -> RowReader:
    """Return the reader of one row; the record type's own row is read by DeveloperName."""
    is_record_type = row.row_id == RECORD_TYPE_ROW_ID
    coercer = record_type_coercer(describe) if is_record_type else None
    controller = describe.field(field.controller_name) if field.controller_name else None
    return make_reader(row, field, settings, coercer=coercer, controller=controller)


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


def _new_cell(
    target: _Target, values: Mapping[str, str], parents: Mapping[str, str]
) -> AppliedCell:
    cell = _apply_target(target, values, parents)
    if target.known is not None and len(target.known) < _KNOWN_TEXTS:
        target.known[values.get(target.source_key)] = cell
    return cell


def _apply_target(
    target: _Target, values: Mapping[str, str], parents: Mapping[str, str]
) -> AppliedCell:
    if target.read is None:
        return AppliedCell(
            row_id=target.row.row_id,
            field_name=target.field_name,
            source_label=target.label,
            source_text=read_source(target.row.source, values)[0],
            problems=(target.problem,) if target.problem else (),
        )
    result = target.read(values, parents)
    return AppliedCell(
        row_id=target.row.row_id,
        field_name=target.field_name,
        source_label=target.label,
        source_text=result.source_text,
        text=result.text,
        value=result.value,
        is_absent=result.is_absent,
        is_fallback=result.is_fallback,
        problems=result.problems,
        note=result.note,
        ask=result.ask,
    )
