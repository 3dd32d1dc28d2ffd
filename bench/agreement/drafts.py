"""Random mappings over what an org describes, each row with texts that suit and that do not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from bench.agreement.slots import (
    AUTOMATED,
    COUNTRY_KEY,
    NAME_KEYS,
    NULL_RULES,
    OPERATIONS,
    PLACE_ENDINGS,
    PLACES,
    RULES,
    STORED_ID_KEY,
    WEIGHTS,
    DescribeOf,
    DrawnMapping,
    NamesOf,
    Slot,
)
from bench.agreement.steps import STEP_KINDS, StepKind
from bench.agreement.texts import Sample, bad_texts, good_samples
from bench.agreement.universities import ObjectKind, University
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    Lookup,
    LookupPolicy,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    Operation,
    RowSource,
    SourceKind,
    TransformKind,
    UnmappedPolicy,
    ValueMap,
    WriteRule,
)


def draw_mapping(
    university: University, describe_of: DescribeOf, names_of: NamesOf, random: Random
) -> DrawnMapping:
    """Return a random mapping of one to all objects; `names_of` gives what lookups may find."""
    count = random.choice((1, 1, 2, len(university.objects)))
    slots: dict[str, tuple[Slot, ...]] = {}
    objects = []
    for kind in university.objects[: min(count, len(university.objects))]:
        drawing = _Drawing(kind, describe_of(kind.sobject_name), names_of, random)
        slots[kind.object_id] = tuple(drawing.slots())
        objects.append(drawing.mapping(slots[kind.object_id]))
    return DrawnMapping(draft=MappingDraft(objects=tuple(objects)), slots=slots)


class _Drawing:
    """One object of a random mapping."""

    def __init__(
        self, kind: ObjectKind, describe: SobjectDescribe, names_of: NamesOf, random: Random
    ) -> None:
        self._kind, self._describe = kind, describe
        self._names_of, self._random = names_of, random
        self._used = {name.casefold() for name in kind.closed}

    def mapping(self, slots: Sequence[Slot]) -> ObjectMapping:
        random, keys = self._random, list(self._kind.keys)
        random.shuffle(keys)
        chosen = keys[: random.randint(1, len(keys))]
        is_person = bool(self._kind.names)
        return ObjectMapping(
            sobject_name=self._kind.sobject_name,
            object_id=self._kind.object_id,
            operation=random.choice(OPERATIONS) if is_person else Operation.UPSERT,
            match_keys=self._match_keys(chosen),
            rows=tuple(slot.row for slot in slots),
            record_type=self._record_type(),
            only_with=() if is_person else ("lead.wants_more",),
        )

    def _match_keys(self, chosen: Sequence[tuple[str, ...]]) -> tuple[MatchKey, ...]:
        keys = [MatchKey(field_names=key) for key in chosen]
        if self._kind.names and self._random.random() < 0.3:
            stored = MatchKey(field_names=("Id",), id_source=STORED_ID_KEY)
            keys.insert(self._random.randint(0, len(keys)), stored)
        return tuple(keys)

    def slots(self) -> Iterator[Slot]:
        yield from self._fixed()
        yield from self._places()
        yield from self._dependents()
        fields = self._open_fields()
        for each in self._choose(fields, self._random.randint(5, 11)):
            slot = self._slot(each)
            if slot is not None:
                yield slot
        if self._random.random() < 0.09:
            yield self._closed_field()

    def _fixed(self) -> Iterator[Slot]:
        for part, name in self._kind.names.items():
            yield self._take(name, RowSource(kind=SourceKind.FIELD, text=NAME_KEYS[part]))
        for name, parent in self._kind.parents.items():
            yield self._take(name, RowSource(kind=SourceKind.PARENT, text=parent))
        for name, (sobject_name, by_fields) in self._kind.lookups.items():
            yield self._lookup(name, sobject_name, self._random.choice(by_fields))
        if self._kind.company and self._random.random() < 0.95:
            source = RowSource(kind=SourceKind.TEMPLATE, text="{lead.last_name}, {lead.first_name}")
            rule = self._random.choice((WriteRule.CREATE_ONLY, WriteRule.IF_BLANK))
            yield self._take(self._kind.company, source, rule)

    def _take(
        self, name: str, source: RowSource, rule: WriteRule = WriteRule.NEVER_BLANK_OUT
    ) -> Slot:
        self._used.add(name.casefold())
        return Slot(row=self._row(name, source, write_rule=rule), field=self._field(name))

    def _field(self, name: str) -> FieldDescribe:
        found = self._describe.field(name)
        assert found is not None, name
        return found

    def _row(self, name: str, source: RowSource, **changes: object) -> FieldRow:
        row = FieldRow(row_id=f"{self._kind.object_id}.{name}", source=source, field_name=name)
        return replace(row, **changes)  # type: ignore[arg-type]  # a drawn row takes any change

    def _key(self, name: str) -> str:
        return f"answer.{self._kind.object_id}_{name}".lower()

    def _lookup(self, name: str, sobject_name: str, by_field: str) -> Slot:
        self._used.add(name.casefold())
        policy = self._random.choice((LookupPolicy.HOLD, LookupPolicy.BLANK))
        lookup = Lookup(
            sobject_name=sobject_name, by_field=by_field, not_found=policy, several=policy
        )
        source = RowSource(kind=SourceKind.FIELD, text=self._key(name))
        found = self._names_of(sobject_name, by_field)
        return Slot(
            row=self._row(name, source, lookup=lookup),
            field=self._field(name),
            source_key=source.text,
            good=tuple(Sample(text) for text in (*found, found[0].upper())),
            bad=("No such record", "'; --"),
        )

    def _places(self) -> Iterator[Slot]:
        """Country and state of an address by their steps, or one of them without the other."""
        kinds = self._random.choice(PLACES)
        for step in (each for each in STEP_KINDS if each.transform.kind in kinds):
            found = (self._describe.field(name) for name in step.field_names)
            target = next((each for each in found if each and each.type == "string"), None)
            if target is None or target.name.casefold() in self._used:
                continue
            self._used.add(target.name.casefold())
            is_country = step.transform.kind is TransformKind.COUNTRY
            key = COUNTRY_KEY if is_country else self._key(target.name)
            row = self._row(
                target.name,
                RowSource(kind=SourceKind.FIELD, text=key),
                transforms=self._random.choice(((step.transform,), (step.transform,), ())),
                write_rule=self._random.choice(RULES),
            )
            yield Slot(row=row, field=target, source_key=key, good=step.samples, bad=step.bad)

    def _dependents(self) -> Iterator[Slot]:
        """A dependent picklist, with the field that rules it or without."""
        ruled = [each for each in self._describe.fields if each.controller_name]
        own = [each for each in ruled if each.createable and not each.compound_field_name]
        if not own or self._random.random() < 0.8:
            return
        controller = self._describe.field(str(own[0].controller_name))
        with_controller = controller is not None and self._random.random() < 0.6
        for target in (*([controller] if with_controller and controller else ()), own[0]):
            if target.name.casefold() in self._used:
                continue
            self._used.add(target.name.casefold())
            source = RowSource(kind=SourceKind.FIELD, text=self._key(target.name))
            values = [each.value for each in target.picklist_values if each.active]
            yield Slot(
                row=self._row(target.name, source),
                field=target,
                source_key=source.text,
                good=tuple(Sample(each, each) for each in values),
                bad=("Underwater",),
            )

    def _open_fields(self) -> list[FieldDescribe]:
        place_codes = any(each.name.endswith("CountryCode") for each in self._describe.fields)
        return [
            each
            for each in self._describe.fields
            if each.createable
            and each.is_writable
            and each.type in WEIGHTS
            and each.name.casefold() not in self._used
            and not (place_codes and each.name.endswith(PLACE_ENDINGS))
            and not each.name.endswith(("Latitude", "Longitude"))
            and not each.unique
            and each.controller_name is None
            and each.name not in AUTOMATED
        ]

    def _choose(self, fields: list[FieldDescribe], count: int) -> list[FieldDescribe]:
        by_type: dict[str, int] = {}
        for each in fields:
            by_type[each.type] = by_type.get(each.type, 0) + 1
        left, chosen = list(fields), []
        for _ in range(min(count, len(left))):
            weights = [WEIGHTS[each.type] / by_type[each.type] for each in left]
            (picked,) = self._random.choices(left, weights)
            left.remove(picked)
            chosen.append(picked)
        return chosen

    def _slot(self, target: FieldDescribe) -> Slot | None:
        random, name = self._random, target.name
        source = RowSource(kind=SourceKind.FIELD, text=self._key(name))
        step = self._step(target)
        good = step.samples if step else tuple(good_samples(target, random))
        bad = step.bad if step else tuple(bad_texts(target, random))
        if target.type == "reference":
            return self._plain_reference(target, source)
        if not good:
            return None
        row = self._row(
            name,
            source,
            write_rule=random.choice(RULES),
            transforms=(step.transform,) if step else (),
            null_rule=random.choice(NULL_RULES),
            null_text=good[0].text,
        )
        slot = Slot(row=row, field=target, source_key=source.text, good=good, bad=bad)
        if random.random() < 0.15:
            return self._with_value_map(slot)
        return self._constant(slot) if random.random() < 0.05 else slot

    def _step(self, target: FieldDescribe) -> StepKind | None:
        fitting = [
            each
            for each in STEP_KINDS
            if target.type in each.field_types
            and not each.field_names
            and (not each.min_length or target.length >= each.min_length)
        ]
        return self._random.choice(fitting) if fitting and self._random.random() < 0.5 else None

    def _with_value_map(self, slot: Slot) -> Slot:
        aliases = {f"choice {place}": each for place, each in enumerate(slot.good)}
        value_map = ValueMap(
            pairs=tuple((alias, each.text) for alias, each in aliases.items()),
            unmapped=self._random.choice(tuple(UnmappedPolicy)),
            default=slot.good[0].text,
        )
        good = [Sample(alias, each.held) for alias, each in aliases.items()]
        row = replace(slot.row, transforms=(), value_map=value_map)
        if slot.row.transforms:  # the pairs lead to what the field takes, not to the step
            return slot
        return replace(slot, row=row, good=tuple(good), bad=("not in the map", *slot.bad[:2]))

    def _constant(self, slot: Slot) -> Slot:
        source = RowSource(kind=SourceKind.CONSTANT, text=slot.good[0].text)
        return replace(slot, row=replace(slot.row, source=source), source_key="", bad=())

    def _plain_reference(self, target: FieldDescribe, source: RowSource) -> Slot | None:
        found = [each for each in target.reference_to if self._names_of(each, "Id")]
        if not found:
            return None
        ids = self._names_of(found[0], "Id")[:4]
        good = [Sample(each, each) for each in ids] + [Sample(ids[0][:15], ids[0])]
        unknown = f"{ids[0][:11]}9zZ9"
        bad = [
            unknown,
            unknown,
            "not an id",
            "00Q0000000000019",
            "012000000000000AAA",
            ids[0][:17],
            ids[0][:14],
        ]
        row = self._row(target.name, source, write_rule=self._random.choice(RULES))
        return Slot(row=row, field=target, source_key=source.text, good=tuple(good), bad=tuple(bad))

    def _closed_field(self) -> Slot:
        name = self._random.choice(("Gone_Field__c", "CreatedDate", "CreatedDate"))
        target = self._describe.field(name) or FieldDescribe(name=name, label=name, type="string")
        row = self._row(name, RowSource(kind=SourceKind.FIELD, text=self._key(name)))
        samples = (Sample("2026-10-13T15:45:22Z"),)
        return Slot(row=row, field=target, source_key=row.source.text, good=samples)

    def _record_type(self) -> str:
        open_types = [
            each.developer_name
            for each in self._describe.record_types
            if each.available and each.active and not each.is_master
        ]
        if not open_types or self._describe.field("RecordTypeId") is None:
            return ""
        return self._random.choice(("", *open_types))
