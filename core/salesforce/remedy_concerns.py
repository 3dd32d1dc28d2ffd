"""Which part of the connection an error is about, for whoever shows errors part by part."""

from collections.abc import Iterable

from core import errors
from core.errors import ConsoleError
from core.salesforce.remedies import NO_API_SCOPE
from core.salesforce.remedy import Concern, Remedy
from core.salesforce.remedy_oauth import GRANT_REMEDIES, OAUTH_REMEDIES, PAGE_REMEDIES
from core.salesforce.remedy_rest import REST_REMEDIES, STATUS_REMEDIES

# Narrow classes first: the first that fits decides.
_BY_CLASS: tuple[tuple[type[ConsoleError], Concern], ...] = (
    (errors.AppNotReady, Concern.PROPAGATION),
    (errors.AppNotInstalled, Concern.APP),
    (errors.AppBlocked, Concern.APP),
    (errors.InvalidConsumerKey, Concern.CREDENTIALS),
    (errors.InvalidConsumerSecret, Concern.CREDENTIALS),
    (errors.InvalidInput, Concern.CREDENTIALS),
    (errors.DecryptFailed, Concern.CREDENTIALS),
    (errors.IpNotAllowed, Concern.NETWORK),
    (errors.WrongOrg, Concern.ORG),
    (errors.ConnectionProblem, Concern.TOKEN),
    (errors.RequestLimitExceeded, Concern.LIMITS),
    (errors.RateLimited, Concern.LIMITS),
    (errors.ServiceUnavailable, Concern.HOST),
    (errors.OrgUnreachable, Concern.HOST),
    (errors.UnreadableAnswer, Concern.HOST),
    (errors.RetryLater, Concern.TOKEN),
    (errors.FieldNotVisible, Concern.PERMISSIONS),
    (errors.ObjectNotVisible, Concern.PERMISSIONS),
)
# Said by checks of our own, not by a table.
_BY_WORDS = {
    "no refresh token": Concern.SCOPES,
    "grants more than": Concern.SCOPES,
    NO_API_SCOPE: Concern.SCOPES,
    "does not know the app yet": Concern.PROPAGATION,
    "another org": Concern.ORG,
    "another one now": Concern.ORG,
    "two different orgs": Concern.ORG,
    "but this is the": Concern.ORG,
}
_TABLES = (GRANT_REMEDIES, OAUTH_REMEDIES, PAGE_REMEDIES, REST_REMEDIES)


def concern_of(error: ConsoleError) -> Concern:
    """Return the part an error is about; API where nothing tells it apart."""
    named = concern_of_words(error.message)
    if named is not None:
        return named
    return next((part for kind, part in _BY_CLASS if isinstance(error, kind)), Concern.API)


def concern_of_words(message: str) -> Concern | None:
    """The same for a message kept from earlier; None where no table line says so."""
    for words, concern in _BY_WORDS.items():
        if words in message:
            return concern
    found = [remedy for remedy in _remedies() if remedy.message in message]
    if not found:
        return None
    remedy = max(found, key=lambda each: len(each.message))
    return remedy.concern or _concern_of_class(remedy.error_class)


def _concern_of_class(error_class: type[ConsoleError]) -> Concern | None:
    return next((part for kind, part in _BY_CLASS if issubclass(error_class, kind)), None)


def _remedies() -> Iterable[Remedy]:
    for table in _TABLES:
        yield from table.values()
    yield from STATUS_REMEDIES.values()
