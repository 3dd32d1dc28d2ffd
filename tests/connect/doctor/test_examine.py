"""The whole examination against a real org: healthy, refused in many ways, and kept."""

from dataclasses import replace

import pytest

from core.connect.disconnect import disconnect
from core.connect.doctor.findings import Verdict
from core.connect.doctor.kept import KEPT, is_outdated, load_examination
from core.connect.states import ConnectionState
from core.demo_org.failures.failure import At
from core.demo_org.failures.known import FAILURES as OFFERED
from core.demo_org.switches import Flag
from core.errors import NotFound, WhoActs
from core.mapping.model import ObjectMapping
from core.salesforce.http import OrgHttp, RetryPolicy, Timeouts
from core.salesforce.remedies import explain_page
from core.store.audit import list_events
from tests.connect.conftest import ACCOUNT_ID, OPERATOR, Desk
from tests.connect.doctor.conftest import LEAD, check, examined, map_to, row

ADMIN, OPERATOR_ACTS = WhoActs.UNIVERSITY_ADMIN, WhoActs.OPERATOR
SALESFORCE, NOBODY, SUPPORT = WhoActs.SALESFORCE, WhoActs.NOBODY, WhoActs.HALDA_SUPPORT


def test_a_healthy_connection_costs_ten_calls_at_most_and_changes_nothing(mapped: Desk) -> None:
    before, logged = mapped.org.records_hash("palmer"), len(mapped.org.log("palmer"))

    found = examined(mapped)

    calls = mapped.org.log("palmer")[logged:]
    assert found.verdict is Verdict.GREEN
    assert found.to_mend == ()
    assert found.admin_text == ""
    assert found.api_calls == sum(each["counted"] for each in calls) <= 9
    assert {each["kind"] for each in calls} == {"read"}
    assert mapped.org.records_hash("palmer") == before
    assert check(found, "fields.person").answer == "4 of 4"


def test_a_mapping_of_many_objects_stays_within_the_ten_calls(desk: Desk) -> None:
    desk.add_connection()
    assert desk.sign_in().is_connected
    names = ("Contact", "Account", "Opportunity", "Campaign", "Task", "CampaignMember", "Case")
    others = (ObjectMapping(sobject_name=name, object_id=name) for name in names)
    map_to(desk, LEAD, *others)
    logged = len(desk.org.log("palmer"))

    found = examined(desk)

    assert found.api_calls == len(desk.org.log("palmer")) - logged == 9
    assert check(found, "access.person").verdict is Verdict.GREEN
    assert "ten calls" in check(found, "access.Case").meaning


def test_an_administrators_own_login_works_and_is_warned_of(desk: Desk) -> None:
    desk.add_connection()
    assert desk.complete(desk.come_back(user="dana.whitfield@palmer.demo")).is_connected

    found = examined(desk)

    assert found.verdict is Verdict.AMBER
    assert [each.check_id for each in found.to_mend] == ["user_own", "user_rights"]
    assert "through System Administrator" in check(found, "user_rights").answer


def test_an_ended_session_is_renewed_within_the_ten_calls(mapped: Desk) -> None:
    body = [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}]
    mapped.org.fault(match="/services/data/v", status=401, body=body, times=1)
    calls = mapped.token_calls()

    found = examined(mapped)

    assert check(found, "token").answer == "Accepted, after a renewal just now"
    assert mapped.token_calls() == calls + 1
    assert found.api_calls <= 9


# Every name is a failure of the demo org's own page.
FAILURES = [
    ("expired_token", "token", OPERATOR_ACTS, "no longer honours"),
    ("inactive_user", "user", ADMIN, "deactivated or frozen"),
    ("ip_restricted", "network", ADMIN, "refused our address"),
    ("login_hours", "network", ADMIN, "refused our address or the hour"),
    ("authentication_failure", "user", ADMIN, "password changed"),
    ("not_approved", "app", ADMIN, "not assigned to the app"),
    ("high_assurance", "user", ADMIN, "high-assurance"),
    ("unknown_grant", "token", OPERATOR_ACTS, "no longer honours"),
    ("wrong_secret", "credentials", OPERATOR_ACTS, "Consumer Secret does not belong"),
    ("unknown_key", "credentials", OPERATOR_ACTS, "does not know this Consumer Key"),
    ("inactive_org", "org", ADMIN, "expired or locked"),
    ("app_access", "app", ADMIN, "not allowed to use the app"),
    ("app_not_installed", "app", ADMIN, "does not exist in the org"),
    ("grant_type", "app", ADMIN, "does not allow this kind of sign-in"),
    ("too_many_sign_ins", "limits", NOBODY, "Too many sign-ins"),
    ("unknown_error", "api", SUPPORT, "refused a call"),
    ("api_disabled", "api", ADMIN, "may not use the API"),
    ("api_off_for_user", "api", ADMIN, "switched off for the integration user"),
    ("limit_used_up", "limits", NOBODY, "allowance is used up"),
    ("no_api_scope", "scopes", ADMIN, "does not cover the REST API"),
    ("api_access_control", "app", ADMIN, "through chosen apps only"),
    ("expired_password", "user", ADMIN, "password has expired"),
    ("restricted_domain", "network", ADMIN, "refused our address"),
    ("restricted_time", "network", ADMIN, "at this hour"),
    ("org_locked", "org", ADMIN, "is locked"),
    ("maintenance", "host", SALESFORCE, "not available"),
    ("unknown_code", "api", SUPPORT, "refused a call"),
    ("maintenance_page", "host", SALESFORCE, "not available"),
    ("moved_away", "host", OPERATOR_ACTS, "pointing elsewhere"),
    ("half_an_answer", "host", NOBODY, "broke off"),
    ("no_answer", "host", NOBODY, "broke off"),
    ("late_answer", "host", NOBODY, "did not answer"),
    ("session_refused", "token", OPERATOR_ACTS, "no longer accepts"),
    ("too_many_calls", "limits", NOBODY, "Too many calls"),
    ("insufficient_access", "api", ADMIN, "lacks a permission"),
    ("locked_out", "user", ADMIN, "locked out"),
    ("old_versions", "host", OPERATOR_ACTS, "no longer offers API version"),
    ("renewal_request", "app", OPERATOR_ACTS, "could not read the sign-in request"),
    ("renewal_unavailable", "token", OPERATOR_ACTS, "did not answer a renewal twice"),
    ("renewal_late", "token", OPERATOR_ACTS, "did not answer a renewal twice"),
    ("renewal_lost", "token", OPERATOR_ACTS, "did not answer a renewal twice"),
    ("renewal_half", "token", OPERATOR_ACTS, "did not answer a renewal twice"),
]
PASSES = ("race", "race_older_words")
# What the org's own switches do, as long as they are on.
FLAGS = [
    (Flag.API_DISABLED, "api", ADMIN, "may not use the API"),
    (Flag.LIMIT_EXHAUSTED, "limits", NOBODY, "allowance is used up"),
    (Flag.STORAGE_FULL, "limits", ADMIN, "storage is full"),
    (Flag.REFRESHED, "org", OPERATOR_ACTS, "another org"),
]
PAGES = [
    ("page_callback", "callback URL in the app is not the one"),
    ("page_key", "does not know this Consumer Key"),
    ("page_blocked", "blocks this app"),
    ("page_approval", "not installed in this org, lacks scopes"),
    ("page_not_found", "does not exist in the org"),
    ("page_not_installed", "does not exist in the org"),
    ("page_denied", "access was declined"),
    ("page_hours", "refused our address or the hour"),
    ("page_challenge", "asks for PKCE"),
    ("page_scope", "does not offer the scopes"),
    ("page_flow", "does not allow this kind of sign-in"),
    ("page_app_access", "not allowed to use the app"),
    ("page_inactive_org", "expired or locked"),
]
SHORT = Timeouts(token=0.5, read=0.5)


def impatient(desk: Desk) -> None:
    """Wait less than a second for an answer that never comes."""
    http = OrgHttp(desk.context.hosts, retries=RetryPolicy(attempts=1), timeouts=SHORT)
    desk.context = replace(desk.context, http=http)


def test_the_tables_cover_every_failure_that_the_demo_org_offers() -> None:
    told = {name for name, *_ in (*FAILURES, *PAGES)} | set(PASSES)

    assert told == {each.name for each in OFFERED.values() if each.at is not At.SIGN_IN}


@pytest.mark.parametrize("name", PASSES)
def test_a_race_between_two_renewals_is_waited_out(mapped: Desk, name: str) -> None:
    mapped.org.fail(name)

    found = examined(mapped)

    assert found.verdict is Verdict.GREEN
    assert check(found, "token").answer == "Accepted, after a renewal just now"


@pytest.mark.parametrize(("flag", "part", "acts", "said"), FLAGS, ids=[f[0] for f in FLAGS])
def test_a_switch_of_the_org_ends_at_its_part(
    mapped: Desk, flag: Flag, part: str, acts: WhoActs, said: str
) -> None:
    mapped.org.switch("palmer", flags=[flag])

    failed = check(examined(mapped), part)

    assert failed.verdict is Verdict.RED
    assert said in failed.meaning
    assert failed.who_acts is acts


@pytest.mark.parametrize(("name", "part", "acts", "said"), FAILURES, ids=[f[0] for f in FAILURES])
def test_a_failure_ends_at_its_part_with_who_acts_and_what_to_do(
    mapped: Desk, name: str, part: str, acts: WhoActs, said: str
) -> None:
    if name.endswith(("late", "late_answer")):
        impatient(mapped)
    mapped.org.fail(name)

    found = examined(mapped)

    failed = check(found, part)
    assert failed.verdict is Verdict.RED
    assert said in failed.meaning
    assert failed.who_acts is acts
    assert failed.advice
    assert bool(failed.admin_text) is (acts is ADMIN)
    assert found.to_mend[0] == failed


def test_an_unknown_refusal_is_shown_with_its_code_and_an_excerpt(mapped: Desk) -> None:
    mapped.org.fail("unknown_code")

    failed = check(examined(mapped), "api")

    assert failed.answer == "BRAND_NEW_CODE: Nobody has a line for this"


def test_a_dead_refresh_token_is_seen_while_the_session_still_works(mapped: Desk) -> None:
    body = {"active": False}
    mapped.org.fault(match="/services/oauth2/introspect", status=200, body=body)

    found = examined(mapped)

    assert check(found, "token").verdict is Verdict.RED
    assert "works for now" in check(found, "token").meaning
    assert check(found, "api").verdict is Verdict.GREEN


def test_a_wrong_secret_is_seen_while_the_session_still_works(mapped: Desk) -> None:
    mapped.save_keys(secret="0" * 64)

    found = examined(mapped)

    assert check(found, "credentials").verdict is Verdict.RED
    assert check(found, "api").verdict is Verdict.GREEN


def test_what_ended_a_sign_in_is_told_again_until_it_is_mended(mapped: Desk) -> None:
    user = "integration@palmer.demo"
    mapped.org.switch("palmer", inactive_users=[user])
    for _ in range(2):
        found = examined(mapped)
        assert mapped.connection.state is ConnectionState.NEEDS_REAUTH
        assert check(found, "user").verdict is Verdict.RED
    mapped.org.switch("palmer", inactive_users=[])

    found = examined(mapped)

    assert found.verdict is Verdict.GREEN
    assert mapped.connection.state is ConnectionState.MAPPING_DRAFT
    assert mapped.connection.last_error is None


def test_a_renewal_that_got_no_answer_twice_is_tried_again_where_the_token_lives(
    mapped: Desk,
) -> None:
    expired = [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}]
    mapped.org.fault(match="/services/data/v", status=401, body=expired)
    mapped.org.fault(match="/services/oauth2/token$", status=503, times=2)
    assert check(examined(mapped), "token").verdict is Verdict.RED
    assert mapped.connection.state is ConnectionState.NEEDS_REAUTH

    assert examined(mapped).verdict is Verdict.GREEN


def test_a_revoked_sign_in_is_not_tried_again(mapped: Desk) -> None:
    mapped.org.switch("palmer", revoke_all_grants=True)
    examined(mapped)
    calls = mapped.token_calls()

    found = examined(mapped)

    assert check(found, "token").verdict is Verdict.RED
    assert mapped.token_calls() == calls


def test_moments_after_a_failure_the_same_person_still_has_to_act(mapped: Desk) -> None:
    mapped.org.fail("ip_restricted")
    expired = [{"errorCode": "INVALID_SESSION_ID", "message": "Session expired or invalid"}]
    mapped.org.fault(match="/services/data/v", status=401, body=expired, times=3)

    first, second = (check(examined(mapped), "network") for _ in range(2))

    assert (first.verdict, second.verdict) == (Verdict.RED, Verdict.RED)
    assert "moments ago" in second.meaning
    assert second.who_acts is first.who_acts is ADMIN
    assert second.admin_text


def test_falling_and_recovering_are_events_of_the_account(mapped: Desk) -> None:
    for name in ("api_disabled", ""):
        mapped.org.clear_faults()
        if name:
            mapped.org.fail(name)
        examined(mapped)

    events = [
        (each.detail["from"], each.detail["to"], each.detail.get("code", ""))
        for each in list_events(mapped.context.store, ACCOUNT_ID)
        if each.action == "connection.state_changed"
    ]
    assert events[:2] == [
        ("error", "mapping_draft", ""),
        ("connected", "error", "API_DISABLED_FOR_ORG"),
    ]


def test_a_connection_nobody_signed_in_to_says_what_is_next(desk: Desk) -> None:
    desk.add_connection()

    found = examined(desk)

    assert found.api_calls == 0
    assert check(found, "token").advice == "Sign in on Connect."


def test_a_refused_sign_in_is_told_by_its_part(desk: Desk) -> None:
    desk.add_connection()
    assert not desk.complete(desk.come_back(allow=False)).is_connected

    refused = check(examined(desk), "user")

    assert refused.verdict is Verdict.RED
    assert "denied" in refused.meaning


def test_findings_of_a_former_sign_in_are_outdated(mapped: Desk) -> None:
    found = examined(mapped)
    assert not is_outdated(found.examined_at, mapped.connection)

    assert mapped.sign_in().is_connected

    assert is_outdated(found.examined_at, mapped.connection)


@pytest.mark.parametrize(("name", "said"), PAGES)
def test_an_error_of_salesforces_own_page_is_explained(desk: Desk, name: str, said: str) -> None:
    desk.add_connection()
    desk.org.fail(name)

    with pytest.raises(AssertionError) as shown:
        desk.come_back()

    error = explain_page(str(shown.value))
    assert error is not None
    assert said in error.message


def test_a_disconnected_one_asks_for_a_sign_in(mapped: Desk) -> None:
    disconnect(mapped.context, operator=OPERATOR, connection_id=mapped.connection_id)

    assert check(examined(mapped), "token").verdict is Verdict.RED


def test_hidden_fields_are_named_with_the_permission_to_grant(mapped: Desk) -> None:
    mapped.org.switch("palmer", hidden_fields=["Lead.Email"])

    found = examined(mapped)
    mapped.org.switch("palmer", hidden_fields=[])

    failed = check(found, "fields.person")
    assert "Palmer State University (00DPs0000000001MAA, as integration@" in found.admin_text
    assert failed.verdict is Verdict.RED
    assert "Read and Edit for Email" in failed.advice
    assert "Please grant field-level security on Lead" in failed.admin_text


@pytest.mark.parametrize(
    ("switch", "check_id", "granted"),
    [
        pytest.param({"no_create": ["Lead"]}, "access.person", "grant Create on Lead", id="create"),
        pytest.param({"no_edit": ["Lead"]}, "access.person", "grant Edit on Lead", id="edit"),
        pytest.param({"no_create": ["Lead"], "no_edit": ["Lead"]}, "access.person",
                     "grant Create and Edit on Lead", id="create and edit"),
        pytest.param({"read_only_fields": ["Lead.Email", "Lead.Company"]}, "fields.person",
                     "field-level security on Lead: Edit for Email, Company", id="read-only"),
        pytest.param({"unassigned_record_types": ["Lead.Graduate"]}, "record_type.person",
                     "assign the record type Graduate of Lead", id="record type"),
    ],
)  # fmt: skip
def test_a_missing_permission_is_named_for_exactly_this_mapping(
    desk: Desk, switch: dict[str, list[str]], check_id: str, granted: str
) -> None:
    desk.add_connection()
    assert desk.sign_in().is_connected
    map_to(desk, replace(LEAD, record_type="Graduate"))
    desk.org.switch("palmer", **switch)

    found = examined(desk)

    assert found.to_mend == (check(found, check_id),)
    assert granted in found.admin_text


def test_an_object_the_user_does_not_see_is_named(desk: Desk) -> None:
    desk.add_connection()
    assert desk.sign_in().is_connected
    map_to(desk, LEAD, ObjectMapping(sobject_name="Ghost__c", object_id="x", rows=(row("A__c"),)))

    failed = check(examined(desk), "access.x")

    assert failed.verdict is Verdict.RED
    assert "Read, Create and Edit on Ghost__c" in failed.admin_text


def test_the_newest_examination_is_kept_as_it_was(mapped: Desk) -> None:
    assert load_examination(mapped.context, mapped.connection_id) is None

    first, second = examined(mapped), examined(mapped)

    kept = load_examination(mapped.context, mapped.connection_id)
    assert first.examined_at <= second.examined_at
    assert kept == second
    assert KEPT > 1


def test_an_unknown_connection_is_refused(mapped: Desk) -> None:
    mapped.connection_id = "nobody"

    with pytest.raises(NotFound):
        examined(mapped)
