"""How a question to the org becomes a check: its title, what was asked, and the possible ends."""

from dataclasses import dataclass, replace

from core.connect.doctor.evidence import Evidence
from core.connect.doctor.findings import Check, Verdict
from core.connect.health import LastError
from core.connect.propagation import not_spread_yet
from core.connect.states import ConnectionState
from core.errors import AppNotReady, ConsoleError, InvalidConsumerKey, NeedsReauth, WhoActs
from core.salesforce.remedy import Concern, addressed_to_admin
from core.salesforce.remedy_concerns import concern_of_words

_NO_ANSWER = "No answer"


@dataclass(frozen=True, slots=True)
class Question:
    """`asked` names the request or the place looked at."""

    check_id: str
    title: str
    asked: str

    def green(self, answer: str, meaning: str) -> Check:
        return self._check(Verdict.GREEN, answer, meaning)

    def unknown(self, why: str, meaning: str = "Nothing can be said about it.") -> Check:
        return self._check(Verdict.UNKNOWN, why, meaning)

    def amber(self, answer: str, meaning: str, *, who: WhoActs, advice: str) -> Check:
        return self._check(Verdict.AMBER, answer, meaning, who=who, advice=advice)

    def red(self, answer: str, meaning: str, *, who: WhoActs, advice: str) -> Check:
        return self._check(Verdict.RED, answer, meaning, who=who, advice=advice)

    def refused(self, error: ConsoleError) -> Check:
        """A refusal, in the words of the remedy tables, with its code and a safe excerpt."""
        is_early = isinstance(error, AppNotReady)
        came_back = ": ".join(part for part in (error.code, error.detail) if part)
        check = self._check(
            Verdict.AMBER if is_early else Verdict.RED,
            came_back or _NO_ANSWER,
            error.message,
            who=error.who_acts,
            advice=error.advice,
        )
        return _with_code(check, error)

    def _check(
        self,
        verdict: Verdict,
        answer: str,
        meaning: str,
        *,
        who: WhoActs | None = None,
        advice: str = "",
    ) -> Check:
        is_admin = who is WhoActs.UNIVERSITY_ADMIN
        return Check(
            check_id=self.check_id,
            title=self.title,
            verdict=verdict,
            asked=self.asked,
            answer=answer,
            meaning=meaning,
            who_acts=who,
            advice=advice,
            admin_text=f"{meaning}\n{addressed_to_admin(advice)}" if is_admin else "",
        )


def _with_code(check: Check, error: ConsoleError) -> Check:
    code = f"\nSalesforce's code: {error.code}" if error.code and check.admin_text else ""
    return replace(check, admin_text=check.admin_text + code, code=error.code, detail=error.detail)


def cause_of(evidence: Evidence) -> ConsoleError | None:
    """What keeps the connection from working now; None where the org answered.

    Where nobody is signed in it is what the last sign-in or renewal ended with.
    """
    known, failure = evidence.known, evidence.answers.failure
    last = known.connection.last_error
    is_stored = known.connection.state is ConnectionState.NEEDS_REAUTH or known.grant is None
    if is_stored and last is not None:
        return _told_again(last)
    if isinstance(failure, InvalidConsumerKey):
        return not_spread_yet(failure, started_at=known.propagation.started_at, now=known.now)
    return failure


def _told_again(last: LastError) -> ConsoleError:
    is_early = concern_of_words(last.message) is Concern.PROPAGATION
    kind = AppNotReady if is_early else NeedsReauth
    return kind(last.message, advice=last.advice, who_acts=last.acts, code=last.code)
