"""What the two ends of a sign-in share: who came, what may be wrong, how an attempt is kept."""

import hashlib
from dataclasses import dataclass

from core.errors import SignInRefused
from core.secret import Secret
from core.store.tables import OauthAttempt
from core.store.vault import Place

PROBLEMS = {
    "unknown": "This sign-in was not started on this console.",
    "other_browser": "This sign-in was started in another browser.",
    "used": "This answer from Salesforce was used already.",
    "expired": "The sign-in took longer than ten minutes.",
    "other_account": "This sign-in belongs to another account.",
    "not_started": "The sign-in could not be started.",
    "link_used": "This sign-in link has been used already.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who comes back: the operator and the browser's binding cookie."""

    operator: str
    binding: Secret


def problem_error(problem: str) -> SignInRefused:
    """The error for a problem's name, which is all that travels in a page's address."""
    return SignInRefused(
        PROBLEMS.get(problem, PROBLEMS["unknown"]),
        advice="Start again with the button on Connect, in one tab of this browser.",
        code=problem if problem in PROBLEMS else "unknown",
    )


def hashed(secret: Secret) -> str:
    return hashlib.sha256(secret.reveal().encode()).hexdigest()


def verifier_place(attempt: OauthAttempt) -> Place:
    return Place("oauth_attempt", attempt.id, "verifier_ciphertext", attempt.account_id)
