"""The two demo universities of a fresh store: one untouched, one finished by the console itself.

Plays the specialist's part through the same functions and the demo org's own pages over HTTP.
"""

import html
import logging
import re
import secrets
import urllib.parse
from dataclasses import dataclass

import httpx2

from core.connect.accounts import AccountDetails, add_account, list_accounts
from core.connect.attempts import Visitor
from core.connect.connections import (
    ConnectionView,
    add_environment,
    callback_for,
    list_connections,
    mark_mapping_saved,
)
from core.connect.credentials import CredentialEntry, save_credentials
from core.connect.guide import PHASE_ONE_TICKS
from core.connect.setup import skip_demo_wait, tick_step
from core.connect.sign_in import complete_from_pasted_url
from core.connect.snapshots import get_describe, list_sobjects
from core.connect.start import start_sign_in
from core.connect.states import ConnectionState, Environment
from core.console import Console
from core.errors import ConsoleError, StartRefused
from core.halda.intake import read_inquiries
from core.halda.sample import sample_csv
from core.halda.schema import CANONICAL_FIELDS
from core.mapping.edit import with_row
from core.mapping.model import MappingDraft, ObjectMapping
from core.mapping.suggest import starter_rows, suggest, suggest_match_keys, take
from core.secret import Secret
from core.settings import Settings
from core.store.inquiries import (
    list_batches,
    list_fields,
    load_records,
    remember_fields,
    save_batch,
)
from core.store.mappings import load_mapping, save_mapping

_log = logging.getLogger(__name__)
OPERATOR = "Demo specialist"
_PASSWORD = "demo-password-1"  # noqa: S105 - printed on the demo org's own page
_TICKET = re.compile(r"name='ticket' value='([^']+)'")
_SECRET = re.compile(r"Consumer Secret</\w+>\s*<\w+>\s*<code>([^<]+)</code>")
_PREVIEW_SECONDS = 60


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One university of the demo and the org in the demo server that is its Salesforce."""

    account_id: str
    name: str
    org_key: str
    is_finished: bool
    sobject_name: str

    def callback(self, settings: Settings) -> str:
        return callback_for(settings, account_id=self.account_id, environment=Environment.DEMO)


DEMO_ACCOUNTS = (
    DemoAccount("cl9x0a1b2000008l4h3z7d9qk", "Palmer State University", "palmer", False, "Lead"),
    DemoAccount("cl9x0a1b2000108l4lak3s1d3", "Lakeside College", "lakeside", True, "Contact"),
    DemoAccount("cl9x0a1b2000208l4m4rl0wr1", "Marlow Ridge University", "marlow", False, "Contact"),
    DemoAccount("cl9x0a1b2000308l4h4rb0rp1", "Harbor Point Institute", "harbor", False, "Lead"),
)


def seed_demo(console: Console) -> None:
    """Add the demo universities to a store that has no account; finish what a crash left open."""
    known = {each.account_id for each in list_accounts(console.connect, include_archived=True)}
    is_fresh = not known
    for demo in DEMO_ACCOUNTS:
        if is_fresh:
            _add(console, demo)
        elif demo.account_id not in known:
            continue
        if demo.is_finished:
            _finish(console, demo)


def _add(console: Console, demo: DemoAccount) -> None:
    context = console.connect
    add_account(
        context,
        operator=OPERATOR,
        pasted_id=demo.account_id,
        details=AccountDetails(
            name=demo.name,
            time_zone="America/Denver",
            partner_success_consultant="Jordan Wells",
            implementation_specialist="Sam Rivera",
            note="Demo: lives in the demo org on this machine.",
        ),
        is_demo=True,
    )
    add_environment(
        context, operator=OPERATOR, account_id=demo.account_id, environment=Environment.DEMO
    )
    intake = read_inquiries(
        sample_csv().encode(), file_name="palmer-state-sample.csv", known=CANONICAL_FIELDS
    )
    own = [field for field in intake.fields_seen if field.key.startswith("answer.")]
    remember_fields(console.store, demo.account_id, own)
    save_batch(
        console.store,
        account_id=demo.account_id,
        name="Sample inquiries",
        kind=intake.kind.value,
        records=intake.records,
        operator=OPERATOR,
        is_sample=True,
    )


def _finish(console: Console, demo: DemoAccount) -> None:
    """Walk the set-up from wherever it stands; a person's own steps are never repeated."""
    connections = list_connections(console.connect, demo.account_id)
    connection = next((c for c in connections if c.environment is Environment.DEMO), None)
    if connection is None or connection.state is not ConnectionState.NOT_STARTED:
        return
    try:
        _tick_everything(console, connection)
        _connect(console, demo, connection)
        _map_and_preview(console, demo, connection)
    except ConsoleError as error:
        # The console is usable without a finished example; the page shows where it stopped.
        _log.warning("demo set-up stopped kind=%s: %s", type(error).__name__, error.message)


def _tick_everything(console: Console, connection: ConnectionView) -> None:
    for step_id in PHASE_ONE_TICKS:
        tick_step(
            console.connect,
            operator=OPERATOR,
            connection_id=connection.connection_id,
            step_id=step_id,
        )
    skip_demo_wait(console.connect, operator=OPERATOR, connection_id=connection.connection_id)


def _connect(console: Console, demo: DemoAccount, connection: ConnectionView) -> None:
    context = console.connect
    user = f"integration@{demo.org_key}.demo"
    with httpx2.Client(base_url=console.settings.demo_org_url, timeout=15) as browser:
        consumer_key, consumer_secret = _read_app(browser, demo.org_key)
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


def _map_and_preview(console: Console, demo: DemoAccount, connection: ConnectionView) -> None:
    context, connection_id = console.connect, connection.connection_id
    list_sobjects(context, connection_id)
    describe = get_describe(context, connection_id, demo.sobject_name).describe
    batch = list_batches(console.store, demo.account_id)[0]
    sample = load_records(console.store, batch.batch_id)
    fields = (*CANONICAL_FIELDS, *list_fields(console.store, demo.account_id))
    seen = {key for record in sample for key in record.values}
    draft = ObjectMapping(
        sobject_name=describe.name, match_keys=tuple(suggest_match_keys(describe))
    )
    for each in suggest(fields, describe, sample):
        if each.accept and each.source_key in seen:
            draft = take(draft, each)
    for row in starter_rows(describe):
        if not any(mine.field_name == row.field_name for mine in draft.rows):
            draft = with_row(draft, row)
    saved = save_mapping(
        console.store,
        connection_id=connection_id,
        draft=MappingDraft(objects=(draft,)),
        based_on=_head(console, connection_id),
        operator=OPERATOR,
        note="First version, from the suggestions",
    )
    mark_mapping_saved(context, connection_id=connection_id)
    run_id = console.runner.start(
        connection_id=connection_id,
        mapping_version_id=saved.version_id,
        batch_id=batch.batch_id,
        operator=OPERATOR,
    )
    console.runner.wait(run_id, _PREVIEW_SECONDS)


def _head(console: Console, connection_id: str) -> int:
    saved = load_mapping(console.store, connection_id)
    return saved.number if saved else 0
