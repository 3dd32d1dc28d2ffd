"""A Connected App from before: that it works, and the guided move to an External Client App."""

import streamlit as st

from core.connect.connections import set_app_type
from core.connect.states import CONNECTED_STATES, AppType
from core.ui import state
from core.ui.place import Place

_STEPS = (
    (
        "Create the External Client App beside the Connected App: both may exist at once.",
        "app_setup",
        "App in Salesforce",
    ),
    (
        "Replace Consumer Key and Secret by the new app's pair. Until step 3 is done the old "
        "sign-in is not renewed, so do both in one go.",
        "credentials",
        "Credentials",
    ),
    ("Reconnect on this page as the same integration user, in the same org.", "", ""),
    (
        "Check the connection below; when it is good, say here that it has moved. The admin may "
        "then remove the old Connected App.",
        "",
        "",
    ),
)


def draw_legacy(place: Place) -> None:
    """Draw what a legacy connection needs: nothing, and the way to move it when wanted."""
    if place.connection.app_type is not AppType.LEGACY_CONNECTED_APP:
        return
    st.info(
        "Legacy Connected App: works, no action. Salesforce lets apps from before go on; only "
        "new ones have to be External Client Apps.",
        icon=":material/history:",
    )
    with st.expander("Move to an External Client App", icon=":material/move_up:"):
        st.text(
            "Not needed, but possible at any time. The connection stays the same one: mapping, "
            "versions, sign-offs, previews and timeline are kept."
        )
        for number, (words, page, label) in enumerate(_STEPS, start=1):
            st.text(f"{number}. {words}")
            if page:
                st.page_link(f"pages/{page}.py", label=label, query_params=place.query)
        _draw_moved(place)


def _draw_moved(place: Place) -> None:
    is_signed_in = place.connection.state in CONNECTED_STATES
    if st.button(
        "It has moved: this is an External Client App now",
        key="legacy.moved",
        disabled=not is_signed_in,
        help=None if is_signed_in else "Possible once the connection is signed in.",
    ):
        set_app_type(
            place.context,
            operator=place.operator.name,
            connection_id=place.connection_id,
            app_type=AppType.EXTERNAL_CLIENT_APP,
        )
        state.flash("Moved: this connection uses an External Client App. The mapping was kept.")
        st.rerun()
