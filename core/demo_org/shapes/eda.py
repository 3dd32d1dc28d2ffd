"""Fields that the EDA package (namespace hed__) adds to an org's standard objects.

Names, lengths and values follow the package's published metadata.
"""

from collections.abc import Iterator
from typing import Final

from core.demo_org.making import (
    checkbox,
    date,
    email,
    long_text,
    lookup,
    multi,
    number,
    phone,
    picklist,
    read_only,
    text,
)
from core.demo_org.schema import (
    Field,
)

COUNTRIES: Final = (
    "Bahamas (the)",
    "Canada",
    "China",
    "Côte d'Ivoire",
    "France",
    "Germany",
    "India",
    "Mexico",
    "Switzerland",
    "United States of America (the)",
    "Viet Nam",
)
GENDERS: Final = ("Female", "Male", "Decline to State")
ETHNICITIES: Final = ("Hispanic or Latino", "Not Hispanic or Latino")
RACES: Final = (
    "American Indian or Alaska Native",
    "Asian",
    "Black or African American",
    "Native Hawaiian or Other Pacific Islander",
    "White",
)
DEGREES: Final = (
    "GED",
    "High School Diploma",
    "AA",
    "AS",
    "BA",
    "BS",
    "MA",
    "MS",
    "MBA",
    "MD",
    "JD",
    "PhD",
    "Other",
)


def lead_fields() -> Iterator[Field]:
    """Yield the package's fields on Lead."""
    yield multi("hed__Area_Of_Interest__c", "Area of Interest", ("None",))
    yield date("hed__Birth_Date__c", "Birth Date")
    yield picklist("hed__Citizenship__c", "Citizenship", COUNTRIES)
    yield picklist("hed__Ethnicity__c", "Ethnicity", ETHNICITIES)
    yield text(
        "hed__External_Id__c", "External ID", 255, external_id=True, unique=True, id_lookup=True
    )
    yield number("hed__GPA__c", "GPA", 7, 4)
    yield picklist("hed__Gender__c", "Gender", GENDERS)
    yield picklist("hed__Highest_Degree_Earned__c", "Highest Degree Earned", DEGREES)
    yield text("hed__Language__c", "Language", 255)
    yield text("hed__Most_Recent_School__c", "Most Recent School", 255)
    yield date("hed__Preferred_Enrollment_Date__c", "Preferred Enrollment Date")
    yield picklist(
        "hed__Preferred_Enrollment_Status__c",
        "Preferred Enrollment Status",
        ("Full-Time", "Part-Time", "Undecided"),
    )
    yield picklist(
        "hed__Preferred_Teaching_Format__c",
        "Preferred Teaching Format",
        ("Remote", "In-Person", "Hybrid", "Undecided"),
    )
    yield picklist("hed__Recruitment_Stage__c", "Recruitment Stage", ("Prospect", "Suspect"))
    yield checkbox("hed__SMS_Opt_Out__c", "SMS Opt Out")
    yield Field(name="hed__SSN__c", label="SSN", type="encryptedstring", length=12, encrypted=True)
    yield text("hed__Undergraduate_Major__c", "Undergraduate Major", 255)


def contact_fields() -> Iterator[Field]:
    """Yield the package's fields on Contact."""
    for key, label in (
        ("AlternateEmail", "Alternate Email"),
        ("UniversityEmail", "University Email"),
        ("WorkEmail", "Work Email"),
    ):
        yield email(f"hed__{key}__c", label)
    yield phone("hed__WorkPhone__c", "Work Phone")
    yield picklist(
        "hed__Preferred_Email__c",
        "Preferred Email",
        ("University Email", "Work Email", "Alternate Email"),
    )
    yield picklist(
        "hed__PreferredPhone__c",
        "Preferred Phone",
        ("Home Phone", "Work Phone", "Mobile Phone", "Other Phone"),
    )
    yield text("hed__Chosen_Full_Name__c", "Chosen Full Name", 255)
    for part in ("First", "Middle", "Last"):
        yield text(f"hed__Former_{part}_Name__c", f"Former {part} Name", 80)
    yield picklist("hed__Citizenship__c", "Citizenship", COUNTRIES)
    yield picklist(
        "hed__Citizenship_Status__c",
        "Citizenship Status",
        (
            "U.S. Citizen or U.S. National",
            "U.S. Dual Citizen",
            "U.S. Permanent Resident",
            "Other (Non-U.S.)",
        ),
    )
    yield picklist("hed__Country_of_Origin__c", "Country of Origin", COUNTRIES)
    yield picklist("hed__Dual_Citizenship__c", "Dual Citizenship", COUNTRIES, restricted=True)
    yield picklist("hed__Ethnicity__c", "Ethnicity", ETHNICITIES)
    yield multi("hed__Race__c", "Race", RACES)
    yield picklist("hed__Gender__c", "Gender", GENDERS)
    yield picklist(
        "hed__Religion__c",
        "Religion",
        ("Atheist", "Buddhist", "Christian", "Hindu", "Jewish", "Muslim", "Other"),
    )
    yield from _contact_flags()
    yield from _contact_rest()


def _contact_flags() -> Iterator[Field]:
    flags = (
        "Military_Service",
        "Financial_Aid_Applicant",
        "Do_Not_Contact",
        "SMS_Opt_Out",
        "FERPA",
        "HIPAA",
        "Deceased",
        "Disability_Status",
        "Mailing_Address_Inactive",
        "Exclude_from_Household_Name",
        "Exclude_from_Household_Formal_Greeting",
        "Exclude_from_Household_Informal_Greeting",
    )
    for flag in flags:
        yield checkbox(f"hed__{flag}__c", flag.replace("_", " "))
    yield checkbox("hed__is_Address_Override__c", "Do Not Automatically Update")


def _contact_rest() -> Iterator[Field]:
    places = ("Home", "Vacation Residence", "Work", "Other")
    yield picklist("hed__Primary_Address_Type__c", "Primary Address Type", places)
    yield picklist("hed__Secondary_Address_Type__c", "Secondary Address Type", places)
    yield multi(
        "hed__Naming_Exclusions__c",
        "Naming Exclusions",
        ("Household Name", "Household Formal Greeting", "Household Informal Greeting"),
    )
    yield date("hed__Date_Deceased__c", "Date Deceased")
    yield long_text("hed__Contact_JSON__c", "Contact JSON", 131072)
    yield long_text("hed__Military_Background__c", "Military Background", 32768)
    yield long_text("hed__HIPAA_Detail__c", "HIPAA Detail", 32768, extra_type="richtextarea")
    yield text("hed__Mailing_County__c", "Mailing County", 80)
    yield text("hed__Other_County__c", "Other County", 80)
    yield lookup(
        "hed__Primary_Household__c",
        "Primary Household",
        "Account",
        relationship="hed__Primary_Household__r",
    )
    yield lookup(
        "hed__Primary_Organization__c",
        "Primary Business Organization",
        "Account",
        relationship="hed__Primary_Organization__r",
    )
    yield Field(
        name="hed__Social_Security_Number__c",
        label="Social Security Number",
        type="encryptedstring",
        length=12,
        encrypted=True,
    )
    yield read_only(
        text(
            "hed__Work_Address__c",
            "Work Address",
            1300,
            formula="hed__Primary_Address_Type__c",
            compute=lambda _: None,
        )
    )


def account_fields() -> Iterator[Field]:
    """Yield the package's fields on Account."""
    yield text(
        "hed__School_Code__c", "School Code", 50, external_id=True, unique=True, id_lookup=True
    )
    yield text("hed__Billing_County__c", "Billing County", 80)
    yield text("hed__Shipping_County__c", "Shipping County", 80)
    yield email("hed__Credentialing_Email__c", "Credentialing Email")
    yield checkbox("hed__Billing_Address_Inactive__c", "Billing Address Inactive")
    yield lookup(
        "hed__Primary_Contact__c",
        "Primary Contact",
        "Contact",
        relationship="hed__Primary_Contact__r",
    )


def opportunity_fields() -> Iterator[Field]:
    """Yield the package's fields on Opportunity."""
    yield lookup(
        "hed__Desired_Start_Term__c",
        "Desired Start Term",
        "hed__Term__c",
        relationship="hed__Desired_Start_Term__r",
    )
    yield picklist(
        "hed__Desired_Degree_Level__c",
        "Desired Degree Level",
        ("Non-degree", "Certification", "Undergraduate", "Graduate"),
        restricted=True,
    )
    yield picklist("hed__Desired_Campus__c", "Desired Campus", ("Main", "Online"))
    yield checkbox("hed__Completed_FAFSA__c", "Completed FAFSA")
