"""What differs between two mappings, field by field, in the order a person reads them. Pure."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from core.mapping.diff.changes import Change, ChangeKind
from core.mapping.diff.pairing import moved, paired
from core.mapping.diff.phrases import (
    NULL_RULE_WORDS,
    OPERATION_WORDS,
    UNMAPPED_WORDS,
    WRITE_RULE_WORDS,
    WRITTEN_FOR_WORDS,
    lookup_words,
    match_keys_words,
    newer_words,
    object_title,
    quoted,
    row_words,
    source_words,
    transforms_words,
)
from core.mapping.model import (
    FieldRow,
    FormOverride,
    MappingDraft,
    NotSent,
    ObjectMapping,
    OverrideRow,
    ValueMap,
)
from core.mapping.suggestions.org_shapes import SHAPE_WORDS

T = TypeVar("T")
Words = Callable[[Any], str]


def diff_mappings(before: MappingDraft, after: MappingDraft) -> tuple[Change, ...]:
    """Return every difference; empty only where the two are equal."""
    whole = Change(place="Whole mapping")
    return (
        *_facts(whole, before, after, _WHOLE_FACTS),
        *_objects(whole, before.objects, after.objects),
        *_not_sent(Change(place="Not sent"), before.not_sent, after.not_sent),
        *_forms(before.forms, after.forms),
    )


# Attribute, what it is called, its words. Values are compared, words are only shown.
_WHOLE_FACTS: tuple[tuple[str, str, Words], ...] = (
    ("shape", "kind of org", lambda shape: SHAPE_WORDS[shape] if shape else "not stated"),
    ("default_country", "default country", quoted),
    ("time_zone", "time zone", quoted),
)
_OBJECT_FACTS: tuple[tuple[str, str, Words], ...] = (
    ("sobject_name", "object", str),
    ("operation", "operation", OPERATION_WORDS.__getitem__),
    ("match_keys", "match keys", match_keys_words),
    ("record_type", "record type", lambda name: name or "the org's default"),
    ("only_with", "only with one of", lambda keys: ", ".join(keys) or "no condition"),
    ("written_for", "written for", WRITTEN_FOR_WORDS.__getitem__),
)
_ROW_FACTS: tuple[tuple[str, str, Words], ...] = (
    ("source", "source", source_words),
    ("field_name", "target", lambda name: name or "(not mapped)"),
    ("transforms", "transforms", transforms_words),
    ("write_rule", "write rule", WRITE_RULE_WORDS.__getitem__),
    ("null_rule", "blank", NULL_RULE_WORDS.__getitem__),
    ("null_text", "text for a blank", quoted),
    ("lookup", "lookup", lookup_words),
    ("newer", "newer by", newer_words),
    ("note", "note", quoted),
)
_MAP_FACTS: tuple[tuple[str, str, Words], ...] = (
    ("unmapped", "other values", UNMAPPED_WORDS.__getitem__),
    ("default", "default", quoted),
)


def _objects(
    whole: Change, before: Sequence[ObjectMapping], after: Sequence[ObjectMapping]
) -> Iterator[Change]:
    def key(each: ObjectMapping) -> str:
        return each.object_id

    yield from _order(whole, "order of the objects", before, after, key=key, words=key)
    for old, new in paired(before, after, key):
        each = _present(old, new)
        here = Change(place=object_title(each.object_id), object_id=each.object_id)
        if old and new:
            yield from _facts(here, old, new, _OBJECT_FACTS)
        else:
            yield _one_sided(here, "object", each.sobject_name, is_added=new is not None)
            yield from _facts(here, *_beside_default(old, new, _bare_object), _OBJECT_FACTS[1:])
        yield from _rows(here, old.rows if old else (), new.rows if new else ())


def _rows(here: Change, before: Sequence[FieldRow], after: Sequence[FieldRow]) -> Iterator[Change]:
    def key(row: FieldRow) -> str:
        return row.row_id

    yield from _order(here, "order of the rows", before, after, key=key, words=row_words)
    for old, new in paired(before, after, key):
        yield from _row(here, old, new)


def _row(here: Change, old: FieldRow | None, new: FieldRow | None) -> Iterator[Change]:
    row = _present(old, new)
    here = replace(here, place=f"{here.place} · {row_words(row)}", row_id=row.row_id)
    if not (old and new):
        words = WRITE_RULE_WORDS[row.write_rule]
        yield _one_sided(here, "", f"({words})", is_added=new is not None)
    before, after = _beside_default(old, new, _bare_row)
    yield from _facts(here, before, after, _ROW_FACTS)
    if before.value_map != after.value_map:
        yield from _value_map(here, before.value_map, after.value_map)


def _value_map(here: Change, old: ValueMap | None, new: ValueMap | None) -> Iterator[Change]:
    def key(pair: tuple[str, str]) -> str:
        return pair[0]

    if old is None or new is None:
        yield _one_sided(here, "value map", "", is_added=new is not None)
    old, new = old or ValueMap(), new or ValueMap()
    here = replace(here, place=f"{here.place} · value map")
    yield from _facts(here, old, new, _MAP_FACTS)
    yield from _order(here, "order of the values", old.pairs, new.pairs, key=key, words=key)
    for left, right in paired(old.pairs, new.pairs, key):
        source, sent = _present(left, right)
        if not (left and right):
            told = f"→ {quoted(sent)}"
            yield _one_sided(here, quoted(source), told, is_added=right is not None)
        elif left[1] != right[1]:
            yield replace(here, what=quoted(source), before=quoted(left[1]), after=quoted(right[1]))


def _not_sent(
    here: Change, before: Sequence[NotSent], after: Sequence[NotSent]
) -> Iterator[Change]:
    def key(each: NotSent) -> str:
        return each.source_key

    yield from _order(here, "order", before, after, key=key, words=key)
    for old, new in paired(before, after, key):
        each = _present(old, new)
        if old and new:
            yield from _facts(here, old, new, (("reason", each.source_key, quoted),))
        else:
            told = f"because {quoted(each.reason)}"
            yield _one_sided(here, each.source_key, told, is_added=new is not None)


def _forms(before: Sequence[FormOverride], after: Sequence[FormOverride]) -> Iterator[Change]:
    def key(each: FormOverride) -> str:
        return each.form_id

    yield from _order(Change(place="AI Forms"), "order", before, after, key=key, words=key)
    for old, new in paired(before, after, key):
        each = _present(old, new)
        title = f"AI Form {quoted(each.form_name or each.form_id)}"
        here = Change(place=title, form_id=each.form_id)
        if old and new:
            yield from _facts(here, old, new, (("form_name", "name", quoted),))
        else:
            yield _one_sided(here, "", "with a way of its own", is_added=new is not None)
        yield from _form_rows(here, old.rows if old else (), new.rows if new else ())
        left_out = replace(here, place=f"{title} · Not sent")
        yield from _not_sent(left_out, old.not_sent if old else (), new.not_sent if new else ())


def _form_rows(
    here: Change, before: Sequence[OverrideRow], after: Sequence[OverrideRow]
) -> Iterator[Change]:
    def key(each: OverrideRow) -> tuple[str, str]:
        return (each.object_id, each.row.row_id)

    yield from _order(
        here, "order of the rows", before, after, key=key, words=lambda each: row_words(each.row)
    )
    for old, new in paired(before, after, key):
        each = _present(old, new)
        place = f"{here.place} · {object_title(each.object_id)}"
        there = replace(here, place=place, object_id=each.object_id)
        yield from _row(there, old.row if old else None, new.row if new else None)


def _facts(
    here: Change, old: object, new: object, facts: Sequence[tuple[str, str, Words]]
) -> Iterator[Change]:
    for name, what, words in facts:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield replace(here, what=what, before=words(before), after=words(after))


def _order(
    here: Change,
    what: str,
    before: Sequence[T],
    after: Sequence[T],
    *,
    key: Callable[[T], Hashable],
    words: Callable[[T], str],
) -> Iterator[Change]:
    was, now = moved(before, after, key)
    if was:
        told = [", ".join(quoted(words(each)) for each in items) for items in (was, now)]
        yield replace(here, what=what, before=told[0], after=told[1])


def _present(old: T | None, new: T | None) -> T:
    each = new if new is not None else old
    assert each is not None
    return each


def _beside_default(old: T | None, new: T | None, bare: Callable[[T], T]) -> tuple[T, T]:
    """Both sides of something that is on one only: what is not the default shows as a change."""
    empty = bare(_present(old, new))
    return (old if old is not None else empty), (new if new is not None else empty)


def _bare_object(mapping: ObjectMapping) -> ObjectMapping:
    return ObjectMapping(sobject_name=mapping.sobject_name, object_id=mapping.object_id)


def _bare_row(row: FieldRow) -> FieldRow:
    return FieldRow(
        row_id=row.row_id,
        source=row.source,
        field_name=row.field_name,
        write_rule=row.write_rule,
    )


def _one_sided(here: Change, what: str, told: str, *, is_added: bool) -> Change:
    if is_added:
        return replace(here, kind=ChangeKind.ADDED, what=what, after=told)
    return replace(here, kind=ChangeKind.REMOVED, what=what, before=told)
