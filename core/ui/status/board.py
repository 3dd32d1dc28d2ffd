"""The board's lines: each connection as cells of a table, and the filters over them."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.connect.connections import ConnectionView
from core.connect.doctor.kept import is_outdated
from core.connect.grant_room import MOST_GRANTS
from core.connect.overview import Overview
from core.connect.states import CONNECTED_STATES, AppType, ConnectionState
from core.ui.formats import number
from core.ui.status.doctor_view import VERDICT_WORDS
from core.ui.tables import count_and_download, filtered, search_box, table

_AGES = ("Since", "Org last asked", "Last successful call", "Checked", "Previewed")
_WORKING = CONNECTED_STATES | {ConnectionState.LEGACY_LIVE}


@dataclass(frozen=True, slots=True)
class _Line:
    place: str
    overview: Overview
    cells: dict[str, Any]


def draw_board(board: tuple[Overview, ...]) -> Overview | None:
    """Draw filters and table; return the line chosen in it."""
    lines = [_Line(_place(each), each, board_cells(each)) for each in board]
    _draw_counts(lines)
    shown = _chosen_by_filters(lines)
    cells = [line.cells for line in shown]
    count_and_download(cells, len(lines), noun="connections", file="status.csv")
    chosen = table(
        cells,
        key="status.board",
        ids=[line.place for line in shown],
        empty="No account fits. Clear the search and the filters, or add an account below."
        if lines
        else "There is no account yet: add an account below, by its Halda URL.",
        alt="Accounts and connections with state, last call and last error",
        config={name: st.column_config.DatetimeColumn(name, format="distance") for name in _AGES},
    )
    return shown[chosen].overview if chosen is not None else None


def board_cells(line: Overview) -> dict[str, Any]:
    """One line of the board; the times are times, so that they sort as such."""
    view, account = line.connection, line.status.account
    return {
        "Attention": line.attention or _calm_word(view),
        "Account": account.name,
        "Environment": view.environment.value.title() if view else "–",
        "State": view.state_view.word if view else "No environment yet",
        "Since": view.state_since if view else None,
        "Org last asked": line.evidence_at,
        "Last successful call": view.last_success_at if view else None,
        **_error_cells(view),
        "Contact": account.details.implementation_specialist
        or account.details.partner_success_consultant,
        "Doctor": doctor_word(line),
        "Checked": line.verdict.examined_at if line.verdict else None,
        "Nightly check": night_word(line),
        "Sign-in ends in (days)": line.countdown.days_left if line.countdown else None,
        "Grants": grant_words(line),
        "API calls of the org, 24 h": line.api.org_words,
        "API calls of ours, 24 h": line.api.ours,
        "Mapping": mapping_words(line),
        "Preview": line.preview.state.replace("_", " ").capitalize() if line.preview else "",
        "Previewed": line.preview.started_at if line.preview else None,
        "Next step": view.state_view.next_step if view else "Add an environment.",
        "App": _app_words(view),
        "Org": view.org.org_name if view and view.org else "",
        "Account id": account.account_id,
    }


def _calm_word(view: ConnectionView | None) -> str:
    if view is None or view.state not in _WORKING:
        return "Not connected"
    return "Paused" if view.state is ConnectionState.PAUSED else "All well"


def doctor_word(line: Overview) -> str:
    """The doctor's last word, unless somebody has signed in since."""
    view, verdict = line.connection, line.verdict
    if view is None:
        return ""
    if verdict is None:
        return "Never checked"
    return (
        "Signed in since"
        if is_outdated(verdict.examined_at, view)
        else VERDICT_WORDS[verdict.verdict]
    )


def night_word(line: Overview) -> str:
    """Whether the connection got its check of the last night."""
    if line.connection is not None and line.connection.state is ConnectionState.PAUSED:
        return "Not while paused"
    if line.night is None:
        return ""
    if line.night.is_overdue:
        return "✕ Overdue"
    if line.night.is_due:
        return "… Due"
    examined_at = line.night.examined_at
    is_done = examined_at is not None and examined_at >= line.night.night_at
    return "✓ Done" if is_done else "Next night"


def grant_words(line: Overview) -> str:
    """`2 of 5`: what this console holds; the org may know of more."""
    return f"{line.room.held} of {MOST_GRANTS}" if line.room else ""


def mapping_words(line: Overview) -> str:
    """`v7, signed off`."""
    if line.mapping is None:
        return ""
    version, stage = line.mapping
    return f"v{version}, {stage.value.replace('_', ' ')}"


def _error_cells(view: ConnectionView | None) -> dict[str, str]:
    error = view.last_error if view else None
    return {
        "Last error": error.message if error else "",
        "Who acts": error.who_acts if error else "",
        "What to do": error.advice if error else "",
    }


def _app_words(view: ConnectionView | None) -> str:
    if view is None:
        return ""
    is_legacy = view.app_type is AppType.LEGACY_CONNECTED_APP
    return "Connected App (legacy)" if is_legacy else "External Client App"


def _place(line: Overview) -> str:
    environment = line.connection.environment if line.connection else ""
    return f"{line.status.account.account_id}|{environment}"


def _draw_counts(lines: list[_Line]) -> None:
    """The whole board in one sentence."""
    troubled = sum(bool(line.overview.attention) for line in lines)
    if not lines:
        return
    if troubled:
        st.warning(
            f"{number(troubled)} of {number(len(lines))} connections need attention. They stand "
            "first.",
            icon=":material/warning:",
        )
    else:
        waiting = sum(line.cells["Attention"] == "Not connected" for line in lines)
        told = f" {number(waiting)} not connected yet." if waiting else ""
        st.success(f"No connection needs attention.{told}", icon=":material/check_circle:")


def _chosen_by_filters(lines: list[_Line]) -> list[_Line]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = search_box("Search accounts", key="status.search")
        states = _filter("State", lines)
        environments = _filter("Environment", lines)
        only_troubled = st.toggle("Needs attention", key="status.attention")
    fitting = [
        line
        for line in lines
        if (not states or line.cells["State"] in states)
        and (not environments or line.cells["Environment"] in environments)
        and (not only_troubled or line.overview.attention)
    ]
    return [line for line in fitting if filtered([line.cells], search)]


def _filter(name: str, lines: list[_Line]) -> list[str]:
    options = sorted({line.cells[name] for line in lines})
    return st.multiselect(name, options, key=f"status.{name.lower()}s", width=220)
