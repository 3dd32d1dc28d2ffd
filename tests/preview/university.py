"""A demo university with a mapping and inquiries, and the runner that previews them."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.halda.sample import sample_records
from core.mapping.model import MappingDraft, ObjectMapping, SourceRecord
from core.preview.runs import PreviewRunner, RunView
from core.settings import Settings
from core.store.engine import Store
from core.store.inquiries import save_batch
from core.store.mappings import load_mapping, save_mapping
from core.work.engine import WorkEngine
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk, build_desk
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import lakeside_draft, palmer_draft

Draft = ObjectMapping | MappingDraft
DRAFTS = {"palmer": palmer_draft, "lakeside": lakeside_draft}


@dataclass
class University:
    """One connected university; `preview` runs to the end."""

    desk: Desk
    runner: PreviewRunner
    work: WorkEngine
    app: str

    @property
    def store(self) -> Store:
        return self.desk.context.store

    def save(self, draft: Draft) -> str:
        """Keep the mapping, of one object or of all, and return its version's id."""
        whole = MappingDraft(objects=(draft,)) if isinstance(draft, ObjectMapping) else draft
        head = load_mapping(self.store, self.desk.connection_id)
        return save_mapping(
            self.store,
            connection_id=self.desk.connection_id,
            draft=whole,
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
        draft: Draft | None = None,
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
        draft: Draft | None = None,
        records: Sequence[SourceRecord] | None = None,
    ) -> RunView:
        return self.runner.wait(self.start(draft, records), 60)


def connect(store: Store, settings: Settings, org: DemoOrgProcess, app: str) -> University:
    """Connect `palmer` or `lakeside`; the caller closes the runner."""
    desk = build_desk(store, settings, org)
    desk.add_connection(app=app)
    desk.sign_in(app=app)
    work = WorkEngine(settings)
    return University(desk, PreviewRunner(desk.context, work), work, app)
