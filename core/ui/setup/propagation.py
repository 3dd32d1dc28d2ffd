"""The wait after the app was made: amber below ten minutes, green from twenty."""

import streamlit as st

from core.connect.propagation import Propagation, PropagationState
from core.connect.setup import DEMO_SKIP_REASON, get_propagation, override_wait, skip_demo_wait
from core.connect.states import Environment
from core.errors import ConsoleError
from core.ui.formats import ago, exact_utc
from core.ui.messages import show_error
from core.ui.place import Place

_REFRESH_SECONDS = 15


def draw_propagation(place: Place) -> None:
    """Draw the timer, which counts by itself, and the way round it."""
    st.subheader("Wait for Salesforce", anchor=False)
    _draw_timer(place)
    wait = get_propagation(place.context, place.connection_id)
    if wait.state in {PropagationState.WAITING, PropagationState.NOT_STARTED}:
        _draw_override(place)
    if wait.is_open:
        st.page_link(
            "pages/credentials.py",
            label="Next: Credentials",
            icon=":material/arrow_forward:",
            query_params=place.query,
        )


@st.fragment(run_every=_REFRESH_SECONDS)
def _draw_timer(place: Place) -> None:
    wait = get_propagation(place.context, place.connection_id)
    draw_verdict(wait)
    if wait.started_at and wait.state in {PropagationState.WAITING, PropagationState.MAY_TRY}:
        total = (wait.ready_at - wait.started_at).total_seconds() if wait.ready_at else 1
        st.progress(
            1 - min(1.0, wait.seconds_left / total),
            text=f"{wait.seconds_left // 60} min {wait.seconds_left % 60} s until green",
        )


def draw_verdict(wait: Propagation) -> None:
    """One line in word, icon and colour."""
    if wait.state is PropagationState.NOT_STARTED:
        st.info(
            "The timer starts with the last step: the saved refresh token policy (S30).",
            icon=":material/hourglass_empty:",
        )
    elif wait.state is PropagationState.WAITING:
        st.warning(
            "Too early: Salesforce needs 10 to 20 minutes to spread a new app. Started "
            f"{ago(wait.started_at)}.",
            icon=":material/hourglass_top:",
        )
    elif wait.state is PropagationState.MAY_TRY:
        st.warning(
            "Worth a try: more than ten minutes have passed. It is safe from twenty.",
            icon=":material/hourglass_bottom:",
        )
    elif wait.state is PropagationState.OVERRIDDEN and wait.override:
        st.success("The wait was skipped.", icon=":material/fast_forward:")
        when = f"{ago(wait.override.ticked_at)} ({exact_utc(wait.override.ticked_at)})"
        st.text(f"{wait.override.ticked_by}, {when}: {wait.override.note}")
    else:
        st.success("Ready: the app has spread.", icon=":material/check_circle:")


def _draw_override(place: Place) -> None:
    try:
        if place.connection.environment is Environment.DEMO:
            st.caption(DEMO_SKIP_REASON)
            if st.button("Skip the wait (demo)", key="propagation.skip"):
                skip_demo_wait(
                    place.context,
                    operator=place.operator.name,
                    connection_id=place.connection_id,
                )
                st.rerun()
            return
        with st.popover("Go on without waiting", icon=":material/fast_forward:"):
            reason = st.text_input("Reason", key="propagation.reason")
            if st.button("Skip the wait", key="propagation.override"):
                override_wait(
                    place.context,
                    operator=place.operator.name,
                    connection_id=place.connection_id,
                    reason=reason,
                )
                st.rerun()
    except ConsoleError as error:
        show_error(error)
