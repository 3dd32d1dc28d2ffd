"""Change the encryption key: write every sealed value anew with the first key of the ring.

Run it after every process was started with the new ring. It may be stopped and run again.
"""

from sqlalchemy import CursorResult, update
from sqlmodel import Session, col, select

from core.store.audit import record_event
from core.store.engine import Store
from core.store.sealed import SealedValue, count_by_key, sealed_values
from core.store.tables import KeyCanary
from core.store.vault import Vault

BATCH_ROWS = 100


def rewrap(store: Store, *, operator: str, batch_rows: int = BATCH_ROWS) -> int:
    """Return how many values now carry the first key; then no older key is needed any more.

    Raises DecryptFailed at a value no key opens; everything before it stays rewrapped.
    """
    done = 0
    while values := _next_values(store, batch_rows):
        with store.write() as session:
            done += sum(_swap(session, store.vault, value) for value in values)
    _retire_old_keys(store, operator=operator, done=done)
    return done


def values_per_key(store: Store) -> dict[str, int]:
    """How many sealed values each key holds, as progress of a rewrap."""
    with store.read() as session:
        canaries = session.exec(select(KeyCanary.key_id)).all()
        counts = count_by_key(session, canaries)
    return {key_id: count for key_id, count in counts.items() if key_id}


def _next_values(store: Store, batch_rows: int) -> list[SealedValue]:
    with store.read() as session:
        return sealed_values(session, without_key=store.vault.first_key_id, limit=batch_rows)


def _swap(session: Session, vault: Vault, value: SealedValue) -> int:
    secret = vault.decrypt(value.ciphertext, place=value.place)
    attribute = value.column.attribute
    result = session.execute(
        update(value.column.model)
        # a refresh may have stored a newer token meanwhile: that one must not be overwritten
        .where(value.column.row_id == value.place.row_id, attribute == value.ciphertext)
        .values({value.column.name: vault.encrypt(secret, place=value.place)})
    )
    assert isinstance(result, CursorResult)
    return result.rowcount


def _retire_old_keys(store: Store, *, operator: str, done: int) -> None:
    first = store.vault.first_key_id
    with store.write() as session:
        old = session.exec(select(KeyCanary).where(col(KeyCanary.key_id) != first)).all()
        if not old or count_by_key(session, [first])[""]:
            return
        record_event(
            session,
            store_now=store.now(session),
            operator=operator,
            action="keys.rewrapped",
            detail={"key": first, "values": str(done)},
        )
        for canary in old:
            session.delete(canary)
