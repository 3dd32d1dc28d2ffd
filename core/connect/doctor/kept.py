"""Examinations in the store: the newest counts, some before it are kept for comparison."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import and_, col, delete, func, select

from core.connect.connections import ConnectionView, load_connection
from core.connect.context import ConnectContext
from core.connect.doctor.findings import Check, Examination, Verdict, about_org
from core.connect.health import record_change
from core.errors import WhoActs
from core.store.tables import Connection
from core.store.tables import Examination as ExaminationRow

KEPT = 30


def keep(context: ConnectContext, examination: Examination) -> None:
    """Store an examination as an event; those beyond the newest 30 of it are forgotten."""
    row = ExaminationRow(
        connection_id=examination.connection_id,
        examined_at=examination.examined_at,
        asked_by=examination.asked_by,
        verdict=examination.verdict,
        api_calls=examination.api_calls,
        checks=[asdict(each) for each in examination.checks],
    )
    newest = (
        select(ExaminationRow.id)
        .where(ExaminationRow.connection_id == examination.connection_id)
        .order_by(col(ExaminationRow.examined_at).desc(), col(ExaminationRow.id))
        .limit(KEPT)
    )
    with context.store.write() as session:
        record_change(
            session,
            load_connection(session, examination.connection_id),
            operator=examination.asked_by,
            now=context.store.now(session),
            action="connection.examined",
            detail=_told(examination),
        )
        session.add(row)
        session.flush()
        session.execute(
            delete(ExaminationRow).where(
                col(ExaminationRow.connection_id) == examination.connection_id,
                col(ExaminationRow.id).not_in(newest),
            )
        )


def _told(examination: Examination) -> dict[str, str]:
    return {
        "verdict": examination.verdict,
        "to_mend": ", ".join(each.title for each in examination.to_mend),
        "api_calls": str(examination.api_calls),
    }


def load_examination(context: ConnectContext, connection_id: str) -> Examination | None:
    """The newest examination of a connection; None where it was never examined."""
    query = (
        select(ExaminationRow)
        .where(ExaminationRow.connection_id == connection_id)
        .order_by(col(ExaminationRow.examined_at).desc(), col(ExaminationRow.id))
        .limit(1)
    )
    with context.store.read() as session:
        row = session.exec(query).first()
        return _to_examination(row, load_connection(session, connection_id)) if row else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How the newest examination of a connection ended, without its checks."""

    examined_at: datetime
    verdict: Verdict


def newest_verdicts(context: ConnectContext) -> dict[str, Evaluation]:
    """The newest verdict of every connection that was ever examined, in one query."""
    newest = func.max(col(ExaminationRow.examined_at))
    latest = select(ExaminationRow.connection_id, newest.label("at")).group_by(
        col(ExaminationRow.connection_id)
    )
    per_connection = latest.subquery()
    query = select(
        ExaminationRow.connection_id, ExaminationRow.examined_at, ExaminationRow.verdict
    ).join(
        per_connection,
        and_(
            col(ExaminationRow.connection_id) == per_connection.c.connection_id,
            col(ExaminationRow.examined_at) == per_connection.c.at,
        ),
    )
    with context.store.read() as session:
        return {
            connection_id: Evaluation(examined_at=examined_at, verdict=Verdict(verdict))
            for connection_id, examined_at, verdict in session.exec(query)
        }


def is_outdated(examined_at: datetime, connection: ConnectionView) -> bool:
    """Whether somebody has signed in anew since, so that the findings are of the former grant."""
    return connection.connected_at is not None and connection.connected_at > examined_at


def _to_examination(row: ExaminationRow, connection: Connection) -> Examination:
    return Examination(
        connection_id=row.connection_id,
        about=about_org(connection.org_name, connection.org_id, connection.username),
        examined_at=row.examined_at,
        asked_by=row.asked_by,
        checks=tuple(_to_check(each) for each in row.checks),
        api_calls=row.api_calls,
    )


def _to_check(stored: dict[str, Any]) -> Check:
    acts = stored["who_acts"]
    return Check(
        **{
            **stored,
            "verdict": Verdict(stored["verdict"]),
            "who_acts": WhoActs(acts) if acts else None,
        }
    )
