"""Who changed what, chained by hash. An event is written before its change, in one transaction."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, select

from core.errors import AuditUnavailable
from core.secret import redact
from core.store.engine import Store
from core.store.tables import AuditEvent

_FIRST_HASH = "0" * 64
_LOCK_NUMBER = 0x4155444954  # one appender at a time, so that the chain never forks


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One event as a screen shows it."""

    at: datetime
    operator: str
    action: str
    account_id: str
    connection_id: str
    detail: Mapping[str, str]


def record_event(
    session: Session,
    *,
    store_now: datetime,
    operator: str,
    action: str,
    account_id: str = "",
    connection_id: str = "",
    detail: Mapping[str, str] | None = None,
) -> None:
    """Append an event ahead of the changes pending in `session`.

    `detail` holds names, counts and hashes, never a secret or a record's value. Raises
    AuditUnavailable where it cannot be written; the caller's transaction then changes nothing.
    """
    event = {
        "at": store_now.astimezone(UTC),
        "operator": operator,
        "action": action,
        "account_id": account_id,
        "connection_id": connection_id,
        "detail": {name: redact(value) for name, value in (detail or {}).items()},
    }
    try:
        with session.no_autoflush:
            _append(session, event)
    except SQLAlchemyError:
        raise AuditUnavailable(
            "The audit trail cannot be written, so nothing was changed.",
            advice="Check that the database has room and may be written to, then try again.",
        ) from None


def verify_chain(session: Session) -> int | None:
    """Return the id of the first event that was altered or whose predecessor is gone, or None."""
    previous = _FIRST_HASH
    for event in session.exec(select(AuditEvent).order_by(col(AuditEvent.id))):
        expected = _hash_of(event.model_dump(exclude={"id", "hash", "previous_hash"}), previous)
        if (event.previous_hash, event.hash) != (previous, expected):
            return event.id
        previous = event.hash
    return None


def list_events(store: Store, account_id: str = "", limit: int = 100) -> list[EventView]:
    """The newest events first, of one Halda account or, without one, of all."""
    statement = select(AuditEvent).order_by(col(AuditEvent.id).desc()).limit(limit)
    if account_id:
        statement = statement.where(AuditEvent.account_id == account_id)
    with store.read() as session:
        return [
            EventView(**event.model_dump(exclude={"id", "hash", "previous_hash"}))
            for event in session.exec(statement)
        ]


def _append(session: Session, event: dict[str, Any]) -> None:
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_NUMBER})"))
    newest = select(AuditEvent.hash).order_by(col(AuditEvent.id).desc()).limit(1)
    previous = session.exec(newest).first() or _FIRST_HASH
    session.execute(
        insert(AuditEvent).values(**event, previous_hash=previous, hash=_hash_of(event, previous))
    )


def _hash_of(event: dict[str, Any], previous: str) -> str:
    told = {**event, "at": event["at"].isoformat(timespec="microseconds"), "after": previous}
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
