"""The store's transactions, on both engines."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from core.errors import StorageBusy, StorageError
from core.settings import Settings
from core.store.engine import Store
from core.store.tables import Operator


def add_operator(store: Store, name: str) -> None:
    with store.write() as session:
        session.add(Operator(name=name, role="admin", created_at=store.now(session)))


def operator_names(store: Store) -> list[str]:
    with store.read() as session:
        return sorted(session.exec(select(Operator.name)))


def test_write_commits_at_its_end_and_rows_stay_readable(store: Store) -> None:
    with store.write() as session:
        row = Operator(name="Ines", role="admin", created_at=store.now(session))
        session.add(row)

    assert row.name == "Ines"
    assert operator_names(store) == ["Ines"]


def test_write_that_raises_leaves_nothing_behind(store: Store) -> None:
    def interrupted() -> None:
        with store.write() as session:
            session.add(Operator(name="Ines", role="admin", created_at=store.now(session)))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert operator_names(store) == []


def test_rows_survive_closing_and_opening_again(store_settings: Settings) -> None:
    first = Store.open(store_settings)
    add_operator(first, "Ines")
    first.close()

    second = Store.open(store_settings)

    assert operator_names(second) == ["Ines"]
    second.close()


def test_read_refuses_to_write(store: Store) -> None:
    with pytest.raises((DBAPIError, StorageError), match="read"), store.read() as session:
        session.execute(text("DELETE FROM operator"))


def test_read_sees_one_state_while_others_write(store: Store) -> None:
    with store.read() as session:
        before = session.exec(select(Operator.name)).all()
        add_operator(store, "Ines")
        after = session.exec(select(Operator.name)).all()

    assert before == after == []
    assert operator_names(store) == ["Ines"]


def test_database_clock_is_aware_utc_and_runs(store: Store) -> None:
    with store.write() as session:
        first, second = store.now(session), store.now(session)

    assert first.tzinfo is UTC
    assert first <= second
    assert abs(datetime.now(UTC) - first) < timedelta(seconds=5)


def test_times_come_back_aware_and_equal(store: Store) -> None:
    at = datetime(2026, 3, 8, 2, 30, 0, 123456, tzinfo=UTC)
    with store.write() as session:
        session.add(Operator(name="Ines", role="admin", created_at=at))

    with store.read() as session:
        assert session.exec(select(Operator.created_at)).one() == at


def test_no_increment_is_lost_between_threads(store: Store) -> None:
    with store.write() as session:
        session.add(Operator(name="counter", role="0", created_at=store.now(session)))

    def count() -> None:
        for _ in range(10):
            with store.write() as session:
                row = session.exec(select(Operator).with_for_update()).one()
                row.role = str(int(row.role) + 1)
                session.add(row)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    with store.read() as session:
        assert session.exec(select(Operator.role)).one() == "80"


def test_second_writer_gets_storage_busy_when_its_wait_is_over(store_settings: Settings) -> None:
    settings = replace(store_settings, storage_wait_seconds=0)
    first, second = Store.open(settings), Store.open(settings)

    if settings.database_url.startswith("sqlite"):
        with first.write(), pytest.raises(StorageBusy), second.write():
            pass
    else:
        with first.write() as holder:
            holder.execute(text("LOCK TABLE operator"))
            impatient = "SET LOCAL lock_timeout = '10ms'; LOCK TABLE operator"
            with pytest.raises(StorageBusy), second.write() as session:
                session.execute(text(impatient))
    first.close()
    second.close()


def test_write_inside_a_write_of_the_same_thread_is_refused_at_once(store: Store) -> None:
    with store.write(), pytest.raises(RuntimeError, match="inside a write"), store.write():
        pass

    add_operator(store, "still writable")
    assert operator_names(store) == ["still writable"]
