"""What the preview would hold for the values themselves, the checks of the mapping foretell.

In an org that knows none of the people every inquiry makes a new record, so that nothing but the
mapping, the inquiries and the org's describe decides: the two must agree count for count.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from core.connect.orgs import use_org
from core.connect.record_types import get_describe_for
from core.connect.snapshots import get_describe, get_record_type_values
from core.halda.sample import sample_records
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.checks.issues import IssueKind, Severity
from core.mapping.checks.whole_draft import DraftIssue, check_draft
from core.mapping.describe import SobjectDescribe
from core.mapping.editing.rows import with_object
from core.mapping.lookups import ResolvedLookups
from core.mapping.model import MappingDraft, SourceRecord
from core.mapping.suggestions.templates import start_mapping
from core.preview.holds import HoldKind
from core.preview.plan import RecordPlan
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch
from core.preview.running.lookup_check import ask_for_lookups
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery
from tests.mapping.fields import make_row
from tests.preview.mappings import harbor_objects, lakeside_objects, marlow_objects, palmer_draft
from tests.preview.university import University

OBJECTS = {
    "palmer": ("Lead",),
    "lakeside": ("Contact",),
    "marlow": ("Contact", "TargetX_SRMb__Inquiry__c"),
    "harbor": ("Lead", "AcademicInterest"),
}
BY_HAND = {
    "palmer": lambda: MappingDraft(objects=(palmer_draft(),)),
    "lakeside": lakeside_objects,
    "marlow": marlow_objects,
    "harbor": harbor_objects,
}
Found = Counter[tuple[str, str | None, str]]


def sample() -> list[SourceRecord]:
    """The complete ones of the stored sample, and some that go wrong in further ways."""
    records = [each for each in sample_records() if each.values["submission.status"] == "complete"]
    wrong = (
        {"lead.state": "UT"},
        {"lead.state": "Utah", "lead.country": ""},
        {"lead.state": "Jalisco", "lead.country": "US"},
        {"lead.country": "Atlantis"},
        {"lead.country": "United States", "lead.state": "Utah"},
        {"lead.last_name": ""},
        {"lead.birth_date": "soon", "edu.gpa": "four", "lead.email": "at home"},
        {"interest.student_type": "Wizard", "lead.first_name": "F" * 90},
        {"lead.lead_profile_uid": "", "lead.email": ""},
    )
    added = [
        SourceRecord(row_number=0, values={**records[number].values, **changes})
        for number, changes in enumerate(wrong, start=1)
    ]
    return [
        replace(record, row_number=number)
        for number, record in enumerate([*records, *added], start=1)
    ]


class Org:
    """A connected demo org as the preview sees it, without a person in it."""

    def __init__(self, university: University) -> None:
        self._context = university.desk.context
        self._connection_id = university.desk.connection_id

    def describe(self, sobject_name: str, record_type: str | None = None) -> SobjectDescribe:
        """By the record type, as the mapping page has it; without one as the preview reads it."""
        if record_type is None:
            return get_describe(self._context, self._connection_id, sobject_name).describe
        view = get_describe_for(self._context, self._connection_id, sobject_name, record_type)
        return view.describe

    def answers(self, draft: MappingDraft) -> ResolvedLookups:
        return ask_for_lookups(self._context, self._connection_id, draft, sample())

    def as_planned(self, draft: MappingDraft) -> BatchOrg:
        written = {each.sobject_name for each in draft.objects}

        def ask(queries: Sequence[str | InQuery]) -> list[list[Record]]:
            """Programs and terms are there, none of the records that a push would write."""
            with use_org(self._context, self._connection_id) as org:
                found = org.query_many(queries)
            return [
                [each for each in records if each["attributes"]["type"] not in written]
                for records in found
            ]

        return BatchOrg(
            describe_of=self.describe,
            ask=ask,
            values_of=lambda name, type_id: (
                get_record_type_values(self._context, self._connection_id, name, type_id).values
            ),
        )


def taken(org: Org, app: str) -> MappingDraft:
    """What "take all" takes."""
    describes = [org.describe(name) for name in OBJECTS[app]]
    return start_mapping(None, describes, CANONICAL_FIELDS, sample())


def with_raw_places(draft: MappingDraft) -> MappingDraft:
    """State and country once more, as they came and without a step."""
    person = draft.person
    prefix = "" if person.sobject_name == "Lead" else "Mailing"
    places = (
        make_row("lead.state", f"{prefix}State"),
        make_row("lead.country", f"{prefix}Country"),
    )
    names = {row.field_name for row in places}
    kept = (row for row in person.rows if row.field_name.removesuffix("Code") not in names)
    return with_object(draft, replace(person, rows=(*kept, *places)))


def issues_of(org: Org, draft: MappingDraft) -> tuple[DraftIssue, ...]:
    own = {
        each.object_id: org.describe(each.sobject_name, each.record_type) for each in draft.objects
    }
    return check_draft(
        draft,
        {},
        sample(),
        CANONICAL_FIELDS,
        own_describes=own,
        resolved=org.answers(draft),
    )


def foretold(issues: Sequence[DraftIssue]) -> Found:
    found: Found = Counter()
    for each in issues:
        assert each.issue.severity is not Severity.BLOCKS, each.issue.message
        if each.issue.severity is Severity.HOLDS:
            found[each.object_id, each.issue.row_id, each.issue.kind] += each.issue.affected_count
    return found


def plans_of(org: Org, draft: MappingDraft) -> list[RecordPlan]:
    words = BatchWords(complete_keys=())
    return [
        plan for step in plan_batch(draft, sample(), org.as_planned(draft), words) for plan in step
    ]


def held(plans: Sequence[RecordPlan]) -> Found:
    return Counter(
        (plan.object_id, cell.row_id, problem.kind)
        for plan in plans
        for cell in plan.cells
        for problem in {each.kind: each for each in cell.problems}.values()
        if problem.blocks
    )


def missing(org: Org, plans: Sequence[RecordPlan]) -> Iterator[tuple[str, str | None, str]]:
    for plan in plans:
        describe = org.describe(plan.sobject_name)
        for cell in plan.cells:
            field = describe.field(cell.field_name)
            is_blank = cell.value is None and not any(each.blocks for each in cell.problems)
            if field and field.is_required_on_create and is_blank:
                yield plan.object_id, cell.row_id, IssueKind.REQUIRED_BLANK


def without_key(plans: Sequence[RecordPlan]) -> Iterator[tuple[str, str | None, str]]:
    for plan in plans:
        if plan.hold_kind is HoldKind.NO_KEY_VALUE:
            yield plan.object_id, None, IssueKind.MATCH_KEY_BLANK


@pytest.mark.parametrize("app", OBJECTS)
def test_every_value_that_would_be_held_is_foretold_and_no_other(
    make_university: Callable[[str], University], app: str
) -> None:
    org = Org(make_university(app))
    all_taken = taken(org, app)

    for draft in (BY_HAND[app](), all_taken, with_raw_places(all_taken)):
        issues, plans = issues_of(org, draft), plans_of(org, draft)

        expected = held(plans)
        expected.update(missing(org, plans))
        expected.update(without_key(plans))
        assert foretold(issues) == expected
        assert len(expected) > 3
