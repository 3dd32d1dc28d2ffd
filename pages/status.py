"""Status: every account and connection, in words; add, edit and archive them here."""

from typing import Any

import streamlit as st

from core.connect.accounts import list_accounts
from core.connect.board import StatusRow, list_status
from core.connect.connections import ConnectionView
from core.connect.doctor.kept import Evaluation, is_outdated, newest_verdicts
from core.console import current_console
from core.ui import state
from core.ui.account_forms import add_account_form, edit_account_forms
from core.ui.doctor_view import VERDICT_WORDS, draw_doctor
from core.ui.formats import ago, exact_utc
from core.ui.guard import guard
from core.ui.messages import escaped, shown_errors
from core.ui.place import screen_share_switch, show_flash
from core.ui.tables import count_and_download, filtered, search_box, table
from core.ui.timeline import draw_timeline

operator = guard()
console = current_console()


def board_row(row: StatusRow, checked: dict[str, Evaluation]) -> dict[str, Any]:
    connection = row.connection
    if connection is None:
        return {"Account": row.account.name, "Environment": "–", "State": "No environment yet"}
    error = connection.last_error
    newest = checked.get(connection.connection_id)
    return {
        "Account": row.account.name,
        "Environment": connection.environment.value.title(),
        "State": connection.state_view.word,
        "Since": ago(connection.state_since, now=row.checked_at),
        "Next step": connection.state_view.next_step,
        "Last successful call": ago(connection.last_success_at, now=row.checked_at),
        "Doctor": doctor_word(newest, connection),
        "Checked": ago(newest.examined_at if newest else None, now=row.checked_at),
        "Last error": error.message if error else "",
        "What to do": error.advice if error else "",
        "Who acts": error.who_acts if error else "",
        "App type": connection.app_type.value.replace("_", " ").title(),
        "Org": connection.org.org_name if connection.org else "",
        "Account id": row.account.account_id,
    }


def doctor_word(newest: Evaluation | None, connection: ConnectionView) -> str:
    if newest is None:
        return "Never checked"
    if is_outdated(newest.examined_at, connection):
        return "Signed in since"
    return VERDICT_WORDS[newest.verdict]


def draw_first_lines() -> None:
    st.title("Status", anchor=False)
    st.caption("Every university, whether it is connected, and if not, who has to do what.")
    if console.settings.demo_org:
        st.info(
            "Universities in the Demo environment live in the demo org, which stands in for "
            f"Salesforce on this machine ({console.settings.demo_org_url}). Add your own below.",
            icon=":material/school:",
        )
    source = console.store.key_source
    if source.startswith("key file"):
        st.caption(
            f"Secrets are encrypted with the {source}, made for this machine. For a team, give "
            "the key in HALDA_CONSOLE_SECRET_KEYS."
        )


def draw_board() -> StatusRow | None:
    """Draw the table; return the row chosen in it."""
    rows = list_status(console.connect, include_archived=False)
    checked = newest_verdicts(console.connect)
    by_line = {str(index): row for index, row in enumerate(rows)}
    lines = [{**board_row(row, checked), "#": index} for index, row in by_line.items()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = search_box("Search accounts", key="status.search")
        states = sorted({line["State"] for line in lines})
        wanted = st.multiselect("State", states, key="status.states")
    lines = [line for line in lines if not wanted or line["State"] in wanted]
    lines = filtered(lines, search)
    shown = [{name: value for name, value in line.items() if name != "#"} for line in lines]
    count_and_download(shown, len(rows), noun="connections", file="status.csv")
    chosen = table(
        shown,
        key="status.board",
        ids=[line["#"] for line in lines],
        empty="No account fits. Clear the search, or add an account below.",
        alt="Accounts and connections with state, last call and last error",
    )
    return by_line[lines[chosen]["#"]] if chosen is not None else None


def draw_account(row: StatusRow) -> None:
    account, connection = row.account, row.connection
    st.subheader(escaped(account.name), anchor=False)
    query = {"account_id": account.account_id}
    if connection is not None:
        query["environment"] = connection.environment.value
        look = connection.state_view
        st.badge(look.word, icon=look.icon, color=look.colour.value)
        st.text(f"Since {ago(connection.state_since)} ({exact_utc(connection.state_since)})")
        if connection.last_error:
            st.error("Last error", icon=":material/error:")
            st.text(connection.last_error.message)
            st.text(f"What to do: {connection.last_error.advice}")
            st.text(f"Who acts: {connection.last_error.who_acts}")
        if look.page != "status":
            st.page_link(
                f"pages/{look.page}.py",
                label=look.next_step,
                icon=":material/arrow_forward:",
                query_params=query,
            )
        draw_doctor(console.connect, connection, operator=operator.name)
    edit_account_forms(console, operator, account)
    draw_timeline(console, account.account_id)


with shown_errors():
    screen_share_switch()
    draw_first_lines()
    show_flash()
    chosen_row = draw_board()
    if chosen_row is not None:
        state.remember_place(
            account_id=chosen_row.account.account_id,
            environment=chosen_row.connection.environment.value if chosen_row.connection else "",
        )
        draw_account(chosen_row)
    else:
        st.caption("Choose a row to see its timeline, its contacts and the next step.")
    add_account_form(console, operator)
    archived = [
        account
        for account in list_accounts(console.connect, include_archived=True)
        if account.archived_at is not None
    ]
    if archived:
        with st.expander(f"Archived accounts ({len(archived)})"):
            for account in archived:
                edit_account_forms(console, operator, account)
