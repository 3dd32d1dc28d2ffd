"""The thousand other objects that a real org lists beside the ones people use."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from core.demo_org.making import (
    checkbox,
    sobject,
    text,
)
from core.demo_org.schema import (
    Sobject,
)
from core.demo_org.shapes.standard import system_fields

_BASE62: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PLAIN: Final = """
Account Announcement ApexClass ApexComponent ApexPage ApexTrigger AppDefinition AppMenuItem
AppointmentCategory AppointmentInvitation AppointmentSchedulingPolicy Asset AssetRelationship
AssignedResource AssignmentRule AssociatedLocation AsyncApexJob Attachment AuthProvider
AuthorizationForm AuthorizationFormConsent AuthorizationFormDataUse BrandTemplate
BriefcaseDefinition BusinessBrand BusinessHours BusinessProcess BuyerGroup CallCenter Campaign
CampaignMember CampaignMemberStatus CardPaymentMethod CartCheckoutSession CartDeliveryGroup
CartItem CartTax Case CaseComment CaseMilestone CaseRelatedIssue CaseStatus CaseTeamMember
CaseTeamRole ChangeRequest ChangeRequestRelatedIssue ChangeRequestRelatedItem CollaborationGroup
CollaborationInvitation CommSubscription CommSubscriptionChannelType CommSubscriptionConsent
CommSubscriptionTiming Community ConsumptionRate ConsumptionSchedule Contact ContactPointAddress
ContactPointConsent ContactPointEmail ContactPointPhone ContactPointTypeConsent ContactRequest
ContentAsset ContentDocument ContentDocumentLink ContentFolder ContentNote ContentVersion
ContentWorkspace Contract ContractLineItem ContractStatus Coupon CreditMemo CreditMemoLine
CronTrigger CustomPermission Customer Dashboard DataUseLegalBasis DataUsePurpose DigitalWallet
Document Domain DuplicateRecordItem DuplicateRecordSet EmailMessage EmailTemplate EngagementChannel
Entitlement EntityMilestone Event EventRelation ExpressionFilter ExternalDataSource
FinanceBalanceSnapshot FinanceTransaction FlowInterview FlowRecordRelation Folder FulfillmentOrder
FulfillmentOrderLineItem Group Holiday Idea Image Incident IncidentRelatedItem Individual
InvoiceLine Invoice Knowledge Lead LegalEntity ListEmail ListView Location LocationGroup
LoginHistory MacroUsage Macro MaintenanceAsset MaintenancePlan MessagingEndUser MessagingSession
Name NamedCredential Note OperatingHours Opportunity OpportunityContactRole OpportunityLineItem
OpportunityStage Order OrderItem OrderSummary OrgWideEmailAddress Organization Participant Partner
PartyConsent Payment PaymentAuthorization PaymentGateway PaymentGroup PaymentLineInvoice Period
PermissionSet PermissionSetAssignment PermissionSetGroup Pricebook2 PricebookEntry PrivacyRequest
ProcessException ProcessInstance Product2 ProductCategory ProductItem ProductRequest Profile
ProfileSkill Promotion Prompt QueueSobject QuickText Recommendation RecordAction RecordType
Refund Report ResourceAbsence ResourcePreference ReturnOrder ReturnOrderLineItem Scorecard
SearchPromotionRule SellerProfile ServiceAppointment ServiceContract ServiceResource
ServiceTerritory SessionPermSetActivation Shift ShiftPattern ShiftTemplate Shipment ShipmentItem
Site Skill SkillRequirement SocialPersona SocialPost Solution StaticResource StreamingChannel
Swarm SwarmMember Task TaskPriority TaskStatus TestSuiteMembership ThirdPartyAccountLink TimeSlot
Topic TopicAssignment User UserAppInfo UserLicense UserListView UserPreference UserRole
UserServicePresence VoiceCall WebCart WebStore WorkOrder WorkOrderLineItem WorkPlan WorkStep
WorkType WorkTypeGroup
"""
_COMPANIONS: Final = ("", "ChangeEvent", "Feed", "History", "Share")
_CUSTOM: Final = (
    "Scholarship",
    "Visit",
    "Orientation",
    "Residence",
    "Interview",
    "Checklist",
    "Deposit",
    "Transcript",
    "Fair",
    "Counselor",
    "Athletic_Interest",
    "Fee_Waiver",
)
_PACKAGES: Final = {
    "hed": (
        "Address",
        "Attendance_Event",
        "Attribute",
        "Course",
        "Course_Enrollment",
        "Course_Offering",
        "Credential",
        "Education_History",
        "Facility",
        "Language",
        "Plan_Requirement",
        "Program_Plan",
        "Relationship",
        "Term_Grade",
        "Test",
        "Test_Score",
        "Time_Block",
    ),
    "TargetX_SRMb": (
        "Alert",
        "Checklist_Item",
        "Enrollment_History",
        "Essay",
        "Family_Relationship",
        "Recommendation",
        "Scholarship",
        "Student_Scholarship",
        "Test",
    ),
}


@cache
def other_objects(known: frozenset[str], packages: tuple[str, ...]) -> tuple[Sobject, ...]:
    """Return every further object of the org, in a fixed order, without those in `known`."""
    return tuple(
        _generic(name, number) for number, name in enumerate(_names(packages)) if name not in known
    )


def _names(packages: tuple[str, ...]) -> Iterator[str]:
    for base in _PLAIN.split():
        for companion in _COMPANIONS:
            yield base + companion
    custom = [f"{each}__c" for each in _CUSTOM]
    for package in packages:
        custom += [f"{package}__{each}__c" for each in _PACKAGES[package]]
    for name in custom:
        yield name
        stem = name.removesuffix("__c")
        yield from (f"{stem}__{companion}" for companion in ("Feed", "History", "Share"))


@cache
def _generic(name: str, number: int) -> Sobject:
    label = _words(name)
    is_side_table = name.endswith(_COMPANIONS[1:])
    prefix = None if is_side_table else "9" + _BASE62[number // 62] + _BASE62[number % 62]
    fields = [
        *system_fields(label),
        text("Name", f"{label} Name", 80, name_field=True),
        text("Description", "Description", 255),
        checkbox("IsActive", "Active"),
    ]
    return sobject(name, label, prefix, fields, createable=not is_side_table)


def _words(name: str) -> str:
    stem = name.removesuffix("__c").replace("__", " ").replace("_", " ")
    return "".join(
        f" {char}" if place and char.isupper() and stem[place - 1].islower() else char
        for place, char in enumerate(stem)
    )
