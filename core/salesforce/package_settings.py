"""Which of a package's rules a university has switched off, as the package keeps it.

EDA: Hierarchy Settings, a custom setting that every user may read.
https://github.com/SalesforceFoundation/EDA
"""

from core.errors import SalesforceError
from core.salesforce.composite import Record

_SWITCHES = {
    "hed__Disable_Preferred_Email_Enforcement__c": "hed__Preferred_Email__c",
    "hed__Disable_Preferred_Phone_Enforcement__c": "hed__PreferredPhone__c",
}
_ORGANIZATION = "00D"


def eda_settings_query() -> str:
    """Return the question; an org without the package refuses it."""
    names = ", ".join(_SWITCHES)
    return f"SELECT SetupOwnerId, {names} FROM hed__Hierarchy_Settings__c"  # noqa: S608  ours


def unenforced_fields(answer: list[Record] | SalesforceError) -> tuple[str, ...]:
    """Return the fields by which EDA does not keep e-mail or phone, by the whole org's setting.

    Refused, or never set, it is enforced: that is the package's default.
    """
    if isinstance(answer, SalesforceError):
        return ()
    of_org = [r for r in answer if str(r.get("SetupOwnerId") or "").startswith(_ORGANIZATION)]
    return tuple(
        field_name
        for switch, field_name in _SWITCHES.items()
        if any(record.get(switch) is True for record in of_org)
    )
