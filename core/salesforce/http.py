"""Transport to one org at a time: timeouts, no redirects, one origin, reads only.

Every request of the product passes one of the two adapters here, as the last step before the
socket. Environment proxies and .netrc are not read: where a token goes is a setting, not a
variable of the shell.
"""

import copy
import json
import logging
import random
import re
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import certifi
import httpx2
import requests
from requests.adapters import HTTPAdapter

from core.errors import NotAllowed, StartRefused
from core.salesforce.hosts import HostRules
from core.salesforce.remedies import explain, unreachable

T = TypeVar("T")

CLIENT_NAME = "HaldaConsole"
_HEADERS = {
    "User-Agent": "halda-salesforce-console",
    "Sforce-Call-Options": f"client={CLIENT_NAME}",
}
# They log bodies, verifiers, or URLs with record values at their lower levels.
_TALKATIVE = ("authlib", "urllib3", "httpx2", "httpcore2")
_DATA_PATH = re.compile(r"/services/data(?:/v\d+\.\d(?:/.*)?)?/?")
_COMPOSITE_PATH = re.compile(r"/services/data/v\d+\.\d/(?:tooling/)?composite")
_QUERY_PATH = re.compile(r"/services/data/v\d+\.\d/(?:tooling/)?query(?:All)?(?:/[A-Za-z0-9-]*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """In seconds. `token` bounds a whole token call; `read` is per answer of the org."""

    connect: float = 5
    token: float = 15
    read: float = 30
    write: float = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """For reads only. Full jitter; `give_up_after` bounds the waiting of the person at the desk."""

    attempts: int = 5
    first_wait: float = 0.5
    longest_wait: float = 60
    give_up_after: float = 60
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random

    def wait(self, attempt: int) -> float:
        """Seconds before the attempt after number `attempt` (from 1)."""
        longest = min(self.longest_wait, self.first_wait * float(2 ** (attempt - 1)))
        return longest * self.jitter()


class OrgHttp:
    """Makes the sessions that calls travel on. One serves the whole process."""

    def __init__(
        self,
        hosts: HostRules,
        *,
        ca_bundle: Path | None = None,
        timeouts: Timeouts | None = None,
        retries: RetryPolicy | None = None,
        egress_addresses: str = "",
    ) -> None:
        self.hosts = hosts
        self.timeouts = timeouts or Timeouts()
        self.retries = retries or RetryPolicy()
        self.egress_addresses = egress_addresses
        self._context = _trusting(ca_bundle)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)

    def waiting_by(self, sleep: Callable[[float], None]) -> "OrgHttp":
        """Return the same transport whose waits between repeated reads are spent in `sleep`."""
        twin = copy.copy(self)
        twin.retries = replace(self.retries, sleep=sleep)
        return twin

    def session(self, origin: str) -> requests.Session:
        """Return a session that reaches `origin`, reads only, and cannot be led elsewhere."""
        checked = self.hosts.check_instance_url(origin)
        session = requests.Session()
        session.trust_env = False
        session.headers.update(_HEADERS)
        session.max_redirects = 0
        session.adapters.clear()
        adapter = _OriginAdapter(self, checked)
        session.mount(f"{checked}/", adapter)
        # simple-salesforce writes https:// whatever the instance URL says
        session.mount(f"https://{checked.partition('://')[2]}/", adapter)
        return session

    def token_options(self, token_url: str) -> dict[str, Any]:
        """Return the httpx2 options of a client that speaks to the origin of `token_url` only."""
        origin = self.hosts.check_url(token_url)
        return {
            "transport": _OriginTransport(self, origin, self._context),
            "timeout": httpx2.Timeout(self.timeouts.token, connect=self.timeouts.connect),
            "follow_redirects": False,
            "trust_env": False,
            "headers": _HEADERS,
        }

    def within_deadline(self, call: Callable[[], T], *, abandon: Callable[[], None]) -> T:
        """Run `call` and return its result, or raise OrgUnreachable when the deadline passes.

        Socket timeouts start anew with every byte, so only a clock beside them bounds the whole.
        """
        outcome: list[T] = []
        failure: list[BaseException] = []

        def run() -> None:
            try:
                outcome.append(call())
            except BaseException as error:  # noqa: BLE001  carried over to the caller's thread
                failure.append(error)

        thread = threading.Thread(target=run, name="token-call", daemon=True)
        thread.start()
        thread.join(self.timeouts.token)
        if thread.is_alive():
            abandon()
            raise unreachable("TOKEN_DEADLINE")
        if failure:
            raise failure[0]
        return outcome[0]

    @property
    def tls(self) -> ssl.SSLContext:
        return self._context


class _OriginAdapter(HTTPAdapter):
    """The last step of a data call. Asserts its origin and that it only reads."""

    def __init__(self, http: OrgHttp, origin: str) -> None:
        self._http = http
        self._origin = origin
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=self._http.tls, **kwargs)

    def send(
        self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any
    ) -> requests.Response:
        """Send with our timeouts, whatever the caller asked for; streams and proxies are off."""
        url = request.url or ""
        if self._http.hosts.is_demo(self._origin) and self._origin.startswith("http://"):
            url = url.replace("https://", "http://", 1)
        self._http.hosts.check_same_origin(url, self._origin)
        refuse_writes(request.method or "", url, request.body)
        request.url = url
        limits = self._http.timeouts
        answer = super().send(request, timeout=(limits.connect, limits.read), verify=True)
        if answer.is_redirect:
            raise explain(answer.status_code, b"")
        return answer


class _OriginTransport(httpx2.BaseTransport):
    """The last step of a token call. Asserts its origin."""

    def __init__(self, http: OrgHttp, origin: str, context: ssl.SSLContext) -> None:
        self._http = http
        self._origin = origin
        self._inner = httpx2.HTTPTransport(verify=context, trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self._http.hosts.check_same_origin(str(request.url), self._origin)
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._inner.close()


def refuse_writes(method: str, url: str, body: object) -> None:
    """Raise NotAllowed unless the call reads: a GET of data, or a composite of GET queries."""
    path = urllib.parse.urlsplit(url).path
    if method == "GET" and _DATA_PATH.fullmatch(path):
        return
    if method == "POST" and _COMPOSITE_PATH.fullmatch(path) and _only_queries(body):
        return
    raise NotAllowed(
        "The console tried a call that could change the org; it was not sent.",
        advice="Tell Halda support what you were doing.",
    )


def _only_queries(body: object) -> bool:
    try:
        parts = json.loads(body if isinstance(body, str | bytes) else "")["compositeRequest"]
        return bool(parts) and all(
            part["method"] == "GET"
            and _QUERY_PATH.fullmatch(part["url"].partition("?")[0].removesuffix("/")) is not None
            for part in parts
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def retry_after_seconds(headers: Mapping[str, str]) -> float | None:
    """Seconds the org asks to wait; None where it does not say, or says a date."""
    value = headers.get("Retry-After", "").strip()
    return float(value) if value.isdecimal() else None


def _trusting(ca_bundle: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certifi.where())
    if ca_bundle is not None:
        try:
            context.load_verify_locations(cafile=str(ca_bundle))
        except (OSError, ssl.SSLError):
            raise StartRefused(
                "The file named by HALDA_CONSOLE_CA_BUNDLE holds no readable certificates.",
                advice="Name a PEM file with the certificates to trust, or unset the variable.",
            ) from None
    return context
