"""The audit trail on both engines: written first, chained, or the action is refused."""

import threading

import pytest
from sqlalchemy import text
from sqlmodel import select

from core.errors import AuditUnavailable
from core.secret import Secret
from core.store.audit import list_events, record_event, verify_chain
from core.store.engine import Store
from core.store.tables import Operator
from tests.store.engines import seed_connection


def record(store: Store, action: str, **changes: str) -> None:
    with store.write() as session:
        record_event(
            session, store_now=store.now(session), operator="Ines", action=action, detail=changes
        )


def broken_at(store: Store) -> int | None:
    with store.read() as session:
        return verify_chain(session)


def execute(store: Store, statement: str) -> None:
    with store.write() as session:
        session.execute(text(statement))


def test_chain_of_untouched_events_is_whole(store: Store) -> None:
    for action in ("one", "two", "three"):
        record(store, action, name="Zoë 🎓")

    assert broken_at(store) is None
    assert [each.action for each in list_events(store)] == ["three", "two", "one"]


@pytest.mark.parametrize(
    "change",
    [
        "operator = 'Omar'",
        "action = 'x'",
        "at = '2020-01-01 00:00:00'",
        "account_id = 'other'",
        "connection_id = 'other'",
        "detail = '{}'",
    ],
    ids=lambda change: change.split()[0],
)
def test_one_edited_event_breaks_the_chain(store: Store, change: str) -> None:
    for action in ("one", "two", "three"):
        record(store, action, name="a")

    execute(store, f"UPDATE audit_event SET {change} WHERE id = 2")

    assert broken_at(store) == 2


def test_deleted_event_breaks_the_chain_at_its_successor(store: Store) -> None:
    for action in ("one", "two", "three"):
        record(store, action)

    execute(store, "DELETE FROM audit_event WHERE id = 2")

    assert broken_at(store) == 3


def test_events_of_many_threads_form_one_chain(store: Store) -> None:
    threads = [threading.Thread(target=record, args=(store, f"a{n}")) for n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert broken_at(store) is None
    assert len(list_events(store)) == 8


def test_action_is_refused_where_the_audit_cannot_be_written(store: Store) -> None:
    execute(store, "ALTER TABLE audit_event RENAME TO gone")

    def act() -> None:
        with store.write() as session:
            session.add(Operator(name="Omar", role="admin", created_at=store.now(session)))
            record_event(session, store_now=store.now(session), operator="Ines", action="x")

    with pytest.raises(AuditUnavailable):
        act()
    with store.read() as session:
        assert session.exec(select(Operator)).all() == []


def test_event_is_written_before_the_pending_change(store: Store) -> None:
    with store.write() as session:
        pending = Operator(name="Omar", role="admin", created_at=store.now(session))
        with session.no_autoflush:
            session.add(pending)
            record_event(session, store_now=store.now(session), operator="Ines", action="x")

            assert pending in session.new


def test_living_secret_in_a_detail_is_not_stored(store: Store) -> None:
    secret = Secret("canary-secret-9f3c")

    record(store, "x", note=f"typed {secret.reveal()} here")

    assert list_events(store)[0].detail["note"] == "typed *** here"


def test_events_are_listed_by_account_up_to_the_limit(store: Store) -> None:
    seed_connection(store)
    with store.write() as session:
        now = store.now(session)
        for number in range(3):
            record_event(
                session, store_now=now, operator="I", action=f"a{number}", account_id="acct1"
            )
        record_event(session, store_now=now, operator="I", action="other", account_id="acct2")

    assert [each.action for each in list_events(store, "acct1", 2)] == ["a2", "a1"]
