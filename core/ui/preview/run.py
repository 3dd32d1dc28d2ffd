"""A preview under way: its step with counts and speed, cancel; how it failed, or goes on."""

import streamlit as st

from core.connect.pause import require_not_paused
from core.errors import ConsoleError, WhoActs
from core.preview.exports.words import object_words
from core.preview.plan import Outcome
from core.preview.progress import Phase, Progress
from core.preview.runs import RunState, RunView, load_run
from core.ui.formats import count, number
from core.ui.messages import show_error
from core.ui.place import Place
from core.ui.preview.words import LOOK

_STEPS = {
    Phase.READ: "Read",
    Phase.CHECK: "Check values",
    Phase.MATCH: "Match with the org",
    Phase.COMPARE: "Compare and store",
}


@st.fragment(run_every=0.5)
def draw_progress(place: Place, run_id: str, estimate: int) -> None:
    """`estimate` is how many API calls it was to take."""
    run = load_run(place.console.store, run_id)
    if not run.is_running:
        st.rerun()
    progress = run.progress or Progress(phase=Phase.READ, total=run.record_count)
    st.progress(progress.whole_share, text=step_words(progress))
    if run.done_count:
        with st.container(horizontal=True):
            draw_outcomes(run)
    st.caption(counts_words(run, progress, estimate))
    st.caption("You may leave this page: the preview goes on.")
    if st.button("Cancel", key="preview.cancel", icon=":material/cancel:"):
        place.console.runner.cancel(run_id)


def step_words(progress: Progress) -> str:
    """Which of the steps it is at, how far, how fast, and about how long yet."""
    place = list(_STEPS).index(progress.phase) + 1
    named = f": {object_words(progress.sobject_name)}" if progress.sobject_name else ""
    told = [f"Step {place} of {len(_STEPS)}: {_STEPS[progress.phase]}{named}"]
    if progress.total:
        unit = "questions answered" if progress.phase is Phase.MATCH else "inquiries"
        told.append(f"{number(progress.done)} of {number(progress.total)} {unit}")
    if progress.phase is not Phase.MATCH and progress.per_second >= 1:
        told.append(f"{number(round(progress.per_second))} a second")
    if progress.done < progress.total and (rest := progress.rest_seconds) is not None:
        told.append(f"about {rest_words(rest)} left in this step")
    return " · ".join(told)


def rest_words(seconds: float) -> str:
    if seconds < 1:
        return "a second"
    whole = round(seconds)
    if whole < 90:
        return count(whole, "second")
    return count(round(seconds / 60), "minute")


def counts_words(run: RunView, progress: Progress, estimate: int) -> str:
    """The counts so far, of inquiries and of calls."""
    told = [f"{count(run.api_calls, 'API call')} so far of an estimated {number(estimate)}"]
    if progress.unfit:
        told.append(f"{number(progress.unfit)} inquiries with a value that does not fit")
    if run.done_count:
        told.append(f"{number(run.done_count)} of {number(run.record_count)} inquiries done")
    return " · ".join(told)


def draw_outcomes(run: RunView) -> None:
    """Draw how many inquiries come to what, so far or in the end."""
    for outcome in Outcome:
        word, icon, colour = LOOK[outcome]
        st.badge(
            f"{word} {number(run.counts.get(outcome.value, 0))}",
            icon=icon,
            color=colour,  # type: ignore[arg-type]  # one of the literals of LOOK
        )


def draw_failure(place: Place, run: RunView) -> None:
    if run.state is RunState.CANCELLED:
        st.info(
            "This preview was cancelled before its end, so it has no plan. Nothing was written to "
            "the org. Press Preview above to begin it anew.",
            icon=":material/cancel:",
        )
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
