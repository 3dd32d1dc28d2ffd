"""A real console on free ports, as `streamlit run app.py` starts it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
STREAMLIT = (sys.executable, "-m", "streamlit")
START_LIMIT_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ConsoleProcess:
    """Context manager: the console and its demo org, waited for by probe, stopped at the end."""

    def __init__(
        self,
        home: Path,
        *,
        port: int = 0,
        demo_org_port: int = 0,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.port = port or free_port()
        self.demo_org_port = demo_org_port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.demo_org_url = f"http://127.0.0.1:{self.demo_org_port}"
        self.start_seconds = 0.0
        self.log_file = home.parent / f"console-{self.port}.log"
        self._environ = dict(environ or {})
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "ConsoleProcess":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        kept = {name: value for name, value in os.environ.items() if "HALDA_CONSOLE" not in name}
        environ = {
            **kept,
            "HALDA_CONSOLE_HOME": str(self.home),
            "HALDA_CONSOLE_DEMO_ORG_PORT": str(self.demo_org_port),
            **self._environ,
        }
        self.home.parent.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "streamlit",
                    "run",
                    "app.py",
                    "--server.port",
                    str(self.port),
                ],
                cwd=ROOT,
                env=environ,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        while not self.is_ready():
            if self._process.poll() is not None or time.monotonic() - started > START_LIMIT_SECONDS:
                raise RuntimeError(f"the console did not start:\n{self.log()}")
            time.sleep(0.02)  # between probes; readiness decides, not the wait
        self.start_seconds = time.monotonic() - started

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")
