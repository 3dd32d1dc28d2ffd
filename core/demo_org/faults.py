"""Scripted trouble: what the next matching calls get instead of, or after, their answer."""

import re
from dataclasses import dataclass, replace
from typing import Any, Final

_STATUSES: Final = range(200, 600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Trouble for the next `times` calls whose path matches.

    `moment` is "before" (nothing is done) or "after" (done, then the answer is lost or spoilt);
    exactly one of status, timeout_seconds, drop_connection, truncate says how.
    """

    match: str
    method: str | None = None
    moment: str = "before"
    times: int = 1
    status: int | None = None
    body: Any = None
    html: str | None = None
    timeout_seconds: float | None = None
    drop_connection: bool = False
    truncate: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    def applies_to(self, method: str, path: str) -> bool:
        is_method = self.method is None or self.method.upper() == method
        return is_method and re.search(self.match, path) is not None


class FaultList:
    """The faults still to come, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def pending(self) -> list[Fault]:
        return list(self._faults)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the first fault for this call and count it down."""
        for place, fault in enumerate(self._faults):
            if fault.applies_to(method, path):
                left = replace(fault, times=fault.times - 1)
                self._faults[place : place + 1] = [left] if left.times > 0 else []
                return fault
        return None


def fault_from_json(body: Any) -> Fault:
    """Read a fault from its request.

    Raises:
        ValueError: An unknown key, a wrong pattern, a value of the wrong kind, nothing to do.
    """
    if not isinstance(body, dict) or not isinstance(body.get("headers", {}), dict):
        raise ValueError("a fault is a JSON object, and so are its headers")
    headers = tuple((str(name), str(value)) for name, value in body.get("headers", {}).items())
    try:
        re.compile(body["match"])
        fault = Fault(**{**body, "headers": headers})
    except (TypeError, KeyError, re.error) as error:
        raise ValueError(f"not a fault: {error}") from None
    _check(fault)
    return fault


def _check(fault: Fault) -> None:
    has_effect = fault.status or fault.timeout_seconds or fault.drop_connection or fault.truncate
    if not has_effect or fault.moment not in {"before", "after"}:
        raise ValueError("a fault needs an effect, and a moment before or after")
    if fault.status is not None and fault.status not in _STATUSES:
        raise ValueError("status must be a number from 200 to 599")
    if not isinstance(fault.times, int) or fault.times < 1:
        raise ValueError("times must be a whole number from 1")
    if not isinstance(fault.timeout_seconds, int | float | None):
        raise ValueError("timeout_seconds must be a number")
