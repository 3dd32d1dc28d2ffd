"""May this request be served at all? Only the person at this machine, with no proxy between."""

import ipaddress
from collections.abc import Mapping

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
# Behind a proxy every visitor would arrive from loopback and be taken for the local operator.
PROXY_HEADERS = frozenset(
    {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"}
)


def refusal(*, client_host: str | None, headers: Mapping[str, str]) -> str:
    """Why this request is refused, as a sentence; empty when it may be served.

    `headers` are lower-case names. `client_host` is the peer's address, None where unknown.
    """
    if client_host is not None and not _is_loopback_address(client_host):
        return "This console serves only the machine it runs on."
    if not _is_loopback_host(headers.get("host", "")):
        return "This console answers only to http://127.0.0.1 or http://localhost."
    if any(name in PROXY_HEADERS or name.startswith("x-forwarded") for name in headers):
        return (
            "This console has one local operator and no sign-in yet, so it must not be put behind "
            "a proxy: everybody would be that operator."
        )
    return ""


def _is_loopback_address(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)


def _is_loopback_host(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.lower() in LOOPBACK_NAMES
