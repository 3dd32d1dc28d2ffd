"""A production host name over TLS: no demo setting, a CA of our own, every call verified.

Only name resolution is bent: palmer.my.salesforce.com leads to a loopback port.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme

from core.errors import OrgUnreachable
from core.salesforce import oauth
from core.salesforce.client import SalesforceClient, choose_api_version
from core.salesforce.describe import parse_describe
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp, RetryPolicy
from core.secret import Secret
from tests.demo_org_process import CALLBACK_URL, DemoOrgProcess

HOST = "palmer.my.salesforce.com"
ORIGIN = f"https://{HOST}"


@contextmanager
def resolving(host: str, port: int) -> Iterator[None]:
    """Lead `host`:443 to a loopback port, for every client of this process."""
    resolve = socket.getaddrinfo

    def bent(name: Any, service: Any, *args: Any, **kwargs: Any) -> Any:
        asked = name.decode() if isinstance(name, bytes) else name
        if asked == host and str(service) in ("443", "https"):
            return resolve("127.0.0.1", port, *args, **kwargs)
        return resolve(name, service, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", bent)
        yield


@pytest.fixture(scope="module")
def ca_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CA and, beside it, a certificate and key for the host."""
    folder = tmp_path_factory.mktemp("tls")
    authority = trustme.CA()
    certificate = authority.issue_cert(HOST, "127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    return folder / "ca.pem"


@pytest.fixture(scope="module")
def production_org(ca_bundle: Path) -> Iterator[DemoOrgProcess]:
    server = str(ca_bundle.with_name("server.pem"))
    arguments = ("--public-url", ORIGIN, "--tls-cert", server, "--tls-key", server)
    with DemoOrgProcess(arguments=arguments, verify=_trusting(ca_bundle)) as process:
        yield process


def _trusting(ca_bundle: Path) -> Any:
    return OrgHttp(HostRules(None), ca_bundle=ca_bundle).tls


def port_of(process: DemoOrgProcess) -> int:
    port = urlsplit(process.url).port
    assert port is not None
    return port


def sign_in(process: DemoOrgProcess, http: OrgHttp) -> oauth.Grant:
    consumer_key, consumer_secret = process.app("palmer")
    endpoints = oauth.endpoints_for(http.hosts.login_origin(HOST))
    verifier = oauth.new_verifier()
    asked = oauth.authorize_url(
        endpoints,
        consumer_key=consumer_key,
        redirect_uri=CALLBACK_URL,
        state=Secret("state-value"),
        verifier=verifier,
    )
    back = process.authorize_url(asked, user="integration@palmer.demo")
    return oauth.exchange_code(
        http,
        endpoints,
        app=oauth.AppCredentials(consumer_key, Secret(consumer_secret)),
        code=Secret(parse_qs(urlsplit(back).query)["code"][0]),
        verifier=verifier,
        redirect_uri=CALLBACK_URL,
    )


def test_a_production_org_is_signed_in_to_and_read(
    production_org: DemoOrgProcess, ca_bundle: Path
) -> None:
    http = OrgHttp(HostRules(None), ca_bundle=ca_bundle)

    with resolving(HOST, port_of(production_org)):
        grant = sign_in(production_org, http)
        client = SalesforceClient(grant.instance_url, "66.0", grant.access_token, http)
        version = choose_api_version(client.versions(), "66.0")
        lead = client.describe("Lead").body
        records = client.query_many(["SELECT Id FROM Lead LIMIT 3"])[0]
        client.close()

    assert grant.instance_url == ORIGIN
    assert version == "66.0"
    assert lead is not None
    assert parse_describe(lead).name == "Lead"
    assert len(records) == 3


def test_without_the_authority_neither_client_speaks_to_the_org(
    production_org: DemoOrgProcess,
) -> None:
    http = OrgHttp(HostRules(None), retries=RetryPolicy(attempts=1))

    with resolving(HOST, port_of(production_org)):
        with pytest.raises(OrgUnreachable):
            sign_in(production_org, http)
        client = SalesforceClient(ORIGIN, "66.0", Secret("00D-access-token"), http)
        with pytest.raises(OrgUnreachable) as caught:
            client.query("SELECT Id FROM Lead")

    assert caught.value.code == "SSLError"
