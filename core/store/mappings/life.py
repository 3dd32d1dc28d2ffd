"""Where a mapping stands: each version's state, and what of it nobody has signed off yet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from core.store.engine import Store
from core.store.mappings.rows import (
    draft_row,
    is_same_mapping,
    mapping_of,
    newest_version,
    standing_sign_offs,
    without_content,
)
from core.store.mappings.sign_off import SignOff, to_sign_off
from core.store.mappings.versions import VersionInfo, to_info
from core.store.tables import MappingDraftRow, MappingRow, MappingSignOff, MappingVersion


class VersionState(StrEnum):
    """The stations of a version, in this order."""

    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    LIVE = "live"
    SUPERSEDED = "superseded"  # a newer version was signed off or is live


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLife:
    """One version, its state and the sign-off that stands for it."""

    info: VersionInfo
    state: VersionState
    sign_off: SignOff | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftInfo:
    """Edits kept in the store that differ from the newest version."""

    based_on: int
    revision: int
    saved_at: datetime
    saved_by: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingState:
    """A connection's mapping as a whole; `versions` are newest first.

    `has_unsigned_changes`: the newest version or the edits differ from what was signed off last,
    or there is something and nothing was signed off.
    """

    versions: tuple[VersionLife, ...] = ()
    draft: DraftInfo | None = None
    live_at: datetime | None = None
    live_by: str = ""
    has_unsigned_changes: bool = False

    @property
    def newest(self) -> VersionLife | None:
        return self.versions[0] if self.versions else None

    @property
    def signed(self) -> VersionLife | None:
        """The version signed off last, live or not."""
        return next((each for each in self.versions if each.sign_off), None)

    @property
    def live(self) -> VersionLife | None:
        return next((each for each in self.versions if each.state is VersionState.LIVE), None)

    def version(self, version_id: str) -> VersionLife | None:
        return next((each for each in self.versions if each.info.version_id == version_id), None)


def state_of(store: Store, connection_id: str) -> MappingState:
    """Return where a connection's mapping stands; an empty state before the first edit."""
    with store.read() as session:
        mapping = mapping_of(session, connection_id)
        newest = newest_version(session, mapping)
        under_edit = draft_row(session, connection_id)
        edits = under_edit if _differs(under_edit, newest) else None
        if mapping is None:
            return MappingState(draft=_to_draft(edits), has_unsigned_changes=edits is not None)
        standing = standing_sign_offs(session, mapping.id)
        return MappingState(
            versions=_lives(session, mapping, standing),
            draft=_to_draft(edits),
            live_at=mapping.live_at,
            live_by=mapping.live_by,
            has_unsigned_changes=_has_unsigned(session, newest, edits, standing),
        )


def stage_of(session: Session, connection_id: str) -> VersionState | None:
    """Return how far the mapping has come as a whole; None before the first version."""
    mapping = mapping_of(session, connection_id)
    if mapping is None or mapping.head == 0:
        return None
    if mapping.live_version is not None:
        return VersionState.LIVE
    is_signed = mapping.head in standing_sign_offs(session, mapping.id)
    return VersionState.SIGNED_OFF if is_signed else VersionState.DRAFT


def stages_of(session: Session) -> dict[str, tuple[int, VersionState]]:
    """By connection, number and state of the version that counts: the live one, else the newest.

    In two queries for all connections; those without a version are left out.
    """
    signed = set(
        session.exec(
            select(MappingVersion.mapping_id, MappingVersion.number)
            .join(MappingSignOff, col(MappingSignOff.mapping_version_id) == col(MappingVersion.id))
            .where(col(MappingSignOff.withdrawn_at).is_(None))
        )
    )
    stages = {}
    for row in session.exec(select(MappingRow).where(MappingRow.head > 0)):
        is_signed = (row.id, row.head) in signed
        newest = VersionState.SIGNED_OFF if is_signed else VersionState.DRAFT
        live = row.live_version
        stages[row.connection_id] = (live, VersionState.LIVE) if live else (row.head, newest)
    return stages


def _lives(
    session: Session, mapping: MappingRow, standing: dict[int, MappingSignOff]
) -> tuple[VersionLife, ...]:
    rows = session.exec(
        select(MappingVersion)
        .where(MappingVersion.mapping_id == mapping.id, MappingVersion.number > 0)
        .options(without_content())
        .order_by(col(MappingVersion.number).desc())
    )
    settled = max([*standing, mapping.live_version or 0])
    return tuple(
        VersionLife(
            info=to_info(row),
            state=_state(row.number, mapping.live_version, standing, settled),
            sign_off=to_sign_off(standing[row.number], row.number)
            if row.number in standing
            else None,
        )
        for row in rows
    )


def _state(
    number: int, live: int | None, standing: dict[int, MappingSignOff], settled: int
) -> VersionState:
    if number == live:
        return VersionState.LIVE
    if number < settled:
        return VersionState.SUPERSEDED
    return VersionState.SIGNED_OFF if number in standing else VersionState.DRAFT


def _differs(row: MappingDraftRow | None, newest: MappingVersion | None) -> bool:
    if row is None or not row.content:
        return False
    return newest is None or not is_same_mapping(row.content, newest.content)


def _has_unsigned(
    session: Session,
    newest: MappingVersion | None,
    edits: MappingDraftRow | None,
    standing: dict[int, MappingSignOff],
) -> bool:
    if newest is None or not standing:
        return newest is not None or edits is not None
    signed = session.get_one(MappingVersion, standing[max(standing)].mapping_version_id)
    content = edits.content if edits else newest.content
    return not is_same_mapping(content, signed.content)


def _to_draft(row: MappingDraftRow | None) -> DraftInfo | None:
    if row is None:
        return None
    return DraftInfo(**row.model_dump(include=set(DraftInfo.__slots__)))
