"""The examination: collects the evidence, draws up every check, keeps the result."""

from collections.abc import Callable

from core.connect.context import ConnectContext
from core.connect.doctor import connection_checks, grant_checks, org_checks
from core.connect.doctor.ask import collect
from core.connect.doctor.evidence import Evidence
from core.connect.doctor.findings import Check, Examination, about_org
from core.connect.doctor.kept import keep
from core.connect.doctor.permission_checks import check_permissions

# In the order in which one would look; a connection fails at the first that is red.
CHECKS: tuple[Callable[[Evidence], Check], ...] = (
    connection_checks.check_propagation,
    connection_checks.check_host,
    connection_checks.check_app,
    connection_checks.check_credentials,
    connection_checks.check_network,
    grant_checks.check_token,
    grant_checks.check_refresh_policy,
    grant_checks.check_scopes,
    org_checks.check_api,
    org_checks.check_org,
    org_checks.check_user_active,
    org_checks.check_user_own,
    org_checks.check_user_rights,
    org_checks.check_limits,
)


def examine(context: ConnectContext, connection_id: str, *, asked_by: str) -> Examination:
    """Examine one connection with at most ten calls to its org, reads only, and keep the result.

    Raises NotFound for an unknown connection and StorageError; whatever the org says is a finding.
    """
    evidence = collect(context, connection_id, asked_by=asked_by)
    org = evidence.known.connection.org
    examination = Examination(
        connection_id=connection_id,
        about=about_org(org.org_name, org.org_id, org.username) if org else about_org("", "", ""),
        examined_at=evidence.known.now,
        asked_by=asked_by,
        checks=draw_up(evidence),
        api_calls=evidence.answers.api_calls,
    )
    keep(context, examination)
    return examination


def draw_up(evidence: Evidence) -> tuple[Check, ...]:
    """Every check for this evidence. Pure."""
    return (*(check(evidence) for check in CHECKS), *check_permissions(evidence))
