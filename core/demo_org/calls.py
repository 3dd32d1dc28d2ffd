"""One REST call and its answer, whether it came by itself or inside a composite."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from core.demo_org.org import Org


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is calling. `usage` is how many calls the org has counted so far."""

    org: Org
    user_id: str
    scopes: frozenset[str]
    origin: str
    usage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiCall:
    """`segments` is the decoded path after /services/data/vXX.0; `body` is decoded JSON."""

    method: str
    version: str
    segments: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiAnswer:
    """`counted` is what the call costs of the daily API requests."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    counted: int = 1


def origin_of(request: Request) -> str:
    """Return the address this org answers under, without a trailing slash."""
    public: str | None = request.app.state.world.config.public_url
    return (public or f"{request.url.scheme}://{request.url.netloc}").rstrip("/")
