"""One REST call and its answer, whether it came by itself or inside a composite."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, unquote_plus

from starlette.requests import Request

from core.demo_org.errors import ApiError
from core.demo_org.org import Org

ROOT: Final = "/services/data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Who is calling. `usage` is how many calls the org has counted so far.

    `dispatch` answers a call, for resources that run several.
    """

    org: Org
    user_id: str
    scopes: frozenset[str]
    origin: str
    usage: int
    dispatch: "Callable[[Session, ApiCall], ApiAnswer]"


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


def to_call(
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    body: Any = None,
) -> ApiCall:
    """Cut an escaped path into a call.

    Raises:
        ApiError: NOT_FOUND for one that does not name a version.
    """
    parts = [unquote(part) for part in path.removeprefix(ROOT).strip("/").split("/")]
    if not parts[0].startswith("v"):
        raise ApiError.not_found()
    return ApiCall(
        method=method,
        version=parts[0][1:],
        segments=tuple(parts[1:]),
        query=query or {},
        headers=headers or {},
        body=body,
    )


def split_url(url: str) -> tuple[str, dict[str, str]]:
    """Split the address of a subrequest into its path and its query."""
    path, _, text = url.partition("?")
    pairs = (part.partition("=") for part in text.split("&") if part)
    return path, {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}
