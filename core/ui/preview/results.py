"""The finished preview: its counts, what holds and what warns, the list and one's story."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from core.preview.exports.export import export_raw_csv, export_safe_csv, export_xlsx, file_name
from core.preview.exports.report import export_html
from core.preview.exports.words import object_words
from core.preview.plan import Outcome
from core.preview.reading.counts import party_counts
from core.preview.reading.parties import Party
from core.preview.runs import (
    ObjectCount,
    ProblemCount,
    RunView,
    object_counts,
    problem_counts,
)
from core.store.engine import Store
from core.store.mappings import load_version
from core.ui import state
from core.ui.formats import count, number
from core.ui.place import Place
from core.ui.preview.charts import draw_charts
from core.ui.preview.choice import draw_choice
from core.ui.preview.cost import estimate_of
from core.ui.preview.held import draw_held
from core.ui.preview.list import draw_inquiries
from core.ui.preview.run import draw_outcomes
from core.ui.preview.story import draw_story
from core.ui.preview.unknown import draw_unknown
from core.ui.preview.words import LOOK, XLSX, org_url


def draw_results(place: Place, run: RunView) -> None:
    draft = load_version(place.console.store, run.mapping_version_id).draft
    _draw_counts(run, estimate_of(place, draft, run.record_count))
    objects, problems, parties = _counts_of(place.console.store, run.run_id)
    if len(draft.objects) > 1:
        _draw_objects(objects)
    draw_charts(place, run, problems)
    draw_held(place, run, problems, parties)
    view = draw_choice(run, draft, problems)
    _draw_download(place, run)
    inquiry = draw_inquiries(place, run, view, draft)
    url = org_url(place, run)
    if inquiry is not None:
        draw_story(inquiry, draft, only_changes=view.only_changes, instance_url=url)
    draw_unknown(run, instance_url=url)


@st.cache_data(scope="session", max_entries=16, show_spinner=False)
def _counts_of(
    _store: Store, run_id: str
) -> tuple[list[ObjectCount], list[ProblemCount], dict[Party, int]]:
    """A finished preview never changes, and counting 100,000 inquiries takes half a second."""
    return (
        object_counts(_store, run_id),
        problem_counts(_store, run_id),
        party_counts(_store, run_id),
    )


def _draw_counts(run: RunView, estimate: int) -> None:
    with st.container(horizontal=True):
        draw_outcomes(run)
        usage = ""
        if run.api_usage:
            used, allowed = run.api_usage
            usage = f" · {number(allowed - used)} calls left today"
        st.caption(
            f"{count(run.api_calls, 'API call')} of an estimated {number(estimate)}{usage} · "
            f"plan {run.plan_hash[:12]}"
        )


def _draw_objects(counts: Sequence[ObjectCount]) -> None:
    st.table(
        [
            {
                "Object": object_words(each.sobject_name),
                **{LOOK[outcome][0]: number(each.counts[outcome]) for outcome in Outcome},
            }
            for each in counts
        ]
    )
    st.caption(
        "An inquiry counts as held as soon as one of its records is held, and its other records "
        "are sent all the same; else it counts as what becomes of its first record that changes."
    )


def _draw_download(place: Place, run: RunView) -> None:
    is_masked = state.is_screen_shared()
    with st.popover("Download", icon=":material/download:"):
        if is_masked:
            st.caption(
                "The screen is shared, so these files hide student values as the screen does. "
                "Switch it off for complete ones."
            )
        for form, label, export, suffix, mime in (
            ("html", "Report to print or hand over", export_html, "html", "text/html"),
            ("safe", "CSV for a spreadsheet", export_safe_csv, "csv", "text/csv"),
            ("xlsx", "Excel: a sheet for each object", export_xlsx, "xlsx", XLSX),
            ("raw", "Raw CSV, for programs only", export_raw_csv, "csv", "text/csv"),
        ):
            st.download_button(
                f"{label} (values hidden)" if is_masked else label,
                # made when it is clicked, and told to the audit trail then
                partial(
                    export,
                    place.console.store,
                    run.run_id,
                    operator=place.operator.name,
                    is_masked=is_masked,
                ),
                file_name=file_name(run, is_raw=form == "raw", is_masked=is_masked, suffix=suffix),
                mime=mime,
                on_click="ignore",
                key=f"preview.download.{form}",
            )
