"""Every issue of a whole mapping: its objects in order, its forms, what is not sent. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.mapping.checks import check_mapping
from core.mapping.describe import SobjectDescribe
from core.mapping.forms import form_id_of, objects_for_form
from core.mapping.issues import IssueKind, MappingIssue, Severity
from core.mapping.model import (
    FormOverride,
    MappingDraft,
    ObjectMapping,
    SourceField,
    SourceKind,
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


def check_draft(
    draft: MappingDraft,
    describes: Mapping[str, SobjectDescribe],
    sample: Sequence[SourceRecord],
    fields: Sequence[SourceField],
) -> tuple[DraftIssue, ...]:
    """Return all that is wrong. `describes` is keyed by the object's API name as in the mapping."""
    settings = ApplySettings.of(draft, {field.key: field.label for field in fields})
    found = [DraftIssue(issue) for issue in _draft_issues(draft)]
    for mapping in draft.objects:
        found += _object_issues(mapping, draft, describes)
        describe = describes.get(mapping.sobject_name)
        if describe is not None:
            checked = check_mapping(mapping, describe, sample, fields, settings)
            found += [DraftIssue(issue, mapping.object_id) for issue in checked]
    for form in draft.forms:
        found += _form_issues(form, draft, describes, sample, fields)
    return tuple(found)


def _draft_issues(draft: MappingDraft) -> Iterator[MappingIssue]:
    if not draft.objects:
        yield _blocks(IssueKind.NO_ROWS, "The mapping has no object.", "Choose the first object.")
    counts = Counter(each.object_id for each in draft.objects)
    for object_id, count in counts.items():
        if count > 1:
            message = f"{count} objects of the mapping are called {object_id}."
            yield _blocks(IssueKind.OBJECT_TWICE, message, "Give each a name of its own.")
    rows = [row for each in draft.objects for row in each.rows if row.field_name]
    for left_out in draft.not_sent:
        if any(reads(row.source, left_out.source_key) for row in rows):
            yield MappingIssue(
                kind=IssueKind.SENT_AND_NOT_SENT,
                severity=Severity.WARNS,
                message=f"{left_out.source_key} is marked as not sent, and a row sends it.",
                advice="Take the mark off, or the row.",
            )


def _object_issues(
    mapping: ObjectMapping, draft: MappingDraft, describes: Mapping[str, SobjectDescribe]
) -> Iterator[DraftIssue]:
    if mapping.sobject_name not in describes:
        issue = _blocks(
            IssueKind.NO_DESCRIBE,
            f"The org shows no object {mapping.sobject_name} to the connected user.",
            "Choose another object, or ask the university's admin to show this one.",
        )
        yield DraftIssue(issue, mapping.object_id)
    ids = [each.object_id for each in draft.objects]
    earlier = set(ids[: ids.index(mapping.object_id)])
    for row in mapping.rows:
        if row.source.kind is SourceKind.PARENT and row.source.text not in earlier:
            issue = MappingIssue(
                row_id=row.row_id,
                kind=IssueKind.NO_PARENT,
                severity=Severity.BLOCKS,
                message=f"{row.field_name} needs the id of {row.source.text or 'an object'}, "
                "which does not come before this object.",
                advice="Move that object up, or choose another source.",
            )
            yield DraftIssue(issue, mapping.object_id)


def _form_issues(
    form: FormOverride,
    draft: MappingDraft,
    describes: Mapping[str, SobjectDescribe],
    sample: Sequence[SourceRecord],
    fields: Sequence[SourceField],
) -> Iterator[DraftIssue]:
    """Check a form's own rows on the inquiries of that form."""
    known = {each.object_id for each in draft.objects}
    for object_id in {each.object_id for each in form.rows} - known:
        message = f"The form {form.form_name or form.form_id} has rows for {object_id}, no object."
        issue = _blocks(IssueKind.UNKNOWN_OBJECT, message, "Take these rows off.")
        yield DraftIssue(issue, object_id, form.form_id)
    of_form = [record for record in sample if form_id_of(record) == form.form_id]
    settings = ApplySettings.of(draft, {field.key: field.label for field in fields})
    for mapping in objects_for_form(draft, form.form_id):
        own = {each.row.row_id for each in form.rows if each.object_id == mapping.object_id}
        describe = describes.get(mapping.sobject_name)
        if not own or describe is None:
            continue
        default = draft.object(mapping.object_id)
        before = set(check_mapping(default, describe, of_form, fields, settings)) if default else ()
        for issue in check_mapping(mapping, describe, of_form, fields, settings):
            if issue.row_id in own or issue not in before:
                yield DraftIssue(issue, mapping.object_id, form.form_id)


def _blocks(kind: IssueKind, message: str, advice: str) -> MappingIssue:
    return MappingIssue(kind=kind, severity=Severity.BLOCKS, message=message, advice=advice)
