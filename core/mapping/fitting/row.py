"""One row against the field it goes to, as the org has it and, if known, had it before. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from core.mapping.checks.issues import Severity
from core.mapping.coercion.picklists import Picklist
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.diff.phrases import object_title, row_words
from core.mapping.fitting.misfits import Misfit, MisfitKind
from core.mapping.model import (
    FieldRow,
    NullRule,
    ObjectMapping,
    Operation,
    SourceKind,
    UnmappedPolicy,
    WriteRule,
)
from core.mapping.value_maps import split_values

Describes = Mapping[str, SobjectDescribe]
PICKLIST_TYPES = ("picklist", "multipicklist")
_ASK_ADMIN = "Ask the university's Salesforce admin, or map the row to another field."
_LOOK_AGAIN = "Look at the row's problems and samples again."


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlace:
    """A row within its object, with the org's side of it. `before` is None where unknown.

    `only_changes` leaves out what did not fit before either.
    """

    mapping: ObjectMapping
    row: FieldRow
    describe: SobjectDescribe
    before: SobjectDescribe | None
    describes: Describes
    befores: Describes
    only_changes: bool
    form_id: str = ""
    parent_name: str = ""  # the object of the record whose id the row carries

    @property
    def field(self) -> FieldDescribe | None:
        return self.describe.field(self.row.field_name)

    @property
    def old_field(self) -> FieldDescribe | None:
        return self.before.field(self.row.field_name) if self.before else None

    @property
    def related_name(self) -> str:
        """The object whose records the field must refer to."""
        return self.row.lookup.sobject_name if self.row.lookup else self.parent_name

    def misfit(
        self,
        kind: MisfitKind,
        message: str,
        advice: str = _ASK_ADMIN,
        *,
        severity: Severity = Severity.BLOCKS,
        is_lost: bool = False,
    ) -> Misfit:
        form = " of one AI Form" if self.form_id else ""
        title = object_title(self.mapping.object_id)
        return Misfit(
            kind=kind,
            severity=severity,
            object_id=self.mapping.object_id,
            place=f"{title} · {row_words(self.row)}{form}",
            message=message,
            advice=advice,
            row_ids=(self.row.row_id,),
            form_id=self.form_id,
            is_lost=is_lost,
        )


def row_misfits(place: RowPlace) -> Iterator[Misfit]:
    """Yield what does not fit between a mapped row and its field; what is lost comes alone."""
    field, old = place.field, place.old_field
    if field is None:
        if not place.only_changes or old is not None:
            label = place.describe.label
            yield place.misfit(
                MisfitKind.FIELD_GONE,
                f"{label} has no field {place.row.field_name}, or it is hidden from the "
                "connected user.",
                is_lost=True,
            )
        return
    if not field.is_writable:
        if not place.only_changes or (old is not None and old.is_writable):
            yield place.misfit(
                MisfitKind.NOT_WRITABLE,
                f"{field.label} cannot be written by the connected user.",
                is_lost=True,
            )
        return
    if old is not None:
        yield from _rights(place, field, old)
        yield from _shape(place, field, old)
    yield from _values(place, field, old)
    yield from _newer(place)
    yield from related_misfits(place)


def _rights(place: RowPlace, field: FieldDescribe, old: FieldDescribe) -> Iterator[Misfit]:
    operation = place.mapping.operation
    if operation is not Operation.UPDATE and old.createable and not field.createable:
        yield place.misfit(
            MisfitKind.NOT_CREATEABLE,
            f"{field.label} can no longer be set on new records.",
            severity=Severity.WARNS,
        )
    writes_later = place.row.write_rule is not WriteRule.CREATE_ONLY
    is_update = operation is not Operation.INSERT and writes_later
    if is_update and old.updateable and not field.updateable:
        yield place.misfit(
            MisfitKind.NOT_UPDATEABLE,
            f"{field.label} can no longer be changed on records that exist.",
            severity=Severity.WARNS,
        )


def _shape(place: RowPlace, field: FieldDescribe, old: FieldDescribe) -> Iterator[Misfit]:
    if field.type != old.type:
        yield place.misfit(
            MisfitKind.TYPE_CHANGED,
            f"{field.label} is of type {field.type}; it was {old.type}.",
            _LOOK_AGAIN,
            severity=Severity.HOLDS,
        )
        return
    if 0 < field.length < old.length or (field.length and not old.length):
        misfit = place.misfit(
            MisfitKind.SHORTER,
            f"{field.label} holds {field.length} characters; it held {old.length or 'more'}.",
            _LOOK_AGAIN,
            severity=Severity.HOLDS,
        )
        yield replace(misfit, new_length=field.length)
    elif _digits(field) < _digits(old) or field.scale < old.scale:
        misfit = place.misfit(
            MisfitKind.SHORTER,
            f"{field.label} holds smaller or less precise numbers than it did.",
            _LOOK_AGAIN,
            severity=Severity.HOLDS,
        )
        yield replace(misfit, new_field=field)


def _digits(field: FieldDescribe) -> int:
    return field.digits or field.precision - field.scale


def _values(place: RowPlace, field: FieldDescribe, old: FieldDescribe | None) -> Iterator[Misfit]:
    texts = sent_texts(place.row)
    missing = missing_values(texts, field, old if place.only_changes else None)
    if missing:
        yield value_misfit(place, field, missing)


def value_misfit(place: RowPlace, field: FieldDescribe, missing: tuple[str, ...]) -> Misfit:
    """The misfit of picklist values that a row sends and the field does not have.

    The message leaves them out: some may be what a person answered.
    """
    one = "value is" if len(missing) == 1 else "values are"
    misfit = place.misfit(
        MisfitKind.VALUE_GONE,
        f"{len(missing)} {one} missing or switched off in {field.label}.",
        "Send other values, or ask the university's Salesforce admin to add these.",
        severity=Severity.HOLDS if field.restricted_picklist else Severity.WARNS,
    )
    return replace(misfit, values=missing)


def sent_texts(row: FieldRow) -> tuple[str, ...]:
    """The texts that the row itself names to be sent: constant, value map, text for a blank."""
    texts = [row.null_text] if row.null_rule is NullRule.USE_TEXT else []
    if row.source.kind is SourceKind.CONSTANT and row.value_map is None and not row.transforms:
        texts.append(row.source.text)
    if row.value_map is not None:
        texts += [sent for _, sent in row.value_map.pairs]
        if row.value_map.unmapped is UnmappedPolicy.USE_DEFAULT:
            texts.append(row.value_map.default)
    return tuple(texts)


def missing_values(
    texts: tuple[str, ...], field: FieldDescribe, old: FieldDescribe | None = None
) -> tuple[str, ...]:
    """Return the single values that the picklist does not take, or no longer takes if `old`."""
    if field.type not in PICKLIST_TYPES:
        return ()
    found = {value: None for text in texts for value in _single(text, field)}
    now = Picklist(field)
    was = Picklist(old) if old is not None and old.type in PICKLIST_TYPES else None
    return tuple(value for value in found if _harm(now, value) > (_harm(was, value) if was else 0))


def _harm(picklist: Picklist, value: str) -> int:
    """0 where the value fits, 1 where it is only warned of, 2 where it is held."""
    found = picklist.find(value)
    return 2 if found.is_blocked else int(bool(found.problems))


def _single(text: str, field: FieldDescribe) -> list[str]:
    if field.type == "multipicklist":
        return split_values(text)
    return [text.strip()] if text.strip() else []


def _newer(place: RowPlace) -> Iterator[Misfit]:
    row, before = place.row, place.before
    newer = row.newer.field_name if row.newer else ""
    if newer and place.describe.field(newer) is None:
        was_missing = before is not None and before.field(newer) is None
        if not (place.only_changes and was_missing):
            message = f"{place.describe.label} has no field {newer}, which tells what is newer."
            yield place.misfit(MisfitKind.NEWER_GONE, message)


def related_misfits(place: RowPlace) -> Iterator[Misfit]:
    """Yield why the field cannot refer to the row's related record, as far as the org was asked."""
    field = place.field
    if field is None:
        return
    message = _why_unrelated(place, field, place.describes)
    old = place.old_field if place.only_changes else None
    if message and not (old and _why_unrelated(place, old, place.befores)):
        yield place.misfit(MisfitKind.LOOKUP_GONE, message)


def _why_unrelated(place: RowPlace, field: FieldDescribe, describes: Describes) -> str:
    lookup, name = place.row.lookup, place.related_name
    if place.parent_name and field.type != "reference":
        return f"{field.label} is of type {field.type} and refers to no {name}."
    if name and field.reference_to and name.casefold() not in map(str.casefold, field.reference_to):
        return f"{field.label} refers to {', '.join(field.reference_to)}, not to {name}."
    related = find_describe(describes, name) if lookup else None
    if related and lookup and related.field(lookup.by_field) is None:
        return f"{related.label} has no field {lookup.by_field} to look records up by."
    return ""


def find_describe(describes: Describes, sobject_name: str) -> SobjectDescribe | None:
    """The describe of an object, whose name the platform compares without case."""
    found = describes.get(sobject_name)
    if found is not None:
        return found
    folded = sobject_name.casefold()
    return next((each for name, each in describes.items() if name.casefold() == folded), None)
