"""What is known about a connection when its checks are drawn up. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.connect.connections import ConnectionView
from core.connect.credentials import CredentialStatus
from core.connect.propagation import Propagation
from core.errors import ConsoleError
from core.mapping.describe import SobjectDescribe
from core.mapping.model import MappingDraft
from core.salesforce.client import Organization
from core.salesforce.integration_user import IntegrationUser
from core.salesforce.introspection import Introspection


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFacts:
    """The stored grant, without its tokens. `was_cut_short`: a renewal never ended."""

    issued_at: datetime
    renewed_at: datetime | None
    has_refresh_token: bool
    was_cut_short: bool

    @property
    def used_at(self) -> datetime:
        return self.renewed_at or self.issued_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store says before anybody is asked."""

    connection: ConnectionView
    now: datetime
    callback_url: str
    egress_addresses: str
    propagation: Propagation
    credentials: CredentialStatus
    grant: GrantFacts | None = None
    mapping: MappingDraft | None = None
    mapping_name: str = ""


@dataclass(slots=True, kw_only=True)
class Answers:
    """What the org said. None: not asked. `failure` is what ended the questions."""

    versions: tuple[str, ...] | ConsoleError | None = None
    introspection: Introspection | ConsoleError | None = None
    organization: Organization | ConsoleError | None = None
    user: IntegrationUser | ConsoleError | None = None
    limits: Mapping[str, tuple[int, int]] | ConsoleError | None = None
    usage: tuple[int, int] | None = None
    describes: dict[str, SobjectDescribe | ConsoleError] = field(default_factory=dict)
    failure: ConsoleError | None = None
    was_renewed: bool = False
    api_calls: int = 0

    @property
    def has_answered(self) -> bool:
        """Whether the org let a data call of this grant through."""
        return self.organization is not None and not isinstance(self.organization, ConsoleError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    known: Known
    answers: Answers
