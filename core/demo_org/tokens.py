"""The token, revoke and introspect endpoints.

https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote_plus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from core.demo_org.apps import ExternalClientApp
from core.demo_org.calls import origin_of
from core.demo_org.errors import OAuthError
from core.demo_org.failures.signing_in import WITHOUT_REFRESH_TOKEN
from core.demo_org.grants import CodeRequest, Grant, TokenState
from core.demo_org.org import Org
from core.demo_org.switches import Flag
from core.demo_org.world import LoggedCall, World

_UNCACHED: Final = {"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"}


async def token(request: Request) -> Response:
    """Trade a code or a refresh token for an access token."""
    world: World = request.app.state.world
    form = await _form(request)
    org_key = ""
    try:
        app = _client(world, form)
        org_key = app.org_key
        body = _trade(world, app, form, origin_of(request))
        status = 200
    except OAuthError as error:
        body = {"error": error.error, "error_description": error.description}
        status = error.status
    if org_key:
        world.log(LoggedCall(org_key=org_key, method="POST", path="/services/oauth2/token",
                             status=status, counted=0, kind="auth"))  # fmt: skip
    return JSONResponse(body, status_code=status, headers=_UNCACHED)


async def _form(request: Request) -> dict[str, str]:
    """Return the posted fields; client credentials may come as HTTP Basic instead."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return form
    try:
        text = base64.b64decode(encoded, validate=True).decode()
    except ValueError:
        return form
    client_id, _, secret = text.partition(":")
    return {**form, "client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}


def _client(world: World, form: Mapping[str, str]) -> ExternalClientApp:
    app = world.apps.find(form.get("client_id", ""))
    if app is None or not app.is_known_at(world.config.clock()):
        raise OAuthError("invalid_client_id", "client identifier invalid")
    grant_type = form.get("grant_type")
    if grant_type not in {"authorization_code", "refresh_token"}:
        raise OAuthError("unsupported_grant_type", "grant type not supported")
    is_secret_needed = (
        app.require_secret_for_code
        if grant_type == "authorization_code"
        else app.require_secret_for_refresh
    )
    presented = form.get("client_secret", "")
    if is_secret_needed or presented:
        check_secret(app, presented)
    return app


def check_secret(app: ExternalClientApp, presented: str) -> None:
    if not hmac.compare_digest(presented.encode(), app.consumer_secret.encode()):
        raise OAuthError("invalid_client", "invalid client credentials")


def _trade(
    world: World, app: ExternalClientApp, form: Mapping[str, str], origin: str
) -> dict[str, Any]:
    org = world.orgs[app.org_key]
    if form["grant_type"] == "authorization_code":
        grant = _redeem(world, app, form)
        is_renewable = "refresh_token" in grant.scopes
        if world.faults.take("POST", WITHOUT_REFRESH_TOKEN):
            is_renewable = False
        refresh_token = world.grants.issue_refresh_token(grant) if is_renewable else None
    else:
        if world.faults.take("POST", "oauth2/token/concurrent"):
            raise OAuthError("invalid_grant", "token request is already being processed")
        presented = form.get("refresh_token", "")
        _check_refresh_owner(world, org, presented)
        grant = world.grants.use_refresh_token(presented, app)
        refresh_token = world.grants.issue_refresh_token(grant) if app.rotation else None
    return _answer(world, app, grant, refresh_token, origin)


def _redeem(world: World, app: ExternalClientApp, form: Mapping[str, str]) -> Grant:
    code = form.get("code", "").replace("%3D", "=")
    request = world.grants.find_code(code)
    if request.consumer_key != app.consumer_key:
        raise OAuthError("invalid_grant", "invalid authorization code")
    if request.redirect_uri != form.get("redirect_uri"):
        raise OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
    try:
        _check_verifier(request, form.get("code_verifier"))
        _check_owner(world.orgs[app.org_key], request.user_id)
    except OAuthError:
        world.grants.spend_code(code)
        raise
    grant = world.grants.open_grant(request)
    world.grants.spend_code(code, grant.id)
    return grant


def _check_verifier(request: CodeRequest, verifier: str | None) -> None:
    if request.code_challenge is None and not verifier:
        return
    digest = hashlib.sha256((verifier or "").encode()).digest()
    expected = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    if not hmac.compare_digest(expected, request.code_challenge or ""):
        raise OAuthError("invalid_grant", "invalid code verifier")


def _check_refresh_owner(world: World, org: Org, presented: str) -> None:
    state = world.grants.find_token(presented)
    if state is not None:
        _check_owner(org, state.grant.user_id)


def _check_owner(org: Org, user_id: str) -> None:
    user = org.user(user_id)
    if user is None or not org.is_active(user):
        raise OAuthError("invalid_grant", "inactive user")
    if org.has_flag(Flag.IP_RESTRICTED):
        raise OAuthError("invalid_grant", "ip restricted")
    if org.has_flag(Flag.APP_BLOCKED):
        raise OAuthError("invalid_grant", "user hasn't approved this consumer")


def _answer(
    world: World, app: ExternalClientApp, grant: Grant, refresh_token: str | None, origin: str
) -> dict[str, Any]:
    org = world.orgs[grant.org_key]
    identity = f"{origin}/id/{org.org_id}/{grant.user_id}"
    issued_at = str(int(world.config.clock() * 1000))
    mac = hmac.new(app.consumer_secret.encode(), (identity + issued_at).encode(), hashlib.sha256)
    body = {
        "access_token": world.grants.issue_access_token(grant, org.org_id),
        "signature": base64.b64encode(mac.digest()).decode(),
        "scope": grant.scope,
        "instance_url": origin,
        "id": identity,
        "token_type": "Bearer",
        "issued_at": issued_at,
    }
    if refresh_token is not None:
        body["refresh_token"] = refresh_token
    return body


async def revoke(request: Request) -> Response:
    """End a token named in the body; an address with a token in it is not accepted."""
    world: World = request.app.state.world
    presented = str((await request.form()).get("token", ""))
    state = world.grants.find_token(presented)
    try:
        world.grants.revoke_token(presented)
    except OAuthError as error:
        return JSONResponse(
            {"error": error.error, "error_description": error.description}, status_code=400
        )
    if state is not None:
        world.log(LoggedCall(org_key=state.grant.org_key, method="POST", counted=0, kind="auth",
                             path="/services/oauth2/revoke", status=200))  # fmt: skip
    return PlainTextResponse("")


async def introspect(request: Request) -> Response:
    """Tell an app about one of its own tokens."""
    world: World = request.app.state.world
    form = await _form(request)
    app = world.apps.find(form.get("client_id", ""))
    try:
        if app is None:
            raise OAuthError("invalid_client_id", "client identifier invalid")
        check_secret(app, form.get("client_secret", ""))
    except OAuthError as error:
        return JSONResponse(
            {"error": error.error, "error_description": error.description}, status_code=401
        )
    state = world.grants.find_token(form.get("token", ""))
    if state is None or not state.is_live or state.grant.consumer_key != app.consumer_key:
        return JSONResponse({"active": False})
    return JSONResponse(_introspection(world, state, origin_of(request)))


def _introspection(world: World, state: TokenState, origin: str) -> dict[str, Any]:
    org = world.orgs[state.grant.org_key]
    user = org.user(state.grant.user_id)
    body: dict[str, Any] = {
        "active": True,
        "scope": state.grant.scope,
        "client_id": state.grant.consumer_key,
        "username": user.username if user else None,
        "sub": f"{origin}/id/{org.org_id}/{state.grant.user_id}",
        "token_type": f"{state.kind}_token",
        "iat": int(state.issued_at),
        "nbf": int(state.issued_at),
    }
    if state.expires_at is not None:
        body["exp"] = int(state.expires_at)
    return body
