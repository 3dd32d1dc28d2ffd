"""What every function of this room takes first. Built once by the console's start."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from core.connect.parsed import ParsedCache
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp
from core.settings import Settings
from core.store.engine import Store


@dataclass(frozen=True, slots=True)
class ConnectContext:
    """The store, the settings and the wire. `pause` waits between looks at a lease."""

    store: Store
    settings: Settings
    http: OrgHttp
    hosts: HostRules
    pause: Callable[[float], None] = time.sleep
    parsed: ParsedCache = field(default_factory=ParsedCache)
