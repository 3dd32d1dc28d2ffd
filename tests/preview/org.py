"""A Lead object and an org's answers for tests that need no server."""

from collections.abc import Sequence

from core.mapping.apply import AppliedRecord, PreparedMapping
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    MatchKey,
    ObjectMapping,
    Operation,
    RowSource,
    SourceKind,
    SourceRecord,
)
from core.preview.matching.matches import Match
from core.preview.plan import RecordPlan
from core.preview.planning.match import Matcher
from core.preview.planning.planner import COMPLETE_KEYS, Planner
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery

Key = tuple[str, ...]


def make_field(name: str, **changes: object) -> FieldDescribe:
    plain = {"type": "string", "length": 80, "createable": True, "updateable": True}
    return FieldDescribe(name=name, label=name, **{**plain, **changes})  # type: ignore[arg-type]  # a factory takes any change


LEAD = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=(
        make_field("Id", type="id", createable=False, updateable=False),
        make_field("Name", name_field=True, createable=False, updateable=False),
        make_field("FirstName"),
        make_field("LastName", nillable=False),
        make_field("Email", type="email"),
        make_field("Phone", type="phone"),
        make_field("Halda_ID__c", unique=True, external_id=True),
        make_field("Code__c", case_sensitive=True),
        make_field("IsConverted", type="boolean", createable=False, updateable=False),
        make_field("ConvertedContactId", type="reference", createable=False, updateable=False),
        make_field("IsDeleted", type="boolean", createable=False, updateable=False),
        make_field("MasterRecordId", type="reference", createable=False, updateable=False),
        make_field("SystemModstamp", type="datetime", createable=False, updateable=False),
    ),
)
SOURCES = {
    "FirstName": "lead.first_name",
    "LastName": "lead.last_name",
    "Email": "lead.email",
    "Phone": "lead.phone",
    "Halda_ID__c": "lead.lead_profile_uid",
    "Code__c": "answer.code",
}


def make_draft(
    *keys: Key, operation: Operation = Operation.UPSERT, sources: dict[str, str] | None = None
) -> ObjectMapping:
    rows = tuple(
        FieldRow(
            row_id=name,
            source=RowSource(kind=SourceKind.FIELD, text=source),
            field_name=name,
        )
        for name, source in (sources or SOURCES).items()
    )
    return ObjectMapping(
        sobject_name="Lead",
        operation=operation,
        match_keys=tuple(MatchKey(field_names=key) for key in keys),
        rows=rows,
    )


def make_source(row_number: int = 1, **values: str) -> SourceRecord:
    """An inquiry by target field: `make_source(Email="ava@example.edu")`."""
    named = {SOURCES[name]: text for name, text in values.items()}
    return SourceRecord(row_number=row_number, values=named)


def apply_all(
    draft: ObjectMapping, sources: Sequence[SourceRecord], describe: SobjectDescribe = LEAD
) -> list[AppliedRecord]:
    prepared = PreparedMapping(draft, describe)
    return [prepared.apply(source) for source in sources]


class Answers:
    """Gives the same records to every query, as lists per field do; keeps what was asked."""

    def __init__(self, *records: Record) -> None:
        self.asked: list[str] = []
        self.asked_with_deleted: list[bool] = []
        self._records = list(records)

    def __call__(self, queries: Sequence[str | InQuery]) -> list[list[Record]]:
        self.asked += [each.soql() if isinstance(each, InQuery) else each for each in queries]
        is_all = [isinstance(each, InQuery) and each.with_deleted for each in queries]
        self.asked_with_deleted += is_all
        live = [each for each in self._records if not each["IsDeleted"]]
        return [self._records if each else live for each in is_all]


def make_record(record_id: str, **values: object) -> Record:
    blank: Record = dict.fromkeys(field.name for field in LEAD.fields)
    return {**blank, "Id": record_id, "IsConverted": False, "IsDeleted": False, **values}


def match_all(
    draft: ObjectMapping,
    sources: Sequence[SourceRecord],
    answers: Answers,
    describe: SobjectDescribe = LEAD,
) -> list[Match]:
    """Return what the org alone tells of each inquiry, nothing being written before."""
    applied = apply_all(draft, sources, describe)
    matcher = Matcher(draft, describe)
    matcher.look_for(applied, answers)
    return [matcher.match(each) for each in applied]


def plan_all(
    draft: ObjectMapping,
    sources: Sequence[SourceRecord],
    answers: Answers,
    *,
    describe: SobjectDescribe = LEAD,
    complete_keys: Sequence[str] = COMPLETE_KEYS,
) -> list[RecordPlan]:
    """Plan one after the other, each on what those before it would have written."""
    applied = apply_all(draft, sources, describe)
    matcher = Matcher(draft, describe)
    matcher.look_for(applied, answers)
    planner = Planner(draft, describe, complete_keys=complete_keys, written=matcher.written)
    return [
        planner.plan(source, each, matcher.match(each))
        for source, each in zip(sources, applied, strict=True)
    ]
