"""Own routes: start of a sign-in, Salesforce's callback, health. Plain `def`: they may block."""

import logging
import urllib.parse
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from core.access.operators import local_operator
from core.connect.attempts import PROBLEMS, Visitor
from core.connect.connections import get_connection
from core.connect.context import ConnectContext
from core.connect.sign_in import complete_sign_in
from core.connect.start import attempt_of_ticket, start_sign_in
from core.errors import ConsoleError
from core.halda.account import CALLBACK_PATH
from core.secret import Secret
from core.web.middleware import BINDING_COOKIE
from core.work.engine import WorkerState

_log = logging.getLogger(__name__)
_NO_COOKIE = "Open the Connect page again: this browser sent no session cookie."


def build_routes(
    context: Callable[[], ConnectContext], worker: Callable[[], WorkerState]
) -> list[Route]:
    """The routes of the server; `context` and `worker` are asked anew for each request."""

    def start(request: Request) -> Response:
        return _start(context(), request)

    def callback(request: Request) -> Response:
        return _callback(context(), request)

    def health(_request: Request) -> Response:
        return _health(context(), worker())

    return [
        Route("/status", _board, methods=["GET"]),
        Route("/connect/start", start, methods=["GET"]),
        Route(CALLBACK_PATH, callback, methods=["GET"]),
        Route("/healthz", health, methods=["GET"]),
    ]


def _board(request: Request) -> Response:
    """Status is the default page, which has no path of its own for a person to type."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/", status_code=303)


def _start(context: ConnectContext, request: Request) -> Response:
    binding = Secret(request.cookies.get(BINDING_COOKIE, ""))
    connection_id = request.query_params.get("connection_id", "")
    ticket = request.query_params.get("ticket", "")
    attempt_id = attempt_of_ticket(binding, connection_id, ticket) if binding else None
    if not attempt_id:
        return PlainTextResponse(f"{_NO_COOKIE}\n", status_code=403)
    visitor = Visitor(operator=local_operator(context.settings).name, binding=binding)
    try:
        url = start_sign_in(
            context, connection_id=connection_id, visitor=visitor, attempt_id=attempt_id
        )
    except ConsoleError as error:
        _log.info("sign-in not started code=%s kind=%s", error.code, type(error).__name__)
        problem = error.code if error.code in PROBLEMS else "not_started"
        return _to_page(_place_of(context, connection_id), problem=problem)
    return RedirectResponse(url, status_code=303)


def _callback(context: ConnectContext, request: Request) -> Response:
    """Never logs the query. The page's address gets the attempt's id, no code and no state."""
    account_id = request.path_params["account_id"]
    visitor = Visitor(
        operator=local_operator(context.settings).name,
        binding=Secret(request.cookies.get(BINDING_COOKIE, "")),
    )
    try:
        outcome = complete_sign_in(
            context, visitor=visitor, account_id=account_id, query=dict(request.query_params)
        )
    except ConsoleError as error:
        _log.info("sign-in refused kind=%s code=%s", type(error).__name__, error.code)
        return _to_page({"account_id": account_id}, problem=error.code or "unknown")
    place = {"account_id": outcome.account_id, "environment": outcome.environment.value}
    return _to_page(place, attempt=outcome.attempt_id)


def _place_of(context: ConnectContext, connection_id: str) -> dict[str, str]:
    try:
        view = get_connection(context, connection_id)
    except ConsoleError:
        return {}
    return {"account_id": view.account_id, "environment": view.environment.value}


def _to_page(place: dict[str, str], **more: str) -> Response:
    query = urllib.parse.urlencode({**place, **more})
    return RedirectResponse(f"/connect?{query}", status_code=303)


def _health(context: ConnectContext, worker: WorkerState) -> Response:
    """Process, store and worker, each by itself: 200 only where all are well."""
    store = "ok" if context.store.answers() else "unavailable"
    is_well = store == "ok" and worker is WorkerState.OK
    told = {"service": "console", "process": "ok", "store": store, "worker": worker.value}
    status = "ok" if is_well else "store unavailable" if store != "ok" else "worker unavailable"
    return JSONResponse({"status": status, **told}, status_code=200 if is_well else 503)
