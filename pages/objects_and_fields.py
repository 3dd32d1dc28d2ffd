"""The org's objects and fields, as the connected user sees them."""

from collections.abc import Callable

import streamlit as st

from core.connect.snapshots import DescribeView, SobjectList, get_describe, list_sobjects
from core.connect.states import CONNECTED_STATES
from core.mapping.browse import (
    ObjectKind,
    field_line,
    filter_objects,
    object_line,
    record_type_lines,
    value_lines,
)
from core.mapping.describe import SobjectSummary
from core.ui import state
from core.ui.formats import ago, exact_utc
from core.ui.guard import guard
from core.ui.messages import escaped, shown_errors
from core.ui.place import Place, draw_not_connected, open_place, screen_share_switch
from core.ui.tables import count_and_download, filtered, search_box, table

operator = guard()


def draw_age(
    snapshot: SobjectList | DescribeView, *, key: str, refresh: Callable[[], object]
) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            f"As of {ago(snapshot.checked_at)}, changed {ago(snapshot.fetched_at)}",
            help=exact_utc(snapshot.checked_at),
        )
        if st.button("Refresh", key=key, icon=":material/refresh:", type="tertiary"):
            with st.spinner("Asking Salesforce …"):
                refresh()
            state.flash("Up to date with the org.")
            st.rerun()


def draw_objects(place: Place) -> str:
    """Draw the list; return the API name of the chosen object."""
    with st.spinner("Reading the org's objects …"):
        objects = list_sobjects(place.context, place.connection_id)
    draw_age(
        objects,
        key="objects.refresh",
        refresh=lambda: list_sobjects(place.context, place.connection_id, refresh=True),
    )
    shown = draw_filters(objects.summaries)
    lines = [object_line(each) for each in shown]
    count_and_download(lines, len(objects.summaries), noun="objects", file="objects.csv")
    chosen = table(
        lines,
        key="objects.table",
        ids=[each.name for each in shown],
        empty="No object fits. Clear the search or show objects that cannot be created.",
        alt="Objects of the org by label and API name",
        height=300,
    )
    if chosen is not None:
        return shown[chosen].name
    names = [each.name for each in shown]
    picked = st.selectbox(
        "Object (the same list, for the keyboard)",
        names,
        index=names.index("Lead") if "Lead" in names else 0 if names else None,
        key="fields.object",
    )
    return picked or ""


def draw_filters(summaries: tuple[SobjectSummary, ...]) -> list[SobjectSummary]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = search_box("Search objects by label or API name", key="objects.search")
        kind = st.segmented_control(
            "Kind", list(ObjectKind), default=ObjectKind.ALL, required=True, key="objects.kind"
        )
        packages = sorted({each.namespace for each in summaries if each.namespace})
        package = st.selectbox(
            "Package", packages, index=None, placeholder="Any", key="objects.package", width=180
        )
        show_all = st.toggle("Also what cannot be created", key="objects.all")
    return filter_objects(
        summaries,
        search=search,
        kind=kind or ObjectKind.ALL,
        namespace=package or "",
        only_writable=not show_all,
    )


def draw_fields(place: Place, sobject_name: str) -> None:
    with st.spinner(f"Reading the fields of {sobject_name} …"):
        view = get_describe(place.context, place.connection_id, sobject_name)
    describe = view.describe
    st.subheader(escaped(f"{describe.label} · {describe.name}"), anchor=False)
    draw_age(
        view,
        key="fields.refresh",
        refresh=lambda: get_describe(
            place.context, place.connection_id, sobject_name, refresh=True
        ),
    )
    search = search_box("Search fields", key="fields.search")
    everything = [field_line(field, describe) for field in describe.fields]
    lines = filtered(everything, search)
    count_and_download(lines, len(everything), noun="fields", file=f"{sobject_name}-fields.csv")
    chosen = table(
        lines,
        key=f"fields.table.{sobject_name}",
        ids=[line["API name"] for line in lines],
        empty="No field fits the search. Fields hidden from the connected user are not listed.",
        alt=f"Fields of {sobject_name}",
        height=420,
    )
    if chosen is not None:
        draw_values(view, lines[chosen]["API name"])
    if describe.record_types:
        with st.expander(f"Record types ({len(describe.record_types)})"):
            st.dataframe(record_type_lines(describe), hide_index=True, alt="Record types")


def draw_values(view: DescribeView, field_name: str) -> None:
    field = view.describe.field(field_name)
    if field is None:
        return
    st.markdown("**Chosen field**")
    st.code(field.name, language=None)
    if field.picklist_values:
        table(
            value_lines(field, view.describe),
            key=f"fields.values.{view.describe.name}.{field.name}",
            empty="No values.",
            alt=f"Picklist values of {field.name}",
        )
    if field.help_text:
        st.text(field.help_text)


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="Objects and fields",
        purpose="What the connected user may see and write in this org, straight from Salesforce.",
    )
    if here.connection.state not in CONNECTED_STATES:
        draw_not_connected(here, reason="the list comes from the org")
    else:
        name = draw_objects(here)
        if name:
            draw_fields(here, name)
        st.page_link(
            "pages/field_mapping.py",
            label="Next: Field mapping",
            icon=":material/arrow_forward:",
            query_params=here.query,
        )
