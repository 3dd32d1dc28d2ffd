"""What the org's exact duplicate rules would find again, in it and earlier in the batch. Pure.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.mapping.apply import effective_rows
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping
from core.mapping.problems import Problem, ProblemKind
from core.preview.holds import Hold, HoldKind
from core.preview.matching.judging import MAX_CANDIDATES
from core.preview.matching.keys import Folded, Key, OrgRecord
from core.preview.matching.matches import Candidate, Match
from core.preview.plan import Outcome, RecordPlan
from core.preview.references import referred_row
from core.salesforce.duplicate_rules import DuplicateAction, DuplicateRule

HeldBy = Callable[[Key, Folded], Mapping[str, OrgRecord]]
DuplicatesOf = Callable[[str], Sequence[DuplicateRule]]
_NOTE = "likely the same, by a duplicate rule"
_ANCHOR_TYPES = ("email", "phone")  # few records share one


@dataclass(frozen=True, slots=True)
class Likely:
    """What one rule finds again: records of the org, and those that earlier rows make."""

    rule: DuplicateRule
    key: Key
    action: DuplicateAction
    records: Mapping[str, OrgRecord]

    @property
    def row_number(self) -> int:
        """The row of the batch that makes what is found; 0 where the org holds it already."""
        return max(map(referred_row, self.records), default=0)

    def whom(self, label: str) -> str:
        """What is found, in words; `label` is what the org calls the object."""
        new = self.row_number
        return f"the new {label} of row {new}" if new else f"another {label}"


@dataclass(frozen=True, slots=True)
class _Exact:
    """Fields that a rule compares, and the key by whose answers its records are found."""

    rule: DuplicateRule
    key: Key
    anchor: Key


class Duplicates:
    """The rules over one object. `keys` are those that the org is asked by anyhow."""

    def __init__(
        self,
        rules: Sequence[DuplicateRule],
        draft: ObjectMapping,
        describe: SobjectDescribe,
        keys: Sequence[Key],
    ) -> None:
        self._describe = describe
        self._served = {row.field_name.casefold() for row in effective_rows(draft)}
        name_field = next((field.name for field in describe.fields if field.name_field), "Id")
        self._name_field = name_field
        self._exact = tuple(self._find_exact(rules, keys))
        self._held_by: HeldBy = lambda _key, _folded: {}

    @property
    def field_names(self) -> tuple[str, ...]:
        """What has to be read of every record to tell whether the rules take it for the same."""
        return tuple(field.name for each in self._exact for field in each.key.fields)

    @property
    def anchors(self) -> tuple[Key, ...]:
        """The keys whose answers hold every record that the rules can find."""
        return tuple(dict.fromkeys(each.anchor for each in self._exact))

    def use(self, held_by: HeldBy) -> None:
        """Take who tells which records hold an anchor's values."""
        self._held_by = held_by

    def look(self, plan: RecordPlan, match: Match) -> Likely | None:
        """Return what the org would find when this is sent; one that refuses comes first."""
        found = list(self._hits(plan, match))
        blocks = (each for each in found if each.action is DuplicateAction.BLOCKS)
        return next(blocks, next(iter(found), None))

    def candidates(self, likely: Likely) -> tuple[Candidate, ...]:
        return tuple(map(self._candidate, list(likely.records.values())[:MAX_CANDIDATES]))

    def _candidate(self, record: OrgRecord) -> Candidate:
        record_id, row_number = str(record["Id"]), referred_row(record["Id"])
        name = record.get(self._name_field) or (f"Row {row_number}" if row_number else record_id)
        return Candidate(
            "" if row_number else record_id,
            str(name),
            sobject_name=self._describe.name,
            note=_NOTE,
        )

    def _find_exact(self, rules: Sequence[DuplicateRule], keys: Sequence[Key]) -> Iterator[_Exact]:
        for rule in rules:
            for names in rule.matches:
                fields = tuple(field for name in names if (field := self._describe.field(name)))
                served = [f for f in fields if f.name.casefold() in self._served and f.filterable]
                if len(fields) == len(names) and served:
                    yield _Exact(rule, Key(fields), _anchor(fields, served, keys))

    def _hits(self, plan: RecordPlan, match: Match) -> Iterator[Likely]:
        for each, folded in self._asked(plan, match):
            is_create = plan.outcome is Outcome.CREATE
            action = each.rule.on_create if is_create else each.rule.on_update
            if action is DuplicateAction.SAVES:
                continue
            if records := self._records(each, folded, plan, match):
                yield Likely(each.rule, each.key, action, records)

    def _asked(self, plan: RecordPlan, match: Match) -> Iterator[tuple[_Exact, Folded]]:
        """The rules that run: an edit of other fields wakes none, a blank matches nothing."""
        if plan.outcome not in (Outcome.CREATE, Outcome.UPDATE):
            return
        for each in self._exact:
            names = [field.name for field in each.key.fields]
            if plan.outcome is Outcome.UPDATE and not any(name in plan.payload for name in names):
                continue
            values = [_final(name, plan, match) for name in names]
            if not any(is_blank(value) for value in values):
                yield each, each.key.fold(values)

    def _records(
        self, exact: _Exact, folded: Folded, plan: RecordPlan, match: Match
    ) -> dict[str, OrgRecord]:
        values = [_final(field.name, plan, match) for field in exact.anchor.fields]
        return {
            record_id: record
            for record_id, record in self._held_by(exact.anchor, exact.anchor.fold(values)).items()
            if record_id != match.record_id
            and record.get("IsConverted") is not True
            and exact.key.fold_record(record) == folded
            and all(
                _is_spelled_alike(_final(field.name, plan, match), record.get(field.name))
                for field in exact.key.fields
            )
        }


def _anchor(
    fields: Sequence[FieldDescribe], served: Sequence[FieldDescribe], keys: Sequence[Key]
) -> Key:
    """A match key within the rule's fields costs no question; else the field that few share."""
    within = (key for key in keys if set(key.fields) <= set(fields))
    known = max(within, key=lambda key: len(key.fields), default=None)
    if known is not None:
        return known
    rare = next((f for kind in _ANCHOR_TYPES for f in served if f.type == kind), None)
    return Key((rare,) if rare else tuple(served))


def _final(name: str, plan: RecordPlan, match: Match) -> JsonValue:
    """What the record will hold once the plan is pushed."""
    return plan.payload[name] if name in plan.payload else (match.record or {}).get(name)


def _is_spelled_alike(ours: JsonValue, theirs: JsonValue) -> bool:
    """An exact comparison does not put letters and their accents together, as a search does."""
    texts = (str(ours), str(theirs))
    return all(unicodedata.is_normalized("NFC", text) for text in texts) or (
        texts[0].strip().lower() == texts[1].strip().lower()
    )


def hold_for(likely: Likely, label: str) -> Hold | None:
    """Return the hold of a rule that refuses; one that only asks back leaves the record as it is.

    `label` is what the org calls the object.
    """
    if likely.action is not DuplicateAction.BLOCKS:
        return None
    same, whom = likely.key.label, likely.whom(label)
    return Hold(
        HoldKind.DUPLICATE_RULE,
        f"The org's duplicate rule {likely.rule.title} would refuse it: {whom} has the same "
        f"{same}. Merge or correct in Salesforce, or let the mapping match by these fields.",
    )


def warned(plan: RecordPlan, likely: Likely, label: str) -> RecordPlan:
    """Return the plan with a warning on the first field of the rule that is sent."""
    names = {field.name for field in likely.key.fields}
    sent = (n for n, c in enumerate(plan.cells) if c.will_send and c.field_name in names)
    place = next(sent, None)
    if place is None or likely.action is DuplicateAction.BLOCKS:
        return plan
    cells = list(plan.cells)
    problems = (*cells[place].problems, _problem(likely, label))
    cells[place] = replace(cells[place], problems=problems)
    return replace(plan, cells=tuple(cells))


def _problem(likely: Likely, label: str) -> Problem:
    does = "stops such a record unless the push says to save it anyway"
    if likely.action is DuplicateAction.UNKNOWN:
        does = "refuses such a record, or stops it unless the push says to save it anyway"
    return Problem(
        ProblemKind.LIKELY_DUPLICATE,
        f"By {likely.key.label} it is likely the same as {likely.whom(label)}: the org's "
        f"duplicate rule {likely.rule.title} {does}.",
        "Look at the likely match first; to change that one instead, let the mapping match by "
        "these fields.",
        blocks=False,
    )
