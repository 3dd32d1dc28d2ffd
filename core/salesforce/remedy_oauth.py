"""What each refusal of a sign-in or refresh means, as a table. `remedies` reads it."""

from core import errors
from core.errors import WhoActs
from core.salesforce.remedy import Concern, Remedy

# The code given to the one invalid_grant that passes by itself: two refreshes met.
REFRESH_RACED = "token_request_in_progress"
RACE_FRAGMENT = "token request is already being processed"

_ADMIN = WhoActs.UNIVERSITY_ADMIN
_OPERATOR = WhoActs.OPERATOR

_START_AGAIN = "Start the sign-in again and finish it in one go, in one tab."

# Told apart by a fragment of the description, because they all come as invalid_grant.
# https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
GRANT_REMEDIES: dict[str, Remedy] = {
    RACE_FRAGMENT: Remedy(
        errors.RetryLater,
        "Another refresh of this connection is under way.",
        "Wait a few seconds; the console takes over the other refresh's result.",
        code=REFRESH_RACED,
    ),
    "expired authorization code": Remedy(
        errors.SignInRefused, "The sign-in took too long or was sent twice.", _START_AGAIN
    ),
    "invalid authorization code": Remedy(
        errors.SignInRefused, "The sign-in's code was already used.", _START_AGAIN
    ),
    "code verifier": Remedy(
        errors.SignInRefused, "The sign-in was finished by another attempt's page.", _START_AGAIN
    ),
    "code challenge": Remedy(
        errors.SignInRefused,
        "The app asks for PKCE, and Salesforce saw no code challenge in the sign-in.",
        "Start the sign-in again from Connect, which always sends one. If it happens again, ask the"
        " admin to untick Require PKCE, as step S24 of the checklist says.",
        concern=Concern.APP,
    ),
    "expired access/refresh token": Remedy(
        errors.NeedsReauth,
        "Salesforce no longer honours the stored sign-in.",
        "Reconnect. If it keeps happening, ask the admin to look under Setup > Connected Apps OAuth"
        " Usage: the refresh token policy should be valid until revoked, and one user has at most"
        " five sign-ins per app.",
    ),
    "inactive user": Remedy(
        errors.NeedsReauth,
        "The integration user is deactivated or frozen in Salesforce.",
        "Ask the admin to activate the integration user, or reconnect as an active one.",
        _ADMIN,
        concern=Concern.USER,
    ),
    "authentication failure": Remedy(
        errors.NeedsReauth,
        "Salesforce refused the integration user: its password changed or it is deactivated.",
        "Ask the admin to check the integration user, then reconnect.",
        _ADMIN,
        concern=Concern.USER,
    ),
    "ip restricted": Remedy(
        errors.IpNotAllowed,
        "Salesforce refused our address or the hour of the call.",
        "Ask the admin to allow {egress} in the profile's login IP ranges or relax IP"
        " restrictions in the app's policies. Login History shows the refused attempt.",
    ),
    "login hours": Remedy(
        errors.IpNotAllowed,
        "Salesforce refused our address or the hour of the call.",
        "Ask the admin to check the login hours and IP ranges of the integration user's profile.",
    ),
    "hasn't approved this consumer": Remedy(
        errors.AppBlocked,
        "The integration user is not assigned to the app.",
        "Ask the admin to add the user's profile or permission set in the app's policies.",
    ),
    "high assurance": Remedy(
        errors.AppBlocked,
        "The integration user's profile asks for a high-assurance session.",
        "Ask the admin to lower the session level of the profile or of the app's policy.",
        concern=Concern.USER,
    ),
}

OAUTH_REMEDIES: dict[str, Remedy] = {
    "invalid_grant": Remedy(
        errors.NeedsReauth,
        "Salesforce no longer honours the stored sign-in.",
        "Reconnect. If it happens again, ask the admin for the integration user's Login History.",
    ),
    "redirect_uri_mismatch": Remedy(
        errors.SignInRefused,
        "The callback URL in the app is not the one the console uses.",
        "Ask the admin to put exactly {callback} under Callback URL: same https, same account id,"
        " no slash at the end.",
        _ADMIN,
        concern=Concern.APP,
    ),
    "invalid_client_id": Remedy(
        errors.InvalidConsumerKey,
        "Salesforce does not know this Consumer Key.",
        "Copy the Consumer Key again and check production against sandbox. A new app needs up to"
        " 20 minutes before it is known.",
    ),
    "invalid_client": Remedy(
        errors.InvalidConsumerSecret,
        "The Consumer Secret does not belong to this Consumer Key.",
        "Copy the Consumer Secret again; it may have been rotated. The stored sign-in was kept.",
    ),
    "inactive_org": Remedy(
        errors.AppBlocked,
        "The org is expired or locked.",
        "The university has to contact Salesforce about its org.",
        concern=Concern.ORG,
    ),
    "access_denied": Remedy(
        errors.SignInRefused,
        "Access was denied on Salesforce's page.",
        "Try again, press Allow.",
        concern=Concern.USER,
    ),
    "OAUTH_APP_BLOCKED": Remedy(
        errors.AppBlocked,
        "An admin of the org blocks this app, or the user is not assigned to it.",
        "Ask the admin: Setup > Connected Apps OAuth Usage > Unblock or Install, then assign the"
        " integration user's profile or permission set.",
    ),
    "OAUTH_APPROVAL_ERROR_GENERIC": Remedy(
        errors.AppNotInstalled,
        "The app is not installed in this org, lacks scopes, or the sign-in used the wrong host.",
        "Ask the admin to install it under Connected Apps OAuth Usage, and sign in through the"
        " org's My Domain.",
    ),
    "OAUTH_EC_APP_NOT_FOUND": Remedy(
        errors.AppNotInstalled,
        "The External Client App does not exist in the org that was signed in to.",
        "Create the app in this org, or sign in to the org that has it (production against"
        " sandbox).",
    ),
    "OAUTH_APP_ACCESS_DENIED": Remedy(
        errors.AppBlocked,
        "Salesforce refused the app: access was declined, or its IP policy keeps us out.",
        "Try again and press Allow; otherwise ask the admin to check the app's IP policy.",
    ),
    "invalid_app_access": Remedy(
        errors.AppBlocked,
        "The integration user is not allowed to use the app.",
        "Ask the admin to add the user's profile or permission set in the app's policies.",
    ),
    "invalid_scope": Remedy(
        errors.SignInRefused,
        "The app does not offer the scopes that the console asks for.",
        "Ask the admin to give the app exactly two scopes: api, and refresh_token"
        " (offline_access).",
        _ADMIN,
        concern=Concern.SCOPES,
    ),
    "unsupported_grant_type": Remedy(
        errors.SignInRefused,
        "The app does not allow this kind of sign-in.",
        "Ask the admin to enable the Authorization Code flow under Flow Enablement.",
        _ADMIN,
        concern=Concern.APP,
    ),
    "unsupported_response_type": Remedy(
        errors.SignInRefused,
        "The app does not allow this kind of sign-in.",
        "Ask the admin to enable the Authorization Code flow under Flow Enablement.",
        _ADMIN,
        concern=Concern.APP,
    ),
    "invalid_request": Remedy(
        errors.SignInRefused,
        "Salesforce could not read the sign-in request.",
        f"{_START_AGAIN} If it happens again, tell Halda support.",
        _OPERATOR,
        concern=Concern.APP,
    ),
    "rate_limit_exceeded": Remedy(
        errors.RateLimited, "Too many sign-ins at once.", "Wait a minute, then try again."
    ),
    "server_error": Remedy(
        errors.ServiceUnavailable,
        "Salesforce had a problem of its own.",
        "Try again in some minutes; https://status.salesforce.com shows known trouble.",
    ),
    "temporarily_unavailable": Remedy(
        errors.ServiceUnavailable,
        "Salesforce's sign-in is not available right now.",
        "Try again in some minutes; https://status.salesforce.com shows known trouble.",
    ),
}

# An invalid_grant in words nobody knows, where no grant was stored yet.
REFUSED_SIGN_IN = Remedy(errors.SignInRefused, "Salesforce refused the sign-in.", _START_AGAIN)

# Texts of Salesforce's own error pages, which carry no code.
PAGE_REMEDIES: dict[str, Remedy] = {
    "redirect_uri must match": OAUTH_REMEDIES["redirect_uri_mismatch"],
    "client identifier invalid": OAUTH_REMEDIES["invalid_client_id"],
    "is not installed in this org": OAUTH_REMEDIES["OAUTH_EC_APP_NOT_FOUND"],
    "app must be installed": OAUTH_REMEDIES["OAUTH_APPROVAL_ERROR_GENERIC"],
    "blocked by admin": OAUTH_REMEDIES["OAUTH_APP_BLOCKED"],
    "restricted ip": GRANT_REMEDIES["ip restricted"],
    "invalid login hours": GRANT_REMEDIES["login hours"],
    "end-user denied": OAUTH_REMEDIES["access_denied"],
    "code challenge": GRANT_REMEDIES["code challenge"],
    "insufficient privileges": Remedy(
        errors.SignInRefused,
        "The person at Salesforce may not see the app's Consumer Key and Secret.",
        "The admin has to grant that person's profile the permission \"View all External Client"
        ' Apps, views their settings, and edit policies".',
        _ADMIN,
        concern=Concern.CREDENTIALS,
    ),
    "unsupported grant type": OAUTH_REMEDIES["unsupported_grant_type"],
}
