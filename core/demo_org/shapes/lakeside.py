"""Lakeside College: an EDA org, an inquiry is a Contact (shape B)."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from core.demo_org.ids import make_id
from core.demo_org.making import (
    long_text,
    lookup,
    moment,
    text,
    with_fields,
)
from core.demo_org.schema import (
    MASTER_RECORD_TYPE_ID,
    RecordType,
    Sobject,
    ValidationRule,
    Values,
)
from core.demo_org.shapes import eda, eda_objects, eda_rules, standard
from core.demo_org.shapes.palmer_records import AVA_LEAD_PROFILE_UID
from core.demo_org.shapes.people import PROGRAMS, SCHOOLS, TERMS, Person, people
from core.demo_org.shapes.shape import OrgShape, SeedRecord, demo_users

POD: Final = "Lc"
SOURCES: Final = ("Web", "Halda", "Fair", "Other")
_ACCOUNT_TYPES: Final = (
    ("Academic Program", "Academic_Program"),
    ("Administrative", "Administrative"),
    ("Business Organization", "Business_Organization"),
    ("Educational Institution", "Educational_Institution"),
    ("Household Account", "HH_Account"),
    ("Sports Organization", "Sports_Organization"),
    ("University Department", "University_Department"),
)


def _account_record_types() -> tuple[RecordType, ...]:
    named = tuple(
        RecordType(
            id=make_id("012", POD, serial),
            name=name,
            developer_name=developer_name,
            default=developer_name == "Administrative",
        )
        for serial, (name, developer_name) in enumerate(_ACCOUNT_TYPES, start=1)
    )
    master = RecordType(id=MASTER_RECORD_TYPE_ID, name="Master", developer_name="Master")
    return (*named, master)


def _record_type_id(developer_name: str) -> str:
    serials = {key: serial for serial, (_, key) in enumerate(_ACCOUNT_TYPES, start=1)}
    return make_id("012", POD, serials[developer_name])


def _is_foreign_university_email(values: Values) -> bool:
    held = values.get("hed__UniversityEmail__c")
    return held is not None and not held.endswith("@lakeside.example")


def _contact_rules() -> tuple[ValidationRule, ...]:
    return (
        ValidationRule(
            name="University_Email_Domain",
            message="University Email must be a lakeside.example address.",
            formula='NOT(CONTAINS(hed__UniversityEmail__c, "@lakeside.example"))',
            refuses=lambda values: (
                not values.get("hed__UniversityEmail__c", "@lakeside.example").endswith(
                    "@lakeside.example"
                )
            ),
            field_name="hed__UniversityEmail__c",
        ),
        ValidationRule(
            name="Deceased_Needs_Date",
            message="Give the date of death.",
            formula="AND(hed__Deceased__c, ISBLANK(hed__Date_Deceased__c))",
            refuses=lambda values: (
                bool(values.get("hed__Deceased__c")) and values.get("hed__Date_Deceased__c") is None
            ),
        ),
    )


def _sobjects() -> dict[str, Sobject]:
    halda_id = text("Halda_ID__c", "Halda ID", 40, unique=True, external_id=True, id_lookup=True)
    record_type = lookup("RecordTypeId", "Record Type ID", "RecordType", relationship="RecordType")
    every = (
        with_fields(
            standard.lead(sources=SOURCES, statuses=("Open", "Working", "Qualified")),
            halda_id,
            *eda.lead_fields(),
        ),
        with_fields(
            standard.contact(sources=SOURCES),
            halda_id,
            *eda.contact_fields(),
            text("Program_of_Interest__c", "Program of Interest", 120),
            text("Term_of_Interest__c", "Term of Interest", 80),
            moment("Inquiry_Date__c", "Inquiry Date"),
            long_text("Halda_Answers__c", "Halda Answers", 32768),
            automations=eda_rules.contact_automations(),
            validation_rules=_contact_rules(),
        ),
        with_fields(
            standard.account(),
            record_type,
            *eda.account_fields(),
            record_types=_account_record_types(),
        ),
        with_fields(standard.opportunity(), *eda.opportunity_fields()),
        standard.campaign(),
        standard.campaign_member(),
        standard.task(),
        standard.user(),
        standard.organization(),
        standard.record_type(),
        *standard.rights(),
        standard.group(),
        standard.wide_profile(),
        *eda_objects.package_objects(),
    )
    return {each.name: each for each in every}


def _crowd_contact(person: Person) -> SeedRecord:
    values: Values = {
        "FirstName": person.first_name,
        "LastName": person.last_name,
        "Email": person.email,
        "hed__AlternateEmail__c": person.email,
        "hed__Preferred_Email__c": "Alternate Email",
        "MobilePhone": person.phone,
        "hed__PreferredPhone__c": "Mobile Phone",
        "MailingCity": person.city,
        "MailingState": person.state or None,
        "MailingPostalCode": person.postal_code or None,
        "MailingCountry": person.country,
        "LeadSource": "Web",
        "Program_of_Interest__c": person.program,
        "Term_of_Interest__c": person.term,
    }
    if person.number % 3 == 0:
        values["Halda_ID__c"] = f"cldemo{person.number:04d}000408jm2q7b1c9"
    return SeedRecord(sobject_name="Contact", values=values, is_deleted=person.is_deleted)


def _known_contact(
    first_name: str, last_name: str, address: str, *, name: str | None = None, **values: Any
) -> SeedRecord:
    base = {
        "FirstName": first_name,
        "LastName": last_name,
        "Email": address,
        "hed__AlternateEmail__c": address,
        "hed__Preferred_Email__c": "Alternate Email",
        "LeadSource": "Web",
    }
    return SeedRecord(sobject_name="Contact", name=name, values=base | values)


def _inquirers() -> Iterator[SeedRecord]:
    yield _known_contact(
        "Ava",
        "Lopez",
        "ava.lopez@example.edu",
        Halda_ID__c=AVA_LEAD_PROFILE_UID,
        Term_of_Interest__c="Fall 2027",
    )
    yield _known_contact("Maya", "Chen", "maya.chen@example.edu", Term_of_Interest__c="Spring 2027")
    yield _known_contact("J.", "Smith", "j.smith@example.edu")
    yield _known_contact("Jordan", "Smith", "j.smith@example.edu")
    yield _known_contact(
        "Noah",
        "Baker",
        "noah.baker@example.edu",
        Phone="+1 801 555 0142",
        LeadSource="Halda",
        Program_of_Interest__c="Business",
        Term_of_Interest__c="Fall 2027",
        Inquiry_Date__c="2026-10-05T15:04:22.000+0000",
        Halda_ID__c="clx2v8k1r000508jm5n0ahb4k",
    )
    yield _known_contact("Liam", "Ortiz", "liam.ortiz@example.edu", name="liam")
    yield SeedRecord(
        sobject_name="Lead",
        values={
            "FirstName": "Liam",
            "LastName": "Ortiz",
            "Email": "liam.ortiz@example.edu",
            "Company": "Ortiz, Liam",
            "Status": "Qualified",
            "IsConverted": True,
            "ConvertedDate": "2026-08-14",
            "ConvertedContactId": "@liam",
        },
    )


def _seed() -> Iterator[SeedRecord]:
    for school, code in SCHOOLS:
        yield SeedRecord(
            sobject_name="Account",
            values={
                "Name": school,
                "hed__School_Code__c": code,
                "RecordTypeId": _record_type_id("Educational_Institution"),
            },
        )
    for program in PROGRAMS:
        yield SeedRecord(
            sobject_name="Account",
            values={"Name": program, "RecordTypeId": _record_type_id("Academic_Program")},
        )
    yield SeedRecord(
        sobject_name="Account",
        name="college",
        values={
            "Name": "Lakeside College",
            "RecordTypeId": _record_type_id("University_Department"),
        },
    )
    for term in TERMS:
        yield SeedRecord(
            sobject_name="hed__Term__c",
            values={"Name": term, "hed__Account__c": "@college", "hed__Type__c": "Semester"},
        )
    yield SeedRecord(sobject_name="Campaign", values={"Name": "Halda AI Form", "IsActive": True})
    yield from _inquirers()
    for person in people():
        yield _crowd_contact(person)


@cache
def lakeside() -> OrgShape:
    """Return the EDA college, without refresh token rotation."""
    return OrgShape(
        key="lakeside",
        name="Lakeside College",
        pod=POD,
        users=demo_users("lakeside.demo"),
        sobjects=_sobjects(),
        seed=_seed,
        packages=("hed",),
    )
