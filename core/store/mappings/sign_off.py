"""Signing off a version and taking it live: each binds exactly the content that was saved."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.errors import EditConflict, InvalidInput, MappingProblem, NotAllowed, WhoActs
from core.mapping.files.serialize import hash_of_content
from core.store.engine import Store
from core.store.mappings.rows import (
    locked_connection,
    moment,
    newest_version,
    standing_sign_offs,
    tell,
    version_row,
)
from core.store.tables import Connection, MappingRow, MappingSignOff, MappingVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """The customer's word for one version, taken down by an operator."""

    version_id: str
    number: int
    content_hash: str
    customer_name: str
    note: str
    signed_by: str
    signed_at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None


def sign_off(
    store: Store, *, version_id: str, customer_name: str, operator: str, note: str = ""
) -> SignOff:
    """Sign a version off for a customer named; signing it again for the same one changes nothing.

    Raises EditConflict where a newer version exists, MappingProblem where the stored content is
    not what was saved, InvalidInput without a name or where it is signed off for another one.
    """
    customer = " ".join(customer_name.split())
    if not customer:
        raise InvalidInput(
            "A sign-off needs the customer's name.",
            advice="Enter the name of the person at the university who agreed to this mapping.",
        )
    with store.write() as session:
        version, mapping, connection = _locked(session, version_id)
        standing = standing_sign_offs(session, mapping.id).get(version.number)
        if standing is not None:
            return _same_or_refused(standing, version, customer)
        require_untouched(version)
        _require_newest(session, mapping, version)
        row = MappingSignOff(
            mapping_version_id=version.id,
            content_hash=version.content_hash,
            signed_by=operator,
            customer_name=customer,
            note=note.strip(),
            signed_at=store.now(session),
        )
        tell(
            session,
            connection,
            action="mapping.signed_off",
            operator=operator,
            now=row.signed_at,
            detail={**_named(version), "customer": customer},
        )
        session.add(row)
        return to_sign_off(row, version.number)


def withdraw_sign_off(store: Store, *, version_id: str, operator: str) -> None:
    """Take a sign-off back; it stays on record. NotAllowed while the version is live."""
    with store.write() as session:
        version, mapping, connection = _locked(session, version_id)
        row = standing_sign_offs(session, mapping.id).get(version.number)
        if row is None:
            return
        if mapping.live_version == version.number:
            raise NotAllowed(
                f"Version {version.number} is live, so its sign-off stands.",
                advice="Take it off live first, or sign off a newer version and take that live.",
            )
        now = store.now(session)
        tell(
            session,
            connection,
            action="mapping.sign_off_withdrawn",
            operator=operator,
            now=now,
            detail={**_named(version), "customer": row.customer_name},
        )
        row.withdrawn_at, row.withdrawn_by = now, operator
        session.add(row)


def go_live(store: Store, *, version_id: str, operator: str) -> None:
    """Make a version the live one; the one before is superseded. Doing it again changes nothing.

    Only the version that was signed off last may go: NotAllowed for any other, MappingProblem
    where its stored content is not the one signed.
    """
    with store.write() as session:
        version, mapping, connection = _locked(session, version_id)
        if mapping.live_version == version.number:
            return
        _require_signed_last(standing_sign_offs(session, mapping.id), version)
        require_untouched(version)
        now = store.now(session)
        before = "" if mapping.live_version is None else str(mapping.live_version)
        tell(
            session,
            connection,
            action="mapping.went_live",
            operator=operator,
            now=now,
            detail={**_named(version), "supersedes": before},
        )
        mapping.live_version, mapping.live_at, mapping.live_by = version.number, now, operator
        session.add(mapping)


def stop_live(store: Store, *, version_id: str, operator: str) -> None:
    """Take the live version off; it stays signed off. Nothing changes where it is not live."""
    with store.write() as session:
        version, mapping, connection = _locked(session, version_id)
        if mapping.live_version != version.number:
            return
        tell(
            session,
            connection,
            action="mapping.taken_off_live",
            operator=operator,
            now=store.now(session),
            detail=_named(version),
        )
        mapping.live_version, mapping.live_at, mapping.live_by = None, None, ""
        session.add(mapping)


def list_sign_offs(store: Store, connection_id: str) -> list[SignOff]:
    """Every sign-off of a connection's mapping, withdrawn ones too, newest first."""
    statement = (
        select(MappingSignOff, MappingVersion.number)
        .join(MappingVersion, col(MappingVersion.id) == col(MappingSignOff.mapping_version_id))
        .join(MappingRow, col(MappingRow.id) == col(MappingVersion.mapping_id))
        .where(MappingRow.connection_id == connection_id)
        .order_by(col(MappingSignOff.signed_at).desc())
    )
    with store.read() as session:
        return [to_sign_off(row, number) for row, number in session.exec(statement)]


def require_untouched(version: MappingVersion) -> None:
    """Raise MappingProblem unless the stored content is the one that was saved."""
    if hash_of_content(version.content) != version.content_hash:
        raise MappingProblem(
            f"The stored content of version {version.number} is not what was saved: its hash "
            "does not fit.",
            advice="Restore the store from a backup, or save the mapping as a new version and "
            "have that one agreed.",
            who_acts=WhoActs.HALDA_SUPPORT,
        )


def _locked(session: Session, version_id: str) -> tuple[MappingVersion, MappingRow, Connection]:
    version = version_row(session, version_id)
    mapping = session.get_one(MappingRow, version.mapping_id)
    connection = locked_connection(session, mapping.connection_id)
    session.refresh(mapping)  # as it is under the lock
    return version, mapping, connection


def _same_or_refused(row: MappingSignOff, version: MappingVersion, customer: str) -> SignOff:
    if row.customer_name != customer:
        raise InvalidInput(
            f"Version {version.number} is signed off already: for {row.customer_name}, by "
            f"{row.signed_by} at {moment(row.signed_at)}.",
            advice="Withdraw that sign-off first if it was not right.",
        )
    return to_sign_off(row, version.number)


def _require_newest(session: Session, mapping: MappingRow, version: MappingVersion) -> None:
    newest = newest_version(session, mapping)
    if newest is not None and newest.number != version.number:
        raise EditConflict(
            f"{newest.saved_by} saved version {newest.number} at {moment(newest.saved_at)}; "
            f"version {version.number} is no longer the newest.",
            advice=f"Look at version {newest.number} with the customer and sign that one off, or "
            f"restore version {version.number}.",
            theirs=f"{newest.saved_by}, {moment(newest.saved_at)}",
        )


def _require_signed_last(standing: dict[int, MappingSignOff], version: MappingVersion) -> None:
    if version.number not in standing:
        raise NotAllowed(
            f"Version {version.number} is not signed off.",
            advice="Have the customer agree to it and sign it off; then it can go live.",
        )
    last = max(standing)
    if last != version.number:
        raise NotAllowed(
            f"The customer signed off version {last} after version {version.number}.",
            advice=f"Take version {last} live, or restore version {version.number} as a new one "
            "and have that signed off.",
        )
    if standing[last].content_hash != version.content_hash:
        raise MappingProblem(
            f"The content of version {version.number} is not the one that was signed off.",
            advice="Save the mapping as a new version and have that one agreed.",
            who_acts=WhoActs.HALDA_SUPPORT,
        )


def _named(version: MappingVersion) -> dict[str, str]:
    return {"version": str(version.number), "content_hash": version.content_hash}


def to_sign_off(row: MappingSignOff, number: int) -> SignOff:
    return SignOff(
        version_id=row.mapping_version_id,
        number=number,
        **row.model_dump(exclude={"id", "mapping_version_id"}),
    )
