"""Which record of the org each inquiry belongs to. Asks all keys at once; reads, never writes."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from core.mapping.addresses import find_addresses
from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, ObjectMapping
from core.preview.foreseen.dependents import controllers_of
from core.preview.foreseen.eda import EdaTrigger
from core.preview.matching.found import Found, Hits
from core.preview.matching.judging import Judge
from core.preview.matching.keys import (
    Ask,
    Folded,
    Key,
    OrgRecord,
    build_queries,
    can_be_asked,
    fields_to_read,
    find_keys,
    loosen,
)
from core.preview.matching.matches import Match, UniqueValue
from core.preview.matching.moved import Trail
from core.preview.matching.returning import Returning
from core.preview.planning.beside import MayHold, nothing_beside, values_beside
from core.preview.planning.written import Written
from core.preview.references import parent_fields, reference_to, referred_object, referred_row
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery

_ROWS_PER_LOOK = 250
Asked = tuple[tuple[int, Folded], ...]  # a place among the keys, and what is asked for by it


class Matcher:
    """The keys of one mapping against one object."""

    def __init__(
        self,
        draft: ObjectMapping,
        describe: SobjectDescribe,
        *,
        beside: Sequence[Key] = (),
        may_hold: MayHold = nothing_beside,
        also_read: Sequence[str] = (),
    ) -> None:
        """Raises MappingProblem for a key that cannot be looked up.

        `beside` are keys that find no match, but whose records somebody else wants to see;
        `may_hold` tells by which of their values, once what an inquiry finds is known.
        """
        self._describe = describe
        self._may_hold = may_hold if beside else nothing_beside
        self._keys = find_keys(draft, describe)
        self._parent_fields = parent_fields(draft)
        names = fields_to_read(draft, describe, self._keys)
        judged = (
            *_places_beside(describe, names),
            *controllers_of(describe, names),
            *EdaTrigger(describe).reads,
        )
        self._names = tuple(dict.fromkeys((*names, *judged, *also_read)))
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
        self._asked_keys = tuple(dict.fromkeys((*self._keys, *self._unique, *beside)))
        self._places = {key: place for place, key in enumerate(self._asked_keys)}
        self._id_place = next((n for n, key in enumerate(self._keys) if key.is_id), len(self._keys))
        self._within = dict(self._find_wider())
        self._unique_places = frozenset(map(self._asked_keys.index, self._unique))
        self._asked_by: dict[int, Asked] = {}
        self._found = [Found(key) for key in self._asked_keys]
        self._trail = Trail(describe, self._names)
        self.written = Written(
            describe,
            self._asked_keys,
            field_names=self._names,
            parent_fields=self._parent_fields,
        )
        self._judge = Judge(describe, draft, keys=self._keys, identities=identities)

    def look_for(
        self,
        records: Sequence[AppliedRecord],
        ask: Ask,
        check_stopped: Callable[[], None] = lambda: None,
    ) -> Returning:
        """Ask for all that `match` will need; return who of the batch may be the same person.

        `ask` is called once, with every query, and again only where records were merged, for those
        that stayed. `check_stopped` is called now and then, and may raise.
        """
        queries: list[InQuery] = []
        places: list[int] = []
        for place, key in enumerate(self._asked_keys):
            if place in self._within:
                continue
            values = [each for record in records if (each := self._asked(key, record)) is not None]
            built = build_queries(
                key,
                values,
                describe=self._describe,
                field_names=self._names,
                with_deleted=self._sees_deleted(place),
            )
            queries += built
            places += [place] * len(built)
        answers = ask(queries) if queries else []
        for place, answer in zip(places, answers, strict=True):
            check_stopped()
            self._add(place, answer)
        self._trail.look_for({each for one in self._found for each in one.master_ids()}, ask)
        for number, record in enumerate(records):
            if number % _ROWS_PER_LOOK == 0:
                check_stopped()
            self._asked_by[record.row_number] = self._folded(record)
        beside = self._look_beside(records, ask)
        marks: dict[int, list[Hashable]] = {}
        met: set[tuple[int, Folded]] = set()
        for number, record in enumerate(records):
            if number % _ROWS_PER_LOOK == 0:
                check_stopped()
            row_number = record.row_number
            asked = (*self._asked_by[row_number], *beside.get(row_number, ()))
            marks[row_number] = self._marks(asked, met)
        returning = Returning(marks)
        self.written.expect(returning)
        return returning

    def _add(self, place: int, answer: Sequence[Record]) -> None:
        self._found[place].add(answer)
        for narrower in (each for each, wider in self._within.items() if wider == place):
            self._found[narrower].add(answer)

    def _look_beside(self, records: Sequence[AppliedRecord], ask: Ask) -> dict[int, Asked]:
        """Ask by what a record keeps beside what it is sent; return that by row number."""
        if self._may_hold is nothing_beside:
            return {}
        asked = {each for found in self._asked_by.values() for each in found}
        beside: dict[int, Asked] = {}
        missing: dict[int, dict[Folded, tuple[JsonValue, ...]]] = {}
        for record in records:
            own: list[tuple[int, Folded]] = []
            for key, values in self._values_beside(record):
                each = self._places[key], key.fold(values)
                if each not in asked and can_be_asked(key, values, self._describe):
                    own.append(each)
                    missing.setdefault(each[0], {})[each[1]] = values
            if own:
                beside[record.row_number] = tuple(own)
        self._ask_beside(missing, ask)
        return beside

    def _ask_beside(
        self, missing: Mapping[int, Mapping[Folded, tuple[JsonValue, ...]]], ask: Ask
    ) -> None:
        queries = [
            (place, query)
            for place, found in missing.items()
            for query in build_queries(
                self._asked_keys[place],
                found.values(),
                describe=self._describe,
                field_names=self._names,
                with_deleted=self._sees_deleted(place),
            )
        ]
        answers = ask([query for _, query in queries]) if queries else []
        for (place, _), answer in zip(queries, answers, strict=True):
            self._add(place, answer)

    def _values_beside(self, applied: AppliedRecord) -> Iterator[tuple[Key, tuple[JsonValue, ...]]]:
        asked = self._asked_by[applied.row_number]
        found = (record for place, folded in asked for record in self._found_by(place, folded))
        return values_beside(applied, found, self._may_hold, asked_by=self._wider)

    def _wider(self, key: Key) -> Key:
        """The key by whose questions the records of this one come."""
        place = self._places[key]
        return self._asked_keys[self._within.get(place, place)]

    def _found_by(self, place: int, folded: Folded) -> Iterable[OrgRecord]:
        """What a match key finds in the org, before anything is written."""
        if place >= len(self._keys):
            return ()
        found = self._found[place]
        return (found.hits(folded) or found.stayed(folded, self._trail)).values()

    def match(self, applied: AppliedRecord) -> Match:
        """Return what the inquiry's record is once those planned before it are written."""
        asked = self._asked_by.pop(applied.row_number, None) or self._folded(applied)
        found = self._match(applied, asked)
        after_row, uniques = self.written.last_row(found.record_id), self._uniques(asked)
        if not after_row and not uniques:
            return found
        return replace(found, after_row=after_row, uniques=uniques)

    def _find_wider(self) -> Iterator[tuple[int, int]]:
        """Keys whose records come with those of another key, which asks for less: by place.

        All with one e-mail are among them, and which of them has the last name too shows then.
        """
        for place, key in enumerate(self._asked_keys):
            wider = [
                other
                for other, each in enumerate(self._asked_keys)
                if set(each.fields) < set(key.fields)
                and self._sees_deleted(other) >= self._sees_deleted(place)
            ]
            if wider:  # the one of fewest fields is in no other
                yield place, min(wider, key=lambda other: len(self._asked_keys[other].fields))

    def _sees_deleted(self, place: int) -> bool:
        return place < len(self._keys) and self._keys[place].is_identity

    def held_by(self, key: Key, folded: Folded) -> Mapping[str, OrgRecord]:
        """Return the records that hold these values of a key that was asked, as they are by now.

        One that an earlier inquiry makes goes by the reference to it.
        """
        return self._hits(self._places[key], folded)

    def _marks(self, asked: Asked, met: set[tuple[int, Folded]]) -> list[Hashable]:
        """What only inquiries of one record share: their keys' values, and the records found.

        The first to ask names the records for all: thousands may share a telephone number.
        """
        marks: list[Hashable] = []
        for place, folded in asked:
            marks.append((place, loosen(folded)))
            if (place, folded) not in met:
                found = self._found[place]
                marks += found.hits(folded) or found.stayed(folded, self._trail)
                met.add((place, folded))
        return marks

    def _folded(self, applied: AppliedRecord) -> Asked:
        """What the inquiry asks for, by place among the keys."""
        return tuple(
            (place, key.fold(values))
            for place, key in enumerate(self._asked_keys)
            if (values := self._values(key, applied)) is not None
        )

    def _uniques(self, asked: Asked) -> tuple[UniqueValue, ...]:
        return tuple(
            UniqueValue(
                self._asked_keys[place].fields[0].name,
                folded,
                frozenset(self._hits(place, folded)),
            )
            for place, folded in asked
            if place in self._unique_places
        )

    def _hits(self, place: int, folded: Folded) -> Mapping[str, OrgRecord]:
        return self.written.over(place, folded, self._found[place].hits(folded))

    def _match(self, applied: AppliedRecord, asked: Asked) -> Match:
        by_key = [each for each in asked if each[0] < len(self._keys)]
        if wrong := applied.stored_id.problem:
            by_key = [each for each in by_key if each[0] < self._id_place]
            if not any(len(self._hits_of(*each).records) for each in by_key):
                return self._judge.wrong_id(wrong)
        if self._keys and not by_key and not self._has_new_parent(applied):
            return self._judge.without_key()
        first: Hits | None = None
        lost: Hits | None = None
        for place, folded in by_key:
            key = self._keys[place]
            hits = self._hits_of(place, folded)
            if not hits.records and (near := self._near(place, folded)):
                return self._judge.several(near, f"{key.label}, spelled differently")
            if not hits.records and lost is None and (gone := self._found[place].gone(folded)):
                lost = Hits(key, gone)
            if first is None and len(hits.records) == 1:
                return self._judge.one(applied, hits, hits.label, lost)
            if first is None:
                first = hits if hits.records else None
            elif len(hits.records) == 1:
                return self._judge.narrow(applied, first, hits)
        return self._judge.several(first.records, first.label) if first else self._judge.none(lost)

    def _hits_of(self, place: int, folded: Folded) -> Hits:
        """The records that hold these values or, where none does, those that stayed of them."""
        key = self._keys[place]
        if hits := self._hits(place, folded):
            return Hits(key, hits)
        stayed = self.written.now(self._found[place].stayed(folded, self._trail))
        return Hits(key, stayed, is_merged=bool(stayed))

    def _near(self, place: int, folded: Folded) -> Mapping[str, OrgRecord]:
        """What the org takes for equal although it is spelled otherwise, such as another accent.

        Only a key of one field tells: lists per field also bring pairs that nobody asked for.
        """
        fields = self._keys[place].fields
        if len(fields) > 1 or fields[0].case_sensitive:
            return {}
        return self.written.near(place, folded, self._found[place].near(folded))

    def _values(self, key: Key, applied: AppliedRecord) -> tuple[JsonValue, ...] | None:
        """The key's values, a new parent of the inquiry's own as other inquiries refer to it."""
        values = key.values(applied)
        if values is None or not self._parent_fields:
            return values
        return tuple(
            reference_to(referred_object(value), applied.row_number)
            if self._is_new_parent(field, value) and not referred_row(value)
            else value
            for field, value in zip(key.fields, values, strict=True)
        )

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
