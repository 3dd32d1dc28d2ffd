"""Phase 1: the guide's checklist for the External Client App, and the wait after it."""

import streamlit as st

from core.connect.guide import PHASE_TITLES, Phase
from core.connect.setup import StepView, list_steps
from core.connect.states import AppType
from core.ui.guard import guard
from core.ui.messages import shown_errors
from core.ui.place import Place, open_place, screen_share_switch
from core.ui.setup.callback_check import draw_callback_check, draw_scope_check
from core.ui.setup.checklist import draw_progress, draw_step
from core.ui.setup.propagation import draw_propagation

operator = guard()


def draw_about(steps: tuple[StepView, ...]) -> None:
    with st.expander("About this setup", icon=":material/info:"):
        for view in steps:
            st.text(view.step.text + (f" {view.step.note}" if view.step.note else ""))


def draw_checklist(place: Place) -> None:
    steps = list_steps(place.context, place.connection_id)
    by_phase = {phase: tuple(view for view in steps if view.step.phase is phase) for phase in Phase}
    draw_about(by_phase[Phase.ABOUT])
    st.subheader(PHASE_TITLES[Phase.APP], anchor=False)
    draw_progress(by_phase[Phase.APP])
    for view in by_phase[Phase.APP]:
        draw_step(place, view)
    with st.expander("Check what was entered", icon=":material/rule:"):
        draw_callback_check(place)
        draw_scope_check()
    draw_propagation(place)


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="App in Salesforce",
        purpose="The university's admin creates one External Client App. Tick each step as it is "
        "done; every tick is saved with who and when.",
    )
    if here.connection.app_type is AppType.LEGACY_CONNECTED_APP:
        st.success(
            "Already connected by a Connected App: it keeps working, no action is needed here.",
            icon=":material/history:",
        )
        st.page_link("pages/credentials.py", label="Go to Credentials", query_params=here.query)
    else:
        draw_checklist(here)
