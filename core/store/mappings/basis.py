"""The org's describes under a version: kept when it is saved, so that drift shows against them."""

import zlib

from sqlmodel import Session, col, select

from core.mapping.model import MappingDraft
from core.store.engine import Store
from core.store.mappings.rows import version_row
from core.store.tables import DescribeSnapshot, KeptDescribe, MappingRow, MappingVersion


def load_basis(store: Store, version_id: str) -> dict[str, tuple[str, bytes]]:
    """Return by object the fingerprint and the describe's JSON, as they were at the save.

    Empty where the org was not described then, or the version is older than this record of it.
    """
    with store.read() as session:
        version = version_row(session, version_id)
        mapping = session.get_one(MappingRow, version.mapping_id)
        rows = session.exec(
            select(KeptDescribe).where(
                KeptDescribe.connection_id == mapping.connection_id,
                col(KeptDescribe.fingerprint).in_(list(version.basis.values())),
            )
        ).all()
    return {
        row.sobject_name: (row.fingerprint, zlib.decompress(row.body))
        for row in rows
        if version.basis.get(row.sobject_name) == row.fingerprint
    }


def keep_basis(
    session: Session, connection_id: str, draft: MappingDraft, version: MappingVersion
) -> None:
    """Note on a new version what its objects look like now; each content is kept once."""
    snapshots = session.exec(
        select(DescribeSnapshot).where(
            DescribeSnapshot.connection_id == connection_id,
            col(DescribeSnapshot.sobject_name).in_(_names(draft)),
        )
    ).all()
    version.basis = {each.sobject_name: each.fingerprint for each in snapshots}
    kept = session.exec(
        select(KeptDescribe.sobject_name, KeptDescribe.fingerprint).where(
            KeptDescribe.connection_id == connection_id
        )
    ).all()
    for each in snapshots:
        if (each.sobject_name, each.fingerprint) not in kept:
            session.add(
                KeptDescribe(
                    connection_id=connection_id,
                    sobject_name=each.sobject_name,
                    fingerprint=each.fingerprint,
                    body=each.body,
                    kept_at=version.saved_at,
                )
            )


def _names(draft: MappingDraft) -> list[str]:
    """The objects that are written, and those whose records are looked up."""
    own = [row for each in draft.objects for row in each.rows]
    of_forms = [each.row for form in draft.forms for each in form.rows]
    looked_up = [row.lookup.sobject_name for row in (*own, *of_forms) if row.lookup]
    return list(dict.fromkeys([*(each.sobject_name for each in draft.objects), *looked_up]))
