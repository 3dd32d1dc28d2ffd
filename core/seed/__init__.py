"""The demo universities of a fresh store: one finished by the console itself, the rest untouched.

Plays the specialist's part through the same functions and the demo org's own pages over HTTP.
"""

import logging
from dataclasses import dataclass

from core.connect.accounts import AccountDetails, add_account, list_accounts
from core.connect.connections import (
    ConnectionView,
    add_environment,
    callback_for,
    list_connections,
)
from core.connect.guide import PHASE_ONE_TICKS
from core.connect.setup import skip_demo_wait, tick_step
from core.connect.states import ConnectionState, Environment
from core.console import Console
from core.errors import ConsoleError
from core.halda.intake import read_inquiries
from core.halda.sample import sample_csv
from core.halda.schema import CANONICAL_FIELDS
from core.seed.agreed import agree
from core.seed.mapped import map_and_preview
from core.seed.operator import OPERATOR
from core.seed.sign_in import connect
from core.settings import Settings
from core.store.inquiries import (
    remember_fields,
    save_batch,
)

_log = logging.getLogger(__name__)


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


def seed_demo(console: Console, *, is_agreed: bool = True) -> None:
    """Add the demo universities to a store that has no account; finish what a crash left open."""
    known = {each.account_id for each in list_accounts(console.connect, include_archived=True)}
    is_fresh = not known
    for demo in DEMO_ACCOUNTS:
        if is_fresh:
            _add(console, demo)
        elif demo.account_id not in known:
            continue
        if demo.is_finished:
            _finish(console, demo, is_agreed=is_agreed)


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


def _finish(console: Console, demo: DemoAccount, *, is_agreed: bool) -> None:
    """Walk the set-up from wherever it stands; a person's own steps are never repeated."""
    connections = list_connections(console.connect, demo.account_id)
    connection = next((c for c in connections if c.environment is Environment.DEMO), None)
    if connection is None or connection.state is not ConnectionState.NOT_STARTED:
        return
    try:
        _tick_everything(console, connection)
        connect(console, connection, org_key=demo.org_key)
        map_and_preview(console, connection, sobject_name=demo.sobject_name)
        if is_agreed:
            agree(console, connection)
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
