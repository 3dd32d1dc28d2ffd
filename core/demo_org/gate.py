"""What every request passes before a route sees it: host, sizes, scripted faults."""

import asyncio
import json
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from core.demo_org.faults import Fault
from core.demo_org.world import World

MAX_ADDRESS_AND_HEADERS: Final = 16_384
LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class Gate:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world
        public = world.config.public_url
        self._hosts = LOOPBACK_HOSTS | ({urlsplit(public).hostname} if public else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        while "//" in scope["path"]:
            scope["path"] = scope["path"].replace("//", "/")
        fault = None
        if not scope["path"].startswith(("/demo/", "/setup/", "/healthz")):
            fault = self._world.faults.take(scope["method"], scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
        else:
            await self._trouble(fault, scope, receive, send)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = dict(scope["headers"])
        host = urlsplit("//" + headers.get(b"host", b"").decode("latin-1")).hostname
        if host not in self._hosts:
            return PlainTextResponse("This host is not served here.", status_code=403)
        address = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if address > MAX_ADDRESS_AND_HEADERS:
            return _bad_message(414, "URI Too Long")
        total = address + sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if total > MAX_ADDRESS_AND_HEADERS:
            return _bad_message(431, "Request Header Fields Too Large")
        return None

    async def _trouble(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Recorder()
        if fault.moment == "after":
            await self._app(scope, receive, answer.send)
        if fault.timeout_seconds:
            await asyncio.sleep(fault.timeout_seconds)
        if fault.drop_connection:
            await _drop(send)
        elif fault.truncate:
            await answer.truncated(send)
        else:
            await _spoilt(fault)(scope, receive, send)


class _Recorder:
    """Keeps an answer back instead of sending it."""

    def __init__(self) -> None:
        self._body = b'[{"message":'

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.body" and message.get("body"):
            self._body = message["body"]

    async def truncated(self, send: Send) -> None:
        """Promise the whole body and send half of it."""
        headers = [(b"content-type", b"application/json;charset=UTF-8"),
                   (b"content-length", str(len(self._body)).encode())]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        half = self._body[: len(self._body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})


async def _drop(send: Send) -> None:
    # Only the server knows the connection; under a test client the answer is just never finished.
    transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()
        await asyncio.sleep(0.01)
        return
    await send({"type": "http.response.start", "status": 200,
                "headers": [(b"content-length", b"64")]})  # fmt: skip
    await send({"type": "http.response.body", "body": b"", "more_body": True})


def _spoilt(fault: Fault) -> Response:
    status = fault.status or 504
    headers = dict(fault.headers)
    if fault.html is not None or fault.body is None:
        text = fault.html or f"<html><body><h1>HTTP Status {status}</h1></body></html>"
        return HTMLResponse(text, status_code=status, headers=headers)
    content = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
    return Response(content, status_code=status, headers=headers, media_type="application/json")


def _bad_message(status: int, reason: str) -> Response:
    body = f"<h1>Bad Message {status}</h1><pre>reason: {reason}</pre>"
    return HTMLResponse(body, status_code=status)
