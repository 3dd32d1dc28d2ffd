"""Holds a record whose state and country the org would not take together. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.mapping.addresses import find_addresses, judge_address
from core.mapping.describe import SobjectDescribe
from core.mapping.model import JsonValue
from core.preview.cells import CellPlan
from core.preview.matching.keys import OrgRecord


class AddressCheck:
    """All addresses of one object."""

    def __init__(self, describe: SobjectDescribe) -> None:
        self._addresses = find_addresses(describe)

    def mark(
        self,
        cells: Sequence[CellPlan],
        payload: Mapping[str, JsonValue],
        current: OrgRecord | None,
    ) -> tuple[CellPlan, ...]:
        """Return the cells, with a problem on the one for which the org would refuse the record."""
        found = {
            name: problem
            for address in self._addresses
            for name, problem in judge_address(address, payload, current or {})
        }
        if not found:
            return tuple(cells)
        return tuple(
            replace(cell, problems=(*cell.problems, found[cell.field_name]))
            if cell.field_name in found and cell.will_send
            else cell
            for cell in cells
        )
