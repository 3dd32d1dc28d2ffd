"""Why a piece of data is not sent: for one field, or for all open ones of a group."""

import streamlit as st

from core.mapping.coverage import CoverageStatus
from core.mapping.editing.not_sent import leave_out
from core.ui.mapping.data import MappingDesk
from core.ui.mapping.edit import alter_draft
from core.ui.mapping.lines import Line
from core.ui.place import Place

QUICK_REASONS = (
    "Not collected for this university",
    "The university does not need it",
    "Sensitive, not agreed",
    "Salesforce has no field for it",
    "Kept in Halda only",
)


def draw_reason(place: Place, desk: MappingDesk, line: Line) -> None:
    """Draw "Not sent, because ..." of a field that has no target in this object.

    In a form's view it is said for that form; what is said for every form shows beside it.
    """
    if line.field is None:
        return
    source_key = line.field.key
    reason = desk.reasons.get(source_key, "")
    if line.cover is not None and line.cover.status is CoverageStatus.MAPPED and not reason:
        st.caption(f"Goes to {', '.join(line.cover.targets)}.")
        return
    inherited = line.cover.reason if line.cover is not None and not reason else ""
    key = f"mapping.reason.{f'{desk.form.form_id}.' if desk.form else ''}{source_key}"
    st.session_state[key] = reason or None
    st.selectbox(
        "Not sent, because …",
        list(dict.fromkeys([*QUICK_REASONS, *([reason] if reason else [])])),
        index=None,
        placeholder=f"As in the default: {inherited}" if inherited else "Choose or type a reason",
        accept_new_options=True,
        key=key,
        on_change=lambda: alter_draft(
            place,
            desk,
            lambda draft: leave_out(draft, [source_key], st.session_state[key] or "", desk.form),
        ),
    )


def draw_group_reason(place: Place, desk: MappingDesk) -> None:
    """Give all open fields of a group the same reason at once."""
    open_keys: dict[str, list[str]] = {}
    for line in desk.reach.open_lines:
        open_keys.setdefault(line.group, []).append(line.key)
    if not open_keys:
        st.caption("No collected field is open.")
        return
    everything = "All groups"
    keys = {everything: [key for each in open_keys.values() for key in each], **open_keys}
    with st.form("mapping.group_reason", border=False):
        group = st.selectbox(
            "Open fields of", list(keys), format_func=lambda name: f"{name} ({len(keys[name])})"
        )
        reason = st.selectbox(
            "are not sent, because …",
            QUICK_REASONS,
            index=None,
            placeholder="Choose or type a reason",
            accept_new_options=True,
        )
        if st.form_submit_button("Mark as not sent") and group and reason:
            alter_draft(place, desk, lambda draft: leave_out(draft, keys[group], reason, desk.form))
            st.rerun()
