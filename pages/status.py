"""Status: every account and connection, in words; add, edit and archive them here."""

import streamlit as st

from core.connect.accounts import list_accounts
from core.connect.overview import Overview, list_overview
from core.console import current_console
from core.ui import state
from core.ui.guard import guard
from core.ui.messages import shown_errors
from core.ui.place import screen_share_switch, show_flash
from core.ui.status.account_forms import add_account_form, edit_account_forms
from core.ui.status.board import draw_board
from core.ui.status.board_account import draw_account

operator = guard()
console = current_console()


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


def in_view(board: tuple[Overview, ...], chosen: Overview | None) -> Overview | None:
    """The line chosen in the table, or the one that the address names."""
    had_choice = st.session_state.get("status.had_choice", False)
    st.session_state["status.had_choice"] = chosen is not None
    if chosen is None and had_choice:
        st.query_params.clear()  # the row was given up, and the address named it
    if chosen is None:
        return named_by_address(board)
    st.query_params.update(place_of(chosen))
    return chosen


def named_by_address(board: tuple[Overview, ...]) -> Overview | None:
    wanted = st.query_params.to_dict()
    if "account_id" not in wanted:
        return None
    named = [each for each in board if each.status.account.account_id == wanted["account_id"]]
    if not named:
        st.error(
            "This address names an account that is not on the board: unknown or archived.",
            icon=":material/block:",
        )
        return None
    return next((each for each in named if place_of(each).items() <= wanted.items()), named[0])


def place_of(line: Overview) -> dict[str, str]:
    place = {"account_id": line.status.account.account_id}
    if line.connection is not None:
        place["environment"] = line.connection.environment.value
    return place


with shown_errors():
    screen_share_switch()
    draw_first_lines()
    show_flash()
    lines = list_overview(console.connect)
    line = in_view(lines, draw_board(lines))
    if line is not None:
        here = place_of(line)
        state.remember_place(account_id=here["account_id"], environment=here.get("environment", ""))
        draw_account(console, operator, line)
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
