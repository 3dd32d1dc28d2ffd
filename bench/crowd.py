"""One preview of very many inquiries in this process: from the file to the stored plans.

The org's answers are made here, record by record, as they would come over the wire; nothing else
is left out.
"""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

from bench.floor import holding
from bench.mix import held_records, mixed_describe, mixed_inquiries, mixed_mapping
from core.halda.intake import read_inquiries
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.matching.keys import Ask
from core.preview.plan import PlanDigest
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch
from core.preview.planning.objects import PlannedObject
from core.preview.running.ledger import add_plans, begin_run
from core.store.engine import Store
from core.store.inquiries import load_records, save_batch
from core.store.mappings import save_mapping
from tests.store.engines import seed_connection, sqlite_settings

_ACCOUNT, _OPERATOR = "crowd", "bench"
_DRAFT = MappingDraft(objects=(mixed_mapping(),))


class Clock:
    """Adds up the seconds of named parts."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        started = perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - started

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            with self.part(name):
                return function(*args)

        return run


def preview_crowd(count: int) -> Mapping[str, float]:
    """Return the seconds of each part."""
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(sqlite_settings(Path(folder) / "home"))
        try:
            _preview(store, *_begin(store, _read(count, clock), clock), clock)
        finally:
            store.close()
    return clock.seconds


def _read(count: int, clock: Clock) -> Sequence[SourceRecord]:
    content = _file(mixed_inquiries(count))
    with clock.part("read file"):
        return read_inquiries(content, file_name="crowd.csv").records


def _preview(store: Store, run_id: str, batch_id: str, clock: Clock) -> None:
    with clock.part("load"):
        sources = load_records(store, batch_id)
    org = BatchOrg(describe_of=lambda _name: mixed_describe(), ask=_wire(len(sources)))
    names = {"apply": "apply", "look_for": "match", "plan": "compare"}
    with ExitStack() as stack:
        for method, name in names.items():
            timed = clock.timed(getattr(PlannedObject, method), name)
            stack.enter_context(mock.patch.object(PlannedObject, method, timed))
        digest = PlanDigest(mapping_hash="")
        for step in plan_batch(_DRAFT, sources, org, BatchWords(complete_keys=())):
            with clock.part("store"):
                add_plans(store, run_id, step)
            with clock.part("hash"):
                digest.add(step)


def _begin(store: Store, records: Sequence[SourceRecord], clock: Clock) -> tuple[str, str]:
    connection_id = seed_connection(store, _ACCOUNT)
    saved = save_mapping(
        store, connection_id=connection_id, draft=_DRAFT, based_on=0, operator=_OPERATOR
    )
    with clock.part("keep file"):
        batch = save_batch(
            store,
            account_id=_ACCOUNT,
            name="crowd.csv",
            kind="csv",
            records=records,
            operator=_OPERATOR,
        )
    run_id = begin_run(
        store,
        connection_id=connection_id,
        mapping_version_id=saved.version_id,
        batch_id=batch.batch_id,
        operator=_OPERATOR,
    )
    return run_id, batch.batch_id


def _file(inquiries: Iterable[SourceRecord]) -> bytes:
    """One upload that holds them all."""
    rows = (each.values for each in inquiries)
    first = next(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, first)
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    return text.getvalue().encode()


def _wire(count: int) -> Ask:
    """An org that finds records again for each question, each time as new objects."""
    ask = holding(list(held_records(count)))
    return lambda queries: [[dict(each) for each in found] for found in ask(queries)]
