"""Match keys: what a record is looked up by, when two values are one, and the queries. Pure."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from core.errors import InvalidInput, MappingProblem
from core.mapping.apply import AppliedRecord, effective_rows
from core.mapping.coercion.compare import is_blank
from core.mapping.coercion.moments import parse_moment
from core.mapping.describe import UNWRITABLE_TYPES, FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue, MatchKey, Newer, ObjectMapping, Operation, WriteRule
from core.mapping.stored_ids import ID_FIELD
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery, SoqlValue, all_of, is_any_of, select_in

# One query part answers this many inquiries, so 2,000 with three keys take two composite calls.
ROWS_PER_PART = 1_000
# All lists of one part together; with the names around them they stay under 100,000 characters.
_MAX_LISTED = 80_000
_NUMBERS = frozenset({"int", "long", "double", "currency", "percent"})
_ALWAYS_READ = (
    *("Id", "SystemModstamp", "RecordTypeId"),
    *("IsDeleted", "MasterRecordId"),
    *("IsConverted", "ConvertedDate", "ConvertedContactId", "ConvertedAccountId"),
)

Folded = tuple[str, ...]
OrgRecord = Mapping[str, JsonValue]
# Many queries at once, answered in their order.
Ask = Callable[[Sequence[str | InQuery]], list[list[Record]]]


@dataclass(frozen=True, slots=True)
class Key:
    """One match key with its fields as the org describes them."""

    fields: tuple[FieldDescribe, ...]

    @property
    def label(self) -> str:
        return " + ".join(field.label for field in self.fields)

    @property
    def is_identity(self) -> bool:
        """Whether the org or a partner system gives the value to one record only."""
        return any(f.unique or f.external_id or f.type == "id" for f in self.fields)

    @property
    def is_id(self) -> bool:
        """Whether it is the record's own id, which came along with the inquiry."""
        return self.fields[0].type == "id"

    def values(self, applied: AppliedRecord) -> tuple[JsonValue, ...] | None:
        """Return the record's values of this key, None where any of them is missing."""
        found = tuple(applied.value(field.name) for field in self.fields)
        return None if any(is_blank(value) for value in found) else found

    def fold(self, values: Iterable[JsonValue]) -> Folded:
        """Return what stays of the values when all that the platform ignores is taken away."""
        pairs = zip(values, self.fields, strict=True)
        return tuple(fold(value, field) for value, field in pairs)

    def fold_record(self, record: OrgRecord) -> Folded | None:
        """Return the folded values that the org holds, None where any of them is blank."""
        values = [record.get(field.name) for field in self.fields]
        return None if any(is_blank(value) for value in values) else self.fold(values)


def find_keys(draft: ObjectMapping, describe: SobjectDescribe) -> tuple[Key, ...]:
    """Return the mapping's keys in order; raises MappingProblem for one that cannot be used."""
    if draft.only_converted and (own_id := describe.field(ID_FIELD)):
        return (Key((own_id,)),)  # the lead names its contact
    if not draft.match_keys and draft.operation is not Operation.INSERT:
        raise MappingProblem(
            f"The mapping has no match key, so {draft.operation} cannot find any record.",
            advice="Choose a match key on the mapping page, such as an External ID, and save.",
        )
    served = {row.field_name.casefold() for row in effective_rows(draft)}
    return tuple(_find_key(key, served, describe) for key in draft.match_keys)


def _find_key(key: MatchKey, served: set[str], describe: SobjectDescribe) -> Key:
    fields = []
    for name in key.field_names:
        field = describe.field(name)
        is_served = bool(key.id_source) or name.casefold() in served
        if field is None or not field.filterable or not is_served:
            why = "is not visible" if field is None else "cannot be searched"
            raise MappingProblem(
                f"The match key {name} {why if is_served else 'has no source field'}.",
                advice="Map a source field to it or choose another match key, then save.",
            )
        fields.append(field)
    if not fields:
        raise MappingProblem("A match key names no field.", advice="Remove it, then save.")
    return Key(tuple(fields))


def fold(value: JsonValue, field: FieldDescribe) -> str:
    """Return the value without what SOQL's `=` ignores: case, unless the field minds it.

    Ids are compared by their first 15 characters, numbers and moments by what they mean.
    """
    text = unicodedata.normalize("NFC", str(value)).strip()
    if field.type in _NUMBERS:
        return _fold_number(text)
    if field.type in ("reference", "id"):
        return text[:15]
    if field.type == "datetime":
        moment = parse_moment(text)
        return moment.isoformat() if moment else text
    # lower() and not casefold(): the platform does not take ß for ss
    return text if field.case_sensitive else text.lower()


def _fold_number(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return text


def loosen(folded: Folded) -> Folded:
    """Return the folded values without accents, by which the platform may take two for one."""
    return tuple([text.casefold() if text.isascii() else _plain(text) for text in folded])


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in apart if not unicodedata.combining(c))


def fields_to_read(
    draft: ObjectMapping, describe: SobjectDescribe, keys: Sequence[Key]
) -> tuple[str, ...]:
    """Return the API names to ask for: the mapped fields, the keys and what tells records apart."""
    rows = effective_rows(draft)
    mapped = [row.field_name for row in rows]
    newer = [
        (row.newer or Newer()).field_name
        for row in rows
        if row.write_rule is WriteRule.ONLY_IF_NEWER
    ]
    keyed = [field.name for key in keys for field in key.fields]
    name_fields = [field.name for field in describe.fields if field.name_field]
    found = (
        describe.field(name) for name in (*_ALWAYS_READ, *name_fields, *mapped, *newer, *keyed)
    )
    readable = (f for f in found if f and (f.type not in UNWRITABLE_TYPES or f.name == "Id"))
    return tuple(dict.fromkeys(field.name for field in readable))


def build_queries(
    key: Key,
    values: Iterable[Sequence[JsonValue]],
    *,
    describe: SobjectDescribe,
    field_names: Sequence[str],
    with_deleted: bool = False,
) -> list[InQuery]:
    """Return the queries that find every record holding one of these values of the key.

    A compound key takes a list per field; which values belong together is for the caller to check.
    `with_deleted` asks for deleted and merged records as well, where the org lets them be told.
    """
    is_all = with_deleted and describe.field("IsDeleted") is not None
    queries = (_build_query(key, part, describe, field_names) for part in _parts(key, values))
    return [replace(query, with_deleted=is_all) for query in queries]


def can_be_asked(key: Key, values: Sequence[JsonValue], describe: SobjectDescribe) -> bool:
    """Whether SOQL can say these values, which the org itself may hold."""
    try:
        for value, field in zip(values, key.fields, strict=True):
            is_any_of(describe, field.name, [_to_soql(value, field)])
    except (InvalidInput, ValueError, ArithmeticError):
        return False
    return True


def _build_query(
    key: Key, part: Sequence[Sequence[SoqlValue]], describe: SobjectDescribe, names: Sequence[str]
) -> InQuery:
    first, *others = zip(key.fields, zip(*part, strict=True), strict=True)
    conditions = [is_any_of(describe, field.name, values) for field, values in others]
    return select_in(
        describe,
        names,
        field_name=first[0].name,
        values=first[1],
        also=all_of(*conditions) if conditions else None,
    )


def _parts(
    key: Key, values: Iterable[Sequence[JsonValue]]
) -> Iterator[list[tuple[SoqlValue, ...]]]:
    distinct = {key.fold(each): each for each in values}
    part: list[tuple[SoqlValue, ...]] = []
    listed = 0
    for each in distinct.values():
        size = sum(len(str(value)) * 2 + 3 for value in each)  # quoting may double a character
        if part and (len(part) >= ROWS_PER_PART or listed + size > _MAX_LISTED):
            yield part
            part, listed = [], 0
        pairs = zip(each, key.fields, strict=True)
        part.append(tuple(_to_soql(value, field) for value, field in pairs))
        listed += size
    if part:
        yield part


def _to_soql(value: JsonValue, field: FieldDescribe) -> SoqlValue:
    """As SOQL writes it: dates, moments and numbers stand without quotes."""
    if field.type == "date":
        return date.fromisoformat(str(value))
    if field.type == "datetime":
        return parse_moment(str(value))
    if field.type in _NUMBERS:
        return Decimal(str(value))
    return value
