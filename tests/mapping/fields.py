"""Small describes for the mapping's tests, written by hand; nothing recorded."""

from typing import Any

from core.mapping.describe import FieldDescribe, PicklistValue, RecordType, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    MappingDraft,
    MatchKey,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
)


def make_field(name: str, type_: str = "string", **changes: Any) -> FieldDescribe:
    values = {"label": name.removesuffix("__c").replace("_", " ")}
    values |= {"createable": True, "updateable": True}
    return FieldDescribe(name=name, type=type_, **(values | changes))


def choices(*values: str, inactive: tuple[str, ...] = ()) -> tuple[PicklistValue, ...]:
    return tuple(
        PicklistValue(value=value, label=value, active=value not in inactive)
        for value in (*values, *inactive)
    )


CAMPUS = make_field(
    "Campus__c", "picklist", restricted_picklist=True, picklist_values=choices("Main", "Online")
)
BUILDING = make_field(
    "Building__c",
    "picklist",
    restricted_picklist=True,
    controller_name="Campus__c",
    picklist_values=(
        PicklistValue(value="North Hall", label="North Hall", valid_for=b"\x80"),
        PicklistValue(value="Virtual", label="Virtual", valid_for=b"\x40"),
    ),
)
LEAD_FIELDS = (
    make_field("Id", "id", createable=False, updateable=False, nillable=False),
    make_field("FirstName", length=40, label="First Name"),
    make_field("LastName", length=80, label="Last Name", nillable=False),
    make_field("Company", length=255, nillable=False),
    make_field("Email", "email", length=80, id_lookup=True),
    make_field("Phone", "phone", length=40),
    make_field("Description", "textarea", length=32000),
    make_field("Halda_ID__c", length=40, external_id=True, unique=True, label="Halda ID"),
    make_field(
        "LeadSource", "picklist", label="Lead Source", length=255, picklist_values=choices("Web")
    ),
    make_field("Term__c", "picklist", length=255, picklist_values=choices("Fall 2026")),
    make_field(
        "Program__c",
        "picklist",
        restricted_picklist=True,
        length=255,
        picklist_values=choices("Business", "MBA", inactive=("Philosophy",)),
    ),
    make_field(
        "Interests__c",
        "multipicklist",
        restricted_picklist=True,
        picklist_values=choices("Design", "Business", "Health"),
    ),
    CAMPUS,
    BUILDING,
    make_field("SMS_Opt_Out__c", "boolean", nillable=False, defaulted_on_create=True),
    make_field("Birth_Date__c", "date"),
    make_field("Inquiry_Date__c", "datetime"),
    make_field("Call_At__c", "time"),
    make_field("Graduation_Year__c", "int", digits=4),
    make_field("GPA__c", "double", precision=3, scale=2),
    make_field("Budget__c", "currency", precision=18, scale=2),
    make_field("Aid_Share__c", "percent", precision=5, scale=2),
    make_field("Website", "url", length=255),
    make_field("OwnerId", "reference", reference_to=("Group", "User"), label="Owner ID"),
    make_field("RecordTypeId", "reference", reference_to=("RecordType",)),
    make_field("Number__c", createable=False, updateable=False, auto_number=True, external_id=True),
    make_field("SSN__c", "encryptedstring", length=12, encrypted=True, label="SSN"),
    make_field("hed__FERPA__c", "boolean", label="FERPA"),
)
LEAD = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=LEAD_FIELDS,
    record_types=(
        RecordType(record_type_id="012Ps0000000001AAA", name="Graduate", developer_name="Graduate"),
    ),
)


def lead_field(name: str) -> FieldDescribe:
    field = LEAD.field(name)
    assert field is not None
    return field


def make_row(source_key: str, field_name: str, **changes: Any) -> FieldRow:
    source = changes.pop("source", RowSource(kind=SourceKind.FIELD, text=source_key))
    return FieldRow(row_id=f"row-{source_key}", source=source, field_name=field_name, **changes)


def make_draft(*rows: FieldRow, **changes: Any) -> ObjectMapping:
    values = {"sobject_name": "Lead", "match_keys": (MatchKey(field_names=("Halda_ID__c",)),)}
    return ObjectMapping(rows=rows, **(values | changes))


def make_mapping(*rows: FieldRow, **changes: Any) -> MappingDraft:
    return MappingDraft(objects=(make_draft(*rows, **changes),))


def make_record(row_number: int = 1, /, **values: str) -> SourceRecord:
    return SourceRecord(
        row_number=row_number,
        values={key.replace("__", ".", 1): text for key, text in values.items()},
    )
