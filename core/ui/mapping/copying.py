"""The mapping of the account's other environment, such as sandbox to production, taken over."""

from collections.abc import Sequence

import streamlit as st

from core.connect.connections import ConnectionView, list_connections
from core.connect.snapshots import get_describe, load_describe
from core.errors import ConsoleError
from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.copying import Copied, copy_to
from core.mapping.fitting.misfits import Misfit
from core.store.mappings import SavedMapping, load_mapping
from core.ui import state
from core.ui.formats import count
from core.ui.mapping import draft as editing
from core.ui.mapping.lines import SIGNS
from core.ui.messages import show_error
from core.ui.place import Place

_ASKED = "mapping.copy_from"
_MOST_SHOWN = 40


def draw_copy(place: Place) -> None:
    """Offer the newest version of each other environment; show what would be lost before."""
    offered = _offered(place)
    with st.container(horizontal=True):
        for other, saved in offered:
            st.button(
                f"Copy version {saved.number} from {other.environment.value} …",
                key=f"mapping.copy.{other.environment.value}",
                icon=":material/content_copy:",
                on_click=_ask,
                args=(other.connection_id,),
            )
    asked = st.session_state.get(_ASKED)
    for other, saved in offered:
        if other.connection_id == asked:
            _draw_question(place, other, saved)


def draw_misfits(misfits: Sequence[Misfit]) -> None:
    """One line each, those that are left out first."""
    for each in sorted(misfits, key=lambda misfit: not misfit.is_lost)[:_MOST_SHOWN]:
        left_out = "left out · " if each.is_lost else ""
        st.text(f"{left_out}{SIGNS[each.severity]} {each.sentence}")
    if len(misfits) > _MOST_SHOWN:
        st.caption(f"And {len(misfits) - _MOST_SHOWN} more.")


def _offered(place: Place) -> list[tuple[ConnectionView, SavedMapping]]:
    others = [
        each
        for each in list_connections(place.context, place.account.account_id)
        if each.connection_id != place.connection_id
    ]
    saved = [(each, load_mapping(place.console.store, each.connection_id)) for each in others]
    return [(each, mapping) for each, mapping in saved if mapping is not None]


def _ask(connection_id: str) -> None:
    st.session_state[_ASKED] = connection_id


def _forget() -> None:
    st.session_state.pop(_ASKED, None)


def _draw_question(place: Place, other: ConnectionView, saved: SavedMapping) -> None:
    with st.container(border=True):
        try:
            copied = _copied(place, other, saved)
        except ConsoleError as error:
            show_error(error)
            st.button("Close", key="mapping.copy.close", on_click=_forget)
            return
        rows = sum(len(each.rows) for each in copied.draft.objects)
        st.text(f"{count(rows, 'row')} fit here; {len(copied.lost)} are left out.")
        draw_misfits(copied.misfits)
        with st.container(horizontal=True):
            if st.button("Copy it here", type="primary", key="mapping.copy.do"):
                origin = f"copied from {other.environment.value} version {saved.number}"
                editing.change(place, copied.draft, origin=origin)
                state.flash("Copied. Check it, then save a version.")
                _forget()
                st.rerun()
            st.button("Cancel", key="mapping.copy.cancel", on_click=_forget)


def _copied(place: Place, other: ConnectionView, saved: SavedMapping) -> Copied:
    names = list(dict.fromkeys(each.sobject_name for each in saved.draft.objects))
    here: dict[str, SobjectDescribe] = {}
    there: dict[str, SobjectDescribe] = {}
    for name in names:
        before = load_describe(place.context, other.connection_id, name)
        if before is not None:
            there[name] = before.describe
        try:
            here[name] = get_describe(place.context, place.connection_id, name).describe
        except ConsoleError:  # not there, or not to be seen: the copy lists it as left out
            continue
    return copy_to(saved.draft, here, there)
