"""A preview as sheets for people: one for each object, a line a record, a column a field. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.plan import Outcome
from core.preview.stored import RowView
from core.spreadsheet import Sheet

RECORD_HEADER = (
    "row",
    "person",
    "outcome",
    "matched id",
    "matched by",
    "reason",
    "who acts",
    "candidates",
    "problems",
)
_MAX_NAME = 31  # of a sheet, as spreadsheets have it
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")


@dataclass(slots=True)
class _ObjectSheet:
    """What was read of one object; its fields in the order in which they were first seen."""

    name: str
    labels: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[tuple[str, ...], dict[str, str]]] = field(default_factory=list)

    def add(self, row: RowView) -> None:
        for cell in row.cells:
            self.labels.setdefault(cell.field_name, f"{cell.field_label} ({cell.field_name})")
        changes = {cell.field_name: _change(row, cell) for cell in row.cells if cell.will_send}
        self.lines.append((_record(row), changes))

    def to_sheet(self, name: str) -> Sheet:
        return Sheet(name, (*RECORD_HEADER, *self.labels.values()), self._lines())

    def _lines(self) -> Iterator[tuple[str, ...]]:
        for record, changes in self.lines:
            yield (*record, *(changes.get(name, "") for name in self.labels))


def to_sheets(rows: Iterable[RowView]) -> list[Sheet]:
    """Return the sheets in the mapping's order; a field's cell is empty where nothing is sent."""
    found: dict[tuple[int, str], _ObjectSheet] = {}
    for row in rows:
        place = (row.object_index, row.object_id)
        found.setdefault(place, _ObjectSheet(row.sobject_name)).add(row)
    ordered = [found[place] for place in sorted(found)]
    return [each.to_sheet(_name(number, each.name)) for number, each in enumerate(ordered, start=1)]


def plain_text(value: JsonValue) -> str:
    """A value as text, blank for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _record(row: RowView) -> tuple[str, ...]:
    candidates = " ".join(each.record_id for each in row.candidates)
    problems = " ".join(dict.fromkeys(problem.message for problem in row.problems))
    matched = (row.outcome.value, row.matched_id, row.matched_by)
    told = (row.reason, row.who_acts, candidates, problems)
    return (str(row.row_number), row.person, *matched, *told)


def _change(row: RowView, cell: CellPlan) -> str:
    sent = plain_text(cell.sent_value) or "(blank)"
    if row.outcome is Outcome.CREATE:
        return sent
    return f"{plain_text(cell.current) or '(blank)'} → {sent}"


def _name(number: int, sobject_name: str) -> str:
    """Numbered, so that two objects of one kind stay apart."""
    return f"{number} {sobject_name}".translate(_FORBIDDEN)[:_MAX_NAME]
