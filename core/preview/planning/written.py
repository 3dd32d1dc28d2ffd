"""What the org would hold of one object once the batch's earlier inquiries were written. Pure."""

from collections.abc import Mapping, Sequence

from core.mapping.addresses import find_addresses, kept_in_step
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.record_types import find_record_type
from core.preview.foreseen.eda import EdaTrigger
from core.preview.foreseen.record_types import RECORD_TYPE_FIELD
from core.preview.matching.keys import Folded, Key, OrgRecord, loosen
from core.preview.matching.returning import Returning
from core.preview.plan import RecordPlan
from core.preview.references import reference_to, referred_object, referred_row

_NONE_EXPECTED = Returning({})


class Written:
    """Records by id, or by the reference to an earlier inquiry that makes them.

    Keeps only those that another inquiry of the batch may be about.
    """

    def __init__(
        self,
        describe: SobjectDescribe,
        keys: Sequence[Key] = (),
        *,
        field_names: Sequence[str] = (),
        parent_fields: frozenset[str] = frozenset(),
    ) -> None:
        self._describe, self._keys = describe, keys
        self._names, self._parent_fields = field_names, parent_fields
        self._addresses = find_addresses(describe)
        self._compound = [place for place, key in enumerate(keys) if len(key.fields) > 1]
        self._returning = _NONE_EXPECTED
        self._records: dict[str, OrgRecord] = {}
        self._rows: dict[str, int] = {}
        self._unknown: dict[str, frozenset[str]] = {}
        self._exact: list[dict[Folded, dict[str, OrgRecord]]] = [{} for _ in keys]
        self._loose: list[dict[Folded, dict[str, OrgRecord]]] = [{} for _ in keys]

    def expect(self, returning: Returning) -> None:
        """Tell which inquiries of the batch may be about the same record."""
        self._returning = returning

    def take(self, plan: RecordPlan, record: OrgRecord | None, eda: EdaTrigger) -> None:
        """Take a plan that acts as written; `record` is what it found."""
        effects = eda.effects(plan.payload, record)
        if not (self._is_met_again(plan, record) or self._is_met_by(effects)):
            return
        sent = {**self._sent(plan, record), **effects}
        now = {**record, **sent} if record else self._made(plan, sent)
        record_id = str(now["Id"])
        self._index(record_id, now)
        self._records[record_id] = now
        self._rows[record_id] = plan.row_number
        known = self._unknown.get(record_id)
        unknown = frozenset(self._defaults()) if record is None else known or frozenset()
        self._unknown[record_id] = unknown - sent.keys()

    def over(
        self, place: int, folded: Folded, hits: Mapping[str, OrgRecord]
    ) -> Mapping[str, OrgRecord]:
        """Return what a key finds now; `hits` are what it found in the org."""
        return self._over(hits, self._exact[place].get(folded, {}))

    def near(
        self, place: int, folded: Folded, hits: Mapping[str, OrgRecord]
    ) -> Mapping[str, OrgRecord]:
        """Return what holds the same but for accents now; `hits` are what did in the org."""
        return self._over(hits, self._loose[place].get(loosen(folded), {}))

    def now(self, records: Mapping[str, OrgRecord]) -> Mapping[str, OrgRecord]:
        """Return the same records as they would be by now."""
        if not self._records:
            return records
        return {key: self._records.get(key, each) for key, each in records.items()}

    def last_row(self, record_id: str) -> int:
        """Return the row that wrote the record last; 0 where none did."""
        return self._rows.get(record_id, 0)

    def unknown(self, record_id: str) -> frozenset[str]:
        """Return the fields of a new record that the org may have filled in by itself."""
        return self._unknown.get(record_id, frozenset())

    def _over(
        self, hits: Mapping[str, OrgRecord], own: Mapping[str, OrgRecord]
    ) -> Mapping[str, OrgRecord]:
        if not self._records:
            return hits
        return {**{key: each for key, each in hits.items() if key not in self._records}, **own}

    def _is_met_again(self, plan: RecordPlan, record: OrgRecord | None) -> bool:
        if self._returning.has_company(plan.row_number):
            return True
        if record is None:
            return False
        # a value sent beside one that was kept makes a pair that nobody asked the org for
        sent = plan.payload.keys()
        new = [place for place in self._compound if not sent.isdisjoint(self._fields_of(place))]
        pairs = {**record, **plan.payload} if new else {}
        return any(
            self._returning.is_wanted((place, loosen(folded)))
            for place in new
            if (folded := self._keys[place].fold_record(pairs)) is not None
        )

    def _is_met_by(self, effects: Mapping[str, JsonValue]) -> bool:
        """Whether a key of one field finds what a package copies; nobody asked for it there."""
        return any(
            self._returning.is_wanted((place, loosen(folded)))
            for place, key in enumerate(self._keys)
            if len(key.fields) == 1 and key.fields[0].name in effects
            if (folded := key.fold_record(effects)) is not None
        )

    def _fields_of(self, place: int) -> list[str]:
        return [field.name for field in self._keys[place].fields]

    def _made(self, plan: RecordPlan, sent: Mapping[str, JsonValue]) -> OrgRecord:
        blank = {name: self._blank(self._describe.field(name)) for name in self._names}
        made = {**blank, **sent, "Id": reference_to(plan.object_id, plan.row_number)}
        default = find_record_type(self._describe, "")
        if RECORD_TYPE_FIELD in made and made[RECORD_TYPE_FIELD] is None and default:
            made[RECORD_TYPE_FIELD] = default.record_type_id
        return made

    def _sent(self, plan: RecordPlan, record: OrgRecord | None) -> dict[str, JsonValue]:
        """The payload as others of the batch see it, with what the org adds by rules known here."""
        sent = {
            name: self._as_others_say(name, value, plan.row_number)
            for name, value in plan.payload.items()
        }
        placed = kept_in_step(self._addresses, sent, record or {})
        return {**sent, **placed}

    def _as_others_say(self, name: str, value: JsonValue, row_number: int) -> JsonValue:
        named = referred_object(value) if name.casefold() in self._parent_fields else ""
        return reference_to(named, row_number) if named and not referred_row(value) else value

    def _blank(self, field: FieldDescribe | None) -> JsonValue:
        """A checkbox is never empty: without a default it is not ticked."""
        is_checkbox = field is not None and field.type == "boolean"
        return field.default_value == "true" if field and is_checkbox else None

    def _defaults(self) -> list[str]:
        fields = [each for name in self._names if (each := self._describe.field(name))]
        return [each.name for each in fields if each.type != "boolean" and _has_default(each)]

    def _index(self, record_id: str, now: OrgRecord) -> None:
        before = self._records.get(record_id)
        for place, key in enumerate(self._keys):
            old = key.fold_record(before) if before else None
            if old is not None:
                self._exact[place].get(old, {}).pop(record_id, None)
                self._loose[place].get(loosen(old), {}).pop(record_id, None)
            folded = key.fold_record(now)
            if folded is not None:
                self._exact[place].setdefault(folded, {})[record_id] = now
                self._loose[place].setdefault(loosen(folded), {})[record_id] = now


def _has_default(field: FieldDescribe) -> bool:
    return (
        field.defaulted_on_create
        or field.default_value is not None
        or any(each.default for each in field.picklist_values)
    )
