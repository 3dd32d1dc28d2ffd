"""Ten thousand inquiries against a demo org, and a hundred thousand for time and memory.

`python -m bench.large` prints the figures as JSON.
"""

import json
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from time import perf_counter

from bench.crowd import preview_crowd
from bench.mix import MIX, held_records, mixed_inquiries, mixed_mapping
from bench.report import Figure
from core.demo_org.config import DemoOrgConfig
from core.demo_org.world import World
from core.preview.runs import load_run
from core.store.engine import Store
from tests.connect.conftest import ACCOUNT_ID
from tests.demo_org_process import DemoOrgProcess
from tests.preview.university import University, connect
from tests.store.engines import sqlite_settings

RECORDS = 10_000
CROWD = 100_000
_CALLBACK = f"http://127.0.0.1:8501/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
_LIMIT_SECONDS = 600
_LOOK_SECONDS = 0.02
# Palmer State has no second date that a client can write: a text stands in for it.
_RENAMED = {"Visit_Date__c": "UTM_Term__c", "UTM_Term__c": "First_UTM_Term__c"}


def measure_10k() -> list[Figure]:
    """One preview, half of whose people the demo org holds; it runs in a process of its own."""
    inquiries = mixed_inquiries(RECORDS)
    with _palmer() as palmer:
        started = perf_counter()
        run_id = palmer.start(mixed_mapping(renamed=_RENAMED), inquiries)
        loaded = perf_counter()
        first = _first_counts(palmer, run_id, loaded)
        run = palmer.runner.wait(run_id, _LIMIT_SECONDS)
        seconds = perf_counter() - loaded
    if not run.is_finished or run.done_count != RECORDS:
        raise RuntimeError(f"the preview ended as {run.state}: {run.error_message}")
    split = ", ".join(f"{outcome} {count}" for outcome, count in run.counts.items())
    what = f"{RECORDS} inquiries x 30 fields, 3 keys, {split}"
    how = f"{what}; kept in the store; loading them before took {loaded - started:.1f} s"
    return [
        Figure("preview_10k_seconds", round(seconds, 1), "s", how),
        Figure("preview_10k_records_per_s", round(RECORDS / seconds), "records/s", what),
        Figure(
            "preview_10k_first_counts_seconds",
            round(first["read"], 2),
            "s",
            f"{what}; until the inquiries read are counted; until values that do not fit are "
            f"counted {first['check']:.1f} s, until outcomes are {first['outcomes']:.1f} s",
        ),
        Figure("preview_10k_api_calls", run.api_calls, "calls", f"{what}; as the org counts"),
    ]


def _first_counts(palmer: University, run_id: str, began: float) -> dict[str, float]:
    """Return after how many seconds a screen could tell each kind of count first."""
    found: dict[str, float] = {}
    pause = threading.Event()
    while "outcomes" not in found and (run := load_run(palmer.store, run_id)).is_running:
        progress = run.progress
        if progress and progress.done:
            found.setdefault(progress.phase.value, perf_counter() - began)
        if run.done_count:
            found.setdefault("outcomes", perf_counter() - began)
        pause.wait(_LOOK_SECONDS)
    return found


def measure_100k() -> list[Figure]:
    """In a process of its own, whose peak is its alone; the org's answers are made inside it."""
    command = [sys.executable, "-m", "bench.large", str(CROWD)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own module
    if done.returncode:
        raise RuntimeError(f"the large preview failed: {done.stderr[-300:]}")
    told = json.loads(done.stdout)
    split = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in told["split"].items())
    how = f"{CROWD} inquiries x 30 fields ({MIX}), half of them held; no HTTP; {split}"
    total = sum(told["split"].values())
    return [
        Figure("preview_100k_peak_mb", told["peak_mb"], "MB", how),
        Figure("preview_100k_seconds", round(total, 1), "s", how),
        Figure("preview_100k_records_per_s", round(CROWD / total), "records/s", how),
    ]


@contextmanager
def _palmer() -> Iterator[University]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder / "org" / "demo_org")
        settings = sqlite_settings(folder / "home")
        with DemoOrgProcess(callback_urls=(_CALLBACK,), home=folder / "org") as org:
            store = Store.open(settings)
            try:
                palmer = connect(store, settings, org, "palmer")
                yield palmer
                palmer.runner.close()
            finally:
                store.close()


def _fill(home: Path) -> None:
    """Put the people into the org's file before it starts, with all that a lead has by default."""
    world = World(DemoOrgConfig(home=home))
    org = world.orgs["palmer"]
    lead = org.shape.sobjects["Lead"]
    like = next(iter(org.records.all("Lead")))
    kept = ("OwnerId", "CreatedById", "LastModifiedById", "CreatedDate", "LastModifiedDate")
    with org.records.transaction():
        for held in held_records(RECORDS):
            named = {_RENAMED.get(name, name): value for name, value in held.items()}
            record = {**lead.defaults(), **{name: like[name] for name in kept}, **named}
            record |= {"Id": org.new_id(lead), "IsDeleted": False, "IsConverted": False}
            org.records.put("Lead", record)
    world.database.close()


def _in_this_process(count: int) -> dict[str, object]:
    split = preview_crowd(count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"split": split, "peak_mb": round(peak)}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(_in_this_process(int(sys.argv[1]))))
    else:
        figures = [asdict(each) for each in chain(measure_10k(), measure_100k())]
        sys.stdout.write(json.dumps(figures, indent=2, ensure_ascii=False) + "\n")
