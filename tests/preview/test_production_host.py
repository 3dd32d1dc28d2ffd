"""The real path: production host rules, TLS, My Domain; connect and preview through the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.connect.accounts import AccountDetails, add_account
from core.connect.attempts import Visitor
from core.connect.connections import add_environment, callback_for, get_connection
from core.connect.credentials import CredentialEntry, save_credentials
from core.connect.sign_in import complete_from_pasted_url
from core.connect.start import start_sign_in
from core.connect.states import Environment
from core.console import Console, open_console
from core.halda.sample import sample_records
from core.mapping.model import MappingDraft
from core.secret import Secret
from core.settings import Settings
from core.store.inquiries import save_batch
from core.store.mappings import save_mapping
from tests.demo_org_process import DemoOrgProcess
from tests.preview.mappings import palmer_draft
from tests.salesforce.test_production_host_over_tls import (
    HOST,
    ORIGIN,
    ca_bundle,
    port_of,
    resolving,
)

__all__ = ["ca_bundle"]  # a fixture

ACCOUNT_ID = "cl9x0a1b2000008l4h3z7d9qk"
CALLBACK = (
    f"https://app.heyhalda.com/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"
)
OPERATOR = "Sam Rivera"
VISITOR = Visitor(operator=OPERATOR, binding=Secret("a-browser-of-the-test"))


@pytest.fixture
def production_console(tmp_path: Path, ca_bundle: Path) -> Iterator[Console]:
    settings = Settings.from_environ(
        {
            "HALDA_CONSOLE_HOME": str(tmp_path / "home"),
            "HALDA_CONSOLE_DEMO_ORG": "off",
            "HALDA_CONSOLE_CA_BUNDLE": str(ca_bundle),
        }
    )
    console = open_console(settings)
    yield console
    console.close()


@pytest.fixture
def org(ca_bundle: Path, production_console: Console) -> Iterator[DemoOrgProcess]:
    server = str(ca_bundle.with_name("server.pem"))
    with DemoOrgProcess(
        callback_urls=(CALLBACK,),
        arguments=("--public-url", ORIGIN, "--tls-cert", server, "--tls-key", server),
        verify=production_console.connect.http.tls,
    ) as process:
        yield process


def connect(console: Console, org: DemoOrgProcess) -> str:
    """Set Palmer State up as production, sign in, and return the connection's id."""
    context = console.connect
    add_account(
        context,
        operator=OPERATOR,
        pasted_id=ACCOUNT_ID,
        details=AccountDetails(name="Palmer State University"),
    )
    connection_id = add_environment(
        context, operator=OPERATOR, account_id=ACCOUNT_ID, environment=Environment.PRODUCTION
    ).connection_id
    consumer_key, consumer_secret = org.app("palmer")
    entry = CredentialEntry(
        consumer_key=consumer_key,
        consumer_secret=Secret(consumer_secret),
        login_host="https://palmer.lightning.force.com/lightning/setup",
        integration_user="integration@palmer.demo",
    )
    save_credentials(context, operator=OPERATOR, connection_id=connection_id, entry=entry)
    url = start_sign_in(context, connection_id=connection_id, visitor=VISITOR)
    assert url.startswith(f"{ORIGIN}/services/oauth2/authorize?")
    back = org.authorize_url(url, user="integration@palmer.demo")
    assert back.startswith(CALLBACK)
    outcome = complete_from_pasted_url(context, visitor=VISITOR, pasted=back)
    assert outcome.is_connected, outcome.message
    return connection_id


def test_a_production_org_is_connected_and_previewed_with_the_production_host_rules(
    production_console: Console, org: DemoOrgProcess
) -> None:
    console = production_console
    before = org.records_hash("palmer")

    with resolving(HOST, port_of(org)):
        connection_id = connect(console, org)
        run_id = console.runner.start(
            connection_id=connection_id,
            mapping_version_id=save_mapping(
                console.store,
                connection_id=connection_id,
                draft=MappingDraft(objects=(palmer_draft(),)),
                based_on=0,
                operator=OPERATOR,
            ).version_id,
            batch_id=save_batch(
                console.store,
                account_id=ACCOUNT_ID,
                name="Sample",
                kind="csv",
                records=sample_records(),
                operator=OPERATOR,
            ).batch_id,
            operator=OPERATOR,
        )
        run = console.runner.wait(run_id, 60)

    view = get_connection(console.connect, connection_id)
    assert view.org is not None
    assert view.org.instance_url == ORIGIN
    assert run.state == "done", run.error_message
    assert sum(run.counts.values()) == run.record_count == len(sample_records())
    assert org.records_hash("palmer") == before
    assert {call["kind"] for call in org.log("palmer")} <= {"read", "auth"}


def test_the_callback_of_a_production_account_is_haldas_own(production_console: Console) -> None:
    address = callback_for(
        production_console.settings,
        account_id=ACCOUNT_ID,
        environment=Environment.PRODUCTION,
    )

    assert address == CALLBACK
