"""Education Cloud's standard objects that an inquiry may touch.

Names and references follow the developer guide; lengths and choices are the usual ones.
https://developer.salesforce.com/docs/atlas.en-us.edu_cloud_dev_guide.meta/edu_cloud_dev_guide/edu_cloud_standard_objects.htm
"""

from typing import Any, Final

from core.demo_org.making import (
    checkbox,
    date,
    email,
    long_text,
    lookup,
    moment,
    number,
    picklist,
    read_only,
    sobject,
    text,
    url,
)
from core.demo_org.schema import Field, Sobject
from core.demo_org.shapes.standard import system_fields

LEVELS: Final = ("High School", "Undergraduate", "Graduate", "Doctoral")
SEASONS: Final = ("Fall", "Winter", "Spring", "Summer")
_APPLICATION_STATUSES: Final = (
    "Application Incomplete",
    "Submitted",
    "In Review",
    "Approved",
    "Rejected",
    "Cancelled",
)


def parent(name: str, label: str, target: str, **more: Any) -> Field:
    """Return a standard lookup: `LeadId` is read through `Lead`."""
    return lookup(name, label, target, relationship=name.removesuffix("Id"), **more)


def academic_interest(**changes: Any) -> Sobject:
    """Return the interest, which holds references only: term and program must be ids."""
    fields = (
        *system_fields("Academic Interest"),
        _auto_name("Academic Interest", "AI-{0:08d}"),
        parent("AcademicTermId", "Academic Term ID", "AcademicTerm"),
        parent("LearningProgramId", "Learning Program ID", "LearningProgram"),
        parent("LeadId", "Lead ID", "Lead"),
        parent("ContactId", "Contact ID", "Contact"),
        parent("AccountId", "Account ID", "Account"),
        parent("ContactRequestId", "Contact Request ID", "ContactRequest"),
        parent("EducationalInfoRequestId", "Educational Info Request ID", "EducationalInfoRequest"),
        parent("IndividualApplicationId", "Individual Application ID", "IndividualApplication"),
        parent("OpportunityId", "Opportunity ID", "Opportunity"),
        date("ReceivedDate", "Received Date"),
        picklist("Source", "Source", ("Web", "Event", "Phone", "Partner"), restricted=True),
        picklist("Status", "Status", ("New", "In Progress", "Closed"), restricted=True),
        text("Subscription", "Subscription", 255),
    )
    return sobject("AcademicInterest", "Academic Interest", "18i", fields, **changes)


def academic_term() -> Sobject:
    fields = (
        *system_fields("Academic Term"),
        text("Name", "Name", 255, required=True, name_field=True),
        parent("AcademicYearId", "Academic Year ID", "AcademicYear"),
        picklist("Season", "Season", SEASONS, restricted=True),
        moment("StartDate", "Start Date"),
        moment("EndDate", "End Date"),
        moment("RegistrationOpenDate", "Registration Open Date"),
        moment("RegistrationCloseDate", "Registration Close Date"),
        checkbox("IsActive", "Active"),
        long_text("Description", "Description", 255),
    )
    return sobject("AcademicTerm", "Academic Term", "18t", fields)


def academic_year() -> Sobject:
    fields = (
        *system_fields("Academic Year"),
        text("Name", "Name", 255, required=True, name_field=True),
        text("Year", "Year", 255),
        long_text("Description", "Description", 255),
    )
    return sobject("AcademicYear", "Academic Year", "18y", fields)


def learning_program() -> Sobject:
    fields = (
        *system_fields("Learning Program"),
        text("Name", "Name", 255, required=True, name_field=True),
        picklist("AcademicLevel", "Academic Level", LEVELS, restricted=True),
        text("Category", "Category", 255),
        text("CipCode", "CIP Code", 255),
        parent("ProviderId", "Provider ID", "Account"),
        date("ActiveFromDate", "Active From Date"),
        date("ActiveToDate", "Active To Date"),
        checkbox("IsActive", "Active"),
        checkbox("IsTopLevelProgram", "Top-Level Program"),
        checkbox("DoesCreateOpportunityRecord", "Create Opportunity"),
        number("Duration", "Duration", 18, 2),
        picklist("DurationUnit", "Duration Unit", ("Month", "Term", "Year"), restricted=True),
        url("ImageUrl", "Image URL"),
        text("ShortDescription", "Short Description", 255),
        long_text("Description", "Description", 32000),
    )
    return sobject("LearningProgram", "Learning Program", "18p", fields)


def educational_info_request() -> Sobject:
    fields = (
        *system_fields("Educational Info Request"),
        _auto_name("Educational Info Request", "EIR-{0:08d}"),
        parent("LeadId", "Lead ID", "Lead"),
        parent("ContactId", "Contact ID", "Contact"),
        parent("AccountId", "Account ID", "Account"),
        picklist("Category", "Category", ("Admissions", "Financial Aid", "Housing", "Program")),
        picklist("Status", "Status", ("New", "In Progress", "Closed"), restricted=True),
        long_text("Description", "Description", 32000),
    )
    return sobject("EducationalInfoRequest", "Educational Info Request", "18r", fields)


def contact_request() -> Sobject:
    fields = (
        *system_fields("Contact Request"),
        _auto_name("Contact Request", "CR-{0:08d}"),
        lookup("WhoId", "Name ID", "Contact", "Lead", relationship="Who"),
        picklist("Status", "Status", ("New", "Attempted", "Contacted"), restricted=True),
        picklist("PreferredChannel", "Preferred Channel", ("Phone", "Email"), restricted=True),
        long_text("RequestDescription", "Request Description", 32000),
    )
    return sobject("ContactRequest", "Contact Request", "0Tz", fields)


def learner_profile() -> Sobject:
    flags = (
        ("HasParentalFerpa", "Parental FERPA"),
        ("HasThirdPartyFerpa", "Third-Party FERPA"),
        ("IsAthlete", "Athlete"),
        ("IsFirstGenerationStudent", "First-Generation Student"),
        ("IsInternationalStudent", "International Student"),
        ("IsPellGrantEligible", "Pell Grant Eligible"),
        ("IsTransferStudent", "Transfer Student"),
    )
    fields = (
        *system_fields("Learner Profile"),
        _auto_name("Learner Profile", "LP-{0:08d}"),
        parent("ContactId", "Contact ID", "Contact", required=True),
        picklist("AcademicLevel", "Academic Level", LEVELS, restricted=True),
        picklist("EnrollmentStatus", "Enrollment Status", ("Full-Time", "Part-Time")),
        text("AdmitTerm", "Admit Term", 255),
        text("Major", "Major", 255),
        text("SecondMajor", "Second Major", 255),
        number("CumulativeGpa", "Cumulative GPA", 4, 2),
        email("Email", "Email"),
        date("ExpectedGraduationDate", "Expected Graduation Date"),
        picklist("Gender", "Gender", ("Female", "Male", "Nonbinary", "Not Disclosed")),
        text("StudentIdNumber", "Student ID Number", 255),
        *(checkbox(name, label) for name, label in flags),
    )
    return sobject("LearnerProfile", "Learner Profile", "18l", fields)


def individual_application() -> Sobject:
    fields = (
        *system_fields("Individual Application"),
        _auto_name("Individual Application", "IA-{0:08d}"),
        parent("AccountId", "Account ID", "Account"),
        parent("ContactId", "Contact ID", "Contact"),
        picklist("Category", "Category", ("Undergraduate", "Graduate", "Program"), length=40,
                 required=True, restricted=True),
        picklist("ApplicationType", "Application Type", ("New", "Renewal"), length=40),
        picklist("Status", "Status", _APPLICATION_STATUSES, length=40),
        moment("AppliedDate", "Applied Date", required=True),
        text("Description", "Description", 255),
        checkbox("IsSubmitted", "Submitted"),
    )  # fmt: skip
    return sobject("IndividualApplication", "Individual Application", "0iT", fields)


def program_term() -> Sobject:
    fields = (
        *system_fields("Program Term Application Timeline"),
        text("Name", "Name", 255, required=True, name_field=True),
        parent("AcademicTermId", "Academic Term ID", "AcademicTerm"),
        parent("LearningProgramId", "Learning Program ID", "LearningProgram"),
    )
    return sobject("ProgramTermApplnTimeline", "Program Term Application Timeline", "18m", fields)


def _auto_name(label: str, number_format: str) -> Field:
    return read_only(
        text("Name", label, 255, number_format=number_format, required=True, defaulted=True,
             name_field=True)
    )  # fmt: skip
