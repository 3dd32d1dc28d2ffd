"""Users, queues, the organisation and its record types."""

from core.demo_org.making import (
    checkbox,
    email,
    lookup,
    moment,
    picklist,
    read_only,
    sobject,
    text,
)
from core.demo_org.schema import (
    Sobject,
)
from core.demo_org.shapes.standard.parts import (
    person_names,
    system_fields,
)


def user() -> Sobject:
    fields = [
        *system_fields("User", owner=()),
        text("Username", "Username", 80, required=True, id_lookup=True),
        *person_names(),
        email("Email", "Email", required=True),
        checkbox("IsActive", "Active"),
        text("Alias", "Alias", 8, required=True),
        lookup("ProfileId", "Profile ID", "Profile", relationship="Profile", required=True),
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
