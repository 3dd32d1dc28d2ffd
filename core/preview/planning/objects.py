"""One object of the mapping over a whole batch: its forms' rows, its matches, its plans."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from core.errors import MappingProblem
from core.mapping.apply import AppliedRecord, PreparedMapping, effective_rows
from core.mapping.conversions import conversion_problems, takes_over
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import form_id_of, objects_for_form, override_for, takes_part
from core.mapping.lookups import LookupAsk
from core.mapping.model import MappingDraft, ObjectMapping, SourceRecord
from core.mapping.pipeline import ApplySettings
from core.mapping.stored_ids import StoredId
from core.preview.cells import CellPlanner
from core.preview.foreseen.duplicates import Duplicates
from core.preview.foreseen.eda import EdaTrigger
from core.preview.foreseen.existing import References
from core.preview.foreseen.record_types import ValuesOf
from core.preview.matching.keys import Ask, find_keys
from core.preview.matching.lookups import DescribeOf, LookupAnswers
from core.preview.matching.moved import Conversion
from core.preview.matching.returning import Returning
from core.preview.plan import Outcome, RecordPlan
from core.preview.planning.match import Matcher
from core.preview.planning.planner import COMPLETE_KEYS, Planner
from core.preview.planning.telling import told_of_id, told_of_lead, without_reference
from core.preview.references import (
    parent_fields,
    parents_of,
    reference_to,
)
from core.salesforce.duplicate_rules import DuplicateRule

Earlier = Mapping[str, RecordPlan]


@dataclass(frozen=True, slots=True)
class Applied:
    """One inquiry that makes a record of the object, ready to be matched and planned."""

    source: SourceRecord
    record: AppliedRecord


@dataclass(frozen=True, slots=True)
class _Form:
    """The object's rows as one AI Form sends them."""

    prepared: PreparedMapping
    cells: CellPlanner


class PlannedObject:
    """The object at `index` of a mapping: look up, then match a batch, then plan it in order."""

    def __init__(
        self,
        draft: MappingDraft,
        index: int,
        describe: SobjectDescribe,
        *,
        labels: Mapping[str, str],
        complete_keys: Sequence[str] = COMPLETE_KEYS,
        values_of: ValuesOf | None = None,
        duplicate_rules: Sequence[DuplicateRule] = (),
        unenforced: Sequence[str] = (),
    ) -> None:
        """Raises MappingProblem for a match key that cannot be looked up."""
        self.mapping, self.describe = draft.objects[index], describe
        self._draft, self._index, self._labels = draft, index, labels
        self._parents = parents_of(self.mapping)
        self._parent_fields = parent_fields(self.mapping)
        over = takes_over(draft)
        # what points at the contact of a converted lead is made with that contact only
        self._converted = {over.object_id} & set(self._parents) if over else set[str]()
        self._answers = LookupAnswers()
        self._forms: dict[str, _Form] = {}
        whole = _with_all_forms(draft, index)
        duplicates = Duplicates(
            duplicate_rules,
            whole,
            describe,
            find_keys(whole, describe),
            EdaTrigger(describe, unenforced),
        )
        self.matcher = Matcher(
            whole,
            describe,
            beside=duplicates.keys,
            may_hold=duplicates.may_hold,
            also_read=duplicates.field_names,
        )
        duplicates.use(self.matcher.held_by)
        self._references = References(describe, self._parent_fields)
        self._planner = Planner(
            self.mapping,
            describe,
            complete_keys=complete_keys,
            values_of=values_of,
            references=self._references,
            index=index,
            written=self.matcher.written,
            duplicates=duplicates,
            unenforced=unenforced,
            is_taken_over=index == 0 and takes_over(draft) is not None,
        )

    def lookups(self, sources: Iterable[SourceRecord]) -> set[LookupAsk]:
        """Return what the org must be asked before `look_for`."""
        by_form: dict[str, list[SourceRecord]] = {}
        for source in sources:
            if self._takes(source):
                by_form.setdefault(self._form_id(source), []).append(source)
        return {
            ask
            for form_id, found in by_form.items()
            for ask in self._form(form_id).prepared.lookups(found)
        }

    def use(self, answers: LookupAnswers) -> None:
        """Take what the org answered to `lookups`."""
        self._answers = answers
        self._forms = {}

    def apply(self, source: SourceRecord, earlier: Earlier) -> AppliedRecord | None:
        """Return the inquiry's cells; None where it makes no record of this object."""
        if not self._takes(source) or any(name not in earlier for name in self._converted):
            return None
        conversion = self._led_on(earlier) if self.mapping.only_converted else None
        if self.mapping.only_converted and conversion is None:
            return None
        parents = {name: _id_of(earlier[name]) for name in self._parents if name in earlier}
        applied = self._form(self._form_id(source)).prepared.apply(source, parents)
        if conversion:
            applied = replace(applied, stored_id=StoredId(conversion.contact_id))
        if not (self._parents or self._answers.labels):
            return applied
        labels, parents_in = self._answers.labels, self._parent_fields
        return replace(
            applied, cells=tuple(told_of_id(cell, labels, parents_in) for cell in applied.cells)
        )

    def look_for_references(
        self, applied: Sequence[AppliedRecord], describe_of: DescribeOf, ask: Ask
    ) -> None:
        """Ask whether the records that plain ids point at are there; `ask` is called once at most.

        Raises what reading the org raises.
        """
        self._references.look_for(applied, describe_of, ask)

    def look_for(
        self,
        applied: Mapping[int, Applied],
        ask: Ask,
        check_stopped: Callable[[], None] = lambda: None,
    ) -> Returning:
        """Ask for the records of a batch, given by row number, as Matcher.look_for does."""
        records = [each.record for each in applied.values()]
        return self.matcher.look_for(records, ask, check_stopped)

    def plan(self, applied: Applied, earlier: Earlier) -> RecordPlan:
        """Return the plan of the batch's next inquiry."""
        source, cells = applied.source, self._form(self._form_id(applied.source)).cells
        match = self.matcher.match(applied.record)
        if self.mapping.only_converted and match.record:
            match = told_of_lead(match, self._led_on(earlier))
        plan = self._planner.plan(source, applied.record, match, cells=cells, earlier=earlier)
        if not self._parent_fields or not match.after_row:
            return plan
        return replace(plan, cells=tuple(map(without_reference, plan.cells)))

    def _led_on(self, earlier: Earlier) -> Conversion | None:
        """How the person's lead was converted, where its contact is to take over."""
        person = earlier.get(self._draft.person.object_id)
        is_left = person is not None and person.outcome is not Outcome.HELD
        return person.conversion if person and is_left else None

    def _takes(self, source: SourceRecord) -> bool:
        """A person is always planned, if only to be held, so that no inquiry is lost to sight."""
        return self._index == 0 or takes_part(self.mapping, source.values)

    def _form_id(self, source: SourceRecord) -> str:
        """The form that has rows of its own, else the empty id of the default."""
        if not self._draft.forms:
            return ""
        form_id = form_id_of(source)
        return form_id if override_for(self._draft, form_id) else ""

    def _form(self, form_id: str) -> _Form:
        if form_id not in self._forms:
            mapping = objects_for_form(self._draft, form_id)[self._index]
            settings = ApplySettings.of(self._draft, self._labels, self._answers.resolved)
            # what a dependent value is judged by may be held by the record, or not be sent
            prepared = PreparedMapping(mapping, self.describe, settings, is_whole=False)
            cells = CellPlanner(effective_rows(mapping), self.describe)
            self._forms[form_id] = _Form(prepared, cells)
        return self._forms[form_id]


def check_order(draft: MappingDraft) -> None:
    """Raise MappingProblem where two objects share a name or one points at a later one."""
    for message, advice in conversion_problems(draft):
        raise MappingProblem(message, advice=advice)
    before: set[str] = set()
    for mapping in draft.objects:
        if mapping.object_id in before:
            raise MappingProblem(
                f"Two objects of the mapping are called {mapping.object_id}.",
                advice="Rename one of them on the mapping page, then save.",
            )
        later = [name for name in parents_of(mapping) if name not in before]
        if later:
            raise MappingProblem(
                f"{mapping.sobject_name} needs the id of {later[0]}, which is not before it.",
                advice="Put the object that it points at before it on the mapping page, then save.",
            )
        before.add(mapping.object_id)


def _id_of(plan: RecordPlan) -> str:
    return plan.matched_id or reference_to(plan.object_id, plan.made_by_row)


def _with_all_forms(draft: MappingDraft, index: int) -> ObjectMapping:
    """The object with every form's rows, so that all that any of them touches is read."""
    mapping = draft.objects[index]
    forms = ("", *(each.form_id for each in draft.forms))
    rows = (row for form_id in forms for row in objects_for_form(draft, form_id)[index].rows)
    return replace(mapping, rows=tuple(dict.fromkeys(rows)))
