"""A connected demo university with a mapping and inquiries, ready to be previewed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.halda.sample import sample_records
from core.mapping.model import MappingDraft, SourceRecord
from core.preview.runs import PreviewRunner, RunView
from core.store.engine import Store
from core.store.inquiries import save_batch
from core.store.mappings import load_mapping, save_mapping
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk, build_desk, org, org_process
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import lakeside_draft, palmer_draft
from tests.store.engines import sqlite_settings

__all__ = ["org", "org_process"]
DRAFTS = {"palmer": palmer_draft, "lakeside": lakeside_draft}


@dataclass
class Bench:
    """One connected university; `preview` runs to the end."""

    desk: Desk
    runner: PreviewRunner
    app: str

    @property
    def store(self) -> Store:
        return self.desk.context.store

    def save(self, draft: MappingDraft) -> str:
        """Keep the mapping and return its version's id."""
        head = load_mapping(self.store, self.desk.connection_id)
        return save_mapping(
            self.store,
            connection_id=self.desk.connection_id,
            draft=draft,
            based_on=head.number if head else 0,
            operator=OPERATOR,
        ).version_id

    def load(self, records: Sequence[SourceRecord], *, name: str = "inquiries") -> str:
        """Keep a load of inquiries and return its id."""
        return save_batch(
            self.store,
            account_id=ACCOUNT_ID,
            name=name,
            kind="csv",
            records=records,
            operator=OPERATOR,
        ).batch_id

    def start(
        self,
        draft: MappingDraft | None = None,
        records: Sequence[SourceRecord] | None = None,
    ) -> str:
        return self.runner.start(
            connection_id=self.desk.connection_id,
            mapping_version_id=self.save(draft or DRAFTS[self.app]()),
            batch_id=self.load(sample_records() if records is None else records),
            operator=OPERATOR,
        )

    def preview(
        self,
        draft: MappingDraft | None = None,
        records: Sequence[SourceRecord] | None = None,
    ) -> RunView:
        return self.runner.wait(self.start(draft, records), 60)


@pytest.fixture
def make_bench(tmp_path: Path, org: DemoOrgProcess) -> Iterator[Callable[[str], Bench]]:
    """Connect one of the demo universities: `make_bench("palmer")`."""
    settings = sqlite_settings(tmp_path / "home")
    store = Store.open(settings)
    runners: list[PreviewRunner] = []

    def make(app: str) -> Bench:
        desk = build_desk(store, settings, org)
        desk.add_connection(app=app)
        desk.sign_in(app=app)
        runners.append(PreviewRunner(desk.context))
        return Bench(desk, runners[-1], app)

    yield make
    for runner in runners:
        runner.close()
    store.close()


@pytest.fixture
def palmer(make_bench: Callable[[str], Bench]) -> Bench:
    return make_bench("palmer")


@pytest.fixture
def lakeside(make_bench: Callable[[str], Bench]) -> Bench:
    return make_bench("lakeside")
