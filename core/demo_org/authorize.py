"""The authorize endpoint: sign in, Allow or Deny, and back to the callback with a code.

What is wrong with the app or its callback URL is shown here and never sent on, as the platform
does: https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flow_errors.htm
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.demo_org.apps import ExternalClientApp
from core.demo_org.errors import OAuthError
from core.demo_org.failures.signing_in import BACK_TO_CALLBACK
from core.demo_org.grants import CodeRequest
from core.demo_org.html import button, entry, error_page, escape, form, page
from core.demo_org.org import Org
from core.demo_org.shapes.shape import DemoUser
from core.demo_org.switches import Flag
from core.demo_org.world import LoggedCall, World

PATH: Final = "/services/oauth2/authorize"
_KEPT: Final = ("response_type", "client_id", "redirect_uri", "state", "scope", "code_challenge",
                "code_challenge_method", "login_hint", "nonce", "prompt")  # fmt: skip
_DENIED: Final = {"error": "access_denied", "error_description": "end-user denied authorization"}


async def authorize(request: Request) -> Response:
    """Answer GET with the sign-in page, and its two forms."""
    world: World = request.app.state.world
    source: QueryParams | FormData = request.query_params
    if request.method == "POST":
        source = await request.form()
    asked = {name: str(source[name]) for name in _KEPT if source.get(name)}
    try:
        app = _check_app(world, asked)
        if request.method == "GET":
            return _sign_in_page(asked)
        if "ticket" in source:
            return _decide(world, app, asked, source)
        return _signed_in(world, app, asked, source)
    except OAuthError as error:
        return error_page(error.error, error.description, status=error.status)


def _check_app(world: World, asked: Mapping[str, str]) -> ExternalClientApp:
    app = world.apps.find(asked.get("client_id", ""))
    if app is None or not app.is_known_at(world.config.clock()):
        raise OAuthError("invalid_client_id", "client identifier invalid")
    if asked.get("redirect_uri") not in app.callback_urls:
        raise OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration")
    if not app.code_flow_enabled:
        raise OAuthError("invalid_request", "authorization code flow is not enabled for this app")
    if asked.get("response_type") != "code":
        raise OAuthError("unsupported_response_type", "response type not supported")
    if app.require_pkce and not asked.get("code_challenge"):
        raise OAuthError("invalid_request", "missing required code challenge")
    if asked.get("code_challenge_method", "S256") != "S256":
        raise OAuthError("invalid_request", "code challenge method must be S256")
    _scope(app, asked)
    return app


def _scope(app: ExternalClientApp, asked: Mapping[str, str]) -> str:
    wanted = asked.get("scope", "").split() or list(app.scopes)
    aliases = {"offline_access": "refresh_token"}
    named = [aliases.get(each, each) for each in wanted]
    if not set(named) <= set(app.scopes):
        raise OAuthError("invalid_scope", "the requested scope is not allowed")
    return " ".join(dict.fromkeys(named))


def _sign_in_page(asked: Mapping[str, str], problem: str = "") -> Response:
    note = f"<p class=error>{escape(problem)}</p>" if problem else ""
    hint = asked.get("login_hint", "")
    return page(
        "Log In",
        note,
        form(
            PATH,
            dict(asked),
            entry("username", "Username", hint),
            entry("password", "Password", kind="password"),
            button("Log In"),
        ),
        "<p>The usernames and their password are on <a href='/'>the demo org's own page</a>.</p>",
        keeps_forms_here=False,
    )


def _signed_in(
    world: World, app: ExternalClientApp, asked: Mapping[str, str], posted: Mapping[str, Any]
) -> Response:
    found = world.sign_in(str(posted.get("username", "")), str(posted.get("password", "")))
    if found is None:
        return _sign_in_page(asked, "Please check your username and password.")
    org, user = found
    _check_user(org, user, app)
    ticket = world.seal("decide", {"user_id": org.shape.user_id(user), "asked": dict(asked)})
    scopes = "".join(f"<li>{escape(each)}</li>" for each in _scope(app, asked).split())
    return page(
        "Allow Access?",
        f"<p><strong>{escape(app.name)}</strong> is asking to use "
        f"{escape(org.shape.name)} as {escape(user.username)}:</p><ul>{scopes}</ul>",
        form(
            PATH,
            {**asked, "ticket": ticket},
            button("Allow", name="decision", value="allow"),
            button("Deny", name="decision", value="deny"),
        ),
        keeps_forms_here=False,
    )


def _check_user(org: Org, user: DemoUser, app: ExternalClientApp) -> None:
    if not org.is_active(user):
        raise OAuthError("invalid_grant", "inactive user")
    if app.org_key != org.key or org.has_flag(Flag.APP_NOT_INSTALLED):
        raise OAuthError(
            "OAUTH_EC_APP_NOT_FOUND", "External client app is not installed in this org"
        )
    if app.blocked or org.has_flag(Flag.APP_BLOCKED):
        raise OAuthError("OAUTH_APP_BLOCKED", "this app is blocked by admin")
    if org.has_flag(Flag.IP_RESTRICTED):
        raise OAuthError("OAUTH_APP_ACCESS_DENIED", "restricted IP or invalid login hours")


def _decide(
    world: World, app: ExternalClientApp, asked: Mapping[str, str], posted: Mapping[str, Any]
) -> Response:
    ticket = world.unseal("decide", str(posted["ticket"]))
    if ticket is None or ticket["asked"] != dict(asked):
        return _sign_in_page(asked, "Your session has ended. Please log in again.")
    org = world.orgs[app.org_key]
    answer = dict(_DENIED)
    if posted.get("decision") == "allow":
        user_id = ticket["user_id"]
        user = org.user(user_id)
        if user is None:
            raise OAuthError("invalid_grant", "inactive user")
        _check_user(org, user, app)
        trouble = world.faults.take("GET", BACK_TO_CALLBACK)
        answer = trouble.body if trouble else {"code": _code(world, app, asked, user_id)}
    if "state" in asked:
        answer = {**answer, "state": asked["state"]}
    status = 302
    world.log(LoggedCall(org_key=org.key, method="POST", path=PATH, status=status, counted=0,
                         kind="auth"))  # fmt: skip
    target = asked["redirect_uri"]
    joint = "&" if "?" in target else "?"
    return RedirectResponse(f"{target}{joint}{urlencode(answer)}", status_code=status)


def _code(world: World, app: ExternalClientApp, asked: Mapping[str, str], user_id: str) -> str:
    return world.grants.issue_code(
        CodeRequest(
            consumer_key=app.consumer_key,
            org_key=app.org_key,
            user_id=user_id,
            redirect_uri=asked["redirect_uri"],
            scope=_scope(app, asked),
            code_challenge=asked.get("code_challenge"),
        )
    )
