"""What the org said about its objects and fields, kept with its age. Pages draw from here."""

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import sqlalchemy
from sqlmodel import Session, col, delete, select

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.health import record_change
from core.connect.orgs import use_org
from core.connect.tokens import grant_started_at, require_same_grant
from core.errors import ConsoleError, InvalidInput, SalesforceError, UnreadableAnswer
from core.mapping.describe import SobjectDescribe, SobjectSummary
from core.mapping.record_types import RecordTypeValues
from core.salesforce.client import DescribeAnswer, SalesforceClient
from core.salesforce.describe import parse_describe, parse_global, parse_record_type_values
from core.store.tables import Connection, DescribeSnapshot

GLOBAL = "*"
_MAX_UPLOAD_BYTES = 20_000_000
_UPLOADED = "uploaded"  # in `last_modified`: never sent to the org as a date
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SobjectList:
    """All objects the connected user sees. `checked_at`: when the org last confirmed it."""

    summaries: tuple[SobjectSummary, ...]
    fetched_at: datetime
    checked_at: datetime
    from_cache: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeView:
    """One object. `fingerprint` changes when its content does; `is_uploaded`: from a file."""

    describe: SobjectDescribe
    fetched_at: datetime
    checked_at: datetime
    fingerprint: str
    from_cache: bool
    is_uploaded: bool = False


def list_sobjects(
    context: ConnectContext, connection_id: str, *, refresh: bool = False
) -> SobjectList:
    """Return the objects, from the store while young enough, else from the org."""
    head, from_cache = _current(context, connection_id, GLOBAL, refresh=refresh)
    return _to_list(context, head, from_cache=from_cache)


def load_sobjects(context: ConnectContext, connection_id: str) -> SobjectList | None:
    """Return the stored objects, however old; None where there are none. Never calls the org."""
    head = _load_head(context, connection_id, GLOBAL)
    return _to_list(context, head, from_cache=True) if head else None


def get_describe(
    context: ConnectContext, connection_id: str, sobject_name: str, *, refresh: bool = False
) -> DescribeView:
    """Return one object's fields, from the store while young enough, else from the org."""
    head, from_cache = _current(context, connection_id, sobject_name, refresh=refresh)
    return _to_view(context, head, from_cache=from_cache)


def load_describe(
    context: ConnectContext, connection_id: str, sobject_name: str
) -> DescribeView | None:
    """Return the stored fields, however old; None where there are none. Never calls the org."""
    head = _load_head(context, connection_id, sobject_name)
    return _to_view(context, head, from_cache=True) if head else None


@dataclass(frozen=True, slots=True)
class RecordTypeView:
    """What a record type opens; `values` is None where the org does not tell this user."""

    values: RecordTypeValues | None
    fingerprint: str
    from_cache: bool


def get_record_type_values(
    context: ConnectContext,
    connection_id: str,
    sobject_name: str,
    record_type_id: str,
    *,
    refresh: bool = False,
) -> RecordTypeView:
    """Return the picklist values a record type opens, from the store while young enough.

    That the org does not tell is kept too, so that it is not asked on and on.
    """
    name = f"{sobject_name}/{record_type_id}"
    head, from_cache = _current(context, connection_id, name, refresh=refresh)
    values = _parsed(context, head, parse_record_type_values)
    return RecordTypeView(values, head.fingerprint, from_cache)


def save_uploaded_describe(
    context: ConnectContext, *, operator: str, connection_id: str, body: bytes
) -> DescribeView:
    """Keep a describe from a file, for a draft mapping before the connection.

    InvalidInput where the file is none, or where the org's own describe is already there.
    """
    describe = _parse_upload(body)
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        existing = _find(session, connection_id, describe.name)
        if existing is not None and existing.last_modified != _UPLOADED:
            raise InvalidInput(
                f"The fields of {describe.name} were already read from the org itself.",
                advice="Use Refresh on Objects and fields instead of a file.",
            )
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=operator,
            now=now,
            action="describe.uploaded",
            detail={"sobject": describe.name},
        )
        answer = DescribeAnswer(body=body, last_modified=_UPLOADED, not_modified=False)
        _put(session, connection_id, describe.name, answer, now)
    stored = load_describe(context, connection_id, describe.name)
    assert stored is not None
    return stored


def forget_snapshots(session: Session, connection_id: str) -> None:
    """Drop what another org or another user was shown."""
    session.execute(
        delete(DescribeSnapshot).where(col(DescribeSnapshot.connection_id) == connection_id)
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """A snapshot without its body."""

    snapshot_id: str
    last_modified: str
    fingerprint: str
    fetched_at: datetime
    checked_at: datetime


def _current(
    context: ConnectContext, connection_id: str, name: str, *, refresh: bool
) -> tuple[_Head, bool]:
    head = _load_head(context, connection_id, name)
    if head is not None and not refresh and _is_young(context, head):
        return head, True
    since = head.last_modified if head and head.last_modified != _UPLOADED else ""
    with context.store.read() as session:
        of_grant = grant_started_at(session, connection_id)
    with use_org(context, connection_id) as org:
        answer = _ask(org, name, since)
        if answer.body is not None:
            # an answer nobody can read must not replace one that we can
            _parser(name)(answer.body)
    with context.store.write() as session:
        require_same_grant(session, connection_id, of_grant)  # describes differ by user
        _put(session, connection_id, name, answer, context.store.now(session))
    stored = _load_head(context, connection_id, name)
    assert stored is not None
    return stored, False


def _parser(name: str) -> Callable[[bytes], object]:
    if name == GLOBAL:
        return parse_global
    return parse_record_type_values if "/" in name else parse_describe


def _ask(org: SalesforceClient, name: str, since: str) -> DescribeAnswer:
    if name == GLOBAL:
        return org.global_describe(since)
    sobject_name, _, record_type_id = name.partition("/")
    if not record_type_id:
        return org.describe(name, since)
    try:
        return org.record_type_values(sobject_name, record_type_id)
    except SalesforceError as error:
        if error.may_retry:
            raise
        # a user without the interface's permission, or an object it does not serve
        return DescribeAnswer(body=b"{}", last_modified="", not_modified=False)


def _is_young(context: ConnectContext, head: _Head) -> bool:
    if head.last_modified == _UPLOADED:
        return True
    with context.store.read() as session:
        age = context.store.now(session) - head.checked_at
    return age < timedelta(seconds=context.settings.describe_max_age_seconds)


def _put(
    session: Session, connection_id: str, name: str, answer: DescribeAnswer, now: datetime
) -> None:
    # two first readers would both find no row to change, and both add one
    session.get(Connection, connection_id, with_for_update=True)
    row = _find(session, connection_id, name)
    if answer.body is not None:
        fingerprint = _fingerprint(answer.body)
        if row is None:
            row = DescribeSnapshot(
                connection_id=connection_id,
                sobject_name=name,
                body=b"",
                fingerprint="",
                fetched_at=now,
                checked_at=now,
            )
        row.body = zlib.compress(answer.body, 6)
        row.fingerprint, row.fetched_at = fingerprint, now
    if row is None:
        raise UnreadableAnswer(
            "The org answered that nothing changed since a copy that is not there.",
            advice="Refresh again.",
        )
    row.last_modified, row.checked_at = answer.last_modified, now
    session.add(row)


def _fingerprint(body: bytes) -> str:
    """Equal for equal content, whatever the order of its keys."""
    canonical = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _find(session: Session, connection_id: str, name: str) -> DescribeSnapshot | None:
    return session.exec(
        select(DescribeSnapshot).where(
            DescribeSnapshot.connection_id == connection_id, DescribeSnapshot.sobject_name == name
        )
    ).first()


def _load_head(context: ConnectContext, connection_id: str, name: str) -> _Head | None:
    query = sqlalchemy.select(
        col(DescribeSnapshot.id),
        col(DescribeSnapshot.last_modified),
        col(DescribeSnapshot.fingerprint),
        col(DescribeSnapshot.fetched_at),
        col(DescribeSnapshot.checked_at),
    ).where(
        col(DescribeSnapshot.connection_id) == connection_id,
        col(DescribeSnapshot.sobject_name) == name,
    )
    with context.store.read() as session:
        found = session.execute(query).first()
    return None if found is None else _Head(*found)


def _to_list(context: ConnectContext, head: _Head, *, from_cache: bool) -> SobjectList:
    return SobjectList(
        summaries=_parsed(context, head, parse_global),
        fetched_at=head.fetched_at,
        checked_at=head.checked_at,
        from_cache=from_cache,
    )


def _to_view(context: ConnectContext, head: _Head, *, from_cache: bool) -> DescribeView:
    return DescribeView(
        describe=_parsed(context, head, parse_describe),
        fetched_at=head.fetched_at,
        checked_at=head.checked_at,
        fingerprint=head.fingerprint,
        from_cache=from_cache,
        is_uploaded=head.last_modified == _UPLOADED,
    )


def _parsed(context: ConnectContext, head: _Head, parse: Callable[[bytes], T]) -> T:
    """Parse a body once per content; a page's rerun neither reads nor parses it again."""

    def load() -> T:
        with context.store.read() as session:
            row = session.get(DescribeSnapshot, head.snapshot_id)
            assert row is not None
            return parse(zlib.decompress(row.body))

    return context.parsed.get((head.snapshot_id, head.fingerprint), load)


def _parse_upload(body: bytes) -> SobjectDescribe:
    if len(body) > _MAX_UPLOAD_BYTES:
        raise _not_a_describe("It is larger than any describe.")
    try:
        return parse_describe(body)
    except ConsoleError:
        raise _not_a_describe("It is not the JSON of one object's describe.") from None


def _not_a_describe(reason: str) -> InvalidInput:
    return InvalidInput(
        f"The file cannot be used. {reason}",
        advice="Save the answer of /services/data/v66.0/sobjects/Lead/describe as a file and "
        "upload that.",
    )
