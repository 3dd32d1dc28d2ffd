"""What may go wrong between pressing Connect and holding a grant.

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
    token_fault,
)
from core.demo_org.faults import Fault

_AUTHORIZE: Final = "^/services/oauth2/authorize$"
# No addresses: these are asked for by the handlers, where an answer takes another turn.
BACK_TO_CALLBACK: Final = "sign-in/back-to-callback"
WITHOUT_REFRESH_TOKEN: Final = "sign-in/without-refresh-token"


def _page(name: str, error: str, description: str = "") -> Failure:
    """Salesforce's own page shows an error, which the callback never hears of."""
    text = f"{error}: {description}" if description else error
    html = f"<html><body><h1>OAuth Error</h1><p>{text}</p></body></html>"
    fault = Fault(match=_AUTHORIZE, status=400, html=html)
    return failure(f"page_{name}", At.PAGE, quoted(error, description), fault)


def _callback(name: str, error: str, description: str = "") -> Failure:
    """Salesforce sends the browser back with an error in place of the code."""
    body = {"error": error} | ({"error_description": description} if description else {})
    fault = Fault(match=f"^{BACK_TO_CALLBACK}$", status=302, body=body)
    title = f"sent back with {quoted(error, description)}"
    return failure(f"callback_{name}", At.SIGN_IN, title, fault)


def _exchange(name: str, error: str, description: str = "") -> Failure:
    """The code is not exchanged for a grant."""
    title = quoted(error, description)
    return failure(f"sign_in_{name}", At.SIGN_IN, title, token_fault(error, description))


_ALL: Final = (
    _page("callback", "redirect_uri_mismatch", "redirect_uri must match configuration"),
    _page("key", "invalid_client_id", "client identifier invalid"),
    _page("blocked", "OAUTH_APP_BLOCKED", "this app is blocked by admin"),
    _page("approval", "OAUTH_APPROVAL_ERROR_GENERIC",
          "An unexpected error has occurred during authentication. Please try again."),
    _page("not_found", "OAUTH_EC_APP_NOT_FOUND"),
    _page("not_installed", "External client app is not installed in this org"),
    _page("denied", "OAUTH_APP_ACCESS_DENIED"),
    _page("hours", "restricted IP or invalid login hours"),
    _page("challenge", "invalid_request", "missing required code challenge"),
    _page("scope", "invalid_scope", "the requested scope is not allowed"),
    _page("flow", "unsupported_response_type", "response type not supported"),
    _page("app_access", "invalid_app_access", "user is not admitted to this app"),
    _page("inactive_org", "inactive_org", "organization is inactive"),
    _callback("deny", "access_denied", "end-user denied authorization"),
    _callback("challenge", "invalid_request", "missing required code challenge"),
    _callback("scope", "invalid_scope", "the requested scope is not allowed"),
    _callback("request", "invalid_request"),
    _callback("server", "server_error", "unexpected error"),
    _callback("busy", "temporarily_unavailable"),
    _exchange("late_code", "invalid_grant", "expired authorization code"),
    _exchange("used_code", "invalid_grant", "invalid authorization code"),
    _exchange("verifier", "invalid_grant", "invalid code verifier"),
    _exchange("challenge", "invalid_request", "missing required code challenge"),
    _exchange("request", "invalid_request"),
    _exchange("scope", "invalid_scope", "the requested scope is not allowed"),
    _exchange("key", "invalid_client_id", "client identifier invalid"),
    _exchange("secret", "invalid_client", "invalid client credentials"),
    _exchange("callback", "redirect_uri_mismatch", "redirect_uri must match configuration"),
    _exchange("grant_type", "unsupported_grant_type", "grant type not supported"),
    _exchange("app_access", "invalid_app_access", "user is not admitted to this app"),
    _exchange("inactive_org", "inactive_org", "organization is inactive"),
    _exchange("inactive_user", "invalid_grant", "inactive user"),
    _exchange("password", "invalid_grant", "authentication failure"),
    _exchange("not_approved", "invalid_grant", "user hasn't approved this consumer"),
    _exchange("ip", "invalid_grant", "ip restricted"),
    _exchange("hours", "invalid_grant", "restricted IP or invalid login hours"),
    _exchange("high_assurance", "invalid_grant", "high assurance session required"),
    _exchange("not_installed", "invalid_request",
              "External client app is not installed in this org"),
    _exchange("too_many", "rate_limit_exceeded", "too many requests"),
    _exchange("unknown_grant", "invalid_grant", "something nobody has seen"),
    _exchange("unknown", "brand_new_error", "nobody has a line for this"),
    failure("sign_in_no_refresh_token", At.SIGN_IN, "no refresh token in the answer",
            Fault(match=f"^{WITHOUT_REFRESH_TOKEN}$", status=200)),
)  # fmt: skip
SIGNING_IN: Final[tuple[Failure, ...]] = (
    *_ALL,
    *(
        failure(f"sign_in_{name}", At.SIGN_IN, title, fault)
        for name, title, fault in no_token_answer(times=1)
    ),
)
