"""Checks of the way to the org: the app, its address, its keys and the network in between."""

from core.connect.doctor.evidence import Evidence
from core.connect.doctor.findings import Check
from core.connect.doctor.question import Question, cause_of
from core.connect.propagation import PropagationState
from core.connect.states import AppType
from core.errors import ConsoleError, WhoActs
from core.salesforce.remedy import Concern
from core.salesforce.remedy_concerns import concern_of

NOT_ASKED = "Not asked: mend what is red first."
_OPERATOR, _ADMIN, _NOBODY = WhoActs.OPERATOR, WhoActs.UNIVERSITY_ADMIN, WhoActs.NOBODY


def failed_here(evidence: Evidence, concern: Concern) -> ConsoleError | None:
    """What keeps the connection from working, where it is about this part."""
    cause = cause_of(evidence)
    return cause if cause is not None and concern_of(cause) is concern else None


def check_propagation(evidence: Evidence) -> Check:
    question = Question(Concern.PROPAGATION, "App has spread", "When Phase 1 was finished here")
    wait = evidence.known.propagation
    if failure := failed_here(evidence, Concern.PROPAGATION):
        if wait.state is not PropagationState.READY:
            return question.refused(failure)
        return question.amber(
            "The wait is over",
            "The last sign-in came too early for a new app.",
            who=_OPERATOR,
            advice="Sign in on Connect now.",
        )
    if evidence.known.connection.app_type is AppType.LEGACY_CONNECTED_APP:
        return question.green("A Connected App from before", "It works; no wait, no action.")
    if evidence.answers.has_answered or wait.is_open:
        return question.green("The wait is over", "Salesforce knows the app.")
    if wait.state is PropagationState.WAITING:
        return question.amber(
            f"{wait.seconds_left // 60 + 1} minutes left",
            "Salesforce needs 10 to 20 minutes to spread a new app; a sign-in before may fail.",
            who=_NOBODY,
            advice="Wait for the timer on App in Salesforce.",
        )
    return question.amber(
        f"{len(wait.missing_steps)} steps open",
        "The checklist of Phase 1 is not finished, so the app may be incomplete.",
        who=_OPERATOR,
        advice="Finish App in Salesforce; the refresh token policy is the step most often missed.",
    )


def check_host(evidence: Evidence) -> Check:
    connection, versions = evidence.known.connection, evidence.answers.versions
    address = connection.org.instance_url if connection.org else connection.login_url
    question = Question(Concern.HOST, "Address of the org", f"GET {address}/services/data")
    if failure := failed_here(evidence, Concern.HOST):
        return question.refused(failure)
    if isinstance(versions, ConsoleError):
        return question.red(
            versions.code or "No list of versions",
            "This address does not answer like a Salesforce org.",
            who=_OPERATOR,
            advice="Compare it with Setup > My Domain; then reconnect, which takes the new one.",
        )
    if versions is None or connection.org is None:
        return question.unknown(NOT_ASKED)
    return _check_version(question, versions, connection.org.api_version)


def _check_version(question: Question, versions: tuple[str, ...], used: str) -> Check:
    if used not in versions:
        return question.red(
            f"v{versions[0]} to v{versions[-1]}" if versions else "No version",
            f"The org no longer offers API version {used}, which this connection uses.",
            who=_OPERATOR,
            advice="Reconnect, which chooses the version anew.",
        )
    return question.green(
        f"v{versions[0]} to v{versions[-1]}", f"The org answers; v{used} is used."
    )


def check_app(evidence: Evidence) -> Check:
    question = Question(Concern.APP, "App installed and admitted", "A call with the app's grant")
    if failure := failed_here(evidence, Concern.APP):
        return question.refused(failure)
    if not evidence.answers.has_answered:
        return question.unknown(NOT_ASKED)
    if evidence.known.connection.app_type is AppType.LEGACY_CONNECTED_APP:
        return question.green("Admitted", "A Connected App from before: works, no action needed.")
    return question.green("Admitted", "The org lets this app in.")


def check_credentials(evidence: Evidence) -> Check:
    question = Question(
        Concern.CREDENTIALS, "Consumer Key and Secret", "POST /services/oauth2/introspect"
    )
    answer = evidence.answers.introspection
    if not evidence.known.credentials.is_set:
        return question.red(
            "None stored",
            "The Consumer Key and Secret of the app have not been entered.",
            who=_OPERATOR,
            advice="Enter them on Credentials.",
        )
    if failure := failed_here(evidence, Concern.CREDENTIALS):
        return question.refused(failure)
    if isinstance(answer, ConsoleError):
        if concern_of(answer) is Concern.CREDENTIALS:
            return question.refused(answer)
        return question.unknown(answer.code or "No answer", "The pair could not be tried alone.")
    if answer is None:
        return question.unknown(NOT_ASKED)
    return question.green("Accepted", "The stored pair belongs to the app.")


def check_network(evidence: Evidence) -> Check:
    question = Question(
        Concern.NETWORK, "IP ranges and login hours", "A call from this console, at this hour"
    )
    ours = evidence.known.egress_addresses
    if failure := failed_here(evidence, Concern.NETWORK):
        return question.refused(failure)
    if not evidence.answers.has_answered:
        return question.unknown(NOT_ASKED)
    where = f"The console calls from {ours}. " if ours else ""
    return question.green(
        "Let through",
        f"{where}A user with few rights cannot read the ranges and hours of its profile, so this "
        "holds for this address and hour. Login hours count again at each renewal.",
    )
