"""What an org refuses of a new record as a whole: a state without its country. Pure.

A record that is found may hold the country already, so an update alone is not judged here.
"""

from collections.abc import Iterator

from core.mapping.addresses import Address, find_addresses, judge_address
from core.mapping.apply import AppliedCell, AppliedRecord
from core.mapping.checks.between import Finding, apply_rows, tally
from core.mapping.checks.issues import MappingIssue, Severity
from core.mapping.checks.row_context import RowContext
from core.mapping.model import ObjectMapping, Operation


def address_issues(draft: ObjectMapping, context: RowContext) -> tuple[MappingIssue, ...]:
    """Return how many inquiries would make a record whose places this org does not take together.

    Nothing in an org without state and country picklists.
    """
    if draft.operation is Operation.UPDATE:
        return ()
    found: list[Finding] = []
    for address in find_addresses(context.describe):
        found += _findings(address, draft, context)
    return tally(found)


def _findings(address: Address, draft: ObjectMapping, context: RowContext) -> Iterator[Finding]:
    names = {name.casefold() for name in address.names}
    rows = [row for row in draft.rows if row.field_name.casefold() in names]
    for record in apply_rows(draft, rows, context):
        sent = {cell.field_name: cell for cell in _sent(record, context)}
        payload = {name: cell.value for name, cell in sent.items()}
        for name, problem in judge_address(address, payload, {}):
            yield Finding(
                cell=sent[name],
                row_number=record.row_number,
                kind=problem.kind,
                severity=Severity.HOLDS,
                message=problem.message,
                advice=problem.advice,
            )


def _sent(record: AppliedRecord, context: RowContext) -> Iterator[AppliedCell]:
    for cell in record.cells:
        field = context.describe.field(cell.field_name)
        if field is not None and field.createable and cell.value is not None:
            yield cell
