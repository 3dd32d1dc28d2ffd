"""The first statement of every page: who is at the desk, or nothing is drawn."""

import streamlit as st

from core.access.desk import refusal
from core.access.operators import Operator, local_operator
from core.console import current_console


def guard() -> Operator:
    """Return the operator, or say why not and stop the page.

    A page file can be reached without `app.py`, so this does not rely on the server's middleware.
    """
    console = current_console()
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    # AppTest and a bare script have no request, so there is nobody else it could come from.
    reason = refusal(client_host=None, headers=headers) if headers else ""
    if reason:
        st.error(reason, icon=":material/block:")
        st.stop()
    return local_operator(console.settings)
