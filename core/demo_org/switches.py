"""What an administrator, or a tester, has changed about an org, and what its users then may do."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from core.demo_org.schema import Field, RecordType, Sobject

# The lists of `Switches`, by name.
LISTS: Final = (
    "inactive_users",
    "hidden_fields",
    "read_only_fields",
    "no_create",
    "no_edit",
    "unassigned_record_types",
    "failing_describes",
)
_OTHER_ORG: Final = "9"


class Flag(StrEnum):
    """The switches that are on or off."""

    IP_RESTRICTED = "ip_restricted"
    APP_BLOCKED = "app_blocked"
    APP_NOT_INSTALLED = "app_not_installed"
    API_DISABLED = "api_disabled"
    LIMIT_EXHAUSTED = "limit_exhausted"
    STORAGE_FULL = "storage_full"
    REFRESHED = "refreshed"  # as a sandbox after its refresh: the same address, another org id
    SETUP_HIDDEN = "setup_hidden"  # its users may not read rules and flows


@dataclass(slots=True)
class Switches:
    """Fields are named `Object.Field`, record types `Object.DeveloperName`, objects by API name."""

    inactive_users: set[str] = field(default_factory=set)
    hidden_fields: set[str] = field(default_factory=set)
    read_only_fields: set[str] = field(default_factory=set)
    no_create: set[str] = field(default_factory=set)
    no_edit: set[str] = field(default_factory=set)
    unassigned_record_types: set[str] = field(default_factory=set)
    failing_describes: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    changed_at: float = 0.0

    def to_json(self) -> dict[str, Any]:
        lists = {name: sorted(getattr(self, name)) for name in (*LISTS, "flags")}
        return {**lists, "changed_at": self.changed_at}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> "Switches":
        """Read what `to_json` wrote, also that of an org from before a list was there."""
        lists = {name: set(body.get(name, ())) for name in (*LISTS, "flags")}
        return cls(**lists, changed_at=body["changed_at"])


def as_allowed(sobject: Sobject, switches: Switches) -> Sobject:
    """Return the object with what the permissions of the org's users leave of it."""
    name = sobject.name
    listed = (*switches.read_only_fields, *switches.unassigned_record_types)
    is_free = not any(each.startswith(f"{name}.") for each in listed)
    if is_free and name not in switches.no_create | switches.no_edit:
        return sobject
    return replace(
        sobject,
        createable=sobject.createable and name not in switches.no_create,
        updateable=sobject.updateable and name not in switches.no_edit,
        fields={each: _field(sobject, found, switches) for each, found in sobject.fields.items()},
        by_folded_name={
            each: _field(sobject, found, switches) for each, found in sobject.by_folded_name.items()
        },
        record_types=tuple(_kind(sobject, each, switches) for each in sobject.record_types),
    )


def _field(sobject: Sobject, found: Field, switches: Switches) -> Field:
    is_locked = f"{sobject.name}.{found.name}" in switches.read_only_fields
    return replace(found, createable=False, updateable=False) if is_locked else found


def _kind(sobject: Sobject, kind: RecordType, switches: Switches) -> RecordType:
    is_closed = f"{sobject.name}.{kind.developer_name}" in switches.unassigned_record_types
    return replace(kind, available=False) if is_closed else kind


def other_org_id(org_id: str) -> str:
    """The id of the org that stands at the same address after a refresh."""
    return f"{org_id[:5]}{_OTHER_ORG}{org_id[6:]}"
