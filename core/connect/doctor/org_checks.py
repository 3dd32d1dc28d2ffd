"""Checks of the org behind the connection: which one, which user, how much of it is used up."""

from collections.abc import Mapping

from core.connect.credentials import check_integration_user
from core.connect.doctor.connection_checks import NOT_ASKED, failed_here
from core.connect.doctor.evidence import Evidence
from core.connect.doctor.findings import Check
from core.connect.doctor.question import Question
from core.connect.states import Environment
from core.errors import ConsoleError, WhoActs
from core.salesforce.client import Organization
from core.salesforce.integration_user import IntegrationUser
from core.salesforce.remedy import Concern

ORG_ID_LENGTH = 15  # the 18-character form adds a checksum only
NEARLY_USED = 0.8
_STORAGE = "DataStorageMB"
_ADMIN_PROFILES = ("system administrator", "systemadministrator", "admin")
_OPERATOR, _ADMIN = WhoActs.OPERATOR, WhoActs.UNIVERSITY_ADMIN


def check_api(evidence: Evidence) -> Check:
    question = Question(Concern.API, "API enabled", "SELECT … FROM Organization")
    if failure := failed_here(evidence, Concern.API):
        return question.refused(failure)
    organization = evidence.answers.organization
    if isinstance(organization, ConsoleError):
        return question.refused(organization)
    if organization is None:
        return question.unknown(NOT_ASKED)
    return question.green("Answered", "The integration user may use the REST API.")


def check_org(evidence: Evidence) -> Check:
    question = Question(
        Concern.ORG, "Org and environment", "SELECT Id, IsSandbox FROM Organization"
    )
    if failure := failed_here(evidence, Concern.ORG):
        return question.refused(failure)
    found, known = evidence.answers.organization, evidence.known.connection.org
    if found is None or isinstance(found, ConsoleError) or known is None:
        return question.unknown(NOT_ASKED)
    answer = f"{found.name} ({found.org_id}), {_kind(evidence, found)}"
    if found.org_id[:ORG_ID_LENGTH] != known.org_id[:ORG_ID_LENGTH]:
        return question.red(
            answer,
            f"This is another org than the one that was connected: {known.org_name} "
            f"({known.org_id}).",
            who=_OPERATOR,
            advice="After a sandbox refresh archive this environment and set it up anew.",
        )
    return _check_environment(question, evidence, found, answer)


def _kind(evidence: Evidence, found: Organization) -> str:
    if evidence.known.connection.environment is Environment.DEMO:
        return "demo org"
    return "sandbox" if found.is_sandbox else "production"


def _check_environment(
    question: Question, evidence: Evidence, found: Organization, answer: str
) -> Check:
    environment = evidence.known.connection.environment
    expected = {Environment.PRODUCTION: False, Environment.SANDBOX: True}.get(environment)
    if expected is not None and found.is_sandbox is not expected:
        return question.red(
            answer,
            f"This is the {environment} environment, and the org is of the other kind.",
            who=_OPERATOR,
            advice="Connect the right org here, or add the other environment to the account.",
        )
    if found.trial_expires_at:
        return question.amber(
            f"{answer}, trial until {found.trial_expires_at[:10]}",
            "The org is a trial and will be locked when it ends.",
            who=_ADMIN,
            advice="Ask the admin to convert the trial, or connect the university's own org.",
        )
    return question.green(answer, f"The org that was connected, as {environment}.")


def check_user_active(evidence: Evidence) -> Check:
    question = Question(Concern.USER, "Integration user is active", "SELECT IsActive FROM User")
    if failure := failed_here(evidence, Concern.USER):
        return question.refused(failure)
    user = evidence.answers.user
    if isinstance(user, ConsoleError):
        return question.unknown(user.code or "Hidden", "The user may not see its own record.")
    if user is None:
        return question.unknown(NOT_ASKED)
    if not user.is_active:
        return question.red(
            f"{user.username}: inactive",
            "The integration user is deactivated.",
            who=_ADMIN,
            advice="Ask the admin to activate it, or reconnect as an active one.",
        )
    return question.green(user.username, "The user can sign in and call.")


def check_user_own(evidence: Evidence) -> Check:
    question = Question("user_own", "A user of its own", "The username, and the one named here")
    org, named = evidence.known.connection.org, evidence.known.connection.integration_user
    if org is None:
        return question.unknown(NOT_ASKED)
    if named and named.casefold() != org.username.casefold():
        return question.amber(
            org.username,
            "The connection acts as another user than the one named on Credentials.",
            who=_OPERATOR,
            advice="Reconnect as that user, or correct the name on Credentials.",
        )
    if hints := check_integration_user(org.username):
        return question.amber(
            org.username,
            hints[0],
            who=_ADMIN,
            advice="Ask the admin to make an integration user, then reconnect as that user.",
        )
    return question.green(org.username, "It does not read like a person's login.")


def check_user_rights(evidence: Evidence) -> Check:
    question = Question(
        "user_rights", "No more rights than needed", "SELECT Profile, permission sets of the user"
    )
    user = evidence.answers.user
    if user is None or isinstance(user, ConsoleError):
        return question.unknown(NOT_ASKED if user is None else user.code or "Hidden")
    if user.may_modify_all or user.profile_name.casefold() in _ADMIN_PROFILES:
        source = user.rights_from or user.profile_name
        return question.amber(
            f"Modify All Data, through {source}" if user.may_modify_all else source,
            "The integration user may change everything in the org: too much for this purpose.",
            who=_ADMIN,
            advice="Ask the admin to give it a profile of least access and one permission set with "
            "the objects and fields of the mapping.",
        )
    if user.may_modify_all is None:
        return question.unknown(
            "Profile and permission sets are hidden from the user",
            "Usual for a user with few rights. The admin can look at its profile.",
        )
    return question.green(*_least_rights(user))


def _least_rights(user: IntegrationUser) -> tuple[str, str]:
    profile = user.profile_name or "No Modify All Data"
    if user.is_api_only:
        return (
            f"{profile}, API only",
            "Good. Such a user may be refused in the browser: lift API Only User for a sign-in.",
        )
    return profile, "No Modify All Data."


def check_limits(evidence: Evidence) -> Check:
    question = Question(Concern.LIMITS, "API calls and storage left", "GET /limits")
    if failure := failed_here(evidence, Concern.LIMITS):
        return question.refused(failure)
    limits = evidence.answers.limits
    listed: Mapping[str, tuple[int, int]] = limits if isinstance(limits, Mapping) else {}
    usage = _api_usage(evidence, listed)
    most_storage, storage_left = listed.get(_STORAGE, (0, 0))
    if most_storage and storage_left <= 0:
        return question.red(
            f"0 of {most_storage:,} MB storage left",
            "The org's data storage is full: no record can be created.",
            who=_ADMIN,
            advice="Ask the admin to free or buy data storage.",
        )
    if usage is None:
        return question.unknown(NOT_ASKED if limits is None else "Not told")
    used, most = usage
    answer = f"{used:,} of {most:,} calls used in 24 hours"
    if used >= most * NEARLY_USED:
        return question.amber(
            answer,
            "Most of the org's daily API allowance is used up, by all its integrations together.",
            who=_ADMIN,
            advice="Ask the admin to look which integration calls so often: Setup > System "
            "Overview. It is counted over the last 24 hours.",
        )
    return question.green(answer, f"{most - used:,} calls are left for all integrations together.")


def _api_usage(evidence: Evidence, limits: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    if "DailyApiRequests" in limits:
        most, left = limits["DailyApiRequests"]
        return most - left, most
    return evidence.answers.usage
