"""Phase 2: sign in at Salesforce, see which org it is, disconnect."""

import html
import urllib.parse

import streamlit as st

from core.connect.attempts import Visitor, problem_error
from core.connect.connections import callback_for
from core.connect.credentials import get_credential_status
from core.connect.disconnect import disconnect
from core.connect.sign_in import SignInOutcome, complete_from_pasted_url, read_outcome
from core.connect.start import start_ticket
from core.connect.states import CONNECTED_STATES, ConnectionState, Environment
from core.errors import ConsoleError, SignInRefused
from core.salesforce.remedies import explain_page
from core.salesforce.remedy import Facts
from core.secret import Secret
from core.ui import state
from core.ui.formats import ago, exact_utc, local_time
from core.ui.guard import guard
from core.ui.messages import show_error, shown_errors
from core.ui.place import Place, open_place, screen_share_switch
from core.ui.setup.grant_warning import draw_grant_warning
from core.ui.status.board_pause import draw_pause
from core.ui.status.doctor_view import draw_doctor
from core.ui.status.legacy_move import draw_legacy
from core.web.middleware import BINDING_COOKIE

operator = guard()

SALESFORCE_PAGES = {
    "redirect_uri_mismatch": "The Callback URL in the app is not exactly ours. Compare it with the "
    "checker on App in Salesforce.",
    "client identifier invalid (invalid_client_id)": "The Consumer Key is wrong, the login address "
    "is another org's, or the app is under 20 minutes old.",
    "OAUTH_APPROVAL_ERROR_GENERIC": "The app is not installed in this org, or the login address is "
    "not the org's own. The admin installs it; sign in through My Domain.",
    "OAUTH_EC_APP_NOT_FOUND": "The External Client App belongs to another org. Create it in this "
    "one, or sign in to the right org.",
    "OAUTH_APP_BLOCKED": "An admin blocked the app, or the user is not assigned to it: Setup > "
    "Connected Apps OAuth Usage > Unblock.",
    "restricted IP or invalid login hours": "The user's profile limits addresses or hours. The "
    "admin adds ours, or relaxes the app's IP policy.",
}


def binding() -> Secret:
    return Secret(st.context.cookies.get(BINDING_COOKIE, ""))


def draw_answer(place: Place) -> None:
    """How the sign-in that just ended went."""
    if problem := st.query_params.get("problem"):
        show_error(problem_error(problem))
    attempt_id = st.query_params.get("attempt", "")
    outcome = read_outcome(place.context, attempt_id) if attempt_id else None
    if outcome is None or outcome.account_id != place.account.account_id:
        return
    if outcome.is_connected:
        st.success("Connected.", icon=":material/check_circle:")
        st.text(outcome.message)
    else:
        show_error(refused(place, outcome))


def refused(place: Place, outcome: SignInOutcome) -> SignInRefused:
    """The attempt's error; who acts and the code stand with the connection's newest error."""
    last = place.connection.last_error
    if last is None or last.message != outcome.message:
        return SignInRefused(outcome.message, advice=outcome.advice)
    return SignInRefused(last.message, advice=last.advice, who_acts=last.acts, code=last.code)


def draw_org(place: Place) -> None:
    org = place.connection.org
    if org is None:
        return
    named = place.connection.integration_user
    if named and named.casefold() != org.username.casefold():
        st.warning(
            "Connected as another user than the integration user named on Credentials. Reconnect "
            "as that user, or correct the name.",
            icon=":material/person_alert:",
        )
    kind = "Sandbox" if org.is_sandbox else "Production"
    if place.connection.environment is Environment.DEMO:
        kind = "Demo org"
    facts = {
        "Org": org.org_name,
        "Org ID": org.org_id,
        "Kind": kind,
        "User": org.username,
        "Scopes": org.scopes,
        "Instance": org.instance_url,
        "API version": f"v{org.api_version}",
        "Connected": local_time(place.connection.connected_at),
        "Last successful call": f"{ago(place.connection.last_success_at)} "
        f"({exact_utc(place.connection.last_success_at)})",
    }
    st.dataframe(
        [{"Fact": name, "Value": value} for name, value in facts.items()],
        hide_index=True,
        alt="What the org says about this connection",
    )


def draw_next(place: Place) -> None:
    st.page_link(
        "pages/objects_and_fields.py",
        label="Next: Objects and fields",
        icon=":material/arrow_forward:",
        query_params=place.query,
    )


def draw_sign_in(place: Place) -> None:
    cookie = binding()
    if not cookie:
        st.warning(
            "This browser sent no session cookie yet. Reload the page once.",
            icon=":material/cookie:",
        )
        return
    query = urllib.parse.urlencode(
        {
            "connection_id": place.connection_id,
            "ticket": start_ticket(cookie, place.connection_id),
        }
    )
    label = "Reconnect" if place.connection.org else "Sign in to Salesforce"
    # Where all is well, going on is the next step and signing in anew is not.
    is_next_step = place.connection.state not in CONNECTED_STATES
    look = "background:#1f5fbf;color:#fff" if is_next_step else "color:inherit"
    # A link of our own stays in this tab, which the way back from Salesforce needs.
    st.html(
        f'<a href="/connect/start?{html.escape(query)}" target="_self" data-testid="sign-in" '
        'style="display:inline-block;padding:.5rem 1.1rem;border-radius:.5rem;border:1px solid;'
        f'{look};text-decoration:none;font-weight:600">{label}</a>'
    )
    st.caption(
        "Opens Salesforce's own page in this tab. Sign in there as the integration user and press "
        "Allow."
    )
    if user := place.connection.integration_user:
        st.text(f"Integration user: {user}")  # a caption would make a mail link of it


def draw_help(place: Place) -> None:
    with st.expander("Salesforce showed me an error", icon=":material/help:"):
        st.table({"What to do": SALESFORCE_PAGES})
        shown = st.text_area("Or paste what the page says", key="connect.salesforce_page")
        if shown:
            explain(place, shown)
    title = "The browser came back to Halda, not to this console"
    # a form, cleared on submit: the address holds the code
    with st.expander(title), st.form("connect.paste", clear_on_submit=True):
        pasted = st.text_input("Paste the whole address here", type="password", autocomplete="off")
        if st.form_submit_button("Complete the connection"):
            complete(place, pasted or "")


def explain(place: Place, shown: str) -> None:
    """What a text of Salesforce's own page means; it never reached the callback."""
    expected = callback_for(
        place.context.settings,
        account_id=place.account.account_id,
        environment=place.connection.environment,
    )
    error = explain_page(shown, Facts(expected, place.context.http.egress_addresses))
    if error is not None:
        show_error(error)
        return
    st.info(
        "No known error is in this text. Look for a word in capitals or with underscores, such as "
        "OAUTH_APP_BLOCKED; Halda support can find it by that.",
        icon=":material/search:",
    )


def complete(place: Place, pasted: str) -> None:
    visitor = Visitor(operator=place.operator.name, binding=binding())
    try:
        outcome = complete_from_pasted_url(place.context, visitor=visitor, pasted=pasted)
    except ConsoleError as error:
        show_error(error)
        return
    st.query_params["attempt"] = outcome.attempt_id
    st.rerun()


def draw_disconnect(place: Place) -> None:
    with st.popover("Disconnect", icon=":material/link_off:"):
        st.text(
            f"Revokes the grant at Salesforce and erases the tokens of {place.account.name} "
            f"({place.connection.environment.value}). Mapping and history stay."
        )
        if st.button("Disconnect now", key="connect.disconnect", type="primary"):
            problem = disconnect(
                place.context, operator=place.operator.name, connection_id=place.connection_id
            )
            state.flash(problem or "Disconnected: the grant was revoked and the tokens erased.")
            st.rerun()


with shown_errors():
    screen_share_switch()
    here = open_place(
        operator,
        title="Connect",
        purpose="Sign in once as the integration user; Halda then holds a grant for this org.",
    )
    draw_answer(here)
    is_connected = here.connection.state in CONNECTED_STATES
    if not is_connected and here.connection.last_error and "attempt" not in st.query_params:
        last = here.connection.last_error
        st.caption(f"Last error, {ago(last.at)}")
        st.text(f"{last.message}\nWho acts: {last.who_acts}\nWhat to do: {last.advice}")
    is_paused = here.connection.state is ConnectionState.PAUSED
    if is_paused:  # first of all: it explains everything below
        draw_pause(here.context, here.connection, operator=here.operator.name)
    draw_legacy(here)
    draw_org(here)
    if is_connected and not is_paused:
        draw_next(here)
    if get_credential_status(here.context, here.connection_id).is_set:
        draw_grant_warning(here)
        draw_sign_in(here)
        draw_help(here)
    else:
        st.info("Enter the Consumer Key and Secret first.", icon=":material/key:")
        st.page_link("pages/credentials.py", label="Go to Credentials", query_params=here.query)
    draw_doctor(here.context, here.connection, operator=here.operator.name)
    if not is_paused:
        draw_pause(here.context, here.connection, operator=here.operator.name)
    if is_connected:
        draw_disconnect(here)
