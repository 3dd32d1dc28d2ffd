"""What happens to every request before a route sees it: refused, moved, bound, hardened."""

import secrets
from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.access.desk import refusal
from core.settings import Settings

BINDING_COOKIE = "halda_console_binding"
_COOKIE_SECONDS = 12 * 3600
_SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Streamlit's own scripts need inline and eval; nothing may come from or go to elsewhere.
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self' ws: data:; worker-src 'self' blob:; frame-ancestors 'none'; "
        "base-uri 'self'; object-src 'none'"
    ),
}


class LocalOnly:
    """Serve this machine only; bind each browser; add security headers. Pure ASGI."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.canonical_url = settings.console_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        client = scope.get("client")
        reason = refusal(client_host=client[0] if client else None, headers=headers)
        if reason:
            await _refuse(scope, receive, send, reason)
        elif moved := self._canonical(scope, headers):
            await RedirectResponse(moved, status_code=307)(scope, receive, send)
        else:
            await self.app(scope, receive, _hardened(scope, headers, send))

    def _canonical(self, scope: Scope, headers: Headers) -> str:
        """Where a page under another loopback name is moved to: cookies differ by host."""
        host = headers.get("host", "")
        wanted = self.canonical_url.partition("://")[2]
        is_page = scope["type"] == "http" and "text/html" in headers.get("accept", "")
        if not is_page or host == wanted or host.partition(":")[2] != wanted.partition(":")[2]:
            return ""
        query = scope.get("query_string", b"").decode("latin-1")
        return f"{self.canonical_url}{scope['path']}" + (f"?{query}" if query else "")


async def _refuse(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": "refused"})
        return
    await PlainTextResponse(f"{reason}\n", status_code=403)(scope, receive, send)


def _hardened(scope: Scope, headers: Headers, send: Send) -> Send:
    binding = _new_binding(headers)

    async def send_hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            _harden(message, binding)
        await send(message)

    return send_hardened if scope["type"] == "http" else send


def _harden(message: MutableMapping[str, Any], binding: str) -> None:
    answer = MutableHeaders(raw=message.setdefault("headers", []))
    for name, value in _SECURITY_HEADERS.items():
        answer.setdefault(name, value)
    if binding and answer.get("content-type", "").startswith("text/html"):
        answer.append(
            "Set-Cookie",
            # Lax, or the browser would not send it on the way back from Salesforce
            f"{BINDING_COOKIE}={binding}; Path=/; HttpOnly; SameSite=Lax; "
            f"Max-Age={_COOKIE_SECONDS}",
        )


def _new_binding(headers: Headers) -> str:
    """A fresh value where the browser has none yet."""
    return "" if read_binding(headers.get("cookie", "")) else secrets.token_urlsafe(32)


def read_binding(cookie_header: str) -> str:
    """The binding in a Cookie header; empty where there is none."""
    try:
        morsel = SimpleCookie(cookie_header).get(BINDING_COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""
