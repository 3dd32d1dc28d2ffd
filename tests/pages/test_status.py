"""The board: what needs attention first, the age of what is known, filters, timeline, pause."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.connect.connections import get_connection, load_connection
from core.connect.health import remember_failure
from core.connect.overview import list_overview
from core.connect.pause import pause
from core.connect.states import ConnectionState
from core.console import Console
from core.errors import NeedsReauth
from core.store.audit import list_events
from core.ui.timeline_words import _ACTIONS, what
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


def break_sign_in(console: Console, account_id: str) -> None:
    error = NeedsReauth("The sign-in has ended.", advice="Sign in again.", code="invalid_grant")
    with console.store.write() as session:
        row = load_connection(session, connection_id_of(console, account_id))
        remember_failure(session, row, error, console.store.now(session))
        session.add(row)


def test_what_needs_attention_stands_first_and_can_be_shown_alone(console: Console) -> None:
    assert "No connection needs attention." in words(open_page("status"))
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


def test_overdue_nightly_check_shows_as_such(console: Console) -> None:
    with console.store.write() as session:
        row = load_connection(session, connection_id_of(console, LAKESIDE.account_id))
        assert row.connected_at is not None
        row.connected_at -= timedelta(days=3)
        session.add(row)

    page = open_page("status", account_id=LAKESIDE.account_id)

    standing = next(each for each in list_overview(console.connect) if each.night)
    assert standing.night is not None
    expected = "✕ Overdue" if standing.night.is_overdue else "… Due"
    assert cell(page, "Nightly check", LAKESIDE.name) == expected
    assert ("The nightly check is overdue" in words(page)) is standing.night.is_overdue


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
