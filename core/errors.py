"""Every error a person can meet. The branch decides who acts and whether to try again.

ConsoleError
+- OperatorError        mended here; the message is shown as it is
|    InvalidInput  MappingProblem  PlanOutdated  EditConflict  NotAllowed  NotFound
+- ConnectionProblem    the org's side of the connection
|    NeedsReauth  WrongOrg  AppNotInstalled  AppNotReady  AppBlocked  IpNotAllowed
|    InvalidConsumerKey  InvalidConsumerSecret  SignInRefused
+- SalesforceError      carries the platform's error code, never the body
|    FieldNotVisible  ObjectNotVisible  QueryRefused
|    RetryLater
|      RateLimited  RequestLimitExceeded  ServiceUnavailable  OrgUnreachable
|    OutcomeUnknown     the request may have been executed
|    UnreadableAnswer
+- StorageError
|    StorageBusy  DecryptFailed  AuditUnavailable
+- StartRefused         unsafe settings; the process does not start
"""

from enum import StrEnum


class WhoActs(StrEnum):
    """Who has to do something, in the words a support person would use."""

    OPERATOR = "you"
    UNIVERSITY_ADMIN = "the university's Salesforce admin"
    HALDA_SUPPORT = "Halda support"
    SALESFORCE = "Salesforce"
    NOBODY = "nobody: it passes by itself"


class ConsoleError(Exception):
    """What happened (`message`), what to do next (`advice`), who does it (`who_acts`).

    `code` is the platform's error code where there is one; `detail` is a safe excerpt. Neither
    holds a secret or a record value.
    """

    who_acts: WhoActs = WhoActs.OPERATOR
    may_retry: bool = False

    def __init__(
        self,
        message: str,
        *,
        advice: str,
        who_acts: WhoActs | None = None,
        code: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.code = code
        self.detail = detail
        if who_acts is not None:
            self.who_acts = who_acts

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class OperatorError(ConsoleError):
    """Something the person at the screen can mend."""


class InvalidInput(OperatorError):
    """A typed or uploaded value is not what it should be; nothing was changed."""


class MappingProblem(OperatorError):
    """The mapping cannot be used as it stands."""


class PlanOutdated(OperatorError):
    """What was previewed is no longer true."""


class EditConflict(OperatorError):
    """Somebody else saved first; `theirs` says who and when."""

    def __init__(self, message: str, *, advice: str, theirs: str = "") -> None:
        super().__init__(message, advice=advice, detail=theirs)


class NotAllowed(OperatorError):
    """The operator's role does not allow it."""


class NotFound(OperatorError):
    """The thing named does not exist (any more)."""


class ConnectionProblem(ConsoleError):
    """The org refuses the connection; the same call will not work until somebody acts."""

    who_acts = WhoActs.UNIVERSITY_ADMIN


class NeedsReauth(ConnectionProblem):
    """The stored grant is no longer valid; somebody has to sign in again."""

    who_acts = WhoActs.OPERATOR


class WrongOrg(ConnectionProblem):
    """The answer comes from another org than the one this connection belongs to."""

    who_acts = WhoActs.OPERATOR


class AppNotInstalled(ConnectionProblem):
    """The External Client App is not known to, or not installed in, this org."""


class AppNotReady(ConnectionProblem):
    """The app was created minutes ago and has not propagated yet."""

    who_acts = WhoActs.NOBODY
    may_retry = True


class AppBlocked(ConnectionProblem):
    """An admin blocked the app, or the user is not assigned to it."""


class IpNotAllowed(ConnectionProblem):
    """Our address or the hour is outside what the org allows."""


class InvalidConsumerKey(ConnectionProblem):
    """The org does not know this Consumer Key."""

    who_acts = WhoActs.OPERATOR


class InvalidConsumerSecret(ConnectionProblem):
    """The Consumer Secret does not belong to the Consumer Key (any more)."""

    who_acts = WhoActs.OPERATOR


class SignInRefused(ConnectionProblem):
    """The sign-in ended without a usable grant."""

    who_acts = WhoActs.OPERATOR


class SalesforceError(ConsoleError):
    """The org answered a call with an error."""

    who_acts = WhoActs.UNIVERSITY_ADMIN


class FieldNotVisible(SalesforceError):
    """A field is hidden from the connected user, renamed or gone."""


class ObjectNotVisible(SalesforceError):
    """An object is hidden from the connected user, renamed or gone."""


class QueryRefused(SalesforceError):
    """The org could not run one of our queries."""

    who_acts = WhoActs.HALDA_SUPPORT


class RetryLater(SalesforceError):
    """The same call is expected to work later."""

    who_acts = WhoActs.NOBODY
    may_retry = True


class RateLimited(RetryLater):
    """Too many calls at once (HTTP 429)."""


class RequestLimitExceeded(RetryLater):
    """The org's daily API allowance is used up."""


class ServiceUnavailable(RetryLater):
    """The org is in maintenance or answers 5xx."""

    who_acts = WhoActs.SALESFORCE


class OrgUnreachable(RetryLater):
    """No answer: name not found, refused, timed out."""


class OutcomeUnknown(SalesforceError):
    """A write was sent and no readable answer came back."""

    who_acts = WhoActs.OPERATOR


class UnreadableAnswer(SalesforceError):
    """A read was answered with something that is not the platform's JSON."""

    who_acts = WhoActs.SALESFORCE
    may_retry = True


class StorageError(ConsoleError):
    """The store could not do what was asked."""

    who_acts = WhoActs.HALDA_SUPPORT


class StorageBusy(StorageError):
    """Another process holds the database; try again in a moment."""

    who_acts = WhoActs.NOBODY
    may_retry = True


class DecryptFailed(StorageError):
    """A stored secret cannot be read with the keys at hand; it was left untouched."""


class AuditUnavailable(StorageError):
    """The audit trail cannot be written, so the action was refused."""


class StartRefused(ConsoleError):
    """The settings are unsafe or incomplete; nothing was started."""
