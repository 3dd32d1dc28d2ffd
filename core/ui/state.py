"""The one way to `st.session_state`: ids and choices only, never a secret or a record."""

import streamlit as st

_ACCOUNT = "desk.account_id"
_ENVIRONMENT = "desk.environment"
_SCREEN_SHARE = "desk.screen_share"
SCREEN_SHARE_KEY = _SCREEN_SHARE


def remembered_account() -> str:
    return str(st.session_state.get(_ACCOUNT, ""))


def remembered_environment() -> str:
    return str(st.session_state.get(_ENVIRONMENT, ""))


def remember_place(*, account_id: str, environment: str) -> None:
    st.session_state[_ACCOUNT] = account_id
    st.session_state[_ENVIRONMENT] = environment


def is_screen_shared() -> bool:
    """Whether student values are hidden because a customer sees this screen."""
    return bool(st.session_state.get(_SCREEN_SHARE, False))


def flash(text: str) -> None:
    """Say something after the next rerun."""
    st.session_state["desk.flash"] = text


def take_flash() -> str:
    return str(st.session_state.pop("desk.flash", ""))
