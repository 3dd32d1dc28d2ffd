"""A mapping that is only tried: previewed from a file, without a life or an effect of its own."""

from sqlmodel import col, func, select

from core.mapping.files.serialize import content_hash, to_content
from core.mapping.model import MappingDraft
from core.store.engine import Store
from core.store.mappings.basis import keep_basis
from core.store.mappings.rows import (
    is_same_mapping,
    locked_connection,
    mapping_of,
    newest_version,
)
from core.store.mappings.versions import SavedMapping, to_saved
from core.store.tables import MappingRow, MappingVersion


def save_trial(
    store: Store, *, connection_id: str, draft: MappingDraft, operator: str, origin: str
) -> SavedMapping:
    """Keep a mapping for a preview to rest on; drafts, versions and sign-offs stay as they are.

    A trial's number is below zero and no list of versions has it. What equals the newest version
    is no trial: that version is returned.
    """
    content = to_content(draft)
    with store.write() as session:
        locked_connection(session, connection_id)
        mapping = mapping_of(session, connection_id)
        newest = newest_version(session, mapping)
        if newest and is_same_mapping(newest.content, content):
            return to_saved(newest)
        now = store.now(session)
        mapping = mapping or MappingRow(connection_id=connection_id, created_at=now)
        session.add(mapping)
        session.flush()
        lowest = session.exec(
            select(func.min(MappingVersion.number)).where(
                col(MappingVersion.mapping_id) == mapping.id
            )
        ).one()
        trial = MappingVersion(
            mapping_id=mapping.id,
            number=min(lowest or 0, 0) - 1,
            content=content,
            content_hash=content_hash(draft),
            saved_at=now,
            saved_by=operator,
            origin=origin,
        )
        keep_basis(session, connection_id, draft, trial)
        session.add(trial)
        return to_saved(trial)
