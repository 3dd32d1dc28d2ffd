"""A console just started: its first request is guarded, and a start that cannot work is told."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.session import BrowserSession
from core.store.engine import Store
from core.ui.navigation import PAGES
from tests.console_process import ROOT, ConsoleProcess, free_port
from tests.store.engines import sqlite_settings

WITHOUT_DEMO = {"HALDA_CONSOLE_DEMO_ORG": "off"}


class Tab(BrowserSession):
    """A tab that remembers the navigation it was sent; a page file run alone sends none."""

    def __init__(self, base_url: str) -> None:
        super().__init__(base_url)
        self.titles: list[str] = []

    def _follow(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "navigation":
            self.titles = [page.page_name for page in message.navigation.app_pages]
        super()._follow(message)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fresh") / "home"


@pytest.fixture(scope="module")
def console(home: Path) -> Iterator[ConsoleProcess]:
    with ConsoleProcess(home, environ=WITHOUT_DEMO) as started:
        yield started


def status(console: ConsoleProcess, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", console.port, timeout=20)
    connection.request("GET", path, headers={"Accept": "text/html", **headers})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def handshake(console: ConsoleProcess, *headers: str) -> str:
    """Ask for Streamlit's WebSocket with a plain socket; return the status line."""
    lines = [
        "GET /_stcore/stream HTTP/1.1",
        *headers,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    with socket.create_connection(("127.0.0.1", console.port), timeout=20) as wire:
        wire.sendall("\r\n".join([*lines, "", ""]).encode())
        return wire.recv(1024).decode(errors="replace").partition("\r\n")[0]


@pytest.mark.parametrize("page", ["preview", "field_mapping"])
def test_first_session_on_an_inner_page_runs_the_navigation(tmp_path: Path, page: str) -> None:
    with (
        ConsoleProcess(tmp_path / "home", environ=WITHOUT_DEMO) as console,
        Tab(console.url) as tab,
    ):
        tab.open_page(page)

        assert "There is no account yet. Add one on Status." in " ".join(tab.screen.texts())
        assert tab.titles == [entry.title for entry in PAGES]


@pytest.mark.parametrize("path", ["/", "/preview", "/_stcore/health", "/healthz"])
def test_a_proxied_or_foreign_request_is_refused(console: ConsoleProcess, path: str) -> None:
    assert status(console, path) == 200
    assert status(console, path, **{"X-Forwarded-For": "203.0.113.9"}) == 403
    assert status(console, path, Host="evil.example") == 403


def test_a_proxied_or_foreign_websocket_is_refused(console: ConsoleProcess) -> None:
    own = f"Host: 127.0.0.1:{console.port}"

    assert " 101 " in handshake(console, own, f"Origin: {console.url}")
    assert " 403 " in handshake(console, own, "X-Forwarded-For: 203.0.113.9")
    assert " 403 " in handshake(console, "Host: evil.example")
    assert " 403 " in handshake(console, own, "Origin: http://evil.example")


def start_and_fail(home: Path, **environ: str) -> tuple[int, str]:
    """Start a console that must end by itself; return its exit status and all it said."""
    kept = {name: value for name, value in os.environ.items() if "HALDA_CONSOLE" not in name}
    named = {f"HALDA_CONSOLE_{name}": value for name, value in environ.items()}
    ended = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(free_port())],
        cwd=ROOT,
        env={**kept, "HALDA_CONSOLE_HOME": str(home), **named},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


def test_a_store_without_its_key_ends_with_a_sentence(tmp_path: Path) -> None:
    settings = sqlite_settings(tmp_path / "home")
    Store.open(settings).close()
    shutil.rmtree(settings.key_file.parent)

    code, said = start_and_fail(settings.home, DEMO_ORG="off")

    assert code == 2
    assert "The console did not start." in said
    assert "key" in said
    assert "Traceback" not in said
    assert not settings.key_file.exists()


def test_a_taken_port_of_the_demo_org_ends_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        code, said = start_and_fail(tmp_path / "home", DEMO_ORG_PORT=port)

    assert code == 2
    assert "The demo org did not start" in said
    assert "HALDA_CONSOLE_DEMO_ORG_PORT" in said
    assert "Traceback" not in said
