"""Forms for accounts and their environments: add, edit, archive, restore."""

import zoneinfo

import streamlit as st

from core.access.operators import Operator
from core.connect.accounts import (
    AccountDetails,
    AccountView,
    add_account,
    archive_account,
    edit_account,
    restore_account,
)
from core.connect.connections import (
    ConnectionView,
    add_environment,
    archive_environment,
    list_connections,
    restore_environment,
)
from core.connect.states import AppType, Environment
from core.console import Console
from core.errors import ConsoleError
from core.ui import state
from core.ui.messages import show_error

_APP_TYPES = {
    AppType.EXTERNAL_CLIENT_APP: "New: External Client App",
    AppType.LEGACY_CONNECTED_APP: "Already connected by a Connected App (legacy)",
}


def add_account_form(console: Console, operator: Operator) -> None:
    with st.expander("Add an account", icon=":material/add:"), st.form("account.add"):
        pasted = st.text_input(
            "Halda URL or account id",
            placeholder="https://app.heyhalda.com/accounts/…",
            help="Paste any page of the account: the id is the part after /accounts/.",
        )
        details = _details_fields(AccountDetails(name=""), key="account.add")
        environment = st.selectbox(
            "First environment",
            [Environment.PRODUCTION, Environment.SANDBOX],
            format_func=lambda each: each.value.title(),
        )
        app_type = _app_type_field("account.add")
        if st.form_submit_button("Add account", type="primary"):
            try:
                account = add_account(
                    console.connect, operator=operator.name, pasted_id=pasted, details=details
                )
                add_environment(
                    console.connect,
                    operator=operator.name,
                    account_id=account.account_id,
                    environment=environment,
                    app_type=app_type,
                )
            except ConsoleError as error:
                show_error(error)
            else:
                state.flash(f"{account.name} was added.")
                st.rerun()


def edit_account_forms(console: Console, operator: Operator, account: AccountView) -> None:
    key = f"account.{account.account_id}"
    if account.archived_at is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(account.name)
            if st.button("Restore", key=f"{key}.restore"):
                restore_account(
                    console.connect, operator=operator.name, account_id=account.account_id
                )
                st.rerun()
        return
    with st.expander("Edit account", icon=":material/edit:"):
        _edit_form(console, operator, account, key)
    with st.expander("Environments", icon=":material/lan:"):
        _environment_forms(console, operator, account, key)


def _edit_form(console: Console, operator: Operator, account: AccountView, key: str) -> None:
    based_on = _drawn_version(account, key)
    if based_on != account.version:
        st.warning("Somebody saved this account meanwhile. Your edits are still here, not saved.")
        if st.button("Show what is saved now, drop mine", key=f"{key}.newest"):
            st.session_state[f"{key}.based_on"] = account.version
            st.rerun()
    with st.form(f"{key}.edit.{based_on}"):
        details = _details_fields(account.details, key=f"{key}.{based_on}")
        if st.form_submit_button("Save", type="primary"):
            try:
                edit_account(
                    console.connect,
                    operator=operator.name,
                    account_id=account.account_id,
                    based_on=based_on,
                    details=details,
                )
            except ConsoleError as error:
                show_error(error)
            else:
                st.session_state.pop(f"{key}.based_on", None)
                state.flash("Saved.")
                st.rerun()
    with st.popover("Archive account", icon=":material/archive:"):
        st.text(f"{account.name} leaves the board. Nothing is deleted; it can be restored.")
        if st.button("Archive", key=f"{key}.archive"):
            archive_account(console.connect, operator=operator.name, account_id=account.account_id)
            state.flash(f"{account.name} was archived.")
            st.rerun()


def _drawn_version(account: AccountView, key: str) -> int:
    """The version that the form on the screen began with; the newest where none is drawn.

    A form keyed by the newest version would vanish, with its edits, once somebody else saves.
    """
    drawn = int(st.session_state.get(f"{key}.based_on", account.version))
    if f"{key}.{drawn}.name" not in st.session_state:
        drawn = account.version
    st.session_state[f"{key}.based_on"] = drawn
    return drawn


def _environment_forms(
    console: Console, operator: Operator, account: AccountView, key: str
) -> None:
    connections = list_connections(console.connect, account.account_id, include_archived=True)
    for connection in connections:
        _environment_line(console, operator, connection)
    taken = {connection.environment for connection in connections}
    free = [each for each in Environment if each not in taken]
    if not console.settings.demo_org and Environment.DEMO in free:
        free.remove(Environment.DEMO)
    if not free:
        return
    with st.form(f"{key}.environment"):
        environment = st.selectbox("Environment", free, format_func=lambda each: each.value.title())
        app_type = _app_type_field(key)
        if st.form_submit_button("Add environment"):
            add_environment(
                console.connect,
                operator=operator.name,
                account_id=account.account_id,
                environment=environment,
                app_type=app_type,
            )
            state.flash("The environment was added.")
            st.rerun()


def _environment_line(console: Console, operator: Operator, connection: ConnectionView) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        look = connection.state_view
        st.badge(connection.environment.value.title(), color="gray")
        st.badge(look.word, icon=look.icon, color=look.colour.value)
        is_archived = connection.archived_at is not None
        label = "Restore" if is_archived else "Archive"
        act = restore_environment if is_archived else archive_environment
        if st.button(label, key=f"environment.{connection.connection_id}", type="tertiary"):
            act(console.connect, operator=operator.name, connection_id=connection.connection_id)
            st.rerun()


def _app_type_field(key: str) -> AppType:
    chosen = st.radio(
        "App in Salesforce",
        list(AppType),
        format_func=_APP_TYPES.__getitem__,
        key=f"{key}.app_type",
        help="A Connected App from before keeps working; it needs no new app.",
    )
    return chosen or AppType.EXTERNAL_CLIENT_APP


def _details_fields(details: AccountDetails, *, key: str) -> AccountDetails:
    zones = sorted(zoneinfo.available_timezones())
    return AccountDetails(
        name=st.text_input("University", details.name, key=f"{key}.name"),
        default_country=st.text_input(
            "Default country (two letters)", details.default_country, key=f"{key}.country"
        ),
        time_zone=st.selectbox(
            "Time zone", zones, index=zones.index(details.time_zone), key=f"{key}.zone"
        ),
        partner_success_consultant=st.text_input(
            "Partner Success Consultant", details.partner_success_consultant, key=f"{key}.psc"
        ),
        implementation_specialist=st.text_input(
            "Implementation Specialist", details.implementation_specialist, key=f"{key}.is"
        ),
        note=st.text_area("Note", details.note, key=f"{key}.note"),
    )
