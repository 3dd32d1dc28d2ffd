"""One call after another to one org: renew once on 401, repeat reads, translate every failure."""

import urllib.parse
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import requests
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceError as LibraryError

from core.errors import (
    ConsoleError,
    NeedsReauth,
    RequestLimitExceeded,
    RetryLater,
    UnreadableAnswer,
)
from core.salesforce.http import OrgHttp, retry_after_seconds
from core.salesforce.remedies import broken_off, explain, unreachable, unreadable
from core.secret import Secret

T = TypeVar("T")
Renew = Callable[[Secret], tuple[Secret, str]]


class OrgCalls:
    """Holds the access token and the library's client; both are replaced by a renewal."""

    def __init__(
        self,
        instance_url: str,
        api_version: str,
        access_token: Secret,
        http: OrgHttp,
        renew: Renew | None,
    ) -> None:
        self._http = http
        self._renew = renew
        self._api_version = api_version
        self._told_to_wait: float | None = None
        self.calls_made = 0
        self.api_usage: tuple[int, int] | None = None
        self._use(instance_url, access_token)

    def get(
        self,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """GET below the versioned root. A 304 is an answer; other refusals raise."""
        return self.repeated(
            lambda: self._send("GET", path, params=params, headers=dict(headers or {}))
        )

    def post(self, path: str, body: str) -> requests.Response:
        """POST once below the versioned root; the transport lets only reading composites pass."""
        return self._send("POST", path, data=body)

    def versions(self) -> requests.Response:
        """GET the list of versions, which asks for no token and is not counted."""
        return self.repeated(self._ask_versions)

    def repeated(self, ask: Callable[[], T]) -> T:
        """Return `ask()`, renewing the token once and repeating what may pass by itself."""
        policy = self._http.retries
        started, attempt, may_renew = policy.clock(), 1, self._renew is not None
        while True:
            self._told_to_wait = None
            try:
                return ask()
            except NeedsReauth:
                if not may_renew:
                    raise
                may_renew = False
                self._take_new_token()
            except (RetryLater, UnreadableAnswer) as error:
                wait = policy.wait(attempt) if self._told_to_wait is None else self._told_to_wait
                is_late = policy.clock() - started + wait > policy.give_up_after
                if attempt >= policy.attempts or is_late or isinstance(error, RequestLimitExceeded):
                    raise
                attempt += 1
                policy.sleep(wait)

    def twin(self) -> "OrgCalls":
        """Return calls to the same org by the same grant, for another thread."""
        return OrgCalls(self.instance_url, self._api_version, self._token, self._http, self._renew)

    def absorb(self, twin: "OrgCalls") -> None:
        """Count what a twin has cost, and close it."""
        self.calls_made += twin.calls_made
        self.api_usage = max(filter(None, (self.api_usage, twin.api_usage)), default=None)
        twin.close()

    def close(self) -> None:
        self._salesforce.session.close()

    def _use(self, instance_url: str, access_token: Secret) -> None:
        self.instance_url = self._http.hosts.check_instance_url(instance_url)
        self._token = access_token
        self._salesforce = Salesforce(
            session_id=access_token.reveal(),
            instance_url=self.instance_url,
            session=self._http.session(self.instance_url),
            version=self._api_version,
        )
        self._salesforce.headers.pop("X-PrettyPrint", None)  # doubles a describe's size

    def _take_new_token(self) -> None:
        assert self._renew is not None
        access_token, instance_url = self._renew(self._token)
        self.close()
        self._use(instance_url, access_token)

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        answers: list[requests.Response] = []

        def keep(answer: requests.Response, **_: Any) -> None:
            answers.append(answer)
            self._note_usage(answer)

        self.calls_made += 1
        try:
            self._salesforce.restful(path, method=method, hooks={"response": keep}, **options)
        except ConsoleError:
            raise
        except LibraryError as error:
            if error.status != 304:
                raise explain(error.status, error.content) from None
        except Exception as error:  # noqa: BLE001  the library lets any failure of a parser out
            raise _translated(error, answers) from None
        return answers[-1]

    def _ask_versions(self) -> requests.Response:
        try:
            answer = self._salesforce.session.get(f"{self.instance_url}/services/data")
        except requests.RequestException as error:
            raise _translated(error, []) from None
        if answer.status_code != 200:
            raise explain(answer.status_code, answer.content)
        return answer

    def _note_usage(self, answer: requests.Response) -> None:
        self._told_to_wait = retry_after_seconds(answer.headers)
        usage = Salesforce.parse_api_usage(answer.headers.get("Sforce-Limit-Info", ""))
        if "api-usage" in usage:
            self.api_usage = (usage["api-usage"].used, usage["api-usage"].total)


def _translated(error: Exception, answers: list[requests.Response]) -> ConsoleError:
    """What a failure below the API means: no answer, one cut short, or one that is not its JSON."""
    if isinstance(error, requests.Timeout):
        return unreachable("TIMEOUT")
    if isinstance(error, requests.exceptions.ChunkedEncodingError) or _was_cut(error):
        return broken_off(type(error).__name__)
    if answers or isinstance(error, requests.exceptions.ContentDecodingError):
        return unreadable(answers[-1].status_code if answers else 200)
    return unreachable(type(error).__name__)


def _was_cut(error: Exception) -> bool:
    """Whether the other side hung up after the call was sent."""
    return isinstance(error, requests.ConnectionError) and "aborted" in str(error)


def below_version(path: str, api_version: str) -> str:
    """Strip the versioned root from a path the org gave; raises UnreadableAnswer for others."""
    root = f"/services/data/v{api_version}/"
    if not path.startswith(f"{root}query/") or urllib.parse.urlsplit(path).path != path:
        raise unreadable(200)
    return path.removeprefix(root)
