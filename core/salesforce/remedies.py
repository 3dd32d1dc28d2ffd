"""Turn any refusal of Salesforce into an error of ours. Keeps the code, never the body."""

import json
import re
from collections.abc import Iterator
from typing import Any

from core.errors import (
    ConsoleError,
    NeedsReauth,
    OrgUnreachable,
    UnreadableAnswer,
    WhoActs,
)
from core.salesforce.remedy import Facts, Remedy
from core.salesforce.remedy_oauth import (
    GRANT_REMEDIES,
    OAUTH_REMEDIES,
    PAGE_REMEDIES,
    RACE_FRAGMENT,
    REFUSED_SIGN_IN,
)
from core.salesforce.remedy_rest import (
    NO_TABLE_LINE,
    REDIRECTED,
    REST_REMEDIES,
    SERVER_TROUBLE,
    STATUS_REMEDIES,
)
from core.secret import redact

MAX_DETAIL_LENGTH = 300

_NO_FACTS = Facts()
_TOLD_BY_DESCRIPTION = frozenset({"invalid_grant", "invalid_request"})
_TAG = re.compile(r"<[^>]*>?")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
# Everything up to here repeats the query, which holds record values.
_QUERY_EXCERPT = re.compile(r".*ERROR at Row:\d+:Column:\d+", re.DOTALL)
# Where a save result, a composite and its parts keep their errors, and how deep that goes.
_NESTED_IN = ("errors", "compositeResponse", "body")
_LEVELS = 6
_BECAUSE_OF_ANOTHER = frozenset({"ALL_OR_NONE_OPERATION_ROLLED_BACK", "PROCESSING_HALTED"})
_SESSION_WITHOUT_API = "not valid for use with the REST API"
NO_API_SCOPE = "The sign-in does not cover the REST API."
# What may be a record's value in a sentence of which nothing else is known.
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|\([^)]*\)|\[[^\]]*\]")
_VALUE_LIKE = re.compile(r"\S*[\d@]\S*")


def explain(status: int, body: object) -> ConsoleError:
    """Return the error for a REST answer. `body` is text, bytes or parsed JSON of any shape."""
    code, message = _first_error(body)
    remedy = REST_REMEDIES.get(code)
    if remedy is None and code in OAUTH_REMEDIES:
        return explain_oauth(code, message)
    if code == "INVALID_SESSION_ID" and _SESSION_WITHOUT_API in message:
        return _no_api_scope()
    remedy = remedy or _by_status(status)
    detail = _without_query(message) if remedy.keeps_detail else ""
    if remedy is NO_TABLE_LINE:
        detail = without_values(message)
    return _build(remedy, code=code or f"HTTP {status}", detail=detail)


def explain_oauth(
    error: str, description: str = "", facts: Facts = _NO_FACTS, *, signing_in: bool = False
) -> ConsoleError:
    """Return the error for an OAuth refusal, from the token endpoint or the callback.

    `signing_in`: an invalid_grant then concerns the new code, not a stored grant.
    """
    lowered = description.lower()
    if not signing_in and "expired authorization code" in lowered:
        lowered = RACE_FRAGMENT  # the older wording when two refreshes meet
    remedy = OAUTH_REMEDIES.get(error) or OAUTH_REMEDIES.get(error.replace("-", "_"))
    if error in _TOLD_BY_DESCRIPTION or error not in OAUTH_REMEDIES:
        narrower = _by_fragment(GRANT_REMEDIES, lowered) or _by_fragment(PAGE_REMEDIES, lowered)
        remedy = narrower or remedy
    remedy = remedy or NO_TABLE_LINE
    if signing_in and remedy is OAUTH_REMEDIES["invalid_grant"]:
        remedy = REFUSED_SIGN_IN
    detail = without_values(description) if remedy is NO_TABLE_LINE else description
    return _build(remedy, code=_safe_code(error), detail=detail, facts=facts)


def explain_page(text: str, facts: Facts = _NO_FACTS) -> ConsoleError | None:
    """Return the error behind a text copied from a Salesforce error page; None when unknown."""
    lowered = text.lower()
    for code, remedy in OAUTH_REMEDIES.items():
        if re.search(rf"(?<![a-z_]){re.escape(code.lower())}(?![a-z_])", lowered):
            narrower = _by_fragment(GRANT_REMEDIES, lowered)
            return _build(narrower or remedy, code=code, detail="", facts=facts)
    found = _by_fragment(PAGE_REMEDIES, lowered) or _by_fragment(GRANT_REMEDIES, lowered)
    return _build(found, code="", detail="", facts=facts) if found else None


def unreachable(code: str) -> OrgUnreachable:
    """Return the error for a call that got no answer; `code` is the kind of failure."""
    return OrgUnreachable(
        "The org did not answer.",
        advice="Try again in a moment. If it lasts, check the org's address and its status page.",
        code=code,
    )


def broken_off(code: str) -> OrgUnreachable:
    """Return the error for a connection that ended before the whole answer had come."""
    return OrgUnreachable(
        "The connection to the org broke off before the whole answer had come.",
        advice="Try again in a moment. If it lasts, a firewall or proxy on the way may cut it.",
        code=code,
    )


def unreadable(status: int) -> UnreadableAnswer:
    """Return the error for an answer that is not the JSON it should be."""
    return UnreadableAnswer(
        "The org's answer could not be read.",
        advice="Try again in a moment. If it lasts, see https://status.salesforce.com.",
        code=f"HTTP {status}",
    )


def clean(text: str) -> str:
    """Strip tags and living secrets from a platform message, and shorten it."""
    flat = " ".join(_TAG.sub(" ", redact(text)).split())
    return flat if len(flat) <= MAX_DETAIL_LENGTH else f"{flat[: MAX_DETAIL_LENGTH - 1]}…"


def without_values(message: str) -> str:
    """The start of a message nobody has a line for, with all that may be a value blanked out."""
    sentence = re.split(r":\s", clean(message), maxsplit=1)[0]
    return _VALUE_LIKE.sub("…", _QUOTED.sub("…", sentence))


def _without_query(message: str) -> str:
    """What the org says about a name; messages of other kinds may hold a record's value."""
    explanation = _QUERY_EXCERPT.sub("", message)
    is_about_a_name = explanation != message or message.startswith("No such column")
    return explanation if is_about_a_name else ""


def _no_api_scope() -> ConsoleError:
    return NeedsReauth(
        NO_API_SCOPE,
        advice="Ask the admin to add the scope api to the app, then reconnect.",
        who_acts=WhoActs.UNIVERSITY_ADMIN,
        code="INVALID_SESSION_ID",
    )


def _by_status(status: int) -> Remedy:
    if status >= 500:
        return SERVER_TROUBLE
    if 301 <= status < 400:
        return REDIRECTED
    return STATUS_REMEDIES.get(status, NO_TABLE_LINE)


def _by_fragment(table: dict[str, Remedy], lowered: str) -> Remedy | None:
    return next((remedy for fragment, remedy in table.items() if fragment in lowered), None)


def _build(remedy: Remedy, *, code: str, detail: str, facts: Facts = _NO_FACTS) -> ConsoleError:
    return remedy.error_class(
        facts.fill(remedy.message),
        advice=facts.fill(remedy.advice),
        who_acts=remedy.who_acts,
        code=remedy.code or code,
        detail=clean(detail),
    )


def _first_error(body: object) -> tuple[str, str]:
    """Code and message of the first error in any shape the platform uses; empty when none.

    A row that failed because of another one of its call gives way to that other one.
    """
    found = [error for entry in _entries(_parsed(body)) if (error := _error_of(entry))]
    at_fault = (error for error in found if error[0] not in _BECAUSE_OF_ANOTHER)
    return next(at_fault, found[0] if found else ("", ""))


def _error_of(entry: dict[str, Any]) -> tuple[str, str] | None:
    code = entry.get("errorCode") or entry.get("statusCode") or entry.get("error")
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        return None
    message = entry.get("message") or entry.get("error_description") or ""
    return code, message if isinstance(message, str) else ""


def _parsed(body: object) -> object:
    if isinstance(body, bytes):
        body = body.decode("utf-8", "replace")
    if not isinstance(body, str):
        return body
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _entries(body: object, levels: int = _LEVELS) -> Iterator[dict[str, Any]]:
    """Everything that may be an error: in a list, in the rows of a save, in a composite's parts."""
    if levels and isinstance(body, list):
        for each in body:
            yield from _entries(each, levels - 1)
    elif levels and isinstance(body, dict):
        yield body
        for name in _NESTED_IN:
            yield from _entries(body.get(name), levels - 1)


def _safe_code(error: str) -> str:
    return error if _CODE.fullmatch(error.replace("-", "_")) else "unknown_error"
