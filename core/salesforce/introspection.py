"""What a token is worth, asked without spending it. Stores nothing.

https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oidc_token_introspection_endpoint.htm
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import httpx2

from core.salesforce.http import OrgHttp
from core.salesforce.oauth import AppCredentials, Endpoints, oauth_client, refuse_failure
from core.salesforce.remedy import Facts
from core.secret import Secret

_LAST_SECOND = 253_402_300_799  # of the year 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Introspection:
    """The org's answer. `expires_at` is None where it names no end; scopes may be missing."""

    is_active: bool
    scopes: tuple[str, ...]
    username: str
    expires_at: datetime | None


def introspect(
    http: OrgHttp, endpoints: Endpoints, *, app: AppCredentials, token: Secret
) -> Introspection:
    """Ask about a token of this app. Raises what a token call raises; it proves the app's pair."""
    form = {
        "token": token.reveal(),
        "client_id": app.consumer_key,
        "client_secret": app.consumer_secret.reveal(),
    }
    url = endpoints.introspect_url
    with oauth_client(http, url, None, Facts("", http.egress_addresses)) as client:
        answer: httpx2.Response = http.within_deadline(
            lambda: client.request("POST", url, data=form, withhold_token=True),
            abandon=client.close,
        )
        body = refuse_failure(answer).json()
    return Introspection(
        is_active=body.get("active") is True,
        scopes=tuple(str(body.get("scope") or "").split()),
        username=str(body.get("username") or ""),
        expires_at=_moment(body.get("exp")),
    )


def _moment(seconds: object) -> datetime | None:
    if type(seconds) is not int or not 0 < seconds <= _LAST_SECOND:
        return None
    return datetime.fromtimestamp(seconds, UTC)
