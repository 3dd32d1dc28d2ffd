"""Saved versions: every save makes one, no version changes, no edit is lost."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.mapping.files.serialize import content_hash, from_content, to_content
from core.mapping.model import MappingDraft
from core.store.engine import Store
from core.store.mappings.basis import keep_basis
from core.store.mappings.rows import (
    draft_row,
    end_draft,
    is_same_mapping,
    locked_connection,
    mapping_of,
    newest_version,
    require_revision,
    tell,
    version_conflict,
    version_row,
    without_content,
)
from core.store.tables import Connection, MappingDraftRow, MappingRow, MappingVersion

_INFO_COLUMNS = {"number", "content_hash", "saved_at", "saved_by", "note", "origin"}


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
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInfo:
    """One version without its content."""

    version_id: str
    number: int
    content_hash: str
    saved_at: datetime
    saved_by: str
    note: str
    origin: str = ""


def load_mapping(store: Store, connection_id: str) -> SavedMapping | None:
    """The newest version of a connection's mapping; None before the first save."""
    with store.read() as session:
        newest = newest_version(session, mapping_of(session, connection_id))
    return to_saved(newest) if newest else None


def load_version(store: Store, version_id: str) -> SavedMapping:
    """One version by its id; NotFound where there is none."""
    with store.read() as session:
        return to_saved(version_row(session, version_id))


def list_versions(store: Store, connection_id: str) -> list[VersionInfo]:
    """Every version of a connection's mapping, newest first; trials have numbers below 1."""
    statement = (
        select(MappingVersion)
        .join(MappingRow, col(MappingRow.id) == col(MappingVersion.mapping_id))
        .where(MappingRow.connection_id == connection_id, MappingVersion.number > 0)
        .options(without_content())
        .order_by(col(MappingVersion.number).desc())
    )
    with store.read() as session:
        return [to_info(row) for row in session.exec(statement)]


def save_mapping(
    store: Store,
    *,
    connection_id: str,
    draft: MappingDraft,
    based_on: int,
    operator: str,
    note: str = "",
    expected_revision: int = 0,
    origin: str | None = None,
) -> SavedMapping:
    """Save a draft on top of version `based_on` (0 for the first) and return the new version.

    The stored draft, seen at `expected_revision` (0: none seen), ends with it and hands on its
    `origin` unless one is given. What equals the newest version saves nothing and returns that
    version. Raises EditConflict, naming who did what and when, where `based_on` is no longer the
    newest or somebody else's edits would be lost.
    """
    content = to_content(draft)
    with store.write() as session:
        connection = locked_connection(session, connection_id)
        mapping = mapping_of(session, connection_id)
        newest = newest_version(session, mapping)
        under_edit = draft_row(session, connection_id)
        if under_edit is not None and under_edit.content != content:
            require_revision(under_edit, expected_revision, operator)
        if newest and is_same_mapping(newest.content, content):
            _end(session, under_edit, operator, store)
            return to_saved(newest)
        if (newest.number if newest else 0) != based_on:
            raise version_conflict(newest, based_on)
        now = store.now(session)
        mapping = mapping or MappingRow(connection_id=connection_id, created_at=now)
        version = MappingVersion(
            mapping_id=mapping.id,
            number=mapping.head + 1,
            content=content,
            content_hash=content_hash(draft),
            saved_at=now,
            saved_by=operator,
            note=note.strip(),
            origin=(under_edit.origin if under_edit else "") if origin is None else origin,
        )
        keep_basis(session, connection_id, draft, version)
        _add_version(session, connection, mapping, version)
        _end(session, under_edit, operator, store)
        return to_saved(version)


def to_info(row: MappingVersion) -> VersionInfo:
    return VersionInfo(version_id=row.id, **row.model_dump(include=_INFO_COLUMNS))


def _add_version(
    session: Session, connection: Connection, mapping: MappingRow, version: MappingVersion
) -> None:
    tell(
        session,
        connection,
        action="mapping.saved",
        operator=version.saved_by,
        now=version.saved_at,
        detail={
            "version": str(version.number),
            "content_hash": version.content_hash,
            "origin": version.origin,
        },
    )
    mapping.head = version.number
    session.add(mapping)
    session.flush()  # the version's foreign key needs the mapping first
    session.add(version)


def _end(session: Session, row: MappingDraftRow | None, operator: str, store: Store) -> None:
    if row is not None and row.content:
        end_draft(session, row, operator=operator, now=store.now(session))


def to_saved(row: MappingVersion) -> SavedMapping:
    """A row with its content read."""
    return SavedMapping(
        mapping_id=row.mapping_id,
        version_id=row.id,
        draft=from_content(row.content),
        **row.model_dump(include=_INFO_COLUMNS),
    )
