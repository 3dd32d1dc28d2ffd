"""What Salesforce names, line by line of the remedy tables, and where each is met."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.demo_org.failures.failure import At, Failure
from core.demo_org.failures.known import FAILURES
from core.errors import ConsoleError, WhoActs
from core.salesforce.remedies import explain, explain_oauth, explain_page
from core.salesforce.remedy import Facts, Remedy, addressed_to_admin
from core.salesforce.remedy_oauth import (
    GRANT_REMEDIES,
    OAUTH_REMEDIES,
    PAGE_REMEDIES,
    REFUSED_SIGN_IN,
)
from core.salesforce.remedy_rest import (
    QUERIES,
    REDIRECTED,
    SERVER_TROUBLE,
    SESSION_AND_LIMITS,
    STATUS_REMEDIES,
)

_PLACES = list(At)
_SIGN_IN_OR_RENEWAL = {At.SIGN_IN, At.RENEWAL}
_PAGE_OR_SIGN_IN = {At.PAGE, At.SIGN_IN}
_SEVERAL_RECORDS = 300  # a record's trouble, not the connection's


@dataclass(frozen=True, slots=True)
class Line:
    """One way to fail: how it is recognised, where it is met, and what a person is told."""

    code: str
    places: frozenset[At]
    meaning: str
    who: WhoActs
    advice: str

    @property
    def cells(self) -> tuple[str, ...]:
        where = ", ".join(each for each in _PLACES if each in self.places)
        return self.code, where, self.meaning, self.who.value, to_say(self.who, self.advice)


def named_by_salesforce() -> list[Line]:
    """One line for all codes that are told in the same words."""
    merged: dict[tuple[str, str], Line] = {}
    for line in _lines():
        key = (line.meaning, line.advice)
        merged[key] = _both(merged[key], line) if key in merged else line
    return list(merged.values())


def to_say(who: WhoActs, advice: str) -> str:
    """The advice as it is said to whoever acts."""
    return addressed_to_admin(advice) if who is WhoActs.UNIVERSITY_ADMIN else advice


def _both(one: Line, other: Line) -> Line:
    codes = ", ".join(dict.fromkeys([*one.code.split(", "), other.code]))
    return Line(codes, one.places | other.places, one.meaning, one.who, one.advice)


def _lines() -> Iterator[Line]:
    met = _met_in_the_demo_org()
    for fragment, remedy in GRANT_REMEDIES.items():
        yield _line(f"`invalid_grant` “{fragment}”", remedy, met, _SIGN_IN_OR_RENEWAL)
    other_words = "`invalid_grant` in other words, before a grant was stored"
    yield _line(other_words, REFUSED_SIGN_IN, met, {At.SIGN_IN})
    for code, remedy in OAUTH_REMEDIES.items():
        yield _line(f"`{code}`", remedy, met, _PAGE_OR_SIGN_IN)
    for fragment, remedy in PAGE_REMEDIES.items():
        if fragment not in GRANT_REMEDIES:
            yield _line(f"“{fragment}”", remedy, met, {At.PAGE})
    for code, remedy in {**SESSION_AND_LIMITS, **QUERIES, **_by_status()}.items():
        yield _line(code if " " in code else f"`{code}`", remedy, met, {At.CALL})


def _by_status() -> dict[str, Remedy]:
    kept = {each: remedy for each, remedy in STATUS_REMEDIES.items() if each != _SEVERAL_RECORDS}
    named = {f"HTTP {status}": remedy for status, remedy in kept.items()}
    return {**named, "HTTP 5xx": SERVER_TROUBLE, "HTTP 3xx": REDIRECTED}


def _line(code: str, remedy: Remedy, met: dict[str, set[At]], usual: set[At]) -> Line:
    who = remedy.who_acts or remedy.error_class.who_acts
    places = frozenset(met.get(remedy.message) or usual)
    return Line(code, places, remedy.message, who, Facts().fill(remedy.advice))


def _met_in_the_demo_org() -> dict[str, set[At]]:
    """Where the demo org lets each be met, by its sentence."""
    met: dict[str, set[At]] = {}
    for failure in FAILURES.values():
        error = _explained(failure)
        if error is not None:
            met.setdefault(error.message, set()).add(failure.at)
    return met


def _explained(failure: Failure) -> ConsoleError | None:
    fault = failure.faults[-1]
    if failure.at is At.PAGE:
        return explain_page(fault.html or "")
    if isinstance(fault.body, dict) and "error" in fault.body:
        words = fault.body.get("error_description", "")
        return explain_oauth(fault.body["error"], words, signing_in=failure.at is At.SIGN_IN)
    return explain(fault.status, fault.body or fault.html or "") if fault.status else None
