"""What the connected user may do, read as far as the user itself may read it."""

from collections.abc import Iterator

import pytest

from core.errors import AppBlocked, NotFound
from core.salesforce.client import SalesforceClient
from core.salesforce.http import OrgHttp
from core.salesforce.integration_user import IntegrationUser, read_integration_user
from core.secret import Secret
from tests.demo_org_process import DemoOrgProcess


@pytest.fixture
def client(demo_org: DemoOrgProcess, http: OrgHttp) -> Iterator[SalesforceClient]:
    demo_org.clear_faults()
    demo_org.switch("palmer", hidden_fields=[])
    connected = SalesforceClient(
        demo_org.url, "66.0", Secret(demo_org.tokens()["access_token"]), http
    )
    yield connected
    connected.close()


def user_id(demo_org: DemoOrgProcess, name: str) -> str:
    users = demo_org.state("palmer")["users"]
    return str(next(each["id"] for each in users if each["username"].startswith(name)))


def test_a_user_of_least_access_may_not_modify_everything(
    demo_org: DemoOrgProcess, client: SalesforceClient
) -> None:
    assert read_integration_user(client, user_id(demo_org, "integration")) == IntegrationUser(
        username="integration@palmer.demo",
        is_active=True,
        profile_name="Minimum Access - Salesforce",
        may_modify_all=False,
        is_api_only=False,
    )
    assert client.calls_made == 2


def test_an_administrator_is_known_by_the_profile_alone(
    demo_org: DemoOrgProcess, client: SalesforceClient
) -> None:
    user = read_integration_user(client, user_id(demo_org, "dana"))

    assert user.may_modify_all
    assert user.rights_from == "System Administrator"
    assert client.calls_made == 1


def test_a_hidden_profile_leaves_what_the_permission_sets_say(
    demo_org: DemoOrgProcess, client: SalesforceClient
) -> None:
    demo_org.switch("palmer", hidden_fields=["User.ProfileId"])

    user = read_integration_user(client, user_id(demo_org, "integration"))

    assert (user.username, user.profile_name) == ("integration@palmer.demo", "")
    assert user.may_modify_all is False
    assert client.calls_made == 3


def test_hidden_rights_are_not_guessed(demo_org: DemoOrgProcess, client: SalesforceClient) -> None:
    hidden = ["User.ProfileId", "PermissionSetAssignment.PermissionSetId"]
    demo_org.switch("palmer", hidden_fields=hidden)

    user = read_integration_user(client, user_id(demo_org, "integration"))

    assert user.may_modify_all is None
    assert client.calls_made == 3


def test_a_refusal_of_the_whole_connection_is_not_taken_for_hidden_rights(
    demo_org: DemoOrgProcess, client: SalesforceClient
) -> None:
    demo_org.fail("api_disabled")

    with pytest.raises(AppBlocked):
        read_integration_user(client, user_id(demo_org, "integration"))


def test_what_is_no_user_id_is_not_asked_about(client: SalesforceClient) -> None:
    with pytest.raises(NotFound):
        read_integration_user(client, "' OR Name != '")

    assert client.calls_made == 0
