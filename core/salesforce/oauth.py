"""Sign-in, refresh and revoke: the OAuth calls, and the check of every answer.

Stores nothing. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm
"""

import base64
import contextlib
import hashlib
import hmac
import re
import secrets
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.client import OAuth2Client as AuthorizeUrls

from core.errors import ConsoleError, SignInRefused, WhoActs
from core.salesforce.hosts import HostRules
from core.salesforce.http import OrgHttp
from core.salesforce.remedies import explain, explain_oauth, unreachable, unreadable
from core.salesforce.remedy import Facts
from core.secret import Secret

# as HTTP Basic they have been answered with invalid_client_id
_CREDENTIALS_IN_BODY = "client_secret_post"
SCOPES = ("api", "refresh_token")
# offline_access is the standard's name for what Salesforce calls refresh_token
_ALLOWED_SCOPES = frozenset({*SCOPES, "offline_access"})
_IDENTITY_PATH = re.compile(r"/id/(00D[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?)/(005[a-zA-Z0-9]{12,15})")


@dataclass(frozen=True, slots=True)
class AppCredentials:
    """What an External Client App is known by."""

    consumer_key: str
    consumer_secret: Secret


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The addresses of one authorization server; stored per attempt, never mixed."""

    login_origin: str
    authorize_url: str
    token_url: str
    revoke_url: str
    introspect_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A checked answer of the token endpoint. No refresh token means: keep the one you have."""

    access_token: Secret
    refresh_token: Secret | None
    instance_url: str
    login_org_id: str
    user_id: str
    identity_url: str
    scopes: tuple[str, ...]
    issued_at: datetime


def endpoints_for(origin: str) -> Endpoints:
    """Return the endpoints below a login origin that HostRules accepted."""
    base = f"{origin}/services/oauth2"
    names = ("authorize", "token", "revoke", "introspect")
    return Endpoints(origin, *(f"{base}/{name}" for name in names))


def new_verifier() -> Secret:
    """Return a fresh PKCE verifier: 86 unreserved characters."""
    return Secret(secrets.token_urlsafe(64))


def authorize_url(
    endpoints: Endpoints,
    *,
    consumer_key: str,
    redirect_uri: str,
    state: Secret,
    verifier: Secret,
    login_hint: str = "",
) -> str:
    """Return the URL to send the browser to. It carries the state and the challenge only."""
    client = AuthorizeUrls(
        None,
        client_id=consumer_key,
        scope=" ".join(SCOPES),
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
    )
    url, _ = client.create_authorization_url(
        endpoints.authorize_url,
        state=state.reveal(),
        code_verifier=verifier.reveal(),
        prompt="login",
        login_hint=login_hint or None,
    )
    return str(url)


def exchange_code(
    http: OrgHttp,
    endpoints: Endpoints,
    *,
    app: AppCredentials,
    code: Secret,
    verifier: Secret,
    redirect_uri: str,
) -> Grant:
    """Exchange the callback's code once and return the checked grant.

    A grant that fails a check is revoked and SignInRefused is raised. Other errors as
    `remedies.explain_oauth` tells them apart.
    """
    facts = Facts(redirect_uri, http.egress_addresses)
    with oauth_client(http, endpoints.token_url, app, facts, signing_in=True) as client:
        answer = http.within_deadline(
            lambda: client.fetch_token(
                endpoints.token_url,
                grant_type="authorization_code",
                code=urllib.parse.unquote(code.reveal()),
                redirect_uri=redirect_uri,
                code_verifier=verifier.reveal(),
            ),
            abandon=client.close,
        )
    try:
        grant = _checked_grant(http.hosts, answer, app)
        if grant.refresh_token is None:
            raise SignInRefused(
                "Salesforce returned no refresh token, so the connection would end within hours.",
                advice="Ask the admin to add the scope refresh_token (offline_access) to the app,"
                " then sign in again.",
                who_acts=WhoActs.UNIVERSITY_ADMIN,
            )
    except ConsoleError:
        _revoke_refused(http, endpoints, answer)
        raise
    return grant


def refresh_grant(
    http: OrgHttp, endpoints: Endpoints, *, app: AppCredentials, refresh_token: Secret
) -> Grant:
    """Refresh once and return the checked grant; its refresh token is None where none came.

    RetryLater (but for code REFRESH_RACED) and UnreadableAnswer mean that nobody knows whether
    the org rotated; every other error is definite. A grant that fails a check is revoked.
    """
    facts = Facts("", http.egress_addresses)
    with oauth_client(http, endpoints.token_url, app, facts) as client:
        answer = http.within_deadline(
            lambda: client.fetch_token(
                endpoints.token_url,
                grant_type="refresh_token",
                refresh_token=refresh_token.reveal(),
            ),
            abandon=client.close,
        )
    try:
        return _checked_grant(http.hosts, answer, app)
    except ConsoleError:
        _revoke_refused(http, endpoints, answer)
        raise


def revoke(http: OrgHttp, endpoints: Endpoints, token: Secret) -> None:
    """Revoke an access or refresh token; one that is already dead counts as revoked."""
    with oauth_client(http, endpoints.revoke_url, None, Facts()) as client:
        answer: httpx2.Response = http.within_deadline(
            lambda: client.request(
                "POST", endpoints.revoke_url, data={"token": token.reveal()}, withhold_token=True
            ),
            abandon=client.close,
        )
    if answer.status_code not in (200, 400):
        raise explain(answer.status_code, answer.content)


@contextlib.contextmanager
def oauth_client(
    http: OrgHttp, url: str, app: AppCredentials | None, facts: Facts, *, signing_in: bool = False
) -> Iterator[OAuth2Client]:
    """A client of one endpoint, whose failures come out as errors of ours."""
    client = OAuth2Client(
        client_id=app.consumer_key if app else None,
        client_secret=app.consumer_secret.reveal() if app else None,
        token_endpoint_auth_method=_CREDENTIALS_IN_BODY,
        **http.token_options(url),
    )
    client.register_compliance_hook("access_token_response", refuse_failure)
    try:
        with client:
            yield client
    except OAuthError as error:
        raise explain_oauth(
            error.error, error.description or "", facts, signing_in=signing_in
        ) from None
    except (httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        raise unreachable(type(error).__name__) from None  # nothing was sent
    except httpx2.TimeoutException:
        raise unreachable("TIMEOUT") from None
    except httpx2.DecodingError:
        raise unreadable(200) from None
    except httpx2.HTTPError as error:
        raise unreachable(type(error).__name__) from None
    except httpx2.InvalidURL:
        raise unreachable("INVALID_URL") from None


def refuse_failure(response: httpx2.Response) -> httpx2.Response:
    """Let Authlib parse only a JSON object; it would take any 4xx one for a token."""
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        if response.status_code == 200:
            raise unreadable(200)
        raise explain(response.status_code, b"")
    error = body.get("error")
    if isinstance(error, str):
        description = body.get("error_description")
        raise OAuthError(error, description if isinstance(description, str) else "")
    if response.status_code != 200:
        raise explain(response.status_code, body)
    return response


def _checked_grant(hosts: HostRules, answer: dict[str, Any], app: AppCredentials) -> Grant:
    """Check what the answer claims before anything of it is used."""
    identity_url = _text(answer, "id")
    issued_at = _text(answer, "issued_at")
    _check_signature(identity_url, issued_at, _text(answer, "signature"), app)
    hosts.check_url(identity_url)
    identity = _IDENTITY_PATH.fullmatch(urllib.parse.urlsplit(identity_url).path)
    if identity is None:
        raise _refused("its identity address has an unknown form")
    scopes = tuple(str(answer.get("scope") or "").split())
    if not set(scopes) <= _ALLOWED_SCOPES:
        raise _refused(
            "it grants more than the console asked for",
            "Ask the admin to give the app exactly two scopes: api, and refresh_token"
            " (offline_access), then sign in again.",
            WhoActs.UNIVERSITY_ADMIN,
        )
    refresh_token = answer.get("refresh_token")
    return Grant(
        access_token=Secret(_text(answer, "access_token")),
        refresh_token=Secret(refresh_token) if isinstance(refresh_token, str) else None,
        instance_url=hosts.check_instance_url(_text(answer, "instance_url")),
        login_org_id=identity.group(1),
        user_id=identity.group(2),
        identity_url=identity_url,
        scopes=scopes,
        issued_at=_moment(issued_at),
    )


def _check_signature(
    identity_url: str, issued_at: str, signature: str, app: AppCredentials
) -> None:
    """HMAC-SHA256 over id and issued_at with the consumer secret, in base64."""
    key = app.consumer_secret.reveal().encode()
    digest = hmac.new(key, f"{identity_url}{issued_at}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(base64.b64encode(digest), signature.encode()):
        raise _refused("its signature does not fit the Consumer Secret")


def _text(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise _refused(f"it lacks {name}")
    return value


def _moment(milliseconds: str) -> datetime:
    if not milliseconds.isdecimal() or len(milliseconds) > 14:
        raise _refused("its time of issue is not one")
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds))


def _refused(
    reason: str,
    advice: str = "Check the sign-in address and start again.",
    who_acts: WhoActs | None = None,
) -> ConsoleError:
    message = f"Salesforce's answer was not accepted: {reason}."
    return SignInRefused(message, advice=advice, who_acts=who_acts)


def _revoke_refused(http: OrgHttp, endpoints: Endpoints, answer: dict[str, Any]) -> None:
    """Best effort: the refusal itself is what the person must see."""
    for name in ("refresh_token", "access_token"):
        token = answer.get(name)
        if isinstance(token, str) and token:
            with contextlib.suppress(ConsoleError):
                revoke(http, endpoints, Secret(token))
