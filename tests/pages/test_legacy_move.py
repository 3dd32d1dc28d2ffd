"""A Connected App from before: works, no action; and the guided move that keeps the mapping."""

import pytest

from core.connect.connections import get_connection, set_app_type
from core.connect.disconnect import disconnect
from core.connect.states import AppType
from core.console import Console
from core.store.audit import list_events
from core.store.mappings.versions import load_mapping
from core.ui.status.timeline_words import what
from tests.pages.conftest import (
    LAKESIDE,
    SeededHome,
    connection_id_of,
    labelled,
    open_page,
    words,
)

MOVED = "It has moved"
LEGACY = AppType.LEGACY_CONNECTED_APP


def make_legacy(console: Console) -> str:
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    set_app_type(console.connect, operator="Ines", connection_id=connection_id, app_type=LEGACY)
    return connection_id


def test_legacy_app_reads_works_no_action_and_is_no_trouble_on_the_board(console: Console) -> None:
    make_legacy(console)

    page = open_page("connect", account_id=LAKESIDE.account_id)
    board = open_page("status").dataframe[0].value

    assert "Legacy Connected App: works, no action." in words(page)
    row = board[board["Account"] == LAKESIDE.name].iloc[0]
    assert (row["App"], row["Attention"]) == ("Connected App (legacy)", "All well")


def test_move_keeps_connection_mapping_and_history(console: Console) -> None:
    connection_id = make_legacy(console)
    before = load_mapping(console.store, connection_id)
    page = open_page("connect", account_id=LAKESIDE.account_id)
    assert "The connection stays the same one: mapping" in words(page)

    page = labelled(page.button, MOVED).click().run()

    assert not page.exception
    assert "this connection uses an External Client App." in words(page)
    assert MOVED not in {each.label for each in page.button}
    assert get_connection(console.connect, connection_id).app_type is AppType.EXTERNAL_CLIENT_APP
    assert load_mapping(console.store, connection_id) == before
    newest = list_events(console.store, LAKESIDE.account_id)[0]
    assert (what(newest), newest.detail["to"]) == ("Kind of app changed", "external_client_app")


def test_move_is_not_done_before_the_new_app_has_been_signed_in_to(own: SeededHome) -> None:
    assert own.console is not None
    connection_id = make_legacy(own.console)
    disconnect(own.console.connect, operator="Ines", connection_id=connection_id)

    page = open_page("connect", account_id=LAKESIDE.account_id)

    assert labelled(page.button, MOVED).disabled


@pytest.mark.parametrize(
    "step", ["Create the External Client App", "Replace Consumer Key", "Check"]
)
def test_move_is_told_in_order(console: Console, step: str) -> None:
    make_legacy(console)

    assert step in words(open_page("connect", account_id=LAKESIDE.account_id))
