"""The engine on both databases: what it carries out, when it stops, what it leaves on the disk."""

import stat
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from dbos import DBOS
from sqlalchemy import text

from core.errors import StartRefused
from core.settings import Settings
from core.work.engine import WorkEngine, WorkerState
from core.work.items import Items
from core.work.place import open_work_database, work_place
from core.work.seats import Seats
from core.work.tasks import Round, Task
from tests.store.engines import postgres_url, sqlite_settings, store_settings

__all__ = ["postgres_url", "store_settings"]

LIMIT_SECONDS = 20


@pytest.fixture
def make_engine(store_settings: Settings) -> Iterator[Callable[[], WorkEngine]]:
    made: list[WorkEngine] = []

    def make() -> WorkEngine:
        made.append(WorkEngine(store_settings))
        return made[-1]

    yield make
    for engine in made:
        engine.close()


class Seen:
    """The items a task was given; `until` waits for a number of them."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self._changed = threading.Condition()

    def see(self, item_id: str) -> str:
        with self._changed:
            self.items.append(item_id)
            self._changed.notify_all()
        return "seen"

    def until(self, count: int) -> list[str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.items) >= count, LIMIT_SECONDS)
        return self.items


def test_item_is_carried_out_once_however_often_it_is_submitted(
    make_engine: Callable[[], WorkEngine],
) -> None:
    engine, seen = make_engine(), Seen()
    engine.add(Task(name="task", carry_out=seen.see))

    for item_id in ("a", "a", "b", "a"):
        engine.submit("task", item_id)

    assert sorted(seen.until(2)) == ["a", "b"]
    assert not engine.is_waiting("task", "a")


def test_what_ought_to_be_under_way_is_taken_up_without_being_submitted(
    make_engine: Callable[[], WorkEngine],
) -> None:
    engine, seen = make_engine(), Seen()
    engine.add(Task(name="task", carry_out=seen.see, unfinished=lambda: ["left"]))

    engine.launch()

    assert seen.until(1) == ["left"]


def test_round_goes_at_launch(make_engine: Callable[[], WorkEngine]) -> None:
    engine, seen = make_engine(), Seen()
    engine.add(Round(name="round", cron="0 0 1 1 *", go=lambda: seen.see("went")))

    engine.launch()

    assert seen.until(1) == ["went"]


def test_body_that_breaks_is_told_by_its_kind_alone(
    make_engine: Callable[[], WorkEngine], caplog: pytest.LogCaptureFixture
) -> None:
    engine, seen = make_engine(), Seen()

    def break_down(item_id: str) -> str:
        seen.see(item_id)
        raise ValueError("secret of Ava")

    engine.add(Task(name="task", carry_out=break_down))
    engine.submit("task", "a")
    seen.until(1)
    engine.close()

    assert "ValueError" in caplog.text
    assert "Ava" not in caplog.text


def test_state_follows_launch_and_close(make_engine: Callable[[], WorkEngine]) -> None:
    engine = make_engine()
    states = [engine.state()]

    engine.launch()
    states.append(engine.state())
    engine.close()
    states.append(engine.state())

    assert states == [WorkerState.STOPPED, WorkerState.OK, WorkerState.STOPPED]


def test_second_engine_of_a_process_is_refused(make_engine: Callable[[], WorkEngine]) -> None:
    make_engine().launch()

    with pytest.raises(RuntimeError, match="close it first"):
        make_engine().launch()


def test_seat_is_taken_once_and_free_again_when_given_up(store_settings: Settings) -> None:
    engine = open_work_database(store_settings)
    seats = Seats(work_place(store_settings), engine)
    first, second = seats.take(), seats.take()

    while_held = seats.try_take(first.number)
    first.release()
    again = seats.take()

    assert (first.number, second.number, while_held, again.number) == (0, 1, None, 0)
    second.release()
    again.release()
    engine.dispose()


@pytest.mark.postgres
def test_seat_lost_with_its_connection_is_taken_anew(postgres_url: str, home: Path) -> None:
    settings = sqlite_settings(home, DATABASE_URL=postgres_url)
    engine = open_work_database(settings)
    seats = Seats(work_place(settings), engine)
    seat = seats.take()
    with engine.connect() as connection:
        cut = (  # of this test's database alone: others run beside it on the same server
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        connection.execute(text(cut))

    assert seat.is_held()
    assert seats.try_take(seat.number) is None
    seat.release()
    engine.dispose()


def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not(
    make_engine: Callable[[], WorkEngine],
) -> None:
    engine, seen = make_engine(), Seen()
    engine.add(Task(name="task", carry_out=seen.see))
    engine.submit("task", "done")
    engine.submit("task", "later", delay_seconds=600)
    seen.until(1)
    items = items_of(engine)
    items.wait_until_recorded(timeout=LIMIT_SECONDS)

    items.forget(older_than=timedelta(days=1))
    kept = [each.workflow_id for each in DBOS.list_workflows()]
    items.forget(older_than=timedelta(0))
    left = [each.workflow_id for each in DBOS.list_workflows()]

    assert sorted(kept) == ["task:done:1", "task:later:1"]
    assert left == ["task:later:1"]


def items_of(engine: WorkEngine) -> Items:
    running = engine._running
    assert running is not None
    return running.items


def test_files_of_the_work_are_private(home: Path) -> None:
    settings = sqlite_settings(home)
    engine = WorkEngine(settings)
    engine.launch()
    engine.close()

    place = work_place(settings)
    assert place.file is not None
    files = [each for each in place.file.parent.iterdir() if "work" in each.name]
    assert place.file in files
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


def test_damaged_work_file_refuses_the_start_in_words(home: Path) -> None:
    settings = sqlite_settings(home)
    place = work_place(settings)
    assert place.file is not None
    place.file.parent.mkdir(parents=True)
    place.file.write_bytes(b"this is no database " * 100)

    with pytest.raises(StartRefused, match="background work"):
        WorkEngine(settings).launch()
