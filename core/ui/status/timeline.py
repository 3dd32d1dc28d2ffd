"""What happened to an account, newest first, from the audit trail: filter, search, CSV."""

from typing import Any

import streamlit as st

from core.connect.connections import list_connections
from core.console import Console
from core.store.audit import list_events
from core.ui.formats import ago, exact_utc, number
from core.ui.status.timeline_words import about, area, what, who
from core.ui.tables import count_and_download, filtered, search_box, table

_LIMIT = 1000


def draw_timeline(console: Console, account_id: str) -> None:
    """Draw the newest thousand events of an account."""
    events = list_events(console.store, account_id, limit=_LIMIT)
    environments = {
        each.connection_id: each.environment.value.title()
        for each in list_connections(console.connect, account_id, include_archived=True)
    }
    rows = [
        {
            "When": event.at,
            "What": what(event),
            "Who": who(event),
            "Environment": environments.get(event.connection_id, ""),
            "Detail": about(event),
            "About": area(event),
            "UTC": exact_utc(event.at),
        }
        for event in events
    ]
    st.subheader("Timeline", anchor=False)
    key = f"timeline.{account_id}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = search_box("Search events", key=f"{key}.search")
        areas = sorted({str(row["About"]) for row in rows})
        wanted = st.multiselect("About", areas, key=f"{key}.areas")
    shown = filtered([row for row in rows if not wanted or row["About"] in wanted], search)
    count_and_download(shown, len(rows), noun="events", file=f"timeline-{account_id}.csv")
    if len(events) == _LIMIT:
        st.caption(f"The newest {number(_LIMIT)} events.")
    chosen = table(
        shown,
        key=key,
        ids=[f"{row['When'].isoformat()} {row['What']}" for row in shown],
        empty="No event fits. Clear the search." if rows else "Nothing has happened yet.",
        alt="Events of this account, newest first",
        config={"When": st.column_config.DatetimeColumn("When", format="distance")},
        height=300,
    )
    if chosen is None:
        st.caption("Choose an event to read all of it.")
    else:
        _draw_event(shown[chosen])


def _draw_event(row: dict[str, Any]) -> None:
    """The whole event, whose detail is cut off in the table."""
    with st.container(border=True):
        st.text(f"{row['What']}, {ago(row['When'])} ({row['UTC']})")
        st.text(f"Who: {row['Who']}")
        if row["Detail"]:
            st.text(row["Detail"])
