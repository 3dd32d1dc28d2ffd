"""A preview under way: progress with counts, cancel; how it failed, or goes on."""

import streamlit as st

from core.connect.pause import require_not_paused
from core.errors import ConsoleError, WhoActs
from core.preview.runs import RunView, load_run
from core.ui.formats import number
from core.ui.messages import show_error
from core.ui.place import Place


@st.fragment(run_every=0.5)
def draw_progress(place: Place, run_id: str) -> None:
    run = load_run(place.console.store, run_id)
    if not run.is_running:
        st.rerun()
    share = run.done_count / run.record_count if run.record_count else 0.0
    told = f"{number(run.done_count)} of {number(run.record_count)} inquiries"
    st.progress(share, text=told if run.done_count else "Reading the org and matching …")
    st.caption("You may leave this page: the preview goes on.")
    if st.button("Cancel", key="preview.cancel", icon=":material/cancel:"):
        place.console.runner.cancel(run_id)


def draw_failure(place: Place, run: RunView) -> None:
    if run.error_message:
        acts = next((who for who in WhoActs if who.value == run.error_who_acts), None)
        show_error(ConsoleError(run.error_message, advice=run.error_advice, who_acts=acts))
    if run.is_paused:
        _draw_go_on(place, run)


def _draw_go_on(place: Place, run: RunView) -> None:
    st.caption(
        f"This preview stands still with {number(run.done_count)} of {number(run.record_count)} "
        "inquiries done. What the org has answered is kept and is not asked again; nothing was "
        "written."
    )
    if st.button("Go on", key="preview.go_on", type="primary", icon=":material/play_arrow:"):
        require_not_paused(place.connection)
        place.console.runner.go_on(run.run_id, operator=place.operator.name)
        st.rerun()
