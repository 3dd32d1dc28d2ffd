"""A loopback server that answers what a test scripts, for the faults of a wire."""

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Answer:
    """What to answer. `lie` is added to the Content-Length, so that the body seems
    cut. A dripping answer sends a byte every tenth of a second, a
    silent one nothing.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)
    lie: int = 0
    is_dripping: bool = False
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


def as_json(body: Any, status: int = 200, **headers: str) -> Answer:
    return Answer(status, json.dumps(body).encode(), headers)


class ScriptedServer:
    """Give it answers in order; the last one is repeated. `seen` holds what was asked."""

    def __init__(self, *answers: Answer | Callable[[Seen], Answer]) -> None:
        self._answers = list(answers)
        self.seen: list[Seen] = []
        self.release = threading.Event()

    def __enter__(self) -> Self:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                """Stay silent."""

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                seen = Seen(self.command, self.path, dict(self.headers), body)
                outer.seen.append(seen)
                answer = outer.take(seen)
                if answer.is_silent:
                    outer.release.wait(5)
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(answer.body) + answer.lie))
                self.end_headers()
                outer.write(self.wfile, answer)

            def do_GET(self) -> None:
                self._serve()

            def do_POST(self) -> None:
                self._serve()

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def take(self, seen: Seen) -> Answer:
        answer = self._answers[0] if len(self._answers) == 1 else self._answers.pop(0)
        return answer if isinstance(answer, Answer) else answer(seen)

    def write(self, wire: BufferedIOBase, answer: Answer) -> None:
        if not answer.is_dripping:
            wire.write(answer.body)
            return
        with contextlib.suppress(OSError):
            for byte in answer.body:
                if self.release.wait(0.1):
                    return
                wire.write(bytes([byte]))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()
