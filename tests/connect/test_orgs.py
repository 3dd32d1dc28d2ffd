"""From a connection to its org: renewal, health, describes, the end of the connection."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from core.connect.connections import load_connection
from core.connect.disconnect import disconnect
from core.connect.orgs import open_org, use_org
from core.connect.parsed import ParsedCache
from core.connect.snapshots import (
    GLOBAL,
    get_describe,
    list_sobjects,
    load_describe,
    load_sobjects,
    save_uploaded_describe,
)
from core.connect.states import ConnectionState
from core.connect.tokens import find_token
from core.errors import ConsoleError, InvalidInput, NeedsReauth, ObjectNotVisible, QueryRefused
from core.store.tables import DescribeSnapshot
from tests.connect.conftest import OPERATOR, Desk

EXPIRED = [{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}]


@pytest.fixture
def connected(desk: Desk) -> Desk:
    desk.add_connection()
    assert desk.sign_in().is_connected
    return desk


def counted(desk: Desk) -> int:
    return len(desk.org.log("palmer"))


def age_snapshots(desk: Desk) -> None:
    with desk.context.store.write() as session:
        for row in session.exec(select(DescribeSnapshot)):
            row.checked_at -= timedelta(days=2)
            row.fetched_at -= timedelta(days=2)
            session.add(row)


def test_the_client_speaks_to_the_org(connected: Desk) -> None:
    with use_org(connected.context, connected.connection_id) as org:
        assert org.organization().name == "Palmer State University"

    assert connected.connection.last_success_at is not None


def test_an_expired_session_is_renewed_once_and_the_call_repeated(connected: Desk) -> None:
    connected.org.fault(match="/services/data/v.*/query", status=401, body=EXPIRED, times=1)
    calls = connected.token_calls()

    with use_org(connected.context, connected.connection_id) as org:
        assert org.organization().name == "Palmer State University"

    assert connected.token_calls() == calls + 1


def test_a_permanent_401_makes_one_refresh_and_flips_the_state(connected: Desk) -> None:
    connected.org.fault(match="/services/data/v.*/query", status=401, body=EXPIRED, times=9)
    calls = connected.token_calls()

    with (
        pytest.raises(NeedsReauth),
        use_org(connected.context, connected.connection_id) as org,
    ):
        org.organization()

    assert connected.token_calls() == calls + 1
    assert connected.connection.state is ConnectionState.NEEDS_REAUTH


def test_a_refused_query_is_kept_as_the_last_error_and_leaves_the_state(connected: Desk) -> None:
    with (
        pytest.raises((QueryRefused, ObjectNotVisible)),
        use_org(connected.context, connected.connection_id) as org,
    ):
        org.query("SELECT Id FROM Nothing__c")

    view = connected.connection
    assert view.state is ConnectionState.CONNECTED
    assert view.last_error is not None
    assert view.last_error.who_acts


def test_a_success_forgets_the_error_before(connected: Desk) -> None:
    with pytest.raises(ConsoleError), use_org(connected.context, connected.connection_id) as org:
        org.query("SELECT Id FROM Nothing__c")

    with use_org(connected.context, connected.connection_id) as org:
        org.organization()

    assert connected.connection.last_error is None


def test_nobody_signed_in_says_so(desk: Desk) -> None:
    desk.add_connection()

    with pytest.raises(NeedsReauth, match="not signed in"):
        open_org(desk.context, desk.connection_id)


def test_objects_come_from_the_store_while_young(connected: Desk) -> None:
    first = list_sobjects(connected.context, connected.connection_id)
    calls = counted(connected)

    second = list_sobjects(connected.context, connected.connection_id)

    assert len(first.summaries) > 1000
    assert not first.from_cache
    assert second.from_cache
    assert second.summaries is first.summaries
    assert counted(connected) == calls


def test_a_describe_is_read_once_and_checked_again_when_old(connected: Desk) -> None:
    first = get_describe(connected.context, connected.connection_id, "Lead")
    age_snapshots(connected)

    second = get_describe(connected.context, connected.connection_id, "Lead")

    assert first.describe.field("LastName") is not None
    assert connected.org.log("palmer")[-1]["status"] == 304
    assert second.fingerprint == first.fingerprint
    assert second.checked_at > second.fetched_at


def test_refresh_asks_the_org_even_when_young(connected: Desk) -> None:
    get_describe(connected.context, connected.connection_id, "Lead")
    calls = counted(connected)

    get_describe(connected.context, connected.connection_id, "Lead", refresh=True)

    assert counted(connected) == calls + 1


def test_load_only_never_calls_the_org(connected: Desk) -> None:
    calls = counted(connected)

    assert load_sobjects(connected.context, connected.connection_id) is None
    assert load_describe(connected.context, connected.connection_id, "Lead") is None

    assert counted(connected) == calls


def test_an_old_copy_is_still_drawn_when_the_org_is_away(connected: Desk) -> None:
    get_describe(connected.context, connected.connection_id, "Lead")
    age_snapshots(connected)
    connected.org.fault(match="/sobjects/Lead/describe", status=503, times=9)

    with pytest.raises(ConsoleError):
        get_describe(connected.context, connected.connection_id, "Lead")

    assert load_describe(connected.context, connected.connection_id, "Lead") is not None


def test_an_unreadable_describe_does_not_replace_a_readable_one(connected: Desk) -> None:
    first = get_describe(connected.context, connected.connection_id, "Lead")
    connected.org.fault(match="/sobjects/Lead/describe", status=200, html="<html>", times=9)

    with pytest.raises(ConsoleError):
        get_describe(connected.context, connected.connection_id, "Lead", refresh=True)

    kept = load_describe(connected.context, connected.connection_id, "Lead")
    assert kept is not None
    assert kept.fingerprint == first.fingerprint


def test_an_uploaded_describe_serves_a_draft_before_the_connection(desk: Desk) -> None:
    desk.add_connection()
    body = json.dumps({"name": "Lead", "fields": [{"name": "Company", "type": "string"}]}).encode()

    view = save_uploaded_describe(
        desk.context, operator=OPERATOR, connection_id=desk.connection_id, body=body
    )

    assert view.is_uploaded
    assert view.describe.field("Company") is not None


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"\xff\xfe", b"{}"])
def test_an_upload_that_is_no_describe_is_refused(desk: Desk, body: bytes) -> None:
    desk.add_connection()

    with pytest.raises(InvalidInput, match="cannot be used"):
        save_uploaded_describe(
            desk.context, operator=OPERATOR, connection_id=desk.connection_id, body=body
        )


def test_another_user_starts_with_no_describes(connected: Desk) -> None:
    get_describe(connected.context, connected.connection_id, "Lead")

    assert connected.complete(connected.come_back(user="dana.whitfield@palmer.demo")).is_connected

    assert load_describe(connected.context, connected.connection_id, "Lead") is None


def test_disconnecting_revokes_and_erases(connected: Desk) -> None:
    list_sobjects(connected.context, connected.connection_id)

    problem = disconnect(
        connected.context, operator=OPERATOR, connection_id=connected.connection_id
    )

    assert problem == ""
    assert connected.connection.state is ConnectionState.DISCONNECTED
    assert connected.org.log("palmer")[-1]["path"] == "/services/oauth2/revoke"
    with connected.context.store.read() as session:
        assert find_token(session, connected.connection_id) is None
        assert load_connection(session, connected.connection_id).org_id
    assert load_sobjects(connected.context, connected.connection_id) is None


def test_a_failed_revoke_is_said_and_the_tokens_are_erased_all_the_same(connected: Desk) -> None:
    connected.org.fault(match="/services/oauth2/revoke", status=503, times=1)

    problem = disconnect(
        connected.context, operator=OPERATOR, connection_id=connected.connection_id
    )

    assert "did not revoke" in problem
    with connected.context.store.read() as session:
        assert find_token(session, connected.connection_id) is None


def test_a_cold_start_parses_again_from_the_store(connected: Desk) -> None:
    first = list_sobjects(connected.context, connected.connection_id)
    cold = replace(connected.context, parsed=ParsedCache())

    assert list_sobjects(cold, connected.connection_id).summaries == first.summaries


def test_the_cache_forgets_the_least_used() -> None:
    cache = ParsedCache(size=2)
    cache.get("a", lambda: 1)
    cache.get("b", lambda: 2)
    cache.get("a", lambda: 0)
    cache.get("c", lambda: 3)

    assert cache.get("a", lambda: 0) == 1
    assert cache.get("b", lambda: 9) == 9


def test_the_global_list_has_a_name_no_object_can_have(connected: Desk) -> None:
    with pytest.raises(ObjectNotVisible):
        open_org(connected.context, connected.connection_id).describe(GLOBAL)
