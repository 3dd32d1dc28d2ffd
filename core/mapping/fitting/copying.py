"""A mapping for another org or object: what fits stays, what does not is listed. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from core.errors import MappingProblem
from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.misfits import Misfit
from core.mapping.fitting.row import find_describe
from core.mapping.fitting.whole import (
    Orgs,
    find_misfits,
    lacks_key,
    lacks_record_type,
    misfits_of,
    pointing_misfits,
)
from core.mapping.model import FieldRow, FormOverride, MappingDraft, ObjectMapping

_NOTHING: Mapping[str, SobjectDescribe] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What was kept, and every misfit: those that were left out and those to look at."""

    draft: MappingDraft
    misfits: tuple[Misfit, ...]

    @property
    def lost(self) -> tuple[Misfit, ...]:
        """What is not in the draft any more."""
        return tuple(each for each in self.misfits if each.is_lost)

    @property
    def changed(self) -> tuple[Misfit, ...]:
        """What is in the draft, and differs or lacks something there."""
        return tuple(each for each in self.misfits if not each.is_lost)


def copy_to(
    draft: MappingDraft,
    describes: Mapping[str, SobjectDescribe],
    before: Mapping[str, SobjectDescribe] = _NOTHING,
) -> Copied:
    """Return the mapping for another org, such as production, by that org's describes.

    `before` are the describes of the org it comes from, so that other types and lengths show.
    Describes of looked-up objects are used where they are among them. MappingProblem where the
    other org lacks the person's object, which nothing can stand without.
    """
    misfits = find_misfits(draft, Orgs(describes=describes, before=before))
    if find_describe(describes, draft.person.sobject_name) is None:
        raise MappingProblem(
            f"The other org has no object {draft.person.sobject_name}, or the connected user "
            "cannot see it.",
            advice="Choose another object for the person first, or ask the university's admin.",
        )
    return Copied(draft=_without_lost(draft, describes, misfits), misfits=misfits)


def move_object(
    draft: MappingDraft,
    object_id: str,
    describe: SobjectDescribe,
    before: SobjectDescribe | None = None,
    others: Mapping[str, SobjectDescribe] = _NOTHING,
) -> Copied:
    """Return the mapping with one of its objects changed to another; the other objects stay.

    The record type goes unless the new object has one of its name. By the describes of the
    `others`, their rows that carry this one's record id are listed where the field cannot refer
    to the new object; they stay as they are.
    """
    found = draft.object(object_id)
    if found is None:
        raise MappingProblem(
            f"The mapping has no object called {object_id}.",
            advice="Choose one of the objects on the mapping page.",
        )
    moved = replace(found, sobject_name=describe.name)
    objects = tuple(moved if each is found else each for each in draft.objects)
    changed = replace(draft, objects=objects)
    target = {describe.name: describe}
    past = {describe.name: before} if before else _NOTHING  # read by the new name
    misfits = (
        *misfits_of(changed, moved, describe, Orgs(describes=target, before=past)),
        *pointing_misfits(changed, object_id, Orgs(describes={**others, **target}, before={})),
    )
    kept = _kept_object(moved, describe, misfits)
    return Copied(
        draft=replace(
            draft,
            objects=tuple(kept if each is moved else each for each in objects),
            forms=tuple(_kept_form(each, misfits) for each in draft.forms),
        ),
        misfits=misfits,
    )


def _without_lost(
    draft: MappingDraft,
    describes: Mapping[str, SobjectDescribe],
    misfits: tuple[Misfit, ...],
) -> MappingDraft:
    kept = [
        _kept_object(mapping, describe, misfits)
        for mapping in draft.objects
        if (describe := find_describe(describes, mapping.sobject_name)) is not None
    ]
    gone = {each.object_id for each in draft.objects} - {each.object_id for each in kept}
    return replace(
        draft,
        objects=tuple(kept),
        forms=tuple(_kept_form(each, misfits, gone) for each in draft.forms),
    )


def _kept_object(
    mapping: ObjectMapping, describe: SobjectDescribe, misfits: tuple[Misfit, ...]
) -> ObjectMapping:
    lost = _lost_rows(misfits, "")
    return replace(
        mapping,
        rows=tuple(row for row in mapping.rows if not _is_in(lost, mapping.object_id, row)),
        match_keys=tuple(key for key in mapping.match_keys if not lacks_key(key, describe)),
        record_type="" if lacks_record_type(mapping, describe) else mapping.record_type,
    )


def _kept_form(
    form: FormOverride, misfits: tuple[Misfit, ...], gone: Set[str] = frozenset()
) -> FormOverride:
    lost = _lost_rows(misfits, form.form_id)
    rows = (each for each in form.rows if each.object_id not in gone)
    return replace(
        form, rows=tuple(each for each in rows if not _is_in(lost, each.object_id, each.row))
    )


def _lost_rows(misfits: tuple[Misfit, ...], form_id: str) -> set[tuple[str, str]]:
    return {
        (each.object_id, row_id)
        for each in misfits
        if each.is_lost and each.form_id == form_id
        for row_id in each.row_ids
    }


def _is_in(lost: Set[tuple[str, str]], object_id: str, row: FieldRow) -> bool:
    # a row without a target takes a default off for a form; there is nothing to lose in it
    return bool(row.field_name) and (object_id, row.row_id) in lost
