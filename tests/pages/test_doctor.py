"""The connection doctor on its pages: one button, findings in three parts, text for the admin."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from core.connect.connections import load_connection
from core.connect.doctor.kept import load_examination
from core.console import Console
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import (
    LAKESIDE,
    PALMER,
    SeededHome,
    connection_id_of,
    labelled,
    open_page,
    words,
)
from tests.pages.test_set_up import choose_row


def check_the_connection(page: AppTest) -> AppTest:
    return labelled(page.button, "Check the connection").click().run()


def test_connect_offers_the_check_and_shows_its_result(console: Console) -> None:
    page = open_page("connect", account_id=LAKESIDE.account_id)
    assert "Never checked." in words(page)

    page = check_the_connection(page)

    assert not page.exception
    assert "Checked just now by Ines" in words(page)
    assert not page.error
    found = load_examination(console.connect, connection_id_of(console, LAKESIDE.account_id))
    assert found is not None
    assert page.dataframe[-1].value["Result"].tolist().count("✕ Broken") == 0


def test_a_drawn_page_asks_no_org(console: Console, org: DemoOrgProcess) -> None:
    logged = len(org.log("lakeside"))

    open_page("connect", account_id=LAKESIDE.account_id)

    assert len(org.log("lakeside")) == logged


def test_a_finding_says_what_who_and_what_to_do_with_text_for_the_admin(own: SeededHome) -> None:
    own.org.fail("ip_restricted")

    page = check_the_connection(open_page("connect", account_id=LAKESIDE.account_id))

    said = words(page)
    assert any("IP ranges and login hours" in each.value for each in page.error)
    assert "Who acts: the university's Salesforce admin" in said
    assert "What to do: Ask the admin to allow" in said
    assert any("Please allow" in each.value for each in page.code)
    own.org.clear_faults()


def test_findings_of_the_former_sign_in_are_not_shown_as_true(console: Console) -> None:
    check_the_connection(open_page("connect", account_id=LAKESIDE.account_id))
    with console.store.write() as session:
        row = load_connection(session, connection_id_of(console, LAKESIDE.account_id))
        row.connected_at = console.store.now(session) + timedelta(seconds=1)
        session.add(row)

    page = open_page("connect", account_id=LAKESIDE.account_id)

    assert "before the last sign-in. Check again." in words(page)
    assert "Signed in since" in open_page("status").dataframe[0].value["Doctor"].tolist()


def test_a_connection_that_was_never_made_is_not_offered_a_check(console: Console) -> None:
    page = open_page("connect", account_id=PALMER.account_id)

    assert "Check the connection" not in {each.label for each in page.button}


def test_status_shows_the_doctors_last_word_on_the_board(console: Console) -> None:
    check_the_connection(open_page("connect", account_id=LAKESIDE.account_id))

    page = open_page("status")

    assert "✓ Good" in page.dataframe[0].value["Doctor"].tolist()


def test_the_account_of_the_board_can_be_checked(console: Console) -> None:
    page = open_page("status")
    row = page.dataframe[0].value["Account"].tolist().index(LAKESIDE.name)
    page = choose_row(page, row)

    page = check_the_connection(page)

    assert not page.exception
    assert "by Ines" in words(page)


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("We can't authorize you. OAUTH_APP_BLOCKED : this app is blocked by admin", "blocks this"),
        ("error=redirect_uri_mismatch&error_description=x", f"/accounts/{LAKESIDE.account_id}/"),
        ("My holiday pictures", "No known error"),
    ],
)
def test_what_salesforces_own_page_said_is_explained(
    console: Console, pasted: str, said: str
) -> None:
    page = open_page("connect", account_id=LAKESIDE.account_id)

    page = labelled(page.text_area, "Or paste what the page says").set_value(pasted).run()

    assert said in words(page)
    assert not [each for each in page.code if "Ask the admin" in each.value]
