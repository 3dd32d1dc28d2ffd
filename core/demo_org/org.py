"""One org at run time: its shape, its records, its switches, and what its users may see."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.demo_org.catalog import other_objects
from core.demo_org.config import DemoOrgConfig
from core.demo_org.database import Database
from core.demo_org.describe import MASTER_RECORD_TYPE
from core.demo_org.ids import make_id
from core.demo_org.records import RecordStore
from core.demo_org.schema import Field, Sobject, Values
from core.demo_org.shapes.shape import DemoUser, OrgShape, SeedRecord

ORG_WIDE_CREATED_AT: Final = "2026-01-05T09:00:00.000+0000"


def to_timestamp(seconds: float) -> str:
    """Write a moment as the platform answers it, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.000+0000", time.gmtime(seconds))


@dataclass(slots=True)
class Switches:
    """What an administrator, or a tester, has changed about the org."""

    inactive_users: set[str] = field(default_factory=set)
    hidden_fields: set[str] = field(default_factory=set)
    failing_describes: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    changed_at: float = 0.0

    def to_json(self) -> dict[str, Any]:
        return {
            "inactive_users": sorted(self.inactive_users),
            "hidden_fields": sorted(self.hidden_fields),
            "failing_describes": sorted(self.failing_describes),
            "flags": sorted(self.flags),
            "changed_at": self.changed_at,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Switches":
        return cls(
            inactive_users=set(body["inactive_users"]),
            hidden_fields=set(body["hidden_fields"]),
            failing_describes=set(body["failing_describes"]),
            flags=set(body["flags"]),
            changed_at=body["changed_at"],
        )


class Org:
    """A university's org. `flags` of its switches: ip_restricted, app_blocked, app_not_installed,
    api_disabled, limit_exhausted."""

    def __init__(self, shape: OrgShape, database: Database, config: DemoOrgConfig) -> None:
        self.shape = shape
        self.clock = config.clock
        self.daily_api_requests = config.daily_api_requests
        self._database = database
        self._others = {
            each.name: each for each in other_objects(frozenset(shape.sobjects), shape.packages)
        }
        self._folded = {name.lower(): name for name in (*shape.sobjects, *self._others)}
        self.load()

    def load(self) -> None:
        """Read the org from its file, filling it first where it is new."""
        self._visible: dict[str, dict[str, Field]] = {}
        self.cursors: dict[str, list[Values]] = {}
        saved = self._database.setting(f"switches.{self.shape.key}")
        self.switches = Switches.from_json(saved) if saved else Switches(changed_at=self.clock())
        self.records = RecordStore(self._database, self.shape.key)
        self._serials: dict[str, int] = self._database.setting(f"serials.{self.shape.key}", {})
        if not saved:
            with self.records.transaction():
                _Seeding(self).run()
            self.save_switches()

    @property
    def key(self) -> str:
        return self.shape.key

    @property
    def org_id(self) -> str:
        return self.shape.org_id

    def sobjects(self) -> Iterator[Sobject]:
        """Yield every object of the org in the order of its API name."""
        every = {**self._others, **self.shape.sobjects}
        for name in sorted(every):
            yield every[name]

    def sobject(self, name: str) -> Sobject | None:
        known = self._folded.get(name.lower())
        if known is None:
            return None
        return self.shape.sobjects.get(known) or self._others[known]

    def sobject_of_id(self, record_id: str) -> Sobject | None:
        prefix = record_id[:3]
        for each in (*self.shape.sobjects.values(), *self._others.values()):
            if each.key_prefix == prefix:
                return each
        return None

    def visible_fields(self, sobject: Sobject) -> dict[str, Field]:
        """Return the fields that the running user may see, in order."""
        fields = self._visible.get(sobject.name)
        if fields is None:
            hidden = self.switches.hidden_fields
            fields = {
                name: each
                for name, each in sobject.fields.items()
                if not each.hidden and f"{sobject.name}.{name}" not in hidden
            }
            self._visible[sobject.name] = fields
        return fields

    def visible_field(self, sobject: Sobject, name: str) -> Field | None:
        found = sobject.find(name)
        return found if found and found.name in self.visible_fields(sobject) else None

    def save_switches(self) -> None:
        self._visible.clear()
        self._database.save_setting(f"switches.{self.key}", self.switches.to_json())

    def change_switches(self) -> None:
        """Save the switches as changed now, which also renews the describes."""
        self.switches.changed_at = self.clock()
        self.save_switches()

    def next_serial(self, name: str) -> int:
        """Count one up; used for record ids and auto numbers."""
        serial = self._serials.get(name, 0) + 1
        self._serials[name] = serial
        self._database.save_setting(f"serials.{self.key}", self._serials)
        return serial

    def new_id(self, sobject: Sobject) -> str:
        return make_id(sobject.key_prefix or "000", self.shape.pod, self.next_serial(sobject.name))

    def user(self, user_id: str) -> DemoUser | None:
        return next((u for u in self.shape.users if self.shape.user_id(u) == user_id), None)

    def is_active(self, user: DemoUser) -> bool:
        return user.is_active and user.username not in self.switches.inactive_users

    def has_flag(self, name: str) -> bool:
        return name in self.switches.flags


class _Seeding:
    """Fills a new org. Runs once, so it writes values as given, without the org's rules."""

    def __init__(self, org: Org) -> None:
        self._org = org
        self._named: dict[str, str] = {}
        self._owner_id = org.shape.user_id(org.shape.users[1])

    def run(self) -> None:
        shape = self._org.shape
        self._save(
            "Organization",
            shape.org_id,
            {
                "Name": shape.name,
                "IsSandbox": shape.is_sandbox,
                "InstanceName": "DEMO1",
                "OrganizationType": "Enterprise Edition",
                "TimeZoneSidKey": shape.time_zone,
                "DefaultLocaleSidKey": "en_US",
            },
        )
        for user in shape.users:
            self._save(
                "User",
                shape.user_id(user),
                {
                    "Username": user.username,
                    "FirstName": user.first_name,
                    "LastName": user.last_name,
                    "Email": user.username,
                    "IsActive": user.is_active,
                    "Alias": user.last_name[:8].lower(),
                    "UserType": "Standard",
                    "TimeZoneSidKey": shape.time_zone,
                    "LocaleSidKey": "en_US",
                },
            )
        for sobject in shape.sobjects.values():
            for kind in sobject.record_types:
                if kind.id != MASTER_RECORD_TYPE.id:
                    self._save(
                        "RecordType",
                        kind.id,
                        {
                            "Name": kind.name,
                            "DeveloperName": kind.developer_name,
                            "SobjectType": sobject.name,
                            "IsActive": True,
                        },
                    )
        for seed in shape.seed():
            self._seed(seed)

    def _seed(self, seed: SeedRecord) -> None:
        sobject = self._org.shape.sobjects[seed.sobject_name]
        record_id = self._org.new_id(sobject)
        if seed.name:
            self._named[seed.name] = record_id
        values = {
            key: self._named[value[1:]] if isinstance(value, str) and value[:1] == "@" else value
            for key, value in seed.values.items()
        }
        self._save(seed.sobject_name, record_id, values, is_deleted=seed.is_deleted)

    def _save(
        self, sobject_name: str, record_id: str, values: Values, *, is_deleted: bool = False
    ) -> None:
        sobject = self._org.shape.sobjects[sobject_name]
        record: Values = {
            **{
                each.name: each.default
                for each in sobject.fields.values()
                if each.default is not None
            },
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
        finish_record(self._org, sobject, record)
        self._org.records.put(sobject_name, record)


def finish_record(org: Org, sobject: Sobject, record: Values) -> None:
    """Fill what the platform computes: auto numbers, formulas and the full name."""
    for each in sobject.fields.values():
        if each.number_format and each.name not in record:
            serial = org.next_serial(f"{sobject.name}.{each.name}")
            record[each.name] = each.number_format.format(serial)
    for each in sobject.fields.values():
        if each.compute:
            record[each.name] = each.compute(record)
