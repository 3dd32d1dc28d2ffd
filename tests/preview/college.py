"""A small college for tests that need no server: people, their inquiries, programs."""

from collections.abc import Sequence

from core.mapping.coercion.texts import to_long_id
from core.mapping.describe import SobjectDescribe
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
)
from core.preview.plan import RecordPlan
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery
from tests.preview.mappings import constant_row, lookup_row, parent_row
from tests.preview.org import make_field

AVA, MEI = "003000000000001AAA", "003000000000002AAA"
MBA, MEDICINE, TWIN_A, TWIN_B = (to_long_id(f"a0P00000000000{n}") for n in range(1, 5))
_SYSTEM = (
    make_field("Id", type="id", createable=False, updateable=False),
    make_field("Name", name_field=True, createable=False, updateable=False),
    make_field("SystemModstamp", type="datetime", createable=False, updateable=False),
    make_field("LastModifiedDate", type="datetime", createable=False, updateable=False),
)
CONTACT = SobjectDescribe(
    name="Contact",
    label="Contact",
    fields=(
        *_SYSTEM,
        make_field("LastName", nillable=False),
        make_field("Email", type="email"),
        make_field("Phone", type="phone"),
        make_field("Description", type="textarea", length=32_000),
    ),
)
INQUIRY = SobjectDescribe(
    name="Inquiry__c",
    label="Inquiry",
    fields=(
        *_SYSTEM,
        make_field("Contact__c", type="reference", reference_to=("Contact",), nillable=False),
        make_field("Program__c", type="reference", reference_to=("Program__c",)),
        make_field("Halda_Submission__c", unique=True, external_id=True),
        make_field("Stage__c"),
    ),
)
VISIT = SobjectDescribe(
    name="Visit__c",
    label="Visit",
    fields=(
        *_SYSTEM,
        make_field("Inquiry__c", type="reference", reference_to=("Inquiry__c",)),
        make_field("Page__c"),
    ),
)
PROGRAM = SobjectDescribe(
    name="Program__c",
    label="Program",
    fields=(*_SYSTEM[:1], make_field("Name", name_field=True), make_field("Code__c")),
)
_DESCRIBES = {each.name: each for each in (CONTACT, INQUIRY, VISIT, PROGRAM)}
PROGRAMS = (
    {"Id": MBA, "Name": "MBA"},
    {"Id": MEDICINE, "Name": "Médecine"},
    {"Id": TWIN_A, "Name": "Art"},
    {"Id": TWIN_B, "Name": "ART"},
)


class FakeOrg:
    """Answers an InQuery with what it asks of the records holding its values, whatever the case."""

    def __init__(self, **records: Sequence[Record]) -> None:
        self.asked: list[InQuery] = []
        self._records = {"Program__c": PROGRAMS, **records}

    def ask(self, queries: Sequence[str | InQuery]) -> list[list[Record]]:
        found = [each for each in queries if isinstance(each, InQuery)]
        self.asked += found
        return [self._answer(each) for each in found]

    def asked_of(self, sobject_name: str) -> list[InQuery]:
        return [each for each in self.asked if each.head.endswith(f" FROM {sobject_name}")]

    def _answer(self, query: InQuery) -> list[Record]:
        asked, _, name = query.head.removeprefix("SELECT ").partition(" FROM ")
        wanted = {str(value).lower() for value in query.values}
        return [
            {field_name: record.get(field_name) for field_name in asked.split(", ")}
            for record in self._records.get(name, ())
            if str(record.get(query.field_name)).lower() in wanted
        ]


def field_row(field_name: str, source: str) -> FieldRow:
    return FieldRow(
        row_id=field_name,
        source=RowSource(kind=SourceKind.FIELD, text=source),
        field_name=field_name,
    )


def person(*rows: FieldRow) -> ObjectMapping:
    return ObjectMapping(
        sobject_name="Contact",
        match_keys=(MatchKey(field_names=("Email",)),),
        rows=(
            field_row("LastName", "lead.last_name"),
            field_row("Email", "lead.email"),
            field_row("Phone", "lead.phone"),
            *rows,
        ),
    )


def inquiry(*rows: FieldRow, key: tuple[str, ...] = ("Contact__c", "Program__c")) -> ObjectMapping:
    return ObjectMapping(
        sobject_name="Inquiry__c",
        object_id="inquiry",
        match_keys=(MatchKey(field_names=key),),
        only_with=("interest.program",),
        rows=(
            parent_row("Contact__c"),
            lookup_row("Program__c", "interest.program", sobject_name="Program__c"),
            field_row("Halda_Submission__c", "submission.id"),
            constant_row("Stage__c", "New"),
            *rows,
        ),
    )


def college(*later: ObjectMapping) -> MappingDraft:
    return MappingDraft(objects=(person(), *(later or (inquiry(),))))


def source(row_number: int = 1, **values: str) -> SourceRecord:
    """An inquiry of Ava for the MBA; `interest__program=""` overrides `interest.program`."""
    known = {
        "lead.first_name": "Ava",
        "lead.last_name": "Lopez",
        "lead.email": "ava@example.edu",
        "lead.phone": "+18015550142",
        "interest.program": "MBA",
        "submission.id": f"s{row_number}",
    }
    named = {key.replace("__", "."): text for key, text in values.items()}
    return SourceRecord(row_number=row_number, values={**known, **named})


def plan(draft: MappingDraft, sources: Sequence[SourceRecord], org: FakeOrg) -> list[RecordPlan]:
    reached = BatchOrg(describe_of=_DESCRIBES.__getitem__, ask=org.ask)
    return [each for step in plan_batch(draft, sources, reached, BatchWords()) for each in step]


def by_object(plans: Sequence[RecordPlan], row_number: int = 1) -> dict[str, RecordPlan]:
    return {each.object_id: each for each in plans if each.row_number == row_number}


def ava(**values: object) -> Record:
    held = {"LastName": "Lopez", "Email": "ava@example.edu", "Phone": "+18015550142"}
    return {"Id": AVA, **held, **values}
