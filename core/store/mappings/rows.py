"""The rows behind a mapping and the events about it. Used by this package only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy.orm import QueryableAttribute, defer
from sqlalchemy.sql.base import ExecutableOption
from sqlmodel import Session, col, select

from core.errors import EditConflict, MappingProblem, NotFound
from core.mapping.files.serialize import from_content
from core.store.audit import record_event
from core.store.tables import (
    Connection,
    MappingDraftRow,
    MappingRow,
    MappingSignOff,
    MappingVersion,
)


def locked_connection(session: Session, connection_id: str) -> Connection:
    """The connection, held until the transaction ends: one change of its mapping at a time."""
    statement = select(Connection).where(Connection.id == connection_id).with_for_update()
    connection = session.exec(statement).first()
    if connection is None:
        raise NotFound(
            "The connection this mapping belongs to does not exist.",
            advice="Open the status page and choose a connection from there.",
        )
    return connection


def mapping_of(session: Session, connection_id: str) -> MappingRow | None:
    return session.exec(select(MappingRow).where(MappingRow.connection_id == connection_id)).first()


def newest_version(session: Session, mapping: MappingRow | None) -> MappingVersion | None:
    if mapping is None:
        return None
    return session.exec(
        select(MappingVersion).where(
            MappingVersion.mapping_id == mapping.id, MappingVersion.number == mapping.head
        )
    ).first()


def version_row(session: Session, version_id: str) -> MappingVersion:
    version = session.get(MappingVersion, version_id)
    if version is None:
        raise NotFound(
            "This version of the mapping does not exist.",
            advice="Open the mapping page and choose a version from its list.",
        )
    return version


def without_content() -> ExecutableOption:
    """For lists of versions: their content is large and not shown there."""
    return defer(cast("QueryableAttribute[Any]", MappingVersion.content))


def draft_row(session: Session, connection_id: str) -> MappingDraftRow | None:
    """The row of the draft under edit; one without content remembers who ended the last draft."""
    return session.exec(
        select(MappingDraftRow).where(MappingDraftRow.connection_id == connection_id)
    ).first()


def standing_sign_offs(session: Session, mapping_id: str) -> dict[int, MappingSignOff]:
    """By version number, the sign-offs that were not withdrawn."""
    statement = (
        select(MappingVersion.number, MappingSignOff)
        .join(MappingSignOff, col(MappingSignOff.mapping_version_id) == col(MappingVersion.id))
        .where(MappingVersion.mapping_id == mapping_id, col(MappingSignOff.withdrawn_at).is_(None))
        .order_by(col(MappingVersion.number))
    )
    return dict(session.exec(statement).all())


def require_revision(row: MappingDraftRow | None, expected_revision: int, operator: str) -> None:
    """Raise EditConflict unless the draft is the one that was seen."""
    has_draft = row is not None and bool(row.content)
    if row is None or (not has_draft and expected_revision == 0):
        return
    if not has_draft or row.revision != expected_revision:
        raise draft_conflict(row, operator)


def end_draft(session: Session, row: MappingDraftRow, *, operator: str, now: datetime) -> None:
    """Empty the draft; its revision goes on, so that a page of before cannot mistake the next."""
    row.content, row.content_hash, row.origin = {}, "", ""
    row.revision += 1
    row.saved_at, row.saved_by = now, operator
    session.add(row)


def is_same_mapping(left: Mapping[str, Any], right: Mapping[str, Any]) -> bool:
    """Tell whether two stored contents mean the same, in whatever format each was written."""
    if left == right:
        return True
    try:
        return from_content(left) == from_content(right)
    except MappingProblem:
        return False


def tell(
    session: Session,
    connection: Connection,
    *,
    action: str,
    operator: str,
    now: datetime,
    detail: Mapping[str, str],
) -> None:
    """Put one step of the mapping's life into the audit trail; empty details are left out."""
    record_event(
        session,
        store_now=now,
        operator=operator,
        action=action,
        account_id=connection.account_id,
        connection_id=connection.id,
        detail={name: text for name, text in detail.items() if text},
    )


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def version_conflict(newest: MappingVersion | None, based_on: int) -> EditConflict:
    if newest is None:
        return EditConflict(
            f"There is no version {based_on} of this mapping to save on.",
            advice="Your edits are still here. Open the mapping anew in another tab and compare.",
        )
    return EditConflict(
        f"{newest.saved_by} saved version {newest.number} of this mapping at "
        f"{moment(newest.saved_at)}, after you opened version {based_on}.",
        advice="Your edits are still here and nothing was overwritten. Compare with version "
        f"{newest.number}, then save on top of it.",
        theirs=f"{newest.saved_by}, {moment(newest.saved_at)}",
    )


def draft_conflict(row: MappingDraftRow, operator: str) -> EditConflict:
    who = "You" if row.saved_by == operator else row.saved_by
    what = "edited this mapping" if row.content else "saved or discarded the edits of this mapping"
    where = " in another window" if row.saved_by == operator else ""
    return EditConflict(
        f"{who} {what}{where} at {moment(row.saved_at)}, after this page read it.",
        advice="Your edits are still here and nothing was overwritten. Compare the two, then keep "
        "one of them.",
        theirs=f"{row.saved_by}, {moment(row.saved_at)}",
    )
