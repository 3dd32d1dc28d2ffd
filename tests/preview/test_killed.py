"""Previews whose process is killed, and consoles that share a store."""

import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import MetaData

from core.mapping.model import SourceRecord
from core.preview.running import work
from core.preview.running.ledger import begin_run
from core.preview.runs import RunState, load_run, page_rows
from core.settings import Settings
from core.store.databases import is_sqlite
from core.store.engine import Store
from core.work import engine
from core.work.place import SCHEMA, open_work_database
from tests.connect.conftest import OPERATOR, org, org_process
from tests.connect.renewing import processes
from tests.demo_org_process import DemoOrgProcess
from tests.preview.killing import LIMIT_SECONDS, STEPS, carry_on_and_die, carry_on_and_stand
from tests.preview.mappings import palmer_draft
from tests.preview.org import make_source
from tests.preview.university import University, connect
from tests.store.engines import postgres_url, store, store_settings

__all__ = ["org", "org_process", "postgres_url", "store", "store_settings"]

INQUIRIES = 600  # three steps


@pytest.fixture
def university(store: Store, store_settings: Settings, org: DemoOrgProcess) -> Iterator[University]:
    made = connect(store, store_settings, org, "palmer")
    yield made
    made.runner.close()


@pytest.fixture
def environ(university: University, store_settings: Settings) -> dict[str, str]:
    """What a process needs to work on the same store."""
    told = {
        "HALDA_CONSOLE_HOME": str(store_settings.home),
        "HALDA_CONSOLE_DATABASE_URL": store_settings.database_url,
        "HALDA_CONSOLE_DEMO_ORG_PORT": university.desk.org.url.rpartition(":")[2],
    }
    if store_settings.secret_keys is not None:
        told["HALDA_CONSOLE_SECRET_KEYS"] = store_settings.secret_keys.reveal()
    return told


def sources() -> list[SourceRecord]:
    return [
        make_source(number, FirstName="Ava", LastName="Lopez", Email=f"s{number}@example.edu")
        for number in range(1, INQUIRIES + 1)
    ]


def begin(university: University) -> str:
    return begin_run(
        university.store,
        connection_id=university.desk.connection_id,
        mapping_version_id=university.save(palmer_draft()),
        batch_id=university.load(sources()),
        operator=OPERATOR,
    )


def kill_at(step: str, environ: dict[str, str], run_id: str) -> None:
    process = processes().Process(target=carry_on_and_die, args=(environ, run_id, step))
    process.start()
    process.join(LIMIT_SECONDS)
    assert process.exitcode == -signal.SIGKILL


def look(university: University) -> None:
    """What the engine's watch does every other moment."""
    running = university.work._running
    assert running is not None
    running._watch.look()


def reads_of(university: University) -> int:
    return sum("composite" in call["path"] for call in university.desk.org.log("palmer"))


@pytest.mark.parametrize("step", STEPS)
def test_killed_preview_is_finished_by_the_next_start(
    university: University, environ: dict[str, str], step: str
) -> None:
    run_id = begin(university)
    kill_at(step, environ, run_id)

    university.work.launch()

    run = university.runner.wait(run_id, LIMIT_SECONDS)
    assert (run.state, run.error_message) == (RunState.DONE, "")
    rows, total = page_rows(university.store, run_id, limit=INQUIRIES + 1)
    assert [row.row_number for row in rows] == list(range(1, INQUIRIES + 1))
    assert total == run.done_count == sum(run.counts.values()) == INQUIRIES


@pytest.mark.parametrize("step", ["before it keeps inquiries", "between two steps"])
def test_resumed_preview_asks_the_org_nothing_it_has_answered(
    university: University, environ: dict[str, str], step: str
) -> None:
    before = reads_of(university)
    run_id = begin(university)
    kill_at(step, environ, run_id)
    read = reads_of(university)

    university.work.launch()
    run = university.runner.wait(run_id, LIMIT_SECONDS)

    assert before < read == reads_of(university)
    assert run.plan_hash == university.preview(palmer_draft(), sources()).plan_hash


def test_process_leaves_the_work_of_the_living_alone_and_takes_over_that_of_the_dead(
    university: University, environ: dict[str, str]
) -> None:
    run_id = begin(university)
    context = processes()
    standing, may_go_on = context.Event(), context.Event()
    other = context.Process(target=carry_on_and_stand, args=(environ, run_id, standing, may_go_on))
    other.start()
    assert standing.wait(LIMIT_SECONDS)

    university.work.launch()
    look(university)
    run = load_run(university.store, run_id)
    assert (run.state, run.done_count) == (RunState.RUNNING, 250)

    other.kill()
    other.join()
    run = university.runner.wait(run_id, LIMIT_SECONDS)
    assert (run.state, run.done_count) == (RunState.DONE, INQUIRIES)


def test_two_living_processes_carry_out_a_preview_once(
    university: University, environ: dict[str, str]
) -> None:
    run_id = begin(university)
    context = processes()
    standing, may_go_on = context.Event(), context.Event()
    other = context.Process(target=carry_on_and_stand, args=(environ, run_id, standing, may_go_on))
    other.start()
    assert standing.wait(LIMIT_SECONDS)
    university.work.launch()
    reads = reads_of(university)

    may_go_on.set()

    assert university.runner.wait(run_id, LIMIT_SECONDS).state is RunState.DONE
    other.join(LIMIT_SECONDS)
    assert reads_of(university) == reads


def test_preview_stopped_by_a_close_goes_on_with_the_next_launch(
    university: University, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping, real = threading.Event(), work.add_plans

    def keep_and_wait_for_the_close(*args: Any) -> bool:
        kept = real(*args)
        keeping.set()
        while not university.work.is_closing():
            threading.Event().wait(0.01)
        return kept

    monkeypatch.setattr(work, "add_plans", keep_and_wait_for_the_close)
    run_id = university.start(palmer_draft(), sources())
    assert keeping.wait(LIMIT_SECONDS)
    university.work.close()
    run = load_run(university.store, run_id)
    assert (run.state, run.done_count) == (RunState.RUNNING, 250)
    monkeypatch.setattr(work, "add_plans", real)

    university.work.launch()

    assert university.runner.wait(run_id, LIMIT_SECONDS).state is RunState.DONE


def test_answers_are_sealed_and_gone_when_the_preview_ends(
    university: University, environ: dict[str, str]
) -> None:
    run_id = begin(university)
    kill_at("before it ends", environ, run_id)

    everything = kept_in(university)
    university.work.launch()
    university.runner.wait(run_id, LIMIT_SECONDS)
    university.work.close()

    assert run_id in everything
    assert "example.edu" not in everything
    assert "Lopez" not in everything
    assert run_id not in kept_in(university, "kept")


def kept_in(university: University, table_name: str = "") -> str:
    """All that lies in the work's own database or one table of it, as text."""
    engine = open_work_database(university.desk.context.settings)
    tables = MetaData()
    tables.reflect(engine, schema=None if is_sqlite(engine) else SCHEMA)
    with engine.connect() as connection:
        found = [
            str(connection.execute(each.select()).all())
            for each in tables.sorted_tables
            if table_name in {"", each.name}
        ]
    engine.dispose()
    return "".join(found)


def test_preview_that_ends_its_process_again_and_again_is_given_up(
    university: University, environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = begin(university)
    for _ in range(2):
        kill_at("between two steps", environ, run_id)
    monkeypatch.setattr(engine, "_MAX_RECOVERIES", 1)

    university.work.launch()

    run = university.runner.wait(run_id, LIMIT_SECONDS)
    assert run.state is RunState.INTERRUPTED
    assert "again and again" in run.error_message
    assert page_rows(university.store, run_id) == ([], 0)
