"""The demo org as two well-known client libraries meet it, unmodified, over TLS."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import trustme
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceMalformedRequest

from tests.demo_org_process import CALLBACK_URL, DemoOrgProcess

USER = "integration@palmer.demo"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-0"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ca.pem, and the server's certificate and key."""
    folder = tmp_path_factory.mktemp("tls")
    root = trustme.CA()
    root.cert_pem.write_to_path(folder / "ca.pem")
    leaf = root.issue_cert("localhost", "127.0.0.1")
    leaf.private_key_pem.write_to_path(folder / "key.pem")
    for place, pem in enumerate(leaf.cert_chain_pems):
        pem.write_to_path(folder / "cert.pem", append=place > 0)
    return folder


@pytest.fixture(scope="module")
def trusting(authority: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authority / "ca.pem")


@pytest.fixture(scope="module")
def tls_org(authority: Path, trusting: ssl.SSLContext) -> Iterator[DemoOrgProcess]:
    arguments = ("--tls-cert", str(authority / "cert.pem"), "--tls-key", str(authority / "key.pem"))
    with DemoOrgProcess(arguments=arguments, verify=trusting) as org:
        yield org


@pytest.fixture
def salesforce(tls_org: DemoOrgProcess, authority: Path) -> Iterator[Salesforce]:
    with requests.Session() as session:
        session.trust_env = False  # a CA bundle named by the environment would win over verify
        session.verify = str(authority / "ca.pem")
        yield Salesforce(
            session_id=tls_org.tokens("palmer")["access_token"],
            instance_url=f"https://localhost:{urlsplit(tls_org.url).port}",
            session=session,
            version="66.0",
        )


@pytest.fixture
def oauth(tls_org: DemoOrgProcess, trusting: ssl.SSLContext) -> Iterator[OAuth2Client]:
    consumer_key, consumer_secret = tls_org.app("palmer")
    client = OAuth2Client(
        client_id=consumer_key,
        client_secret=consumer_secret,
        scope="api refresh_token",
        redirect_uri=CALLBACK_URL,
        code_challenge_method="S256",
        token_endpoint=f"{tls_org.url}/services/oauth2/token",
        verify=trusting,
    )
    with client:
        yield client


def lead(salesforce: Salesforce) -> Any:
    return salesforce.Lead


def test_simple_salesforce_describes_and_counts(salesforce: Salesforce) -> None:
    described = lead(salesforce).describe()
    listed = salesforce.describe()

    assert described["name"] == "Lead"
    assert "Halda_ID__c" in {each["name"] for each in described["fields"]}
    assert listed is not None
    assert len(listed["sobjects"]) > 1_000
    assert salesforce.limits()["DailyApiRequests"]["Max"] == 100_000
    assert salesforce.api_usage["api-usage"].total == 100_000


def test_simple_salesforce_creates_updates_upserts_and_deletes(salesforce: Salesforce) -> None:
    leads = lead(salesforce)
    made = leads.create({"LastName": "Ångström", "Company": "Ångström, Åsa"})
    changed = leads.update(made["id"], {"City": "Göteborg"})
    upserted = leads.upsert("Halda_ID__c/clx2v8k1r000508jm5n0ahb4k", {"City": "Provo"})

    held = leads.get(made["id"])
    by_key = leads.get_by_custom_id("Halda_ID__c", "clx2v8k1r000508jm5n0ahb4k")

    assert (made["success"], changed, upserted) == (True, 204, 200)
    assert (held["LastName"], held["City"], by_key["City"]) == ("Ångström", "Göteborg", "Provo")
    assert leads.delete(made["id"]) == 204


def test_simple_salesforce_reads_refusals(salesforce: Salesforce) -> None:
    with pytest.raises(SalesforceMalformedRequest) as refused:
        salesforce.query("SELECT Nothing FROM Lead")

    assert refused.value.content[0]["errorCode"] == "INVALID_FIELD"


def test_simple_salesforce_follows_the_pages_of_a_query(salesforce: Salesforce) -> None:
    statement = "SELECT Id, Name, Owner.Name FROM Lead ORDER BY Id"
    headers = {"Sforce-Query-Options": "batchSize=200"}
    first = salesforce.query(statement, headers=headers)

    second = salesforce.query_more(first["nextRecordsUrl"], identifier_is_url=True, headers=headers)
    whole = salesforce.query_all(statement, headers=headers)

    rows = first["records"] + second["records"]
    assert (len(first["records"]), first["done"], second["done"]) == (200, False, True)
    assert len(rows) == first["totalSize"] == len({row["Id"] for row in rows})
    assert [row["Id"] for row in whole["records"]] == [row["Id"] for row in rows]
    assert rows[0]["Owner"]["Name"]


def test_simple_salesforce_upserts_a_collection(salesforce: Salesforce) -> None:
    rows = [
        {"Halda_ID__c": f"bulk-{number}", "LastName": f"Row {number}", "Company": "Rows"}
        for number in range(3)
    ]
    body = {
        "allOrNone": False,
        "records": [{"attributes": {"type": "Lead"}, **row} for row in rows],
    }

    answer: Any = salesforce.restful(
        "composite/sobjects/Lead/Halda_ID__c", method="PATCH", json=body
    )

    assert [(row["success"], row["created"]) for row in answer] == [(True, True)] * 3


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_signs_in_with_pkce_and_refreshes(
    tls_org: DemoOrgProcess, oauth: OAuth2Client, method: str
) -> None:
    oauth.token_endpoint_auth_method = method
    address, state = oauth.create_authorization_url(
        f"{tls_org.url}/services/oauth2/authorize", code_verifier=VERIFIER
    )
    answered = tls_org.authorize_url(address, user=USER)

    first = dict(
        oauth.fetch_token(authorization_response=answered, state=state, code_verifier=VERIFIER)
    )
    second = dict(oauth.refresh_token())

    listed = oauth.get(f"{tls_org.url}/services/data/v66.0/limits")
    assert listed.status_code == 200
    assert first["access_token"] != second["access_token"]
    assert first["refresh_token"] != second["refresh_token"]


def test_authlib_is_refused_with_another_verifier(
    tls_org: DemoOrgProcess, oauth: OAuth2Client
) -> None:
    address, state = oauth.create_authorization_url(
        f"{tls_org.url}/services/oauth2/authorize", code_verifier=VERIFIER
    )
    answered = tls_org.authorize_url(address, user=USER)

    with pytest.raises(OAuthError, match="invalid code verifier"):
        oauth.fetch_token(
            authorization_response=answered, state=state, code_verifier=VERIFIER[::-1]
        )
