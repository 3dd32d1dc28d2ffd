"""Every issue of a whole mapping: its objects in order, its forms, what is not sent. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from core.mapping.checks.issues import IssueKind, MappingIssue, Severity
from core.mapping.checks.one_object import check_object, make_context
from core.mapping.checks.related import Relations, related_issues
from core.mapping.checks.settings import setting_issues
from core.mapping.conversions import conversion_problems
from core.mapping.describe import SobjectDescribe
from core.mapping.fitting.row import find_describe
from core.mapping.forms import form_id_of, objects_for_form
from core.mapping.lookups import ResolvedLookups
from core.mapping.model import (
    FormOverride,
    MappingDraft,
    NotSent,
    ObjectMapping,
    SourceField,
    SourceRecord,
)
from core.mapping.pipeline import ApplySettings
from core.mapping.sources import reads


@dataclass(frozen=True, slots=True)
class DraftIssue:
    """An issue with where it is. Empty ids stand for the whole mapping and for every form."""

    issue: MappingIssue
    object_id: str = ""
    form_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What stands still while the objects of one mapping are checked."""

    draft: MappingDraft
    describes: Mapping[str, SobjectDescribe]
    own_describes: Mapping[str, SobjectDescribe]
    sample: Sequence[SourceRecord]
    fields: Sequence[SourceField]
    settings: ApplySettings

    def describe_of(self, mapping: ObjectMapping) -> SobjectDescribe | None:
        own = self.own_describes.get(mapping.object_id)
        return own or find_describe(self.describes, mapping.sobject_name)


def check_draft(
    draft: MappingDraft,
    describes: Mapping[str, SobjectDescribe],
    sample: Sequence[SourceRecord],
    fields: Sequence[SourceField],
    *,
    own_describes: Mapping[str, SobjectDescribe] | None = None,
    resolved: ResolvedLookups | None = None,
) -> tuple[DraftIssue, ...]:
    """Return all that is wrong.

    `describes` is keyed by the object's API name in any case. `own_describes` is keyed by object_id
    and goes first: two objects of one mapping may show one sobject by different record types.
    `resolved` is what the org answered to lookups; without it nothing is said of them.
    """
    desk = _Desk(
        draft=draft,
        describes=describes,
        own_describes=own_describes or {},
        sample=sample,
        fields=fields,
        settings=ApplySettings.of(draft, {each.key: each.label for each in fields}, resolved),
    )
    found = [DraftIssue(issue) for issue in (*_draft_issues(draft), *setting_issues(draft))]
    for mapping in draft.objects:
        found += _object_issues(mapping, desk)
    for form in draft.forms:
        found += _form_issues(form, desk)
    return tuple(found)


def _draft_issues(draft: MappingDraft) -> Iterator[MappingIssue]:
    if not draft.objects:
        yield _blocks(IssueKind.NO_ROWS, "The mapping has no object.", "Choose the first object.")
    counts = Counter(each.object_id for each in draft.objects)
    for object_id, count in counts.items():
        if count > 1:
            message = f"{count} objects of the mapping are called {object_id}."
            yield _blocks(IssueKind.OBJECT_TWICE, message, "Give each a name of its own.")
    for message, advice in conversion_problems(draft):
        yield _blocks(IssueKind.CONVERSION_UNUSABLE, message, advice)
    yield from _sent_and_not_sent(draft.not_sent, draft.objects)


def _sent_and_not_sent(
    not_sent: Sequence[NotSent], objects: Sequence[ObjectMapping]
) -> Iterator[MappingIssue]:
    rows = [row for each in objects for row in each.rows if row.field_name]
    for left_out in not_sent:
        if any(reads(row.source, left_out.source_key) for row in rows):
            yield MappingIssue(
                kind=IssueKind.SENT_AND_NOT_SENT,
                severity=Severity.WARNS,
                message=f"{left_out.source_key} is marked as not sent, and a row sends it.",
                advice="Take the mark off, or the row.",
            )


def _object_issues(mapping: ObjectMapping, desk: _Desk) -> Iterator[DraftIssue]:
    describe = desk.describe_of(mapping)
    if describe is None:
        issue = _blocks(
            IssueKind.NO_DESCRIBE,
            f"The org shows no object {mapping.sobject_name} to the connected user.",
            "Choose another object, or ask the university's admin to show this one.",
        )
        yield DraftIssue(issue, mapping.object_id)
    for issue in related_issues(mapping.rows, _relations(mapping, desk)):
        yield DraftIssue(issue, mapping.object_id)
    if describe is not None:
        context = make_context(mapping, describe, desk.sample, desk.fields, desk.settings)
        context = replace(context, passed_over=_passed_over(mapping, desk.draft))
        for issue in check_object(mapping, context):
            yield DraftIssue(issue, mapping.object_id)


def _passed_over(mapping: ObjectMapping, draft: MappingDraft) -> dict[str, frozenset[str]]:
    """Return the forms, by the row of this object that their own rows replace or take off."""
    found: dict[str, set[str]] = {}
    for form in draft.forms:
        for each in form.rows:
            if each.object_id == mapping.object_id:
                found.setdefault(each.row.row_id, set()).add(form.form_id)
    return {row_id: frozenset(form_ids) for row_id, form_ids in found.items()}


def _relations(mapping: ObjectMapping, desk: _Desk) -> Relations:
    ids = [each.object_id for each in desk.draft.objects]
    earlier = desk.draft.objects[: ids.index(mapping.object_id)]
    shown = {
        each.sobject_name: describe
        for each in desk.draft.objects
        if (describe := desk.describe_of(each)) is not None
    }
    return Relations(
        describe=desk.describe_of(mapping),
        earlier={each.object_id: each for each in earlier},
        describes={**desk.describes, **shown},
    )


def _form_issues(form: FormOverride, desk: _Desk) -> Iterator[DraftIssue]:
    """Check a form's own rows on the inquiries of that form."""
    known = {each.object_id for each in desk.draft.objects}
    for object_id in {each.object_id for each in form.rows} - known:
        message = f"The form {form.form_name or form.form_id} has rows for {object_id}, no object."
        issue = _blocks(IssueKind.UNKNOWN_OBJECT, message, "Take these rows off.")
        yield DraftIssue(issue, object_id, form.form_id)
    sent = objects_for_form(desk.draft, form.form_id)
    for issue in _sent_and_not_sent(form.not_sent, sent):
        yield DraftIssue(issue, form_id=form.form_id)
    of_form = [record for record in desk.sample if form_id_of(record) == form.form_id]
    for mapping in sent:
        rows = [each.row for each in form.rows if each.object_id == mapping.object_id]
        own = {row.row_id for row in rows}
        describe = desk.describe_of(mapping)
        if not own or describe is None:
            continue
        for issue in related_issues(rows, _relations(mapping, desk)):
            yield DraftIssue(issue, mapping.object_id, form.form_id)
        context = make_context(mapping, describe, of_form, desk.fields, desk.settings)
        default = desk.draft.object(mapping.object_id) or mapping
        passed_over = dict.fromkeys(own, frozenset({form.form_id}))
        before = set(check_object(default, replace(context, passed_over=passed_over)))
        for issue in check_object(mapping, context):
            if issue.row_id in own or issue not in before:
                yield DraftIssue(issue, mapping.object_id, form.form_id)


def _blocks(kind: IssueKind, message: str, advice: str) -> MappingIssue:
    return MappingIssue(kind=kind, severity=Severity.BLOCKS, message=message, advice=advice)
