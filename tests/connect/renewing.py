"""What processes of their own do in the refresh tests: renew together, or die on the way.

They are forked from a server that has imported this module, so each costs a fork, not a start.
The places to die at are patched in here; the product has none.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import ForkServerContext
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from typing import Any
from unittest import mock

from core.connect import refresh
from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.refresh import renew_token
from core.connect.tokens import load_usable_token
from core.salesforce import http as transport
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp
from core.secret import Secret
from core.settings import Settings
from core.store.engine import Store

TOGETHER_SECONDS = 60


def processes() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    return context


def stored_token(context: ConnectContext, connection_id: str) -> Secret:
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        return load_usable_token(context, session, row).access_token


def renew_in_threads(
    context: ConnectContext, connection_id: str, together: Barrier, count: int
) -> list[str]:
    """Ask `count` times at once, when everybody is ready; return the answers' fingerprints."""
    stale = stored_token(context, connection_id)
    together.wait(TOGETHER_SECONDS)
    with ThreadPoolExecutor(count) as pool:
        asked = [
            pool.submit(renew_token, context, connection_id=connection_id, stale=stale)
            for _ in range(count)
        ]
        return [context.store.vault.fingerprint(each.result()[0]) for each in asked]


def renew_together(
    environ: Mapping[str, str],
    connection_id: str,
    together: Barrier,
    answers: "Queue[list[str]]",
    count: int,
) -> None:
    """One of several processes that renew at the same moment."""
    with opened(environ) as context:
        answers.put(renew_in_threads(context, connection_id, together, count))


def renew_and_die(environ: Mapping[str, str], connection_id: str, step: str) -> None:
    """Renew, and be killed at the named step; returning means that the step was never reached."""
    owner, name, death = STEPS[step]
    with opened(environ) as context, mock.patch.object(owner, name, death(getattr(owner, name))):
        stale = stored_token(context, connection_id)
        renew_token(context, connection_id=connection_id, stale=stale)


@contextmanager
def opened(environ: Mapping[str, str]) -> Iterator[ConnectContext]:
    settings = Settings.from_environ(environ)
    hosts = HostRules(demo_origin=settings.demo_org_url)
    store = Store.open(settings)
    yield ConnectContext(store, settings, OrgHttp(hosts), hosts)
    store.close()


Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before(_real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *_args, **_kwargs: _die()


def _after(real: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        _die()

    return wrapped


# In the order of a refresh: the first four before the org knows, the next three after it rotated
# and before the new token is safe, then what follows a refusal.
STEPS: dict[str, tuple[Any, str, Wrap]] = {
    "before the claim": (refresh, "claim", _before),
    "after the claim": (refresh, "claim", _after),
    "before the call": (refresh, "refresh_grant", _before),
    "before the first byte": (transport._OriginTransport, "handle_request", _before),
    "before the answer is read": (transport._OriginTransport, "handle_request", _after),
    "before it is stored": (refresh, "_keep", _before),
    "before the commit": (refresh, "write_fenced", _after),
    "after the commit": (refresh, "_store", _after),
    "before a refusal is kept": (refresh, "_give_up", _before),
    "after a refusal is kept": (refresh, "_give_up", _after),
    "before the second call": (refresh, "extend", _after),
}
