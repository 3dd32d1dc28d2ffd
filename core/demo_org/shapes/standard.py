"""The platform's own objects with the lengths and flags that a fresh org describes."""

from typing import Any, Final

from core.demo_org.schema import (
    Choice,
    Field,
    MatchRule,
    Sobject,
    checkbox,
    date,
    email,
    integer,
    long_text,
    lookup,
    moment,
    multi,
    number,
    phone,
    picklist,
    read_only,
    sobject,
    text,
    url,
)

SALUTATIONS: Final = ("Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx.")
INDUSTRIES: Final = ("Education", "Government", "Not For Profit", "Technology", "Other")
GEOCODES: Final = (
    "Address",
    "NearAddress",
    "Block",
    "Street",
    "ExtendedZip",
    "Zip",
    "City",
    "County",
    "State",
    "Unknown",
)


def full_name(values: dict[str, Any]) -> str | None:
    """Join first and last name as the platform's Name field does."""
    parts = (values.get("FirstName"), values.get("LastName"))
    return " ".join(part for part in parts if part) or None


def system_fields(label: str, *, owner: tuple[str, ...] = ("User",)) -> list[Field]:
    """Return the fields that every record has, the id first."""
    fields = [
        read_only(
            Field(
                name="Id",
                label=f"{label} ID",
                type="id",
                length=18,
                required=True,
                defaulted=True,
                id_lookup=True,
            )
        ),
        read_only(checkbox("IsDeleted", "Deleted")),
        read_only(moment("CreatedDate", "Created Date", required=True, defaulted=True)),
        read_only(
            lookup(
                "CreatedById",
                "Created By ID",
                "User",
                relationship="CreatedBy",
                required=True,
                defaulted=True,
            )
        ),
        read_only(moment("LastModifiedDate", "Last Modified Date", required=True, defaulted=True)),
        read_only(
            lookup(
                "LastModifiedById",
                "Last Modified By ID",
                "User",
                relationship="LastModifiedBy",
                required=True,
                defaulted=True,
            )
        ),
        read_only(moment("SystemModstamp", "System Modstamp", required=True, defaulted=True)),
        read_only(date("LastActivityDate", "Last Activity")),
    ]
    if owner:
        fields.append(
            lookup(
                "OwnerId", "Owner ID", *owner, relationship="Owner", required=True, defaulted=True
            )
        )
    return fields


def person_names() -> list[Field]:
    part: dict[str, Any] = {"compound": "Name", "extra_type": "personname"}
    return [
        text("LastName", "Last Name", 80, required=True, **part),
        text("FirstName", "First Name", 40, **part),
        picklist("Salutation", "Salutation", SALUTATIONS, length=40, **part),
        read_only(
            text(
                "Name",
                "Full Name",
                121,
                required=True,
                extra_type="personname",
                compute=full_name,
                name_field=True,
            )
        ),
    ]


def address(prefix: str, label: str, compound: str) -> list[Field]:
    part: dict[str, Any] = {"compound": compound}
    caption = f"{label} " if label else ""
    return [
        Field(
            name=f"{prefix}Street",
            label=f"{caption}Street",
            type="textarea",
            length=255,
            extra_type="plaintextarea",
            **part,
        ),
        text(f"{prefix}City", f"{caption}City", 40, **part),
        text(f"{prefix}State", f"{caption}State/Province", 80, **part),
        text(f"{prefix}PostalCode", f"{caption}Zip/Postal Code", 20, **part),
        text(f"{prefix}Country", f"{caption}Country", 80, **part),
        number(f"{prefix}Latitude", f"{caption}Latitude", 18, 15, **part),
        number(f"{prefix}Longitude", f"{caption}Longitude", 18, 15, **part),
        picklist(
            f"{prefix}GeocodeAccuracy",
            f"{caption}Geocode Accuracy",
            GEOCODES,
            length=40,
            restricted=True,
            **part,
        ),
        read_only(Field(name=compound, label=f"{caption}Address", type="address")),
    ]


def lead(*, sources: tuple[str, ...], statuses: tuple[str, ...]) -> Sobject:
    """Return the standard Lead: LastName and Company required, Status defaulted."""
    choices: tuple[str | Choice, ...] = (
        Choice(value=statuses[0], label=statuses[0], default=True),
        *statuses[1:],
    )
    fields = [
        *system_fields("Lead", owner=("Group", "User")),
        read_only(
            lookup("MasterRecordId", "Master Record ID", "Lead", relationship="MasterRecord")
        ),
        *person_names(),
        text("Title", "Title", 128),
        text("Company", "Company", 255, required=True),
        *address("", "", "Address"),
        phone("Phone", "Phone"),
        phone("MobilePhone", "Mobile Phone"),
        phone("Fax", "Fax"),
        email("Email", "Email", id_lookup=True),
        url("Website", "Website"),
        read_only(url("PhotoUrl", "Photo URL", extra_type="imageurl")),
        long_text("Description", "Description"),
        picklist("LeadSource", "Lead Source", sources),
        picklist("Status", "Status", choices, required=True, defaulted=True, default=statuses[0]),
        picklist("Industry", "Industry", INDUSTRIES),
        picklist("Rating", "Rating", ("Hot", "Warm", "Cold")),
        number("AnnualRevenue", "Annual Revenue", 18, 0, type="currency"),
        integer("NumberOfEmployees", "Employees"),
        checkbox("HasOptedOutOfEmail", "Email Opt Out"),
        checkbox("DoNotCall", "Do Not Call"),
        checkbox("IsConverted", "Converted", updateable=False),
        read_only(date("ConvertedDate", "Converted Date")),
        *(
            read_only(
                lookup(
                    f"Converted{target}Id",
                    f"Converted {target} ID",
                    target,
                    relationship=f"Converted{target}",
                )
            )
            for target in ("Account", "Contact", "Opportunity")
        ),
        checkbox("IsUnreadByOwner", "Unread By Owner", default=True),
        text("EmailBouncedReason", "Email Bounced Reason", 255, createable=False),
        moment("EmailBouncedDate", "Email Bounced Date", createable=False),
    ]
    rule = MatchRule(
        rule="Standard_Lead_Duplicate_Rule",
        match="Standard_Lead_Match_Rule_v1_0",
        fields=("Email", "LastName"),
    )
    return sobject("Lead", "Lead", "00Q", fields, duplicate_rule=rule)


def contact(*, sources: tuple[str, ...]) -> Sobject:
    """Return the standard Contact: only LastName required."""
    fields = [
        *system_fields("Contact"),
        read_only(
            lookup("MasterRecordId", "Master Record ID", "Contact", relationship="MasterRecord")
        ),
        lookup("AccountId", "Account ID", "Account", relationship="Account"),
        *person_names(),
        *address("Other", "Other", "OtherAddress"),
        *address("Mailing", "Mailing", "MailingAddress"),
        phone("Phone", "Business Phone"),
        phone("Fax", "Business Fax"),
        phone("MobilePhone", "Mobile Phone"),
        phone("HomePhone", "Home Phone"),
        phone("OtherPhone", "Other Phone"),
        phone("AssistantPhone", "Asst. Phone"),
        lookup("ReportsToId", "Reports To ID", "Contact", relationship="ReportsTo"),
        email("Email", "Email", id_lookup=True),
        text("Title", "Title", 128),
        text("Department", "Department", 80),
        text("AssistantName", "Assistant's Name", 40),
        picklist("LeadSource", "Lead Source", sources),
        date("Birthdate", "Birthdate"),
        long_text("Description", "Contact Description"),
        checkbox("HasOptedOutOfEmail", "Email Opt Out"),
        checkbox("HasOptedOutOfFax", "Fax Opt Out"),
        checkbox("DoNotCall", "Do Not Call"),
        text("EmailBouncedReason", "Email Bounced Reason", 255),
        moment("EmailBouncedDate", "Email Bounced Date"),
        read_only(checkbox("IsEmailBounced", "Is Email Bounced")),
    ]
    rule = MatchRule(
        rule="Standard_Contact_Duplicate_Rule",
        match="Standard_Contact_Match_Rule_v1_1",
        fields=("Email", "LastName"),
    )
    return sobject("Contact", "Contact", "003", fields, duplicate_rule=rule)


def account() -> Sobject:
    fields = [
        *system_fields("Account"),
        text("Name", "Account Name", 255, required=True, name_field=True),
        picklist("Type", "Account Type", ("High School", "College", "Community Partner", "Other")),
        lookup("ParentId", "Parent Account ID", "Account", relationship="Parent"),
        *address("Billing", "Billing", "BillingAddress"),
        *address("Shipping", "Shipping", "ShippingAddress"),
        phone("Phone", "Account Phone"),
        url("Website", "Website"),
        text("AccountNumber", "Account Number", 40),
        picklist("Industry", "Industry", INDUSTRIES),
        integer("NumberOfEmployees", "Employees"),
        long_text("Description", "Account Description"),
    ]
    return sobject("Account", "Account", "001", fields)


def opportunity() -> Sobject:
    stages = ("Inquiry", "Applied", "Admitted", "Closed Won", "Closed Lost")
    fields = [
        *system_fields("Opportunity"),
        lookup("AccountId", "Account ID", "Account", relationship="Account"),
        lookup("ContactId", "Contact ID", "Contact", relationship=None, updateable=False),
        text("Name", "Name", 120, required=True, name_field=True, id_lookup=True),
        long_text("Description", "Description"),
        picklist("StageName", "Stage", stages, required=True),
        number("Amount", "Amount", 18, 2, type="currency"),
        number("Probability", "Probability (%)", 3, 0, type="percent", defaulted=True),
        date("CloseDate", "Close Date", required=True),
        picklist("Type", "Opportunity Type", ("New", "Returning")),
        picklist("LeadSource", "Lead Source", ("Web", "Halda", "Other")),
    ]
    return sobject("Opportunity", "Opportunity", "006", fields, plural="Opportunities")


def campaign() -> Sobject:
    fields = [
        *system_fields("Campaign"),
        text("Name", "Name", 80, required=True, name_field=True),
        lookup("ParentId", "Parent Campaign ID", "Campaign", relationship="Parent"),
        picklist("Type", "Type", ("Web Form", "Email", "Visit Day", "Fair")),
        picklist("Status", "Status", ("Planned", "In Progress", "Completed")),
        date("StartDate", "Start Date"),
        date("EndDate", "End Date"),
        checkbox("IsActive", "Active"),
        long_text("Description", "Description"),
    ]
    return sobject("Campaign", "Campaign", "701", fields)


def campaign_member() -> Sobject:
    fields = [
        *system_fields("Campaign Member", owner=()),
        lookup(
            "CampaignId",
            "Campaign ID",
            "Campaign",
            relationship="Campaign",
            required=True,
            updateable=False,
        ),
        lookup("LeadId", "Lead ID", "Lead", relationship="Lead", updateable=False),
        lookup("ContactId", "Contact ID", "Contact", relationship="Contact", updateable=False),
        picklist("Status", "Status", ("Sent", "Responded"), length=40),
    ]
    return sobject("CampaignMember", "Campaign Member", "00v", fields)


def task() -> Sobject:
    statuses = (
        Choice(value="Not Started", label="Not Started", default=True),
        "In Progress",
        "Completed",
    )
    fields = [
        *system_fields("Activity", owner=("Group", "User")),
        lookup("WhoId", "Name ID", "Contact", "Lead", relationship="Who"),
        lookup(
            "WhatId", "Related To ID", "Account", "Campaign", "Opportunity", relationship="What"
        ),
        picklist(
            "Subject",
            "Subject",
            ("Call", "Email", "Send Letter", "Other"),
            type="combobox",
            name_field=True,
        ),
        date("ActivityDate", "Due Date Only"),
        picklist(
            "Status", "Status", statuses, required=True, defaulted=True, default="Not Started"
        ),
        picklist(
            "Priority",
            "Priority",
            ("High", "Normal", "Low"),
            length=20,
            required=True,
            defaulted=True,
            default="Normal",
        ),
        long_text("Description", "Description"),
    ]
    return sobject("Task", "Task", "00T", fields)


def user() -> Sobject:
    fields = [
        *system_fields("User", owner=()),
        text("Username", "Username", 80, required=True, id_lookup=True),
        *person_names(),
        email("Email", "Email", required=True),
        checkbox("IsActive", "Active"),
        text("Alias", "Alias", 8, required=True),
        picklist("UserType", "User Type", ("Standard",), createable=False, updateable=False),
        picklist(
            "TimeZoneSidKey",
            "Time Zone",
            ("America/Denver", "America/New_York"),
            restricted=True,
            required=True,
        ),
        picklist("LocaleSidKey", "Locale", ("en_US",), restricted=True, required=True),
    ]
    return sobject("User", "User", "005", fields)


def organization() -> Sobject:
    fields = [
        *system_fields("Organization", owner=()),
        text("Name", "Name", 80, required=True, updateable=False, name_field=True),
        read_only(checkbox("IsSandbox", "Is Sandbox")),
        read_only(text("InstanceName", "Instance Name", 5)),
        read_only(
            picklist(
                "OrganizationType",
                "Edition",
                ("Enterprise Edition", "Developer Edition"),
                length=40,
            )
        ),
        read_only(moment("TrialExpirationDate", "Trial Expiration Date")),
        read_only(text("NamespacePrefix", "Namespace Prefix", 15)),
        picklist("DefaultLocaleSidKey", "Locale", ("en_US",), length=40, restricted=True),
        picklist(
            "TimeZoneSidKey",
            "Time Zone",
            ("America/Denver", "America/New_York"),
            length=40,
            restricted=True,
        ),
    ]
    return sobject("Organization", "Organization", "00D", fields, createable=False)


def record_type() -> Sobject:
    fields = [
        *system_fields("Record Type", owner=()),
        text("Name", "Name", 80, required=True, name_field=True),
        text("DeveloperName", "Record Type Name", 80, required=True),
        text("SobjectType", "SObject Type Name", 40, required=True),
        checkbox("IsActive", "Active"),
        text("Description", "Description", 255),
    ]
    return sobject("RecordType", "Record Type", "012", fields)


def group() -> Sobject:
    fields = [
        *system_fields("Group", owner=()),
        text("Name", "Name", 40, required=True, name_field=True),
        text("DeveloperName", "Developer Name", 80),
        picklist("Type", "Type", ("Queue", "Regular"), length=40, required=True),
        email("Email", "Email"),
    ]
    return sobject("Group", "Group", "00G", fields)


def wide_profile() -> Sobject:
    """Return `Student_Profile__c`, 250 fields of every kind, for screens that must not lag."""
    fields = [
        *system_fields("Student Profile"),
        text("Name", "Student Profile Name", 80, name_field=True),
    ]
    makers = (
        lambda key, label: text(key, label, 255),
        lambda key, label: number(key, label, 18, 2),
        checkbox,
        date,
        lambda key, label: picklist(key, label, ("Low", "Middle", "High"), restricted=True),
        lambda key, label: multi(key, label, ("Arts", "Science", "Sports")),
        lambda key, label: long_text(key, label, 32768),
        moment,
    )
    topics = ("Academics", "Athletics", "Housing", "Aid", "Interest", "Family", "Visit", "Survey")
    serial = 0
    while len(fields) < 250:
        topic = topics[serial % len(topics)]
        maker = makers[serial // len(topics) % len(makers)]
        fields.append(maker(f"{topic}_{serial:03d}__c", f"{topic} {serial:03d}"))
        serial += 1
    return sobject("Student_Profile__c", "Student Profile", "a0P", fields)
