"""Where the mapping stands: draft, signed off, live; save, undo, and two people at once."""

import streamlit as st

from core.connect.connections import mark_mapping_saved
from core.errors import ConsoleError
from core.mapping.diff.drafts import diff_mappings
from core.store.mappings import MappingState, VersionState
from core.ui import state
from core.ui.formats import ago, count, exact_utc
from core.ui.mapping import draft as editing
from core.ui.mapping.changes import draw_changes
from core.ui.mapping.sign_off import draw_agreement
from core.ui.messages import escaped, show_error
from core.ui.place import Place

_NOTE, _REFUSED = "mapping.note", "mapping.refused"
_LOOKS = {
    VersionState.DRAFT: ("gray", ":material/edit_note:", "Draft"),
    VersionState.SIGNED_OFF: ("blue", ":material/verified:", "Signed off"),
    VersionState.LIVE: ("green", ":material/rocket_launch:", "Live"),
    VersionState.SUPERSEDED: ("gray", ":material/history:", "Superseded"),
}


def draw_life(place: Place, now: editing.Editing, life: MappingState) -> None:
    """Draw the state in words and the buttons that every edit needs.

    While two people's edits are in question, nothing of either is made a version.
    """
    is_settled = editing.clash(place) is None
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_badges(life)
        st.caption(escaped(_words(now)), help=_exact(now), width="stretch")
        # callbacks: they act on what the page showed, before it reads what others did meanwhile
        st.button(
            "",
            help="Undo",
            icon=":material/undo:",
            disabled=not (now.undo and is_settled),
            shortcut="Ctrl+Z",
            key="mapping.undo",
            on_click=editing.undo,
            args=(place,),
        )
        st.button(
            "",
            help="Redo",
            icon=":material/redo:",
            disabled=not (now.redo and is_settled),
            shortcut="Ctrl+Shift+Z",
            key="mapping.redo",
            on_click=editing.redo,
            args=(place,),
        )
        st.button(
            "Save version",
            disabled=not (now.is_changed and is_settled),
            shortcut="Ctrl+S",
            key="mapping.save",
            on_click=_save,
            args=(place,),
        )
        if is_settled:
            draw_agreement(now, life)
    refused: ConsoleError | None = st.session_state.pop(_REFUSED, None)
    if refused is not None:
        show_error(refused)


def state_badge(version_state: VersionState, number: int) -> None:
    colour, icon, word = _LOOKS[version_state]
    st.badge(f"{word} v{number}", icon=icon, color=colour)  # type: ignore[arg-type]  # a literal


def _save(place: Place) -> None:
    try:
        saved = editing.save(place, st.session_state.get(_NOTE, ""))
        mark_mapping_saved(place.context, connection_id=place.connection_id)
    except ConsoleError as error:
        st.session_state[_REFUSED] = error
        return
    state.flash(f"Saved as version {saved.number}.")
    st.session_state[_NOTE] = ""


def draw_clash(place: Place, now: editing.Editing | None) -> None:
    """Somebody else was faster: nothing is overwritten until one of the two is chosen."""
    clash = editing.clash(place)
    if clash is None:
        return
    st.error("Somebody else changed this mapping. Your last edit was not kept.")
    st.text(clash.told)
    if now is not None:
        changes = diff_mappings(now.draft, clash.mine)
        st.caption(f"{count(len(changes), 'difference')} between theirs and yours:")
        draw_changes(changes, key="mapping.clash.changes")
    with st.container(horizontal=True):
        if st.button("Keep theirs, drop my edit", key="mapping.theirs"):
            editing.take_theirs(place)
            st.rerun()
        if st.button("Put mine over theirs", key="mapping.mine"):
            editing.take_mine(place)
            st.rerun()


def _draw_badges(life: MappingState) -> None:
    if life.live is not None:
        state_badge(VersionState.LIVE, life.live.info.number)
    signed = life.signed
    if signed is not None and signed.state is not VersionState.LIVE:
        state_badge(signed.state, signed.info.number)
    if signed is None:
        st.badge("Draft, not signed off", icon=":material/edit_note:", color="gray")
    elif life.has_unsigned_changes:
        st.badge("Unsigned changes", icon=":material/edit_note:", color="orange")


def _words(now: editing.Editing) -> str:
    if now.saved is None:
        return f"No version yet · kept {ago(now.kept_at)} by {now.kept_by}"
    number = now.saved.number
    if not now.is_changed:
        return f"Saved: v{number} {ago(now.saved.saved_at)} by {now.saved.saved_by}"
    return f"Unsaved changes since v{number} · kept {ago(now.kept_at)} by {now.kept_by}"


def _exact(now: editing.Editing) -> str:
    saved = (
        f"Version {now.saved.number} saved {exact_utc(now.saved.saved_at)} by "
        f"{now.saved.saved_by}. "
        if now.saved
        else ""
    )
    told = f"{saved}Edits kept {exact_utc(now.kept_at)}." if now.kept_at else saved
    return escaped(told.strip())
