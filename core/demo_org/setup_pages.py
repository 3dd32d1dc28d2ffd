"""The demo org's own pages: its universities and logins, its app manager, its log, its reset."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from core.demo_org.apps import (
    KNOWN_SCOPES,
    ExternalClientApp,
    new_consumer_key,
    new_consumer_secret,
)
from core.demo_org.computed import to_timestamp
from core.demo_org.html import button, entry, escape, form, page, table, tick
from core.demo_org.org import Org
from core.demo_org.page_requests import (
    expired,
    not_here,
    org_of,
    posted_form,
    sealed,
    world_of,
)
from core.demo_org.shapes.shape import DEMO_PASSWORD
from core.demo_org.world import World

_TICKS: Final = {
    "require_pkce": "Require PKCE Extension for Supported Authorization Flows",
    "require_secret_for_code": "Require Secret for Web Server Flow",
    "require_secret_for_refresh": "Require Secret for Refresh Token Flow",
    "code_flow_enabled": "Enable Authorization Code and Credentials Flow",
    "rotation": "Refresh Token Rotation",
    "blocked": "Blocked by an administrator",
}


async def home(request: Request) -> Response:
    """Show the universities, their logins and where to set up an app."""
    world = world_of(request)
    parts = [_org_part(org) for org in world.orgs.values()]
    confirm = tick("sure", "Yes, forget all records, apps, grants and logs", checked=False)
    parts.append("<h2>Start again</h2>")
    parts.append(form("/demo/reset", sealed(world), confirm, button("Reset the demo org")))
    return page("Demo universities", *parts)


def _org_part(org: Org) -> str:
    rows = (
        (
            f"<code>{escape(user.username)}</code>",
            f"<code>{escape(DEMO_PASSWORD)}</code>",
            "integration user" if user.is_integration else "a person's own login",
            "active" if org.is_active(user) else "inactive",
        )
        for user in org.shape.users
    )
    base = f"/setup/{org.key}"
    return (
        f"<h2>{escape(org.shape.name)}</h2><p>Organization ID <code>{org.org_id}</code></p>"
        + table(("Username", "Password", "Kind", "State"), rows)
        + f"<p><a href='{base}/apps'>External Client App Manager</a> · "
        f"<a href='{base}/log'>API call log</a> · <a href='{base}/trouble'>Make trouble</a></p>"
    )


async def reset(request: Request) -> Response:
    posted = await posted_form(request)
    if posted is None:
        return expired()
    if posted.get("sure") != "1":
        return page("Not reset", "<p>Tick the box to confirm. <a href='/'>Back</a></p>", status=400)
    world_of(request).reset()
    return RedirectResponse("/", status_code=303)


def _app(request: Request, org: Org) -> ExternalClientApp | None:
    app = world_of(request).apps.find(request.path_params["consumer_key"])
    return app if app and app.org_key == org.key else None


async def apps(request: Request) -> Response:
    """List the apps of an org; POST makes a new one."""
    org = org_of(request)
    if org is None:
        return not_here()
    world = world_of(request)
    if request.method == "POST":
        return await _create_app(request, org)
    rows = (
        (
            f"<a href='/setup/{org.key}/apps/{escape(app.consumer_key)}'>{escape(app.name)}</a>",
            escape(app.contact_email),
            "<br>".join(escape(url) for url in app.callback_urls) or "none yet",
            "blocked" if app.blocked else "enabled",
        )
        for app in world.apps.of_org(org.key)
    )
    return page(
        f"External Client App Manager – {org.shape.name}",
        table(("Name", "Contact", "Callback URLs", "State"), rows),
        "<h2>New External Client App</h2>",
        _app_form(f"/setup/{org.key}/apps", _blank_app(org, world), world, "Create"),
        "<p><a href='/'>All universities</a></p>",
    )


def _blank_app(org: Org, world: World) -> ExternalClientApp:
    return ExternalClientApp(
        consumer_key=new_consumer_key(),
        consumer_secret=new_consumer_secret(),
        org_key=org.key,
        name="",
        contact_email="",
        callback_urls=(),
        created_at=world.config.clock(),
        require_pkce=True,
    )


def _app_form(action: str, app: ExternalClientApp, world: World, label: str) -> str:
    urls = escape("\n".join(app.callback_urls))
    scopes = "".join(
        tick(f"scope_{name}", name, checked=name in app.scopes) for name in KNOWN_SCOPES
    )
    ticks = "".join(
        tick(name, text, checked=bool(getattr(app, name))) for name, text in _TICKS.items()
    )
    return form(
        action,
        sealed(world),
        entry("name", "External Client App Name", app.name),
        entry("contact_email", "Contact Email", app.contact_email),
        "<label for=callback_urls>Callback URLs, one per line</label>",
        f"<textarea id=callback_urls name=callback_urls rows=4>{urls}</textarea>",
        f"<fieldset><legend>OAuth Scopes</legend>{scopes}</fieldset>{ticks}",
        entry("refresh_policy", "Refresh Token Policy", app.refresh_policy),
        entry("propagation_seconds", "Seconds until the key is known", app.propagation_seconds),
        button(label),
    )


def _changed(app: ExternalClientApp, posted: Mapping[str, str]) -> ExternalClientApp:
    """Return the app as the form has it.

    Raises:
        ValueError: With a sentence for the person.
    """
    urls = [line.strip() for line in posted.get("callback_urls", "").splitlines() if line.strip()]
    for url in urls:
        if "*" in url or not url.startswith(("https://", "http://localhost", "http://127.0.0.1")):
            raise ValueError(f"{url} is not accepted: https, without wildcards, or loopback.")
    try:
        propagation_seconds = float(posted.get("propagation_seconds") or 0)
    except ValueError:
        raise ValueError("The seconds until the key is known must be a number.") from None
    if not posted.get("name", "").strip():
        raise ValueError("Give the app a name.")
    flags: dict[str, Any] = {name: posted.get(name) == "1" for name in _TICKS}
    return replace(
        app,
        name=posted["name"].strip(),
        contact_email=posted.get("contact_email", "").strip(),
        callback_urls=tuple(urls),
        scopes=tuple(name for name in KNOWN_SCOPES if posted.get(f"scope_{name}") == "1"),
        refresh_policy=posted.get("refresh_policy", "").strip(),
        propagation_seconds=propagation_seconds,
        **flags,
    )


async def _create_app(request: Request, org: Org) -> Response:
    return await _save_app(request, _blank_app(org, world_of(request)))


async def _save_app(request: Request, app: ExternalClientApp) -> Response:
    posted = await posted_form(request)
    if posted is None:
        return expired()
    try:
        changed = _changed(app, posted)
    except ValueError as error:
        return page("Not saved", f"<p class=error>{escape(error)}</p>", status=400)
    world_of(request).apps.save(changed)
    target = f"/setup/{changed.org_key}/apps/{changed.consumer_key}"
    return RedirectResponse(target, status_code=303)


async def app_page(request: Request) -> Response:
    """Show one app for editing; POST saves it."""
    org = org_of(request)
    app = _app(request, org) if org else None
    if org is None or app is None:
        return not_here()
    if request.method == "POST":
        return await _save_app(request, app)
    base = f"/setup/{org.key}/apps/{app.consumer_key}"
    return page(
        f"{app.name} – {org.shape.name}",
        f"<p><a href='{escape(base)}/secret'>Consumer Key and Secret</a></p>",
        _app_form(base, app, world_of(request), "Save"),
        f"<p><a href='/setup/{org.key}/apps'>External Client App Manager</a></p>",
    )


async def secret_page(request: Request) -> Response:
    """Reveal the key and the secret; POST makes a new secret."""
    org = org_of(request)
    app = _app(request, org) if org else None
    if org is None or app is None:
        return not_here()
    world = world_of(request)
    path = f"/setup/{org.key}/apps/{app.consumer_key}/secret"
    if request.method == "POST":
        if await posted_form(request) is None:
            return expired()
        world.apps.save(replace(app, consumer_secret=new_consumer_secret()))
        return RedirectResponse(path, status_code=303)
    rows = (
        ("Consumer Key", f"<code>{escape(app.consumer_key)}</code>"),
        ("Consumer Secret", f"<code>{escape(app.consumer_secret)}</code>"),
    )
    return page(
        f"Consumer Key and Secret – {app.name}",
        table(("Detail", "Value"), rows),
        form(path, sealed(world), button("Make a new secret")),
    )


async def log_page(request: Request) -> Response:
    """Show what the org was asked, newest first."""
    org = org_of(request)
    if org is None:
        return not_here()
    rows = (
        (
            escape(to_timestamp(call["at"])),
            escape(call["method"]),
            f"<code>{escape(call['path'])}</code>",
            escape(call["status"]),
            escape(call["counted"]),
            escape(call["kind"]),
        )
        for call in reversed(world_of(request).logged_calls(org.key, 200))
    )
    heads = ("When (UTC)", "Method", "Path", "Status", "Counted", "Kind")
    return page(f"API call log – {org.shape.name}", table(heads, rows))
