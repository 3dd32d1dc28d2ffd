"""A real demo org in a process of its own, for the tests of every room."""

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx2

PASSWORD = "demo-password-1"
ORGS = ("palmer", "lakeside", "marlow", "harbor")
SECRETS = {org: f"{org.upper()}0SECRET0FOR0TESTS" for org in ORGS}
CALLBACK_URL = "http://127.0.0.1:8501/accounts/demo/settings/integrations/salesforce/callback"
_ROOT = Path(__file__).resolve().parent.parent


class DemoOrgProcess:
    """Starts `python -m core.demo_org` on a free port and stops it with the context.

    `callback_urls` are added to HaldaAPI of every org, `CALLBACK_URL` always. `arguments` go to the
    command line as they are, for instance `("--public-url", "https://palmer.my.salesforce.com")`.
    `home` keeps the data between two starts; without it the data goes with the process.
    """

    def __init__(
        self,
        *,
        callback_urls: tuple[str, ...] = (),
        arguments: tuple[str, ...] = (),
        home: Path | None = None,
        verify: Any = True,
    ) -> None:
        self._callback_urls = (CALLBACK_URL, *callback_urls)
        self._arguments = arguments
        self._home = home
        self._verify = verify
        self._stack = contextlib.ExitStack()
        self.url = ""

    def __enter__(self) -> Self:
        home = self._home or Path(self._stack.enter_context(tempfile.TemporaryDirectory()))
        command = [sys.executable, "-m", "core.demo_org", "--port", "0", "--exit-with-stdin"]
        command += ["--home", str(home / "demo_org"), *self._arguments]
        for org, secret in SECRETS.items():
            command += ["--seed-secret", f"{org}={secret}"]
            for url in self._callback_urls:
                command += ["--callback-url", f"{org}={url}"]
        self._process = subprocess.Popen(
            command,
            cwd=_ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._stack.callback(self._stop)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith("demo org ready on "), f"the demo org did not start: {line!r}"
        self.url = line.split()[-1]
        self._client = self._stack.enter_context(
            httpx2.Client(base_url=self.url, verify=self._verify, timeout=30)
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _stop(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _ask(self, path: str, org: str) -> dict[str, Any]:
        answer = self._client.get(path, params={"org": org})
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body

    def state(self, org: str) -> dict[str, Any]:
        """Return the org's id, apps without secrets, users, switches and usage."""
        return self._ask("/demo/state", org)

    def log(self, org: str) -> list[dict[str, Any]]:
        """Return the org's own call log, oldest first: method, path, status, counted, kind."""
        calls: list[dict[str, Any]] = self._ask("/demo/log", org)["calls"]
        return calls

    def records_hash(self, org: str) -> str:
        """Return one hash over every record of the org."""
        return str(self._ask("/demo/records/hash", org)["hash"])

    def app(self, org: str) -> tuple[str, str]:
        """Return the consumer key and secret of the org's HaldaAPI."""
        return self.state(org)["apps"][0]["consumer_key"], SECRETS[org]

    def switch(self, org: str, **changes: Any) -> None:
        """Set lists of core.demo_org.switches.Switches, or revoke_all_grants=True."""
        self._client.post("/demo/switches", params={"org": org}, json=changes).raise_for_status()

    def fault(self, **fault: Any) -> None:
        """Script trouble for the next matching calls; see core.demo_org.faults.Fault."""
        self._client.post("/demo/faults", json=fault).raise_for_status()

    def fail(self, name: str) -> None:
        """Let a refusal of core.demo_org.failures happen next."""
        self.fault(failure=name)

    def clear_faults(self) -> None:
        self._client.delete("/demo/faults").raise_for_status()

    def authorize(
        self,
        client_id: str,
        redirect_uri: str,
        state: str,
        code_challenge: str | None = None,
        user: str = "integration@palmer.demo",
        *,
        allow: bool = True,
        scope: str | None = None,
    ) -> str:
        """Sign in and press Allow or Deny; return the URL the browser is sent to.

        Raises:
            AssertionError: The org showed an error page instead; its text is the message.
        """
        asked = {"response_type": "code", "client_id": client_id, "redirect_uri": redirect_uri}
        asked |= {"state": state}
        if code_challenge:
            asked |= {"code_challenge": code_challenge, "code_challenge_method": "S256"}
        if scope:
            asked |= {"scope": scope}
        return self.press_through(asked, user=user, allow=allow)

    def press_through(self, asked: dict[str, str], *, user: str, allow: bool = True) -> str:
        """Walk the sign-in pages with the given authorize parameters."""
        path = "/services/oauth2/authorize"
        shown = self._client.get(path, params=asked)
        assert shown.status_code == 200, shown.text
        credentials = {"username": user, "password": PASSWORD}
        question = self._client.post(path, data={**asked, **credentials})
        assert question.status_code == 200, question.text
        ticket = question.text.split("name='ticket' value='")[1].split("'")[0]
        decision = {"ticket": ticket, "decision": "allow" if allow else "deny"}
        answer = self._client.post(path, data={**asked, **decision})
        assert answer.status_code == 302, answer.text
        return str(answer.headers["location"])

    def authorize_url(self, url: str, *, user: str, allow: bool = True) -> str:
        """Walk the sign-in pages behind a whole authorize URL, as the browser would."""
        query = parse_qs(urlsplit(url).query)
        return self.press_through(
            {name: values[0] for name, values in query.items()}, user=user, allow=allow
        )

    def tokens(self, org: str = "palmer", *, scope: str | None = None) -> dict[str, Any]:
        """Connect as the org's integration user and return the token answer."""
        consumer_key, consumer_secret = self.app(org)
        target = self.authorize(
            consumer_key, CALLBACK_URL, "state", user=f"integration@{org}.demo", scope=scope
        )
        answer = self._client.post(
            "/services/oauth2/token",
            data={
                "grant_type": "authorization_code",
                "code": parse_qs(urlsplit(target).query)["code"][0],
                "client_id": consumer_key,
                "client_secret": consumer_secret,
                "redirect_uri": CALLBACK_URL,
            },
        )
        answer.raise_for_status()
        body: dict[str, Any] = answer.json()
        return body
