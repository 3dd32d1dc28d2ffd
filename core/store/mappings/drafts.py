"""The mapping under edit, kept in the store: a reload loses nothing, a second person sees it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core.errors import NotFound
from core.mapping.files.serialize import content_hash, from_content, to_content
from core.mapping.model import MappingDraft
from core.store.engine import Store
from core.store.mappings.rows import (
    draft_row,
    end_draft,
    locked_connection,
    mapping_of,
    newest_version,
    require_revision,
    tell,
    version_conflict,
)
from core.store.mappings.versions import list_versions, load_version
from core.store.tables import Connection, MappingDraftRow, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDraft:
    """Edits not yet saved as a version. `revision` goes up by one with each save of them."""

    draft: MappingDraft
    content_hash: str
    based_on: int
    revision: int
    saved_at: datetime
    saved_by: str
    origin: str


def load_draft(store: Store, connection_id: str) -> StoredDraft | None:
    """The connection's draft under edit; None where nothing was edited since the last version."""
    with store.read() as session:
        row = draft_row(session, connection_id)
    return to_stored(row) if row and row.content else None


def save_draft(
    store: Store,
    *,
    connection_id: str,
    draft: MappingDraft,
    based_on: int,
    expected_revision: int,
    operator: str,
    origin: str | None = None,
) -> StoredDraft:
    """Keep the edits made on version `based_on`, seen at `expected_revision` (0: none seen).

    `origin` says where the draft came from; None leaves what is there. Keeping the same content
    again changes nothing. Raises EditConflict, naming who, where somebody edited or saved
    meanwhile.
    """
    with store.write() as session:
        connection = locked_connection(session, connection_id)
        row = draft_row(session, connection_id)
        digest = content_hash(draft)
        if row and row.content_hash == digest and row.based_on == based_on and not origin:
            return to_stored(row)
        require_revision(row, expected_revision, operator)
        newest = newest_version(session, mapping_of(session, connection_id))
        if (newest.number if newest else 0) != based_on:
            raise version_conflict(newest, based_on)
        now = store.now(session)
        _tell_of_editor(session, connection, row, operator=operator, now=now, origin=origin)
        kept = MappingDraftRow(
            id=row.id if row else new_id(),
            connection_id=connection_id,
            content=to_content(draft),
            content_hash=digest,
            based_on=based_on,
            revision=(row.revision if row else 0) + 1,
            saved_at=now,
            saved_by=operator,
            origin=(row.origin if row else "") if origin is None else origin,
        )
        return to_stored(session.merge(kept))


def discard_draft(
    store: Store, *, connection_id: str, expected_revision: int, operator: str
) -> None:
    """Drop the edits; the newest version counts again. EditConflict where they are not those."""
    with store.write() as session:
        connection = locked_connection(session, connection_id)
        row = draft_row(session, connection_id)
        if row is None or not row.content:
            return
        require_revision(row, expected_revision, operator)
        now = store.now(session)
        detail = {"based_on": str(row.based_on), "content_hash": row.content_hash}
        tell(
            session,
            connection,
            action="mapping.draft_discarded",
            operator=operator,
            now=now,
            detail=detail,
        )
        end_draft(session, row, operator=operator, now=now)


def restore_version(
    store: Store, *, connection_id: str, number: int, expected_revision: int, operator: str
) -> StoredDraft:
    """Make an earlier version's content the draft under edit; no version is changed by it."""
    versions = list_versions(store, connection_id)
    version_id = next((each.version_id for each in versions if each.number == number), None)
    if version_id is None:
        raise NotFound(
            f"There is no version {number} of this mapping.",
            advice="Choose a version from the list on the mapping page.",
        )
    return save_draft(
        store,
        connection_id=connection_id,
        draft=load_version(store, version_id).draft,
        based_on=versions[0].number,
        expected_revision=expected_revision,
        operator=operator,
        origin=f"restored from version {number}",
    )


def to_stored(row: MappingDraftRow) -> StoredDraft:
    return StoredDraft(
        draft=from_content(row.content),
        **row.model_dump(
            include={"content_hash", "based_on", "revision", "saved_at", "saved_by", "origin"}
        ),
    )


def _tell_of_editor(
    session: Session,
    connection: Connection,
    row: MappingDraftRow | None,
    *,
    operator: str,
    now: datetime,
    origin: str | None,
) -> None:
    # who began and who went on, not every keystroke
    if row and row.content and row.saved_by == operator and not origin:
        return
    went_on = row is not None and bool(row.content)
    tell(
        session,
        connection,
        action="mapping.draft_continued" if went_on else "mapping.draft_begun",
        operator=operator,
        now=now,
        detail={"origin": origin or "", "after": row.saved_by if row and went_on else ""},
    )
