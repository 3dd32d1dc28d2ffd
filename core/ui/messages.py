"""Turns errors into screens: what happened, who acts, what to do, text to copy for the admin."""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.errors import ConsoleError, WhoActs
from core.salesforce.remedy import addressed_to_admin

_log = logging.getLogger(__name__)


def show_error(error: ConsoleError) -> None:
    """Draw one error where the page stands."""
    with st.container(border=True):
        st.error(escaped(error.message), icon=":material/error:")
        st.text(f"Who acts: {error.who_acts}")
        st.text(f"What to do: {error.advice}")
        came_back = ": ".join(part for part in (error.code, error.detail) if part)
        is_for_support = error.who_acts is WhoActs.HALDA_SUPPORT
        if came_back and is_for_support:
            st.text(f"Came back: {came_back}")  # who can do nothing without it
        if error.who_acts is WhoActs.UNIVERSITY_ADMIN:
            st.caption("Text for the university's admin")
            st.code(text_for_admin(error), language=None, wrap_lines=True)
        if came_back and not is_for_support:
            with st.expander("Details"):
                st.text(came_back)


def text_for_admin(error: ConsoleError) -> str:
    """A message that can be mailed as it is."""
    code = f"\n\nSalesforce's code: {error.code}" if error.code else ""
    return (
        "Hello,\n\nwhile setting up the Halda integration we saw this:\n"
        f"{error.message}\n\n{addressed_to_admin(error.advice)}{code}\n\nThank you"
    )


@contextmanager
def shown_errors() -> Iterator[None]:
    """Draw a ConsoleError raised inside and stop the page there; everything else passes."""
    try:
        yield
    except ConsoleError as error:
        show_error(error)
        st.stop()


def on_script_error(error: Exception) -> bool:
    """The last net of every page: a reference instead of a traceback. Returns True: handled."""
    if isinstance(error, ConsoleError):
        show_error(error)
        return True
    reference = uuid.uuid4().hex[:8]
    _log.error("page failed reference=%s kind=%s", reference, type(error).__name__, exc_info=error)
    st.error(
        f"This page could not be drawn. Nothing was lost. Reload it; if it stays, give Halda "
        f"support the reference {reference}.",
        icon=":material/error:",
    )
    return True


def escaped(text: str) -> str:
    """Text with every markdown sign disarmed, for the few elements that only take markdown."""
    return "".join("\\" + sign if sign in "\\`*_{}[]()#+-!$<>|~:" else sign for sign in text)
