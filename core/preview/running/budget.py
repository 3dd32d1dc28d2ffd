"""How many of an org's daily API calls were left when it last said so. Never asks it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from core.connect.api_use import API_WINDOW
from core.store.engine import Store
from core.store.tables import ApiCalls


@dataclass(frozen=True, slots=True)
class CallBudget:
    """`left` of `allowed` calls, for all of the org's integrations together, as of `told_at`."""

    left: int
    allowed: int
    told_at: datetime

    def is_short_of(self, calls: int) -> bool:
        return calls > self.left


def last_budget(store: Store, connection_id: str) -> CallBudget | None:
    """Return what the org told any call of ours last; None where that is a day ago.

    Calls are counted over the last 24 hours, so that an older word says nothing of now.
    """
    told_at = col(ApiCalls.told_at)
    with store.read() as session:
        newest = (
            select(ApiCalls)
            .where(
                ApiCalls.connection_id == connection_id, told_at >= store.now(session) - API_WINDOW
            )
            .order_by(told_at.desc())
            .limit(1)
        )
        found = session.exec(newest).first()
    if found is None or found.told_at is None or found.org_used is None or not found.org_limit:
        return None
    return CallBudget(max(0, found.org_limit - found.org_used), found.org_limit, found.told_at)
