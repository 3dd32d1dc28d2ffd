"""A connection's state goes where its mapping goes, and comes back there after trouble."""

from core.connect.connections import mark_mapping_saved, mark_mapping_signed_off
from core.connect.states import ConnectionState
from core.store.mappings import (
    SavedMapping,
    go_live,
    save_mapping,
    sign_off,
    stop_live,
    withdraw_sign_off,
)
from tests.connect.conftest import OPERATOR, Desk
from tests.store.test_mappings import make_draft


def save(desk: Desk, field_name: str = "Email", based_on: int = 0) -> SavedMapping:
    saved = save_mapping(
        desk.context.store,
        connection_id=desk.connection_id,
        draft=make_draft(field_name),
        based_on=based_on,
        operator=OPERATOR,
    )
    mark_mapping_saved(desk.context, connection_id=desk.connection_id)
    return saved


def sign(desk: Desk, version: SavedMapping) -> None:
    sign_off(
        desk.context.store,
        version_id=version.version_id,
        customer_name="Dana Cole",
        operator=OPERATOR,
    )
    mark_mapping_signed_off(desk.context, connection_id=desk.connection_id)


def test_connection_follows_its_mapping_from_draft_to_live_and_back(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    version = save(desk)
    seen = [desk.connection.state]

    sign(desk, version)
    seen.append(desk.connection.state)
    for step in (go_live, stop_live, withdraw_sign_off):
        step(desk.context.store, version_id=version.version_id, operator=OPERATOR)
        mark_mapping_signed_off(desk.context, connection_id=desk.connection_id)
        seen.append(desk.connection.state)

    assert seen == [
        ConnectionState.MAPPING_DRAFT,
        ConnectionState.MAPPING_SIGNED_OFF,
        ConnectionState.LIVE,
        ConnectionState.MAPPING_SIGNED_OFF,
        ConnectionState.MAPPING_DRAFT,
    ]


def test_edit_after_the_sign_off_makes_it_a_draft_again(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    sign(desk, save(desk))

    save(desk, "A__c", based_on=1)

    assert desk.connection.state is ConnectionState.MAPPING_DRAFT


def test_signing_in_again_brings_a_signed_off_mapping_back(desk: Desk) -> None:
    desk.add_connection()
    desk.sign_in()
    sign(desk, save(desk))

    desk.sign_in()

    assert desk.connection.state is ConnectionState.MAPPING_SIGNED_OFF


def test_state_before_the_connection_stands_is_left_alone(desk: Desk) -> None:
    desk.add_connection()

    save(desk)

    assert desk.connection.state is ConnectionState.CREDENTIALS_SAVED
