"""What one running console holds. Opened once by a process, shared by its pages and routes."""

import os
import threading
from dataclasses import dataclass

from core.connect.context import ConnectContext
from core.connect.looking_after import look_after_connections
from core.preview.runs import PreviewRunner
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp, Timeouts
from core.settings import Settings
from core.store.engine import Store
from core.work.engine import WorkEngine


@dataclass(frozen=True, slots=True)
class Console:
    """Settings, store, the way to the orgs, the background engine and the runner of previews."""

    settings: Settings
    store: Store
    connect: ConnectContext
    work: WorkEngine
    runner: PreviewRunner

    def close(self) -> None:
        self.work.close()
        self.store.close()


def open_console(settings: Settings) -> Console:
    """Open the store and build what the pages need. Raises StartRefused where it is unsafe.

    The background engine is not launched: commands that start no such work do without it.
    """
    store = Store.open(settings)
    hosts = HostRules(demo_origin=settings.demo_org_url if settings.demo_org else None)
    http = OrgHttp(
        hosts,
        ca_bundle=settings.ca_bundle,
        timeouts=Timeouts(token=settings.token_deadline_seconds),
        egress_addresses=settings.egress_addresses,
    )
    connect = ConnectContext(store=store, settings=settings, http=http, hosts=hosts)
    work = WorkEngine(settings)
    look_after_connections(connect, work)
    return Console(
        settings=settings,
        store=store,
        connect=connect,
        work=work,
        runner=PreviewRunner(connect, work),
    )


_lock = threading.Lock()
_current: Console | None = None


def current_console() -> Console:
    """The process's console; opened from the environment where nobody did so before."""
    global _current  # noqa: PLW0603 - one per process, like the server itself
    with _lock:
        if _current is None:
            _current = open_console(Settings.from_environ(os.environ))
        return _current


def use_console(console: Console | None) -> None:
    """Make `console` the process's own; None forgets it. Closing stays with the caller."""
    global _current  # noqa: PLW0603 - as above
    with _lock:
        _current = console
