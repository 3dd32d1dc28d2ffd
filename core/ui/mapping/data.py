"""What the mapping page shows, gathered once a run: describes, sample, rows, issues."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from core.connect.record_types import get_describe_for
from core.connect.snapshots import DescribeView
from core.errors import ConsoleError
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks.one_object import MappingIssue, required_unserved
from core.mapping.checks.whole_draft import DraftIssue, check_draft
from core.mapping.collected import Collector, Load
from core.mapping.coverage import Coverage, Reach
from core.mapping.covering import coverage
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.editing.rows import find_row
from core.mapping.files.serialize import content_hash
from core.mapping.forms import objects_for_form
from core.mapping.lookups import ResolvedLookups
from core.mapping.model import (
    PERSON_OBJECT_ID,
    FieldRow,
    FormOverride,
    MappingDraft,
    ObjectMapping,
    SourceField,
    SourceRecord,
)
from core.mapping.pipeline import ApplySettings
from core.mapping.sampling import choose_sample
from core.preview.exports.masking import masked
from core.store.engine import Store
from core.store.inquiries import BatchInfo, list_batches, list_fields, load_records
from core.ui import state
from core.ui.mapping.answers import ask_org, known_answers
from core.ui.place import Place

SAMPLE_SIZE = 200
COUNTED_RECORDS = 20_000


@dataclass(frozen=True, kw_only=True)
class MappingDesk:
    """One object of a mapping, as one form or all forms send it, and all that judges it.

    `form` is None for the account's default; `draft` then is the object itself.
    """

    whole: MappingDraft
    draft: ObjectMapping
    form: FormOverride | None
    views: Mapping[str, DescribeView]
    fields: tuple[SourceField, ...]
    batch: BatchInfo | None
    sample: tuple[SourceRecord, ...]
    load: Load
    resolved: ResolvedLookups
    found: tuple[DraftIssue, ...]

    @property
    def view(self) -> DescribeView:
        return self.views[self.draft.object_id]

    @property
    def scope(self) -> str:
        """A part of widget keys: rows of two objects, or of a form and the default, share ids.

        A widget whose key outlives its object reports the old object's value for the new one.
        """
        form_id = self.form.form_id if self.form else ""
        is_first = self.draft.object_id == PERSON_OBJECT_ID and not form_id
        return "" if is_first else f"{self.draft.object_id}.{form_id}."

    @property
    def describe(self) -> SobjectDescribe:
        return self.view.describe

    @cached_property
    def unserved(self) -> tuple[FieldDescribe, ...]:
        return required_unserved(self.draft, self.describe)

    @cached_property
    def seen_keys(self) -> frozenset[str]:
        """The Halda fields that the sample carries."""
        return frozenset(key for record in self.sample for key in record.values)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {field.key: field.label for field in self.fields}

    @cached_property
    def settings(self) -> ApplySettings:
        return ApplySettings.of(self.whole, self.labels, self.resolved)

    @cached_property
    def coverage(self) -> Coverage:
        """Judged by every inquiry of all loads, up to `COUNTED_RECORDS`."""
        return coverage(self.whole, self.fields, self.load)

    @property
    def reach(self) -> Reach:
        """The coverage of what is in view: the default, or the chosen form."""
        return self.coverage.scope(self.form.form_id if self.form else "")

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why a field is not sent, by its key, as said for what is in view."""
        said = self.form.not_sent if self.form else self.whole.not_sent
        return {each.source_key: each.reason for each in said}

    @cached_property
    def issues(self) -> tuple[MappingIssue, ...]:
        """Those of this object, as the chosen form sends it."""
        form_id = self.form.form_id if self.form else ""
        own = {each.object_id for each in self.found if each.form_id == form_id}
        wanted = form_id if form_id and self.draft.object_id in own else ""
        return tuple(
            each.issue
            for each in self.found
            if each.object_id == self.draft.object_id and each.form_id == wanted
        )

    @cached_property
    def _by_row(self) -> dict[str | None, list[MappingIssue]]:
        found: dict[str | None, list[MappingIssue]] = {}
        for issue in self.issues:
            found.setdefault(issue.row_id, []).append(issue)
        return found

    def issues_of(self, row_id: str | None) -> list[MappingIssue]:
        return self._by_row.get(row_id, [])

    def row(self, row_id: str) -> FieldRow | None:
        return find_row(self.draft, row_id)


def read_views(place: Place, draft: MappingDraft) -> dict[str, DescribeView]:
    """Read each object as its record type shows it, by object id; a hidden one is left out."""
    views: dict[str, DescribeView] = {}
    refused: ConsoleError | None = None
    for each in draft.objects:
        try:
            views[each.object_id] = get_describe_for(
                place.context, place.connection_id, each.sobject_name, each.record_type
            )
        except ConsoleError as error:
            refused = error
    if refused is not None and not views:
        raise refused
    return views


def newest_batch(place: Place) -> BatchInfo | None:
    batches = list_batches(place.console.store, place.account.account_id)
    return batches[0] if batches else None


def newest_sample(place: Place) -> tuple[tuple[SourceRecord, ...], Load]:
    """The inquiries of the newest load that stand for all of it while somebody edits.

    Beside them what all loads carry, the newest first, up to `COUNTED_RECORDS`: a file of one row
    must not make a mapping look complete.
    """
    batches = list_batches(place.console.store, place.account.account_id)
    ids = tuple(each.batch_id for each in batches)
    return _sample(ids, place.console.store) if ids else ((), Load())


@st.cache_resource(scope="session", max_entries=2, ttl=900, show_spinner=False)
def _sample(batch_ids: tuple[str, ...], _store: Store) -> tuple[tuple[SourceRecord, ...], Load]:
    collector = Collector()
    newest, *others = batch_ids
    records = collector.through(load_records(_store, newest, COUNTED_RECORDS))
    sample = choose_sample(records, SAMPLE_SIZE)
    for batch_id in others:
        left = COUNTED_RECORDS - collector.load().record_count
        if left <= 0:
            break
        collector.add_all(load_records(_store, batch_id, left))
    return sample, collector.load()


def gather(
    place: Place,
    whole: MappingDraft,
    views: Mapping[str, DescribeView],
    *,
    object_id: str,
    form: FormOverride | None = None,
) -> MappingDesk:
    """Read the sample and check the whole draft against it; the check is kept by content."""
    store = place.console.store
    own = list_fields(store, place.account.account_id)
    batch = newest_batch(place)
    sample, load = newest_sample(place)
    fields = (*CANONICAL_FIELDS, *own)
    prints = ",".join(f"{name}={view.fingerprint}" for name, view in views.items())
    batch_id = batch.batch_id if batch else ""
    answers = known_answers(place)
    key = f"{content_hash(whole)}|{prints}|{batch_id}|{len(own)}|{answers.stamp}"
    objects = objects_for_form(whole, form.form_id) if form else whole.objects
    return MappingDesk(
        whole=whole,
        draft=next(each for each in objects if each.object_id == object_id),
        form=form,
        views=views,
        fields=fields,
        batch=batch,
        sample=sample,
        load=load,
        resolved=answers.resolved,
        found=_issues(key, _Judged(whole, views, sample, fields, answers.resolved)),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """All that the issues of a mapping depend on."""

    draft: MappingDraft
    views: Mapping[str, DescribeView]
    sample: Sequence[SourceRecord]
    fields: Sequence[SourceField]
    resolved: ResolvedLookups


@st.cache_data(scope="session", max_entries=32, show_spinner=False)
def _issues(
    key: str,  # noqa: ARG001 - the only hashed argument: it names the content of the others
    _judged: _Judged,
) -> tuple[DraftIssue, ...]:
    views = _judged.views
    return check_draft(
        _judged.draft,
        {view.describe.name: view.describe for view in views.values()},
        _judged.sample,
        _judged.fields,
        own_describes={object_id: view.describe for object_id, view in views.items()},
        resolved=_judged.resolved,
    )


def check_all(place: Place, desk: MappingDesk) -> MappingDesk:
    """Return the desk as judged by every inquiry of the load, up to `COUNTED_RECORDS`.

    The org is asked for related records, so that what it would not find is among the issues.
    """
    if desk.batch is None:
        return desk
    records = all_records(place, desk.batch)
    answers = ask_org(place, desk.whole, records, desk.batch.batch_id)
    prints = ",".join(f"{name}={view.fingerprint}" for name, view in desk.views.items())
    key = f"all|{content_hash(desk.whole)}|{prints}|{desk.batch.batch_id}|{answers.stamp}"
    judged = _Judged(desk.whole, desk.views, records, desk.fields, answers.resolved)
    with st.spinner(f"Checking {len(records):,} inquiries …"):
        found = _issues(key, judged)
    return replace(desk, sample=records, found=found)


def all_records(place: Place, batch: BatchInfo) -> tuple[SourceRecord, ...]:
    """Return the newest load's inquiries, up to `COUNTED_RECORDS`, for counts."""
    return _records(batch.batch_id, place.console.store)


@st.cache_resource(scope="session", max_entries=2, ttl=900, show_spinner="Counting values …")
def _records(batch_id: str, _store: Store) -> tuple[SourceRecord, ...]:
    return tuple(load_records(_store, batch_id, COUNTED_RECORDS))


def sample_of(sample: Sequence[SourceRecord], source_key: str, fallback: str = "") -> str:
    """`MBA +36 more`: the most frequent value and how many others; masked while shared."""
    counts = Counter(
        record.values[source_key] for record in sample if record.values.get(source_key)
    )
    if not counts:
        return f"e.g. {fallback}" if fallback else ""
    first = counts.most_common(1)[0][0]
    others = len(counts) - 1
    return f"{shown(first)[:60]} +{others} more" if others else shown(first)[:60]


def shown(value: str) -> str:
    """A value of an inquiry, masked while the screen is shared."""
    return masked(value) if state.is_screen_shared() else value
