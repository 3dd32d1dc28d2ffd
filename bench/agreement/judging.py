"""Whether the org did what one plan said: taken, on the right record, with the right values."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from bench.agreement.org import Answer, OrgUnderTest, Record
from bench.agreement.sameness import is_kept, is_like
from bench.agreement.writing import ACTING, Written, key_of
from core.mapping.describe import FieldDescribe
from core.mapping.model import FieldRow, JsonValue, NullRule, WriteRule
from core.mapping.problems import ProblemKind
from core.preview.cells import CellPlan
from core.preview.plan import Outcome, RecordPlan
from core.preview.references import referred_row

# What the preview's page says no preview can know.
UNKNOWABLE: Final = frozenset(
    {"FIELD_CUSTOM_VALIDATION_EXCEPTION", "DUPLICATES_DETECTED", "CANNOT_EXECUTE_FLOW_TRIGGER"}
)
_PACKAGE: Final = "the EDA package also sets "  # before the labels of what changes unsent
_APPENDABLE: Final = frozenset({"string", "textarea", "multipicklist"})
_OWN_TEXT: Final = "the row's own text"  # a step or the value map may have made a blank, too
# What a trigger of the org's own fills in on new records: a later row of the batch finds it there.
_FILLED_BY_TRIGGER: Final = frozenset({"TargetX_SRMb__Stage__c"})
_OPT_OUT_WORDS: Final = ("optedout", "donot", "optout")


class Verdict(StrEnum):
    AGREES = "agrees"
    UNKNOWN = "cannot know"
    DISAGREES = "disagrees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One prediction with what happened. `codes` are those of a refusal that was foreseen."""

    verdict: Verdict
    row_number: int
    object_id: str
    field_name: str = ""
    predicted: str = ""
    happened: str = ""
    codes: tuple[str, ...] = ()


def judge_plan(
    plan: RecordPlan, rows: Mapping[str, FieldRow], org: OrgUnderTest, written: Written
) -> Iterator[Judged]:
    """Yield a disagreement for each thing that came otherwise, else one agreement."""
    found = list(_Judge(plan, rows, org, written).findings())
    yield from found or (_told(plan, Verdict.AGREES),)


def unknown_for(plan: RecordPlan, written: Written) -> Judged:
    """For a plan that builds on a row whose refusal nobody can foresee; else a disagreement."""
    rows = {plan.after_row, plan.made_by_row, *map(referred_row, plan.payload.values())} - {0}
    codes = {c for key, each in written.answers.items() if key[0] in rows for c in each.codes}
    is_unknowable = bool(codes) and codes <= UNKNOWABLE | {"PROCESSING_HALTED"}
    return _told(
        plan,
        Verdict.UNKNOWN if is_unknowable else Verdict.DISAGREES,
        predicted=f"{plan.outcome} after row {plan.after_row}",
        happened="the earlier row was refused",
        codes=tuple(codes),
    )


def _told(plan: RecordPlan, verdict: Verdict, **words: object) -> Judged:
    return Judged(
        verdict=verdict,
        row_number=plan.row_number,
        object_id=plan.object_id,
        **words,  # type: ignore[arg-type]  # words are the rest of Judged
    )


class _Judge:
    def __init__(
        self,
        plan: RecordPlan,
        rows: Mapping[str, FieldRow],
        org: OrgUnderTest,
        written: Written,
    ) -> None:
        self._plan, self._rows, self._written = plan, rows, written
        self._describe = org.describe_of(plan.sobject_name)
        self._before = written.before.get(plan.matched_id) if plan.matched_id else None

    def findings(self) -> Iterator[Judged]:
        if self._plan.outcome not in ACTING:
            yield from self._untouched()
            return
        answer = self._written.answers[key_of(self._plan)]
        if not answer.is_taken:
            yield self._refused(answer)
            return
        is_create = self._plan.outcome is Outcome.CREATE
        record_id = answer.record_id or self._plan.matched_id
        if is_create and record_id in self._written.before:
            yield self._wrong("", "a new record", f"{record_id} was changed")
        if not is_create and answer.record_id not in ("", self._plan.matched_id):
            yield self._wrong("", self._plan.matched_id, answer.record_id)
        yield from self._values(self._written.after[record_id])

    def _refused(self, answer: Answer) -> Judged:
        is_foreseeable = "Preferred " in answer.message  # of EDA, whose rules are known
        is_unknowable = not is_foreseeable and (
            set(answer.codes) <= UNKNOWABLE or self._waits_for_unknowable(answer)
        )
        return _told(
            self._plan,
            Verdict.UNKNOWN if is_unknowable else Verdict.DISAGREES,
            predicted=f"{self._plan.outcome}, taken",
            happened=f"{', '.join(answer.codes)}: {answer.message[:160]}",
            codes=answer.codes,
        )

    def _waits_for_unknowable(self, answer: Answer) -> bool:
        """A part whose parent was refused names a reference that has no value."""
        if "PROCESSING_HALTED" not in answer.codes:
            return False
        row = self._plan.row_number
        others = (each for key, each in self._written.answers.items() if key[0] == row)
        return any(each.codes and set(each.codes) <= UNKNOWABLE for each in others)

    def _untouched(self) -> Iterator[Judged]:
        after = self._written.after.get(self._plan.matched_id)
        if self._before is None or after is None or self._is_shared():
            return
        for name, value in self._before.items():
            if name != "attributes" and after[name] != value:
                yield self._wrong(name, f"{self._plan.outcome}: {value!r}", repr(after[name]))

    def _is_shared(self) -> bool:
        """Another row of the batch may write the record that this one leaves alone."""
        return self._plan.matched_id in self._written.changed_ids

    def _values(self, after: Record) -> Iterator[Judged]:
        for cell in self._plan.cells:
            field = self._describe.field(cell.field_name)
            if field is None:
                continue
            held = after[field.name]
            parent = isinstance(cell.value, str) and cell.value.startswith("@{")
            if parent or (not cell.will_send and field.label in self._set_by_package):
                continue
            is_over = any(each.kind is ProblemKind.WRITTEN_OVER for each in cell.problems)
            if cell.will_send and is_kept(cell.sent_value, held, field) is is_over:
                words = f"sends {cell.sent_value!r}{', written over' if is_over else ''}"
                yield self._wrong(field.name, words, f"holds {held!r}")
            elif not is_over:
                yield from self._decision(cell, field, held)

    @cached_property
    def _set_by_package(self) -> frozenset[str]:
        """The labels of fields that the preview said would change beside what is sent."""
        notes = [each.note.partition(_PACKAGE)[2] for each in self._plan.cells]
        return frozenset(label for note in notes for label in note.split(", "))

    def _decision(self, cell: CellPlan, field: FieldDescribe, held: JsonValue) -> Iterator[Judged]:
        """Say again, apart from the console, what the write rule wants, and look for it."""
        before = self._before[field.name] if self._before is not None else None
        if self._before is None and not cell.will_send and cell.value is None:
            return
        is_foreseen = before is None or is_like(cell.current, before, field)
        if self._plan.made_by_row and field.name in _FILLED_BY_TRIGGER and not is_foreseen:
            yield _told(self._plan, Verdict.UNKNOWN, field_name=field.name, codes=("TRIGGER",))
            return
        rule = Rule(self._rows.get(cell.row_id), field)
        if not rule.is_met(cell, before, held, is_create=self._before is None):
            words = f"{cell.action} ({cell.reason}), value {cell.value!r}, before {before!r}"
            yield self._wrong(field.name, words, f"holds {held!r}")

    def _wrong(self, field_name: str, predicted: str, happened: str) -> Judged:
        return _told(
            self._plan,
            Verdict.DISAGREES,
            field_name=field_name,
            predicted=predicted,
            happened=happened,
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One row's write rule in the judge's own words; a record type's own row has none."""

    row: FieldRow | None
    field: FieldDescribe

    def is_met(
        self, cell: CellPlan, before: JsonValue, after: JsonValue, *, is_create: bool
    ) -> bool:
        """Tell whether `after` is what the rule leaves; True where it says nothing."""
        if is_create:
            return not self.field.createable or is_kept(cell.value, after, self.field)
        if self._is_silent(cell):
            return True
        if cell.value is None:
            clears = self._rule is WriteRule.ALWAYS and self._can_clear
            return after is None if clears else after == before
        if self._keeps(cell, before):
            return after == before
        if self._rule is WriteRule.APPEND and before is not None:
            return self._has_both(cell, before, after)
        return is_like(cell.value, after, self.field)

    @property
    def _rule(self) -> WriteRule:
        return self.row.write_rule if self.row else WriteRule.CREATE_ONLY

    @property
    def _can_clear(self) -> bool:
        return self.field.nillable and self.field.updateable

    def _is_silent(self, cell: CellPlan) -> bool:
        """Where the source gave nothing, or where a time or a lookup decides."""
        if cell.value is not None:
            return self._rule is WriteRule.ONLY_IF_NEWER
        if self.row is None or self.row.lookup or self.field.type == "boolean":
            return True
        return cell.source_text is None or bool(cell.problems)

    def _keeps(self, cell: CellPlan, before: JsonValue) -> bool:
        is_filled = before is not None
        is_boolean = self.field.type == "boolean"
        name = self.field.name.replace("_", "").lower()
        is_opt_out = is_boolean and any(word in name for word in _OPT_OUT_WORDS)
        is_fallback = (
            self.row is not None
            and self.row.null_rule is NullRule.USE_TEXT
            and (not (cell.source_text or "").strip() or _OWN_TEXT in cell.note)
            and self._rule is not WriteRule.ALWAYS
        )
        return (
            not self.field.updateable
            or self._rule is WriteRule.CREATE_ONLY
            or (self._rule is WriteRule.IF_BLANK and (is_filled or is_boolean))
            or (is_fallback and is_filled)
            or (self._rule is WriteRule.APPEND and is_filled and not self._can_append)
            or (is_opt_out and before is True)
        )

    @property
    def _can_append(self) -> bool:
        return self.field.type in _APPENDABLE

    def _has_both(self, cell: CellPlan, before: JsonValue, after: JsonValue) -> bool:
        whole = _folded(after)
        pieces = [_folded(before), _folded(cell.value)]
        if self.field.type == "multipicklist":
            pieces = [part for piece in pieces for part in piece.split(";")]
        return all(piece in whole for piece in pieces)


def _folded(value: JsonValue) -> str:
    return unicodedata.normalize("NFC", str(value)).casefold()
