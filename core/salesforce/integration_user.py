"""What the connected user may do beyond what the connection needs. Reads only."""

from dataclasses import dataclass
from typing import Any

from simple_salesforce.format import format_soql

from core.errors import ConnectionProblem, NotFound, RetryLater, SalesforceError
from core.salesforce.client import SalesforceClient
from core.salesforce.soql import is_salesforce_id

_WITH_PROFILE = (
    "SELECT Id, Username, IsActive, Profile.Name, Profile.PermissionsModifyAllData,"
    " Profile.PermissionsApiUserOnly FROM User WHERE Id = {}"
)
_GRANTED_RIGHTS = (
    "SELECT PermissionSet.Label, PermissionSet.PermissionsModifyAllData,"
    " PermissionSet.PermissionsApiUserOnly FROM PermissionSetAssignment WHERE AssigneeId = {}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IntegrationUser:
    """The user a grant acts as. Rights are None where the user may not read its own."""

    username: str
    is_active: bool
    profile_name: str = ""
    may_modify_all: bool | None = None
    is_api_only: bool | None = None
    rights_from: str = ""  # the profile or permission set that gives Modify All Data


def read_integration_user(client: SalesforceClient, user_id: str) -> IntegrationUser:
    """Return the user with its rights, in at most three calls. NotFound where it sees no user."""
    if not is_salesforce_id(user_id):
        raise NotFound("The grant names no Salesforce user.", advice="Reconnect.")
    try:
        found = client.query(format_soql(_WITH_PROFILE, user_id))
    except (ConnectionProblem, RetryLater):
        raise
    except SalesforceError:  # the profile is hidden from most integration users
        plain = client.user(user_id)
        return _with_granted(
            client, user_id, IntegrationUser(username=plain.username, is_active=plain.is_active)
        )
    if not found:
        raise NotFound("The connected user cannot see itself.", advice="Reconnect.")
    profile = found[0].get("Profile") or {}
    user = IntegrationUser(
        username=str(found[0].get("Username") or ""),
        is_active=bool(found[0].get("IsActive", True)),
        profile_name=str(profile.get("Name") or ""),
        may_modify_all=_flag(profile, "PermissionsModifyAllData"),
        is_api_only=_flag(profile, "PermissionsApiUserOnly"),
        rights_from=str(profile.get("Name") or ""),
    )
    return user if user.may_modify_all else _with_granted(client, user_id, user)


def _with_granted(client: SalesforceClient, user_id: str, user: IntegrationUser) -> IntegrationUser:
    try:
        found = client.query(format_soql(_GRANTED_RIGHTS, user_id))
    except (ConnectionProblem, RetryLater):
        raise
    except SalesforceError:  # needs a setup permission
        return user
    sets = [each.get("PermissionSet") or {} for each in found]
    granting = next((each for each in sets if _flag(each, "PermissionsModifyAllData")), None)
    return IntegrationUser(
        username=user.username,
        is_active=user.is_active,
        profile_name=user.profile_name,
        may_modify_all=granting is not None,
        is_api_only=bool(user.is_api_only)
        or any(_flag(each, "PermissionsApiUserOnly") for each in sets),
        rights_from=str(granting.get("Label") or "") if granting else "",
    )


def _flag(rights: dict[str, Any], name: str) -> bool | None:
    value = rights.get(name)
    return value if isinstance(value, bool) else None
