"""Collects the evidence: what the store knows, then at most ten calls to the org, reads only."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from core.connect.connections import (
    callback_for,
    get_connection,
    load_connection,
    to_connection_view,
)
from core.connect.context import ConnectContext
from core.connect.credentials import get_credential_status, load_app_keys
from core.connect.doctor.evidence import Answers, Evidence, GrantFacts, Known
from core.connect.orgs import try_again, use_org
from core.connect.setup import get_propagation
from core.connect.tokens import find_token, load_refresh_token
from core.errors import ConnectionProblem, ConsoleError, RetryLater, UnreadableAnswer
from core.mapping.describe import SobjectDescribe
from core.mapping.model import MappingDraft
from core.salesforce.client import SalesforceClient
from core.salesforce.describe import parse_describe
from core.salesforce.integration_user import read_integration_user
from core.salesforce.introspection import Introspection, introspect
from core.salesforce.oauth import AppCredentials, Endpoints, endpoints_for
from core.secret import Secret
from core.store.mappings.drafts import load_draft
from core.store.mappings.versions import load_mapping

MAX_CALLS = 10
_INTROSPECTION = 1
T = TypeVar("T")


def collect(context: ConnectContext, connection_id: str, *, asked_by: str) -> Evidence:
    """Ask everything; a refusal ends the questions and is part of the evidence.

    A sign-in that had ended is tried once more where Salesforce calls it alive.
    """
    known = _read_store(context, connection_id)
    answers = Answers()
    if known.grant is not None and known.connection.org is not None:
        answers.introspection = _worth_of_token(context, connection_id)
        if isinstance(answers.introspection, Introspection) and answers.introspection.is_active:
            try_again(context, connection_id, operator=asked_by)
        try:
            with use_org(context, connection_id) as org:
                _ask_org(org, known, answers)
        except ConsoleError as error:
            answers.failure = error
        renewed = _read_grant(context, connection_id)
        answers.was_renewed = renewed is not None and renewed.renewed_at != known.grant.renewed_at
        known = replace(known, connection=get_connection(context, connection_id))
    return Evidence(known=known, answers=answers)


def mapped_objects(mapping: MappingDraft) -> tuple[str, ...]:
    """The objects that the mapping writes to, then those it looks records up in; each once."""
    written = [each.sobject_name for each in mapping.objects]
    looked_up = [
        row.lookup.sobject_name
        for each in mapping.objects
        for row in each.rows
        if row.lookup and row.field_name
    ]
    return tuple(dict.fromkeys([*written, *looked_up]))


def _ask_org(org: SalesforceClient, known: Known, answers: Answers) -> None:
    try:
        assert known.connection.org is not None
        user_id = known.connection.org.user_id
        answers.versions = _answered(org.versions)
        answers.organization = _answered(org.organization)
        answers.user = _answered(lambda: read_integration_user(org, user_id))
        answers.limits = _answered(org.limits)
        for name in mapped_objects(known.mapping) if known.mapping else ():
            if org.calls_made + _INTROSPECTION >= MAX_CALLS:
                break
            answers.describes[name] = _describe(org, name)
    finally:
        answers.api_calls, answers.usage = org.calls_made, org.api_usage


def _describe(org: SalesforceClient, name: str) -> SobjectDescribe | ConsoleError:
    return _answered(lambda: parse_describe(org.describe(name).body or b""))


def _answered(ask: Callable[[], T]) -> T | ConsoleError:
    """The answer or its refusal; what says that no other call would fare better passes on."""
    try:
        return ask()
    except (ConnectionProblem, RetryLater, UnreadableAnswer):
        raise
    except ConsoleError as error:
        return error


def _worth_of_token(
    context: ConnectContext, connection_id: str
) -> Introspection | ConsoleError | None:
    """Asked again where another process renewed the grant in between: that token is spent."""
    try:
        app, endpoints, token = _grant_to_ask_about(context, connection_id)
        if token is None:
            return None
        worth = introspect(context.http, endpoints, app=app, token=token)
        newer = _grant_to_ask_about(context, connection_id)[2]
        if worth.is_active or newer is None or newer == token:
            return worth
        return introspect(context.http, endpoints, app=app, token=newer)
    except ConsoleError as error:
        return error


def _grant_to_ask_about(
    context: ConnectContext, connection_id: str
) -> tuple[AppCredentials, Endpoints, Secret | None]:
    with context.store.read() as session:
        row = load_connection(session, connection_id)
        keys = load_app_keys(context, session, row)
        token = load_refresh_token(context, session, row)
    app = AppCredentials(keys.consumer_key, keys.consumer_secret)
    return app, endpoints_for(row.instance_url), token


def _read_store(context: ConnectContext, connection_id: str) -> Known:
    with context.store.read() as session:
        view = to_connection_view(load_connection(session, connection_id))
        now = context.store.now(session)
    mapping, name = _read_mapping(context, connection_id)
    return Known(
        connection=view,
        now=now,
        callback_url=callback_for(
            context.settings, account_id=view.account_id, environment=view.environment
        ),
        egress_addresses=context.http.egress_addresses,
        propagation=get_propagation(context, connection_id),
        credentials=get_credential_status(context, connection_id),
        grant=_read_grant(context, connection_id),
        mapping=mapping,
        mapping_name=name,
    )


def _read_mapping(context: ConnectContext, connection_id: str) -> tuple[MappingDraft | None, str]:
    draft = load_draft(context.store, connection_id)
    if draft is not None:
        return draft.draft, "the mapping draft"
    saved = load_mapping(context.store, connection_id)
    return (saved.draft, f"mapping version {saved.number}") if saved else (None, "")


def _read_grant(context: ConnectContext, connection_id: str) -> GrantFacts | None:
    with context.store.read() as session:
        token = find_token(session, connection_id)
        if token is None:
            return None
        now = context.store.now(session)
    return GrantFacts(
        issued_at=token.issued_at,
        renewed_at=token.refreshed_at,
        has_refresh_token=bool(token.refresh_token_ciphertext),
        was_cut_short=bool(token.lease_owner)
        and token.lease_until is not None
        and token.lease_until <= now,
    )
