"""A preview as sheets for people: one for each object, a line a record, a column a field. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.preview.cells import CellPlan
from core.preview.exports.record_links import links_of
from core.preview.plan import Outcome
from core.preview.reading.grid import BLANK, cell_words, value_text
from core.preview.reading.parties import party_of_row
from core.preview.reading.stored import RowView
from core.spreadsheet import Sheet

RECORD_HEADER = (
    "row",
    "person",
    "outcome",
    "matched id",
    "record link",
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
    instance_url: str
    labels: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[tuple[str, ...], dict[str, str]]] = field(default_factory=list)

    def add(self, row: RowView) -> None:
        for cell in row.cells:
            self.labels.setdefault(cell.field_name, f"{cell.field_label} ({cell.field_name})")
        told = {cell.field_name: _change(row, cell) for cell in row.cells}
        changes = {name: text for name, text in told.items() if text}
        self.lines.append((_record(row, self.instance_url), changes))

    def to_sheet(self, name: str) -> Sheet:
        header = (*RECORD_HEADER, *self.labels.values())
        return Sheet(name, header, self._lines(), link_column=RECORD_HEADER.index("record link"))

    def _lines(self) -> Iterator[tuple[str, ...]]:
        for record, changes in self.lines:
            yield (*record, *(changes.get(name, "") for name in self.labels))


def to_sheets(rows: Iterable[RowView], *, instance_url: str = "") -> list[Sheet]:
    """Return the sheets in the mapping's order, each cell as the grid on the screen has it.

    `instance_url` is the org's, where its records can be opened.
    """
    found: dict[tuple[int, str], _ObjectSheet] = {}
    for row in rows:
        place = (row.object_index, row.object_id)
        found.setdefault(place, _ObjectSheet(row.sobject_name, instance_url)).add(row)
    ordered = [found[place] for place in sorted(found)]
    return [each.to_sheet(_name(number, each.name)) for number, each in enumerate(ordered, start=1)]


def _record(row: RowView, instance_url: str) -> tuple[str, ...]:
    candidates = " ".join(each.record_id for each in row.candidates)
    problems = " ".join(dict.fromkeys(problem.message for problem in row.problems))
    links = " ".join(links_of(row, instance_url))
    matched = (row.outcome.value, row.matched_id, links, row.matched_by)
    told = (row.reason, party_of_row(row) or "", candidates, problems)
    return (str(row.row_number), row.person, *matched, *told)


def _change(row: RowView, cell: CellPlan) -> str:
    """As on the screen; a new record has a column that says so, and its values without a sign."""
    if row.outcome is Outcome.CREATE and cell.will_send:
        return value_text(cell.sent_value) or BLANK
    return cell_words(row, cell)


def _name(number: int, sobject_name: str) -> str:
    """Numbered, so that two objects of one kind stay apart."""
    return f"{number} {sobject_name}".translate(_FORBIDDEN)[:_MAX_NAME]
