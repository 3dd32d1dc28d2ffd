"""Hands the renewal of idle sign-ins and the nightly checks to the background engine."""

import zlib
from collections.abc import Sequence

from core.connect.context import ConnectContext
from core.connect.idle import idle_connections, keep_alive
from core.connect.nightly import check_at_night, nightly_standings
from core.errors import StorageError
from core.work.engine import WorkEngine
from core.work.tasks import Round, Task

KEEP_ALIVE, CHECK, ROUND = "keep-alive", "nightly-check", "look-after-connections"
_EVERY_HOUR = "7 * * * *"
_SECONDS_EACH, _MOST_SECONDS = 10, 1800


def look_after_connections(context: ConnectContext, work: WorkEngine) -> None:
    """Teach the engine both tasks, and the hourly round that finds what is due.

    The round also goes at launch, so that a console that slept through a night makes up for it.
    """
    work.add(
        Task(
            name=KEEP_ALIVE,
            at_once=1,
            carry_out=lambda item_id: keep_alive(context, _connection_of(item_id)),
        )
    )
    work.add(
        Task(
            name=CHECK,
            at_once=1,
            carry_out=lambda item_id: check_at_night(context, _connection_of(item_id)),
        )
    )
    work.add(Round(name=ROUND, cron=_EVERY_HOUR, go=lambda: look_around(context, work)))


def look_around(context: ConnectContext, work: WorkEngine) -> str:
    """Submit what is due, spread over some minutes; return how many items of each task.

    An item is a connection and a day: however many processes find it due, it is done once.
    """
    with context.store.read() as session:
        day = f"{context.store.now(session):%Y%m%d}"
    idle = idle_connections(context)
    standings = nightly_standings(context).values()
    unchecked = [each.connection_id for each in standings if each.is_due]
    night = next((f"{each.night_at:%Y%m%d}" for each in standings), day)
    try:
        _submit(work, KEEP_ALIVE, idle, day)
        _submit(work, CHECK, unchecked, night)
    except StorageError:
        return "failed"
    return f"{len(idle)} idle, {len(unchecked)} unchecked"


def _submit(work: WorkEngine, task_name: str, connection_ids: Sequence[str], day: str) -> None:
    spread = min(_MOST_SECONDS, _SECONDS_EACH * len(connection_ids))
    for connection_id in connection_ids:
        # the same place in the hour each time, and no two orgs' login hosts called in one burst
        delay = zlib.crc32(connection_id.encode()) % max(1, spread)
        work.submit(task_name, f"{connection_id}.{day}", delay_seconds=delay)


def _connection_of(item_id: str) -> str:
    return item_id.partition(".")[0]
