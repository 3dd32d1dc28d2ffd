"""How fast the board of all connections answers with 500 accounts on it."""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, SQLModel

from bench.neighbour import Neighbour
from bench.report import Figure, median, spread
from bench.session import BrowserSession, PageFailed, Timing
from core.connect.health import remember_error
from core.connect.states import ConnectionState
from core.console import open_console
from core.salesforce.remedies import explain_oauth
from core.secret import Secret
from core.settings import Settings
from core.store.engine import Store
from core.store.tables import (
    Account,
    ApiCalls,
    Connection,
    Credential,
    Examination,
    MappingRow,
    MappingVersion,
    PreviewRun,
    SourceBatch,
    Token,
)
from core.store.vault import Place
from tests.console_process import ConsoleProcess

ACCOUNTS = 500
_WARM_UP = 2
_ROUNDS = 11
_STATES = tuple(ConnectionState)
_VERDICTS = ("green", "amber", "red")
_EXAMINATIONS = 30  # as many as are kept
_SHARE_AN_ORG = 3  # so that grants of one user and app are counted together


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
    """An account with a history: all that a line of the board is drawn from."""
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
        row = _connection(account.id, number, now)
        session.add(row)
        session.flush()
        session.add_all([*_grant(store, row, now), *_asked(row, number, now)])
        _add_preview(session, row, now)


def _connection(account_id: str, number: int, now: datetime) -> Connection:
    """One in every state there is; those that fell have the words they fell by."""
    state = _STATES[number % len(_STATES)]
    row = Connection(
        account_id=account_id,
        environment="sandbox",
        state=state,
        state_since=now,
        connected_at=now - timedelta(hours=1),
        last_success_at=now,
        created_at=now,
        org_id=f"00D{number // _SHARE_AN_ORG:012d}",
        user_id=f"005{number // _SHARE_AN_ORG:012d}",
        org_name=f"University {number:04d}",
        username="integration@university.example",
    )
    if state in {ConnectionState.NEEDS_REAUTH, ConnectionState.ERROR}:
        remember_error(row, explain_oauth("invalid_grant", "inactive user"), now)
    return row


def _grant(store: Store, row: Connection, now: datetime) -> Iterator[SQLModel]:
    """Sealed as real ones are: a store refuses to open over secrets that it has no key for."""
    token = Token(
        connection_id=row.id,
        access_token_ciphertext="",
        access_fingerprint="",
        issued_at=now - timedelta(days=1),
        refreshed_at=now,
    )
    keys = Credential(
        connection_id=row.id,
        consumer_key="3MVG9" + "x" * 80,
        consumer_secret_ciphertext="",
        secret_fingerprint="",
        set_at=now,
        set_by="bench",
    )
    for table, sealed, column in (
        ("token", token, "access_token_ciphertext"),
        ("token", token, "refresh_token_ciphertext"),
        ("credential", keys, "consumer_secret_ciphertext"),
    ):
        place = Place(table, sealed.id, column, row.account_id)
        setattr(sealed, column, store.vault.encrypt(Secret("of the bench"), place=place))
    yield from (token, keys)


def _asked(row: Connection, number: int, now: datetime) -> Iterator[SQLModel]:
    """A month of examinations and a day of calls."""
    for day in range(_EXAMINATIONS):
        yield Examination(
            connection_id=row.id,
            examined_at=now - timedelta(days=day),
            asked_by="console",
            verdict=_VERDICTS[number % len(_VERDICTS)],
            api_calls=8,
            checks=[_check(place) for place in range(20)],
        )
    hour = now.replace(minute=0, second=0, microsecond=0)
    for back in range(24):
        yield ApiCalls(
            connection_id=row.id,
            hour=hour - timedelta(hours=back),
            calls=11,
            org_used=1200,
            org_limit=15000,
            told_at=now - timedelta(hours=back),
        )


def _add_preview(session: Session, row: Connection, now: datetime) -> None:
    mapping = MappingRow(connection_id=row.id, head=1, created_at=now)
    batch = SourceBatch(
        account_id=row.account_id,
        name="Inquiries",
        kind="csv",
        record_count=100,
        content_hash="",
        loaded_at=now,
        loaded_by="bench",
    )
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
            account_id=row.account_id,
            connection_id=row.id,
            mapping_version_id=version.id,
            batch_id=batch.id,
            state="done",
            counts={},
            api_calls=11,
            started_at=now,
            started_by="bench",
        )
    )


def _check(place: int) -> dict[str, str]:
    return {"check_id": f"check{place}", "verdict": "green", "answer": "As it should be. " * 8}
