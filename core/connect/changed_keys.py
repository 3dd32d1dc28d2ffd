"""What a change of Consumer Key or Secret means for the sign-in that is stored already."""

from core.connect.context import ConnectContext
from core.connect.credentials import CredentialStatus
from core.connect.tokens import grant_started_at


def change_words(
    context: ConnectContext,
    connection_id: str,
    *,
    before: CredentialStatus,
    after: CredentialStatus,
) -> str:
    """Return what comes next after credentials were saved; empty where no sign-in is affected.

    A refresh token belongs to the app that it was given to, whatever that app's secret is now.
    """
    with context.store.read() as session:
        if grant_started_at(session, connection_id) is None:
            return ""
    if before.consumer_key_hint != after.consumer_key_hint:
        return (
            "The Consumer Key is another app's, so the stored sign-in can no longer be renewed: "
            "reconnect now, as the same user. The mapping stays."
        )
    if before.secret_fingerprint != after.secret_fingerprint:
        return (
            "The stored sign-in stays and is renewed with the new secret from now on. Check the "
            "connection on Connect: a mistyped secret shows at the next renewal only."
        )
    return ""
