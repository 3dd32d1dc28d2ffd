"""An account's environments and their state. At most one of each kind per account."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from core.connect.accounts import load_account
from core.connect.context import ConnectContext
from core.connect.health import (
    FOLLOWS_MAPPING,
    LastError,
    change_state,
    record_change,
    state_with_grant,
    to_last_error,
)
from core.connect.states import (
    AppType,
    ConnectionState,
    Environment,
    StateView,
    view_state,
)
from core.errors import InvalidInput, NotFound
from core.halda.account import callback_url
from core.settings import Settings
from core.store.tables import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgIdentity:
    """The org and user behind a grant, as the org itself reported them."""

    org_id: str
    org_name: str
    is_sandbox: bool | None
    instance_url: str
    api_version: str
    user_id: str
    username: str
    scopes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionView:
    """One environment of one account. `org` is None before the first sign-in."""

    connection_id: str
    account_id: str
    environment: Environment
    app_type: AppType
    login_url: str
    state: ConnectionState
    state_since: datetime
    integration_user: str
    org: OrgIdentity | None
    connected_at: datetime | None
    last_success_at: datetime | None
    last_error: LastError | None
    archived_at: datetime | None

    @property
    def state_view(self) -> StateView:
        return view_state(self.state)


def add_environment(
    context: ConnectContext,
    *,
    operator: str,
    account_id: str,
    environment: Environment,
    app_type: AppType = AppType.EXTERNAL_CLIENT_APP,
) -> ConnectionView:
    """Add production, sandbox or demo to an account. InvalidInput when it has that one already."""
    with context.store.write() as session:
        load_account(session, account_id)
        _refuse_second(session, account_id, environment)
        _refuse_demo_when_off(context.settings, environment)
        now = context.store.now(session)
        row = Connection(
            account_id=account_id,
            environment=environment,
            app_type=app_type,
            state=_first_state(app_type),
            state_since=now,
            created_at=now,
        )
        record_change(
            session,
            row,
            operator=operator,
            now=now,
            action="connection.added",
            detail={"environment": environment, "app_type": app_type},
        )
        session.add(row)
        session.flush()
        return to_connection_view(row)


def set_app_type(
    context: ConnectContext, *, operator: str, connection_id: str, app_type: AppType
) -> ConnectionView:
    """Say whether a Connected App from before is used. Only before anything else was saved."""
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if row.app_type == app_type:
            return to_connection_view(row)
        now = context.store.now(session)
        record_change(
            session,
            row,
            operator=operator,
            now=now,
            action="connection.app_type_changed",
            detail={"to": app_type},
        )
        row.app_type = app_type
        if row.state in {ConnectionState.NOT_STARTED, ConnectionState.LEGACY_LIVE}:
            change_state(session, row, _first_state(app_type), now, operator=operator)
        session.add(row)
        session.flush()
        return to_connection_view(row)


def archive_environment(
    context: ConnectContext, *, operator: str, connection_id: str
) -> ConnectionView:
    """Take an environment off the board; its grant and history stay until disconnected."""
    return _set_archived(context, operator, connection_id, archived=True)


def restore_environment(
    context: ConnectContext, *, operator: str, connection_id: str
) -> ConnectionView:
    """Put an archived environment back on the board."""
    return _set_archived(context, operator, connection_id, archived=False)


def get_connection(context: ConnectContext, connection_id: str) -> ConnectionView:
    """Return one connection. NotFound when there is none with this id."""
    with context.store.read() as session:
        return to_connection_view(load_connection(session, connection_id))


def list_connections(
    context: ConnectContext, account_id: str, *, include_archived: bool = False
) -> tuple[ConnectionView, ...]:
    """Return an account's environments: production, sandbox, demo."""
    query = select(Connection).where(Connection.account_id == account_id)
    if not include_archived:
        query = query.where(col(Connection.archived_at).is_(None))
    with context.store.read() as session:
        views = [to_connection_view(row) for row in session.exec(query)]
    order = list(Environment)
    return tuple(sorted(views, key=lambda view: order.index(view.environment)))


def callback_for(settings: Settings, *, account_id: str, environment: Environment) -> str:
    """Return the exact redirect URI: Halda's own domain, or this console for the demo."""
    is_demo = environment is Environment.DEMO
    return callback_url(settings.console_url if is_demo else settings.public_base_url, account_id)


def mark_mapping_saved(context: ConnectContext, *, connection_id: str) -> None:
    """Move a connected environment to where its mapping stands; any other state stays."""
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if row.state in FOLLOWS_MAPPING:
            now = context.store.now(session)
            change_state(session, row, state_with_grant(session, row), now)
            session.add(row)


def mark_mapping_signed_off(context: ConnectContext, *, connection_id: str) -> None:
    """The same after a sign-off, its withdrawal, going live or being taken off."""
    mark_mapping_saved(context, connection_id=connection_id)


def load_connection(session: Session, connection_id: str) -> Connection:
    """The row, inside the room only. NotFound when there is none."""
    row = session.get(Connection, connection_id)
    if row is None:
        raise NotFound(
            "This connection does not exist any more.", advice="Choose one on Status or add it."
        )
    return row


def to_connection_view(row: Connection) -> ConnectionView:
    return ConnectionView(
        connection_id=row.id,
        account_id=row.account_id,
        environment=Environment(row.environment),
        app_type=AppType(row.app_type),
        login_url=row.login_url,
        state=ConnectionState(row.state),
        state_since=row.state_since,
        integration_user=row.integration_user,
        org=_to_org(row),
        connected_at=row.connected_at,
        last_success_at=row.last_success_at,
        last_error=to_last_error(row),
        archived_at=row.archived_at,
    )


def _to_org(row: Connection) -> OrgIdentity | None:
    if not row.org_id:
        return None
    return OrgIdentity(
        org_id=row.org_id,
        org_name=row.org_name,
        is_sandbox=row.is_sandbox,
        instance_url=row.instance_url,
        api_version=row.api_version,
        user_id=row.user_id,
        username=row.username,
        scopes=row.scopes,
    )


def _first_state(app_type: AppType) -> ConnectionState:
    is_legacy = app_type is AppType.LEGACY_CONNECTED_APP
    return ConnectionState.LEGACY_LIVE if is_legacy else ConnectionState.NOT_STARTED


def _refuse_second(session: Session, account_id: str, environment: Environment) -> None:
    existing = session.exec(
        select(Connection.id).where(
            Connection.account_id == account_id, Connection.environment == environment
        )
    ).first()
    if existing is not None:
        raise InvalidInput(
            f"This account already has a {environment} environment.",
            advice="Use it, or restore it if it is archived.",
        )


def _refuse_demo_when_off(settings: Settings, environment: Environment) -> None:
    if environment is Environment.DEMO and not settings.demo_org:
        raise InvalidInput(
            "The demo org is switched off on this console.",
            advice="Start with HALDA_CONSOLE_DEMO_ORG=on to use it.",
        )


def _set_archived(
    context: ConnectContext, operator: str, connection_id: str, *, archived: bool
) -> ConnectionView:
    with context.store.write() as session:
        row = load_connection(session, connection_id)
        if (row.archived_at is not None) != archived:
            now = context.store.now(session)
            action = "connection.archived" if archived else "connection.restored"
            record_change(session, row, operator=operator, now=now, action=action)
            row.archived_at = now if archived else None
            session.add(row)
            session.flush()
        return to_connection_view(row)
