"""Whether a dependent picklist value goes with the controlling value that the record will have.

The controlling value may come with the inquiry or be the one that the record found holds. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.mapping.coercion.picklists import alone_problem, dependency_problems
from core.mapping.describe import SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.problems import ProblemKind
from core.preview.cells import CellPlan
from core.preview.matching.keys import OrgRecord
from core.preview.references import referred_row


def controllers_of(describe: SobjectDescribe, names: Sequence[str]) -> list[str]:
    """Return the fields that rule the values of these: they are read beside them."""
    fields = (describe.field(name) for name in names)
    named = [each.controller_name for each in fields if each and each.controller_name]
    ruling = map(describe.field, named)
    return [each.name for each in ruling if each]


def mark_dependents(
    describe: SobjectDescribe,
    cells: Sequence[CellPlan],
    payload: Mapping[str, JsonValue],
    current: OrgRecord | None,
) -> tuple[CellPlan, ...]:
    """Return the cells, with a problem on each whose value does not go with its controlling one.

    Where the record tells the controlling value, the warning that it is not known goes.
    """
    dependent = describe.dependent_names
    if not dependent or not any(cell.field_name in dependent for cell in cells):
        return tuple(cells)
    return tuple(_marked(describe, cell, payload, current or {}) for cell in cells)


def _marked(
    describe: SobjectDescribe,
    cell: CellPlan,
    payload: Mapping[str, JsonValue],
    current: OrgRecord,
) -> CellPlan:
    field = describe.field(cell.field_name)
    controller = describe.field(field.controller_name) if field and field.controller_name else None
    is_sent = cell.will_send and cell.sent_value is not None
    if field is None or controller is None or not is_sent or field.compound_field_name:
        return cell  # the parts of an address have a check of their own
    value = payload.get(controller.name, current.get(controller.name))
    is_new = not current or bool(referred_row(current.get("Id")))
    if value is None and controller.defaulted_on_create and is_new:
        return cell  # the org may fill it in by itself
    found = (
        (alone_problem(field, controller),)
        if value is None
        else dependency_problems(
            field, cell.sent_value, controller=controller, controller_value=value
        )
    )
    known = (each for each in cell.problems if each.kind is not ProblemKind.CONTROLLER_UNKNOWN)
    return replace(cell, problems=tuple(dict.fromkeys((*known, *found))))
