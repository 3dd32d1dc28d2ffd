"""Phase 3: which Halda field goes to which Salesforce field, by which rule."""

import streamlit as st

from core.connect.guide import PHASE_TITLES, Phase
from core.connect.setup import list_steps
from core.connect.states import CONNECTED_STATES
from core.store.mappings import state_of
from core.ui.guard import guard
from core.ui.mapping import draft as editing
from core.ui.mapping.coverage import draw_coverage, draw_issues, draw_not_sent
from core.ui.mapping.data import MappingDesk, gather, newest_sample, read_views
from core.ui.mapping.drift import draw_drift
from core.ui.mapping.files import draw_files
from core.ui.mapping.forms import choose_form, draw_form_note
from core.ui.mapping.life import draw_clash, draw_life
from core.ui.mapping.lookup import draw_unasked
from core.ui.mapping.objects import choose_object, draw_object_bar, draw_object_task
from core.ui.mapping.panel import draw_panel
from core.ui.mapping.sign_off import draw_dialogs
from core.ui.mapping.source import draw_extra_form
from core.ui.mapping.start import draw_start
from core.ui.mapping.suggestions import draw_suggestions
from core.ui.mapping.table import draw_table
from core.ui.mapping.versions import draw_versions
from core.ui.messages import shown_errors
from core.ui.place import Place, draw_not_connected, open_place, screen_share_switch
from core.ui.setup.checklist import draw_step

operator = guard()


def draw_guide(place: Place) -> None:
    details = place.account.details
    with st.expander(PHASE_TITLES[Phase.MAP], icon=":material/menu_book:"):
        for view in list_steps(place.context, place.connection_id):
            if view.step.phase is Phase.MAP:
                draw_step(place, view)
        st.text(
            "Help: Partner Success Consultant "
            f"{details.partner_success_consultant or '(not named yet)'}, Implementation "
            f"Specialist {details.implementation_specialist or '(not named yet)'}."
        )
        if not (details.partner_success_consultant and details.implementation_specialist):
            st.page_link("pages/status.py", label="Name them on Status", query_params=place.query)


def draw_desk(place: Place, desk: MappingDesk) -> None:
    """The table of Halda fields over the whole width, everything about the chosen one below."""
    line = draw_table(desk)
    if line is not None:
        draw_panel(place, desk, line)
    with st.expander("Add a row of its own", icon=":material/add:"):
        draw_extra_form(place, desk, "")


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="Field mapping",
        purpose="Every piece of data Halda collects goes to the right field of the right record.",
    )
    if here.connection.state not in CONNECTED_STATES:
        draw_guide(here)
        draw_not_connected(here, reason="the fields come from the org")
        st.stop()
    now = editing.current(here)
    if now is None:
        draw_guide(here)
        draw_start(here)
        st.stop()
    life = state_of(here.console.store, here.connection_id)
    views = read_views(here, now.draft)
    draw_clash(here, now)
    draw_life(here, now, life)
    bar = st.container(horizontal=True, vertical_alignment="bottom")
    with bar:
        object_id = choose_object(now.draft, views)
        form = choose_form(now.draft, newest_sample(here)[1])
    table_desk = gather(here, now.draft, views, object_id=object_id, form=form)
    with bar:
        draw_object_bar(here, table_desk)
    draw_drift(here, table_desk, now)
    draw_object_task(here, table_desk)
    draw_form_note(form)
    draw_coverage(table_desk)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_suggestions(here, table_desk)
        draw_not_sent(here, table_desk)
    draw_issues(table_desk)
    draw_unasked(here, table_desk)
    draw_desk(here, table_desk)
    draw_versions(here, now, life)
    draw_files(here, table_desk, now, life)
    draw_dialogs(here, table_desk, now, life)
    draw_guide(here)
    st.page_link(
        "pages/preview.py",
        label="Next: Preview",
        icon=":material/arrow_forward:",
        query_params=here.query,
    )
