"""Typed settings from the environment. Unknown names and unsafe values refuse the start.

Built once by whoever starts a process and handed on; never read as a global.
"""

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core.errors import StartRefused
from core.secret import Secret

PREFIX = "HALDA_CONSOLE_"
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a process needs to know from outside. Times are seconds; URLs are bare origins."""

    home: Path
    database_url: str = field(repr=False)  # may carry a password
    key_file: Path
    secret_keys: Secret | None = None
    public_base_url: str = "https://app.heyhalda.com"
    console_url: str = "http://127.0.0.1:8501"
    demo_org: bool = True
    demo_org_port: int = 8502
    demo_org_url: str = "http://127.0.0.1:8502"
    api_version_ceiling: str = "66.0"
    ca_bundle: Path | None = None
    operator_name: str = "Local operator"
    egress_addresses: str = ""
    lease_seconds: int = 30
    lease_wait_seconds: int = 10
    token_deadline_seconds: int = 15
    describe_max_age_seconds: int = 3600
    storage_wait_seconds: int = 30
    keep_alive_seconds: int = 7 * 86400
    nightly_hour: int = 8  # UTC

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read every HALDA_CONSOLE_* name; an empty value counts as not set.

        Raises StartRefused, which names the variable and never its value.
        """
        given = {
            name.removeprefix(PREFIX): value.strip()
            for name, value in environ.items()
            if name.startswith(PREFIX)
        }
        for name in given:
            if name not in _READERS:
                raise _unknown(name)
        values = {
            _FIELDS.get(name, name.lower()): _read(name, value)
            for name, value in given.items()
            if value
        }
        return _completed(values)

    @property
    def is_loopback(self) -> bool:
        """Whether the console serves this machine only."""
        return is_loopback_url(self.console_url)


def is_loopback_url(url: str) -> bool:
    return urlsplit(url).hostname in _LOOPBACK_NAMES


def _completed(values: dict[str, Any]) -> Settings:
    home = values.setdefault("home", Path.home() / ".halda-console")
    values.setdefault("database_url", f"sqlite:///{home / 'data' / 'console.sqlite3'}")
    values.setdefault("key_file", home / "keys" / "console.key")
    if "demo_org_port" in values:
        values.setdefault("demo_org_url", f"http://127.0.0.1:{values['demo_org_port']}")
    settings = Settings(**values)
    if settings.token_deadline_seconds >= settings.lease_seconds:
        # a slower call would outlive its lease and a second caller would spend the same token
        raise _refused("TOKEN_DEADLINE_SECONDS", f"a number below {PREFIX}LEASE_SECONDS")
    return settings


def _refused(name: str, expected: str) -> StartRefused:
    return StartRefused(
        f"The setting {PREFIX}{name} cannot be used.",
        advice=f"Give it {expected}, or leave it out, and start again.",
    )


def _unknown(name: str) -> StartRefused:
    near = difflib.get_close_matches(name, _READERS, n=1)
    hint = f"Did you mean {PREFIX}{near[0]}? " if near else ""
    return StartRefused(
        f"There is no setting named {PREFIX}{name}.",
        advice=f"{hint}The README lists all of them. Remove or rename it and start again.",
    )


def _read(name: str, value: str) -> Any:
    reader, expected = _READERS[name]
    try:
        return reader(value)
    except ValueError:
        raise _refused(name, expected) from None  # the cause would quote the value


def _path(value: str) -> Path:
    if "\0" in value:
        raise ValueError
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError:  # ~ of a user this machine does not know
        raise ValueError from None


def _existing_file(value: str) -> Path:
    path = _path(value)
    if not path.is_file():
        raise ValueError
    return path


def _database_url(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if (
        not parts.hostname
        or parts.username is not None
        or parts.path not in {"", "/"}
        or parts.query
        or parts.fragment
        or not re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", parts.netloc)
    ):
        raise ValueError
    if parts.scheme != "https" and not (
        parts.scheme == "http" and parts.hostname in _LOOPBACK_NAMES
    ):
        raise ValueError
    _ = parts.port  # raises where it is no port number
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _switch(value: str) -> bool:
    if value.lower() not in {"on", "off"}:
        raise ValueError
    return value.lower() == "on"


def _port(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 65535:
        raise ValueError
    return number


def _seconds(value: str) -> int:
    number = int(value)
    if not 1 <= number <= 31 * 86400:
        raise ValueError
    return number


def _keep_alive(value: str) -> int:
    number = int(value)
    if not 3600 <= number <= 20 * 86400:  # ten days of room before Salesforce's thirty are over
        raise ValueError
    return number


def _hour(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 23:
        raise ValueError
    return number


def _api_version(value: str) -> str:
    if not re.fullmatch(r"[2-9][0-9]\.0", value):
        raise ValueError
    return value


def _name(value: str) -> str:
    if not value.isprintable() or len(value) > 80:
        raise ValueError
    return value


def _addresses(value: str) -> str:
    networks = [ipaddress.ip_network(part.strip()) for part in value.split(",")]
    return ", ".join(
        str(each.network_address) if each.num_addresses == 1 else str(each) for each in networks
    )


_FIELDS = {"URL": "console_url"}
_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "HOME": (_path, "a folder"),
    "DATABASE_URL": (_database_url, "sqlite:///FILE or postgresql://USER@HOST/DATABASE"),
    "SECRET_KEYS": (Secret, "keys as NAME:BASE64, newest first, separated by commas"),
    "KEY_FILE": (_path, "a file in another folder than the database"),
    "PUBLIC_BASE_URL": (_origin, "an https address without a path"),
    "URL": (_origin, "this console's own address, without a path"),
    "DEMO_ORG": (_switch, "on or off"),
    "DEMO_ORG_PORT": (_port, "a port number"),
    "API_VERSION_CEILING": (_api_version, "a Salesforce API version such as 66.0"),
    "CA_BUNDLE": (_existing_file, "an existing file of PEM certificates"),
    "OPERATOR_NAME": (_name, "a name of at most 80 characters"),
    "EGRESS_ADDRESSES": (_addresses, "IP addresses or networks, separated by commas"),
    "LEASE_SECONDS": (_seconds, "a whole number of seconds"),
    "LEASE_WAIT_SECONDS": (_seconds, "a whole number of seconds"),
    "TOKEN_DEADLINE_SECONDS": (_seconds, "a whole number of seconds"),
    "DESCRIBE_MAX_AGE_SECONDS": (_seconds, "a whole number of seconds"),
    "STORAGE_WAIT_SECONDS": (_seconds, "a whole number of seconds"),
    "KEEP_ALIVE_SECONDS": (_keep_alive, "a number of seconds from an hour to twenty days"),
    "NIGHTLY_HOUR": (_hour, "an hour of the day in UTC, 0 to 23"),
}
