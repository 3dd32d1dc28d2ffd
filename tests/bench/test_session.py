"""The measuring tab follows a served page as a browser does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.neighbour import Neighbour
from bench.plain_server import serving
from bench.session import BrowserSession, PageFailed


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serving(Path(__file__).with_name("toy_app.py")) as url:
        yield url


@pytest.fixture
def tab(address: str) -> Iterator[BrowserSession]:
    with BrowserSession(address) as session:
        yield session


def test_tab_finds_widgets_by_the_key_of_their_page(tab: BrowserSession) -> None:
    tab.open_page()

    assert tab.screen.keys()[:2] == ["first.name", "first.rows"]


def test_change_reaches_the_page_and_its_answer_the_screen(tab: BrowserSession) -> None:
    tab.open_page()

    timing = tab.set_value("first.name", "Ava")

    assert "hello Ava" in tab.screen.texts()
    assert timing.milliseconds > 0
    assert timing.messages > 5


def test_large_table_is_sent_once_and_referred_to_afterwards(tab: BrowserSession) -> None:
    first = tab.open_page()

    again = tab.rerun()

    assert again.size_bytes < first.size_bytes / 5
    assert tab.screen.find("first.rows") is not None


def test_row_of_a_table_can_be_chosen(tab: BrowserSession) -> None:
    tab.open_page()

    tab.choose_rows("first.rows", [4])

    assert "chosen [4]" in tab.screen.texts()


def test_button_is_pressed_for_one_run_only(tab: BrowserSession) -> None:
    tab.open_page()

    tab.press("first.press")
    pressed = tab.screen.texts()
    tab.rerun()

    assert "pressed" in pressed
    assert "pressed" not in tab.screen.texts()


def test_page_that_restarts_itself_is_waited_for(tab: BrowserSession) -> None:
    tab.open_page()

    tab.press("first.twice")

    assert "restarted 1" in tab.screen.texts()


def test_value_set_by_the_page_is_not_overwritten_by_an_older_one(tab: BrowserSession) -> None:
    tab.open_page()
    tab.set_value("first.name", "Ava")

    tab.press("first.reset")
    tab.rerun()

    assert "hello nobody" in tab.screen.texts()


def test_page_and_query_of_an_address_are_opened(tab: BrowserSession) -> None:
    tab.open_page("second", "account_id=lakeside")

    assert "account lakeside" in tab.screen.texts()


def test_fragment_answers_alone_and_the_rest_of_the_screen_stays(tab: BrowserSession) -> None:
    tab.open_page("second")

    whole = tab.set_value("second.pick", "b")
    part = tab.set_value("second.kind", ["y"])
    shown = tab.screen.texts()
    tab.set_value("second.kind", [])

    assert part.messages < whole.messages
    assert "picked b" in shown
    assert "only y" in shown
    assert "only y" not in tab.screen.texts()


@pytest.mark.parametrize("page", ["broken", "nowhere"])
def test_page_that_cannot_be_drawn_is_never_measured(tab: BrowserSession, page: str) -> None:
    with pytest.raises(PageFailed, match=page):
        tab.open_page(page)


def test_missing_key_names_the_keys_there_are(tab: BrowserSession) -> None:
    tab.open_page()

    with pytest.raises(PageFailed, match=r"first\.name"):
        tab.set_value("no.such.key", "x")


def test_neighbour_proves_that_it_was_active(address: str, tab: BrowserSession) -> None:
    tab.open_page()

    with Neighbour(address) as neighbour:
        while_it_lasts = [tab.rerun() for _ in range(30)]

    assert len(while_it_lasts) == 30
    assert neighbour.activity.reruns > 0
