"""The specialist's sign-in to a demo org, over the org's own pages."""

import html
import re
import secrets
import urllib.parse

import httpx2

from core.connect.attempts import Visitor
from core.connect.connections import ConnectionView
from core.connect.credentials import CredentialEntry, save_credentials
from core.connect.sign_in import complete_from_pasted_url
from core.connect.start import start_sign_in
from core.console import Console
from core.errors import StartRefused
from core.secret import Secret
from core.seed.operator import OPERATOR

_PASSWORD = "demo-password-1"  # noqa: S105 - printed on the demo org's own page
_TICKET = re.compile(r"name='ticket' value='([^']+)'")
_SECRET = re.compile(r"Consumer Secret</\w+>\s*<\w+>\s*<code>([^<]+)</code>")


def connect(console: Console, connection: ConnectionView, *, org_key: str) -> None:
    """Save the app's credentials and sign in as the integration user."""
    context = console.connect
    user = f"integration@{org_key}.demo"
    with httpx2.Client(base_url=console.settings.demo_org_url, timeout=15) as browser:
        consumer_key, consumer_secret = _read_app(browser, org_key)
        save_credentials(
            context,
            operator=OPERATOR,
            connection_id=connection.connection_id,
            entry=CredentialEntry(
                consumer_key=consumer_key,
                consumer_secret=consumer_secret,
                integration_user=user,
            ),
        )
        visitor = Visitor(operator=OPERATOR, binding=Secret(secrets.token_urlsafe(32)))
        url = start_sign_in(context, connection_id=connection.connection_id, visitor=visitor)
        outcome = complete_from_pasted_url(
            context, visitor=visitor, pasted=_press_allow(browser, url, user)
        )
    if not outcome.is_connected:
        raise StartRefused(outcome.message, advice=outcome.advice)


def _read_app(browser: httpx2.Client, org_key: str) -> tuple[str, Secret]:
    """The key and the secret, from the page where a person would read them."""
    state = browser.get("/demo/state", params={"org": org_key}).raise_for_status().json()
    consumer_key = str(state["apps"][0]["consumer_key"])
    page = browser.get(f"/setup/{org_key}/apps/{consumer_key}/secret").raise_for_status()
    found = _SECRET.search(page.text)
    if found is None:
        raise StartRefused("The demo org shows no Consumer Secret.", advice="Reset the demo org.")
    return consumer_key, Secret(html.unescape(found.group(1)))


def _press_allow(browser: httpx2.Client, url: str, user: str) -> str:
    """Sign in and press Allow; return the address the browser is sent to."""
    path = "/services/oauth2/authorize"
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
    question = browser.post(path, data={**asked, "username": user, "password": _PASSWORD})
    ticket = _TICKET.search(question.text)
    if ticket is None:
        raise StartRefused("The demo org refused the sign-in.", advice="Reset the demo org.")
    decision = {**asked, "ticket": ticket.group(1), "decision": "allow"}
    return str(browser.post(path, data=decision).headers.get("location", ""))
