"""The terms, programs and people of Marlow Ridge University."""

from collections.abc import Iterator
from typing import Any, Final

from core.demo_org.schema import Values
from core.demo_org.shapes.palmer_records import AVA_LEAD_PROFILE_UID
from core.demo_org.shapes.people import PROGRAMS, SCHOOLS, Person, people
from core.demo_org.shapes.shape import SeedRecord
from core.demo_org.shapes.standard.places import address_values
from core.demo_org.shapes.targetx import INQUIRY, own

POD: Final = "Mr"
_CROWD: Final = 160
_TERMS: Final = (
    ("Spring 2027", "202710", "Undergraduate", "2027-01-11"),
    ("Fall 2027", "202780", "Undergraduate", "2027-08-23"),
    ("Fall 2027", "202785", "Graduate", "2027-08-30"),
    ("Spring 2028", "202810", "Undergraduate", "2028-01-10"),
    ("Fall 2028", "202880", "Undergraduate", "2028-08-21"),
)
_GRADUATE_PROGRAMS: Final = ("MBA", "Data Science")
_STUDENT_TYPES: Final = {"First-Year": "Freshman"}
_PENNSYLVANIA: Final = address_values("Mailing", city="Erie", state_code="PA",
                                      country="United States")  # fmt: skip


def seed() -> Iterator[SeedRecord]:
    """Yield every record of the new org, parents first."""
    yield from _catalogue()
    for campaign in ("Fall Open House", "Halda AI Form"):
        yield SeedRecord(sobject_name="Campaign", values={"Name": campaign, "IsActive": True})
    yield SeedRecord(
        sobject_name="Group",
        values={"Name": "Recruitment Queue", "Type": "Queue", "DeveloperName": "Recruitment"},
    )
    yield from _known_people()
    for person in people(_CROWD):
        yield from _crowd_person(person)


def _catalogue() -> Iterator[SeedRecord]:
    for name, code, level, start in _TERMS:
        yield SeedRecord(
            sobject_name="Term__c",
            name=f"term {code}",
            values={"Name": name, "Term_Code__c": code, "Level__c": level, "Start_Date__c": start,
                    "Active__c": True},
        )  # fmt: skip
    for number, program in enumerate(PROGRAMS, start=101):
        level = "Graduate" if program in _GRADUATE_PROGRAMS else "Undergraduate"
        yield SeedRecord(
            sobject_name="Program__c",
            name=f"program {program}",
            values={"Name": program, "Program_Code__c": f"P{number}", "Level__c": level,
                    "Active__c": program != "Education"},
        )  # fmt: skip
    for school, code in SCHOOLS:
        yield SeedRecord(
            sobject_name="Account",
            name=f"school {code}",
            values={"Name": school, "Type": "High School", "CEEB_Code__c": code},
        )


def _contact(
    first_name: str, last_name: str, address: str, *, name: str, **values: Any
) -> SeedRecord:
    base = {
        "FirstName": first_name,
        "LastName": last_name,
        "Email": address,
        "LeadSource": "Web",
        own("Status"): "Inquiry",
    }
    return SeedRecord(sobject_name="Contact", name=name, values=base | values)


def _known_people() -> Iterator[SeedRecord]:
    yield _contact("Ava", "Lopez", "ava.lopez@example.edu", name="ava", Phone="+1 555 555 5555",
                   Halda_ID__c=AVA_LEAD_PROFILE_UID, **_PENNSYLVANIA)  # fmt: skip
    yield _inquiry("ava", "Business", "202780")
    yield _contact("Maya", "Chen", "maya.chen@example.edu", name="maya")
    yield _contact("J.", "Smith", "j.smith@example.edu", name="j smith")
    yield _contact("Jordan", "Smith", "j.smith@example.edu", name="jordan")
    yield _contact("Noah", "Baker", "noah.baker@example.edu", name="noah", LeadSource="Halda",
                   Phone="+1 801 555 0142", Halda_ID__c="clx2v8k1r000508jm5n0ahb4k")  # fmt: skip
    yield _inquiry("noah", "Business", "202780")
    yield _inquiry("noah", "MBA", "202785")
    # Older than the rule that asks for four digits, so that even an unrelated change is refused.
    yield _contact("Liam", "Ortiz", "liam.ortiz@example.edu", name="liam",
                   **{own("Graduation_Year"): "'27"})  # fmt: skip
    merged = {"FirstName": "Ava M.", "LastName": "Lopez", "Email": "ava.m.lopez@example.edu"}
    yield SeedRecord(
        sobject_name="Contact", values=merged | {"MasterRecordId": "@ava"}, is_deleted=True
    )


def _inquiry(contact: str, program: str, term_code: str, **values: Any) -> SeedRecord:
    is_graduate = program in _GRADUATE_PROGRAMS
    base = {
        own("Contact"): f"@{contact}",
        own("Stage"): "Inquiry",
        own("Inquiry_Source"): "Web",
        own("Inquiry_Date"): "2026-09-15",
        own("Student_Type"): "Graduate" if is_graduate else "Freshman",
        own("Academic_Level"): "Graduate" if is_graduate else "Undergraduate",
        "RecordTypeId": f"@{'Graduate' if is_graduate else 'Undergraduate'}_Inquiry",
        "Program__c": f"@program {program}",
        "Start_Term__c": f"@term {term_code}",
    }
    return SeedRecord(sobject_name=INQUIRY, values=base | values)


def _crowd_person(person: Person) -> Iterator[SeedRecord]:
    key = f"person {person.number}"
    values: Values = {
        "FirstName": person.first_name,
        "LastName": person.last_name,
        "Email": person.email,
        "MobilePhone": person.phone,
        **address_values(
            "Mailing", city=person.city, state_code=person.state, country=person.country
        ),
        "MailingPostalCode": person.postal_code or None,
        "LeadSource": "Web",
        own("Status"): "Inquiry",
        own("Student_Type"): _STUDENT_TYPES.get(person.student_type, person.student_type),
        own("High_School"): f"@school {person.ceeb_code}",
        own("Graduation_Year"): str(2026 + person.number % 3),
    }
    if person.number % 3 == 0:
        values["Halda_ID__c"] = f"cldemo{person.number:04d}000408jm2q7b1c9"
    yield SeedRecord(sobject_name="Contact", name=key, values=values, is_deleted=person.is_deleted)
    if not person.is_deleted:
        code = next(code for name, code, *_ in _TERMS if name == person.term)
        yield _inquiry(key, person.program, code)
