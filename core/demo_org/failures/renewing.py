"""What may go wrong when the session has ended and the stored sign-in is to be renewed.

Texts as documented or reported for the platform:
https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
"""

from typing import Final

from core.demo_org.failures.failure import (
    At,
    Failure,
    failure,
    no_token_answer,
    quoted,
    rest_fault,
    token_fault,
)
from core.demo_org.faults import Fault

_ATTEMPTS: Final = 2  # a careful client tries once more where it cannot tell what was done


def _renewal(name: str, error: str, description: str = "") -> Failure:
    title = quoted(error, description)
    return _after_the_session(name, title, token_fault(error, description))


def _after_the_session(name: str, title: str, fault: Fault) -> Failure:
    ended = rest_fault(401, "INVALID_SESSION_ID", "Session expired or invalid", times=1)
    return failure(name, At.RENEWAL, title, ended, fault)


_ALL: Final = (
    _renewal("race", "invalid_grant", "token request is already being processed"),
    _renewal("race_older_words", "invalid_grant", "expired authorization code"),
    _renewal("expired_token", "invalid_grant", "expired access/refresh token"),
    _renewal("inactive_user", "invalid_grant", "inactive user"),
    _renewal("ip_restricted", "invalid_grant", "ip restricted"),
    _renewal("login_hours", "invalid_grant", "restricted IP or invalid login hours"),
    _renewal("authentication_failure", "invalid_grant", "authentication failure"),
    _renewal("not_approved", "invalid_grant", "user hasn't approved this consumer"),
    _renewal("high_assurance", "invalid_grant", "high assurance session required"),
    _renewal("unknown_grant", "invalid_grant", "something nobody has seen"),
    _renewal("wrong_secret", "invalid_client", "invalid client credentials"),
    _renewal("unknown_key", "invalid_client_id", "client identifier invalid"),
    _renewal("inactive_org", "inactive_org", "organization is inactive"),
    _renewal("app_access", "invalid_app_access", "user is not admitted to this app"),
    _renewal("app_not_installed", "invalid_request",
             "External client app is not installed in this org"),
    _renewal("renewal_request", "invalid_request"),
    _renewal("grant_type", "unsupported_grant_type", "grant type not supported"),
    _renewal("too_many_sign_ins", "rate_limit_exceeded", "too many requests"),
    _renewal("unknown_error", "brand_new_error", "nobody has a line for this"),
)  # fmt: skip
RENEWING: Final[tuple[Failure, ...]] = (
    *_ALL,
    *(
        _after_the_session(f"renewal_{name}", f"{title}, twice", fault)
        for name, title, fault in no_token_answer(times=_ATTEMPTS)
    ),
)
