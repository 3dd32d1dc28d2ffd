"""Harbor Point Institute: Education Cloud with person accounts; an inquiry is a Lead (shape D)."""

from functools import cache
from typing import Final

from core.demo_org.ids import make_id
from core.demo_org.making import checkbox, lookup, moment, number, picklist, text, with_fields
from core.demo_org.schema import (
    MASTER_RECORD_TYPE_ID,
    Automation,
    Change,
    Choice,
    MatchRule,
    RecordType,
    Sobject,
    ValidationRule,
)
from core.demo_org.shapes import education_cloud, standard
from core.demo_org.shapes.harbor_records import BUSINESS, PERSON, POD, seed
from core.demo_org.shapes.person_accounts import person_account
from core.demo_org.shapes.shape import OrgShape, demo_users

STUDENT: Final = make_id("012", POD, 3)
PARTNER: Final = make_id("012", POD, 4)
SOURCES: Final = ("Web", "Halda", "Event", "Partner", "Other")
DELIVERIES: Final = ("On Campus", "Online")
SITES: Final = (
    Choice(value="Harbor Campus", label="Harbor Campus", valid_for=(0,)),
    Choice(value="North Campus", label="North Campus", valid_for=(0,)),
    Choice(value="Virtual", label="Virtual", valid_for=(1,)),
)


def _master() -> RecordType:
    return RecordType(id=MASTER_RECORD_TYPE_ID, name="Master", developer_name="Master")


def _lead() -> Sobject:
    base = standard.lead(sources=SOURCES, statuses=("New", "Contacted", "Qualified", "Unqualified"))
    return with_fields(
        standard.with_place_picklists(base),
        lookup("RecordTypeId", "Record Type ID", "RecordType", relationship="RecordType"),
        text("Halda_ID__c", "Halda ID", 40, unique=True, external_id=True, id_lookup=True),
        picklist("Academic_Level__c", "Academic Level", education_cloud.LEVELS, restricted=True),
        picklist("Delivery__c", "Delivery", DELIVERIES, restricted=True),
        picklist("Site__c", "Site", SITES, restricted=True, controller="Delivery__c"),
        picklist("Student_Type__c", "Student Type", ("First-Time", "Transfer", "Returning")),
        text("High_School__c", "High School", 255),
        number("GPA__c", "GPA", 3, 2),
        moment("Submitted_At__c", "Submitted At"),
        checkbox("SMS_Opt_Out__c", "SMS Opt Out"),
        duplicate_rule=MatchRule(
            rule="Lead_Alert_Leads_And_Contacts",
            match="Lead_Email_Name",
            fields=("Email", "LastName"),
            also=("Contact",),
        ),
        record_types=(
            RecordType(id=STUDENT, name="Prospective Student", developer_name="Student",
                       default=True),
            RecordType(id=PARTNER, name="Partner", developer_name="Partner",
                       choices={"Academic_Level__c": ("Graduate",), "Delivery__c": ("Online",)}),
            _master(),
        ),
        validation_rules=_lead_rules(),
    )  # fmt: skip


def _lead_rules() -> tuple[ValidationRule, ...]:
    return (
        ValidationRule(
            name="Student_Has_Email",
            message="A prospective student needs an email address.",
            formula='AND(RecordType.DeveloperName = "Student", ISBLANK(Email))',
            refuses=lambda values: (
                values.get("RecordTypeId") == STUDENT and values.get("Email") is None
            ),
            field_name="Email",
        ),
        ValidationRule(
            name="GPA_On_Scale",
            message="GPA is on a scale of 4.5.",
            formula="GPA__c > 4.5",
            refuses=lambda values: (values.get("GPA__c") or 0) > 4.5,
            field_name="GPA__c",
        ),
    )


def _account() -> Sobject:
    base = person_account(
        sources=SOURCES,
        record_types=(
            RecordType(id=BUSINESS, name="Business Account", developer_name="Business_Account",
                       default=True),
            RecordType(id=PERSON, name="Person Account", developer_name="PersonAccount"),
            _master(),
        ),
    )  # fmt: skip
    halda_id = text("Halda_ID__c", "Halda ID", 40, unique=True, external_id=True, id_lookup=True)
    code = text("CEEB_Code__c", "CEEB Code", 6, unique=True, external_id=True, id_lookup=True)
    rule = MatchRule(
        rule="Person_Account_Alert",
        match="Person_Account_Email_Name",
        fields=("PersonEmail", "LastName"),
    )
    return with_fields(standard.with_place_picklists(base), halda_id, code, duplicate_rule=rule)


def _contact() -> Sobject:
    return with_fields(
        standard.with_place_picklists(standard.contact(sources=SOURCES)),
        checkbox("IsPersonAccount", "Is Person Account", createable=False, updateable=False),
        checkbox("SMS_Opt_Out__c", "SMS Opt Out"),
    )


def _open_interest(change: Change) -> None:
    if change.before is None:
        change.record.setdefault("Status", "New")


def _interest() -> Sobject:
    return education_cloud.academic_interest(
        automations=(
            Automation(name="Academic_Interest_Open", flow_label="Academic interest: open",
                       run=_open_interest),
        ),
        validation_rules=(
            ValidationRule(
                name="Interest_Has_Person",
                message="An academic interest belongs to a lead, a contact or an account.",
                formula="AND(ISBLANK(LeadId), ISBLANK(ContactId), ISBLANK(AccountId))",
                refuses=lambda values: not any(
                    values.get(name) for name in ("LeadId", "ContactId", "AccountId")
                ),
            ),
        ),
    )  # fmt: skip


def _sobjects() -> dict[str, Sobject]:
    every = (
        _lead(),
        _account(),
        _contact(),
        _interest(),
        education_cloud.academic_term(),
        education_cloud.academic_year(),
        education_cloud.learning_program(),
        education_cloud.educational_info_request(),
        education_cloud.contact_request(),
        education_cloud.learner_profile(),
        education_cloud.individual_application(),
        education_cloud.program_term(),
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
def harbor() -> OrgShape:
    """Return the Education Cloud institute."""
    return OrgShape(
        key="harbor",
        name="Harbor Point Institute",
        pod=POD,
        users=demo_users("harbor.demo"),
        sobjects=_sobjects(),
        seed=seed,
        time_zone="America/New_York",
    )
