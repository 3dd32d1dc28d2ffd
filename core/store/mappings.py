"""Saved mappings: every save makes a version, no version changes, no edit is lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import EditConflict, NotFound
from core.mapping.model import MappingDraft
from core.mapping.serialize import content_hash, from_content, to_content
from core.store.audit import record_event
from core.store.engine import Store
from core.store.tables import Connection, MappingRow, MappingVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedMapping:
    """One version with its content. `number` counts from 1 within the connection's mapping."""

    mapping_id: str
    version_id: str
    number: int
    draft: MappingDraft
    content_hash: str
    saved_at: datetime
    saved_by: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One version without its content."""

    version_id: str
    number: int
    content_hash: str
    saved_at: datetime
    saved_by: str
    note: str


def load_mapping(store: Store, connection_id: str) -> SavedMapping | None:
    """The newest version of a connection's mapping; None before the first save."""
    with store.read() as session:
        mapping = _mapping_of(session, connection_id)
        newest = mapping and _newest(session, mapping)
    return _to_saved(newest) if newest else None


def load_version(store: Store, version_id: str) -> SavedMapping:
    """One version by its id; NotFound where there is none."""
    with store.read() as session:
        version = session.get(MappingVersion, version_id)
    if version is None:
        raise NotFound(
            "This version of the mapping does not exist.",
            advice="Open the mapping page and choose a version from its list.",
        )
    return _to_saved(version)


def list_versions(store: Store, connection_id: str) -> list[VersionInfo]:
    """Every version of a connection's mapping, newest first."""
    statement = (
        select(MappingVersion)
        .join(MappingRow, col(MappingRow.id) == col(MappingVersion.mapping_id))
        .where(MappingRow.connection_id == connection_id)
        .order_by(col(MappingVersion.number).desc())
    )
    with store.read() as session:
        return [
            VersionInfo(version_id=row.id, **row.model_dump(include=_INFO_COLUMNS))
            for row in session.exec(statement)
        ]


def save_mapping(
    store: Store,
    *,
    connection_id: str,
    draft: MappingDraft,
    based_on: int,
    operator: str,
    note: str = "",
) -> SavedMapping:
    """Save a draft on top of version `based_on` (0 for the first) and return the new version.

    What equals the newest version saves nothing and returns that version. Raises EditConflict,
    naming who saved what and when, where `based_on` is no longer the newest.
    """
    with store.write() as session:
        connection = _locked_connection(session, connection_id)
        mapping = _mapping_of(session, connection_id)
        newest = _newest(session, mapping) if mapping else None
        if newest and newest.content_hash == content_hash(draft):
            return _to_saved(newest)
        if (newest.number if newest else 0) != based_on:
            raise _conflict(newest, based_on)
        now = store.now(session)
        mapping = mapping or MappingRow(connection_id=connection_id, created_at=now)
        version = MappingVersion(
            mapping_id=mapping.id,
            number=mapping.head + 1,
            content=to_content(draft),
            content_hash=content_hash(draft),
            saved_at=now,
            saved_by=operator,
            note=note.strip(),
        )
        _add_version(session, connection, mapping, version)
        return _to_saved(version)


_INFO_COLUMNS = {"number", "content_hash", "saved_at", "saved_by", "note"}


def _add_version(
    session: Session, connection: Connection, mapping: MappingRow, version: MappingVersion
) -> None:
    record_event(
        session,
        store_now=version.saved_at,
        operator=version.saved_by,
        action="mapping.saved",
        account_id=connection.account_id,
        connection_id=connection.id,
        detail={"version": str(version.number), "content_hash": version.content_hash},
    )
    mapping.head = version.number
    session.add(mapping)
    session.flush()  # the version's foreign key needs the mapping first
    session.add(version)


def _locked_connection(session: Session, connection_id: str) -> Connection:
    statement = select(Connection).where(Connection.id == connection_id).with_for_update()
    connection = session.exec(statement).first()
    if connection is None:
        raise NotFound(
            "The connection this mapping belongs to does not exist.",
            advice="Open the status page and choose a connection from there.",
        )
    return connection


def _mapping_of(session: Session, connection_id: str) -> MappingRow | None:
    return session.exec(select(MappingRow).where(MappingRow.connection_id == connection_id)).first()


def _newest(session: Session, mapping: MappingRow) -> MappingVersion | None:
    return session.exec(
        select(MappingVersion).where(
            MappingVersion.mapping_id == mapping.id, MappingVersion.number == mapping.head
        )
    ).first()


def _to_saved(row: MappingVersion) -> SavedMapping:
    return SavedMapping(
        mapping_id=row.mapping_id,
        version_id=row.id,
        draft=from_content(row.content),
        **row.model_dump(include=_INFO_COLUMNS),
    )


def _conflict(newest: MappingVersion | None, based_on: int) -> EditConflict:
    if newest is None:
        return EditConflict(
            f"There is no version {based_on} of this mapping to save on.",
            advice="Your edits are still here. Open the mapping anew in another tab and compare.",
        )
    theirs = f"{newest.saved_by}, {newest.saved_at:%Y-%m-%d %H:%M} UTC"
    return EditConflict(
        f"{newest.saved_by} saved version {newest.number} of this mapping at "
        f"{newest.saved_at:%Y-%m-%d %H:%M} UTC, after you opened version {based_on}.",
        advice="Your edits are still here and nothing was overwritten. Compare with version "
        f"{newest.number}, then save on top of it.",
        theirs=theirs,
    )
