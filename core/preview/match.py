"""Which record of the org each inquiry belongs to. Asks all keys at once; reads, never writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.coercion.compare import is_blank
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping, Operation
from core.preview.addresses import find_addresses
from core.preview.dependents import controllers_of
from core.preview.found import Found
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
from core.preview.references import parent_fields, referred_object
from core.salesforce.soql import InQuery

_MAX_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of the org that came into question."""

    record_id: str
    name: str


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
    hold of fields in which the org allows a value once.
    """

    record: OrgRecord | None = None
    matched_by: str = ""
    candidates: tuple[Candidate, ...] = ()
    hold: Hold | None = None
    claims: frozenset[tuple[int, Folded]] = frozenset()
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

    def match_all(self, records: Sequence[AppliedRecord], ask: Ask) -> list[Match]:
        """Return a match for each inquiry, in order; `ask` is called once, with every query."""
        queries: list[InQuery] = []
        places: list[int] = []
        for place, key in enumerate(self._asked_keys):
            values = [each for record in records if (each := self._asked(key, record)) is not None]
            built = build_queries(key, values, describe=self._describe, field_names=self._names)
            queries += built
            places += [place] * len(built)
        answers = ask(queries) if queries else []
        found = [Found(key) for key in self._asked_keys]
        for place, answer in zip(places, answers, strict=True):
            found[place].add(answer)
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
        first: tuple[Key, Mapping[str, OrgRecord]] | None = None
        for place, values in asked:
            key = self._keys[place]
            hits = found[place].hits(key.fold(values))
            if not hits and (near := found[place].near(values)):
                return self._several(near, f"{key.label}, spelled differently", claims)
            if first is None and len(hits) == 1:
                return self._judge(applied, key, next(iter(hits.values())), key.label, claims)
            if first is None:
                first = (key, hits) if hits else None
            elif len(hits) == 1:
                return self._narrow(applied, first, (key, hits), claims)
        if first:
            return self._several(first[1], first[0].label, claims)
        return Match(claims=claims, hold=self._hold_without_match())

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
        first: tuple[Key, Mapping[str, OrgRecord]],
        later: tuple[Key, Mapping[str, OrgRecord]],
        claims: frozenset[tuple[int, Folded]],
    ) -> Match:
        """Several records by one key, a single one by a later: it counts if it is among them."""
        record_id, record = next(iter(later[1].items()))
        if record_id in first[1]:
            label = f"{first[0].label}, then {later[0].label}"
            return self._judge(applied, later[0], record, label, claims)
        return Match(
            candidates=self._candidates({**first[1], **later[1]}),
            hold=Hold(
                HoldKind.KEYS_DISAGREE,
                f"{first[0].label} finds {len(first[1])} records and {later[0].label} another one. "
                "Tell which is right in Salesforce, or merge them.",
            ),
            claims=claims,
        )

    def _judge(
        self,
        applied: AppliedRecord,
        key: Key,
        record: OrgRecord,
        label: str,
        claims: frozenset[tuple[int, Folded]],
    ) -> Match:
        return Match(
            record=record,
            matched_by=label,
            hold=self._hold_for(applied, key, record, label),
            claims=claims,
        )

    def _hold_for(
        self, applied: AppliedRecord, key: Key, record: OrgRecord, label: str
    ) -> Hold | None:
        if record.get("IsConverted") is True:
            return Hold(
                HoldKind.CONVERTED_LEAD,
                "The lead found was converted, and Salesforce lets nobody change it any more. "
                "Update the contact it became.",
            )
        if self._operation is Operation.INSERT:
            return Hold(
                HoldKind.ALREADY_EXISTS,
                f"{label} finds a record that exists, and the mapping only inserts. "
                "Choose upsert to update it.",
            )
        for field in () if key.is_identity else self._identities:
            ours, theirs = applied.value(field.name), record.get(field.name)
            if is_blank(ours) or is_blank(theirs) or fold(ours, field) == fold(theirs, field):
                continue
            return Hold(
                HoldKind.DIFFERENT_ID,
                f"{label} finds a record that carries another {field.label}. It may be another "
                "person, or the same one twice: tell which in Salesforce.",
            )
        return None

    def _several(
        self, hits: Mapping[str, OrgRecord], label: str, claims: frozenset[tuple[int, Folded]]
    ) -> Match:
        count = f"{len(hits)} records" if len(hits) > 1 else "a record"
        hold = Hold(
            HoldKind.SEVERAL_MATCHES,
            f"{label} finds {count}. Merge or correct in Salesforce, then preview again.",
        )
        return Match(candidates=self._candidates(hits), hold=hold, claims=claims)

    def _candidates(self, hits: Mapping[str, OrgRecord]) -> tuple[Candidate, ...]:
        shown = list(hits.items())[:_MAX_CANDIDATES]
        return tuple(
            Candidate(record_id, str(record.get(self._name_field) or record_id))
            for record_id, record in shown
        )

    def _without_key(self, claims: frozenset[tuple[int, Folded]]) -> Match:
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
