"""A change of key: resumable, never over a newer value, and the old key is then not needed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from core.errors import DecryptFailed, StartRefused
from core.secret import Secret
from core.settings import Settings
from core.store import rewrap as rewrapping
from core.store.audit import list_events
from core.store.engine import Store
from core.store.rewrap import rewrap, values_per_key
from core.store.sealed import SealedValue
from core.store.tables import KeyCanary, Token
from core.store.vault import Place, Vault, key_id_of, new_key_text
from tests.store.engines import seed_connection

OLD, NEW = new_key_text("k1"), new_key_text("k2")
BOTH = Secret(f"{NEW.reveal()},{OLD.reveal()}")
COUNT = 7


def place_of(token_id: str, column: str = "access_token_ciphertext") -> Place:
    account_id = f"acct{token_id.removeprefix('token')}"
    return Place("token", token_id, column, account_id)


def add_token(store: Store, number: int) -> None:
    connection_id = seed_connection(store, f"acct{number}", f"University {number}")
    token_id = f"token{number}"
    sealed = store.vault.encrypt(Secret(f"canary-{number}"), place=place_of(token_id))
    with store.write() as session:
        session.add(
            Token(
                id=token_id,
                connection_id=connection_id,
                access_token_ciphertext=sealed,
                access_fingerprint="",
                issued_at=store.now(session),
            )
        )


def with_keys(settings: Settings, keys: Secret) -> Settings:
    return replace(settings, secret_keys=keys)


@pytest.fixture
def store(store_settings: Settings) -> Iterator[Store]:
    """A store whose values were written with the old key, opened with both."""
    before = Store.open(with_keys(store_settings, OLD))
    for number in range(COUNT):
        add_token(before, number)
    before.close()
    opened = Store.open(with_keys(store_settings, BOTH))
    yield opened
    opened.close()


def secrets(store: Store) -> list[str]:
    with store.read() as session:
        rows = session.exec(select(Token).order_by(Token.id)).all()
    return [
        store.vault.decrypt(each.access_token_ciphertext, place=place_of(each.id)).reveal()
        for each in rows
    ]


def test_every_value_is_rewritten_and_reads_as_before(store: Store) -> None:
    before = secrets(store)

    done = rewrap(store, operator="Ines", batch_rows=3)

    assert done == COUNT + 1  # and the key under the fingerprints
    assert values_per_key(store) == {"k2": COUNT + 1}
    assert secrets(store) == before == [f"canary-{number}" for number in range(COUNT)]


def test_old_key_is_not_needed_afterwards(store: Store, store_settings: Settings) -> None:
    fingerprint = store.vault.fingerprint(Secret("canary"))
    rewrap(store, operator="Ines")

    after = Store.open(with_keys(store_settings, NEW))

    assert secrets(after)[0] == "canary-0"
    assert after.vault.fingerprint(Secret("canary")) == fingerprint
    after.close()
    with pytest.raises(StartRefused, match="k2"):
        Store.open(with_keys(store_settings, OLD))


def test_old_key_is_needed_until_the_rewrap_is_done(store: Store, store_settings: Settings) -> None:
    with pytest.raises(StartRefused, match="University 0 \\(production\\)"):
        Store.open(with_keys(store_settings, NEW))


def test_rewrap_that_was_stopped_goes_on_where_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap, calls = rewrapping._swap, iter(range(100))

    def stopping(session: Session, vault: Vault, value: SealedValue) -> int:
        if next(calls) == 4:
            raise KeyboardInterrupt
        return swap(session, vault, value)

    with monkeypatch.context() as patch:
        patch.setattr(rewrapping, "_swap", stopping)
        with pytest.raises(KeyboardInterrupt):
            rewrap(store, operator="Ines", batch_rows=2)

    assert values_per_key(store) == {"k1": COUNT + 1 - 4, "k2": 4}
    assert rewrap(store, operator="Ines", batch_rows=2) == COUNT + 1 - 4
    assert secrets(store) == [f"canary-{number}" for number in range(COUNT)]


def test_token_stored_meanwhile_is_not_overwritten(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = rewrapping._next_values
    refreshed: list[str] = []

    def refreshing(store: Store, batch_rows: int) -> list[SealedValue]:
        values = read(store, batch_rows)
        if not refreshed:
            refreshed.append("token3")
            newer = store.vault.encrypt(Secret("canary-newer"), place=place_of("token3"))
            with store.write() as session:
                row = session.exec(select(Token).where(Token.id == "token3")).one()
                row.access_token_ciphertext = newer
                session.add(row)
        return values

    monkeypatch.setattr(rewrapping, "_next_values", refreshing)
    rewrap(store, operator="Ines")

    assert secrets(store)[3] == "canary-newer"


def test_second_rewrap_finds_nothing_to_do(store: Store) -> None:
    rewrap(store, operator="Ines")

    assert rewrap(store, operator="Ines") == 0
    events = [each for each in list_events(store) if each.action == "keys.rewrapped"]
    assert [dict(each.detail) for each in events] == [{"key": "k2", "values": str(COUNT + 1)}]


def test_value_no_key_opens_stops_the_rewrap_and_keeps_the_old_key(store: Store) -> None:
    with store.write() as session:
        row = session.exec(select(Token).where(Token.id == "token5")).one()
        row.access_token_ciphertext = row.access_token_ciphertext[:-8] + "AAAAAAA="
        damaged = row.access_token_ciphertext
        session.add(row)

    with pytest.raises(DecryptFailed, match="access_token_ciphertext"):
        rewrap(store, operator="Ines", batch_rows=1)

    with store.read() as session:
        kept = session.exec(select(Token).where(Token.id == "token5")).one()
        canaries = set(session.exec(select(KeyCanary.key_id)))
    assert kept.access_token_ciphertext == damaged
    assert canaries == {"k1", "k2"}
    assert key_id_of(damaged) == "k1"
