"""Marlow Ridge University: a Contact first, then an inquiry for each raised hand (shape C)."""

import re
from functools import cache
from typing import Final

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
    phone,
    picklist,
    sobject,
    text,
    url,
    with_fields,
)
from core.demo_org.schema import (
    MASTER_RECORD_TYPE_ID,
    Automation,
    Change,
    Field,
    MatchRule,
    RecordType,
    Sobject,
    ValidationRule,
    Values,
)
from core.demo_org.shapes import standard, targetx
from core.demo_org.shapes.marlow_records import POD, seed
from core.demo_org.shapes.people import PROGRAMS
from core.demo_org.shapes.shape import OrgShape, demo_users
from core.demo_org.shapes.targetx import own

UNDERGRADUATE: Final = make_id("012", POD, 1)
GRADUATE: Final = make_id("012", POD, 2)
SOURCES: Final = ("Web", "Halda", "College Fair", "Phone", "Purchased List")
_FOUR_DIGITS: Final = re.compile(r"\d{4}")


def _record_types() -> tuple[RecordType, ...]:
    return (
        RecordType(
            id=UNDERGRADUATE,
            name="Undergraduate Inquiry",
            developer_name="Undergraduate_Inquiry",
            default=True,
            choices={
                own("Student_Type"): ("Freshman", "Transfer", "Non-Degree", "International"),
                own("Academic_Level"): ("Undergraduate",),
            },
        ),
        RecordType(
            id=GRADUATE,
            name="Graduate Inquiry",
            developer_name="Graduate_Inquiry",
            choices={
                own("Student_Type"): ("Graduate", "Non-Degree", "International"),
                own("Academic_Level"): ("Graduate",),
            },
        ),
        RecordType(id=MASTER_RECORD_TYPE_ID, name="Master", developer_name="Master"),
    )


def _utm_fields() -> tuple[Field, ...]:
    parts = ("Source", "Medium", "Campaign", "Term", "Content")
    return tuple(text(f"UTM_{part}__c", f"UTM {part}", 255) for part in parts)


def _contact() -> Sobject:
    return with_fields(
        standard.with_place_picklists(standard.contact(sources=SOURCES)),
        *targetx.contact_fields(),
        text("Halda_ID__c", "Halda ID", 40, unique=True, external_id=True, id_lookup=True),
        picklist("Program_Interest__c", "Program of Interest", ("Undecided", *PROGRAMS)),
        multi("Clubs__c", "Clubs", ("Band", "Debate", "Esports", "Robotics"), restricted=True),
        checkbox("SMS_Opt_Out__c", "SMS Opt Out"),
        date("SMS_Opt_In_Date__c", "SMS Opt In Date"),
        phone("Parent_Phone__c", "Parent Phone"),
        text("Parent_Name__c", "Parent Name", 120),
        number("Unweighted_GPA__c", "Unweighted GPA", 3, 2),
        integer("Class_Rank__c", "Class Rank", 5),
        url("Portfolio__c", "Portfolio"),
        *_utm_fields(),
        text("Territory__c", "Territory", 40, hidden=True),
        validation_rules=_contact_rules(),
        automations=(Automation(name="Contact_Before_Save", flow_label="Contact: note the source",
                                run=_note_source),),
        duplicate_rule=MatchRule(
            rule="Contact_Block_Same_Person",
            match="Contact_Name_And_Email",
            fields=("Email", "LastName", "FirstName"),
            allow_save=False,
            message="This person is already here. Update the existing contact.",
        ),
    )  # fmt: skip


def _note_source(change: Change) -> None:
    if change.moved("LeadSource") and change.record.get("LeadSource"):
        change.record[own("Last_Data_Input_Source")] = change.record["LeadSource"]


def _stamp_stage(change: Change) -> None:
    if change.before is None:
        change.record.setdefault(own("Stage"), "Inquiry")


def _is_bad_year(values: Values) -> bool:
    held = values.get(own("Graduation_Year"))
    return held is not None and not _FOUR_DIGITS.fullmatch(held)


def _contact_rules() -> tuple[ValidationRule, ...]:
    return (
        ValidationRule(
            name="Graduation_Year_Four_Digits",
            message="Graduation Year has four digits.",
            formula=f'NOT(REGEX({own("Graduation_Year")}, "[0-9]{{4}}"))',
            refuses=_is_bad_year,
            field_name=own("Graduation_Year"),
        ),
        ValidationRule(
            name="Reachable",
            message="Give an email address or a phone number.",
            formula="AND(ISBLANK(Email), ISBLANK(MobilePhone), ISBLANK(HomePhone), ISBLANK(Phone))",
            refuses=lambda values: (
                not any(values.get(name) for name in ("Email", "MobilePhone", "HomePhone", "Phone"))
            ),
        ),
    )


def _inquiry() -> Sobject:
    return targetx.inquiry(
        text("Halda_Submission_ID__c", "Halda Submission ID", 60, unique=True, external_id=True,
             id_lookup=True),
        lookup("Program__c", "Program", "Program__c", relationship="Program__r"),
        lookup("Start_Term__c", "Start Term", "Term__c", relationship="Start_Term__r"),
        moment("Submitted_At__c", "Submitted At"),
        text("Halda_Form__c", "Halda Form", 100),
        long_text("Halda_Answers__c", "Halda Answers", 32768),
        *_utm_fields(),
        record_types=_record_types(),
        automations=(Automation(name="TX_Inquiry", namespace=targetx.NAMESPACE, run=_stamp_stage),),
        validation_rules=(
            ValidationRule(
                name="Program_Or_Term",
                message="An inquiry names a program or a start term.",
                formula="AND(ISBLANK(Program__c), ISBLANK(Start_Term__c))",
                refuses=lambda values: not any(
                    values.get(name) for name in ("Program__c", "Start_Term__c")
                ),
            ),
        ),
    )  # fmt: skip


def _term() -> Sobject:
    fields = (
        *standard.system_fields("Record"),
        text("Name", "Term Name", 80, name_field=True),
        text("Term_Code__c", "Term Code", 6, unique=True, external_id=True, id_lookup=True),
        date("Start_Date__c", "Start Date"),
        picklist("Level__c", "Level", targetx.LEVELS, restricted=True),
        checkbox("Active__c", "Active"),
    )
    return sobject("Term__c", "Term", "a22", fields)


def _program() -> Sobject:
    fields = (
        *standard.system_fields("Record"),
        text("Name", "Program Name", 80, name_field=True),
        text("Program_Code__c", "Program Code", 20, unique=True, external_id=True, id_lookup=True),
        picklist("Level__c", "Level", targetx.LEVELS, restricted=True),
        checkbox("Active__c", "Active"),
    )
    return sobject("Program__c", "Program", "a23", fields)


def _sobjects() -> dict[str, Sobject]:
    ceeb = text("CEEB_Code__c", "CEEB Code", 6, unique=True, external_id=True, id_lookup=True)
    every = (
        _contact(),
        _inquiry(),
        targetx.application(),
        _term(),
        _program(),
        standard.with_place_picklists(
            standard.lead(sources=SOURCES, statuses=("Open", "Working", "Qualified"))
        ),
        with_fields(standard.with_place_picklists(standard.account()), ceeb),
        standard.opportunity(),
        standard.campaign(),
        standard.campaign_member(),
        standard.task(),
        standard.user(),
        standard.organization(),
        standard.record_type(),
        *standard.rights(),
        standard.group(),
    )
    return {each.name: each for each in every}


@cache
def marlow() -> OrgShape:
    """Return the university with an inquiry object of its own, in the manner of TargetX."""
    return OrgShape(
        key="marlow",
        name="Marlow Ridge University",
        pod=POD,
        users=demo_users("marlow.demo"),
        sobjects=_sobjects(),
        seed=seed,
        packages=(targetx.NAMESPACE,),
        time_zone="America/New_York",
    )
