"""A guide step with its tick, who and when, its notes and its copy buttons."""

import streamlit as st

from core.connect.guide import StepKind
from core.connect.setup import StepView, tick_step, untick_step
from core.errors import ConsoleError
from core.ui import state
from core.ui.formats import ago, exact_utc
from core.ui.place import Place


def draw_progress(steps: tuple[StepView, ...]) -> None:
    to_tick = [view for view in steps if view.step.kind is StepKind.TICK]
    done = sum(1 for view in to_tick if view.tick)
    if to_tick:
        st.progress(done / len(to_tick), text=f"{done} of {len(to_tick)} steps done")


def draw_step(place: Place, view: StepView) -> None:
    step = view.step
    with st.container(key=f"step.{step.step_id}"):
        if step.kind is StepKind.TICK:
            _draw_tick(place, view)
        else:
            st.info(step.text, icon=":material/info:")
        for copy in step.copy:
            st.caption(copy.label)
            st.code(copy.value, language=None, wrap_lines=True)
        if step.note:
            st.caption(step.note)


def _draw_tick(place: Place, view: StepView) -> None:
    step_id = view.step.step_id
    key = f"tick.{place.connection_id}.{step_id}"
    # What is stored decides, also when somebody else ticked meanwhile.
    st.session_state[key] = view.tick is not None
    help_text = None
    if view.tick:
        when = f"{ago(view.tick.ticked_at)} ({exact_utc(view.tick.ticked_at)})"
        help_text = f"Ticked by {view.tick.ticked_by}, {when}"
    st.checkbox(
        f"{step_id} · {view.step.text}",
        key=key,
        help=help_text,
        on_change=_save,
        args=(place, step_id, key),
    )


def _save(place: Place, step_id: str, key: str) -> None:
    act = tick_step if st.session_state[key] else untick_step
    try:
        act(
            place.context,
            operator=place.operator.name,
            connection_id=place.connection_id,
            step_id=step_id,
        )
    except ConsoleError as error:
        state.flash(str(error))
