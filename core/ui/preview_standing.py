"""Which version of the mapping a preview is of, and whether the customer has signed that one."""

import streamlit as st

from core.preview.runs import RunView
from core.store.mappings import MappingState, state_of
from core.ui.formats import ago
from core.ui.messages import escaped
from core.ui.place import Place


def draw_standing(place: Place, run: RunView) -> None:
    """Draw a line that an operator can read out: signed by whom, or not, and what came after."""
    state = state_of(place.console.store, place.connection_id)
    lines = [signed_words(state, run), *later_words(state, run)]
    if len(lines) == 1 and is_signed(state, run):
        st.caption(escaped(lines[0]))
    else:
        st.info(escaped(" ".join(lines)), icon=":material/signature:")


def is_signed(state: MappingState, run: RunView) -> bool:
    """Whether the customer's word stands for exactly this preview's version."""
    version = state.version(run.mapping_version_id)
    return version is not None and version.sign_off is not None


def signed_words(state: MappingState, run: RunView) -> str:
    version = state.version(run.mapping_version_id)
    number = f"This preview is of version {run.mapping_number}"
    if version is None or version.sign_off is None:
        return f"{number}, which is not signed off."
    signed = version.sign_off
    told = f"taken down by {signed.signed_by} {ago(signed.signed_at)}"
    return f"{number}, signed off by {signed.customer_name}, {told}."


def later_words(state: MappingState, run: RunView) -> list[str]:
    """What was changed since, so that nobody takes an old preview for the newest mapping's."""
    told = []
    newest = state.newest
    if newest and newest.info.number > run.mapping_number:
        told.append(f"Version {newest.info.number} is newer: preview again to see it.")
    if state.draft:
        told.append(
            f"{state.draft.saved_by} edits the mapping; those changes are in no version yet."
        )
    return told
