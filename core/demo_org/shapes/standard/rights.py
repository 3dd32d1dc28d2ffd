"""Profiles and permission sets: what a user may do in the whole org, as far as clients ask."""

from core.demo_org.making import checkbox, lookup, sobject, text
from core.demo_org.schema import Field, Sobject
from core.demo_org.shapes.standard.parts import system_fields


def rights() -> tuple[Sobject, ...]:
    """Return the three objects that tell a user's rights."""
    return (_profile(), _permission_set(), _permission_set_assignment())


def _permissions() -> list[Field]:
    return [
        checkbox("PermissionsApiEnabled", "API Enabled"),
        checkbox("PermissionsApiUserOnly", "Api Only User"),
        checkbox("PermissionsModifyAllData", "Modify All Data"),
        checkbox("PermissionsViewAllData", "View All Data"),
    ]


def _profile() -> Sobject:
    fields = [
        *system_fields("Profile", owner=()),
        text("Name", "Name", 255, required=True, name_field=True),
        *_permissions(),
    ]
    return sobject("Profile", "Profile", "00e", fields, createable=False)


def _permission_set() -> Sobject:
    fields = [
        *system_fields("Permission Set", owner=()),
        text("Name", "Permission Set Name", 80, required=True, name_field=True),
        text("Label", "Permission Set Label", 80, required=True),
        checkbox("IsOwnedByProfile", "Is Owned By Profile"),
        lookup("ProfileId", "Profile ID", "Profile", relationship="Profile"),
        *_permissions(),
    ]
    return sobject("PermissionSet", "Permission Set", "0PS", fields)


def _permission_set_assignment() -> Sobject:
    fields = [
        *system_fields("Permission Set Assignment", owner=()),
        lookup(
            "PermissionSetId",
            "Permission Set ID",
            "PermissionSet",
            relationship="PermissionSet",
            required=True,
        ),
        lookup("AssigneeId", "Assignee ID", "User", relationship="Assignee", required=True),
    ]
    return sobject("PermissionSetAssignment", "Permission Set Assignment", "0Pa", fields)
