"""Objects and fields of a recruitment package in the manner of TargetX (TargetX_SRMb__).

The object, its lookup and the field names are those that public integrations use; the choices are
invented.
"""

from collections.abc import Iterator
from typing import Final

from core.demo_org.making import (
    checkbox,
    date,
    email,
    integer,
    long_text,
    lookup,
    multi,
    number,
    picklist,
    read_only,
    sobject,
    text,
    url,
)
from core.demo_org.schema import Choice, Field, RecordType, Sobject, Values
from core.demo_org.shapes.standard import system_fields

NAMESPACE: Final = "TargetX_SRMb"
INQUIRY: Final = f"{NAMESPACE}__Inquiry__c"
SEASONS: Final = ("Spring", "Summer", "Fall")
YEARS: Final = ("2026", "2027", "2028", "2029", "2030")
STUDENT_TYPES: Final = ("Freshman", "Transfer", "Graduate", "Non-Degree", "International")
STAGES: Final = ("Prospect", "Inquiry", "Applicant", "Admit", "Deposit", "Enrolled", "Lost")
LEVELS: Final = ("Undergraduate", "Graduate")
AREAS: Final = (
    Choice(value="Business", label="Business", valid_for=(0, 1)),
    Choice(value="Computing", label="Computing", valid_for=(0, 1)),
    Choice(value="Education", label="Education", valid_for=(0,)),
    Choice(value="Health", label="Health", valid_for=(0, 1)),
    Choice(value="Fine Arts", label="Fine Arts", valid_for=(0,)),
    Choice(value="Public Policy", label="Public Policy", valid_for=(1,)),
)
GENDERS: Final = ("Female", "Male", "Nonbinary", "Prefer not to say")
ETHNICITIES: Final = (
    "American Indian or Alaska Native",
    "Asian",
    "Black or African American",
    "Native Hawaiian or Other Pacific Islander",
    "White",
)


def own(name: str) -> str:
    """Return a field's API name with the package's namespace."""
    return f"{NAMESPACE}__{name}__c"


def contact_fields() -> Iterator[Field]:
    """Yield the package's fields on Contact."""
    yield picklist(own("Status"), "Status", STAGES, restricted=True)
    yield picklist(own("Student_Type"), "Student Type", STUDENT_TYPES, restricted=True)
    yield from _start_fields()
    yield text(own("Anticipated_Major"), "Anticipated Major", 255)
    yield text(own("Graduation_Year"), "Graduation Year", 4)
    yield text(own("Middle_Name"), "Middle Name", 80)
    yield text(own("Suffix"), "Suffix", 10)
    yield text(own("Preferred_Name"), "Preferred Name", 80)
    yield text(own("Former_Last_Name"), "Former Last Name", 80)
    yield text(own("BannerID"), "Banner ID", 20, external_id=True, unique=True, id_lookup=True)
    yield picklist(own("Gender"), "Gender", GENDERS)
    yield multi(own("IPEDS_Ethnicities"), "IPEDS Ethnicities", ETHNICITIES)
    yield checkbox(own("IPEDS_Hispanic"), "Hispanic or Latino")
    yield picklist(own("Citizenship_Status"), "Citizenship Status", ("US", "Resident", "Visa"))
    yield text(own("Last_Data_Input_Source"), "Last Data Input Source", 255)
    yield email(own("Secondary_Email"), "Secondary Email")
    yield from _contact_record()


def _contact_record() -> Iterator[Field]:
    yield number(own("GPA"), "GPA", 5, 3)
    yield integer(own("SAT_Total"), "SAT Total", 4)
    yield integer(own("ACT_Composite"), "ACT Composite", 2)
    yield text(own("High_School_CEEB"), "High School CEEB", 6)
    yield lookup(own("High_School"), "High School", "Account", relationship=own_link("High_School"))
    yield lookup(own("College"), "Last College", "Account", relationship=own_link("College"))
    for flag in ("Legacy", "Athlete", "Veteran", "First_Generation", "Deceased", "Honors"):
        yield checkbox(own(flag), flag.replace("_", " "))
    yield picklist(own("Residency"), "Residency", ("In State", "Out of State", "International"))
    yield picklist(own("Housing_Preference"), "Housing Preference", ("On Campus", "Commuter"))
    yield date(own("First_Inquiry_Date"), "First Inquiry Date")
    yield Field(
        name=own("SSN"), label="Social Security Number", type="encryptedstring", length=11,
        encrypted=True,
    )  # fmt: skip
    yield read_only(integer(own("Inquiry_Count"), "Inquiry Count", 4))


def own_link(name: str) -> str:
    """Return the name of the relationship behind one of the package's lookups."""
    return f"{NAMESPACE}__{name}__r"


def _start_fields() -> Iterator[Field]:
    term, year = own("Anticipated_Start_Term"), own("Anticipated_Start_Year")
    yield picklist(term, "Anticipated Start Term", SEASONS, restricted=True)
    yield picklist(year, "Anticipated Start Year", YEARS, restricted=True)
    yield read_only(
        text(
            own("Anticipated_Start_Term_Year"),
            "Anticipated Start Term Year",
            1300,
            formula=f'TEXT({term}) & " " & TEXT({year})',
            compute=_start,
        )
    )


def _start(values: Values) -> str | None:
    parts = (values.get(own("Anticipated_Start_Term")), values.get(own("Anticipated_Start_Year")))
    return " ".join(part for part in parts if part) or None


def inquiry(*extra: Field, record_types: tuple[RecordType, ...], **changes: object) -> Sobject:
    """Return the child of Contact that stands for one raised hand."""
    fields = (
        *system_fields("Record"),
        read_only(
            text("Name", "Inquiry Number", 80, number_format="INQ-{0:06d}", required=True,
                 defaulted=True, name_field=True)
        ),
        lookup("RecordTypeId", "Record Type ID", "RecordType", relationship="RecordType"),
        lookup(own("Contact"), "Contact", "Contact", relationship=own_link("Contact"),
               required=True),
        date(own("Inquiry_Date"), "Inquiry Date"),
        picklist(own("Inquiry_Source"), "Inquiry Source",
                 ("Web", "Halda", "College Fair", "Phone", "Purchased List"), restricted=True),
        picklist(own("Stage"), "Stage", STAGES, restricted=True),
        picklist(own("Student_Type"), "Student Type", STUDENT_TYPES, restricted=True),
        *_start_fields(),
        picklist(own("Academic_Level"), "Academic Level", LEVELS, restricted=True),
        picklist(own("Academic_Area"), "Academic Area", AREAS, restricted=True,
                 controller=own("Academic_Level")),
        lookup(own("Campaign"), "Campaign", "Campaign", relationship=own_link("Campaign")),
        url(own("Page_URL"), "Page URL"),
        long_text(own("Comments"), "Comments", 32768),
        *extra,
    )  # fmt: skip
    return sobject(
        INQUIRY, "Inquiry", "a20", fields, plural="Inquiries", record_types=record_types, **changes
    )


def application() -> Sobject:
    """Return the package's application, a further child of Contact."""
    return sobject(
        f"{NAMESPACE}__Application__c",
        "Application",
        "a21",
        (
            *system_fields("Record"),
            read_only(
                text("Name", "Application Number", 80, number_format="APP-{0:06d}", required=True,
                     defaulted=True, name_field=True)
            ),
            lookup(own("Contact"), "Contact", "Contact", relationship=own_link("Contact"),
                   required=True),
            picklist(own("Student_Type"), "Student Type", STUDENT_TYPES, restricted=True),
            *_start_fields(),
            picklist(own("Decision"), "Decision", ("Admit", "Deny", "Waitlist"), restricted=True),
            date(own("Submitted_Date"), "Submitted Date"),
        ),
    )  # fmt: skip
