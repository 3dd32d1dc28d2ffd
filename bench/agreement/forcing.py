"""Sends what a preview held back or thought needless, to see that the org thinks the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bench.agreement.judging import UNKNOWABLE, Judged, Verdict
from bench.agreement.org import Answer, OrgUnderTest
from bench.agreement.slots import DrawnMapping
from bench.agreement.writing import Written
from core.mapping.apply import AppliedCell, PreparedMapping
from core.mapping.decide import Action
from core.mapping.describe import SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping, SourceRecord, WriteRule
from core.mapping.pipeline import ApplySettings
from core.mapping.problems import ProblemKind as Kind
from core.preview.cells import CellPlan
from core.preview.holds import HoldKind
from core.preview.plan import Outcome, RecordPlan
from core.preview.references import referred_object

_CHOICE: Final = frozenset({"INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "FIELD_INTEGRITY_EXCEPTION"})
_UNREADABLE: Final = frozenset({"JSON_PARSER_ERROR", "NUMBER_OUTSIDE_VALID_RANGE"})
CLOSED: Final = frozenset({"INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE"})
# What the org must answer to the raw text; a kind that is not here is a policy of the mapping.
CODES: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.TOO_LONG: frozenset({"STRING_TOO_LONG"}),
    Kind.NOT_ALLOWED_VALUE: _CHOICE,
    Kind.INACTIVE_VALUE: _CHOICE,
    Kind.CLOSED_VALUE: _CHOICE,
    Kind.WRONG_DEPENDENT_VALUE: _CHOICE,
    Kind.TOO_MANY_VALUES: frozenset({"STRING_TOO_LONG"}),
    Kind.NOT_A_BOOLEAN: _UNREADABLE,
    Kind.NOT_A_DATE: _UNREADABLE,
    Kind.AMBIGUOUS_DATE: _UNREADABLE,
    Kind.NOT_A_DATETIME: _UNREADABLE,
    Kind.MISSING_TIME_ZONE: _UNREADABLE,
    Kind.NOT_A_TIME: _UNREADABLE,
    Kind.NOT_A_NUMBER: _UNREADABLE,
    Kind.NOT_WHOLE: _UNREADABLE,
    Kind.OUT_OF_RANGE: _UNREADABLE,
    Kind.NOT_AN_EMAIL: frozenset({"INVALID_EMAIL_ADDRESS"}),
    Kind.NOT_AN_ID: frozenset({"MALFORMED_ID"}),
    Kind.WRONG_OBJECT_ID: frozenset({"MALFORMED_ID"}),
    Kind.UNWRITABLE_TYPE: CLOSED,
    Kind.UNKNOWN_FIELD: CLOSED,
}
# The same for values that fit their field, but not the rest of their record.
_CODES_TOGETHER: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.CLOSED_VALUE: _CHOICE,
    Kind.WRONG_DEPENDENT_VALUE: _CHOICE,
    Kind.UNKNOWN_COUNTRY: frozenset({"FIELD_INTEGRITY_EXCEPTION"}),
    Kind.UNKNOWN_STATE: frozenset({"FIELD_INTEGRITY_EXCEPTION"}),
    Kind.AMBIGUOUS_STATE: frozenset({"FIELD_INTEGRITY_EXCEPTION"}),
    Kind.LOOKUP_NOT_FOUND: frozenset({"INVALID_CROSS_REFERENCE_KEY", "ENTITY_IS_DELETED"}),
}


# Holds for what the org would answer to the whole record.
_CODE_OF_HOLD: Final = {
    HoldKind.MISSING_REQUIRED: "REQUIRED_FIELD_MISSING",
    HoldKind.DUPLICATE_RULE: "DUPLICATES_DETECTED",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forced:
    """A scenario after its plans were written."""

    plans: Sequence[RecordPlan]
    sources: Sequence[SourceRecord]
    drawn: DrawnMapping
    org: OrgUnderTest
    written: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One record to send although its plan holds it, and the codes that must come back."""

    plan: RecordPlan
    body: dict[str, JsonValue]
    codes: frozenset[str]
    field_name: str = ""
    predicted: str = ""
    record_id: str = field(default="")


def force_held(forced: Forced) -> Iterator[Judged]:
    """Send the plans held for a foreseen error; whatever the org takes was held for nothing."""
    for mapping in forced.drawn.draft.objects:
        describe = forced.org.describe_of(mapping.sobject_name)
        settings = ApplySettings.of(forced.drawn.draft)
        maker = _Maker(mapping, PreparedMapping(mapping, describe, settings), describe, forced)
        tries = [
            made
            for plan in forced.plans
            if plan.object_id == mapping.object_id and plan.outcome is Outcome.HELD
            if (made := maker.make(plan)) is not None
        ]
        for is_create in (True, False):
            own = [each for each in tries if bool(each.record_id) is not is_create]
            bodies = [each.body for each in own]
            if not own:
                continue
            send = forced.org.create if is_create else forced.org.update
            answers = send(mapping.sobject_name, bodies)
            for each, answer in zip(own, answers, strict=True):
                yield judge_try(each, answer)


def judge_try(tried: Try, answer: Answer) -> Judged:
    if set(answer.codes) & tried.codes:
        verdict = Verdict.AGREES
    elif answer.codes and set(answer.codes) <= UNKNOWABLE:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.DISAGREES
    return Judged(
        verdict=verdict,
        row_number=tried.plan.row_number,
        object_id=tried.plan.object_id,
        field_name=tried.field_name,
        predicted=f"held: {tried.predicted}; sent {tried.body.get(tried.field_name)!r:.120}",
        happened=", ".join(answer.codes) + f" {answer.message[:120]}" if answer.codes else "taken",
        codes=answer.codes,
    )


class _Maker:
    """Makes the record that a held plan would have sent, with the raw text that holds it."""

    def __init__(
        self,
        mapping: ObjectMapping,
        prepared: PreparedMapping,
        describe: SobjectDescribe,
        forced: Forced,
    ) -> None:
        rows = (row for row in mapping.rows if row.write_rule is WriteRule.APPEND)
        self._appending = {row.row_id for row in rows}
        self._prepared, self._changed = prepared, forced.written.changed_ids
        # The rows written before may hold the same id by now, which is not what is asked here.
        self._unique = {each.name for each in describe.fields if each.unique}
        self._sources = {each.row_number: each for each in forced.sources}

    def make(self, plan: RecordPlan) -> Try | None:
        sendable = self._sendable(plan)
        if sendable is None:
            return None
        base: dict[str, JsonValue] = {"Id": plan.matched_id} if plan.matched_id else {}
        base |= {name: value for name, value in sendable.items() if name not in self._unique}
        if plan.hold_kind is HoldKind.VALUE_TAKEN and plan.matched_id not in self._changed:
            codes, predicted = frozenset({"DUPLICATE_VALUE"}), "another record holds the value"
            return self._try(plan, {**base, **sendable}, codes, predicted=predicted)
        if plan.hold_kind in (HoldKind.CONVERTED_LEAD, HoldKind.DELETED):
            return self._of_moved(plan, base)
        code = _CODE_OF_HOLD.get(plan.hold_kind or HoldKind.NO_MATCH, "")
        if code and not self._has_moved(plan):
            return self._try(plan, base, frozenset({code}), predicted=str(plan.hold_kind))
        if plan.hold_kind not in (HoldKind.BLOCKED_VALUE, HoldKind.LOOKUP_NOT_FOUND):
            return None
        return self._with_raw(plan, base)

    def _has_moved(self, plan: RecordPlan) -> bool:
        """Whether it, or what it was held for, was changed or made by another row meanwhile."""
        ids = {each.record_id for each in plan.candidates}
        return bool("" in ids or ({plan.matched_id, *ids} & self._changed))

    def _of_moved(self, plan: RecordPlan, base: dict[str, JsonValue]) -> Try:
        """To the very record that is said to take nothing any more."""
        if plan.hold_kind is HoldKind.CONVERTED_LEAD:
            codes, predicted = frozenset({"CANNOT_UPDATE_CONVERTED_LEAD"}), "converted lead"
            return self._try(plan, base, codes, predicted=predicted)
        record_id = plan.candidates[0].record_id
        codes = frozenset({"ENTITY_IS_DELETED"})
        return Try(plan=plan, body={**base, "Id": record_id}, codes=codes,
                    predicted="deleted record", record_id=record_id)  # fmt: skip

    def _with_raw(self, plan: RecordPlan, base: dict[str, JsonValue]) -> Try | None:
        """With the raw text where it was not read, else with the value that the org refuses."""
        first = next(cell for cell in plan.cells if any(p.blocks for p in cell.problems))
        kind = next(each.kind for each in first.problems if each.blocks)
        applied = self._applied_cell(plan, first.row_id)
        if kind in _CODES_TOGETHER and plan.matched_id in self._changed:
            return None  # another row may have completed the record meanwhile
        if applied.is_blocked:
            text = applied.text or applied.source_text
            if not text or kind not in CODES or text == first.current:
                return None  # an org does not judge again what it holds
            body = {**base, first.field_name: text}
            return self._try(plan, body, self._codes(plan), first.field_name, kind)
        if kind not in _CODES_TOGETHER or applied.ask is not None:
            return None
        return self._try(plan, base, self._codes(plan), first.field_name, kind)

    def _codes(self, plan: RecordPlan) -> frozenset[str]:
        """The org names one of several errors: whichever it comes to first."""
        kinds = {each.kind for each in plan.problems if each.blocks}
        known = (each.get(kind, frozenset()) for kind in kinds for each in (CODES, _CODES_TOGETHER))
        return frozenset().union(*known)

    def _applied_cell(self, plan: RecordPlan, row_id: str) -> AppliedCell:
        applied = self._prepared.apply(self._sources[plan.row_number])
        return next(cell for cell in applied.cells if cell.row_id == row_id)

    def _sendable(self, plan: RecordPlan) -> dict[str, JsonValue] | None:
        """The other values; None where one waits for a record that is not there."""
        body: dict[str, JsonValue] = {}
        for cell in plan.cells:
            if cell.action is Action.CLEAR:
                body[cell.field_name] = None
            elif cell.action is Action.SEND:
                if referred_object(cell.value) or self._is_joined(cell):
                    return None
                body[cell.field_name] = cell.value
        return body

    def _is_joined(self, cell: CellPlan) -> bool:
        """What an append would send is not kept with a plan that is held."""
        return cell.row_id in self._appending and cell.current is not None

    def _try(
        self,
        plan: RecordPlan,
        body: dict[str, JsonValue],
        codes: frozenset[str],
        field_name: str = "",
        predicted: str = "",
    ) -> Try:
        return Try(plan=plan, body=body, codes=codes, field_name=field_name,
                    predicted=predicted, record_id=plan.matched_id)  # fmt: skip
