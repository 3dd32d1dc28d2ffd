"""How many of the five grants a user may hold for one app this console knows of."""

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import col, select

from core.connect.context import ConnectContext
from core.store.tables import Account, Connection, Credential, Token

# A sixth sign-in of a user to an app ends the oldest grant, without a word to anybody.
# https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_request_manage.htm
MOST_GRANTS = 5
_ORG_ID_LENGTH = 15
_HOLDERS = (
    select(Connection, Credential.consumer_key, Account.name)
    .join(Token, col(Token.connection_id) == col(Connection.id))
    .join(Credential, col(Credential.connection_id) == col(Connection.id))
    .join(Account, col(Account.id) == col(Connection.account_id))
    .order_by(col(Account.name), col(Connection.environment))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRoom:
    """Grants of one user for one app that this console holds; the org may know of more.

    `others` names the connections that share them with this one.
    """

    held: int
    others: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether one more sign-in would end the oldest of them."""
        return self.held >= MOST_GRANTS


def room_for(context: ConnectContext, connection_id: str) -> GrantRoom | None:
    """What a sign-in of this connection meets, also before its first; None where nobody knows.

    Before the first sign-in the user is the one who was named for it on Credentials.
    """
    room = grant_rooms(context).get(connection_id)
    if room is not None:
        return room
    with context.store.read() as session:
        own = session.get_one(Connection, connection_id)
        credential = session.exec(
            select(Credential).where(Credential.connection_id == connection_id)
        ).first()
        user = own.integration_user.strip().casefold()
        if credential is None or not user:
            return None
        others = [
            f"{name} ({row.environment})"
            for row, key, name in session.exec(_HOLDERS)
            if key == credential.consumer_key and row.username.casefold() == user
        ]
    return GrantRoom(held=len(others), others=tuple(others))


def grant_rooms(context: ConnectContext) -> dict[str, GrantRoom]:
    """By connection that holds a grant, in one query. Archived ones hold theirs as well."""
    shared: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    with context.store.read() as session:
        for row, key, name in session.exec(_HOLDERS):
            holders = shared[(key, row.org_id[:_ORG_ID_LENGTH], row.user_id)]
            holders[row.id] = f"{name} ({row.environment})"
    return {
        connection_id: GrantRoom(
            held=len(holders),
            others=tuple(name for other, name in holders.items() if other != connection_id),
        )
        for holders in shared.values()
        for connection_id in holders
    }
