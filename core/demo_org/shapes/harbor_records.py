"""The terms, programs, leads and person accounts of Harbor Point Institute."""

from collections.abc import Iterator
from typing import Any, Final

from core.demo_org.ids import make_id
from core.demo_org.schema import Values
from core.demo_org.shapes.palmer_records import AVA_LEAD_PROFILE_UID
from core.demo_org.shapes.people import PROGRAMS, SCHOOLS, Person, people
from core.demo_org.shapes.shape import SeedRecord
from core.demo_org.shapes.standard.places import address_values

POD: Final = "Hp"
BUSINESS: Final = make_id("012", POD, 1)
PERSON: Final = make_id("012", POD, 2)
_CROWD: Final = 160
_TERMS: Final = (
    ("Spring 2027", "Spring", "2027-01-19", "2027-05-14"),
    ("Fall 2027", "Fall", "2027-08-30", "2027-12-17"),
    ("Spring 2028", "Spring", "2028-01-18", "2028-05-12"),
    ("Fall 2028", "Fall", "2028-08-28", "2028-12-15"),
)
_GRADUATE_PROGRAMS: Final = ("MBA", "Data Science")


def seed() -> Iterator[SeedRecord]:
    """Yield every record of the new org, parents first."""
    yield from _catalogue()
    yield SeedRecord(sobject_name="Campaign", values={"Name": "Halda AI Form", "IsActive": True})
    yield SeedRecord(
        sobject_name="Group",
        values={"Name": "Enrollment Queue", "Type": "Queue", "DeveloperName": "Enrollment_Queue"},
    )
    yield from _known_people()
    for person in people(_CROWD):
        yield from _crowd_person(person)


def _catalogue() -> Iterator[SeedRecord]:
    yield SeedRecord(
        sobject_name="Account",
        name="institute",
        values={"Name": "Harbor Point Institute", "RecordTypeId": BUSINESS},
    )
    for school, code in SCHOOLS:
        yield SeedRecord(
            sobject_name="Account",
            values={"Name": school, "Type": "High School", "CEEB_Code__c": code,
                    "RecordTypeId": BUSINESS},
        )  # fmt: skip
    for year in ("2026-2027", "2027-2028", "2028-2029"):
        yield SeedRecord(sobject_name="AcademicYear", values={"Name": year, "Year": year[:4]})
    for name, season, start, end in _TERMS:
        yield SeedRecord(
            sobject_name="AcademicTerm",
            name=f"term {name}",
            values={"Name": name, "Season": season, "StartDate": f"{start}T04:00:00.000+0000",
                    "EndDate": f"{end}T04:00:00.000+0000", "IsActive": True},
        )  # fmt: skip
    for program in PROGRAMS:
        level = "Graduate" if program in _GRADUATE_PROGRAMS else "Undergraduate"
        yield SeedRecord(
            sobject_name="LearningProgram",
            name=f"program {program}",
            values={"Name": program, "AcademicLevel": level, "ProviderId": "@institute",
                    "IsActive": program != "Education"},
        )  # fmt: skip
        yield SeedRecord(
            sobject_name="ProgramTermApplnTimeline",
            values={"Name": f"{program}, Fall 2027", "LearningProgramId": f"@program {program}",
                    "AcademicTermId": "@term Fall 2027"},
        )  # fmt: skip


def _lead(first_name: str, last_name: str, address: str, *, name: str, **values: Any) -> SeedRecord:
    base = {
        "FirstName": first_name,
        "LastName": last_name,
        "Email": address,
        "Company": f"{last_name}, {first_name}",
        "LeadSource": "Web",
        "Status": "Contacted",
        "RecordTypeId": "@Student",
    }
    return SeedRecord(sobject_name="Lead", name=name, values=base | values)


def _person(first_name: str, last_name: str, address: str, **values: Any) -> SeedRecord:
    base = {
        "FirstName": first_name,
        "LastName": last_name,
        "Name": f"{first_name} {last_name}",
        "PersonEmail": address,
        "RecordTypeId": PERSON,
        "IsPersonAccount": True,
    }
    return SeedRecord(sobject_name="Account", name=address, values=base | values)


def _known_people() -> Iterator[SeedRecord]:
    yield _lead("Ava", "Lopez", "ava.lopez@example.edu", name="ava", Phone="+1 555 555 5555",
                Halda_ID__c=AVA_LEAD_PROFILE_UID)  # fmt: skip
    yield _interest("ava", "Business", "Fall 2027")
    yield _lead("Maya", "Chen", "maya.chen@example.edu", name="maya")
    yield _lead("J.", "Smith", "j.smith@example.edu", name="j smith")
    yield _lead("Jordan", "Smith", "j.smith@example.edu", name="jordan")
    yield _lead("Noah", "Baker", "noah.baker@example.edu", name="noah", LeadSource="Halda",
                Phone="+1 801 555 0142", Halda_ID__c="clx2v8k1r000508jm5n0ahb4k")  # fmt: skip
    yield _interest("noah", "Business", "Fall 2027")
    liam = "liam.ortiz@example.edu"
    yield _person("Liam", "Ortiz", liam, PersonMobilePhone="+1 801 555 0120")
    converted = {
        "IsConverted": True,
        "ConvertedDate": "2026-08-14",
        "Status": "Qualified",
        "ConvertedAccountId": f"@{liam}",
        "ConvertedContactId": f"@{liam}'s contact",
    }
    yield _lead("Liam", "Ortiz", liam, name="liam", **converted)
    merged = {"FirstName": "Ava M.", "LastName": "Lopez", "Company": "Lopez, Ava M."}
    yield SeedRecord(
        sobject_name="Lead", values=merged | {"MasterRecordId": "@ava"}, is_deleted=True
    )


def _interest(lead: str, program: str, term: str) -> SeedRecord:
    return SeedRecord(
        sobject_name="AcademicInterest",
        values={
            "LeadId": f"@{lead}",
            "LearningProgramId": f"@program {program}",
            "AcademicTermId": f"@term {term}",
            "ReceivedDate": "2026-09-15",
            "Source": "Web",
            "Status": "New",
        },
    )


def _crowd_person(person: Person) -> Iterator[SeedRecord]:
    key = f"person {person.number}"
    values: Values = {
        "Phone": person.phone,
        **address_values("", city=person.city, state_code=person.state, country=person.country),
        "PostalCode": person.postal_code or None,
        "Academic_Level__c": "Graduate" if person.student_type == "Graduate" else "Undergraduate",
        "High_School__c": person.school,
        "GPA__c": 2.5 + person.number % 15 / 10,
    }
    if person.number % 3 == 0:
        values["Halda_ID__c"] = f"cldemo{person.number:04d}000408jm2q7b1c9"
    if person.is_converted:
        yield _person(person.first_name, person.last_name, person.email)
        values |= {
            "IsConverted": True,
            "ConvertedDate": "2026-09-01",
            "Status": "Qualified",
            "ConvertedAccountId": f"@{person.email}",
            "ConvertedContactId": f"@{person.email}'s contact",
        }
    lead = _lead(person.first_name, person.last_name, person.email, name=key, **values)
    yield SeedRecord(
        sobject_name="Lead", name=key, values=lead.values, is_deleted=person.is_deleted
    )
    if not person.is_deleted:
        yield _interest(key, person.program, person.term)
