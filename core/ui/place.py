"""The frame of an account's pages: which account and environment is in view, and the way so far."""

from dataclasses import dataclass

import streamlit as st

from core.access.operators import Operator
from core.connect.accounts import AccountView, list_accounts
from core.connect.connections import ConnectionView, list_connections
from core.connect.context import ConnectContext
from core.connect.states import ConnectionState, Environment
from core.console import Console, current_console
from core.errors import ConsoleError
from core.ui import state
from core.ui.formats import ago, exact_utc, told_apart
from core.ui.messages import escaped, show_error
from core.ui.way import draw_way
from core.web.middleware import BINDING_COOKIE

_ENVIRONMENT_LOOK = {
    Environment.PRODUCTION: ("red", ":material/priority_high:", "Production"),
    Environment.SANDBOX: ("orange", ":material/science:", "Sandbox"),
    Environment.DEMO: ("violet", ":material/school:", "Demo"),
}

_ACCOUNT_KEY = "place.account"


@dataclass(frozen=True, slots=True)
class Place:
    """Who is looking at which environment of which account."""

    operator: Operator
    console: Console
    account: AccountView
    connection: ConnectionView

    @property
    def context(self) -> ConnectContext:
        return self.console.connect

    @property
    def connection_id(self) -> str:
        return self.connection.connection_id

    @property
    def query(self) -> dict[str, str]:
        """What every link to another page carries."""
        return {
            "account_id": self.account.account_id,
            "environment": self.connection.environment.value,
        }


def open_place(operator: Operator, *, title: str, purpose: str) -> Place:
    """Draw the frame and return what is in view; stops the page where there is nothing yet."""
    console = current_console()
    st.title(title, anchor=False)
    st.caption(purpose)
    accounts = list_accounts(console.connect)
    if not accounts:
        st.info("There is no account yet. Add one on Status.", icon=":material/info:")
        st.stop()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        account = _choose_account(accounts)
        connection = _choose_connection(console, account)
    place = Place(operator, console, account, connection)
    state.remember_place(**place.query)
    st.query_params.update(place.query)
    draw_way(console, connection, place.query)
    show_flash()
    return place


def draw_not_connected(place: Place, *, reason: str) -> None:
    """Say why nothing can be read from the org; `reason` is what the page wants of it."""
    last = place.connection.last_error
    is_broken = place.connection.state in (ConnectionState.ERROR, ConnectionState.NEEDS_REAUTH)
    if last and is_broken:
        st.warning(
            f"The connection does not work now, and {reason}. Last error, {ago(last.at)}:",
            icon=":material/link_off:",
        )
        show_error(
            ConsoleError(last.message, advice=last.advice, who_acts=last.acts, code=last.code)
        )
    else:
        st.info(f"Connect first: {reason}.", icon=":material/link:")
    st.page_link("pages/connect.py", label="Go to Connect", query_params=place.query)


def environment_badge(environment: Environment) -> None:
    colour, icon, word = _ENVIRONMENT_LOOK[environment]
    st.badge(word, icon=icon, color=colour)  # type: ignore[arg-type]  # a literal by construction


def show_flash() -> None:
    """Say what the last action did."""
    if text := state.take_flash():
        st.toast(escaped(text), icon=":material/check:")


def screen_share_switch() -> None:
    """One switch that hides student values on every page."""
    cookie = st.context.cookies.get(BINDING_COOKIE, "")
    browser = f"{current_console().settings.home}|{cookie}"
    if state.SCREEN_SHARE_KEY not in st.session_state:
        st.session_state[state.SCREEN_SHARE_KEY] = browser in _shared_screens()
    is_on = st.sidebar.toggle(
        "Screen share: hide student values",
        key=state.SCREEN_SHARE_KEY,
        help="Shows only the first letter of names, addresses and answers, in a preview's "
        "downloads as well.",
    )
    if cookie:
        (_shared_screens().add if is_on else _shared_screens().discard)(browser)


@st.cache_resource
def _shared_screens() -> set[str]:
    """The browsers whose screen is shared: a reload in the middle of a call must not show more."""
    return set()


def _choose_account(accounts: tuple[AccountView, ...]) -> AccountView:
    by_id = {account.account_id: account for account in accounts}
    asked = st.query_params.get("account_id", "")
    if asked and asked not in by_id:
        st.error(
            "This address names an account that is not on the board: unknown or archived.",
            icon=":material/block:",
        )
        st.page_link("pages/status.py", label="Choose one on Status")
        st.stop()
    ids = list(by_id)
    # One key for good: under a key that changes with the choice, every second choice is lost.
    wanted = asked or st.session_state.get(_ACCOUNT_KEY) or state.remembered_account()
    st.session_state[_ACCOUNT_KEY] = wanted if wanted in by_id else ids[0]
    names = told_apart({key: each.name for key, each in by_id.items()}, lambda key: key)
    chosen = st.selectbox(
        "Account",
        ids,
        format_func=names.__getitem__,
        key=_ACCOUNT_KEY,
        on_change=_forget_environment,
        width=360,
    )
    return by_id[chosen or ids[0]]


def _forget_environment() -> None:
    st.query_params.clear()


def _choose_connection(console: Console, account: AccountView) -> ConnectionView:
    connections = list_connections(console.connect, account.account_id)
    if not connections:
        st.info(
            "This account has no environment yet. Add production, sandbox or the demo on Status.",
            icon=":material/info:",
        )
        st.stop()
    by_name = {each.environment.value: each for each in connections}
    wanted = st.query_params.get("environment") or state.remembered_environment()
    names = list(by_name)
    chosen = st.segmented_control(
        "Environment",
        names,
        default=wanted if wanted in by_name else names[0],
        required=True,
        format_func=lambda name: _ENVIRONMENT_LOOK[Environment(name)][2],
        key=f"place.environment.{account.account_id}",
    )
    connection = by_name[chosen or names[0]]
    environment_badge(connection.environment)
    look = connection.state_view
    st.badge(
        look.word,
        icon=look.icon,
        color=look.colour.value,
        help=f"Since {ago(connection.state_since)} ({exact_utc(connection.state_since)})",
    )
    return connection
