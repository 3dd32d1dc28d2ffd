"""One demo org for the module, a client of it, and retries that wait for nobody."""

from collections.abc import Iterator

import pytest

from core.salesforce.client import SalesforceClient
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp, RetryPolicy, Timeouts
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess


def impatient_http(origin: str, waits: list[float] | None = None) -> OrgHttp:
    """Timeouts of half a second; waits are written down instead of slept."""
    noted = waits if waits is not None else []
    return OrgHttp(
        HostRules(origin),
        timeouts=Timeouts(connect=0.5, token=0.5, read=0.5),
        retries=RetryPolicy(sleep=noted.append, clock=lambda: sum(noted), jitter=lambda: 1.0),
    )


@pytest.fixture(scope="module")
def demo_org() -> Iterator[DemoOrgProcess]:
    with DemoOrgProcess() as process:
        yield process


@pytest.fixture
def http(demo_org: DemoOrgProcess) -> OrgHttp:
    return OrgHttp(HostRules(demo_org.url))


@pytest.fixture
def client(demo_org: DemoOrgProcess, http: OrgHttp) -> Iterator[SalesforceClient]:
    token = Secret(demo_org.tokens()["access_token"])
    connected = SalesforceClient(demo_org.url, "66.0", token, http)
    yield connected
    connected.close()
