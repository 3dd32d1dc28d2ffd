"""Pause and resume of a connection, with words for what that does."""

import streamlit as st

from core.connect.connections import ConnectionView
from core.connect.context import ConnectContext
from core.connect.doctor.examine import examine
from core.connect.pause import MAY_PAUSE, PAUSE_MEANING, pause, resume
from core.connect.states import ConnectionState
from core.ui import state
from core.ui.status.doctor_view import VERDICT_WORDS


def draw_pause(context: ConnectContext, connection: ConnectionView, *, operator: str) -> None:
    """Draw what a paused connection means and Resume, or the way to pause a working one."""
    if connection.state is ConnectionState.PAUSED:
        _draw_resume(context, connection, operator)
    elif connection.state in MAY_PAUSE:
        _draw_pause(context, connection, operator)


def _draw_resume(context: ConnectContext, connection: ConnectionView, operator: str) -> None:
    st.warning(f"Paused. {PAUSE_MEANING}", icon=":material/pause_circle:")
    if not st.button("Resume", key="pause.resume", type="primary", icon=":material/play_arrow:"):
        return
    resume(context, operator=operator, connection_id=connection.connection_id)
    with st.spinner("Asking the org whether the sign-in still works …"):
        verdict = examine(context, connection.connection_id, asked_by=operator).verdict
    state.flash(f"Resumed. Checked just now: {VERDICT_WORDS[verdict]}")
    st.rerun()


def _draw_pause(context: ConnectContext, connection: ConnectionView, operator: str) -> None:
    with st.popover("Pause", icon=":material/pause_circle:"):
        st.text(PAUSE_MEANING)
        reason = st.text_input("Why (stands on the timeline)", key="pause.reason")
        if st.button("Pause this connection", key="pause.pause", type="primary"):
            pause(
                context,
                operator=operator,
                connection_id=connection.connection_id,
                reason=reason or "",
            )
            state.flash("Paused: nothing is previewed, sent or renewed until somebody resumes it.")
            st.rerun()
