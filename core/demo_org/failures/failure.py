"""What a known refusal is: where it is met, how it is called, what the next calls get."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from core.demo_org.faults import Fault

DATA: Final = "^/services/data/v"
TOKEN: Final = "^/services/oauth2/token$"
LONGER_THAN_ANYBODY_WAITS: Final = 60.0


class At(StrEnum):
    """Where a refusal is met, in the words of the org's own page."""

    PAGE = "Sign-in page"
    SIGN_IN = "Sign-in"
    RENEWAL = "Renewal"
    CALL = "Data calls"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """`title` is read on the org's own page; `faults` are what the next calls get."""

    name: str
    at: At
    title: str
    faults: tuple[Fault, ...]


def failure(name: str, at: At, title: str, *faults: Fault) -> Failure:
    return Failure(name=name, at=at, title=f"{at}: {title}", faults=faults)


def quoted(error: str, description: str) -> str:
    return f"{error} “{description}”" if description else error


def token_fault(error: str, description: str) -> Fault:
    """The token endpoint refuses once. The platform leaves no description empty; we may."""
    body = {"error": error} | ({"error_description": description} if description else {})
    return Fault(match=TOKEN, method="POST", status=400, body=body)


def rest_fault(status: int, code: str, message: str, *, times: int) -> Fault:
    body: Any = [{"message": message, "errorCode": code}]
    return Fault(match=DATA, status=status, body=body, times=times)


def no_token_answer(times: int) -> tuple[tuple[str, str, Fault], ...]:
    """The ways in which the answer of the token endpoint is not had: name, words, fault."""
    page = "<html><body>Service Unavailable</body></html>"
    return (
        ("unavailable", "the token endpoint answers 503",
         Fault(match=TOKEN, method="POST", status=503, html=page, times=times)),
        ("late", "the token endpoint does not answer in time",
         Fault(match=TOKEN, method="POST", timeout_seconds=LONGER_THAN_ANYBODY_WAITS,
               times=times)),
        ("lost", "done, and the answer lost",
         Fault(match=TOKEN, method="POST", moment="after", drop_connection=True, times=times)),
        ("half", "done, and half of the answer lost",
         Fault(match=TOKEN, method="POST", moment="after", truncate=True, times=times)),
    )  # fmt: skip
