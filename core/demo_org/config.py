"""How one demo org process is set up. Built by the command line or by a test."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrgConfig:
    """`clock` returns seconds since the epoch; `callback_urls` and `seed_secrets` go by org key."""

    home: Path
    host: str = "127.0.0.1"
    port: int = 8502
    public_url: str | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None
    callback_urls: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seed_secrets: Mapping[str, str] = field(default_factory=dict)
    session_seconds: int = 7200
    daily_api_requests: int = 100_000
    clock: Callable[[], float] = time.time
    reset: bool = False
