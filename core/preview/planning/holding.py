"""Which of a planned record's reasons to wait comes first. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from core.errors import WhoActs
from core.halda.schema import field_for_key
from core.mapping.coercion.compare import is_blank
from core.mapping.decide import Action
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import takes_part
from core.mapping.model import PERSON_OBJECT_ID, ObjectMapping, SourceRecord
from core.preview.holds import Hold, HoldKind, kind_of
from core.preview.matching.matches import Match
from core.preview.matching.moved import hold_beside_converted
from core.preview.plan import Outcome, RecordPlan
from core.preview.planning.written import Written
from core.preview.references import parent_fields, parents_of, referred_row

_STATUS_KEY = "submission.status"
_FIRST_NAME = "lead.first_name"


class Holding:
    """The reasons of one object; `written` tells what earlier rows would leave."""

    def __init__(
        self,
        draft: ObjectMapping,
        describe: SobjectDescribe,
        *,
        complete_keys: Sequence[str],
        written: Written,
    ) -> None:
        self._draft, self._describe = draft, describe
        self._parent_fields, self._parents = parent_fields(draft), parents_of(draft)
        self._complete_keys, self._written = complete_keys, written
        self._required = [f for f in describe.fields if f.is_required_on_create and f.is_writable]

    def first(
        self,
        source: SourceRecord,
        plan: RecordPlan,
        match: Match,
        earlier: Mapping[str, RecordPlan],
    ) -> Hold | None:
        """Return the first reason to hold a planned record; `earlier` as `Planner.plan` has it."""
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
        if not self._parent_fields:
            return None
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
        for each in match.uniques:
            others = each.holders - {match.record_id}
            if others and plan.payload.get(each.field_name) is not None:
                field = self._describe.field(each.field_name)
                return self._taken(field.label if field else "value", others)
        return None

    def _taken(self, label: str, holders: frozenset[str]) -> Hold:
        once = f"this {label}, which Salesforce allows on one record only."
        if rows := sorted(row for each in holders if (row := referred_row(each))):
            return Hold(
                HoldKind.VALUE_TAKEN,
                f"The new {self._describe.label} of row {rows[0]} would hold {once} Correct one of "
                "the two at the source.",
                WhoActs.OPERATOR,
            )
        return Hold(
            HoldKind.VALUE_TAKEN,
            f"Another {self._describe.label} holds {once} Tell which is right in Salesforce, or "
            "merge the two.",
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
