"""Builds the server's parts: routes, middleware, and a lifespan that opens and closes it all."""

import logging
import os
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, NoReturn

import anyio.to_thread
import streamlit as st
from starlette.middleware import Middleware

from core.console import Console, open_console, use_console
from core.errors import StartRefused
from core.secret import RedactingFilter
from core.seed import DEMO_ACCOUNTS, seed_demo
from core.settings import Settings
from core.web.demo_org_process import DemoOrgProcess, start_demo_org
from core.web.middleware import LocalOnly
from core.web.no_delay import send_at_once
from core.web.routes import build_routes

_EXIT_REFUSED = 2


def server_parts() -> dict[str, Any]:
    """What `st.App` takes besides the script. Ends the process where the settings are unsafe."""
    _quieten_logs()
    try:
        settings = _settings()
        console = open_console(settings)
    except StartRefused as refusal:
        _refuse(refusal)
    return {
        "routes": build_routes(lambda: console.connect, console.work.state),
        "middleware": [Middleware(LocalOnly, settings=console.settings)],
        "lifespan": _lifespan_of(console),
    }


def _settings() -> Settings:
    settings = Settings.from_environ(os.environ)
    if "HALDA_CONSOLE_URL" in os.environ:
        return settings
    return replace(settings, console_url=f"http://127.0.0.1:{st.get_option('server.port')}")


def _lifespan_of(console: Console) -> Any:
    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any] | None]:
        send_at_once(int(st.get_option("server.port")))
        demo_org = await anyio.to_thread.run_sync(_start, console)
        try:
            yield None
        finally:
            await anyio.to_thread.run_sync(_stop, console, demo_org)

    return lifespan


def _start(console: Console) -> DemoOrgProcess | None:
    demo_org = None
    with ThreadPoolExecutor(1) as beside:  # the demo org is a process that is waited for
        launch = beside.submit(console.work.launch)
        if console.settings.demo_org:
            demo_org = _start_demo_org(console.settings)
        try:
            launch.result()
        except StartRefused as refusal:
            _refuse(refusal)
    use_console(console)
    if demo_org is not None:
        seed_demo(console)
    print(_welcome(console.settings), flush=True)  # noqa: T201 - the one line for the terminal
    return demo_org


def _start_demo_org(settings: Settings) -> DemoOrgProcess:
    callbacks = [(each.org_key, each.callback(settings)) for each in DEMO_ACCOUNTS]
    try:
        return start_demo_org(
            port=settings.demo_org_port, home=settings.home / "demo-org", callbacks=callbacks
        )
    except StartRefused as refusal:
        _refuse(refusal)


def _stop(console: Console, demo_org: DemoOrgProcess | None) -> None:
    use_console(None)
    console.close()
    if demo_org is not None:
        demo_org.stop()


def _refuse(refusal: StartRefused) -> NoReturn:
    sys.stderr.write(f"\nThe console did not start.\n{refusal.message}\n{refusal.advice}\n\n")
    sys.stderr.flush()
    os._exit(_EXIT_REFUSED)  # a traceback of the server's own would bury the sentence


def _welcome(settings: Settings) -> str:
    demo = f"\n  Demo org:     {settings.demo_org_url}" if settings.demo_org else ""
    return (
        f"\n  Halda → Salesforce console is ready\n  Open:         {settings.console_url}{demo}\n"
    )


def _quieten_logs() -> None:
    logging.getLogger("authlib").setLevel(logging.WARNING)  # at debug it logs the verifier
    logging.getLogger("streamlit.runtime.scriptrunner_utils").setLevel(logging.ERROR)
    # its lines hold the whole address, and the callback's address holds the code
    logging.getLogger("uvicorn.access").disabled = True
    for name in (None, "uvicorn", "uvicorn.error", "streamlit"):
        for handler in logging.getLogger(name).handlers:
            handler.addFilter(RedactingFilter())
