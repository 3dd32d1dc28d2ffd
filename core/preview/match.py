"""Which record of the org each inquiry belongs to. Asks all keys at once; reads, never writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping, Operation
from core.preview.addresses import find_addresses
from core.preview.dependents import controllers_of
from core.preview.found import Found, Hits
from core.preview.holds import Hold, HoldKind
from core.preview.keys import (
    Ask,
    Folded,
    Key,
    OrgRecord,
    build_queries,
    fields_to_read,
    find_keys,
    fold,
)
from core.preview.moved import (
    Trail,
    contact_id,
    hold_converted,
    hold_deleted,
    hold_merged,
    note_of_way,
)
from core.preview.references import parent_fields, referred_object
from core.salesforce.soql import InQuery

_MAX_CANDIDATES = 5
# By place among the match keys, what a record is found by.
Claims = frozenset[tuple[int, Folded]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the org that came into question; `note` says how where it is not by a key."""

    record_id: str
    name: str
    sobject_name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UniqueValue:
    """A value that one record only may hold, with the ids of those that hold it now."""

    field_name: str
    folded: Folded
    holders: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What was found for one inquiry: a record, or none, or why that cannot be told.

    `claims` are what a record made of this inquiry would be found by; `uniques` what it would
    hold of fields in which the org allows a value once. `note` says how the record was come by
    where that was not straight.
    """

    record: OrgRecord | None = None
    matched_by: str = ""
    candidates: tuple[Candidate, ...] = ()
    hold: Hold | None = None
    note: str = ""
    claims: Claims = frozenset()
    uniques: tuple[UniqueValue, ...] = ()

    @property
    def record_id(self) -> str:
        return str(self.record["Id"]) if self.record else ""


class Matcher:
    """The keys of one mapping against one object."""

    def __init__(self, draft: ObjectMapping, describe: SobjectDescribe) -> None:
        """Raises MappingProblem for a key that cannot be looked up."""
        self._describe = describe
        self._operation = draft.operation
        self._keys = find_keys(draft, describe)
        self._parent_fields = parent_fields(draft)
        names = fields_to_read(draft, describe, self._keys)
        beside = (*_places_beside(describe, names), *controllers_of(describe, names))
        self._names = tuple(dict.fromkeys((*names, *beside)))
        name_field = next((field.name for field in describe.fields if field.name_field), "Id")
        self._name_field = name_field
        self._identities = tuple(
            field
            for field in map(describe.field, self._names)
            if field and (field.unique or field.external_id)
        )
        served = {row.field_name.casefold() for row in effective_rows(draft)}
        self._unique = tuple(
            Key((field,))
            for field in self._identities
            if field.unique and field.filterable and field.name.casefold() in served
        )
        # a unique field is asked for beside the keys, unless it is one itself
        self._asked_keys = tuple(dict.fromkeys((*self._keys, *self._unique)))
        self._trail = Trail(describe, self._names)

    def match_all(self, records: Sequence[AppliedRecord], ask: Ask) -> list[Match]:
        """Return a match for each inquiry, in order; `ask` is called once, with every query.

        Only where records were merged it is called again, for those that stayed.
        """
        queries: list[InQuery] = []
        places: list[int] = []
        for place, key in enumerate(self._asked_keys):
            values = [each for record in records if (each := self._asked(key, record)) is not None]
            built = build_queries(
                key,
                values,
                describe=self._describe,
                field_names=self._names,
                with_deleted=key.is_identity and place < len(self._keys),
            )
            queries += built
            places += [place] * len(built)
        answers = ask(queries) if queries else []
        found = [Found(key) for key in self._asked_keys]
        for place, answer in zip(places, answers, strict=True):
            found[place].add(answer)
        self._trail.look_for({each for one in found for each in one.master_ids()}, ask)
        if not self._unique:
            return [self._match(record, found) for record in records]
        return [
            replace(self._match(record, found), uniques=self._uniques(record, found))
            for record in records
        ]

    def _uniques(self, applied: AppliedRecord, found: Sequence[Found]) -> tuple[UniqueValue, ...]:
        pairs = ((key, self._asked(key, applied)) for key in self._unique)
        folded = [(key, key.fold(values)) for key, values in pairs if values is not None]
        return tuple(
            UniqueValue(
                key.fields[0].name,
                value,
                frozenset(found[self._asked_keys.index(key)].hits(value)),
            )
            for key, value in folded
        )

    def _match(self, applied: AppliedRecord, found: Sequence[Found]) -> Match:
        asked = [
            (place, values)
            for place, key in enumerate(self._keys)
            if (values := self._asked(key, applied)) is not None
        ]
        claims = frozenset((place, self._keys[place].fold(values)) for place, values in asked)
        if self._keys and not asked and not self._has_new_parent(applied):
            return self._without_key(claims)
        first: Hits | None = None
        lost: Hits | None = None
        for place, values in asked:
            key, folded = self._keys[place], self._keys[place].fold(values)
            hits = found[place].ended_up(folded, self._trail)
            if not hits.records and (near := found[place].near(values)):
                return self._several(near, f"{key.label}, spelled differently", claims)
            if not hits.records and lost is None and (gone := found[place].gone(folded)):
                lost = Hits(key, gone)
            if first is None and len(hits.records) == 1:
                return self._judge(applied, hits, hits.label, claims, lost)
            if first is None:
                first = hits if hits.records else None
            elif len(hits.records) == 1:
                return self._narrow(applied, first, hits, claims)
        if first:
            return self._several(first.records, first.label, claims)
        return self._without_match(lost, claims)

    def _asked(self, key: Key, applied: AppliedRecord) -> tuple[JsonValue, ...] | None:
        """The key's values; None where one is missing, or is the id of a parent not yet there."""
        values = key.values(applied)
        if values is None or any(map(self._is_new_parent, key.fields, values)):
            return None
        return values

    def _is_new_parent(self, field: FieldDescribe, value: JsonValue) -> bool:
        return field.name.casefold() in self._parent_fields and bool(referred_object(value))

    def _has_new_parent(self, applied: AppliedRecord) -> bool:
        """A record of a parent that is not there yet is not there either."""
        return any(
            self._is_new_parent(field, applied.value(field.name))
            for key in self._keys
            for field in key.fields
        )

    def _narrow(
        self,
        applied: AppliedRecord,
        first: Hits,
        later: Hits,
        claims: Claims,
    ) -> Match:
        """Several records by one key, a single one by a later: it counts if it is among them."""
        if next(iter(later.records)) in first.records:
            return self._judge(applied, later, f"{first.label}, then {later.label}", claims)
        return Match(
            candidates=self._candidates({**first.records, **later.records}),
            hold=Hold(
                HoldKind.KEYS_DISAGREE,
                f"{first.label} finds {len(first.records)} records and {later.label} another one. "
                "Tell which is right in Salesforce, or merge them.",
            ),
            claims=claims,
        )

    def _judge(
        self,
        applied: AppliedRecord,
        hits: Hits,
        label: str,
        claims: Claims,
        lost: Hits | None = None,
    ) -> Match:
        record = next(iter(hits.records.values()))
        if hits.is_merged and (other := self._other_identity(applied, record)):
            return Match(
                candidates=self._candidates(hits.records, note="the record that stayed"),
                hold=hold_merged(hits.key.label, other.label),
                claims=claims,
            )
        return Match(
            record=record,
            matched_by=label,
            hold=self._hold_for(applied, hits.key, record, label),
            candidates=_contact_of(record),
            note=note_of_way(
                hits.key.label if hits.is_merged else "", lost.key.label if lost else ""
            ),
            claims=claims,
        )

    def _without_match(self, lost: Hits | None, claims: Claims) -> Match:
        """A deleted record is not made anew by itself; an insert asks for no record at all."""
        if lost is None or self._operation is Operation.INSERT:
            return Match(claims=claims, hold=self._hold_without_match())
        return Match(
            candidates=self._candidates(lost.records, note="deleted"),
            hold=hold_deleted(self._describe.label, lost.key.label),
            claims=claims,
        )

    def _hold_for(
        self, applied: AppliedRecord, key: Key, record: OrgRecord, label: str
    ) -> Hold | None:
        if record.get("IsConverted") is True:
            return hold_converted(record)
        if self._operation is Operation.INSERT:
            return Hold(
                HoldKind.ALREADY_EXISTS,
                f"{label} finds a record that exists, and the mapping only inserts. "
                "Choose upsert to update it.",
            )
        other = None if key.is_identity else self._other_identity(applied, record)
        if other is None:
            return None
        return Hold(
            HoldKind.DIFFERENT_ID,
            f"{label} finds a record that carries another {other.label}. It may be another "
            "person, or the same one twice: tell which in Salesforce.",
        )

    def _other_identity(self, applied: AppliedRecord, record: OrgRecord) -> FieldDescribe | None:
        """The field by which the record says that it is somebody else."""
        for field in self._identities:
            ours, theirs = applied.value(field.name), record.get(field.name)
            if not (is_blank(ours) or is_blank(theirs) or fold(ours, field) == fold(theirs, field)):
                return field
        return None

    def _several(self, hits: Mapping[str, OrgRecord], label: str, claims: Claims) -> Match:
        count = f"{len(hits)} records" if len(hits) > 1 else "a record"
        hold = Hold(
            HoldKind.SEVERAL_MATCHES,
            f"{label} finds {count}. Merge or correct in Salesforce, then preview again.",
        )
        return Match(candidates=self._candidates(hits), hold=hold, claims=claims)

    def _candidates(
        self, hits: Mapping[str, OrgRecord], *, note: str = ""
    ) -> tuple[Candidate, ...]:
        shown = list(hits.items())[:_MAX_CANDIDATES]
        return tuple(
            Candidate(
                record_id,
                str(record.get(self._name_field) or record_id),
                sobject_name=self._describe.name,
                note=note,
            )
            for record_id, record in shown
        )

    def _without_key(self, claims: Claims) -> Match:
        if self._operation is Operation.INSERT:
            return Match(claims=claims)
        labels = ", ".join(key.label for key in self._keys)
        hold = Hold(HoldKind.NO_KEY_VALUE, f"No value to find a record by: {labels} is blank.")
        return Match(claims=claims, hold=hold)

    def _hold_without_match(self) -> Hold | None:
        if self._operation is not Operation.UPDATE:
            return None
        return Hold(
            HoldKind.NO_MATCH,
            "No record was found, and the mapping only updates. Choose upsert to create it.",
        )


def _places_beside(describe: SobjectDescribe, names: Sequence[str]) -> list[str]:
    """The other fields of an address of which one is read: the org judges them together."""
    return [
        name
        for address in find_addresses(describe)
        if set(address.names) & set(names)
        for name in address.names
    ]


def _contact_of(record: OrgRecord) -> tuple[Candidate, ...]:
    """The contact that a converted lead became, as far as the connected user may see it."""
    if not (found := contact_id(record)):
        return ()
    return (Candidate(found, found, sobject_name="Contact", note="the contact it became"),)
