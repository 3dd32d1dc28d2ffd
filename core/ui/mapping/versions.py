"""The versions of a mapping: who saved and signed which, what changed, and bringing one back."""

import streamlit as st

from core.mapping.diff.drafts import diff_mappings
from core.mapping.model import MappingDraft
from core.store.mappings import MappingState, VersionLife, load_version
from core.ui.formats import ago, count, exact_utc
from core.ui.mapping import draft as editing
from core.ui.mapping.changes import draw_changes
from core.ui.mapping.life import state_badge
from core.ui.mapping.sign_off import draw_withdrawals
from core.ui.messages import escaped
from core.ui.place import Place

_MOST_SHOWN = 30


def draw_versions(place: Place, now: editing.Editing, life: MappingState) -> None:
    with st.expander(f"Versions ({len(life.versions)})", icon=":material/history:"):
        if now.is_changed:
            st.text_input("Note for the next version", key="mapping.note")
        if not life.versions:
            st.caption("No version yet: edits are kept, and Save version makes the first.")
            return
        _draw_comparison(place, now, life)
        for version in life.versions[:_MOST_SHOWN]:
            _draw_version(place, version)


def _draw_comparison(place: Place, now: editing.Editing, life: MappingState) -> None:
    labels = {each.info.version_id: f"v{each.info.number}" for each in life.versions}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        before = st.selectbox(
            "Compare",
            list(labels),
            format_func=labels.__getitem__,
            key="mapping.compare",
            width=140,
        )
        after = st.selectbox(
            "with",
            ["", *labels],
            format_func=lambda each: labels.get(each, "what is shown now"),
            key="mapping.compare_with",
            width=220,
        )
    if not before:
        return
    changes = diff_mappings(_content(place, now, before), _content(place, now, after))
    st.caption(f"{count(len(changes), 'difference')}.")
    if changes:
        draw_changes(changes, key="mapping.diff")


def _content(place: Place, now: editing.Editing, version_id: str) -> MappingDraft:
    return load_version(place.console.store, version_id).draft if version_id else now.draft


def _draw_version(place: Place, version: VersionLife) -> None:
    info = version.info
    with st.container(horizontal=True, vertical_alignment="center"):
        state_badge(version.state, info.number)
        st.caption(
            escaped(f"{ago(info.saved_at)} by {info.saved_by}"), help=exact_utc(info.saved_at)
        )
        signed = version.sign_off
        told = [
            f"agreed by {signed.customer_name}, taken down by {signed.signed_by}" if signed else "",
            info.origin,
            info.note,
        ]
        st.text(" · ".join(each for each in told if each))
        st.button(
            "Bring back",
            key=f"mapping.back.{info.number}",
            type="tertiary",
            icon=":material/restore:",
            on_click=_bring_back,
            args=(place, info.version_id, info.number),
        )
        draw_withdrawals(place, version)


def _bring_back(place: Place, version_id: str, number: int) -> None:
    old = load_version(place.console.store, version_id)
    editing.change(place, old.draft, origin=f"restored from version {number}")
