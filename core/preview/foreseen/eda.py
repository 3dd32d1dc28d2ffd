"""What the EDA package's trigger makes of a contact: refuses it, or writes more than is sent. Pure.

It runs on every save. https://github.com/SalesforceFoundation/EDA (preferred e-mail and phone,
Do Not Contact).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.mapping.coercion.compare import is_same
from core.mapping.describe import SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.preferences import PREFERENCES, Values
from core.mapping.problems import Problem, ProblemKind
from core.preview.cells import CellPlan
from core.preview.matching.keys import OrgRecord

_DO_NOT_CONTACT, _DECEASED = "hed__Do_Not_Contact__c", "hed__Deceased__c"
_OPT_OUTS = ("HasOptedOutOfEmail", "DoNotCall", "HasOptedOutOfFax")


class EdaTrigger:
    """The trigger on one object; it does nothing where the package is not there.

    `unenforced` names the fields that the university does not let it keep.
    """

    def __init__(self, describe: SobjectDescribe, unenforced: Sequence[str] = ()) -> None:
        self._describe = describe
        known = [each for each in PREFERENCES if each.field_name not in unenforced]
        known = known if describe.name == "Contact" else []
        # a part that the connected user does not see may hold what decides
        self._preferences = tuple(each for each in known if self._sees(each.names))
        self._custom_labels = tuple(
            each.label.casefold() for each in describe.fields if each.name.endswith("__c")
        )
        self._has_opt_outs = describe.name == "Contact" and self._sees((_DO_NOT_CONTACT,))

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields that must be read for a record's outcome to be foreseen."""
        names = [name for each in self._preferences for name in each.names]
        if self._has_opt_outs:
            names += [_DO_NOT_CONTACT, _DECEASED, *_OPT_OUTS]
        return tuple(each for each in names if self._describe.field(each))

    def sources(self, field_name: str) -> tuple[str, ...]:
        """Return the other fields whose values the package may copy into this one."""
        return tuple(
            name
            for each in self._preferences
            if field_name in (each.standard, *each.own)
            for name in (each.standard, *each.own)
            if name != field_name
        )

    def mark(
        self, cells: Sequence[CellPlan], payload: Values, current: OrgRecord | None
    ) -> tuple[CellPlan, ...]:
        """Return the cells, with what the package refuses, writes over or writes beside them."""
        if not payload or not (self._preferences or self._has_opt_outs):
            return tuple(cells)
        whole = {**(current or {}), **payload}
        effects, problems = self._outcomes(payload, current)
        moved = [name for name, value in effects.items() if self._moves(name, value, whole)]
        problems = {**{name: self._over(name) for name in moved if name in payload}, **problems}
        note = self._beside([name for name in moved if name not in payload])
        return _marked(cells, problems, note) if problems or note else tuple(cells)

    def effects(self, payload: Values, current: OrgRecord | None) -> dict[str, JsonValue]:
        """Return what the package sets on a record that takes the payload."""
        return self._outcomes(payload, current)[0] if payload else {}

    def _outcomes(
        self, payload: Values, current: OrgRecord | None
    ) -> tuple[dict[str, JsonValue], dict[str, Problem]]:
        """What the package sets, and by the field that tells it, why it refuses."""
        whole = {**(current or {}), **payload}
        problems: dict[str, Problem] = {}
        effects = self._opt_outs(whole, payload, current)
        for each in self._preferences:
            outcome = each.follow(whole, current, self._describe.label_of, self._custom_labels)
            if isinstance(outcome, str):
                # the record alone may be the reason: then the first field that is sent tells it
                told = next(name for name in (*each.names, *payload) if name in payload)
                problems[told] = _refused(outcome)
            else:
                effects |= outcome
        return effects, problems

    def _opt_outs(
        self, whole: Values, payload: Values, current: OrgRecord | None
    ) -> dict[str, JsonValue]:
        """Do Not Contact sets the three when it changes, and Deceased sets Do Not Contact."""
        if not self._has_opt_outs:
            return {}
        held = current or {}
        before, after = bool(held.get(_DO_NOT_CONTACT)), bool(whole.get(_DO_NOT_CONTACT))
        effects: dict[str, JsonValue] = {}
        if _DECEASED in payload and bool(payload[_DECEASED]) != bool(held.get(_DECEASED)):
            after = bool(payload[_DECEASED])
            effects[_DO_NOT_CONTACT] = after
        if after != before:
            effects |= dict.fromkeys(_OPT_OUTS, after)
        return effects

    def _moves(self, name: str, value: JsonValue, whole: Values) -> bool:
        field = self._describe.field(name)
        return field is not None and not is_same(value, whole.get(name), field)

    def _sees(self, names: Sequence[str]) -> bool:
        return all(self._describe.field(name) is not None for name in names)

    def _over(self, name: str) -> Problem:
        by = next((each.field_name for each in PREFERENCES if name in each.names), _DO_NOT_CONTACT)
        label, chooser = self._describe.label_of(name), self._describe.label_of(by)
        return Problem(
            ProblemKind.WRITTEN_OVER,
            f"The EDA package sets {label} by {chooser}, over what is sent.",
            f"Map the value to the field that {chooser} names, or map {chooser} itself.",
            blocks=False,
        )

    def _beside(self, names: Sequence[str]) -> str:
        labels = ", ".join(map(self._describe.label_of, names))
        return f"the EDA package also sets {labels}" if labels else ""


def _refused(what: str) -> Problem:
    return Problem(
        ProblemKind.REFUSED_BY_PACKAGE,
        f"{what}, which the EDA package refuses on every save.",
        "Fill one of them only, or map a constant to the field that names the preferred one; "
        "else complete the record in Salesforce.",
    )


def _marked(
    cells: Sequence[CellPlan], problems: Mapping[str, Problem], note: str
) -> tuple[CellPlan, ...]:
    """The note on the first field that is sent: what else changes is of the whole record."""
    told = next((cell.row_id for cell in cells if cell.will_send), "") if note else ""
    return tuple(
        _told(cell, problems.get(cell.field_name), note if cell.row_id == told else "")
        for cell in cells
    )


def _told(cell: CellPlan, problem: Problem | None, note: str) -> CellPlan:
    if not cell.will_send or not (problem or note):
        return cell
    notes = "; ".join(filter(None, (cell.note, note)))
    return replace(cell, problems=(*cell.problems, *((problem,) if problem else ())), note=notes)
