"""The dry run: load inquiries, see for every record what a push would do, and why."""

import streamlit as st

from core.connect.pause import require_not_paused
from core.connect.states import CONNECTED_STATES, ConnectionState
from core.errors import NotFound
from core.preview.runs import RunView, list_runs, load_run
from core.store.inquiries import BatchInfo
from core.store.mappings import SavedMapping, load_mapping, load_version
from core.ui.formats import count_inquiries
from core.ui.guard import guard
from core.ui.messages import shown_errors
from core.ui.place import Place, draw_not_connected, open_place, screen_share_switch
from core.ui.preview.cost import draw_cost, estimate_of
from core.ui.preview.intake import choose_batch
from core.ui.preview.results import draw_results
from core.ui.preview.run import draw_failure, draw_progress
from core.ui.preview.standing import draw_standing
from core.ui.preview.truth import draw_comparison, draw_recheck
from core.ui.preview.words import run_words

operator = guard()


def start(place: Place, mapping: SavedMapping, batch_id: str) -> None:
    require_not_paused(place.connection)
    run_id = place.console.runner.start(
        connection_id=place.connection_id,
        mapping_version_id=mapping.version_id,
        batch_id=batch_id,
        operator=place.operator.name,
    )
    st.query_params["run"] = run_id
    st.rerun()


def draw_start(place: Place, mapping: SavedMapping, batch: BatchInfo) -> None:
    label = f"Preview {count_inquiries(batch.record_count)} with mapping v{mapping.number}"
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(label, type="primary", icon=":material/preview:", key="preview.start"):
            start(place, mapping, batch.batch_id)
        draw_cost(place, mapping.draft, batch.record_count)


def choose_run(place: Place) -> RunView | None:
    """The run in the address, else the newest one of this connection."""
    runs = list_runs(place.console.store, place.connection_id)
    if not runs:
        st.info(
            "No preview yet. Choose inquiries and press Preview: nothing is written to the org.",
            icon=":material/preview:",
        )
        return None
    wanted = st.query_params.get("run", "")
    by_id = {run.run_id: run for run in [*runs, *named_run(place, wanted)]}
    key = f"preview.run.{place.connection_id}"
    if wanted and wanted not in by_id:
        st.info("The preview in this address was deleted; here is the newest.")
        del st.query_params["run"]
    if wanted in by_id:
        st.session_state[key] = wanted
    elif st.session_state.get(key) not in by_id:
        st.session_state[key] = runs[0].run_id
    chosen = st.selectbox(
        "Previews",
        list(by_id),
        format_func=lambda run_id: run_words(by_id[run_id]),
        key=key,  # the same for every choice, or every second one would be lost
        on_change=forget_address,
    )
    if chosen:
        st.query_params["run"] = chosen  # so that the address can be handed on
    return load_run(place.console.store, chosen) if chosen else None


def forget_address() -> None:
    """Let the choice in the list count, not the address."""
    st.query_params.pop("run", None)


def named_run(place: Place, run_id: str) -> list[RunView]:
    """The run of the address, which may be older than those on offer."""
    try:
        found = [load_run(place.console.store, run_id)] if run_id else []
    except NotFound:
        return []
    return [run for run in found if run.connection_id == place.connection_id]


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="Preview",
        purpose="What a push would do, record by record and field by field. Nothing is ever "
        "written to the org here.",
    )
    saved = load_mapping(here.console.store, here.connection_id)
    batch = choose_batch(here)
    if here.connection.state not in CONNECTED_STATES:
        draw_not_connected(here, reason="a preview reads the org")
    elif here.connection.state is ConnectionState.PAUSED:
        st.info("This connection is paused: nothing is previewed.", icon=":material/pause_circle:")
        st.page_link("pages/connect.py", label="Resume on Connect", query_params=here.query)
    elif saved is None:
        st.info("Save a mapping first.", icon=":material/account_tree:")
        st.page_link("pages/field_mapping.py", label="Go to Field mapping", query_params=here.query)
    elif batch is not None:
        draw_start(here, saved, batch)
    run = choose_run(here)
    if run is not None and run.is_running:
        of_run = load_version(here.console.store, run.mapping_version_id).draft
        draw_progress(here, run.run_id, estimate_of(here, of_run, run.record_count))
    elif run is not None and run.is_finished:
        draw_standing(here, run)
        draw_results(here, run)
        draw_recheck(here, run)
        draw_comparison(here, run)
    elif run is not None:
        draw_failure(here, run)
