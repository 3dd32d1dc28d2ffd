"""The tables. Ids are ours, times are aware UTC, secrets are ciphertext bound to their row."""

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect, LargeBinary, TypeDecorator, UniqueConstraint
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC in Python on every engine; SQLite itself would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone must not be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_id() -> str:
    return uuid.uuid4().hex


def time_column(*, nullable: bool = True) -> Any:
    return Field(default=None, sa_column=Column(UtcDateTime(), nullable=nullable))


def json_column() -> Any:
    # people's values travel in these, and SQLModel would print them
    return Field(default=None, repr=False, sa_column=Column(JSON(), nullable=False))


class Account(SQLModel, table=True):
    """A university in Halda. `id` is Halda's own account id."""

    id: str = Field(primary_key=True)
    name: str
    is_demo: bool = False
    default_country: str = "US"
    time_zone: str = "America/New_York"
    partner_success_consultant: str = ""
    implementation_specialist: str = ""
    note: str = ""
    created_at: datetime = time_column(nullable=False)
    created_by: str
    archived_at: datetime | None = time_column()
    version: int = 1


class Connection(SQLModel, table=True):
    """One org of an account, for one environment (production, sandbox, demo)."""

    __table_args__ = (UniqueConstraint("account_id", "environment"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    environment: str
    app_type: str = "external_client_app"
    login_url: str = ""
    state: str = "not_started"
    state_since: datetime = time_column(nullable=False)
    org_id: str = ""
    org_name: str = ""
    is_sandbox: bool | None = None
    instance_url: str = ""
    api_version: str = ""
    user_id: str = ""
    username: str = ""
    scopes: str = ""
    integration_user: str = ""
    connected_at: datetime | None = time_column()
    last_success_at: datetime | None = time_column()
    last_error_at: datetime | None = time_column()
    last_error_code: str = ""
    last_error_message: str = ""
    last_error_advice: str = ""
    last_error_who_acts: str = ""
    archived_at: datetime | None = time_column()
    created_at: datetime = time_column(nullable=False)


class Credential(SQLModel, table=True):
    """The Consumer Key and Secret of a connection's app."""

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", unique=True)
    consumer_key: str = Field(repr=False)
    consumer_secret_ciphertext: str = Field(repr=False)
    secret_fingerprint: str
    set_at: datetime = time_column(nullable=False)
    set_by: str
    version: int = 1


class Token(SQLModel, table=True):
    """The live grant of a connection, with the lease that lets one caller refresh it."""

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", unique=True)
    access_token_ciphertext: str = Field(repr=False)
    refresh_token_ciphertext: str = Field(default="", repr=False)
    access_fingerprint: str
    issued_at: datetime = time_column(nullable=False)
    refreshed_at: datetime | None = time_column()
    lease_owner: str = ""
    lease_until: datetime | None = time_column()
    cool_down_until: datetime | None = time_column()
    version: int = 1


class OauthAttempt(SQLModel, table=True):
    """One sign-in under way; consumed by exactly one callback, within ten minutes."""

    __tablename__ = "oauth_attempt"

    id: str = Field(default_factory=new_id, primary_key=True)
    state_hash: str = Field(unique=True)
    account_id: str = Field(foreign_key="account.id")
    connection_id: str = Field(foreign_key="connection.id", index=True)
    operator: str
    binding_hash: str
    verifier_ciphertext: str = Field(repr=False)
    authorize_url: str
    token_url: str
    redirect_uri: str
    created_at: datetime = time_column(nullable=False)
    expires_at: datetime = time_column(nullable=False)
    consumed_at: datetime | None = time_column()
    outcome: str = ""
    outcome_message: str = ""
    outcome_advice: str = ""


class SetupStep(SQLModel, table=True):
    """One tick of the guide's checklist, such as S24, for one connection."""

    __tablename__ = "setup_step"
    __table_args__ = (UniqueConstraint("connection_id", "step_id"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", index=True)
    step_id: str
    ticked_at: datetime = time_column(nullable=False)
    ticked_by: str
    note: str = ""


class DescribeSnapshot(SQLModel, table=True):
    """The org's last answer to a describe; `sobject_name` is `*` for the global one."""

    __tablename__ = "describe_snapshot"
    __table_args__ = (UniqueConstraint("connection_id", "sobject_name"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", index=True)
    sobject_name: str
    body: bytes = Field(sa_column=Column(LargeBinary(), nullable=False), repr=False)  # zlib JSON
    last_modified: str = ""
    fingerprint: str
    fetched_at: datetime = time_column(nullable=False)
    checked_at: datetime = time_column(nullable=False)


class ApiCalls(SQLModel, table=True):
    """API calls of one connection in one hour, and what the org last said of all its callers."""

    __tablename__ = "api_calls"

    connection_id: str = Field(foreign_key="connection.id", primary_key=True)
    hour: datetime = Field(sa_column=Column(UtcDateTime(), primary_key=True))
    calls: int
    org_used: int | None = None
    org_limit: int | None = None
    told_at: datetime | None = time_column()


class Examination(SQLModel, table=True):
    """What the connection doctor found when it examined one connection."""

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", index=True)
    examined_at: datetime = time_column(nullable=False)
    asked_by: str
    verdict: str
    api_calls: int = 0
    checks: list[dict[str, Any]] = json_column()


class SourceFieldRow(SQLModel, table=True):
    """A form question or extra column that one account collects besides Halda's own fields."""

    __tablename__ = "source_field"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    key: str
    label: str
    type: str = "text"
    first_seen_at: datetime = time_column(nullable=False)


class SourceBatch(SQLModel, table=True):
    """One load of inquiries: a file, a pasted payload or the account's stored sample."""

    __tablename__ = "source_batch"

    id: str = Field(default_factory=new_id, primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    name: str
    kind: str
    is_sample: bool = False
    record_count: int
    content_hash: str
    loaded_at: datetime = time_column(nullable=False)
    loaded_by: str


class SourceRecordRow(SQLModel, table=True):
    """One inquiry as received, text untouched."""

    __tablename__ = "source_record"
    __table_args__ = (UniqueConstraint("batch_id", "row_number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    batch_id: str = Field(foreign_key="source_batch.id", index=True)
    row_number: int
    values: dict[str, str] = json_column()


class MappingRow(SQLModel, table=True):
    """The mapping of one connection: the numbers of its newest version and of the live one."""

    __tablename__ = "mapping"

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", unique=True)
    head: int = 0
    created_at: datetime = time_column(nullable=False)
    live_version: int | None = None
    live_at: datetime | None = time_column()
    live_by: str = ""


class MappingVersion(SQLModel, table=True):
    """One saved state of a mapping; never changed afterwards."""

    __tablename__ = "mapping_version"
    __table_args__ = (UniqueConstraint("mapping_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    mapping_id: str = Field(foreign_key="mapping.id", index=True)
    number: int
    content: dict[str, Any] = json_column()
    content_hash: str
    saved_at: datetime = time_column(nullable=False)
    saved_by: str
    note: str = ""
    origin: str = ""  # in words, such as "restored from version 3"; empty for an edit
    basis: dict[str, str] = Field(  # object names with the fingerprints of their KeptDescribe
        default_factory=dict, repr=False, sa_column=Column(JSON(), nullable=False)
    )


class KeptDescribe(SQLModel, table=True):
    """An object as it was described when a mapping version was saved; each content once."""

    __tablename__ = "kept_describe"
    __table_args__ = (UniqueConstraint("connection_id", "sobject_name", "fingerprint"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", index=True)
    sobject_name: str
    fingerprint: str
    body: bytes = Field(sa_column=Column(LargeBinary(), nullable=False), repr=False)  # zlib JSON
    kept_at: datetime = time_column(nullable=False)


class MappingDraftRow(SQLModel, table=True):
    """The mapping under edit, shared by everybody who has it open; `revision` counts its saves."""

    __tablename__ = "mapping_draft"

    id: str = Field(default_factory=new_id, primary_key=True)
    connection_id: str = Field(foreign_key="connection.id", unique=True)
    content: dict[str, Any] = json_column()
    content_hash: str
    based_on: int
    revision: int = 1
    saved_at: datetime = time_column(nullable=False)
    saved_by: str
    origin: str = ""


class MappingSignOff(SQLModel, table=True):
    """The customer's word for exactly one content of one version; kept when it is withdrawn."""

    __tablename__ = "mapping_sign_off"

    id: str = Field(default_factory=new_id, primary_key=True)
    mapping_version_id: str = Field(foreign_key="mapping_version.id", index=True)
    content_hash: str
    signed_by: str
    customer_name: str
    note: str = ""
    signed_at: datetime = time_column(nullable=False)
    withdrawn_at: datetime | None = time_column()
    withdrawn_by: str = ""


class PreviewRun(SQLModel, table=True):
    """One dry run of a batch through a mapping version."""

    __tablename__ = "preview_run"

    id: str = Field(default_factory=new_id, primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    connection_id: str = Field(foreign_key="connection.id")
    mapping_version_id: str = Field(foreign_key="mapping_version.id")
    batch_id: str = Field(foreign_key="source_batch.id")
    state: str
    record_count: int = 0
    done_count: int = 0
    counts: dict[str, int] = json_column()
    api_calls: int = 0
    plan_hash: str = ""
    describe_fingerprint: str = ""
    org_id: str = ""
    source_hash: str = ""  # the load's content_hash
    described: dict[str, str] = Field(  # fingerprints by object, or object/record type
        default_factory=dict, sa_column=Column(JSON(), nullable=False)
    )
    org_rules: dict[str, Any] = Field(  # what the org does of its own; empty: never asked
        default_factory=dict, sa_column=Column(JSON(), nullable=False)
    )
    progress: dict[str, Any] = Field(  # of a running one: its step and counts so far
        default_factory=dict, sa_column=Column(JSON(), nullable=False)
    )
    started_at: datetime = time_column(nullable=False)
    started_by: str
    finished_at: datetime | None = time_column()
    error_message: str = ""
    error_advice: str = ""
    error_who_acts: str = ""
    cancel_requested: bool = False
    api_used: int | None = None
    api_limit: int | None = None


class PlanRow(SQLModel, table=True):
    """What one inquiry would do to one object of the org, field by field, with the reasons."""

    __tablename__ = "plan_row"
    __table_args__ = (UniqueConstraint("preview_run_id", "row_number", "object_index"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    preview_run_id: str = Field(foreign_key="preview_run.id", index=True)
    row_number: int
    person: str = Field(repr=False)
    outcome: str
    matched_id: str = ""
    matched_by: str = ""
    reason: str = ""
    payload: dict[str, Any] = json_column()
    cells: list[Any] = json_column()
    problems: list[dict[str, Any]] = json_column()
    who_acts: str = ""
    hold_kind: str = ""
    candidates: list[dict[str, Any]] = Field(
        default_factory=list, repr=False, sa_column=Column(JSON(), nullable=False)
    )
    system_modstamp: str = ""
    problem_kinds: str = ""  # `|kind|kind|`, so that LIKE finds a whole one
    search_text: str = Field(default="", repr=False)
    object_id: str = "person"
    object_index: int = 0  # place in the mapping, the person's being 0
    sobject_name: str = ""
    after_row: int = 0  # the row about the same record that is written before
    made_by_row: int = 0  # the row that makes the record, where it has no id yet


class PushRun(SQLModel, table=True):
    """The ledger's head: one sending of one plan."""

    __tablename__ = "push_run"

    id: str = Field(default_factory=new_id, primary_key=True)
    preview_run_id: str = Field(foreign_key="preview_run.id")
    connection_id: str = Field(foreign_key="connection.id", index=True)
    plan_hash: str
    state: str
    lease_owner: str = ""
    lease_until: datetime | None = time_column()
    started_at: datetime = time_column(nullable=False)
    started_by: str
    finished_at: datetime | None = time_column()


class PushRow(SQLModel, table=True):
    """The ledger's line: one record, from planned to its one terminal state."""

    __tablename__ = "push_row"
    __table_args__ = (UniqueConstraint("push_run_id", "row_number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    push_run_id: str = Field(foreign_key="push_run.id", index=True)
    row_number: int
    payload_hash: str
    state: str = "planned"
    salesforce_id: str = ""
    error_code: str = ""
    attempts: int = 0


class Operator(SQLModel, table=True):
    """Somebody at the desk."""

    id: str = Field(default_factory=new_id, primary_key=True)
    name: str = Field(unique=True)
    role: str
    created_at: datetime = time_column(nullable=False)


class AuditEvent(SQLModel, table=True):
    """One change, by whom; chained by hash so that an edited row shows."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = time_column(nullable=False)
    operator: str
    action: str
    account_id: str = Field(default="", index=True)
    connection_id: str = ""
    detail: dict[str, str] = json_column()
    previous_hash: str
    hash: str


class KeyCanary(SQLModel, table=True):
    """A constant encrypted with each key ever used; proves at start that the keys at hand fit."""

    __tablename__ = "key_canary"

    key_id: str = Field(primary_key=True)
    ciphertext: str = Field(repr=False)
    created_at: datetime = time_column(nullable=False)


class StoreKey(SQLModel, table=True):
    """A key of this store's own, such as the one under `fingerprint`; sealed like a secret."""

    __tablename__ = "store_key"

    id: str = Field(primary_key=True)
    ciphertext: str = Field(repr=False)
    created_at: datetime = time_column(nullable=False)
