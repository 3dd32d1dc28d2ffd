"""Exact-match checks of what the admin entered: the callback address and the scopes."""

import streamlit as st

from core.connect.connections import callback_for
from core.connect.setup import check_scopes
from core.halda.account import check_callback
from core.ui.place import Place


def draw_callback_check(place: Place) -> None:
    pasted = st.text_input(
        "Paste the Callback URL as it stands in Salesforce",
        key=f"callback_check.{place.connection_id}",
        live=True,
    )
    if not pasted:
        return
    expected = callback_for(
        place.console.settings,
        account_id=place.account.account_id,
        environment=place.connection.environment,
    )
    _verdict(check_callback(pasted, expected), "Exactly right, letter by letter.")


def draw_scope_check() -> None:
    pasted = st.text_input(
        "Paste the Selected OAuth Scopes", key="scope_check", live=True, placeholder="api …"
    )
    if pasted:
        _verdict(check_scopes(pasted), "Exactly the two scopes.")


def _verdict(problems: list[str], praise: str) -> None:
    if not problems:
        st.success(praise, icon=":material/check:")
    for problem in problems:
        st.text(f"✗ {problem}")
