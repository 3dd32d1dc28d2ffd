"""The HTTP side of the REST API: reads a request into a call and writes its answer."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from core.demo_org.calls import ROOT, ApiAnswer, Session, to_call
from core.demo_org.errors import ApiError
from core.demo_org.identity import session_of
from core.demo_org.reading import versions
from core.demo_org.routes import check_session
from core.demo_org.world import LoggedCall, World


async def api(request: Request) -> Response:
    """Answer everything under /services/data."""
    world: World = request.app.state.world
    path = raw_path(request)
    if not path.removeprefix(ROOT).strip("/"):
        return _json(200, versions(), {})
    try:
        session = session_of(request)
    except ApiError as error:
        return _json(error.status, error.body(), {})
    answer = _answer(session, request.method, path, request, await request.body())
    world.log(
        LoggedCall(
            org_key=session.org.key,
            method=request.method,
            path=path,
            status=answer.status,
            counted=answer.counted,
            kind=kind_of(request.method, path, await request.body()),
        )
    )
    usage = f"api-usage={world.usage(session.org)}/{session.org.daily_api_requests}"
    return _json(answer.status, answer.body, {**answer.headers, "Sforce-Limit-Info": usage})


def raw_path(request: Request) -> str:
    """Return the path as sent, escapes kept and doubled slashes collapsed."""
    raw: bytes = request.scope.get("raw_path") or request.url.path.encode()
    path = raw.decode("latin-1").partition("?")[0]
    while "//" in path:
        path = path.replace("//", "/")
    return path


def _answer(
    session: Session, method: str, path: str, request: Request, content: bytes
) -> ApiAnswer:
    try:
        check_session(session)
        call = to_call(
            method,
            path,
            query=dict(request.query_params),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=_body(method, request, content),
        )
    except ApiError as error:
        return ApiAnswer(status=error.status, body=error.body())
    return session.dispatch(session, call)


def _body(method: str, request: Request, content: bytes) -> Any:
    if method not in {"POST", "PATCH", "PUT"}:
        return None
    media_type = request.headers.get("content-type", "application/json")
    if "json" not in media_type:
        raise ApiError(
            "UNSUPPORTED_MEDIA_TYPE", f"Content type {media_type} is not supported.", status=415
        )
    try:
        return json.loads(content or b"null")
    except (ValueError, RecursionError):
        raise ApiError("JSON_PARSER_ERROR", "Unexpected character at [line:1, column:1]") from None


def kind_of(method: str, path: str, content: bytes) -> str:
    """Tell reads from writes, looking inside composites."""
    tail = path.removeprefix(ROOT).strip("/").lower().split("/")[1:]
    if method == "GET" or tail[:1] == ["query"]:
        return "read"
    if tail in (["composite"], ["composite", "batch"], ["tooling", "composite"]):
        return _kind_of_parts(content)
    is_retrieve = method == "POST" and tail[:2] == ["composite", "sobjects"] and len(tail) == 3
    return "read" if is_retrieve else "write"


def _kind_of_parts(content: bytes) -> str:
    try:
        body = json.loads(content)
        parts = body.get("compositeRequest") or body.get("batchRequests") or []
        kinds = {
            kind_of(str(part["method"]).upper(), "/" + str(part["url"]).split("?")[0], b"{}")
            if not str(part["url"]).startswith("/")
            else kind_of(str(part["method"]).upper(), str(part["url"]).split("?")[0], b"{}")
            for part in parts
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "write"
    return "read" if kinds <= {"read"} else "write"


def _json(status: int, body: Any, headers: Mapping[str, str]) -> Response:
    content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    every = {
        "Cache-Control": "no-cache,must-revalidate,max-age=0,no-store,private",
        "X-SFDC-Request-Id": secrets.token_hex(16),
        "Vary": "Accept-Encoding",
        **headers,
    }
    media_type = "application/json;charset=UTF-8" if content else None
    return Response(content, status_code=status, headers=every, media_type=media_type)
