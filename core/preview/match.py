"""Which record of the org each inquiry belongs to. Asks all keys at once; reads, never writes."""

from collections.abc import Sequence
from dataclasses import replace

from core.mapping.addresses import find_addresses
from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping
from core.preview.dependents import controllers_of
from core.preview.eda import EdaTrigger
from core.preview.found import Found, Hits
from core.preview.judging import Judge
from core.preview.keys import Ask, Key, build_queries, fields_to_read, find_keys
from core.preview.matches import Match, UniqueValue
from core.preview.moved import Trail
from core.preview.references import parent_fields, referred_object
from core.salesforce.soql import InQuery


class Matcher:
    """The keys of one mapping against one object."""

    def __init__(self, draft: ObjectMapping, describe: SobjectDescribe) -> None:
        """Raises MappingProblem for a key that cannot be looked up."""
        self._describe = describe
        self._keys = find_keys(draft, describe)
        self._parent_fields = parent_fields(draft)
        names = fields_to_read(draft, describe, self._keys)
        beside = (
            *_places_beside(describe, names),
            *controllers_of(describe, names),
            *EdaTrigger(describe).reads,
        )
        self._names = tuple(dict.fromkeys((*names, *beside)))
        identities = tuple(
            field
            for field in map(describe.field, self._names)
            if field and (field.unique or field.external_id)
        )
        served = {row.field_name.casefold() for row in effective_rows(draft)}
        self._unique = tuple(
            Key((field,))
            for field in identities
            if field.unique and field.filterable and field.name.casefold() in served
        )
        # a unique field is asked for beside the keys, unless it is one itself
        self._asked_keys = tuple(dict.fromkeys((*self._keys, *self._unique)))
        self._trail = Trail(describe, self._names)
        self._judge = Judge(describe, draft.operation, keys=self._keys, identities=identities)

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
            return self._judge.without_key(claims)
        first: Hits | None = None
        lost: Hits | None = None
        for place, values in asked:
            key, folded = self._keys[place], self._keys[place].fold(values)
            hits = found[place].ended_up(folded, self._trail)
            if not hits.records and (near := found[place].near(values)):
                return self._judge.several(near, f"{key.label}, spelled differently", claims)
            if not hits.records and lost is None and (gone := found[place].gone(folded)):
                lost = Hits(key, gone)
            if first is None and len(hits.records) == 1:
                return self._judge.one(applied, hits, hits.label, claims, lost)
            if first is None:
                first = hits if hits.records else None
            elif len(hits.records) == 1:
                return self._judge.narrow(applied, first, hits, claims)
        if first:
            return self._judge.several(first.records, first.label, claims)
        return self._judge.none(lost, claims)

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


def _places_beside(describe: SobjectDescribe, names: Sequence[str]) -> list[str]:
    """The other fields of an address of which one is read: the org judges them together."""
    return [
        name
        for address in find_addresses(describe)
        if set(address.names) & set(names)
        for name in address.names
    ]
