"""The universities: add, edit, archive, restore. Their environments live in connections.py."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.connect.context import ConnectContext
from core.errors import EditConflict, InvalidInput, NotFound
from core.halda.account import parse_account_id
from core.store.audit import record_event
from core.store.tables import Account, AuditEvent

_MAX_NAME = 200
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """What a person may type about a university. The country is a two-letter ISO code."""

    name: str
    default_country: str = "US"
    time_zone: str = "America/New_York"
    partner_success_consultant: str = ""
    implementation_specialist: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """One university in Halda. `version` goes back with an edit."""

    account_id: str
    details: AccountDetails
    is_demo: bool
    created_at: datetime
    created_by: str
    archived_at: datetime | None
    version: int

    @property
    def name(self) -> str:
        return self.details.name


def add_account(
    context: ConnectContext,
    *,
    operator: str,
    pasted_id: str,
    details: AccountDetails,
    is_demo: bool = False,
) -> AccountView:
    """Add a university by its Halda URL or id. InvalidInput when the id is taken or no id."""
    account_id = parse_account_id(pasted_id)
    clean = check_details(details)
    with context.store.write() as session:
        existing = session.get(Account, account_id)
        if existing is not None:
            raise InvalidInput(
                f"{existing.name} already has this account id.",
                advice="Open it from Status; an archived account can be restored there.",
            )
        now = context.store.now(session)
        row = Account(
            id=account_id,
            name=clean.name,
            is_demo=is_demo,
            created_at=now,
            created_by=operator,
        )
        _write_details(row, clean)
        record_event(
            session,
            store_now=now,
            operator=operator,
            action="account.added",
            account_id=account_id,
            detail={"name": clean.name},
        )
        session.add(row)
        session.flush()
        return to_account_view(row)


def edit_account(
    context: ConnectContext,
    *,
    operator: str,
    account_id: str,
    based_on: int,
    details: AccountDetails,
) -> AccountView:
    """Replace the details. EditConflict when somebody saved after version `based_on`."""
    clean = check_details(details)
    with context.store.write() as session:
        row = load_account(session, account_id)
        if row.version != based_on:
            raise EditConflict(
                f"{row.name} was changed by somebody else while you were editing it.",
                advice="Look at the newer values, then make your change again.",
                theirs=_last_editor(session, account_id),
            )
        before = to_account_view(row).details
        _write_details(row, clean)
        row.version = based_on + 1
        record_event(
            session,
            store_now=context.store.now(session),
            operator=operator,
            action="account.edited",
            account_id=account_id,
            detail={"fields": ", ".join(_changed(before, clean))},
        )
        session.add(row)
        session.flush()
        return to_account_view(row)


def archive_account(context: ConnectContext, *, operator: str, account_id: str) -> AccountView:
    """Take the account off the board; nothing is deleted and it can be restored."""
    return _set_archived(context, operator=operator, account_id=account_id, archived=True)


def restore_account(context: ConnectContext, *, operator: str, account_id: str) -> AccountView:
    """Put an archived account back on the board."""
    return _set_archived(context, operator=operator, account_id=account_id, archived=False)


def get_account(context: ConnectContext, account_id: str) -> AccountView:
    """Return one account. NotFound when there is none with this id."""
    with context.store.read() as session:
        return to_account_view(load_account(session, account_id))


def list_accounts(
    context: ConnectContext, *, include_archived: bool = False
) -> tuple[AccountView, ...]:
    """Return the accounts by name."""
    query = select(Account).order_by(col(Account.name), col(Account.id))
    if not include_archived:
        query = query.where(col(Account.archived_at).is_(None))
    with context.store.read() as session:
        return tuple(to_account_view(row) for row in session.exec(query))


def load_account(session: Session, account_id: str) -> Account:
    """The row, inside the room only. NotFound when there is none."""
    row = session.get(Account, account_id)
    if row is None:
        raise NotFound(
            "There is no account with this id.", advice="Choose an account on Status or add it."
        )
    return row


def to_account_view(row: Account) -> AccountView:
    return AccountView(
        account_id=row.id,
        details=AccountDetails(
            name=row.name,
            default_country=row.default_country,
            time_zone=row.time_zone,
            partner_success_consultant=row.partner_success_consultant,
            implementation_specialist=row.implementation_specialist,
            note=row.note,
        ),
        is_demo=row.is_demo,
        created_at=row.created_at,
        created_by=row.created_by,
        archived_at=row.archived_at,
        version=row.version,
    )


def check_details(details: AccountDetails) -> AccountDetails:
    """Return the details trimmed. InvalidInput names the field that cannot be used."""
    name = " ".join(details.name.split())
    country = details.default_country.strip().upper()
    if not name or len(name) > _MAX_NAME:
        raise InvalidInput(
            "The university needs a name.", advice=f"Type up to {_MAX_NAME} characters."
        )
    if _COUNTRY.fullmatch(country) is None:
        raise InvalidInput(
            "The default country is not a two-letter code.",
            advice="Use the ISO code, such as US, CA or GB.",
        )
    return AccountDetails(
        name=name,
        default_country=country,
        time_zone=_check_time_zone(details.time_zone.strip()),
        partner_success_consultant=details.partner_success_consultant.strip(),
        implementation_specialist=details.implementation_specialist.strip(),
        note=details.note.strip(),
    )


def _check_time_zone(name: str) -> str:
    if name not in zoneinfo.available_timezones():
        raise InvalidInput(
            "The time zone is not one this console knows.",
            advice="Use a name such as America/New_York or Europe/London.",
        )
    return name


def _set_archived(
    context: ConnectContext, *, operator: str, account_id: str, archived: bool
) -> AccountView:
    with context.store.write() as session:
        row = load_account(session, account_id)
        now = context.store.now(session)
        if (row.archived_at is not None) == archived:
            return to_account_view(row)
        record_event(
            session,
            store_now=now,
            operator=operator,
            action="account.archived" if archived else "account.restored",
            account_id=account_id,
        )
        row.archived_at = now if archived else None
        row.version += 1
        session.add(row)
        session.flush()
        return to_account_view(row)


def _write_details(row: Account, details: AccountDetails) -> None:
    for name, value in _columns(details).items():
        setattr(row, name, value)


def _columns(details: AccountDetails) -> dict[str, str]:
    return {name: getattr(details, name) for name in AccountDetails.__slots__}


def _changed(before: AccountDetails, after: AccountDetails) -> list[str]:
    old, new = _columns(before), _columns(after)
    return [name for name in new if new[name] != old[name]]


def _last_editor(session: Session, account_id: str) -> str:
    event = session.exec(
        select(AuditEvent)
        .where(AuditEvent.account_id == account_id, col(AuditEvent.action).startswith("account."))
        .order_by(col(AuditEvent.id).desc())
        .limit(1)
    ).first()
    return f"{event.operator}, {event.at:%Y-%m-%d %H:%M} UTC" if event else ""
