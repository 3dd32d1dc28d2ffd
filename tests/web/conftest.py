"""The console's own routes behind its middleware, and a browser in front of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from core.connect.start import start_ticket
from core.secret import Secret
from core.store.engine import Store
from core.web.middleware import BINDING_COOKIE, LocalOnly
from core.web.routes import build_routes
from core.work.engine import WorkerState
from tests.connect.conftest import ACCOUNT_ID, Desk, build_desk, org, org_process
from tests.demo_org_process import DemoOrgProcess
from tests.store.engines import sqlite_settings

__all__ = ["org", "org_process"]

ADDRESS = "http://127.0.0.1:8501"
HTML = {"accept": "text/html"}
CALLBACK = f"/accounts/{ACCOUNT_ID}/settings/integrations/salesforce/callback"


@pytest.fixture
def desk(home: Path, org: DemoOrgProcess) -> Iterator[Desk]:
    settings = sqlite_settings(home, OPERATOR_NAME="Ines")
    opened = Store.open(settings)
    built = build_desk(opened, settings, org)
    built.add_connection()
    yield built
    opened.close()


def browser(desk: Desk) -> TestClient:
    async def page(_request: object) -> HTMLResponse:
        return HTMLResponse("<p>page</p>")

    app = Starlette(
        routes=[
            *build_routes(lambda: desk.context, lambda: WorkerState.OK),
            Route("/{page:path}", page),
        ],
        middleware=[Middleware(LocalOnly, settings=desk.context.settings)],
    )
    return TestClient(app, base_url=ADDRESS, follow_redirects=False, client=("127.0.0.1", 50000))


@pytest.fixture
def visitor(desk: Desk) -> TestClient:
    """A browser that has opened a page, so that it carries the binding cookie."""
    client = browser(desk)
    client.get("/connect", headers=HTML)
    return client


def start_url(desk: Desk, client: TestClient) -> str:
    binding = Secret(client.cookies[BINDING_COOKIE])
    ticket = start_ticket(binding, desk.connection_id)
    return f"/connect/start?connection_id={desk.connection_id}&ticket={ticket}"
