"""Person accounts: one Account that is a person, with a Contact the platform keeps beside it.

https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_guidelines_personaccounts.htm
"""

from dataclasses import replace
from functools import partial
from typing import Final

from core.demo_org.errors import ApiError
from core.demo_org.making import (
    checkbox,
    date,
    email,
    lookup,
    phone,
    picklist,
    read_only,
    text,
    with_fields,
)
from core.demo_org.schema import Automation, Change, Companion, RecordType, Sobject, Values
from core.demo_org.shapes.standard import account, address, full_name, person_names

_NAMES: Final = ("FirstName", "LastName", "Salutation")
_ON_CONTACT: Final = {
    "PersonEmail": "Email",
    "PersonMobilePhone": "MobilePhone",
    "PersonHomePhone": "HomePhone",
    "PersonBirthdate": "Birthdate",
    "PersonLeadSource": "LeadSource",
    "PersonTitle": "Title",
    "PersonHasOptedOutOfEmail": "HasOptedOutOfEmail",
    "PersonDoNotCall": "DoNotCall",
    "SMS_Opt_Out__pc": "SMS_Opt_Out__c",
    **{
        f"PersonMailing{part}": f"Mailing{part}"
        for part in (
            "Street", "City", "State", "StateCode", "PostalCode", "Country", "CountryCode",
        )
    },
}  # fmt: skip


def person_account(*, sources: tuple[str, ...], record_types: tuple[RecordType, ...]) -> Sobject:
    """Return Account with person fields; the record types named PersonAccount make a person."""
    base = account()
    kinds = frozenset(each.id for each in record_types if each.developer_name == "PersonAccount")
    keep_kind = Automation(name="PersonAccount", run=partial(_keep_kind, kinds), listed=False)
    names = [replace(each, required=False) for each in person_names() if each.name in _NAMES]
    return with_fields(
        base,
        replace(base.fields["Name"], required=False),
        lookup("RecordTypeId", "Record Type ID", "RecordType", relationship="RecordType"),
        *names,
        read_only(checkbox("IsPersonAccount", "Is Person Account")),
        read_only(lookup("PersonContactId", "Contact ID", "Contact", relationship="PersonContact")),
        email("PersonEmail", "Email", id_lookup=True),
        phone("PersonMobilePhone", "Mobile"),
        phone("PersonHomePhone", "Home Phone"),
        date("PersonBirthdate", "Birthdate"),
        picklist("PersonLeadSource", "Lead Source", sources),
        text("PersonTitle", "Title", 80),
        checkbox("PersonHasOptedOutOfEmail", "Email Opt Out"),
        checkbox("PersonDoNotCall", "Do Not Call"),
        *address("PersonMailing", "Mailing", "PersonMailingAddress"),
        checkbox("SMS_Opt_Out__pc", "SMS Opt Out"),
        record_types=record_types,
        automations=(keep_kind,),
        companion=Companion(sobject_name="Contact", link="PersonContactId", values=_on_contact),
    )


def _keep_kind(kinds: frozenset[str], change: Change) -> None:
    record = change.record
    record["IsPersonAccount"] = record.get("RecordTypeId") in kinds
    if not record["IsPersonAccount"]:
        _refuse_sent(change, *(name for name in _NAMES if record.get(name)))
        _require(record, "Name")
        return
    if change.moved("Name"):
        _refuse_sent(change, "Name")
    _require(record, "LastName")
    record["Name"] = full_name(record)


def _refuse_sent(change: Change, *names: str) -> None:
    closed = [name for name in names if change.moved(name)]
    if closed:
        listed = ", ".join(closed)
        raise ApiError(
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            f"Unable to create/update fields: {listed}. Please check the security settings of "
            "this field and verify that it is read/write for your profile or permission set.",
            fields=tuple(closed),
        )


def _require(record: Values, name: str) -> None:
    if record.get(name) is None:
        raise ApiError(
            "REQUIRED_FIELD_MISSING", f"Required fields are missing: [{name}]", fields=(name,)
        )


def _on_contact(record: Values) -> Values | None:
    if not record.get("IsPersonAccount"):
        return None
    shared = {ours: record.get(name) for name, ours in _ON_CONTACT.items()}
    names = {name: record.get(name) for name in _NAMES}
    return {**shared, **names, "AccountId": record["Id"], "IsPersonAccount": True}
