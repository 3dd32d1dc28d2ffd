"""What a browser tab asked, was told and complained about, written down as it happens."""

import re
import urllib.parse
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request, Response, WebSocket

# Streamlit's client looks for its server below the page's own path first, then at the root.
STREAMLIT_PROBE = re.compile(r"^http://127\.0\.0\.1:\d+/[a-z_]+/_stcore/(health|host-config)$")


@dataclass  # no slots: Playwright keeps its own mark on whoever listens
class Traffic:
    """Everything between one tab and the network since `watch`."""

    addresses: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _from_server: list[bytes] = field(default_factory=list)

    @property
    def foreign(self) -> list[str]:
        """Addresses outside this machine."""
        outside = []
        for address in self.addresses:
            parts = urllib.parse.urlsplit(address)
            if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
                outside.append(address)
        return outside

    def was_sent_to_the_page(self, text: str) -> bool:
        """Whether a WebSocket message of the server held `text`."""
        return any(text.encode() in frame for frame in self._from_server)

    def hear_request(self, request: Request) -> None:
        self.addresses.append(request.url)

    def hear_response(self, response: Response) -> None:
        if response.status >= 400 and not STREAMLIT_PROBE.match(response.url):
            self.failures.append(f"{response.status} {response.url}")

    def hear_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not STREAMLIT_PROBE.match(message.location["url"]):
            self.complaints.append(message.text)

    def hear_websocket(self, socket: WebSocket) -> None:
        self.addresses.append(socket.url)
        socket.on("framereceived", self._hear_frame)

    def _hear_frame(self, payload: bytes | str) -> None:
        self._from_server.append(payload.encode() if isinstance(payload, str) else payload)


def watch(page: Page) -> Traffic:
    """Listen to a tab from now on."""
    traffic = Traffic()
    page.on("request", traffic.hear_request)
    page.on("response", traffic.hear_response)
    page.on("console", traffic.hear_console)
    page.on("pageerror", lambda error: traffic.complaints.append(str(error)))
    page.on("websocket", traffic.hear_websocket)
    return traffic
