"""Pages that read the org say why they cannot: not connected yet, or connected and broken."""

import pytest

from core.connect.connections import load_connection
from core.connect.health import remember_failure
from core.console import Console
from core.errors import AppNotInstalled
from tests.pages.conftest import LAKESIDE, PALMER, connection_id_of, open_page, words

PAGES = ["objects_and_fields", "field_mapping", "preview"]


@pytest.mark.parametrize("key", PAGES)
def test_a_connection_that_broke_is_told_with_what_to_do(console: Console, key: str) -> None:
    error = AppNotInstalled("The app is gone.", advice="Install it again.")
    with console.store.write() as session:
        row = load_connection(session, connection_id_of(console, LAKESIDE.account_id))
        remember_failure(session, row, error, console.store.now(session))

    told = words(open_page(key, account_id=LAKESIDE.account_id))

    assert "The connection does not work now" in told
    assert "The app is gone" in told
    assert f"Who acts: {error.who_acts}" in told
    assert "What to do: Install it again." in told
    assert "Connect first" not in told


@pytest.mark.parametrize("key", PAGES)
def test_a_connection_that_never_was_asks_to_connect_first(console: Console, key: str) -> None:
    told = words(open_page(key, account_id=PALMER.account_id))

    assert "Connect first: " in told
    assert "does not work" not in told
