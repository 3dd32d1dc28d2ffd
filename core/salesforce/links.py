"""Addresses of an org's own pages, for people to open. Pure; no token ever goes along."""

import re

from core.salesforce.hosts import is_org_origin
from core.salesforce.soql import is_salesforce_id

_SOBJECT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")


# Object Manager's lists know an object by its API name; the others are lists of the whole org.
_SETUP_PAGES = {
    "validation rule": "ObjectManager/{}/ValidationRules/view",
    "trigger": "ObjectManager/{}/ApexTriggers/view",
    "flow": "Flows/home",
    "duplicate rule": "DuplicateRules/home",
}


def setup_url(instance_url: str, sobject_name: str, kind: str) -> str:
    """Return the page of Setup that lists an object's rules; empty as for `record_url`."""
    origin, page = instance_url.rstrip("/"), _SETUP_PAGES.get(kind, "")
    if not page or not _SOBJECT_NAME.fullmatch(sobject_name) or not is_org_origin(origin):
        return ""
    return f"{origin}/lightning/setup/{page.format(sobject_name)}"


def record_url(instance_url: str, sobject_name: str, record_id: str) -> str:
    """Return the Lightning page of a record; empty where host, object or id is not plainly one.

    An org that is not Salesforce's own, such as the demo org, has no such pages.
    """
    origin = instance_url.rstrip("/")
    is_record = _SOBJECT_NAME.fullmatch(sobject_name) and is_salesforce_id(record_id)
    if not is_record or not is_org_origin(origin):
        return ""
    return f"{origin}/lightning/r/{sobject_name}/{record_id}/view"
