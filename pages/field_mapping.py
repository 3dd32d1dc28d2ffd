"""Phase 3: which Halda field goes to which Salesforce field, by which rule."""

from collections import Counter

import streamlit as st

from core.connect.connections import mark_mapping_saved
from core.connect.guide import PHASE_TITLES, Phase
from core.connect.setup import list_steps
from core.connect.snapshots import get_describe, list_sobjects
from core.connect.states import CONNECTED_STATES
from core.errors import ConsoleError, EditConflict
from core.mapping.checks import Severity
from core.mapping.edit import move_to_object, with_match_keys, with_operation
from core.mapping.model import ObjectMapping, Operation
from core.mapping.suggest import suggest_match_keys
from core.store.mappings import list_versions, load_version
from core.ui import draft as editing
from core.ui import state
from core.ui.checklist import draw_step
from core.ui.formats import ago, exact_utc, number
from core.ui.guard import guard
from core.ui.mapping_data import MappingDesk, gather
from core.ui.mapping_panel import draw_extra_form, draw_panel
from core.ui.mapping_suggestions import draw_suggestions
from core.ui.mapping_table import draw_table, issue_words
from core.ui.messages import escaped, show_error, shown_errors
from core.ui.place import Place, open_place, screen_share_switch

operator = guard()

OPERATIONS = {
    Operation.UPSERT: "Upsert: update where found, else create",
    Operation.INSERT: "Insert: create only",
    Operation.UPDATE: "Update: never create",
}


def draw_guide(place: Place) -> None:
    details = place.account.details
    with st.expander(PHASE_TITLES[Phase.MAP], icon=":material/menu_book:"):
        for view in list_steps(place.context, place.connection_id):
            if view.step.phase is Phase.MAP:
                draw_step(place, view)
        st.text(
            "Help: Partner Success Consultant "
            f"{details.partner_success_consultant or '(not named yet)'}, Implementation "
            f"Specialist {details.implementation_specialist or '(not named yet)'}. "
            "Name them on Status."
        )


def draw_start(place: Place) -> None:
    """No mapping yet: choose the object."""
    names = [
        each.name
        for each in list_sobjects(place.context, place.connection_id).summaries
        if each.createable
    ]
    chosen = st.selectbox(
        "Which object is an inquiry in this org?",
        names,
        index=names.index("Lead") if "Lead" in names else None,
        help="Lead in most orgs; Contact where the university works with EDA.",
        key="mapping.first_object",
    )
    if st.button("Start the mapping", type="primary", disabled=not chosen) and chosen:
        describe = get_describe(place.context, place.connection_id, chosen).describe
        keys = suggest_match_keys(describe)
        editing.change_object(place, ObjectMapping(sobject_name=describe.name, match_keys=keys))
        st.rerun()


def draw_head(place: Place, desk: MappingDesk) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_object_choice(place, desk)
        st.session_state["mapping.operation"] = desk.draft.operation
        st.selectbox(
            "Operation",
            list(Operation),
            format_func=OPERATIONS.__getitem__,
            key="mapping.operation",
            on_change=lambda: editing.change_object(
                place, with_operation(desk.draft, st.session_state["mapping.operation"])
            ),
        )
    draw_match_keys(place, desk)


def draw_object_choice(place: Place, desk: MappingDesk) -> None:
    with st.popover(f"Object: {escaped(desk.describe.label)}", icon=":material/table_view:"):
        summaries = list_sobjects(place.context, place.connection_id).summaries
        names = [each.name for each in summaries if each.createable]
        wanted = st.selectbox(
            "Change to",
            names,
            index=names.index(desk.draft.sobject_name)
            if desk.draft.sobject_name in names
            else None,
            key="mapping.object",
        )
        if not wanted or wanted == desk.draft.sobject_name:
            return
        describe = get_describe(place.context, place.connection_id, wanted).describe
        moved, lost = move_to_object(desk.draft, describe)
        st.text(
            f"{len(moved.rows)} rows still fit. Lost: "
            + (", ".join(row.field_name for row in lost) or "none")
        )
        if st.button("Change the object", key="mapping.object.change"):
            editing.change_object(place, moved)
            st.rerun()


def draw_match_keys(place: Place, desk: MappingDesk) -> None:
    offered = [" + ".join(key.field_names) for key in suggest_match_keys(desk.describe)]
    chosen = [" + ".join(key.field_names) for key in desk.draft.match_keys]
    singles = [
        f.name
        for f in desk.describe.fields
        if (f.external_id or f.id_lookup) and f.name not in offered and f.type != "id"
    ]
    st.session_state["mapping.keys"] = chosen
    st.multiselect(
        "Match keys, in this order",
        list(dict.fromkeys([*chosen, *offered, *singles])),
        key="mapping.keys",
        help="The first key that finds exactly one record decides; several records are held.",
        on_change=lambda: editing.change_object(
            place,
            with_match_keys(
                desk.draft, [tuple(k.split(" + ")) for k in st.session_state["mapping.keys"]]
            ),
        ),
    )


def draw_coverage(desk: MappingDesk) -> None:
    seen = desk.seen_keys
    mapped = {row.source.text for row in desk.draft.rows if row.field_name}
    covered = sum(1 for key in seen if any(key in text for text in mapped))
    tally = Counter(issue.severity for issue in desk.issues)
    text = (
        f"{number(covered)} of {number(len(seen))} collected fields mapped · "
        f"{tally[Severity.BLOCKS]} block · {tally[Severity.HOLDS]} hold single inquiries · "
        f"{tally[Severity.WARNS]} warn"
    )
    st.progress(covered / len(seen) if seen else 0.0, text=text)
    if desk.batch is not None:
        st.caption(escaped(f"Samples and checks: {desk.batch.name}, the newest load on Preview."))
    if not seen:
        st.caption("No inquiries loaded yet: load some on Preview to see samples and checks.")
    for issue in desk.issues:
        if issue.row_id is None:
            st.text(f"{issue_words(issue)} {issue.advice}")


def draw_save(place: Place) -> None:
    now = editing.current(place)
    if now is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Save version", type="primary", disabled=not now.is_changed, shortcut="Ctrl+S"
        ):
            save(place)
        if st.button("Undo", icon=":material/undo:", disabled=not now.undo, shortcut="Ctrl+Z"):
            editing.undo(place)
            st.rerun()
        if now.saved is None:
            st.caption("Not saved yet")
        else:
            word = "Unsaved changes since" if now.is_changed else "Saved:"
            st.caption(
                f"{word} version {now.saved.number}, saved {ago(now.saved.saved_at)} by "
                f"{escaped(now.saved.saved_by)}",
                help=exact_utc(now.saved.saved_at),
            )


def save(place: Place) -> None:
    try:
        saved = editing.save(place)
        mark_mapping_saved(place.context, connection_id=place.connection_id)
    except EditConflict as conflict:
        st.session_state[conflict_key(place)] = f"{conflict.message} {conflict.detail}"
    except ConsoleError as error:
        show_error(error)
        return
    else:
        state.flash(f"Saved as version {saved.number}.")
    st.rerun()


def conflict_key(place: Place) -> str:
    return f"mapping.conflict.{place.connection_id}"


def draw_conflict(place: Place) -> None:
    told = st.session_state.get(conflict_key(place))
    if not told:
        return
    st.error("Somebody saved this mapping before you. Your edits are still here.")
    st.text(told)
    with st.container(horizontal=True):
        if st.button("Show the newest version, drop mine", key="mapping.theirs"):
            editing.discard(place)
            del st.session_state[conflict_key(place)]
            st.rerun()
        if st.button("Keep mine, to save on top of it", key="mapping.mine"):
            editing.rebase(place)
            del st.session_state[conflict_key(place)]
            st.rerun()


def draw_versions(place: Place) -> None:
    versions = list_versions(place.console.store, place.connection_id)
    with st.expander(f"Versions ({len(versions)})", icon=":material/history:"):
        for version in versions:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"v{version.number} · {version.saved_by} · {exact_utc(version.saved_at)}")
                if st.button("Bring back", key=f"mapping.back.{version.number}", type="tertiary"):
                    old = load_version(place.console.store, version.version_id)
                    editing.change(place, old.draft)
                    st.rerun()


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="Field mapping",
        purpose="Every piece of data Halda collects goes to the right field of the right record.",
    )
    draw_guide(here)
    if here.connection.state not in CONNECTED_STATES:
        st.info("Connect first: the fields come from the org.", icon=":material/link:")
        st.page_link("pages/connect.py", label="Go to Connect", query_params=here.query)
        st.stop()
    under_edit = editing.current(here)
    if under_edit is None:
        draw_start(here)
        st.stop()
    described = get_describe(here.context, here.connection_id, under_edit.draft.person.sobject_name)
    table_desk = gather(here, under_edit.draft.person, described)
    draw_conflict(here)
    draw_save(here)
    draw_head(here, table_desk)
    draw_coverage(table_desk)
    draw_suggestions(here, table_desk)
    line = draw_table(table_desk)
    if line is not None:
        draw_panel(here, table_desk, line)
    with st.expander("Add a constant or a template", icon=":material/add:"):
        draw_extra_form(here, table_desk, "")
    draw_versions(here)
    st.page_link(
        "pages/preview.py",
        label="Next: Preview",
        icon=":material/arrow_forward:",
        query_params=here.query,
    )
