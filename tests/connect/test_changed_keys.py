"""What other credentials mean for a sign-in that is stored already."""

from core.connect.changed_keys import change_words
from core.connect.credentials import get_credential_status
from tests.connect.conftest import Desk


def words_after(desk: Desk, *, key: str = "", secret: str = "") -> str:
    before = get_credential_status(desk.context, desk.connection_id)
    desk.save_keys(key=key, secret=secret)
    after = get_credential_status(desk.context, desk.connection_id)
    return change_words(desk.context, desk.connection_id, before=before, after=after)


def test_new_secret_keeps_the_sign_in_and_another_key_ends_it(desk: Desk) -> None:
    desk.add_connection()
    assert words_after(desk, secret="a" * 64) == ""
    desk.save_keys()
    assert desk.sign_in().is_connected

    assert words_after(desk) == ""
    assert "renewed with the new secret" in words_after(desk, secret="b" * 64)
    assert "reconnect now" in words_after(desk, key="3MVG9" + "x" * 80)
    assert desk.connection.state == "connected"
