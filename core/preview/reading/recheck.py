"""Whether a finished plan is still true: its org, its fields, its mapping, its records. Reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from core.connect.connections import load_connection
from core.connect.context import ConnectContext
from core.connect.orgs import use_org
from core.connect.snapshots import get_describe, get_record_type_values
from core.errors import InvalidInput, ObjectNotVisible
from core.preview.plan import Outcome
from core.preview.reading.reading import load_run
from core.preview.reading.stored import RunView
from core.salesforce.composite import Record
from core.salesforce.soql import InQuery, select_in
from core.store.tables import MappingRow, MappingVersion, PlanRow

_STAMP = "SystemModstamp"


class Staleness(StrEnum):
    CHANGED = "changed"  # somebody saved the record after it was read
    GONE = "gone"  # deleted, merged into another, or hidden from the connected user


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleRow:
    """A planned record that is no longer as the plan read it."""

    row_number: int
    object_id: str
    sobject_name: str
    person: str
    outcome: Outcome
    matched_id: str
    staleness: Staleness
    modified_at: str = ""  # as the org says it; empty where the record is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """What has moved since the plan was made.

    `checked`: records asked for. `changed_objects`: API names whose fields or record types are
    described otherwise now. `newer_version`: the mapping's newest number where it is another.
    """

    checked: int
    stale: tuple[StaleRow, ...]
    changed_objects: tuple[str, ...]
    is_same_org: bool
    newer_version: int | None

    @property
    def is_true(self) -> bool:
        """Whether the plan can be relied on as it stands."""
        moved = self.stale or self.changed_objects or self.newer_version
        return self.is_same_org and not moved


@dataclass(frozen=True, slots=True)
class _Planned:
    row_number: int
    object_id: str
    sobject_name: str
    person: str
    outcome: str
    matched_id: str
    system_modstamp: str


def recheck_plan(context: ConnectContext, run_id: str) -> Recheck:
    """Ask the org again for what the plan found, by record id, and compare.

    What was to be created is not looked for again: only a new preview does that. InvalidInput for
    a preview without a plan; raises what reading the org raises.
    """
    run = load_run(context.store, run_id)
    if not run.is_finished:
        raise InvalidInput(
            "This preview did not come to its end, so it has no plan to look over.",
            advice="Preview again, then check.",
        )
    with context.store.read() as session:
        org_id = load_connection(session, run.connection_id).org_id
        newer = _newer_version(session, run)
        planned = _planned(session, run_id)
    is_same_org = not run.org_id or run.org_id == org_id
    if not is_same_org:  # ids of one org say nothing in another
        return Recheck(
            checked=0, stale=(), changed_objects=(), is_same_org=False, newer_version=newer
        )
    return Recheck(
        checked=len({each.matched_id for each in planned}),
        stale=_stale(planned, _stamps(context, run.connection_id, planned)),
        changed_objects=_changed_objects(context, run),
        is_same_org=True,
        newer_version=newer,
    )


def _newer_version(session: Session, run: RunView) -> int | None:
    version = session.get(MappingVersion, run.mapping_version_id)
    mapping = session.get(MappingRow, version.mapping_id) if version else None
    is_trial = run.mapping_number < 1
    if mapping is None or is_trial or mapping.head <= run.mapping_number:
        return None
    return mapping.head


def _planned(session: Session, run_id: str) -> list[_Planned]:
    """The records that the plan found; of a held one nothing would be sent."""
    columns = [
        *(PlanRow.row_number, PlanRow.object_id, PlanRow.sobject_name, PlanRow.person),
        *(PlanRow.outcome, PlanRow.matched_id, PlanRow.system_modstamp),
    ]
    found = (
        select(*columns)  # type: ignore[call-overload]  # more than its overloads name
        .where(
            PlanRow.preview_run_id == run_id,
            col(PlanRow.outcome).in_([Outcome.UPDATE, Outcome.UNCHANGED]),
            col(PlanRow.matched_id) != "",
        )
        .order_by(col(PlanRow.row_number), col(PlanRow.object_index))
    )
    return [_Planned(*row) for row in session.execute(found)]


def _stamps(
    context: ConnectContext, connection_id: str, planned: Sequence[_Planned]
) -> Mapping[str, str]:
    """When each record was last saved, by id; one that is gone is missing."""
    ids: dict[str, dict[str, None]] = {}
    for each in planned:
        ids.setdefault(each.sobject_name, {})[each.matched_id] = None
    queries = [
        query
        for name, found in ids.items()
        if (query := _query(context, connection_id, name, tuple(found)))
    ]
    if not queries:
        return {}
    with use_org(context, connection_id) as org:
        answers = org.query_many(queries)
    return {_id(record): str(record.get(_STAMP) or "") for each in answers for record in each}


def _query(
    context: ConnectContext, connection_id: str, sobject_name: str, ids: tuple[str, ...]
) -> InQuery | None:
    """Nothing can be asked of an object that the connected user does not see any more."""
    try:
        describe = get_describe(context, connection_id, sobject_name).describe
    except ObjectNotVisible:
        return None
    return select_in(describe, ("Id", _STAMP), field_name="Id", values=ids)


def _id(record: Record) -> str:
    return str(record["Id"])


def _stale(planned: Sequence[_Planned], stamps: Mapping[str, str]) -> tuple[StaleRow, ...]:
    return tuple(
        StaleRow(
            row_number=each.row_number,
            object_id=each.object_id,
            sobject_name=each.sobject_name,
            person=each.person,
            outcome=Outcome(each.outcome),
            matched_id=each.matched_id,
            staleness=Staleness.CHANGED if each.matched_id in stamps else Staleness.GONE,
            modified_at=stamps.get(each.matched_id, ""),
        )
        for each in planned
        if stamps.get(each.matched_id) != each.system_modstamp
    )


def _changed_objects(context: ConnectContext, run: RunView) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            name.partition("/")[0]
            for name, fingerprint in run.described.items()
            if _fingerprint(context, run.connection_id, name) != fingerprint
        )
    )


def _fingerprint(context: ConnectContext, connection_id: str, name: str) -> str:
    """What the org says of an object or of one of its record types now; empty where hidden."""
    sobject_name, _, record_type_id = name.partition("/")
    try:
        if record_type_id:
            return get_record_type_values(
                context, connection_id, sobject_name, record_type_id, refresh=True
            ).fingerprint
        return get_describe(context, connection_id, sobject_name, refresh=True).fingerprint
    except ObjectNotVisible:
        return ""
