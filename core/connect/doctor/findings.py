"""What an examination says: checks with a verdict each, in words for three readers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.errors import WhoActs


class Verdict(StrEnum):
    """UNKNOWN: not asked or not answered; it neither helps nor harms the whole."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question to the org or the store. No text holds a secret or a record's value.

    `who_acts` is None where nobody has to. `admin_text` can be mailed to the university as it is;
    empty where its admin has nothing to do.
    """

    check_id: str
    title: str
    verdict: Verdict
    asked: str
    answer: str
    meaning: str
    who_acts: WhoActs | None = None
    advice: str = ""
    admin_text: str = ""
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """All checks of one connection at one moment. `api_calls`: what the org counted for it.

    `about` names the org and its integration user, for readers outside the console.
    """

    connection_id: str
    about: str
    examined_at: datetime
    asked_by: str
    checks: tuple[Check, ...]
    api_calls: int

    @property
    def verdict(self) -> Verdict:
        return worst(each.verdict for each in self.checks)

    @property
    def to_mend(self) -> tuple[Check, ...]:
        """The red checks, then the amber ones."""
        return tuple(
            each
            for verdict in (Verdict.RED, Verdict.AMBER)
            for each in self.checks
            if each.verdict is verdict
        )

    @property
    def admin_text(self) -> str:
        """One message with everything that the university's admin has to do; may be empty."""
        points = [each.admin_text for each in self.to_mend if each.admin_text]
        return mail_to_admin(self.about, points) if points else ""


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """RED before AMBER before GREEN; UNKNOWN only where nothing else was found."""
    found = set(verdicts)
    order = (Verdict.RED, Verdict.AMBER, Verdict.GREEN)
    return next((each for each in order if each in found), Verdict.UNKNOWN)


def mail_to_admin(about: str, points: Iterable[str]) -> str:
    """A message to the university's admin around one or several points."""
    body = "\n\n".join(points)
    return (
        f"Hello,\n\nwe checked the connection of the Halda integration to {about}. "
        f"This needs your help:\n\n{body}\n\nThank you"
    )


def about_org(org_name: str, org_id: str, username: str) -> str:
    """How the org and its integration user are named to the university."""
    if not org_id:
        return "your Salesforce org"
    return f"your Salesforce org {org_name} ({org_id}, as {username})"
