"""The mapping being edited: every edit is kept in the store at once; undo lives in the session."""

from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from core.errors import EditConflict
from core.mapping.editing.rows import with_object
from core.mapping.model import MappingDraft, ObjectMapping
from core.store.mappings import (
    SavedMapping,
    StoredDraft,
    discard_draft,
    load_draft,
    load_mapping,
    save_draft,
    save_mapping,
)
from core.ui.place import Place

_UNDO_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """What the page shows. `revision` is 0 where the store holds no edits.

    `undo` and `redo` are our own steps, the next one last; saving a version ends neither.
    `based_on` is the number of the newest version, 0 before the first.
    """

    draft: MappingDraft
    based_on: int
    saved: SavedMapping | None
    revision: int = 0
    kept_at: datetime | None = None
    kept_by: str = ""
    origin: str = ""
    undo: tuple[MappingDraft, ...] = ()
    redo: tuple[MappingDraft, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.saved is None or self.draft != self.saved.draft


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit that was not kept, because somebody else was faster, and what the store said."""

    mine: MappingDraft
    told: str


def current(place: Place) -> Editing | None:
    """Read what is being edited, also by somebody else; the newest version where nothing is.

    Returns None before the first edit. Our undo steps end where somebody else went on.
    """
    store, connection_id = place.console.store, place.connection_id
    stored, saved = load_draft(store, connection_id), load_mapping(store, connection_id)
    before = shown(place)
    editing = _read(stored, saved)
    if editing is None:
        st.session_state.pop(_key(place), None)
        return None
    if before is not None and before.draft == editing.draft:
        editing = replace(editing, undo=before.undo, redo=before.redo)
    return _keep(place, editing)


def change(place: Place, draft: MappingDraft, *, origin: str | None = None) -> None:
    """Take an edit of what the page showed; the state before can be brought back with `undo`.

    Where somebody else edited meanwhile nothing is overwritten: see `clash`.
    """
    before = shown(place)
    if before is not None and draft == before.draft:
        return
    steps = (*before.undo, before.draft)[-_UNDO_STEPS:] if before else ()
    _store(place, before, draft, undo=steps, origin=origin)


def change_object(place: Place, changed: ObjectMapping) -> None:
    """Take an edit of one object of the mapping."""
    editing = shown(place)
    draft = with_object(editing.draft, changed) if editing else MappingDraft(objects=(changed,))
    change(place, draft)


def undo(place: Place) -> None:
    """Bring the state before the last edit back, also one of before the newest version."""
    editing = shown(place)
    if editing is not None and editing.undo:
        again = (*editing.redo, editing.draft)
        _store(place, editing, editing.undo[-1], undo=editing.undo[:-1], redo=again)


def redo(place: Place) -> None:
    """Take the last undo back; any other edit in between ends this."""
    editing = shown(place)
    if editing is not None and editing.redo:
        steps = (*editing.undo, editing.draft)
        _store(place, editing, editing.redo[-1], undo=steps, redo=editing.redo[:-1])


def discard(place: Place) -> None:
    """Drop the edits; the newest saved version is shown again. Undo brings them back."""
    editing = shown(place)
    if editing is None or editing.saved is None:
        return
    discard_draft(
        place.console.store,
        connection_id=place.connection_id,
        expected_revision=editing.revision,
        operator=place.operator.name,
    )
    fresh = _read(None, editing.saved)
    assert fresh is not None
    _keep(place, replace(fresh, undo=(*editing.undo, editing.draft)[-_UNDO_STEPS:]))


def save(place: Place, note: str = "") -> SavedMapping:
    """Save as a new version. EditConflict where somebody edited meanwhile; nothing is lost."""
    editing = shown(place)
    assert editing is not None
    saved = save_mapping(
        place.console.store,
        connection_id=place.connection_id,
        draft=editing.draft,
        based_on=editing.based_on,
        operator=place.operator.name,
        note=note,
        expected_revision=editing.revision,
    )
    fresh = Editing(draft=saved.draft, based_on=saved.number, saved=saved)
    _keep(place, replace(fresh, undo=editing.undo, redo=editing.redo))
    return saved


def clash(place: Place) -> Clash | None:
    """The edit that could not be kept, until one of the two is chosen."""
    found: Clash | None = st.session_state.get(_clash_key(place))
    return found


def take_theirs(place: Place) -> None:
    """Forget our edit that clashed."""
    st.session_state.pop(_clash_key(place), None)


def take_mine(place: Place) -> None:
    """Put our edit over what somebody else made meanwhile; undo brings theirs back."""
    found, theirs = clash(place), current(place)
    take_theirs(place)
    if found is not None:
        _store(place, theirs, found.mine, undo=(theirs.draft,) if theirs else ())


def _store(
    place: Place,
    before: Editing | None,
    draft: MappingDraft,
    *,
    undo: tuple[MappingDraft, ...],
    redo: tuple[MappingDraft, ...] = (),
    origin: str | None = None,
) -> None:
    try:
        stored = save_draft(
            place.console.store,
            connection_id=place.connection_id,
            draft=draft,
            based_on=before.based_on if before else 0,
            expected_revision=before.revision if before else 0,
            operator=place.operator.name,
            origin=origin,
        )
    except EditConflict as conflict:
        st.session_state[_clash_key(place)] = Clash(draft, conflict.message)
        return
    editing = _read(stored, before.saved if before else None)
    assert editing is not None
    _keep(place, replace(editing, undo=undo, redo=redo))


def _read(stored: StoredDraft | None, saved: SavedMapping | None) -> Editing | None:
    if stored is not None:
        return Editing(
            draft=stored.draft,
            based_on=stored.based_on,
            saved=saved,
            revision=stored.revision,
            kept_at=stored.saved_at,
            kept_by=stored.saved_by,
            origin=stored.origin,
        )
    if saved is not None:
        return Editing(draft=saved.draft, based_on=saved.number, saved=saved)
    return None


def shown(place: Place) -> Editing | None:
    """What the page showed when the person acted on it."""
    editing: Editing | None = st.session_state.get(_key(place))
    return editing


def _key(place: Place) -> str:
    return f"mapping.editing.{place.connection_id}"


def _clash_key(place: Place) -> str:
    return f"mapping.clash.{place.connection_id}"


def _keep(place: Place, editing: Editing) -> Editing:
    st.session_state[_key(place)] = editing
    return editing
