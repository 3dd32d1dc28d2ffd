"""Evidence of a healthy connection, and of one with changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.connect.connections import ConnectionView, OrgIdentity
from core.connect.credentials import CredentialStatus
from core.connect.doctor.evidence import Answers, Evidence, GrantFacts, Known
from core.connect.doctor.examine import draw_up
from core.connect.doctor.findings import Check
from core.connect.propagation import Propagation, PropagationState
from core.connect.states import AppType, ConnectionState, Environment
from core.mapping.describe import FieldDescribe, RecordType, SobjectDescribe
from core.mapping.model import MappingDraft
from core.salesforce.client import Organization
from core.salesforce.integration_user import IntegrationUser
from core.salesforce.introspection import Introspection
from tests.connect.doctor.conftest import LEAD

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORG_ID = "00DPs0000000001MAA"
USER = "integration@palmer.demo"
ORG = OrgIdentity(
    org_id=ORG_ID,
    org_name="Palmer State",
    is_sandbox=False,
    instance_url="https://palmer.my.salesforce.com",
    api_version="66.0",
    user_id="005Ps0000000001IAA",
    username=USER,
    scopes="api refresh_token",
)
CONNECTION = ConnectionView(
    connection_id="c1",
    account_id="a1",
    environment=Environment.PRODUCTION,
    app_type=AppType.EXTERNAL_CLIENT_APP,
    login_url="https://login.salesforce.com",
    state=ConnectionState.CONNECTED,
    state_since=NOW,
    integration_user=USER,
    org=ORG,
    connected_at=NOW,
    last_success_at=NOW,
    last_error=None,
    archived_at=None,
)
FIELDS = tuple(
    FieldDescribe(name=name, label=name, type="string", createable=True, updateable=True)
    for name in ("FirstName", "LastName", "Email", "Company")
)
DESCRIBE = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=FIELDS,
    record_types=(
        RecordType(record_type_id="1", name="Inquiry", developer_name="Inquiry"),
        RecordType(record_type_id="2", name="Old", developer_name="Old", active=False),
        RecordType(record_type_id="3", name="Other", developer_name="Other", available=False),
    ),
)
GRANT = GrantFacts(issued_at=NOW, renewed_at=None, has_refresh_token=True, was_cut_short=False)


def healthy(
    *, known: Mapping[str, Any] | None = None, answers: Mapping[str, Any] | None = None
) -> Evidence:
    """Everything well; `known` and `answers` replace single attributes."""
    at_rest = Known(
        connection=CONNECTION,
        now=NOW,
        callback_url="https://app.heyhalda.com/accounts/a1/settings/integrations/salesforce/callback",
        egress_addresses="192.0.2.1",
        propagation=Propagation(
            state=PropagationState.READY, checked_at=NOW, started_at=NOW - timedelta(days=1)
        ),
        credentials=CredentialStatus(is_set=True),
        grant=GRANT,
        mapping=MappingDraft(objects=(LEAD,)),
        mapping_name="mapping version 1",
    )
    said = Answers(
        versions=("65.0", "66.0"),
        introspection=Introspection(
            is_active=True, scopes=("api", "refresh_token"), username=USER, expires_at=None
        ),
        organization=Organization(
            org_id=ORG_ID,
            name="Palmer State",
            is_sandbox=False,
            instance_name="NA1",
            organization_type="Enterprise Edition",
            trial_expires_at="",
        ),
        user=IntegrationUser(
            username=USER,
            is_active=True,
            profile_name="Minimum Access - API Only",
            may_modify_all=False,
            is_api_only=True,
        ),
        limits={"DailyApiRequests": (100_000, 99_000), "DataStorageMB": (1_000, 500)},
        usage=(1_000, 100_000),
        describes={"Lead": DESCRIBE},
    )
    return Evidence(
        known=replace(at_rest, **(known or {})), answers=replace(said, **(answers or {}))
    )


def found(evidence: Evidence, check_id: str) -> Check:
    return next(each for each in draw_up(evidence) if each.check_id == check_id)
