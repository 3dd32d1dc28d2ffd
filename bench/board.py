"""How fast the board of all connections answers with 500 accounts on it."""

import tempfile
from datetime import timedelta
from pathlib import Path

from bench.neighbour import Neighbour
from bench.report import Figure, median, spread
from bench.session import BrowserSession, PageFailed, Timing
from core.console import open_console
from core.settings import Settings
from core.store.engine import Store
from core.store.tables import (
    Account,
    Connection,
    Examination,
    MappingRow,
    MappingVersion,
    PreviewRun,
    SourceBatch,
)
from tests.console_process import ConsoleProcess

ACCOUNTS = 500
_WARM_UP = 2
_ROUNDS = 11
_STATES = ("live", "connected", "needs_reauth", "mapping_draft", "error")


def measure_board() -> list[Figure]:
    """Open Status in new tabs: every query, every cell."""
    with tempfile.TemporaryDirectory() as folder, ConsoleProcess(Path(folder) / "home") as console:
        _fill(console)
        with Neighbour(console.url):
            timings = [_open(console.url) for _ in range(_WARM_UP + _ROUNDS)][_WARM_UP:]
    milliseconds = [timing.milliseconds for timing in timings]
    size = max(timing.size_bytes for timing in timings) // 1024
    context = f"Status with {ACCOUNTS} more accounts; {spread(milliseconds)}; at most {size} kB"
    return [Figure("board_500_ms", median(milliseconds), "ms", f"{context} sent")]


def _open(url: str) -> Timing:
    """In a tab of its own: another look from the same one is sent no table that it has."""
    wanted = f"of {ACCOUNTS + 4} connections need attention"
    with BrowserSession(url, timeout_seconds=60) as session:
        timing = session.open_page()
        if not any(wanted in shown for shown in session.screen.texts()):
            raise PageFailed(f"the board does not hold {ACCOUNTS} accounts")
    return timing


def _fill(console: ConsoleProcess) -> None:
    environ = {
        "HALDA_CONSOLE_HOME": str(console.home),
        "HALDA_CONSOLE_DEMO_ORG_PORT": str(console.demo_org_port),
    }
    here = open_console(Settings.from_environ(environ))
    try:
        for number in range(ACCOUNTS):
            _add(here.store, number)
    finally:
        here.close()


def _add(store: Store, number: int) -> None:
    """An account with a history: a connection, an examination, a mapping and a preview."""
    with store.write() as session:
        now = store.now(session) - timedelta(minutes=number)
        account = Account(
            id=f"board{number:04d}",
            name=f"University {number:04d}",
            implementation_specialist="Ines",
            created_at=now,
            created_by="bench",
        )
        session.add(account)
        session.flush()
        row = Connection(
            account_id=account.id,
            environment="sandbox",
            state=_STATES[number % len(_STATES)],
            state_since=now,
            connected_at=now - timedelta(hours=1),
            last_success_at=now,
            created_at=now,
            org_id=f"00D{number:012d}",
            org_name=f"University {number:04d}",
        )
        mapping = MappingRow(connection_id=row.id, head=1, created_at=now)
        batch = SourceBatch(
            account_id=account.id,
            name="Inquiries",
            kind="csv",
            record_count=100,
            content_hash="",
            loaded_at=now,
            loaded_by="bench",
        )
        session.add(row)
        session.flush()
        session.add_all([mapping, batch])
        session.flush()
        version = MappingVersion(
            mapping_id=mapping.id,
            number=1,
            content={},
            content_hash="",
            saved_at=now,
            saved_by="bench",
        )
        session.add(version)
        session.flush()
        session.add(
            PreviewRun(
                account_id=account.id,
                connection_id=row.id,
                mapping_version_id=version.id,
                batch_id=batch.id,
                state="done",
                counts={},
                api_calls=11,
                started_at=now,
                started_by="bench",
                api_used=1200,
                api_limit=15000,
            )
        )
        session.add(
            Examination(
                connection_id=row.id,
                examined_at=now,
                asked_by="console",
                verdict="green",
                api_calls=8,
                checks=[_check(place) for place in range(20)],
            )
        )


def _check(place: int) -> dict[str, str]:
    return {"check_id": f"check{place}", "verdict": "green", "answer": "As it should be. " * 8}
