"""The board: what needs attention first, the age of what is known, filters, timeline, pause."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.connect.connections import get_connection, load_connection
from core.connect.health import remember_failure
from core.connect.overview import list_overview
from core.connect.pause import pause
from core.connect.states import ConnectionState
from core.console import Console, use_console
from core.errors import NeedsReauth
from core.store.audit import list_events
from core.store.tables import Account, Credential, Token
from core.ui.status.board import board_cells
from core.ui.status.timeline_words import _ACTIONS, what
from core.ui.tables import spreadsheet_csv
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import (
    LAKESIDE,
    PALMER,
    connection_id_of,
    labelled,
    open_page,
    words,
)


def cells(page: AppTest, column: str) -> list[object]:
    return list(page.dataframe[0].value[column])


def cell(page: AppTest, column: str, account: str) -> object:
    return cells(page, column)[cells(page, "Account").index(account)]


def cells_of_page() -> list[str]:
    return [str(name) for name in open_page("status").dataframe[0].value.columns]


def stored_secrets(console: Console) -> list[str]:
    """Every sealed value and the keys beside them, as the store holds them."""
    with console.store.read() as session:
        keys = [
            (each.consumer_key, each.secret_fingerprint)
            for each in session.exec(select(Credential))
        ]
        tokens = [each.access_fingerprint for each in session.exec(select(Token))]
    assert keys
    assert tokens
    return [*(part for each in keys for part in each), *tokens]


def break_sign_in(console: Console, account_id: str) -> None:
    error = NeedsReauth("The sign-in has ended.", advice="Sign in again.", code="invalid_grant")
    with console.store.write() as session:
        row = load_connection(session, connection_id_of(console, account_id))
        remember_failure(session, row, error, console.store.now(session))
        session.add(row)


def test_what_needs_attention_stands_first_and_can_be_shown_alone(console: Console) -> None:
    assert "No connection needs attention. 3 not connected yet." in words(open_page("status"))
    break_sign_in(console, LAKESIDE.account_id)

    page = open_page("status")

    assert cells(page, "Account")[0] == LAKESIDE.name
    assert cells(page, "Attention")[0] == "Reconnect needed"
    assert "1 of 4 connections need attention" in words(page)
    page = labelled(page.toggle, "Needs attention").set_value(True).run()
    assert cells(page, "Account") == [LAKESIDE.name]


def test_board_shows_mapping_grants_countdown_and_calls(console: Console) -> None:
    page = open_page("status")

    assert str(cell(page, "Mapping", LAKESIDE.name)).startswith("v")
    assert cell(page, "Grants", LAKESIDE.name) == "1 of 5"
    assert cell(page, "Sign-in ends in (days)", LAKESIDE.name) in {29, 30}
    assert int(str(cell(page, "API calls of ours, 24 h", LAKESIDE.name))) > 0
    assert cell(page, "Preview", LAKESIDE.name) == "Done"
    assert cell(page, "Grants", PALMER.name) == ""


def test_state_and_environment_filter_the_board(console: Console) -> None:
    page = open_page("status")

    page = labelled(page.multiselect, "State").set_value(["Not started"]).run()

    assert set(cells(page, "State")) == {"Not started"}


def test_address_opens_the_account_with_its_timeline_in_plain_words(console: Console) -> None:
    page = open_page("status", account_id=LAKESIDE.account_id)

    assert LAKESIDE.name in [each.value for each in page.subheader]
    said = page.dataframe[-1].value["What"].tolist()
    assert {"Signed in", "Credentials saved", "Environment added"} <= set(said)
    assert not [each for each in said if "." in each]
    assert "The org was last asked" in words(page)


def test_timeline_is_filtered_by_what_it_is_about(console: Console) -> None:
    page = open_page("status", account_id=LAKESIDE.account_id)

    page = labelled(page.multiselect, "About").set_value(["Preview"]).run()

    assert set(page.dataframe[-1].value["About"]) == {"Preview"}


def test_address_of_an_unknown_account_is_told_on_status(console: Console) -> None:
    assert "not on the board" in words(open_page("status", account_id="nobody"))


def test_state_changed_by_itself_reads_as_before_and_after(console: Console) -> None:
    break_sign_in(console, LAKESIDE.account_id)

    newest = list_events(console.store, LAKESIDE.account_id)[0]

    assert what(newest).endswith("→ Reconnect needed")


def test_every_action_of_a_seeded_console_has_plain_words(console: Console) -> None:
    actions = {each.action for each in list_events(console.store, limit=1000)}

    assert actions - _ACTIONS.keys() == set()


@pytest.mark.parametrize(("hours_ago", "word"), [(1, "… Due"), (5, "✕ Overdue")])
def test_nightly_check_that_was_not_made_shows_as_due_then_as_overdue(
    console: Console, hours_ago: int, word: str
) -> None:
    hour = (datetime.now(UTC) - timedelta(hours=hours_ago)).hour
    settings = replace(console.settings, nightly_hour=hour)
    connect = replace(console.connect, settings=settings)
    use_console(replace(console, settings=settings, connect=connect))
    with console.store.write() as session:
        row = load_connection(session, connection_id_of(console, LAKESIDE.account_id))
        assert row.connected_at is not None
        row.connected_at -= timedelta(days=3)
        session.add(row)

    page = open_page("status", account_id=LAKESIDE.account_id)

    assert cell(page, "Nightly check", LAKESIDE.name) == word
    assert ("The nightly check is overdue" in words(page)) is (hours_ago > 3)


def test_search_finds_an_account_by_any_of_its_words_and_says_when_none_fits(
    console: Console,
) -> None:
    page = open_page("status")

    page = labelled(page.text_input, "Search accounts").set_value("LAKESIDE all well").run()
    assert cells(page, "Account") == [LAKESIDE.name]
    assert "1 of 4 connections" in words(page)

    page = labelled(page.text_input, "Search accounts").set_value("nowhere at all").run()
    assert "No account fits." in words(page)


def test_times_and_counts_of_the_board_sort_as_such(console: Console) -> None:
    board = open_page("status").dataframe[0].value

    for name in ("Since", "Org last asked", "Last successful call", "Previewed"):
        assert is_datetime64_any_dtype(board[name]), name
    for name in ("Sign-in ends in (days)", "API calls of ours, 24 h"):
        assert is_numeric_dtype(board[name]), name


def test_csv_of_the_board_holds_every_column_and_no_formula(console: Console) -> None:
    with console.store.write() as session:
        session.get_one(Account, LAKESIDE.account_id).name = "=HYPERLINK(1)"
    lines = [board_cells(each) for each in list_overview(console.connect)]

    told = list(csv.DictReader(io.StringIO(spreadsheet_csv(lines).decode("utf-8-sig"))))

    assert list(told[0]) == list(cells_of_page())
    assert [each["Account"] for each in told if "HYPERLINK" in each["Account"]] == [
        "'=HYPERLINK(1)"
    ]
    secrets = [each for each in stored_secrets(console) if each in str(told)]
    assert secrets == []


def test_event_chosen_in_the_timeline_is_read_whole(console: Console) -> None:
    break_sign_in(console, LAKESIDE.account_id)
    page = open_page("status", account_id=LAKESIDE.account_id)
    assert "why: The sign-in has ended." not in words(page)

    page.session_state[f"timeline.{LAKESIDE.account_id}"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    page = page.run()

    assert "code: invalid_grant, why: The sign-in has ended." in words(page)


def test_timeline_of_a_pause_reads_as_what_was_done_and_what_it_changed(console: Console) -> None:
    pause(
        console.connect,
        operator="Ines",
        connection_id=connection_id_of(console, LAKESIDE.account_id),
    )

    page = open_page("status", account_id=LAKESIDE.account_id)

    said = page.dataframe[-1].value
    assert said["What"].tolist()[0].endswith("→ Paused")
    assert said["What"].tolist()[1] == "Paused"
    assert said["Who"].tolist()[:2] == ["Ines", "Ines"]


@pytest.mark.parametrize("key", ["status", "connect"])
def test_connection_is_paused_with_a_reason_and_resumed_with_a_check(
    console: Console, org: DemoOrgProcess, key: str
) -> None:
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    before = get_connection(console.connect, connection_id).state
    page = open_page(key, account_id=LAKESIDE.account_id)

    labelled(page.text_input, "Why (stands").set_value("They clean up")
    page = labelled(page.button, "Pause this connection").click().run()

    assert not page.exception
    assert get_connection(console.connect, connection_id).state is ConnectionState.PAUSED
    assert "While paused, nothing is previewed or sent" in words(page)
    page = labelled(page.button, "Resume").click().run()
    assert get_connection(console.connect, connection_id).state is before
    assert "Checked just now" in words(page)


def test_preview_of_a_paused_connection_is_not_offered(console: Console) -> None:
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    pause(console.connect, operator="Ines", connection_id=connection_id)

    page = open_page("preview", account_id=LAKESIDE.account_id)

    assert "This connection is paused" in words(page)
