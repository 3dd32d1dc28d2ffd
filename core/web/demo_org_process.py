"""Starts the demo org beside the console and ends it with it. Speaks to it over HTTP only."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import StartRefused

_READY = "demo org ready on "


@dataclass(frozen=True, slots=True)
class DemoOrgProcess:
    """A running demo org. It ends by itself when its standard input closes."""

    process: subprocess.Popen[str]
    url: str

    def stop(self) -> None:
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_demo_org(
    *, port: int, home: Path, callbacks: Sequence[tuple[str, str]]
) -> DemoOrgProcess:
    """Start the demo org and wait until it answers.

    `callbacks` are (org key, callback URL) pairs to allow in that org's app. Raises StartRefused
    with the demo org's own sentence when it cannot start, for instance because the port is taken.
    """
    command = [sys.executable, "-m", "core.demo_org", "--port", str(port), "--home", str(home)]
    for org, url in callbacks:
        command += ["--callback-url", f"{org}={url}"]
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = home / "demo_org.log"
    with log.open("w", encoding="utf-8") as errors:  # a file: an unread pipe would stop the org
        process = subprocess.Popen(  # noqa: S603 - our own module, arguments from settings
            [*command, "--exit-with-stdin"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=Path(__file__).resolve().parents[2],
        )
    line = process.stdout.readline() if process.stdout else ""
    if not line.startswith(_READY):
        process.wait()
        said = log.read_text(encoding="utf-8").strip().splitlines() or ["no reason given"]
        raise StartRefused(
            f"The demo org did not start: {said[-1]}",
            advice="Free the port, choose another with HALDA_CONSOLE_DEMO_ORG_PORT, or leave the "
            "demo out with HALDA_CONSOLE_DEMO_ORG=off.",
        )
    return DemoOrgProcess(process=process, url=line.removeprefix(_READY).strip())
