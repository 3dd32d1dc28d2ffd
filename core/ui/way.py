"""The strip on top of an account's pages: App ✓ · Credentials ✓ · Connected – … each a link."""

import streamlit as st

from core.connect.connections import ConnectionView
from core.connect.credentials import get_credential_status
from core.connect.setup import get_propagation
from core.connect.states import CONNECTED_STATES
from core.console import Console
from core.preview.runs import latest_run
from core.store.mappings import load_mapping

_DONE, _OPEN = ":material/check_circle:", ":material/radio_button_unchecked:"


def draw_way(console: Console, connection: ConnectionView, query: dict[str, str]) -> None:
    """Draw what is done and what is next, as links that keep account and environment."""
    with st.container(horizontal=True, gap="medium", key="way"):
        for page, label, is_done in _stages(console, connection):
            st.page_link(
                f"pages/{page}.py",
                label=label,
                icon=_DONE if is_done else _OPEN,
                query_params=query,
            )


def _stages(console: Console, connection: ConnectionView) -> list[tuple[str, str, bool]]:
    connection_id = connection.connection_id
    is_connected = connection.state in CONNECTED_STATES
    propagation = get_propagation(console.connect, connection_id)
    has_app = propagation.is_open and not propagation.missing_steps
    credentials = get_credential_status(console.connect, connection_id)
    mapping = load_mapping(console.store, connection_id)
    run = latest_run(console.store, connection_id)
    return [
        ("app_setup", "App", has_app or is_connected),
        ("credentials", "Credentials", credentials.is_set),
        ("connect", "Connected", is_connected),
        ("field_mapping", f"Mapping v{mapping.number}" if mapping else "Mapping", bool(mapping)),
        ("preview", "Preview", bool(run and run.is_finished)),
    ]
