"""The engine of background work: DBOS, set up so that a crash, a twin or an update lose nothing.

What it writes down are names, ids, times and words of outcome: no secret and nobody's data.
"""

import contextlib
import logging
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from core.errors import StartRefused, StorageError
from core.secret import RedactingFilter
from core.settings import Settings
from core.store.databases import translated
from core.work.bodies import Bodies
from core.work.items import Items
from core.work.place import SCHEMA, WorkPlace, open_work_database, work_place
from core.work.seats import Seat, Seats
from core.work.spool import Spool
from core.work.tasks import Round, Task
from core.work.watch import LOOK_SECONDS, Watch

if TYPE_CHECKING:
    from dbos import DBOSConfig

APPLICATION = "halda-console"
# Work begun by one version is finished by the next. To be raised only where an update changes
# what an id of a running task means.
VERSION = "1"
POLL_SECONDS = 0.1
_CLOSE_SECONDS = 5.0
_LATE_LOOKS = 8
_MAX_RECOVERIES = 5
_launching = threading.Lock()
_log = logging.getLogger(__name__)


class WorkerState(StrEnum):
    """How the engine of this process stands."""

    OK = "ok"
    STOPPED = "stopped"
    FAILING = "failing"


class WorkEngine:
    """Carries out tasks and rounds, in this process or in any other on the same store.

    One can be launched in a process at a time. `submit` launches it where nobody did.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tasks: dict[str, Task] = {}
        self._rounds: dict[str, Round] = {}
        self._bodies = Bodies()
        self._lock = threading.Lock()
        self._running: _Running | None = None

    def add(self, part: Task | Round) -> None:
        """Teach it a task or round; before it is launched."""
        if isinstance(part, Task):
            self._tasks[part.name] = part
        else:
            self._rounds[part.name] = part

    def launch(self) -> None:
        """Start to work. StartRefused where its database cannot be used."""
        with self._lock:
            if self._running is None:
                self._bodies = Bodies()
                self._running = _launched(
                    self._settings,
                    tuple(self._tasks.values()),
                    tuple(self._rounds.values()),
                    self._bodies,
                )

    def submit(self, task_name: str, item_id: str, *, delay_seconds: float = 0.0) -> None:
        """Have an item carried out soon; a second time for the same item does nothing.

        StorageError where it cannot be written down.
        """
        self.launch()
        running = self._require_running()
        try:
            running.items.submit(task_name, item_id, delay_seconds=delay_seconds)
        except SQLAlchemyError:
            raise StorageError(
                "The background work could not be written down.",
                advice="Check that the database has room and answers, then try again.",
            ) from None

    def resume(self, task_name: str, item_id: str) -> None:
        """Have an item carried out once more that has stopped; the watch would find it later."""
        try:
            self._require_running().items.resume(task_name, item_id)
        except SQLAlchemyError:
            _log.warning("work not resumed at once item=%s", item_id)

    def is_waiting(self, task_name: str, item_id: str) -> bool:
        """Whether nobody has begun with the item; unknown items wait as well."""
        running = self._running
        return running is not None and running.items.is_waiting(task_name, item_id)

    def spool(self) -> Spool:
        """Where bodies keep what they have fetched; of a launched engine only."""
        return self._require_running().spool

    def is_closing(self) -> bool:
        """Whether a body should stop where it stands: it is carried on later, or elsewhere."""
        return self._bodies.is_closing()

    def state(self) -> WorkerState:
        """Whether work submitted now would be carried out by this process."""
        running = self._running
        if running is None:
            return WorkerState.STOPPED
        return WorkerState.OK if running.is_well() else WorkerState.FAILING

    def close(self) -> None:
        """Let bodies stop where they stand and end; they go on with the next launch."""
        self._bodies.close(_CLOSE_SECONDS)
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            running.end()

    def _require_running(self) -> "_Running":
        running = self._running
        if running is None:
            raise StorageError(
                "The console is closing.", advice="Start it again, then try once more."
            )
        return running


class _Running:
    """A launched engine."""

    def __init__(
        self, engine: Engine, seat: Seat, items: Items, watch: Watch, spool: Spool
    ) -> None:
        self._engine, self._seat, self._watch = engine, seat, watch
        self.items, self.spool = items, spool

    def is_well(self) -> bool:
        is_late = time.monotonic() - self._watch.looked_at > _LATE_LOOKS * LOOK_SECONDS
        if is_late or not self._watch.is_seated:
            return False
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def end(self) -> None:
        self._watch.stop()
        self.items.wait_until_recorded(timeout=1.0)
        _discard()
        self._seat.release()
        self._engine.dispose()
        _launching.release()


def _launched(
    settings: Settings, tasks: Sequence[Task], rounds: Sequence[Round], bodies: Bodies
) -> _Running:
    if not _launching.acquire(blocking=False):
        raise RuntimeError("another engine is launched in this process; close it first")
    with contextlib.ExitStack() as undo:
        undo.callback(_launching.release)
        with _refusing():
            engine = open_work_database(settings)
            undo.callback(engine.dispose)
            place = work_place(settings)
            seats = Seats(place, engine)
            seat = seats.take()
            undo.callback(seat.release)
            undo.callback(_discard)
            items = _launch_dbos(place, seat, tasks, rounds, bodies)
            spool = Spool(engine)
        undo.pop_all()
    watch = Watch(items, seats, seat, tasks)
    watch.start()
    return _Running(engine, seat, items, watch, spool)


def _launch_dbos(
    place: WorkPlace,
    seat: Seat,
    tasks: Sequence[Task],
    rounds: Sequence[Round],
    bodies: Bodies,
) -> Items:
    from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer

    _quieten()
    serializer = DBOSPortableJSONSerializer()  # the default would unpickle what it finds
    DBOS.migrate(place.url, schema=SCHEMA)
    client = DBOSClient(
        system_database_url=place.url,
        dbos_system_schema=SCHEMA,
        serializer=serializer,
        application_name=APPLICATION,
    )
    for task in tasks:  # ahead of the launch, which would find them a second late
        client.register_queue(
            task.name, worker_concurrency=task.at_once, polling_interval_sec=POLL_SECONDS
        )
    client.destroy()
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": place.url,
        "dbos_system_schema": SCHEMA,
        "sys_db_pool_size": 8,
        "serializer": serializer,
        "executor_id": executor_id(seat.number),
        "application_version": VERSION,
        "log_level": "WARNING",
        "use_listen_notify": False,
        "notification_listener_polling_interval_sec": POLL_SECONDS,
        "run_migrations": False,
    }
    DBOS(config=config)
    for task in tasks:
        _register(task, bodies)
    schedules = [(each, _register_round(each, bodies)) for each in rounds]
    DBOS.launch()
    DBOS.apply_schedules(
        [
            {"schedule_name": each.name, "workflow_fn": function, "schedule": each.cron}
            for each, function in schedules
        ]
    )
    for each in rounds:
        DBOS.trigger_schedule(each.name)
    return Items(version=VERSION, executor=executor_id(seat.number))


def _discard() -> None:
    from dbos import DBOS

    DBOS.destroy(destroy_registry=True)


def executor_id(number: int) -> str:
    """The name under which the process on this seat works."""
    return f"console-{number}"


def _register(task: Task, bodies: Bodies) -> None:
    from dbos import DBOS

    def carry_out(item_id: str) -> str:
        return bodies.run(f"{task.name}-{item_id[:8]}", lambda: task.carry_out(item_id))

    DBOS.workflow(name=task.name, max_recovery_attempts=_MAX_RECOVERIES)(carry_out)


def _register_round(each: Round, bodies: Bodies) -> Any:
    from dbos import DBOS

    def go(_scheduled_at: Any, _context: Any) -> None:
        bodies.run(each.name, each.go)

    return DBOS.workflow(name=each.name)(go)


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        code = translated(error).code if isinstance(error, DBAPIError) else ""
        _log.warning("background work not started error=%s code=%s", type(error).__name__, code)
        raise StartRefused(
            "The database of the background work cannot be used.",
            advice="It lies beside the console's own: check that its place may be written to and "
            "has room. A damaged file may be moved away, work under way is then taken up anew. In "
            f"PostgreSQL the user must be allowed to create the schema named {SCHEMA}.",
            code=code,
        ) from None


def _quieten() -> None:
    logger = logging.getLogger("dbos")
    if not any(isinstance(each, RedactingFilter) for each in logger.filters):
        logger.addFilter(RedactingFilter())
    for handler in logger.handlers:  # made at the import; the stream of then may be closed by now
        if type(handler) is logging.StreamHandler:
            handler.stream = sys.stderr
