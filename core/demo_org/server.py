"""Put the demo org together and serve it on loopback."""

import socket
import sys
from typing import Any, Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from core.demo_org import api, authorize, demo_api, identity, setup_pages, tokens, trouble_page
from core.demo_org.config import DemoOrgConfig
from core.demo_org.gate import LOOPBACK_HOSTS, Gate
from core.demo_org.world import World

PORT_TAKEN_STATUS: Final = 3
# Above what the gate refuses, so that a long address gets the platform's answer, not the server's.
_MAX_REQUEST_HEAD: Final = 262_144
_ANY_METHOD: Final = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD"]


class PortTakenError(Exception):
    """The address is in use, or may not be bound."""


async def health(_request: Request) -> Response:
    """Say that the demo org is up."""
    return JSONResponse({"status": "ok", "service": "demo-org"})


def create_app(config: DemoOrgConfig) -> Starlette:
    """Build the app over the data directory of the configuration, seeding a new one."""
    world = World(config)
    oauth = "/services/oauth2"
    app = Starlette(
        routes=[
            Route("/healthz", health),
            *_page_routes(),
            Route(authorize.PATH, authorize.authorize, methods=["GET", "POST"]),
            Route(f"{oauth}/token", tokens.token, methods=["POST"]),
            Route(f"{oauth}/revoke", tokens.revoke, methods=["POST"]),
            Route(f"{oauth}/introspect", tokens.introspect, methods=["POST"]),
            Route(f"{oauth}/userinfo", identity.userinfo, methods=["GET", "POST"]),
            Route("/id/{org_id}/{user_id}", identity.identity),
            Route("/demo/state", demo_api.state),
            Route("/demo/log", demo_api.log),
            Route("/demo/records/hash", demo_api.records_hash),
            Route("/demo/faults", demo_api.faults, methods=["GET", "POST", "DELETE"]),
            Route("/demo/switches", demo_api.switches, methods=["POST"]),
            Route("/services/data{rest:path}", api.api, methods=_ANY_METHOD),
        ],
    )
    app.state.world = world
    app.add_middleware(_gate, world=world)
    return app


def _page_routes() -> list[Route]:
    both = ["GET", "POST"]
    base = "/setup/{org}"
    app = base + "/apps/{consumer_key}"
    return [
        Route("/", setup_pages.home),
        Route("/demo/reset", setup_pages.reset, methods=["POST"]),
        Route(f"{base}/apps", setup_pages.apps, methods=both),
        Route(app, setup_pages.app_page, methods=both),
        Route(f"{app}/secret", setup_pages.secret_page, methods=both),
        Route(f"{base}/log", setup_pages.log_page),
        Route(f"{base}/trouble", trouble_page.trouble_page, methods=both),
        Route(f"{base}/faults", trouble_page.faults_page, methods=["POST"]),
    ]


def _gate(app: ASGIApp, world: World) -> ASGIApp:
    return Gate(app, world)


def bind(config: DemoOrgConfig) -> socket.socket:
    """Take the address.

    Raises:
        PortTakenError: Not a loopback host, or somebody else listens there.
    """
    if config.host not in LOOPBACK_HOSTS:
        raise PortTakenError(f"The demo org only listens on loopback, not on {config.host}.")
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((config.host, config.port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise PortTakenError(
            f"Port {config.port} on {config.host} is taken, so the demo org cannot start; "
            "stop what listens there or choose another port with --port."
        ) from None
    return listener


def serve(config: DemoOrgConfig) -> None:
    """Serve until the process ends, printing one line when the address answers.

    Raises:
        PortTakenError: See `bind`.
    """
    listener = bind(config)
    scheme = "https" if config.tls_cert else "http"
    host = f"[{config.host}]" if ":" in config.host else config.host
    address = f"{scheme}://{host}:{listener.getsockname()[1]}"
    server = _Server(_uvicorn_config(config), address)
    server.run(sockets=[listener])


def _uvicorn_config(config: DemoOrgConfig) -> uvicorn.Config:
    tls: dict[str, Any] = {}
    if config.tls_cert:
        tls = {"ssl_certfile": str(config.tls_cert), "ssl_keyfile": str(config.tls_key)}
    return uvicorn.Config(
        create_app(config),
        log_level="error",
        access_log=False,
        server_header=False,
        lifespan="off",
        http="h11",
        h11_max_incomplete_event_size=_MAX_REQUEST_HEAD,
        ws="none",
        timeout_graceful_shutdown=1,
        **tls,
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # The parent process waits for this line.
        sys.stdout.write(f"demo org ready on {self._address}\n")
        sys.stdout.flush()
