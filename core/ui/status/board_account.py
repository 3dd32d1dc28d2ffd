"""One account below the board: its state with the age of the evidence, and what to do next."""

import streamlit as st

from core.access.operators import Operator
from core.connect.connections import ConnectionView
from core.connect.health import LastError
from core.connect.overview import FEW_DAYS_LEFT, Overview
from core.connect.states import ConnectionState
from core.console import Console
from core.ui.formats import ago, count, exact_utc, local_time
from core.ui.messages import escaped
from core.ui.place import environment_badge
from core.ui.status.account_forms import edit_account_forms
from core.ui.status.board import doctor_word, grant_words, mapping_words, night_word
from core.ui.status.board_pause import draw_pause
from core.ui.status.doctor_view import draw_doctor
from core.ui.status.timeline import draw_timeline


def draw_account(console: Console, operator: Operator, line: Overview) -> None:
    """Draw the account of a line: connection, doctor, forms, timeline."""
    account, connection = line.status.account, line.connection
    st.subheader(escaped(account.name), anchor=False)
    if connection is not None:
        _draw_state(line, connection)
        _draw_facts(line)
        draw_pause(console.connect, connection, operator=operator.name)
        draw_doctor(console.connect, connection, operator=operator.name)
    edit_account_forms(console, operator, account)
    draw_timeline(console, account.account_id)


def _draw_state(line: Overview, connection: ConnectionView) -> None:
    look = connection.state_view
    with st.container(horizontal=True, vertical_alignment="center"):
        environment_badge(connection.environment)
        st.badge(look.word, icon=look.icon, color=look.colour.value)
        st.text(
            f"Since {ago(connection.state_since)} ({exact_utc(connection.state_since)})",
        )
    asked = line.evidence_at
    known = f"The org was last asked {ago(asked)} ({exact_utc(asked)})." if asked else ""
    st.text(known or "The org was never asked, so this is what was entered here.")
    if line.night is not None and line.night.is_overdue:
        st.warning(
            f"The nightly check is overdue: it should have run {ago(line.night.night_at)}. The "
            "state may be older than it looks. Check the connection below; if this happens every "
            "night, the console was not running then.",
            icon=":material/nights_stay:",
        )
    if connection.last_error:
        _draw_error(connection.last_error)
    if look.page != "status":
        query = {
            "account_id": connection.account_id,
            "environment": connection.environment.value,
        }
        st.page_link(
            f"pages/{look.page}.py",
            label=look.next_step,
            icon=":material/arrow_forward:",
            query_params=query,
        )


def _draw_error(error: LastError) -> None:
    st.error(f"{escaped(error.message)} ({ago(error.at)})", icon=":material/error:")
    st.text(f"Who acts: {error.who_acts}")
    st.text(f"What to do: {error.advice}")


def _draw_facts(line: Overview) -> None:
    details = line.status.account.details
    people = {
        "Implementation Specialist": details.implementation_specialist,
        "Partner Success Consultant": details.partner_success_consultant,
    }
    contacts = ", ".join(f"{name} ({role})" for role, name in people.items() if name)
    facts = {
        "Contact": contacts or "Nobody is named: add the people under Edit account.",
        "Doctor": doctor_word(line),
        "Nightly check": night_word(line),
        "Sign-in": _countdown_words(line),
        "Next renewal": _renewal_words(line),
        "Grants held here": _grant_sentence(line),
        "API calls, last 24 hours": _api_words(line),
        "Mapping": mapping_words(line) or "None yet",
        "Last preview": _preview_words(line),
    }
    st.dataframe(
        [{"Fact": name, "Value": value} for name, value in facts.items() if value],
        hide_index=True,
        height="content",
        alt="What is known of this connection",
    )


def _countdown_words(line: Overview) -> str:
    if line.countdown is None:
        return ""
    left = count(line.countdown.days_left, "day")
    words = f"Last renewed {ago(line.countdown.last_used_at)}; unused, it would end in {left}"
    if line.countdown.days_left <= FEW_DAYS_LEFT:
        return f"{words}: resume or check the connection"
    return words


def _renewal_words(line: Overview) -> str:
    if line.countdown is None:
        return ""
    if line.connection is not None and line.connection.state is ConnectionState.PAUSED:
        return "Not while paused"
    return f"By itself, {local_time(line.countdown.renews_at)}, unless it is used before"


def _grant_sentence(line: Overview) -> str:
    if line.room is None:
        return ""
    others = f", with {', '.join(line.room.others)}" if line.room.others else ""
    return f"{grant_words(line)} for this user and app{others}"


def _api_words(line: Overview) -> str:
    org = line.api.org_words
    told = f"{org} by all integrations, as told {ago(line.api.told_at)}; " if org else ""
    return f"{told}{count(line.api.ours, 'call')} by this console"


def _preview_words(line: Overview) -> str:
    if line.preview is None:
        return "None yet"
    state = line.preview.state.replace("_", " ").capitalize()
    records = count(line.preview.record_count, "record")
    return f"{state}, {records}, {ago(line.preview.started_at)}"
