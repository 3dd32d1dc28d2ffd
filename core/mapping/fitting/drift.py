"""What the org changed since the mapping was made, and how many inquiries it concerns. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from core.mapping.checks.sample_values import remembering
from core.mapping.coercion.coerce import make_coercer
from core.mapping.coercion.values import count_characters
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.fitting.misfits import Misfit, MisfitKind
from core.mapping.fitting.row import (
    PICKLIST_TYPES,
    RowPlace,
    find_describe,
    missing_values,
    value_misfit,
)
from core.mapping.fitting.tightening import became_required
from core.mapping.fitting.whole import Orgs, find_misfits, row_places
from core.mapping.forms import form_id_of, objects_for_form, takes_part
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    ObjectMapping,
    SourceKind,
    SourceRecord,
)
from core.mapping.pipeline import ApplySettings, RowResult, make_reader
from core.mapping.value_maps import split_values

Describes = Mapping[str, SobjectDescribe]


def drift(
    draft: MappingDraft,
    old: Describes,
    new: Describes,
    records: Sequence[SourceRecord] = (),
) -> tuple[Misfit, ...]:
    """Return what the mapping relied on in the `old` describes and lacks in the `new` ones.

    Picklist values count where a value map or constant sends them, or one of `records` does.
    """
    orgs = Orgs(describes=new, before=old, only_changes=True)
    found = list(find_misfits(draft, orgs))
    for mapping in draft.objects:
        for place in row_places(draft, mapping, orgs):
            _add_carried(found, place, draft, records)
            _add_required(found, place, draft, records)
    return tuple(found)


def count_pending(
    misfit: Misfit, draft: MappingDraft, old: Describes, records: Sequence[SourceRecord]
) -> int:
    """Return how many of these inquiries the finding concerns: those that send such a value.

    What concerns an object as a whole concerns each inquiry that makes a record of it.
    """
    mapping = draft.object(misfit.object_id)
    if mapping is None:
        return 0
    if misfit.kind in _OF_THE_OBJECT:
        return sum(takes_part(mapping, record.values) for record in records)
    rows = [row for row in _rows_of(draft, mapping, misfit) if row.row_id in misfit.row_ids]
    ways = [_results(draft, mapping, row, misfit.form_id, old=old, records=records) for row in rows]
    if misfit.kind is MisfitKind.BECAME_REQUIRED:
        return sum(_is_blank(result) for way in ways for result in way)
    texts = [text for way in ways for text in _filled(way)]
    if misfit.kind is MisfitKind.BECAME_UNIQUE:
        counts = Counter(text.strip().casefold() for text in texts)
        return sum(count for count in counts.values() if count > 1)
    return sum(map(_concern_of(misfit, _old_field(old, mapping, rows)), texts))


_OF_THE_OBJECT = frozenset(
    {
        MisfitKind.OBJECT_GONE,
        MisfitKind.OBJECT_NOT_WRITABLE,
        MisfitKind.RECORD_TYPE_GONE,
        MisfitKind.KEY_GONE,
        MisfitKind.KEY_WEAKER,
        MisfitKind.REQUIRED_UNSERVED,
    }
)


def _old_field(
    old: Describes, mapping: ObjectMapping, rows: Sequence[FieldRow]
) -> FieldDescribe | None:
    describe = find_describe(old, mapping.sobject_name)
    return describe.field(rows[0].field_name) if describe and rows else None


def _concern_of(misfit: Misfit, old: FieldDescribe | None) -> Callable[[str], bool]:
    """Return the question whether a text is one that the finding is about, each answered once."""
    gone = {value.casefold() for value in misfit.values}
    read_new = make_coercer(misfit.new_field) if misfit.new_field else None
    read_old = make_coercer(old) if old else None

    @cache
    def concerns(text: str) -> bool:
        if misfit.kind is MisfitKind.VALUE_GONE:
            return any(part.casefold() in gone for part in (text.strip(), *split_values(text)))
        if read_new and read_old:
            was, now = read_old(text), read_new(text)
            return not was.is_blocked and was.value != now.value
        return not misfit.new_length or count_characters(text) > misfit.new_length

    return concerns


def _add_carried(
    found: list[Misfit], place: RowPlace, draft: MappingDraft, records: Sequence[SourceRecord]
) -> None:
    field = place.field
    if field is None or field.type not in PICKLIST_TYPES or not records:
        return
    texts = _filled(
        _results(draft, place.mapping, place.row, place.form_id, old=place.befores, records=records)
    )
    carried = missing_values(tuple(dict.fromkeys(texts)), field, place.old_field)
    known = next((each for each in found if _is_of(each, place)), None)
    values = tuple(dict.fromkeys((*(known.values if known else ()), *carried)))
    if known is not None:
        found[found.index(known)] = value_misfit(place, field, values)
    elif values:
        found.append(value_misfit(place, field, values))


def _add_required(
    found: list[Misfit], place: RowPlace, draft: MappingDraft, records: Sequence[SourceRecord]
) -> None:
    misfit = became_required(place)
    if misfit is None:
        return
    results = _results(
        draft, place.mapping, place.row, place.form_id, old=place.befores, records=records
    )
    if any(map(_is_blank, results)):
        found.append(misfit)


def _is_blank(result: RowResult) -> bool:
    is_blocked = any(problem.blocks for problem in result.problems)
    return result.value is None and result.ask is None and not is_blocked


def _is_of(misfit: Misfit, place: RowPlace) -> bool:
    return (
        misfit.kind is MisfitKind.VALUE_GONE
        and misfit.object_id == place.mapping.object_id
        and misfit.row_ids == (place.row.row_id,)
        and misfit.form_id == place.form_id
    )


def _filled(results: Iterable[RowResult]) -> Iterator[str]:
    """Yield what is sent, blanks left out."""
    yield from (each.text for each in results if each.text and each.text.strip())


def _results(
    draft: MappingDraft,
    mapping: ObjectMapping,
    row: FieldRow,
    form_id: str,
    *,
    old: Describes,
    records: Sequence[SourceRecord],
) -> Iterator[RowResult]:
    """Yield what the row makes of each inquiry that goes through it."""
    describe = find_describe(old, mapping.sobject_name)
    field = describe.field(row.field_name) if describe else None
    bare = FieldDescribe(name=row.field_name, label=row.field_name, type="string")
    read = remembering(row, make_reader(row, field or bare, ApplySettings.of(draft)))

    @cache
    def is_used(form: str) -> bool:
        if form_id:
            return form == form_id
        used = next(
            each for each in objects_for_form(draft, form) if each.object_id == mapping.object_id
        )
        return row in used.rows

    for record in records:
        form = form_id_of(record) if draft.forms else ""
        if not takes_part(mapping, record.values) or not is_used(form):
            continue
        if row.source.kind is SourceKind.PARENT:
            text = row.source.text
            yield RowResult(source_text=text, text=text, value=text)
        else:
            yield read(record.values)


def _rows_of(draft: MappingDraft, mapping: ObjectMapping, misfit: Misfit) -> tuple[FieldRow, ...]:
    if not misfit.form_id:
        return mapping.rows
    return tuple(
        each.row
        for form in draft.forms
        for each in form.rows
        if form.form_id == misfit.form_id and each.object_id == mapping.object_id
    )
