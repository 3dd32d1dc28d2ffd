"""What the EDA package's triggers do to a Contact before it is saved, with its own messages.

https://github.com/SalesforceFoundation/EDA
"""

from typing import Final

from core.demo_org.errors import ApiError
from core.demo_org.schema import Automation, Change, Values

_EMAILS: Final = {
    "hed__AlternateEmail__c": "Alternate Email",
    "hed__UniversityEmail__c": "University Email",
    "hed__WorkEmail__c": "Work Email",
}
_PHONES: Final = {
    "AssistantPhone": "Asst. Phone",
    "Fax": "Business Fax",
    "HomePhone": "Home Phone",
    "MobilePhone": "Mobile Phone",
    "OtherPhone": "Other Phone",
    "hed__WorkPhone__c": "Work Phone",
}
_STANDARD_EMAILS: Final = ("Email", "Email (standard)")
_STANDARD_PHONES: Final = ("Business Phone", "Phone (standard)")
_EMAIL_REQUIRED: Final = "Select a value for Preferred Email."
_EMAIL_BLANK: Final = (
    "The email field you selected in Preferred Email is blank. Either choose a different Preferred "
    "Email, or add a value for that email field."
)
_EMAIL_UNKNOWN: Final = (
    "We can't find the email specified in Preferred Email. Make sure that you're entering the "
    "field label of an existing custom email field."
)
_PHONE_REQUIRED: Final = "Select a value for Preferred Phone."
_PHONE_BLANK: Final = "The phone selected for Preferred Phone can't be blank."
_PHONE_UNKNOWN: Final = (
    "We can't find the Phone specified in Preferred Phone. Make sure that you're entering the "
    "field label of an existing custom Phone field."
)


def contact_automations() -> tuple[Automation, ...]:
    """Return the package's trigger on Contact, whose handlers run in the order it ships them."""
    return (Automation(name="TDTM_Contact", namespace="hed", run=_before_contact),)


def _before_contact(change: Change) -> None:
    _follow_do_not_contact(change)
    _follow_preferred_email(change)
    _follow_preferred_phone(change)


def _follow_do_not_contact(change: Change) -> None:
    record = change.record
    is_new = change.before is None
    if change.moved("hed__Deceased__c") and (record["hed__Deceased__c"] or not is_new):
        record["hed__Do_Not_Contact__c"] = record["hed__Deceased__c"]
    is_set = bool(record.get("hed__Do_Not_Contact__c"))
    if is_set if is_new else change.moved("hed__Do_Not_Contact__c"):
        record |= {"HasOptedOutOfEmail": is_set, "DoNotCall": is_set, "HasOptedOutOfFax": is_set}


def _follow_preferred_email(change: Change) -> None:
    record = change.record
    preferred = record.get("hed__Preferred_Email__c")
    held = _held(record, _EMAILS)
    if not held:
        _without_own_emails(change, preferred)
    elif preferred is None and len(held) > 1:
        raise _refusal(_EMAIL_REQUIRED)
    elif preferred is None:
        [field_name] = held
        record |= {
            "hed__Preferred_Email__c": _EMAILS[field_name],
            "Email": record[field_name],
        }
    elif preferred not in _STANDARD_EMAILS:
        field_name = _named(_EMAILS, preferred, _EMAIL_UNKNOWN)
        if field_name not in held:
            raise _refusal(_EMAIL_BLANK)
        record["Email"] = record[field_name]


def _without_own_emails(change: Change, preferred: str | None) -> None:
    record = change.record
    if preferred is not None:
        raise _refusal(_EMAIL_BLANK)
    if record.get("Email") is None:
        return
    if change.before is not None and _held(change.before, _EMAILS):
        record["Email"] = None
        return
    record["hed__AlternateEmail__c"] = record["Email"]
    record["hed__Preferred_Email__c"] = "Alternate Email"


def _follow_preferred_phone(change: Change) -> None:
    record = change.record
    preferred = record.get("hed__PreferredPhone__c")
    held = _held(record, _PHONES)
    if not held:
        _without_own_phones(change, preferred)
    elif preferred is None and len(held) > 1:
        raise _refusal(_PHONE_REQUIRED)
    elif preferred is None:
        [field_name] = held
        record |= {"hed__PreferredPhone__c": _PHONES[field_name], "Phone": record[field_name]}
    elif preferred not in _STANDARD_PHONES:
        field_name = _named(_PHONES, preferred, _PHONE_UNKNOWN)
        if field_name not in held:
            raise _refusal(_PHONE_BLANK)
        record["Phone"] = record[field_name]


def _without_own_phones(change: Change, preferred: str | None) -> None:
    record = change.record
    if preferred is not None:
        raise _refusal(_PHONE_BLANK)
    if record.get("Phone") is None:
        return
    if change.before is not None and _held(change.before, _PHONES):
        record["Phone"] = None
        return
    record["OtherPhone"] = record["Phone"]
    record["hed__PreferredPhone__c"] = "Other Phone"


def _held(record: Values, labels: dict[str, str]) -> list[str]:
    return [name for name in labels if record.get(name) is not None]


def _named(labels: dict[str, str], preferred: str, message: str) -> str:
    for name, label in labels.items():
        if label == preferred:
            return name
    raise _refusal(message)


def _refusal(message: str) -> ApiError:
    return ApiError("FIELD_CUSTOM_VALIDATION_EXCEPTION", message, fields=())
