"""Opportunity, campaigns and tasks as a fresh org describes them."""

from core.demo_org.errors import ApiError
from core.demo_org.making import (
    checkbox,
    date,
    long_text,
    lookup,
    number,
    picklist,
    sobject,
    text,
)
from core.demo_org.schema import Automation, Change, Choice, Sobject
from core.demo_org.shapes.standard.parts import (
    system_fields,
)


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
    once = Automation(name="CampaignMember", run=_refuse_second_membership, listed=False)
    return sobject("CampaignMember", "Campaign Member", "00v", fields, automations=(once,))


def _refuse_second_membership(change: Change) -> None:
    record = change.record
    if change.before is not None:
        return
    for member in change.find("CampaignMember", "CampaignId", record.get("CampaignId")):
        for name in ("LeadId", "ContactId"):
            if record.get(name) is not None and member.get(name) == record[name]:
                raise ApiError("DUPLICATE_VALUE", "Already a campaign member.")


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
