"""Plans one object's records of a batch, one after the other. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.describe import SobjectDescribe
from core.mapping.model import ObjectMapping, SourceRecord
from core.preview.cells import CellPlanner
from core.preview.foreseen.addresses import AddressCheck
from core.preview.foreseen.dependents import mark_dependents
from core.preview.foreseen.duplicates import Duplicates, hold_for, warned
from core.preview.foreseen.eda import EdaTrigger
from core.preview.foreseen.existing import References
from core.preview.foreseen.record_types import OpenValues, ValuesOf
from core.preview.holds import Hold, HoldKind
from core.preview.matching.matches import Match
from core.preview.plan import (
    ObjectPlace,
    Outcome,
    RecordPlan,
    hold_back,
    leave_to_contact,
    plan_record,
)
from core.preview.planning.holding import Holding
from core.preview.planning.written import Written

# What makes an inquiry complete where nothing else was agreed with the university.
COMPLETE_KEYS = ("lead.first_name", "lead.last_name", "lead.email", "lead.phone")
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
        self._cells = CellPlanner(effective_rows(draft), describe)
        self._describe = describe
        self._holding = Holding(draft, describe, complete_keys=complete_keys, written=self._written)
        self._place = ObjectPlace(draft.object_id, index, describe.name)

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
        hold = self._holding.first(source, plan, match, earlier)
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
