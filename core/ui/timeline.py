"""What happened to an account, newest first, from the audit trail."""

import streamlit as st

from core.console import Console
from core.store.audit import list_events
from core.ui.formats import ago, exact_utc
from core.ui.tables import count_and_download, table

_LIMIT = 200


def draw_timeline(console: Console, account_id: str) -> None:
    events = list_events(console.store, account_id, limit=_LIMIT)
    rows = [
        {
            "When": ago(event.at),
            "What": event.action,
            "Who": event.operator,
            "Detail": ", ".join(f"{name}: {text}" for name, text in event.detail.items()),
            "UTC": exact_utc(event.at),
        }
        for event in events
    ]
    st.markdown("**Timeline**")
    count_and_download(rows, len(rows), noun="events", file=f"timeline-{account_id}.csv")
    table(
        rows,
        key=f"timeline.{account_id}",
        empty="Nothing has happened yet.",
        alt="Events of this account, newest first",
        height=260,
    )
