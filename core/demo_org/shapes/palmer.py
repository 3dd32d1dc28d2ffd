"""Palmer State University: plain Sales Cloud, an inquiry is a Lead (shape A)."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from core.demo_org.ids import make_id
from core.demo_org.making import (
    checkbox,
    date,
    integer,
    long_text,
    lookup,
    moment,
    multi,
    number,
    picklist,
    read_only,
    text,
    url,
    with_fields,
)
from core.demo_org.schema import (
    MASTER_RECORD_TYPE_ID,
    Automation,
    Choice,
    Field,
    RecordType,
    Sobject,
    ValidationRule,
    Values,
)
from core.demo_org.shapes import standard
from core.demo_org.shapes.palmer_records import GRADUATE, POD, UNDERGRADUATE, seed
from core.demo_org.shapes.people import PROGRAMS, STUDENT_TYPES, TERMS
from core.demo_org.shapes.shape import OrgShape, demo_users

RETIRED: Final = make_id("012", POD, 3)

CAMPUSES: Final = ("Main", "Riverside", "Online")
BUILDINGS: Final = (
    Choice(value="North Hall", label="North Hall", valid_for=(0,)),
    Choice(value="Old Library", label="Old Library", valid_for=(0, 1)),
    Choice(value="River House", label="River House", valid_for=(1,)),
    Choice(value="Virtual Campus", label="Virtual Campus", valid_for=(2,)),
)
PROGRAM_CHOICES: Final = (
    *(Choice(value=each, label=each) for each in PROGRAMS),
    Choice(value="Philosophy", label="Philosophy (closed)", active=False),
)


def _lead_source_share(values: Values) -> str:
    return f"{values.get('LeadSource') or 'Unknown'} / {values.get('Halda_Form__c') or '-'}"


def _utm_fields() -> Iterator[Any]:
    for first in ("", "First_"):
        for part in ("Source", "Medium", "Campaign", "Term", "Content"):
            caption = f"{first.replace('_', ' ')}UTM {part}"
            yield text(f"{first}UTM_{part}__c", caption, 255)


def _lead_fields() -> tuple[Field, ...]:
    return (
        lookup("RecordTypeId", "Record Type ID", "RecordType", relationship="RecordType"),
        text(
            "Halda_ID__c",
            "Halda ID",
            40,
            unique=True,
            external_id=True,
            id_lookup=True,
            help="The Lead Profile ID that Halda sends with every inquiry.",
        ),
        picklist("Program_of_Interest__c", "Program of Interest", PROGRAM_CHOICES, restricted=True),
        picklist("Term__c", "Term", (*TERMS, "Undecided")),
        picklist("Student_Type__c", "Student Type", STUDENT_TYPES),
        moment("Inquiry_Date__c", "Inquiry Date"),
        *_utm_fields(),
        checkbox("SMS_Opt_Out__c", "SMS Opt Out"),
        text("Halda_Form__c", "Halda Form", 100),
        url("Halda_Page_URL__c", "Halda Page URL"),
        number("GPA__c", "GPA", 3, 2),
        integer("Graduation_Year__c", "Graduation Year", 4),
        text("CEEB_Code__c", "CEEB Code", 6),
        text("High_School__c", "High School", 255),
        long_text("Halda_Answers__c", "Halda Answers", 32768),
        text("Preferred_Name__c", "Preferred Name", 80),
        date("Birth_Date__c", "Birth Date"),
        multi(
            "Academic_Interests__c",
            "Academic Interests",
            ("Business", "Design", "Engineering", "Health", "Humanities"),
            restricted=True,
        ),
        picklist("Campus__c", "Campus", CAMPUSES, restricted=True),
        picklist(
            "Building__c", "Preferred Building", BUILDINGS, restricted=True, controller="Campus__c"
        ),
        number("Aid_Share__c", "Aid Share", 5, 2, type="percent"),
    )


def _computed_lead_fields() -> tuple[Field, ...]:
    """Return the fields that an integration may not write, or not even see."""
    return (
        read_only(
            integer(
                "Engagement_Score__c",
                "Engagement Score",
                3,
                help="Filled by the university's own scoring; not open to integrations.",
            )
        ),
        read_only(
            text(
                "Source_Summary__c",
                "Source Summary",
                1300,
                formula='TEXT(LeadSource) & " / " & Halda_Form__c',
                compute=_lead_source_share,
            )
        ),
        read_only(
            text(
                "Inquiry_Number__c",
                "Inquiry Number",
                30,
                number_format="INQ-{0:06d}",
                required=True,
                defaulted=True,
            )
        ),
        text("Counselor_Notes__c", "Counselor Notes", 255, hidden=True),
        text("Scholarship_Code__c", "Scholarship Code", 20, hidden=True),
    )


def _lead() -> Sobject:
    base = standard.lead(
        sources=("Web", "Halda", "Phone Inquiry", "Purchased List", "Other"),
        statuses=("Open", "New", "Working", "Qualified", "Unqualified"),
    )
    return with_fields(
        base,
        *_lead_fields(),
        *_computed_lead_fields(),
        record_types=_lead_record_types(),
        validation_rules=_lead_rules(),
        automations=(
            Automation(name="Notify_Counselor", flow_label="Lead: tell the counselor"),
            Automation(name="Old_Scoring", flow_label="Lead: score (old)", active=False),
        ),
    )


def _lead_record_types() -> tuple[RecordType, ...]:
    return (
        RecordType(
            id=UNDERGRADUATE, name="Undergraduate", developer_name="Undergraduate", default=True
        ),
        RecordType(
            id=GRADUATE,
            name="Graduate",
            developer_name="Graduate",
            choices={"Academic_Interests__c": ("Business", "Engineering", "Health")},
        ),
        RecordType(
            id=RETIRED,
            name="Continuing Education",
            developer_name="Continuing_Education",
            available=False,
        ),
        RecordType(id=MASTER_RECORD_TYPE_ID, name="Master", developer_name="Master"),
    )


def _lead_rules() -> tuple[ValidationRule, ...]:
    return (
        ValidationRule(
            name="Graduation_Year_Plausible",
            message="Graduation Year must lie between 1950 and 2040.",
            formula="OR(Graduation_Year__c < 1950, Graduation_Year__c > 2040)",
            refuses=lambda values: not 1950 <= (values.get("Graduation_Year__c") or 2000) <= 2040,
            field_name="Graduation_Year__c",
        ),
        ValidationRule(
            name="Unqualified_Needs_Reason",
            message="Say in Description why this lead is unqualified.",
            formula='AND(ISPICKVAL(Status, "Unqualified"), ISBLANK(Description))',
            refuses=lambda values: (
                values.get("Status") == "Unqualified" and values.get("Description") is None
            ),
        ),
        ValidationRule(
            name="Campus_Required",
            message="Choose a campus.",
            formula='ISPICKVAL(Campus__c, "")',
            refuses=lambda values: values.get("Campus__c") is None,
            field_name="Campus__c",
            active=False,
        ),
    )


def _sobjects() -> dict[str, Sobject]:
    halda_id = text("Halda_ID__c", "Halda ID", 40, unique=True, external_id=True, id_lookup=True)
    school_code = text(
        "CEEB_Code__c", "CEEB Code", 6, unique=True, external_id=True, id_lookup=True
    )
    every = (
        _lead(),
        with_fields(standard.contact(sources=("Web", "Halda", "Other")), halda_id),
        with_fields(standard.account(), school_code),
        standard.opportunity(),
        standard.campaign(),
        standard.campaign_member(),
        standard.task(),
        standard.user(),
        standard.organization(),
        standard.record_type(),
        *standard.rights(),
        standard.group(),
        standard.wide_profile(),
    )
    return {each.name: each for each in every}


@cache
def palmer() -> OrgShape:
    """Return the plain Lead university, with refresh token rotation on."""
    return OrgShape(
        key="palmer",
        name="Palmer State University",
        pod=POD,
        users=demo_users("palmer.demo"),
        sobjects=_sobjects(),
        seed=seed,
        refresh_rotation=True,
    )
