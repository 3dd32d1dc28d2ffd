"""Lead, Contact and Account with the lengths and flags that a fresh org describes."""

from core.demo_org.making import (
    checkbox,
    date,
    email,
    integer,
    long_text,
    lookup,
    moment,
    number,
    phone,
    picklist,
    read_only,
    sobject,
    text,
    url,
)
from core.demo_org.schema import (
    Choice,
    MatchRule,
    Sobject,
)
from core.demo_org.shapes.standard.parts import (
    INDUSTRIES,
    address,
    person_names,
    system_fields,
)


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
