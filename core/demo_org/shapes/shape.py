"""What one university is made of: its org, its people with a login, its objects and records."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from core.demo_org.ids import make_id
from core.demo_org.schema import Sobject, Values

DEMO_PASSWORD: Final = "demo-password-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUser:
    """A login; `serial` makes the user id."""

    serial: int
    username: str
    first_name: str
    last_name: str
    is_active: bool = True
    is_integration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRecord:
    """A record of a new org; `name` lets later ones refer to it as `@name`."""

    sobject_name: str
    values: Values
    name: str | None = None
    is_deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgShape:
    """One university. `pod` is the pair of letters its record ids carry."""

    key: str
    name: str
    pod: str
    users: tuple[DemoUser, ...]
    sobjects: Mapping[str, Sobject]
    seed: Callable[[], Iterable[SeedRecord]]
    packages: tuple[str, ...] = ()
    refresh_rotation: bool = False
    is_sandbox: bool = False
    time_zone: str = "America/Denver"

    @property
    def org_id(self) -> str:
        return make_id("00D", self.pod, 1)

    def user_id(self, user: DemoUser) -> str:
        return make_id("005", self.pod, user.serial)

    @property
    def domain(self) -> str:
        return f"{self.key}.demo"


def demo_users(domain: str) -> tuple[DemoUser, ...]:
    """Return the three logins of a university: integration user, administrator, a leaver."""
    return (
        DemoUser(
            serial=1,
            username=f"integration@{domain}",
            first_name="Halda",
            last_name="Integration",
            is_integration=True,
        ),
        DemoUser(
            serial=2, username=f"dana.whitfield@{domain}", first_name="Dana", last_name="Whitfield"
        ),
        DemoUser(
            serial=3,
            username=f"former.colleague@{domain}",
            first_name="Former",
            last_name="Colleague",
            is_active=False,
        ),
    )
