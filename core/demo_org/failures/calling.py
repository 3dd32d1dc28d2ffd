"""What may go wrong when the org is asked for its data.

Texts as documented or reported for the platform:
https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
"""

from typing import Any, Final

from core.demo_org.failures.failure import DATA, At, Failure, failure, quoted, rest_fault
from core.demo_org.faults import Fault

_VERSIONS: Final = "^/services/data/?$"
_REPEATS: Final = 6  # a client that repeats its reads meets the same trouble each time
_OLD_VERSIONS: Final[Any] = [
    {"label": f"v{number}", "url": f"/services/data/v{number}.0", "version": f"{number}.0"}
    for number in (38, 39)
]


def _refused(name: str, status: int, code: str, message: str) -> Failure:
    fault = rest_fault(status, code, message, times=_REPEATS)
    return failure(name, At.CALL, quoted(code, message), fault)


def _other(name: str, title: str, **effect: Any) -> Failure:
    fault = Fault(match=DATA, times=_REPEATS, **effect)
    return failure(name, At.CALL, title, fault)


CALLING: Final[tuple[Failure, ...]] = (
    _refused("session_refused", 401, "INVALID_SESSION_ID", "Session expired or invalid"),
    _refused("no_api_scope", 401, "INVALID_SESSION_ID",
             "This session is not valid for use with the REST API"),
    _refused("api_disabled", 403, "API_DISABLED_FOR_ORG",
             "The REST API is not enabled for this Organization."),
    _refused("api_off_for_user", 403, "API_CURRENTLY_DISABLED", "API is disabled for this User"),
    _refused("limit_used_up", 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    _refused("too_many_calls", 429, "TOO_MANY_REQUESTS", "too many requests at once"),
    _refused("api_access_control", 403, "CLIENT_NOT_ACCESSIBLE_FOR_USER",
             "client not accessible for user"),
    _refused("insufficient_access", 403, "INSUFFICIENT_ACCESS",
             "insufficient access rights on object"),
    _refused("expired_password", 403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
             "The users password has expired, you must call SetPassword before attempting any "
             "other API operations"),
    _refused("locked_out", 403, "PASSWORD_LOCKOUT", "password lockout"),
    _refused("restricted_domain", 403, "LOGIN_DURING_RESTRICTED_DOMAIN",
             "cannot login from current domain"),
    _refused("restricted_time", 403, "LOGIN_DURING_RESTRICTED_TIME",
             "cannot login during this time period"),
    _refused("org_locked", 403, "ORG_LOCKED", "organization locked"),
    _refused("maintenance", 503, "SERVER_UNAVAILABLE", "Server Unavailable"),
    _refused("unknown_code", 400, "BRAND_NEW_CODE", "Nobody has a line for this"),
    failure("old_versions", At.CALL, "the API version is gone",
            Fault(match=_VERSIONS, status=200, body=_OLD_VERSIONS, times=_REPEATS),
            rest_fault(410, "UNSUPPORTED_API_VERSION",
                       "The requested API version is retired or unsupported", times=_REPEATS)),
    _other("maintenance_page", "a maintenance page instead of JSON", status=503,
           html="<html>Down for maintenance</html>"),
    _other("moved_away", "a redirect to another address", status=302, html="<html>Moved</html>",
           headers=(("Location", "https://elsewhere.example/"),)),
    _other("half_an_answer", "an answer that breaks off", moment="after", truncate=True),
    _other("no_answer", "the connection dropped", drop_connection=True),
    _other("late_answer", "no answer in time", timeout_seconds=60.0),
)  # fmt: skip
