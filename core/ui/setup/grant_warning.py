"""A warning before a sign-in that would end another connection's grant."""

import streamlit as st

from core.connect.grant_room import MOST_GRANTS, room_for
from core.ui.messages import escaped
from core.ui.place import Place


def draw_grant_warning(place: Place) -> None:
    """Warn where the user holds as many grants for the app as Salesforce keeps."""
    room = room_for(place.context, place.connection_id)
    if room is None or not room.others:
        return
    others = escaped(", ".join(room.others))
    if room.is_full:
        st.warning(
            f"Signing in may disconnect another connection. Salesforce keeps {MOST_GRANTS} "
            f"grants per user and app; this console alone holds {room.held} for this user and "
            f"app, and one more ends the oldest. The others: {others}. Disconnect one that is not "
            "needed first, or use an app or integration user of its own here.",
            icon=":material/group_off:",
        )
    else:
        st.caption(
            f"This user and app hold {room.held} of {MOST_GRANTS} grants here, shared with "
            f"{others}. The org may know of more."
        )
