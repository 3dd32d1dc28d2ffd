"""The schools, campaigns and people of Palmer State University."""

from collections.abc import Iterator
from typing import Any, Final

from core.demo_org.ids import make_id
from core.demo_org.schema import Values
from core.demo_org.shapes.people import SCHOOLS, Person, people
from core.demo_org.shapes.shape import SeedRecord

POD: Final = "Ps"
UNDERGRADUATE: Final = make_id("012", POD, 1)
GRADUATE: Final = make_id("012", POD, 2)
AVA_LEAD_PROFILE_UID: Final = "clx2v8k1r000408jm2q7b1c9e"


def _crowd_lead(person: Person) -> SeedRecord:
    values: Values = {
        "FirstName": person.first_name,
        "LastName": person.last_name,
        "Email": person.email,
        "Phone": person.phone,
        "Company": person.school,
        "City": person.city,
        "State": person.state or None,
        "PostalCode": person.postal_code or None,
        "Country": person.country,
        "LeadSource": "Web",
        "Status": "Working",
        "Program_of_Interest__c": person.program,
        "Term__c": person.term,
        "Student_Type__c": person.student_type,
        "CEEB_Code__c": person.ceeb_code,
        "High_School__c": person.school,
        "GPA__c": 2.5 + person.number % 15 / 10,
        "Graduation_Year__c": 2026 + person.number % 3,
        "RecordTypeId": GRADUATE if person.student_type == "Graduate" else UNDERGRADUATE,
    }
    if person.number % 3 == 0:
        values["Halda_ID__c"] = f"cldemo{person.number:04d}000408jm2q7b1c9"
    if person.is_converted:
        values |= {"IsConverted": True, "ConvertedDate": "2026-09-01", "Status": "Qualified"}
    return SeedRecord(sobject_name="Lead", values=values, is_deleted=person.is_deleted)


def _known_lead(
    first_name: str, last_name: str, address: str, *, name: str | None = None, **values: Any
) -> SeedRecord:
    base = {
        "FirstName": first_name,
        "LastName": last_name,
        "Email": address,
        "Company": f"{last_name}, {first_name}",
        "LeadSource": "Web",
        "Status": "Working",
        "RecordTypeId": UNDERGRADUATE,
    }
    return SeedRecord(sobject_name="Lead", name=name, values=base | values)


def _inquirers() -> Iterator[SeedRecord]:
    yield _known_lead(
        "Ava",
        "Lopez",
        "ava.lopez@example.edu",
        name="ava",
        Halda_ID__c=AVA_LEAD_PROFILE_UID,
        Term__c="Fall 2027",
        Phone="+1 555 555 5555",
    )
    yield _known_lead("Maya", "Chen", "maya.chen@example.edu", Term__c="Spring 2027")
    yield _known_lead("J.", "Smith", "j.smith@example.edu", Phone="+1 801 555 0101")
    yield _known_lead("Jordan", "Smith", "j.smith@example.edu", Phone="+1 801 555 0102")
    yield _known_lead(
        "Noah",
        "Baker",
        "noah.baker@example.edu",
        Phone="+1 801 555 0142",
        LeadSource="Halda",
        Program_of_Interest__c="Business",
        Term__c="Fall 2027",
        Status="Open",
        Inquiry_Date__c="2026-10-05T15:04:22.000+0000",
        Halda_Form__c="Undergraduate RFI",
        UTM_Source__c="halda",
        UTM_Medium__c="web",
        UTM_Campaign__c="fall_inquiry",
        Halda_ID__c="clx2v8k1r000508jm5n0ahb4k",
    )
    yield SeedRecord(
        sobject_name="Contact",
        name="liam",
        values={"FirstName": "Liam", "LastName": "Ortiz", "Email": "liam.ortiz@example.edu"},
    )
    yield _known_lead(
        "Liam",
        "Ortiz",
        "liam.ortiz@example.edu",
        IsConverted=True,
        ConvertedDate="2026-08-14",
        ConvertedContactId="@liam",
        Status="Qualified",
    )


def seed() -> Iterator[SeedRecord]:
    """Yield every record of the new org, parents first."""
    for school, code in SCHOOLS:
        yield SeedRecord(
            sobject_name="Account",
            values={"Name": school, "Type": "High School", "CEEB_Code__c": code},
        )
    for name in ("Fall Visit Day", "Spring Inquiry Drive", "Halda AI Form"):
        yield SeedRecord(
            sobject_name="Campaign",
            values={"Name": name, "Status": "In Progress", "IsActive": True},
        )
    yield SeedRecord(
        sobject_name="Group",
        values={"Name": "Admissions Queue", "Type": "Queue", "DeveloperName": "Admissions_Queue"},
    )
    yield from _inquirers()
    for person in people():
        yield _crowd_lead(person)
    merged = {"FirstName": "Ava M.", "LastName": "Lopez", "Company": "Lopez, Ava M."}
    yield SeedRecord(
        sobject_name="Lead", values=merged | {"MasterRecordId": "@ava"}, is_deleted=True
    )
