"""Refusals that a real org is known for, ready to be asked for by name.

Texts as documented or reported for the platform:
https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
"""

from dataclasses import dataclass
from typing import Any, Final

from core.demo_org.faults import Fault, fault_from_json

_DATA: Final = "^/services/data/v"
_TOKEN: Final = "^/services/oauth2/token$"
_AUTHORIZE: Final = "^/services/oauth2/authorize$"
_REPEATS: Final = 6  # a client that repeats its reads meets the same trouble each time


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """`title` is read on the org's own page; `faults` are what the next calls get."""

    name: str
    title: str
    faults: tuple[Fault, ...]


def _renewal(name: str, error: str, description: str) -> Failure:
    """The session has ended, and the renewal is refused."""
    refused = {"error": error, "error_description": description}
    return Failure(
        name=name,
        title=f"Renewal: {error} “{description}”",
        faults=(
            _rest_fault(401, "INVALID_SESSION_ID", "Session expired or invalid", times=1),
            Fault(match=_TOKEN, method="POST", status=400, body=refused),
        ),
    )


def _sign_in_page(name: str, error: str, description: str) -> Failure:
    """Salesforce's own page shows an error, which the callback never hears of."""
    text = f"{error}: {description}" if description else error
    html = f"<html><body><h1>OAuth Error</h1><p>{text}</p></body></html>"
    fault = Fault(match=_AUTHORIZE, status=400, html=html)
    return Failure(name=name, title=f"Sign-in page: {error}", faults=(fault,))


def _data(name: str, status: int, code: str, message: str) -> Failure:
    """Calls to the REST API are refused."""
    fault = _rest_fault(status, code, message, times=_REPEATS)
    return Failure(name=name, title=f"Data calls: {code} “{message}”", faults=(fault,))


def _rest_fault(status: int, code: str, message: str, *, times: int) -> Fault:
    body = [{"message": message, "errorCode": code}]
    return Fault(match=_DATA, status=status, body=body, times=times)


def _other(name: str, title: str, fault: Fault) -> Failure:
    return Failure(name=name, title=f"Data calls: {title}", faults=(fault,))


_ALL: Final = (
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
    _renewal("grant_type", "unsupported_grant_type", "grant type not supported"),
    _renewal("too_many_sign_ins", "rate_limit_exceeded", "too many requests"),
    _renewal("unknown_error", "brand_new_error", "nobody has a line for this"),
    _sign_in_page("page_callback", "redirect_uri_mismatch",
                  "redirect_uri must match configuration"),
    _sign_in_page("page_key", "invalid_client_id", "client identifier invalid"),
    _sign_in_page("page_blocked", "OAUTH_APP_BLOCKED", "this app is blocked by admin"),
    _sign_in_page("page_approval", "OAUTH_APPROVAL_ERROR_GENERIC",
                  "An unexpected error has occurred during authentication. Please try again."),
    _sign_in_page("page_not_found", "OAUTH_EC_APP_NOT_FOUND", ""),
    _sign_in_page("page_denied", "OAUTH_APP_ACCESS_DENIED", ""),
    _sign_in_page("page_hours", "restricted IP or invalid login hours", ""),
    _data("api_disabled", 403, "API_DISABLED_FOR_ORG",
          "The REST API is not enabled for this Organization."),
    _data("api_off_for_user", 403, "API_CURRENTLY_DISABLED", "API is disabled for this User"),
    _data("limit_used_up", 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    _data("no_api_scope", 401, "INVALID_SESSION_ID",
          "This session is not valid for use with the REST API"),
    _data("api_access_control", 403, "CLIENT_NOT_ACCESSIBLE_FOR_USER",
          "client not accessible for user"),
    _data("expired_password", 403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
          "The users password has expired, you must call SetPassword before attempting any other "
          "API operations"),
    _data("restricted_domain", 403, "LOGIN_DURING_RESTRICTED_DOMAIN",
          "cannot login from current domain"),
    _data("restricted_time", 403, "LOGIN_DURING_RESTRICTED_TIME",
          "cannot login during this time period"),
    _data("org_locked", 403, "ORG_LOCKED", "organization locked"),
    _data("maintenance", 503, "SERVER_UNAVAILABLE", "Server Unavailable"),
    _data("unknown_code", 400, "BRAND_NEW_CODE", "Nobody has a line for this"),
    _other("maintenance_page", "a maintenance page instead of JSON",
           Fault(match=_DATA, status=503, html="<html>Down for maintenance</html>",
                 times=_REPEATS)),
    _other("moved_away", "a redirect to another address",
           Fault(match=_DATA, status=302, html="<html>Moved</html>", times=_REPEATS,
                 headers=(("Location", "https://elsewhere.example/"),))),
    _other("half_an_answer", "an answer that breaks off",
           Fault(match=_DATA, moment="after", truncate=True, times=_REPEATS)),
    _other("no_answer", "the connection dropped",
           Fault(match=_DATA, drop_connection=True, times=_REPEATS)),
)  # fmt: skip
FAILURES: Final[dict[str, Failure]] = {each.name: each for each in _ALL}


def asked_faults(body: Any) -> tuple[Fault, ...]:
    """Read a fault, or the name of a failure, from its request.

    Raises:
        ValueError: As `fault_from_json`, and for a name that is none.
    """
    if isinstance(body, dict) and set(body) == {"failure"}:
        failure = FAILURES.get(str(body["failure"]))
        if failure is None:
            raise ValueError("there is no failure of this name")
        return failure.faults
    return (fault_from_json(body),)
