"""Checks of the stored sign-in: is it alive, how long will it live, what does it cover."""

from datetime import timedelta

from core.connect.doctor.connection_checks import NOT_ASKED, failed_here
from core.connect.doctor.evidence import Evidence, GrantFacts
from core.connect.doctor.findings import Check
from core.connect.doctor.question import Question
from core.errors import ConsoleError, WhoActs
from core.salesforce.introspection import Introspection
from core.salesforce.remedy import Concern

# https://help.salesforce.com/s/articleView?id=005316711
IDLE_LIMIT = timedelta(days=30)
IDLE_WARNING = timedelta(days=20)
_NEEDED_SCOPES = frozenset({"api", "refresh_token"})
_SAME_SCOPE = {"offline_access": "refresh_token"}
_OPERATOR, _ADMIN = WhoActs.OPERATOR, WhoActs.UNIVERSITY_ADMIN
_SIGN_IN = "Sign in again on Connect."


def check_token(evidence: Evidence) -> Check:
    question = Question(
        Concern.TOKEN, "Stored sign-in", "A data call, and what the refresh token is worth"
    )
    grant, answers = evidence.known.grant, evidence.answers
    if failure := failed_here(evidence, Concern.TOKEN):
        return question.refused(failure)
    if grant is None:
        return question.red(
            "None stored",
            "Nobody has signed in to this org yet, or it was disconnected.",
            who=_OPERATOR,
            advice="Sign in on Connect.",
        )
    worth = answers.introspection
    if isinstance(worth, Introspection) and not worth.is_active:
        return _dead_refresh_token(question, evidence)
    if not answers.has_answered:
        return question.unknown(NOT_ASKED)
    if grant.was_cut_short and not answers.was_renewed:
        return _cut_short(question, worth)
    renewed = "Accepted, after a renewal just now" if answers.was_renewed else "Accepted"
    return question.green(renewed, "Salesforce honours the stored sign-in.")


def _dead_refresh_token(question: Question, evidence: Evidence) -> Check:
    still = "works for now" if evidence.answers.has_answered else "has ended as well"
    return question.red(
        "active: false",
        f"The refresh token is dead, so the sign-in cannot be renewed; the session {still}.",
        who=_OPERATOR,
        advice=f"{_SIGN_IN} If it happens again, ask the admin to look under Setup > Connected Apps"
        " OAuth Usage: somebody may have revoked it, and one user has at most five sign-ins per"
        " app.",
    )


def _cut_short(question: Question, worth: Introspection | ConsoleError | None) -> Check:
    if isinstance(worth, Introspection):
        return question.green(
            "Accepted", "A renewal was interrupted, and the stored sign-in has survived it."
        )
    return question.amber(
        "Accepted for now",
        "A renewal was interrupted, so the stored sign-in may be spent. The next renewal tells.",
        who=_OPERATOR,
        advice="If it asks for a new sign-in, sign in again on Connect.",
    )


def check_refresh_policy(evidence: Evidence) -> Check:
    question = Question(
        Concern.REFRESH_POLICY,
        "Refresh token policy",
        "Age of the stored sign-in, and the end that Salesforce names",
    )
    grant = evidence.known.grant
    if failure := failed_here(evidence, Concern.REFRESH_POLICY):
        return question.refused(failure)
    if grant is None:
        return question.unknown(NOT_ASKED)
    if not grant.has_refresh_token:
        return question.red(
            "No refresh token stored",
            "The sign-in cannot be renewed and ends within hours.",
            who=_ADMIN,
            advice="Ask the admin to add the scope refresh_token (offline_access) to the app; then "
            "sign in again on Connect.",
        )
    worth = evidence.answers.introspection
    if isinstance(worth, Introspection) and worth.expires_at is not None:
        return question.amber(
            f"Ends on {worth.expires_at:%Y-%m-%d}",
            "The app's policy lets the sign-in expire.",
            who=_ADMIN,
            advice="Ask the admin to set the app's Refresh Token Policy to “Refresh token is valid "
            "until revoked” (External Client App Manager > Policies).",
        )
    return _check_idle(question, evidence, grant)


def _check_idle(question: Question, evidence: Evidence, grant: GrantFacts) -> Check:
    idle = evidence.known.now - (
        evidence.known.now if evidence.answers.was_renewed else grant.used_at
    )
    left = max(0, IDLE_LIMIT.days - idle.days)
    answer = f"Renewed {idle.days} days ago" if idle.days else "Renewed today"
    if idle >= IDLE_WARNING:
        return question.amber(
            answer,
            f"Where the org limits idle sign-ins to 30 days, {left} days are left.",
            who=_OPERATOR,
            advice="Any call that renews the session starts the count anew; reconnecting does too.",
        )
    return question.green(
        answer, f"Salesforce names no end. An idle limit of 30 days would leave {left} days."
    )


def check_scopes(evidence: Evidence) -> Check:
    question = Question(Concern.SCOPES, "OAuth scopes", "The scopes of the stored sign-in")
    if failure := failed_here(evidence, Concern.SCOPES):
        return question.refused(failure)
    granted = _granted_scopes(evidence)
    if not granted:
        return question.unknown(NOT_ASKED)
    missing, listed = _NEEDED_SCOPES - granted, " ".join(sorted(granted))
    if missing:
        return question.red(
            listed,
            f"The sign-in lacks {' and '.join(sorted(missing))}.",
            who=_ADMIN,
            advice="Ask the admin to give the app exactly two scopes: api, and refresh_token "
            "(offline_access). Then sign in again on Connect.",
        )
    if granted - _NEEDED_SCOPES:
        return question.amber(
            listed,
            "The sign-in covers more than the integration needs.",
            who=_ADMIN,
            advice="Ask the admin to leave exactly two scopes: api, and refresh_token.",
        )
    return question.green(listed, "Exactly what the integration needs.")


def _granted_scopes(evidence: Evidence) -> frozenset[str]:
    worth, org = evidence.answers.introspection, evidence.known.connection.org
    named = worth.scopes if isinstance(worth, Introspection) else ()
    named = named or tuple(org.scopes.split() if org and evidence.known.grant else ())
    return frozenset(_SAME_SCOPE.get(each, each) for each in named)
