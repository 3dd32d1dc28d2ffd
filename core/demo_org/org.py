"""One org at run time: its shape, its records, its switches, and what its users may see."""

from collections.abc import Iterator
from typing import Final

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
from core.demo_org.switches import Flag, Switches, as_allowed, other_org_id

# Count up when a university's objects, fields or choices change, so that clients describe anew.
SHAPES_RELEASE: Final = 2


class Org:
    """A university's org, as its switches let its users see it."""

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
        self._allowed: dict[str, Sobject] = {}
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
        """The org's id; another one after a refresh."""
        own = self.shape.org_id
        return other_org_id(own) if self.has_flag(Flag.REFRESHED) else own

    def sobjects(self) -> Iterator[Sobject]:
        """Yield every object of the org in the order of its API name."""
        every = {**self._others, **self.shape.sobjects}
        for name in sorted(every):
            yield every[name]

    def sobject(self, name: str) -> Sobject | None:
        known = self._folded.get(name.lower())
        if known is None or (known in SETUP_OBJECTS and self.has_flag(Flag.SETUP_HIDDEN)):
            return None
        if known not in self._allowed:
            found = self.shape.sobjects.get(known) or self._others[known]
            self._allowed[known] = as_allowed(found, self.switches)
        return self._allowed[known]

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
        self._allowed.clear()
        self._database.save_setting(f"switches.{self.key}", self.switches.to_json())

    def change_switches(self) -> None:
        """Save the switches as changed now, which also renews the describes."""
        # Last-Modified tells whole seconds: two changes within one must still be told apart.
        self.switches.changed_at = max(self.clock(), int(self.switches.changed_at) + 1)
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

    def has_flag(self, flag: Flag) -> bool:
        return flag in self.switches.flags
