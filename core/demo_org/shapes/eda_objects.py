"""The EDA package's own objects (namespace hed__).

Names, lengths and values follow the package's published metadata.
"""

from core.demo_org.making import (
    checkbox,
    date,
    long_text,
    lookup,
    number,
    picklist,
    read_only,
    sobject,
    text,
)
from core.demo_org.schema import (
    Automation,
    Sobject,
)
from core.demo_org.shapes.standard import system_fields


def package_objects() -> tuple[Sobject, ...]:
    """Return the package's own objects that an inquiry may touch."""
    return (_affiliation(), _term(), _application(), _program_enrollment())


def _affiliation() -> Sobject:
    return sobject(
        "hed__Affiliation__c",
        "Affiliation",
        "a00",
        (
            *system_fields("Record", owner=()),
            read_only(
                text(
                    "Name",
                    "Affiliation Key",
                    80,
                    number_format="A-{0:06d}",
                    required=True,
                    defaulted=True,
                    name_field=True,
                )
            ),
            lookup("hed__Contact__c", "Contact", "Contact", relationship="hed__Contact__r"),
            lookup("hed__Account__c", "Organization", "Account", relationship="hed__Account__r"),
            picklist(
                "hed__Role__c", "Role", ("Student", "Prospect", "Applicant", "Faculty", "Employee")
            ),
            picklist("hed__Status__c", "Status", ("Current", "Former")),
            checkbox("hed__Primary__c", "Primary"),
            date("hed__StartDate__c", "Start Date"),
            date("hed__EndDate__c", "End Date"),
            long_text("hed__Description__c", "Description", 32768),
        ),
        automations=(Automation(name="TDTM_Affiliation", namespace="hed"),),
    )


def _term() -> Sobject:
    return sobject(
        "hed__Term__c",
        "Term",
        "a01",
        (
            *system_fields("Record", owner=()),
            text("Name", "Term Name", 80, name_field=True),
            lookup(
                "hed__Account__c",
                "Account",
                "Account",
                relationship="hed__Account__r",
                required=True,
                updateable=False,
                master_detail=True,
            ),
            date("hed__Start_Date__c", "Start Date"),
            date("hed__End_Date__c", "End Date"),
            picklist(
                "hed__Type__c", "Type", ("Quarter", "Semester", "School Year", "Part of Term")
            ),
        ),
    )


def _application() -> Sobject:
    return sobject(
        "hed__Application__c",
        "Application",
        "a02",
        (
            *system_fields("Record"),
            read_only(
                text(
                    "Name",
                    "Application Number",
                    80,
                    number_format="APP-{0:06d}",
                    required=True,
                    defaulted=True,
                    name_field=True,
                )
            ),
            lookup("hed__Applicant__c", "Applicant", "Contact", relationship="hed__Applicant__r"),
            lookup(
                "hed__Applying_To__c", "Applying To", "Account", relationship="hed__Applying_To__r"
            ),
            lookup("hed__Term__c", "Term", "hed__Term__c", relationship="hed__Term__r"),
            picklist(
                "hed__Application_Status__c",
                "Application Status",
                (
                    "Started",
                    "Submitted",
                    "Received",
                    "In Review",
                    "Admitted",
                    "Denied",
                    "Declined Offer",
                ),
            ),
            picklist(
                "hed__Application_Type__c",
                "Application Type",
                ("Graduate", "Transfer", "Undergraduate"),
            ),
            date("hed__Application_Date__c", "Application Date"),
        ),
    )


def _program_enrollment() -> Sobject:
    return sobject(
        "hed__Program_Enrollment__c",
        "Program Enrollment",
        "a03",
        (
            *system_fields("Record"),
            read_only(
                text(
                    "Name",
                    "Program Enrollment ID",
                    80,
                    number_format="PE-{0:06d}",
                    required=True,
                    defaulted=True,
                    name_field=True,
                )
            ),
            lookup("hed__Contact__c", "Contact", "Contact", relationship="hed__Contact__r"),
            lookup("hed__Account__c", "Program", "Account", relationship="hed__Account__r"),
            picklist(
                "hed__Class_Standing__c",
                "Class Standing",
                ("Freshman", "Sophomore", "Junior", "Senior"),
            ),
            picklist(
                "hed__Enrollment_Status__c",
                "Enrollment Status",
                ("Full-time", "Half-time", "Less than Half-time"),
            ),
            number("hed__GPA__c", "GPA", 4, 3),
            text("hed__Graduation_Year__c", "Class Year", 250),
            date("hed__Start_Date__c", "Start Date"),
            date("hed__End_Date__c", "End Date"),
        ),
    )
