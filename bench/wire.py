"""The socket to Streamlit 1.67, opened and read as its own page does. Knows no pages."""

import http.client
import time
from contextlib import ExitStack
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

# A browser asks for these before it opens the socket; they set the cookies.
_FIRST_PATHS = ("/", "/_stcore/health")
_XSRF_COOKIE = "_streamlit_xsrf"


class Wire:
    """Sends requests, receives messages; messages the server only refers to come back whole."""

    def __init__(self, base_url: str) -> None:
        host = urlsplit(base_url).netloc
        cookies = _first_cookies(host)
        self._cache: dict[str, ForwardMsg] = {}
        self._exits = ExitStack()
        opening = connect(
            f"ws://{host}/_stcore/stream",
            origin=Origin(base_url),
            subprotocols=[
                Subprotocol("streamlit"),
                Subprotocol(cookies.get(_XSRF_COOKIE, "PLACEHOLDER_AUTH_TOKEN")),
            ],
            additional_headers={
                "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())
            },
            max_size=None,
            proxy=None,
        )
        self._socket: ClientConnection = self._exits.enter_context(opening)

    @property
    def cached_hashes(self) -> list[str]:
        """What this tab has already, so that the server may send a reference instead."""
        return list(self._cache)

    def send(self, request: bytes) -> None:
        self._socket.send(request)

    def receive(self, deadline: float) -> tuple[ForwardMsg, int, float]:
        """Return the next message, its size in bytes and when it came (`time.perf_counter`).

        Raises TimeoutError when nothing came until `deadline`.
        """
        frame = self._socket.recv(timeout=max(0.0, deadline - time.perf_counter()), decode=False)
        arrived = time.perf_counter()
        return self._whole(ForwardMsg.FromString(frame)), len(frame), arrived

    def close(self) -> None:
        self._exits.close()

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        if message.metadata.cacheable:
            self._cache[message.hash] = message
        if message.WhichOneof("type") != "ref_hash":
            return message
        whole = ForwardMsg()
        whole.CopyFrom(self._cache[message.ref_hash])
        whole.metadata.CopyFrom(message.metadata)  # where it stands may have changed
        return whole


def _first_cookies(host: str) -> dict[str, str]:
    cookies: SimpleCookie = SimpleCookie()
    for path in _FIRST_PATHS:
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", path, headers={"Accept": "text/html"})
        answer = connection.getresponse()
        answer.read()
        for line in answer.headers.get_all("Set-Cookie", []):
            cookies.load(line)
        connection.close()
    return {name: morsel.value for name, morsel in cookies.items()}
