"""Phase 2: the Consumer Key and Secret, the login address, the integration user."""

import streamlit as st

from core.connect.changed_keys import change_words
from core.connect.credentials import (
    CredentialEntry,
    CredentialStatus,
    check_consumer_key,
    check_consumer_secret,
    check_integration_user,
    get_credential_status,
    save_credentials,
)
from core.connect.guide import PHASE_TITLES, Phase
from core.connect.setup import get_propagation, list_steps
from core.connect.states import AppType, Environment
from core.errors import ConsoleError
from core.secret import Secret
from core.ui import state
from core.ui.formats import ago, exact_utc
from core.ui.guard import guard
from core.ui.messages import show_error, shown_errors
from core.ui.place import Place, open_place, screen_share_switch
from core.ui.setup.checklist import draw_progress, draw_step
from core.ui.setup.propagation import draw_verdict

operator = guard()

CHANGED = "credentials.changed"
LOGIN_HINTS = {
    Environment.PRODUCTION: "Blank: login.salesforce.com. Better: the org's My Domain, such as "
    "palmer.my.salesforce.com. A Lightning address may be pasted too.",
    Environment.SANDBOX: "Blank: test.salesforce.com. Better: the sandbox's My Domain, such as "
    "palmer--uat.sandbox.my.salesforce.com.",
}


def draw_status(status: CredentialStatus) -> None:
    if not status.is_set:
        st.info("No Consumer Key and Secret yet.", icon=":material/key_off:")
        return
    st.success("Consumer Key and Secret are set.", icon=":material/key:")
    st.text(
        f"Set {ago(status.set_at)} ({exact_utc(status.set_at)}) by {status.set_by}, fingerprint "
        f"{status.secret_fingerprint}… · key {status.consumer_key_hint} · sign-in at "
        f"{status.login_url}"
    )


def draw_form(place: Place, status: CredentialStatus) -> None:
    environment = place.connection.environment
    consumer_key = st.text_input(
        "Consumer Key", key=f"credentials.key.{place.connection_id}", live=True
    )
    for hint in check_consumer_key(consumer_key or ""):
        st.warning(hint, icon=":material/rule:")
    user = st.text_input(
        "Integration user (username)",
        status.integration_user,
        key=f"credentials.user.{place.connection_id}",
        live=True,
        help="The user that will sign in at Salesforce. Its password is typed there, never here.",
    )
    for hint in check_integration_user(user or ""):
        st.warning(hint, icon=":material/person_alert:")
    # clear_on_submit: the secret does not stay in the browser or the session after the click
    with st.form("credentials.form", clear_on_submit=True):
        secret_text = st.text_input(
            "Consumer Secret",
            type="password",
            autocomplete="off",
            placeholder="Leave blank to keep the stored one" if status.is_set else "",
        )
        host = "" if environment is Environment.DEMO else draw_host(environment, status)
        if st.form_submit_button("Save credentials", type="primary"):
            secret = Secret(secret_text or "")
            entry = CredentialEntry(
                consumer_key=consumer_key or "",
                consumer_secret=secret,
                login_host=host,
                integration_user=user or "",
            )
            save(place, entry)


def draw_host(environment: Environment, status: CredentialStatus) -> str:
    return st.text_input("Login address", status.login_url, help=LOGIN_HINTS[environment]) or ""


def save(place: Place, entry: CredentialEntry) -> None:
    hints = check_consumer_secret(entry.consumer_secret)
    before = get_credential_status(place.context, place.connection_id)
    try:
        after = save_credentials(
            place.context,
            operator=place.operator.name,
            connection_id=place.connection_id,
            entry=entry,
        )
    except ConsoleError as error:
        show_error(error)
        return
    meaning = change_words(place.context, place.connection_id, before=before, after=after)
    st.session_state[CHANGED] = (place.connection_id, meaning)
    state.flash(" ".join(["Credentials saved.", *hints]))
    st.rerun()


def draw_change(place: Place) -> None:
    """What the last save means for the sign-in: stands until the page is left."""
    connection_id, meaning = st.session_state.get(CHANGED, ("", ""))
    if meaning and connection_id == place.connection_id:
        st.warning(meaning, icon=":material/sync_problem:")


def draw_steps(place: Place) -> None:
    steps = list_steps(place.context, place.connection_id)
    views = tuple(view for view in steps if view.step.phase is Phase.CONNECT)
    st.subheader(PHASE_TITLES[Phase.CONNECT], anchor=False)
    draw_progress(views)
    for view in views:
        draw_step(place, view)


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="Credentials",
        purpose="Paste the Consumer Key and Secret of the app. The secret goes in and is never "
        "shown again.",
    )
    wait = get_propagation(here.context, here.connection_id)
    if not wait.is_open and here.connection.app_type is not AppType.LEGACY_CONNECTED_APP:
        draw_verdict(wait)
    stored = get_credential_status(here.context, here.connection_id)
    draw_status(stored)
    draw_change(here)
    if here.connection.app_type is AppType.LEGACY_CONNECTED_APP:
        st.caption("Legacy Connected App: works, no action. Its own key and secret belong here.")
    if here.connection.environment is Environment.DEMO:
        st.caption(
            "Demo: the key and the secret stand in the demo org's own App Manager: "
            f"{here.console.settings.demo_org_url}"
        )
    draw_form(here, stored)
    if stored.is_set:
        st.page_link(
            "pages/connect.py",
            label="Next: Connect",
            icon=":material/arrow_forward:",
            query_params=here.query,
        )
    draw_steps(here)
