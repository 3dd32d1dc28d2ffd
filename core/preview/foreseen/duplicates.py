"""What the org's exact duplicate rules would find again, in it and earlier in the batch. Pure.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping
from core.mapping.problems import Problem, ProblemKind
from core.preview.foreseen.eda import EdaTrigger
from core.preview.holds import Hold, HoldKind
from core.preview.matching.judging import MAX_CANDIDATES
from core.preview.matching.keys import Folded, Key, OrgRecord, fold
from core.preview.matching.matches import Candidate, Match
from core.preview.plan import Outcome, RecordPlan
from core.preview.references import referred_row
from core.salesforce.duplicate_rules import DuplicateAction, DuplicateRule

HeldBy = Callable[[Key, Folded], Mapping[str, OrgRecord]]
Options = tuple[Key, Mapping[str, Sequence[JsonValue]]]
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
    """Fields that a rule compares, and the key whose questions bring what holds the same."""

    rule: DuplicateRule
    key: Key
    anchor: Key

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.key.fields)


class Duplicates:
    """The rules over one object. `keys` are those that the org is asked by anyhow.

    `eda` tells what the package's trigger writes before the rules compare.
    """

    def __init__(
        self,
        rules: Sequence[DuplicateRule],
        draft: ObjectMapping,
        describe: SobjectDescribe,
        keys: Sequence[Key],
        eda: EdaTrigger | None = None,
    ) -> None:
        self._describe, self._eda = describe, eda
        self._served = {row.field_name.casefold() for row in effective_rows(draft)}
        name_field = next((field.name for field in describe.fields if field.name_field), "Id")
        self._name_field = name_field
        self._exact = tuple(self._find_exact(rules, keys))
        self._held_by: HeldBy = lambda _key, _folded: {}

    @property
    def field_names(self) -> tuple[str, ...]:
        """What has to be read of every record to tell whether the rules take it for the same."""
        return tuple(name for each in self._exact for name in each.names)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The rules' own fields, each behind those whose answers hold every record they find."""
        asked = (key for each in self._exact for key in (each.anchor, each.key))
        return tuple(dict.fromkeys(asked))

    def use(self, held_by: HeldBy) -> None:
        """Take who tells which records hold the values of a rule's fields."""
        self._held_by = held_by

    def may_hold(self, applied: AppliedRecord, record: OrgRecord | None) -> Iterator[Options]:
        """Yield, for each rule that may wake, what its fields may hold once this is written.

        A field that is kept, or set by a package, holds what no inquiry asks for.
        """
        for each in self._exact:
            if any(self._is_new(field, applied, record) for field in each.key.fields):
                yield each.key, {f.name: self._options(f, applied, record) for f in each.key.fields}

    def _is_new(
        self, field: FieldDescribe, applied: AppliedRecord, record: OrgRecord | None
    ) -> bool:
        return any(
            not is_blank(value := applied.value(name))
            and (record is None or fold(value, field) != fold(record.get(name), field))
            for name in self._sources(field)
        )

    def _options(
        self, field: FieldDescribe, applied: AppliedRecord, record: OrgRecord | None
    ) -> tuple[JsonValue, ...]:
        held = record or {}
        values = (v for n in self._sources(field) for v in (applied.value(n), held.get(n)))
        return tuple(
            {fold(value, field): value for value in values if not is_blank(value)}.values()
        )

    def _sources(self, field: FieldDescribe) -> tuple[str, ...]:
        """The field itself, and those of which a package copies values into it."""
        return (field.name, *(self._eda.sources(field.name) if self._eda else ()))

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
                served = [f for f in fields if self._is_served(f) and f.filterable]
                if len(fields) == len(names) and served:
                    anchor = _anchor(fields, served, keys)
                    is_whole = set(anchor.fields) == set(fields)
                    yield _Exact(rule, anchor if is_whole else Key(fields), anchor)

    def _is_served(self, field: FieldDescribe) -> bool:
        return any(name.casefold() in self._served for name in self._sources(field))

    def _hits(self, plan: RecordPlan, match: Match) -> Iterator[Likely]:
        if not self._exact or plan.outcome not in (Outcome.CREATE, Outcome.UPDATE):
            return
        set_by_package = self._eda.effects(plan.payload, match.record) if self._eda else {}
        sent = {**plan.payload, **set_by_package}
        whole = {**(match.record or {}), **sent}
        is_create = plan.outcome is Outcome.CREATE
        for each in self._exact:
            # an edit of other fields wakes no rule
            if not is_create and sent.keys().isdisjoint(each.names):
                continue
            action = each.rule.on_create if is_create else each.rule.on_update
            if action is DuplicateAction.SAVES:
                continue
            if records := self._records(each.key, whole, match.record_id):
                yield Likely(each.rule, each.key, action, records)

    def _records(self, key: Key, whole: OrgRecord, own_id: str) -> dict[str, OrgRecord]:
        """The records that hold the same; a blank is the same as nothing."""
        folded = key.fold_record(whole)
        if folded is None:
            return {}
        return {
            record_id: record
            for record_id, record in self._held_by(key, folded).items()
            if record_id != own_id
            and record.get("IsConverted") is not True
            and all(
                _is_spelled_alike(whole.get(field.name), record.get(field.name))
                for field in key.fields
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
    """Return the plan with a warning on the first field of the rule that is sent.

    Where a package fills the rule's fields, none of them is: then on the first that is.
    """
    names = {field.name for field in likely.key.fields}
    sent = [place for place, cell in enumerate(plan.cells) if cell.will_send]
    of_rule = (place for place in sent if plan.cells[place].field_name in names)
    place = next(of_rule, sent[0] if sent else None)
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
