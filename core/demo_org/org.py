"""One org at run time: its shape, its records, its switches, and what its users may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from core.demo_org.catalog import other_objects
from core.demo_org.config import DemoOrgConfig
from core.demo_org.database import Database
from core.demo_org.ids import make_id
from core.demo_org.records import RecordStore
from core.demo_org.schema import Field, Sobject, Values
from core.demo_org.seeding import Seeding
from core.demo_org.setup_objects import SETUP_OBJECTS
from core.demo_org.setup_records import setup_records
from core.demo_org.shapes.shape import DemoUser, OrgShape

# Count up when a university's objects, fields or choices change, so that clients describe anew.
SHAPES_RELEASE: Final = 2


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
    api_disabled, limit_exhausted, setup_hidden (its users may not read rules and flows)."""

    def __init__(self, shape: OrgShape, database: Database, config: DemoOrgConfig) -> None:
        self.shape = shape
        self.clock = config.clock
        self.daily_api_requests = config.daily_api_requests
        self._database = database
        known = frozenset({*shape.sobjects, *SETUP_OBJECTS})
        self._others = {each.name: each for each in other_objects(known, shape.packages)}
        self._others |= SETUP_OBJECTS
        self._folded = {name.lower(): name for name in (*shape.sobjects, *self._others)}
        self.load()

    def load(self) -> None:
        """Read the org from its file, filling it first where it is new."""
        self._visible: dict[str, dict[str, Field]] = {}
        self.cursors: dict[str, list[Values]] = {}
        saved = self._database.setting(f"switches.{self.shape.key}")
        self.switches = Switches.from_json(saved) if saved else Switches(changed_at=self.clock())
        self.records = RecordStore(self._database, self.shape.key, setup_records(self.shape))
        self._serials: dict[str, int] = self._database.setting(f"serials.{self.shape.key}", {})
        if not saved:
            with self.records.transaction():
                Seeding(self).run()
            self.save_switches()
        self._renew_describes(is_new=not saved)

    def _renew_describes(self, *, is_new: bool) -> None:
        """Date the describes of an org that a release with other objects or rules has made."""
        made_by = self._database.setting(f"release.{self.key}", 1)
        if made_by != SHAPES_RELEASE:
            self._database.save_setting(f"release.{self.key}", SHAPES_RELEASE)
            if not is_new:
                self.change_switches()

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
        if known is None or (known in SETUP_OBJECTS and self.has_flag("setup_hidden")):
            return None
        return self.shape.sobjects.get(known) or self._others[known]

    def sobject_of_id(self, record_id: str) -> Sobject | None:
        prefix = record_id[:3]
        for each in (*self.shape.sobjects.values(), *self._others.values()):
            if each.key_prefix == prefix:
                return each
        return None

    def details_of(self, master: Sobject) -> Iterator[tuple[Sobject, Field]]:
        """Yield each object whose records are details of this one's, with its master field."""
        for child in self.shape.sobjects.values():
            for each in child.fields.values():
                if each.master_detail and master.name in each.reference_to:
                    yield child, each

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
