"""Accounts, their environments and the board."""

import pytest
import sqlalchemy
from sqlmodel import select

from core.connect.accounts import (
    AccountDetails,
    add_account,
    archive_account,
    edit_account,
    list_accounts,
    restore_account,
)
from core.connect.board import list_status
from core.connect.connections import (
    add_environment,
    archive_environment,
    callback_for,
    get_connection,
    list_connections,
    restore_environment,
    set_app_type,
)
from core.connect.states import AppType, ConnectionState, Environment, view_state
from core.errors import EditConflict, InvalidInput, NotFound
from core.store.audit import list_events
from core.store.tables import Account, Connection
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk

DETAILS = AccountDetails(name="Palmer State University")


def add(desk: Desk, pasted: str = ACCOUNT_ID, details: AccountDetails = DETAILS) -> None:
    add_account(desk.context, operator=OPERATOR, pasted_id=pasted, details=details)


def test_an_account_is_added_from_any_halda_url(desk: Desk) -> None:
    add(desk, f"https://app.heyhalda.com/accounts/{ACCOUNT_ID}/forms?x=1")

    (account,) = list_accounts(desk.context)

    assert account.account_id == ACCOUNT_ID
    assert account.created_by == OPERATOR
    assert list_events(desk.context.store)[0].action == "account.added"


def test_the_same_id_twice_names_who_has_it(desk: Desk) -> None:
    add(desk)

    with pytest.raises(InvalidInput, match="Palmer State University already has"):
        add(desk)


@pytest.mark.parametrize(
    "details",
    [
        pytest.param(AccountDetails(name=" "), id="no name"),
        pytest.param(AccountDetails(name="x", default_country="USA"), id="country"),
        pytest.param(AccountDetails(name="x", time_zone="Mars/Base"), id="time zone"),
        pytest.param(AccountDetails(name="x", time_zone="../etc"), id="path as time zone"),
    ],
)
def test_unusable_details_change_nothing(desk: Desk, details: AccountDetails) -> None:
    with pytest.raises(InvalidInput):
        add(desk, details=details)

    assert list_accounts(desk.context) == ()


def test_the_second_editor_is_told_who_was_first(desk: Desk) -> None:
    add(desk)
    edit_account(
        desk.context,
        operator="Omar",
        account_id=ACCOUNT_ID,
        based_on=1,
        details=AccountDetails(name="Palmer State", implementation_specialist="Ines"),
    )

    with pytest.raises(EditConflict) as caught:
        edit_account(
            desk.context,
            operator=OPERATOR,
            account_id=ACCOUNT_ID,
            based_on=1,
            details=AccountDetails(name="Lost edit"),
        )

    assert "Omar" in caught.value.detail
    (account,) = list_accounts(desk.context)
    assert (account.name, account.version) == ("Palmer State", 2)
    assert list_events(desk.context.store)[0].detail == {
        "fields": "name, implementation_specialist"
    }


def test_archiving_takes_it_off_the_board_and_back(desk: Desk) -> None:
    add(desk)
    archive_account(desk.context, operator=OPERATOR, account_id=ACCOUNT_ID)

    assert list_accounts(desk.context) == ()
    assert list_status(desk.context) == ()
    assert len(list_status(desk.context, include_archived=True)) == 1

    restore_account(desk.context, operator=OPERATOR, account_id=ACCOUNT_ID)

    assert len(list_accounts(desk.context)) == 1


def test_each_environment_exists_once(desk: Desk) -> None:
    add(desk)
    for environment in Environment:
        add_environment(
            desk.context, operator=OPERATOR, account_id=ACCOUNT_ID, environment=environment
        )

    with pytest.raises(InvalidInput, match="already has a sandbox"):
        add_environment(
            desk.context,
            operator=OPERATOR,
            account_id=ACCOUNT_ID,
            environment=Environment.SANDBOX,
        )

    found = [each.environment for each in list_connections(desk.context, ACCOUNT_ID)]
    assert found == list(Environment)


def test_a_legacy_app_starts_as_working(desk: Desk) -> None:
    add(desk)
    view = add_environment(
        desk.context,
        operator=OPERATOR,
        account_id=ACCOUNT_ID,
        environment=Environment.PRODUCTION,
        app_type=AppType.LEGACY_CONNECTED_APP,
    )

    assert view.state is ConnectionState.LEGACY_LIVE
    assert "No action" in view.state_view.next_step

    changed = set_app_type(
        desk.context,
        operator=OPERATOR,
        connection_id=view.connection_id,
        app_type=AppType.EXTERNAL_CLIENT_APP,
    )
    assert changed.state is ConnectionState.NOT_STARTED


def test_an_archived_environment_can_be_restored(desk: Desk) -> None:
    desk.add_connection()

    archive_environment(desk.context, operator=OPERATOR, connection_id=desk.connection_id)
    assert list_connections(desk.context, ACCOUNT_ID) == ()

    restore_environment(desk.context, operator=OPERATOR, connection_id=desk.connection_id)
    assert len(list_connections(desk.context, ACCOUNT_ID)) == 1


def test_an_unknown_connection_is_said(desk: Desk) -> None:
    with pytest.raises(NotFound):
        get_connection(desk.context, "nothing")


def test_real_accounts_come_back_to_halda_and_the_demo_to_this_console(desk: Desk) -> None:
    settings = desk.context.settings

    real = callback_for(settings, account_id="a1", environment=Environment.SANDBOX)
    demo = callback_for(settings, account_id="a1", environment=Environment.DEMO)

    assert real.startswith("https://app.heyhalda.com/accounts/a1/")
    assert demo.startswith("http://127.0.0.1:8501/accounts/a1/")


def test_every_state_has_a_word_an_icon_a_colour_and_a_next_step() -> None:
    for state in ConnectionState:
        view = view_state(state)
        assert all((view.word, view.icon, view.colour, view.next_step, view.page)), state


def test_the_board_of_500_accounts_takes_two_statements(desk: Desk) -> None:
    with desk.context.store.write() as session:
        now = desk.context.store.now(session)
        for number in range(500):
            account_id = f"account{number:03}"
            session.add(
                Account(id=account_id, name=account_id, created_at=now, created_by=OPERATOR)
            )
        session.flush()
        for number in range(500):
            session.add(
                Connection(
                    account_id=f"account{number:03}",
                    environment="sandbox",
                    state_since=now,
                    created_at=now,
                )
            )
    statements: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    sqlalchemy.event.listen(sqlalchemy.Engine, "before_cursor_execute", count)
    try:
        rows = list_status(desk.context)
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "before_cursor_execute", count)

    assert len(rows) == 500
    assert sum(each.startswith("SELECT") for each in statements) == 2  # the clock and the board


def test_an_account_without_environments_is_on_the_board(desk: Desk) -> None:
    add(desk)

    (row,) = list_status(desk.context)

    assert row.connection is None


def test_no_row_object_leaves_the_room(desk: Desk) -> None:
    desk.add_connection()

    (row,) = list_status(desk.context)

    with desk.context.store.read() as session:
        models = (type(session.exec(select(Account)).one()), Connection)
    assert not isinstance(row.account, models)
    assert not isinstance(row.connection, models)
