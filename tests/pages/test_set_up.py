"""The set-up pages act on the store, and refuse with what to do."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from core.connect.accounts import AccountDetails, edit_account, list_accounts
from core.connect.connections import get_connection
from core.connect.credentials import get_credential_status
from core.connect.propagation import PropagationState
from core.connect.setup import get_propagation, list_steps
from core.connect.states import ConnectionState
from core.console import Console
from core.store.tables import Token
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import (
    LAKESIDE,
    PALMER,
    SeededHome,
    account_names,
    connection_id_of,
    labelled,
    open_page,
    words,
)

NEW_ID = "cl9x0a1b2000308l4new00001"


def add_account(page: AppTest, pasted: str, name: str) -> AppTest:
    labelled(page.text_input, "Halda URL or account id").set_value(pasted)
    page.text_input("account.add.name").set_value(name)
    return labelled(page.button, "Add account").click().run()


def test_account_is_added_from_a_pasted_address(console: Console) -> None:
    pasted = f"https://app.heyhalda.com/accounts/{NEW_ID}/settings"

    page = add_account(open_page("status"), pasted, "Mesa University")

    assert not page.error
    assert "Mesa University" in account_names(console)
    assert connection_id_of(console, NEW_ID)


@pytest.mark.parametrize(
    ("pasted", "name"), [("", "Mesa"), (NEW_ID, ""), (PALMER.account_id, "Twice")]
)
def test_account_that_cannot_be_added_is_refused_with_advice(
    console: Console, pasted: str, name: str
) -> None:
    before = account_names(console)

    page = add_account(open_page("status"), pasted, name)

    assert len(page.error) == 1
    assert "What to do:" in words(page)
    assert account_names(console) == before


def choose_row(page: AppTest, row: int) -> AppTest:
    page.session_state["status.board"] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return page.run()


def test_chosen_account_shows_its_timeline_and_can_be_edited(console: Console) -> None:
    page = choose_row(open_page("status"), 0)
    account = next(a for a in list_accounts(console.connect) if a.name in words(page))

    page.text_area(f"account.{account.account_id}.{account.version}.note").set_value("Call Jo")
    page = labelled(page.button, "Save").click().run()

    assert not page.error
    changed = next(a for a in list_accounts(console.connect) if a.account_id == account.account_id)
    assert changed.details.note == "Call Jo"


def test_edit_of_an_account_saved_meanwhile_is_refused_and_kept(console: Console) -> None:
    page = choose_row(open_page("status"), 0)
    account = next(a for a in list_accounts(console.connect) if a.name in words(page))
    page.text_area(f"account.{account.account_id}.{account.version}.note").set_value("mine")
    edit_account(
        console.connect,
        operator="Omar",
        account_id=account.account_id,
        based_on=account.version,
        details=AccountDetails(name=account.name, note="theirs"),
    )

    page = labelled(page.button, "Save").click().run()

    kept = next(a for a in list_accounts(console.connect) if a.account_id == account.account_id)
    assert kept.details.note == "theirs"
    assert len(page.error) == 1
    assert page.text_area(f"account.{account.account_id}.{account.version}.note").value == "mine"
    page = page.button(f"account.{account.account_id}.newest").click().run()
    assert page.text_area(f"account.{account.account_id}.{kept.version}.note").value == "theirs"


def test_archived_account_leaves_the_board_and_comes_back(console: Console) -> None:
    page = choose_row(open_page("status"), 0)
    account = next(a for a in list_accounts(console.connect) if a.name in words(page))

    page = page.button(f"account.{account.account_id}.archive").click().run()
    assert account.name not in account_names(console)

    page.button(f"account.{account.account_id}.restore").click().run()
    assert account.name in account_names(console)


def test_tick_and_untick_of_a_step_are_stored(console: Console) -> None:
    connection_id = connection_id_of(console, PALMER.account_id)
    page = open_page("app_setup", account_id=PALMER.account_id)

    def is_ticked() -> bool:
        steps = list_steps(console.connect, connection_id)
        return next(view.tick for view in steps if view.step.step_id == "S30") is not None

    page = page.checkbox(f"tick.{connection_id}.S30").check().run()
    assert is_ticked()
    assert "Too early" in words(page)

    page.checkbox(f"tick.{connection_id}.S30").uncheck().run()
    assert not is_ticked()


def test_wait_in_the_demo_can_be_skipped(console: Console) -> None:
    connection_id = connection_id_of(console, PALMER.account_id)

    open_page("app_setup", account_id=PALMER.account_id).button("propagation.skip").click().run()

    assert get_propagation(console.connect, connection_id).state is PropagationState.OVERRIDDEN


def save_credentials(page: AppTest, connection_id: str, key: str, secret: str) -> AppTest:
    page.text_input(f"credentials.key.{connection_id}").set_value(key)
    page.text_input(f"credentials.user.{connection_id}").set_value("integration@palmer.demo")
    labelled(page.text_input, "Consumer Secret").set_value(secret)
    return labelled(page.button, "Save credentials").click().run()


def test_credentials_are_saved_and_the_secret_is_never_shown(
    console: Console, org: DemoOrgProcess
) -> None:
    key, secret = org.app("palmer")
    connection_id = connection_id_of(console, PALMER.account_id)

    page = save_credentials(
        open_page("credentials", account_id=PALMER.account_id), connection_id, key, secret
    )

    assert not page.error
    assert get_credential_status(console.connect, connection_id).is_set
    again = open_page("credentials", account_id=PALMER.account_id)
    assert "Consumer Key and Secret are set." in words(again)
    assert labelled(again.text_input, "Consumer Secret").value in {"", None}
    assert secret not in words(again)
    assert secret not in str(again.main)


@pytest.mark.parametrize(("key", "secret"), [("", "s" * 64), ("3MVG9" + "x" * 80, ""), ("", "")])
def test_half_of_the_credentials_is_refused(console: Console, key: str, secret: str) -> None:
    connection_id = connection_id_of(console, PALMER.account_id)

    page = save_credentials(
        open_page("credentials", account_id=PALMER.account_id), connection_id, key, secret
    )

    assert len(page.error) == 1
    assert "What to do:" in words(page)
    assert not get_credential_status(console.connect, connection_id).is_set


def test_connect_page_shows_the_org_and_a_link_of_this_browser(console: Console) -> None:
    page = open_page("connect", account_id=LAKESIDE.account_id)

    link = page.get("html")[0].proto.body
    facts = page.dataframe[0].value.set_index("Fact")["Value"]
    assert 'href="/connect/start?connection_id=' in link
    assert "ticket=" in link
    assert 'target="_self"' in link
    assert facts["User"] == "integration@lakeside.demo"


@pytest.mark.parametrize("key", ["connect", "objects_and_fields"])
def test_a_working_connection_goes_on_to_the_next_page(console: Console, key: str) -> None:
    page = open_page(key, account_id=LAKESIDE.account_id)

    labels = [str(each.proto.label) for each in page.get("page_link")]

    assert any(label.startswith("Next: ") for label in labels)
    links = [str(each.proto.body) for each in page.get("html")]
    assert not any("background" in link for link in links if "Reconnect" in link)


@pytest.mark.parametrize(
    "problem", ["used", "other_browser", "expired", "unknown", "not_started", "<b>made up</b>"]
)
def test_ended_sign_in_is_told_in_a_sentence(console: Console, problem: str) -> None:
    page = open_page("connect", account_id=LAKESIDE.account_id, problem=problem)

    assert len(page.error) == 1
    assert "What to do:" in words(page)
    assert "made up" not in page.error[0].value


def test_wrong_pasted_address_is_refused(console: Console) -> None:
    page = open_page("connect", account_id=LAKESIDE.account_id)

    labelled(page.text_input, "Paste the whole address").set_value("https://example.org/")
    page = labelled(page.button, "Complete the connection").click().run()

    assert len(page.error) == 1
    assert "What to do:" in words(page)


def test_disconnect_erases_the_tokens(own: SeededHome) -> None:
    console = own.console
    assert console is not None
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    page = open_page("connect", account_id=LAKESIDE.account_id)

    page.button("connect.disconnect").click().run()

    with console.store.read() as session:
        assert session.exec(select(Token)).all() == []
    assert get_connection(console.connect, connection_id).state is not ConnectionState.CONNECTED
