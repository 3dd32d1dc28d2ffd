"""The platform's own objects with the lengths and flags that a fresh org describes."""

from core.demo_org.shapes.standard.parts import address, full_name, person_names, system_fields
from core.demo_org.shapes.standard.people import account, contact, lead
from core.demo_org.shapes.standard.places import with_place_picklists
from core.demo_org.shapes.standard.profile import wide_profile
from core.demo_org.shapes.standard.rights import rights
from core.demo_org.shapes.standard.sales import campaign, campaign_member, opportunity, task
from core.demo_org.shapes.standard.setup import group, organization, record_type, user

__all__ = [
    "account",
    "address",
    "campaign",
    "campaign_member",
    "contact",
    "full_name",
    "group",
    "lead",
    "opportunity",
    "organization",
    "person_names",
    "record_type",
    "rights",
    "system_fields",
    "task",
    "user",
    "wide_profile",
    "with_place_picklists",
]
