"""Fill a new org with its users, record types and people."""

from typing import TYPE_CHECKING, Final

from core.demo_org.computed import finish_record, put_companion
from core.demo_org.describe import MASTER_RECORD_TYPE
from core.demo_org.schema import Values
from core.demo_org.shapes.shape import SeedRecord

if TYPE_CHECKING:
    from core.demo_org.org import Org

_ADMINISTRATOR: Final = "System Administrator"
_LEAST: Final = "Minimum Access - Salesforce"
ORG_WIDE_CREATED_AT: Final = "2026-01-05T09:00:00.000+0000"


class Seeding:
    """Fills a new org. Runs once, so it writes values as given, without the org's rules."""

    def __init__(self, org: "Org") -> None:
        self._org = org
        self._named: dict[str, str] = {}
        self._owner_id = org.shape.user_id(org.shape.users[1])

    def run(self) -> None:
        self._save_organization()
        self._save_profiles()
        self._save_users()
        self._save_record_types()
        for seed in self._org.shape.seed():
            self._seed(seed)

    def _save_organization(self) -> None:
        shape = self._org.shape
        values = {
            "Name": shape.name,
            "IsSandbox": shape.is_sandbox,
            "InstanceName": "DEMO1",
            "OrganizationType": "Enterprise Edition",
            "TimeZoneSidKey": shape.time_zone,
            "DefaultLocaleSidKey": "en_US",
        }
        self._save("Organization", shape.org_id, values)

    def _save_profiles(self) -> None:
        """Two profiles and the integration user's permission set, which the platform has, too."""
        for name, may_all in ((_ADMINISTRATOR, True), (_LEAST, False)):
            rights = {"PermissionsModifyAllData": may_all, "PermissionsViewAllData": may_all}
            self._seed(
                SeedRecord(
                    sobject_name="Profile",
                    name=name,
                    values={"Name": name, "PermissionsApiEnabled": True, **rights},
                )
            )
        integration = next(user for user in self._org.shape.users if user.is_integration)
        label = {"Name": "Halda_Integration", "Label": "Halda Integration"}
        self._seed(SeedRecord(sobject_name="PermissionSet", name="halda", values=label))
        assignment = {
            "PermissionSetId": "@halda",
            "AssigneeId": self._org.shape.user_id(integration),
        }
        self._seed(SeedRecord(sobject_name="PermissionSetAssignment", values=assignment))

    def _save_users(self) -> None:
        shape = self._org.shape
        for user in shape.users:
            profile = _LEAST if user.is_integration else _ADMINISTRATOR
            values = {
                "Username": user.username,
                "FirstName": user.first_name,
                "LastName": user.last_name,
                "Email": user.username,
                "IsActive": user.is_active,
                "Alias": user.last_name[:8].lower(),
                "UserType": "Standard",
                "ProfileId": self._named[profile],
                "TimeZoneSidKey": shape.time_zone,
                "LocaleSidKey": "en_US",
            }
            self._save("User", shape.user_id(user), values)

    def _save_record_types(self) -> None:
        for sobject in self._org.shape.sobjects.values():
            for kind in sobject.record_types:
                if kind.id == MASTER_RECORD_TYPE.id:
                    continue
                self._named[kind.developer_name] = kind.id
                values = {
                    "Name": kind.name,
                    "DeveloperName": kind.developer_name,
                    "SobjectType": sobject.name,
                    "IsActive": True,
                }
                self._save("RecordType", kind.id, values)

    def _seed(self, seed: SeedRecord) -> None:
        sobject = self._org.shape.sobjects[seed.sobject_name]
        record_id = self._org.new_id(sobject)
        if seed.name:
            self._named[seed.name] = record_id
        values = {
            key: self._named[value[1:]] if isinstance(value, str) and value[:1] == "@" else value
            for key, value in seed.values.items()
        }
        saved = self._save(seed.sobject_name, record_id, values, is_deleted=seed.is_deleted)
        if seed.name and sobject.companion:
            self._named[f"{seed.name}'s contact"] = saved.get(sobject.companion.link, "")

    def _save(
        self, sobject_name: str, record_id: str, values: Values, *, is_deleted: bool = False
    ) -> Values:
        sobject = self._org.shape.sobjects[sobject_name]
        record: Values = {
            **sobject.defaults(),
            "Id": record_id,
            "IsDeleted": is_deleted,
            "OwnerId": self._owner_id,
            "CreatedById": self._owner_id,
            "LastModifiedById": self._owner_id,
            "CreatedDate": ORG_WIDE_CREATED_AT,
            "LastModifiedDate": ORG_WIDE_CREATED_AT,
            "SystemModstamp": ORG_WIDE_CREATED_AT,
            **{key: value for key, value in values.items() if value is not None},
        }
        finish_record(self._org.next_serial, sobject, record)
        put_companion(self._org, sobject, record)
        self._org.records.put(sobject_name, record)
        return record
