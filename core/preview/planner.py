"""Plans one object's records of a batch and holds back what must wait for something. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.halda.schema import field_for_key
from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.coercion.compare import is_blank
from core.mapping.decide import Action
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import takes_part
from core.mapping.model import PERSON_OBJECT_ID, ObjectMapping, SourceRecord
from core.preview.addresses import AddressCheck
from core.preview.cells import CellPlanner
from core.preview.dependents import mark_dependents
from core.preview.duplicates import Duplicates, hold_for, warned
from core.preview.eda import EdaTrigger
from core.preview.existing import References
from core.preview.holds import Hold, HoldKind, kind_of
from core.preview.matches import Match
from core.preview.moved import hold_beside_converted
from core.preview.plan import (
    ObjectPlace,
    Outcome,
    RecordPlan,
    hold_back,
    leave_to_contact,
    plan_record,
)
from core.preview.record_types import OpenValues, ValuesOf
from core.preview.references import parent_fields, parents_of
from core.preview.written import Written

# What makes an inquiry complete where nothing else was agreed with the university.
COMPLETE_KEYS = ("lead.first_name", "lead.last_name", "lead.email", "lead.phone")
_STATUS_KEY = "submission.status"
_FIRST_NAME = "lead.first_name"
_NONE_EARLIER: Mapping[str, RecordPlan] = {}


class Planner:
    """Plans a batch in its order: what a row would write, later ones of the record find there."""

    def __init__(
        self,
        draft: ObjectMapping,
        describe: SobjectDescribe,
        *,
        complete_keys: Sequence[str] = COMPLETE_KEYS,
        values_of: ValuesOf | None = None,
        references: References | None = None,
        index: int = 0,
        written: Written | None = None,
        duplicates: Duplicates | None = None,
        unenforced: Sequence[str] = (),
        is_taken_over: bool = False,
    ) -> None:
        """`index` is the object's place in its mapping; `written` is told of plans that act.

        `is_taken_over` tells that another object is written where a lead was converted.
        """
        self._is_taken_over = is_taken_over
        self._written = written or Written(describe)
        self._references = references
        self._duplicates = duplicates
        self._open_values = OpenValues(describe, values_of)
        self._addresses = AddressCheck(describe)
        self._eda = EdaTrigger(describe, unenforced)
        self._draft = draft
        self._cells = CellPlanner(effective_rows(draft), describe)
        self._parent_fields = parent_fields(draft)
        self._parents = parents_of(draft)
        self._describe = describe
        self._complete_keys = complete_keys
        self._place = ObjectPlace(draft.object_id, index, describe.name)
        self._required = [f for f in describe.fields if f.is_required_on_create and f.is_writable]

    def plan(
        self,
        source: SourceRecord,
        applied: AppliedRecord,
        match: Match,
        *,
        cells: CellPlanner | None = None,
        earlier: Mapping[str, RecordPlan] = _NONE_EARLIER,
    ) -> RecordPlan:
        """Return the plan of the batch's next inquiry.

        `cells` plans those of the inquiry's AI Form where it has its own rows; `earlier` are the
        plans of the same inquiry's earlier objects, by object_id.
        """
        plan = plan_record(source, applied, match, planner=cells or self._cells, place=self._place)
        marked = self._open_values.mark(plan.cells, plan.payload, match.record)
        marked = self._addresses.mark(marked, plan.payload, match.record)
        marked = mark_dependents(self._describe, marked, plan.payload, match.record)
        marked = self._eda.mark(marked, plan.payload, match.record)
        marked = self._references.mark(marked) if self._references else marked
        if marked is not plan.cells:
            plan = replace(plan, cells=marked)
        hold = self._first_hold(source, plan, match, earlier)
        if hold and hold.kind is HoldKind.CONVERTED_LEAD and self._leads_on(plan):
            return leave_to_contact(plan)
        if hold is None:
            plan, hold = self._with_likely(plan, match)
        if hold:
            return hold_back(plan, hold)
        if plan.outcome is not Outcome.UNCHANGED:
            self._written.take(plan, match.record, self._eda)
        return plan

    def _with_likely(self, plan: RecordPlan, match: Match) -> tuple[RecordPlan, Hold | None]:
        """The plan with what the org's duplicate rules find, and the hold of one that refuses."""
        likely = self._duplicates.look(plan, match) if self._duplicates else None
        if self._duplicates is None or likely is None:
            return plan, None
        candidates = (*plan.candidates, *self._duplicates.candidates(likely))
        label = self._describe.label
        plan = warned(replace(plan, candidates=candidates), likely, label)
        return plan, hold_for(likely, label)

    def _leads_on(self, plan: RecordPlan) -> bool:
        return self._is_taken_over and plan.conversion is not None

    def _first_hold(
        self,
        source: SourceRecord,
        plan: RecordPlan,
        match: Match,
        earlier: Mapping[str, RecordPlan],
    ) -> Hold | None:
        without_key = match.hold is not None and match.hold.kind is HoldKind.NO_KEY_VALUE
        return (
            self._hold_for_parent(earlier)
            or self._hold_partial(source)
            or (_hold_blocked(plan) if without_key else None)  # why the key has no value
            or match.hold
            or _hold_blocked(plan)
            or self._hold_other_parent(plan)
            or self._hold_permission(plan)
            or self._hold_missing(plan)
            or self._hold_unknown(plan, match)
            or self._hold_taken(plan, match)
        )

    def _hold_for_parent(self, earlier: Mapping[str, RecordPlan]) -> Hold | None:
        for object_id in self._parents:
            parent = earlier.get(object_id)
            if parent is not None and parent.outcome is Outcome.HELD:
                name = "person" if object_id == PERSON_OBJECT_ID else parent.sobject_name
                return Hold(
                    HoldKind.WAITS_FOR_PARENT,
                    f"Waits for its {name}: {parent.reason}",
                    parent.who_acts,
                )
            if parent is not None and parent.conversion is not None:
                return hold_beside_converted(self._describe.label)
        return None

    def _hold_partial(self, source: SourceRecord) -> Hold | None:
        status = source.values.get(_STATUS_KEY, "").strip().casefold()
        missing = [] if status == "complete" else list(self._missing_details(source))
        if not takes_part(self._draft, source.values):  # only a person is planned all the same
            missing.append(" or ".join(map(_label, self._draft.only_with)))
        if status != "partial" and not missing:
            return None
        named = f": no {', '.join(missing)}" if missing else ""
        return Hold(HoldKind.WAITING_FOR_DETAILS, f"Waiting for details{named}.")

    def _missing_details(self, source: SourceRecord) -> Iterator[str]:
        """A first name that was sent blank is somebody with one name, not a missing detail."""
        values = source.values
        for key in self._complete_keys:
            if not values.get(key, "").strip() and not (key == _FIRST_NAME and key in values):
                yield _label(key)

    def _hold_other_parent(self, plan: RecordPlan) -> Hold | None:
        """A record found under another parent is not moved: one of the two may be mistaken."""
        moved = next(
            (
                cell
                for cell in plan.cells
                if cell.field_name.casefold() in self._parent_fields
                and cell.action is not Action.SAME
                and not (is_blank(cell.value) or is_blank(cell.current))
            ),
            None,
        )
        if moved is None:
            return None
        return Hold(
            HoldKind.OTHER_PARENT,
            f"{plan.matched_by} finds a record whose {moved.field_label} is another record than "
            "this inquiry's. Tell which is right in Salesforce, or merge the two.",
        )

    def _hold_permission(self, plan: RecordPlan) -> Hold | None:
        is_create = plan.outcome is Outcome.CREATE
        allowed = self._describe.createable if is_create else self._describe.updateable
        if allowed or plan.outcome is Outcome.UNCHANGED:
            return None
        return Hold(
            HoldKind.NOT_PERMITTED,
            f"The connected user may not {plan.outcome} {self._describe.label}. "
            "Ask for the object permission.",
        )

    def _hold_missing(self, plan: RecordPlan) -> Hold | None:
        if plan.outcome is not Outcome.CREATE:
            return None
        missing = [f.label for f in self._required if plan.payload.get(f.name) is None]
        if not missing:
            return None
        return Hold(
            HoldKind.MISSING_REQUIRED,
            f"A new {self._describe.label} needs {', '.join(missing)}, and nothing fills it. "
            "Map a source field, a constant or a template to it.",
        )

    def _hold_taken(self, plan: RecordPlan, match: Match) -> Hold | None:
        """A value that the org allows once, and that a record other than the one found holds."""
        taken = next(
            (
                each
                for each in match.uniques
                if plan.payload.get(each.field_name) is not None
                and each.holders - {match.record_id}
            ),
            None,
        )
        if taken is None:
            return None
        field = self._describe.field(taken.field_name)
        return Hold(
            HoldKind.VALUE_TAKEN,
            f"Another {self._describe.label} holds this {field.label if field else 'value'}, which "
            "Salesforce allows on one record only. Tell which is right in Salesforce, or merge "
            "the two.",
        )

    def _hold_unknown(self, plan: RecordPlan, match: Match) -> Hold | None:
        """What the org fills in on the record that an earlier row makes, only the org knows."""
        unknown = self._written.unknown(match.record_id)
        cells = (cell for cell in plan.cells if cell.field_name in unknown)
        cell = next((each for each in cells if each.will_send or each.action is Action.SAME), None)
        if cell is None:
            return None
        return Hold(
            HoldKind.WAITS_FOR_ROW,
            f"Waits for row {match.after_row}, which is about the same record: Salesforce may fill "
            f"in {cell.field_label} by itself. Preview again after that row was pushed.",
        )


def _label(key: str) -> str:
    field = field_for_key(key)
    return field.label if field else key


def _hold_blocked(plan: RecordPlan) -> Hold | None:
    blocked = [
        (cell.field_label, problem)
        for cell in plan.cells
        for problem in cell.problems
        if problem.blocks
    ]
    if not blocked:
        return None
    label, problem = blocked[0]
    more = f" {len(blocked) - 1} more fields have problems." if len(blocked) > 1 else ""
    return Hold(kind_of(problem.kind), f"{label}: {problem.message} {problem.advice}{more}")
