"""The vault: what is sealed opens at its own place with its own key, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import DecryptFailed
from core.secret import Secret
from core.store.vault import KeyRing, Place, Vault, key_id_of, new_key_text

PLACE = Place("token", "row1", "refresh_token_ciphertext", "acct1")


def make_vault(*texts: Secret) -> Vault:
    joined = Secret(",".join(text.reveal() for text in texts or [new_key_text()]))
    return Vault(KeyRing.parse(joined, origin="The test"), fingerprint_key=b"f" * 32)


VAULT = make_vault()
OTHER = make_vault()


@given(value=st.text())
def test_any_text_comes_back_as_it_was(value: str) -> None:
    sealed = VAULT.encrypt(Secret(value), place=PLACE)

    assert VAULT.decrypt(sealed, place=PLACE) == Secret(value)


@pytest.mark.parametrize(
    "value", ["", "\0", "a\0b", "Zoë 🎓 健", "\ud800", "x" * 100_000], ids=lambda v: f"{len(v)}"
)
def test_odd_text_comes_back_as_it_was(value: str) -> None:
    sealed = VAULT.encrypt(Secret(value), place=PLACE)

    assert VAULT.decrypt(sealed, place=PLACE) == Secret(value)


@given(value=st.text(min_size=6), data=st.data())
def test_one_changed_character_of_the_stored_form_fails(value: str, data: st.DataObject) -> None:
    sealed = VAULT.encrypt(Secret(value), place=PLACE)
    position = data.draw(st.integers(0, len(sealed) - 1))
    character = data.draw(st.characters().filter(lambda each: each != sealed[position]))
    altered = sealed[:position] + character + sealed[position + 1 :]

    with pytest.raises(DecryptFailed) as failed:
        VAULT.decrypt(altered, place=PLACE)

    assert value not in str(failed.value)


def test_every_flipped_bit_of_the_stored_form_fails() -> None:
    sealed = VAULT.encrypt(Secret("canary"), place=PLACE)

    for position in range(len(sealed)):
        for bit in range(7):
            flipped = chr(ord(sealed[position]) ^ (1 << bit))
            with pytest.raises(DecryptFailed):
                VAULT.decrypt(sealed[:position] + flipped + sealed[position + 1 :], place=PLACE)


@given(cut=st.integers(0, 60))
def test_truncated_stored_form_fails(cut: int) -> None:
    sealed = VAULT.encrypt(Secret("canary"), place=PLACE)

    with pytest.raises(DecryptFailed):
        VAULT.decrypt(sealed[: len(sealed) - 1 - cut], place=PLACE)


@pytest.mark.parametrize("part", ["table", "row_id", "column", "account_id"])
def test_value_moved_to_another_place_does_not_open(part: str) -> None:
    sealed = VAULT.encrypt(Secret("canary"), place=PLACE)

    with pytest.raises(DecryptFailed):
        VAULT.decrypt(sealed, place=replace(PLACE, **{part: "other"}))


def test_place_cannot_be_spelled_like_another() -> None:
    with pytest.raises(ValueError, match="separator"):
        Place("token", "row1|refresh", "x", "acct1").bound_data()


def test_value_of_another_store_does_not_open() -> None:
    sealed = OTHER.encrypt(Secret("canary"), place=PLACE)

    with pytest.raises(DecryptFailed, match=r"token\.refresh_token_ciphertext"):
        VAULT.decrypt(sealed, place=PLACE)


def test_nonces_differ_for_equal_values() -> None:
    sealed = [VAULT.encrypt(Secret("same"), place=PLACE) for _ in range(200)]

    assert len({each.split(".")[2] for each in sealed}) == 200
    assert len(set(sealed)) == 200


def test_first_key_writes_and_all_keys_read() -> None:
    old, new = new_key_text("k1"), new_key_text("k2")
    written_before = make_vault(old).encrypt(Secret("canary"), place=PLACE)

    both = make_vault(new, old)

    assert both.decrypt(written_before, place=PLACE) == Secret("canary")
    assert key_id_of(both.encrypt(Secret("canary"), place=PLACE)) == "k2"


def test_value_of_a_key_that_is_not_at_hand_names_that_key() -> None:
    sealed = make_vault(new_key_text("k7")).encrypt(Secret("canary"), place=PLACE)

    with pytest.raises(DecryptFailed, match="k7, which is not at hand"):
        VAULT.decrypt(sealed, place=PLACE)


def test_fingerprint_is_stable_short_and_keyed() -> None:
    fingerprint = VAULT.fingerprint(Secret("canary"))
    keyed_otherwise = Vault(
        KeyRing.parse(new_key_text(), origin="The test"), fingerprint_key=b"g" * 32
    )

    assert fingerprint == VAULT.fingerprint(Secret("canary"))
    assert fingerprint != VAULT.fingerprint(Secret("canary2"))
    assert fingerprint != keyed_otherwise.fingerprint(Secret("canary"))
    assert len(fingerprint) == 12
    assert int(fingerprint, 16) >= 0
