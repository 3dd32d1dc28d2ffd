"""What the mapping page shows, gathered once a run: describe, sample, rows, issues."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.connect.snapshots import DescribeView
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks import MappingIssue, check_mapping, required_unserved
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import MappingDraft, ObjectMapping, SourceField, SourceRecord
from core.mapping.serialize import content_hash
from core.store.inquiries import BatchInfo, list_batches, list_fields, load_records
from core.ui import state
from core.ui.formats import masked
from core.ui.place import Place

SAMPLE_SIZE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingDesk:
    """One draft with everything needed to judge it."""

    draft: ObjectMapping
    view: DescribeView
    fields: tuple[SourceField, ...]
    batch: BatchInfo | None
    sample: tuple[SourceRecord, ...]
    issues: tuple[MappingIssue, ...]

    @property
    def describe(self) -> SobjectDescribe:
        return self.view.describe

    @property
    def unserved(self) -> tuple[FieldDescribe, ...]:
        return required_unserved(self.draft, self.describe)

    @property
    def seen_keys(self) -> frozenset[str]:
        """The Halda fields that the sample carries."""
        return frozenset(key for record in self.sample for key in record.values)

    def issues_of(self, row_id: str) -> list[MappingIssue]:
        return [issue for issue in self.issues if issue.row_id == row_id]


def gather(place: Place, draft: ObjectMapping, view: DescribeView) -> MappingDesk:
    """Read the sample and check the draft against it; the check is remembered by content."""
    store = place.console.store
    own = list_fields(store, place.account.account_id)
    batches = list_batches(store, place.account.account_id)
    batch = batches[0] if batches else None
    sample = tuple(load_records(store, batch.batch_id, SAMPLE_SIZE)) if batch else ()
    fields = (*CANONICAL_FIELDS, *own)
    draft_hash = content_hash(MappingDraft(objects=(draft,)))
    key = f"{draft_hash}|{view.fingerprint}|{batch.batch_id if batch else ''}|{len(own)}"
    return MappingDesk(
        draft=draft,
        view=view,
        fields=fields,
        batch=batch,
        sample=sample,
        issues=_issues(key, draft, view.describe, sample, fields),
    )


@st.cache_data(scope="session", max_entries=32, show_spinner=False)
def _issues(
    key: str,  # noqa: ARG001 - the only hashed argument: it names the content of the others
    _draft: ObjectMapping,
    _describe: SobjectDescribe,
    _sample: Sequence[SourceRecord],
    _fields: Sequence[SourceField],
) -> tuple[MappingIssue, ...]:
    return tuple(check_mapping(_draft, _describe, _sample, _fields))


def sample_of(sample: Sequence[SourceRecord], source_key: str, fallback: str = "") -> str:
    """`MBA +36 more`: the most frequent value and how many others; masked while shared."""
    counts = Counter(
        record.values[source_key] for record in sample if record.values.get(source_key)
    )
    if not counts:
        return f"e.g. {fallback}" if fallback else ""
    first = counts.most_common(1)[0][0]
    shown = masked(first) if state.is_screen_shared() else first
    others = len(counts) - 1
    return f"{shown[:60]} +{others} more" if others else shown[:60]
