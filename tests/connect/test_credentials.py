"""The Consumer Key and Secret: in by the form, out to Salesforce, never back to a person."""

import pytest
from sqlmodel import select

from core.connect.connections import load_connection
from core.connect.credentials import (
    CredentialEntry,
    check_consumer_key,
    check_consumer_secret,
    check_integration_user,
    get_credential_status,
    load_app_keys,
    login_origin_for,
    save_credentials,
)
from core.connect.states import ConnectionState, Environment
from core.errors import InvalidInput
from core.secret import Secret
from core.store.audit import list_events
from core.store.tables import Credential
from tests.connect.conftest import OPERATOR, Desk

KEY = "3MVG9" + "a" * 80
SECRET = "0123456789ABCDEF" * 4


def save(desk: Desk, *, key: str = KEY, secret: str = SECRET, host: str = "") -> None:
    entry = CredentialEntry(consumer_key=key, consumer_secret=Secret(secret), login_host=host)
    save_credentials(desk.context, operator=OPERATOR, connection_id=desk.connection_id, entry=entry)


def stored_secret(desk: Desk) -> str:
    with desk.context.store.read() as session:
        row = load_connection(session, desk.connection_id)
        return load_app_keys(desk.context, session, row).consumer_secret.reveal()


def test_the_status_tells_since_when_by_whom_and_never_the_secret(desk: Desk) -> None:
    desk.add_connection()
    save(desk)

    status = get_credential_status(desk.context, desk.connection_id)

    assert status.is_set
    assert status.set_by == OPERATOR
    assert status.set_at is not None
    assert len(status.secret_fingerprint) == 12
    assert SECRET not in repr(status)
    assert KEY not in repr(status)


def test_the_secret_is_stored_encrypted_and_absent_from_the_audit(desk: Desk) -> None:
    desk.add_connection()
    save(desk)

    with desk.context.store.read() as session:
        row = session.exec(select(Credential)).one()

    assert SECRET not in row.consumer_secret_ciphertext
    assert SECRET not in repr(list_events(desk.context.store))
    assert stored_secret(desk) == SECRET


def test_a_blank_secret_keeps_the_stored_one(desk: Desk) -> None:
    desk.add_connection()
    save(desk)
    before = get_credential_status(desk.context, desk.connection_id)

    save(desk, key=KEY[:-1] + "b", secret="  ")

    after = get_credential_status(desk.context, desk.connection_id)
    assert stored_secret(desk) == SECRET
    assert after.secret_fingerprint == before.secret_fingerprint
    assert after.consumer_key_hint != before.consumer_key_hint


def test_saving_moves_the_state_on(desk: Desk) -> None:
    desk.add_connection()

    assert desk.connection.state is ConnectionState.CREDENTIALS_SAVED


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        pytest.param("", SECRET, id="no key"),
        pytest.param(KEY + " x", SECRET, id="space inside"),
        pytest.param(KEY + "\n" + KEY, SECRET, id="two lines"),
        pytest.param("ключ", SECRET, id="not ascii"),
        pytest.param("x" * 513, SECRET, id="too long"),
        pytest.param(KEY, "a b", id="space in secret"),
    ],
)
def test_what_cannot_be_a_key_or_secret_is_refused_without_repeating_it(
    desk: Desk, key: str, secret: str
) -> None:
    desk.add_connection()

    with pytest.raises(InvalidInput) as caught:
        save(desk, key=key, secret=secret)

    assert secret not in str(caught.value)


@pytest.mark.parametrize(
    ("environment", "pasted", "expected"),
    [
        (Environment.PRODUCTION, "", "https://login.salesforce.com"),
        (Environment.SANDBOX, "", "https://test.salesforce.com"),
        (Environment.PRODUCTION, "palmer.my.salesforce.com", "https://palmer.my.salesforce.com"),
        (
            Environment.PRODUCTION,
            "https://palmer.lightning.force.com/lightning/page/home",
            "https://palmer.my.salesforce.com",
        ),
        (
            Environment.SANDBOX,
            "https://palmer--uat.sandbox.my.salesforce.com",
            "https://palmer--uat.sandbox.my.salesforce.com",
        ),
    ],
)
def test_the_login_host_follows_environment_and_my_domain(
    desk: Desk, environment: Environment, pasted: str, expected: str
) -> None:
    assert login_origin_for(desk.context, environment=environment, pasted=pasted) == expected


@pytest.mark.parametrize(
    ("environment", "pasted"),
    [
        (Environment.PRODUCTION, "https://test.salesforce.com"),
        (Environment.SANDBOX, "https://login.salesforce.com"),
        (Environment.PRODUCTION, "https://palmer--uat.sandbox.my.salesforce.com"),
        (Environment.PRODUCTION, "https://palmer.example.com"),
    ],
)
def test_a_host_of_the_other_environment_or_no_org_is_refused(
    desk: Desk, environment: Environment, pasted: str
) -> None:
    with pytest.raises(InvalidInput):
        login_origin_for(desk.context, environment=environment, pasted=pasted)


def test_the_demo_signs_in_at_the_demo_org_whatever_is_pasted(desk: Desk) -> None:
    origin = login_origin_for(
        desk.context, environment=Environment.DEMO, pasted="https://login.salesforce.com"
    )

    assert origin == desk.org.url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SECRET, "swapped"),
        ("abc", "3MVG9"),
        ("3MVG9abc", "cut off"),
        (KEY[:60] + " " + KEY[60:], "space"),
    ],
)
def test_odd_keys_are_hinted_at(text: str, said: str) -> None:
    assert any(said in hint for hint in check_consumer_key(text))


def test_a_usual_pair_has_no_hints() -> None:
    assert check_consumer_key(KEY) == []
    assert check_consumer_secret(Secret(SECRET)) == []
    assert check_consumer_secret(Secret("1234567890123456789")) == []


def test_a_key_in_the_secrets_place_is_noticed() -> None:
    assert "swapped" in check_consumer_secret(Secret(KEY))[0]


@pytest.mark.parametrize("username", ["integration@palmer.edu", "halda.api@palmer.edu", ""])
def test_a_user_made_for_the_integration_gets_no_warning(username: str) -> None:
    assert check_integration_user(username) == []


@pytest.mark.parametrize("username", ["dana.whitfield@palmer.edu", "dwhitfield@palmer.edu"])
def test_a_persons_own_login_is_warned_about(username: str) -> None:
    assert "own login" in check_integration_user(username)[0]
