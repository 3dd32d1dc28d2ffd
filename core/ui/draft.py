"""The mapping being edited: kept in the session, with undo, until it is saved as a version."""

from dataclasses import dataclass, replace

import streamlit as st

from core.mapping.edit import with_object
from core.mapping.model import MappingDraft, ObjectMapping
from core.store.mappings import SavedMapping, load_mapping, save_mapping
from core.ui.place import Place

_UNDO_STEPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """A draft, the version it is based on, and what it was before each edit."""

    draft: MappingDraft
    based_on: int
    saved: SavedMapping | None
    undo: tuple[MappingDraft, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.saved is None or self.draft != self.saved.draft


def _key(place: Place) -> str:
    return f"mapping.editing.{place.connection_id}"


def current(place: Place) -> Editing | None:
    """What is being edited; the newest saved version where nothing is; None before the first."""
    editing: Editing | None = st.session_state.get(_key(place))
    if editing is not None and (editing.is_changed or editing.undo):
        return editing
    saved = load_mapping(place.console.store, place.connection_id)
    if saved is None:
        return editing
    return _keep(place, Editing(draft=saved.draft, based_on=saved.number, saved=saved))


def change(place: Place, draft: MappingDraft) -> None:
    """Take an edit; the state before can be brought back with `undo`."""
    editing = current(place)
    if editing is None:
        _keep(place, Editing(draft=draft, based_on=0, saved=None))
    elif draft != editing.draft:
        steps = (*editing.undo, editing.draft)[-_UNDO_STEPS:]
        _keep(place, replace(editing, draft=draft, undo=steps))


def change_object(place: Place, changed: ObjectMapping) -> None:
    """Take an edit of one object of the mapping."""
    editing = current(place)
    draft = with_object(editing.draft, changed) if editing else MappingDraft(objects=(changed,))
    change(place, draft)


def undo(place: Place) -> None:
    editing = current(place)
    if editing is not None and editing.undo:
        _keep(place, replace(editing, draft=editing.undo[-1], undo=editing.undo[:-1]))


def discard(place: Place) -> None:
    """Forget the edits; the newest saved version is shown again."""
    st.session_state.pop(_key(place), None)


def save(place: Place, note: str = "") -> SavedMapping:
    """Save as a new version. EditConflict where somebody saved meanwhile; the edits are kept."""
    editing = current(place)
    assert editing is not None
    saved = save_mapping(
        place.console.store,
        connection_id=place.connection_id,
        draft=editing.draft,
        based_on=editing.based_on,
        operator=place.operator.name,
        note=note,
    )
    _keep(place, Editing(draft=saved.draft, based_on=saved.number, saved=saved))
    return saved


def rebase(place: Place) -> None:
    """After a conflict: keep our draft, but on top of the newest version."""
    editing = current(place)
    newest = load_mapping(place.console.store, place.connection_id)
    if editing is not None and newest is not None:
        _keep(place, replace(editing, based_on=newest.number, saved=newest))


def _keep(place: Place, editing: Editing) -> Editing:
    st.session_state[_key(place)] = editing
    return editing
