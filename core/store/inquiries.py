"""Loaded inquiries, text untouched, and the source fields each account is known to collect."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from core.errors import InvalidInput, NotFound
from core.mapping.model import SourceField, SourceRecord, SourceType
from core.mapping.sharing import Shared
from core.store.audit import record_event
from core.store.engine import Store
from core.store.tables import (
    Account,
    PlanRow,
    PreviewRun,
    PushRun,
    SourceBatch,
    SourceFieldRow,
    SourceRecordRow,
    new_id,
)

_RECORDS_PER_WRITE = 2_000
FORM_GROUP = "Form questions and extra columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchInfo:
    """One load of inquiries, without them."""

    batch_id: str
    account_id: str
    name: str
    kind: str
    is_sample: bool
    record_count: int
    content_hash: str
    loaded_at: datetime
    loaded_by: str


def save_batch(
    store: Store,
    *,
    account_id: str,
    name: str,
    kind: str,
    records: Sequence[SourceRecord],
    operator: str,
    is_sample: bool = False,
) -> BatchInfo:
    """Keep the records of one load, in their order; the same sample is kept only once.

    Raises InvalidInput where there are none, NotFound for an unknown Halda account.
    """
    if not records:
        raise InvalidInput("There are no inquiries to keep.", advice="Load a file that has some.")
    digest = _content_hash(records)
    with store.write() as session:
        _lock_account(session, account_id)
        if is_sample and (known := _same_sample(session, account_id, digest)):
            return _to_info(known)
        now = store.now(session)
        batch = SourceBatch(
            account_id=account_id,
            name=name,
            kind=kind,
            is_sample=is_sample,
            record_count=len(records),
            content_hash=digest,
            loaded_at=now,
            loaded_by=operator,
        )
        record_event(
            session,
            store_now=now,
            operator=operator,
            action="batch.loaded",
            account_id=account_id,
            detail={"batch_id": batch.id, "kind": kind, "records": str(len(records))},
        )
        session.add(batch)
        session.flush()  # the records' foreign key needs the batch first
        for start in range(0, len(records), _RECORDS_PER_WRITE):
            some = records[start : start + _RECORDS_PER_WRITE]
            session.execute(insert(SourceRecordRow), _record_rows(batch.id, some))
        return _to_info(batch)


def list_batches(store: Store, account_id: str) -> list[BatchInfo]:
    """Every load of a Halda account, newest first."""
    statement = (
        select(SourceBatch)
        .where(SourceBatch.account_id == account_id)
        .order_by(col(SourceBatch.loaded_at).desc(), col(SourceBatch.id))
    )
    with store.read() as session:
        return [_to_info(row) for row in session.exec(statement)]


def find_same_load(
    store: Store, account_id: str, records: Sequence[SourceRecord]
) -> BatchInfo | None:
    """The newest load of a Halda account that holds exactly these records."""
    statement = (
        select(SourceBatch)
        .where(
            SourceBatch.account_id == account_id,
            SourceBatch.content_hash == _content_hash(records),
        )
        .order_by(col(SourceBatch.loaded_at).desc(), col(SourceBatch.id))
    )
    with store.read() as session:
        found = session.exec(statement).first()
        return _to_info(found) if found else None


def load_records(store: Store, batch_id: str, limit: int | None = None) -> list[SourceRecord]:
    """The first `limit` records of a load, or all, by row number; NotFound for an unknown load."""
    statement = (
        select(SourceRecordRow.row_number, SourceRecordRow.values)
        .where(SourceRecordRow.batch_id == batch_id)
        .order_by(col(SourceRecordRow.row_number))
        .limit(limit)
        .execution_options(yield_per=_RECORDS_PER_WRITE)
    )
    shared = Shared()  # every record comes with its own copy of the same keys
    with store.read() as session:
        _existing_batch(session, batch_id)
        return [
            SourceRecord(
                row_number=number,
                values={shared(key): shared(text) for key, text in values.items()},
            )
            for number, values in session.exec(statement)
        ]


def delete_batch(
    store: Store, *, batch_id: str, operator: str, with_previews: bool = False
) -> None:
    """Delete a load and its records; its previews too, where the caller says so.

    Raises InvalidInput while a preview uses it and `with_previews` is off, while one is running,
    or where one was sent.
    """
    with store.write() as session:
        batch = _existing_batch(session, batch_id)
        previews = session.exec(select(PreviewRun).where(PreviewRun.batch_id == batch_id)).all()
        _check_deletable(session, previews, with_previews=with_previews)
        record_event(
            session,
            store_now=store.now(session),
            operator=operator,
            action="batch.deleted",
            account_id=batch.account_id,
            detail={
                "batch_id": batch_id,
                "records": str(batch.record_count),
                "previews": str(len(previews)),
            },
        )
        run_ids = [run.id for run in previews]
        session.execute(delete(PlanRow).where(col(PlanRow.preview_run_id).in_(run_ids)))
        session.execute(delete(PreviewRun).where(col(PreviewRun.id).in_(run_ids)))
        session.execute(delete(SourceRecordRow).where(col(SourceRecordRow.batch_id) == batch_id))
        session.execute(delete(SourceBatch).where(col(SourceBatch.id) == batch_id))


def remember_fields(store: Store, account_id: str, fields: Iterable[SourceField]) -> None:
    """Keep the fields an account collects; a known key takes the new label and type."""
    with store.write() as session:
        _lock_account(session, account_id)
        known = {row.key: row for row in session.exec(_fields_of(account_id))}
        now = store.now(session)
        for field in fields:
            row = known.setdefault(
                field.key,
                SourceFieldRow(
                    account_id=account_id, key=field.key, label=field.label, first_seen_at=now
                ),
            )
            row.label, row.type = field.label, field.type.value
            session.add(row)


def list_fields(store: Store, account_id: str) -> list[SourceField]:
    """The account's own fields besides Halda's documented ones, in the order first seen."""
    with store.read() as session:
        return [
            SourceField(
                key=row.key,
                label=row.label,
                group=FORM_GROUP,
                type=SourceType(row.type),
                documented=False,
            )
            for row in session.exec(_fields_of(account_id))
        ]


def _fields_of(account_id: str) -> SelectOfScalar[SourceFieldRow]:
    return (
        select(SourceFieldRow)
        .where(SourceFieldRow.account_id == account_id)
        .order_by(col(SourceFieldRow.first_seen_at), col(SourceFieldRow.key))
    )


def _content_hash(records: Sequence[SourceRecord]) -> str:
    """Of the records as one JSON list, which is never made as a whole."""
    digest = hashlib.sha256()
    for place, each in enumerate(records):
        told = json.dumps(
            [each.row_number, dict(each.values)], sort_keys=True, separators=(",", ":")
        )
        digest.update(f"{',' if place else '['}{told}".encode())
    digest.update(b"]" if records else b"[]")
    return digest.hexdigest()


def _record_rows(batch_id: str, records: Sequence[SourceRecord]) -> list[dict[str, object]]:
    return [
        {
            "id": new_id(),
            "batch_id": batch_id,
            "row_number": each.row_number,
            "values": dict(each.values),
        }
        for each in records
    ]


def _same_sample(session: Session, account_id: str, digest: str) -> SourceBatch | None:
    return session.exec(
        select(SourceBatch).where(
            SourceBatch.account_id == account_id,
            SourceBatch.content_hash == digest,
            col(SourceBatch.is_sample).is_(True),
        )
    ).first()


def _lock_account(session: Session, account_id: str) -> None:
    statement = select(Account.id).where(Account.id == account_id).with_for_update()
    if session.exec(statement).first() is None:
        raise NotFound(
            "This Halda account is not known here.",
            advice="Add it on the status page first.",
        )


def _existing_batch(session: Session, batch_id: str) -> SourceBatch:
    batch = session.get(SourceBatch, batch_id)
    if batch is None:
        raise NotFound(
            "These inquiries are no longer here.",
            advice="Load the file again, or choose another load.",
        )
    return batch


def _check_deletable(
    session: Session, previews: Sequence[PreviewRun], *, with_previews: bool
) -> None:
    if any(run.state == "running" for run in previews):
        raise InvalidInput(
            "A preview of these inquiries is running.",
            advice="Wait until it is done, or cancel it, then delete.",
        )
    run_ids = [run.id for run in previews]
    sent = select(func.count()).where(col(PushRun.preview_run_id).in_(run_ids))
    if session.exec(sent).one():
        raise InvalidInput(
            "These inquiries were sent; the record of it must stay.",
            advice="Keep this load.",
        )
    if previews and not with_previews:
        raise InvalidInput(
            f"{len(previews)} previews were made of these inquiries.",
            advice="Confirm that they are to be deleted as well.",
        )


def _to_info(row: SourceBatch) -> BatchInfo:
    return BatchInfo(batch_id=row.id, **row.model_dump(exclude={"id"}))
