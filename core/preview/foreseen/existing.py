"""Whether the records that plain ids point at are there, asked once for a batch.

Ids that a lookup found, and those of parents, are known to be.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from core.errors import ObjectNotVisible
from core.mapping.apply import AppliedCell, AppliedRecord
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.problems import Problem, ProblemKind
from core.preview.cells import CellPlan
from core.preview.matching.keys import Ask
from core.preview.matching.lookups import DescribeOf
from core.salesforce.soql import InQuery, select_in

_RECORD_TYPE = "RecordTypeId"


class References:
    """The reference fields of one object. `skipped` are folded names that need no asking."""

    def __init__(self, describe: SobjectDescribe, skipped: Iterable[str]) -> None:
        names = {*skipped, _RECORD_TYPE.casefold()}
        self._fields = {
            field.name: field
            for field in describe.fields
            # several kinds of target, such as an owner, would take a question for each
            if field.type == "reference" and len(field.reference_to) == 1
            if field.name.casefold() not in names
        }
        self._missing: frozenset[tuple[str, str]] = frozenset()

    def look_for(self, records: Sequence[AppliedRecord], describe_of: DescribeOf, ask: Ask) -> None:
        """Ask which of the ids that these records would be sent are there; at most one `ask`."""
        wanted: dict[str, dict[str, None]] = {}
        for name, record_id in self._ids(records):
            wanted.setdefault(self._fields[name].reference_to[0], {})[record_id] = None
        queries = [
            (target, query)
            for target, ids in wanted.items()
            if (query := _query(target, tuple(ids), describe_of)) is not None
        ]
        answers = ask([query for _, query in queries]) if queries else []
        found = {str(record["Id"]) for answer in answers for record in answer}
        self._missing = frozenset(
            (target, record_id)
            for target, _ in queries
            for record_id in wanted[target]
            if record_id not in found
        )

    def mark(self, cells: Sequence[CellPlan]) -> tuple[CellPlan, ...]:
        """Return the cells, with a problem on each id that nothing has."""
        if not self._missing:
            return tuple(cells)
        return tuple(self._marked(cell) for cell in cells)

    def _ids(self, records: Iterable[AppliedRecord]) -> Iterator[tuple[str, str]]:
        for record in records:
            for cell in record.cells:
                if cell.field_name in self._fields and _is_plain(cell):
                    yield cell.field_name, str(cell.value)

    def _marked(self, cell: CellPlan) -> CellPlan:
        field = self._fields.get(cell.field_name)
        if field is None or not cell.will_send:
            return cell
        if (field.reference_to[0], cell.sent_value) not in self._missing:
            return cell
        return replace(cell, problems=(*cell.problems, _not_there(field)))


def _is_plain(cell: AppliedCell) -> bool:
    return cell.value is not None and cell.ask is None


def _query(target: str, ids: tuple[str, ...], describe_of: DescribeOf) -> InQuery | None:
    """Nothing is asked of an object that the connected user does not see: it stays unknown."""
    try:
        describe = describe_of(target)
    except ObjectNotVisible:
        return None
    return select_in(describe, ("Id",), field_name="Id", values=ids)


def _not_there(field: FieldDescribe) -> Problem:
    return Problem(
        ProblemKind.LOOKUP_NOT_FOUND,
        f"No {field.reference_to[0]} that the connected user sees has this id, so {field.label} "
        "would be refused.",
        "Correct the id at the source, or look the record up by its name or code.",
    )
