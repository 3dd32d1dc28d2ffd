"""Each check on plain evidence: what makes it amber or red, and who has to do what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.connect.doctor.examine import draw_up
from core.connect.doctor.findings import Verdict
from core.connect.health import LastError
from core.connect.propagation import Propagation, PropagationState
from core.connect.states import AppType, ConnectionState, Environment
from core.errors import (
    ConsoleError,
    FieldNotVisible,
    InvalidConsumerKey,
    NotFound,
    ObjectNotVisible,
    OrgUnreachable,
    SalesforceError,
    WhoActs,
)
from core.mapping.model import Lookup, MappingDraft, Operation
from core.salesforce.integration_user import IntegrationUser
from core.salesforce.introspection import Introspection
from tests.connect.doctor.conftest import LEAD, row
from tests.connect.doctor.evidence import (
    CONNECTION,
    DESCRIBE,
    FIELDS,
    GRANT,
    NOW,
    ORG,
    USER,
    found,
    healthy,
)

GREEN, AMBER, RED, UNKNOWN = Verdict.GREEN, Verdict.AMBER, Verdict.RED, Verdict.UNKNOWN
ADMIN, OPERATOR, NOBODY = WhoActs.UNIVERSITY_ADMIN, WhoActs.OPERATOR, WhoActs.NOBODY
ORGANIZATION = healthy().answers.organization
WORTH = healthy().answers.introspection
USER_FOUND = healthy().answers.user
HIDDEN = ObjectNotVisible("Hidden.", advice="Ask the admin.", code="NOT_FOUND")
assert not isinstance(ORGANIZATION, ConsoleError | None)
assert not isinstance(WORTH, ConsoleError | None)
assert not isinstance(USER_FOUND, ConsoleError | None)


def waiting(minutes: int, state: PropagationState) -> Propagation:
    started = NOW - timedelta(minutes=minutes)
    ready = started + timedelta(minutes=20)
    return Propagation(state=state, checked_at=NOW, started_at=started, ready_at=ready)


def last_error(message: str) -> LastError:
    return LastError(at=NOW, message=message, advice="Do it.", who_acts=OPERATOR, code="x")


def mapping(**changes: Any) -> dict[str, Any]:
    return {"mapping": MappingDraft(objects=(replace(LEAD, **changes),))}


def describe(**changes: Any) -> dict[str, Any]:
    return {"describes": {"Lead": replace(DESCRIBE, **changes)}}


def field(**changes: Any) -> dict[str, Any]:
    return describe(fields=(replace(FIELDS[0], **changes), *FIELDS[1:]))


def connection(**changes: Any) -> dict[str, Any]:
    return {"connection": replace(CONNECTION, **changes)}


def lookup_in(name: str) -> dict[str, Any]:
    looked_up = replace(row("Company"), lookup=Lookup(sobject_name=name, by_field="Name"))
    return mapping(rows=(looked_up,))


def test_a_healthy_connection_is_green_all_over() -> None:
    assert {each.verdict for each in draw_up(healthy())} == {GREEN}


@pytest.mark.parametrize(
    ("known", "answers", "check_id", "verdict", "acts", "said"),
    [
        pytest.param(
            {"propagation": waiting(5, PropagationState.WAITING)}, {"organization": None},
            "propagation", AMBER, NOBODY, "10 to 20 minutes", id="app is spreading"),
        pytest.param(
            {"propagation": Propagation(state=PropagationState.NOT_STARTED, checked_at=NOW,
                                        missing_steps=("S30",))},
            {"organization": None}, "propagation", AMBER, OPERATOR, "not finished",
            id="checklist open"),
        pytest.param(
            {"propagation": waiting(5, PropagationState.WAITING)},
            {"organization": None, "failure": InvalidConsumerKey("Unknown.", advice="Copy.")},
            "propagation", AMBER, NOBODY, "does not know the app yet", id="key too early"),
        pytest.param(
            {"grant": None, **connection(last_error=last_error(
                "Salesforce does not know the app yet."))},
            {"organization": None}, "propagation", AMBER, OPERATOR, "too early",
            id="signed in too early, wait over"),
        pytest.param({}, {"versions": ("58.0", "60.0")}, "host", RED, OPERATOR,
                     "no longer offers API version 66.0", id="version gone"),
        pytest.param({}, {"versions": HIDDEN}, "host", RED, OPERATOR,
                     "does not answer like a Salesforce org", id="no org there"),
        pytest.param({}, {"organization": None, "failure": OrgUnreachable("No answer.",
                     advice="Later.", code="TIMEOUT")}, "host", RED, NOBODY, "No answer.",
                     id="unreachable"),
        pytest.param({"credentials": replace(healthy().known.credentials, is_set=False)}, {},
                     "credentials", RED, OPERATOR, "not been entered", id="no keys"),
        pytest.param({}, {"introspection": HIDDEN}, "credentials", UNKNOWN, None, "tried alone",
                     id="no introspection"),
        pytest.param({"grant": None}, {"organization": None}, "token", RED, OPERATOR,
                     "Nobody has signed in", id="no grant"),
        pytest.param({}, {"introspection": replace(WORTH, is_active=False)}, "token", RED, OPERATOR,
                     "refresh token is dead", id="dead refresh token"),
        pytest.param({"grant": replace(GRANT, was_cut_short=True)}, {"introspection": HIDDEN},
                     "token", AMBER, OPERATOR, "interrupted", id="renewal cut short"),
        pytest.param({"grant": replace(GRANT, was_cut_short=True)}, {}, "token", GREEN, None,
                     "survived", id="survived a cut renewal"),
        pytest.param({"grant": replace(GRANT, has_refresh_token=False)}, {}, "refresh_policy", RED,
                     ADMIN, "cannot be renewed", id="no refresh token"),
        pytest.param({}, {"introspection": replace(WORTH, expires_at=datetime(2027, 1, 1,
                     tzinfo=UTC))}, "refresh_policy", AMBER, ADMIN, "expire", id="policy expires"),
        pytest.param({"grant": replace(GRANT, renewed_at=NOW - timedelta(days=25))}, {},
                     "refresh_policy", AMBER, OPERATOR, "5 days are left", id="idle"),
        pytest.param({"grant": replace(GRANT, renewed_at=NOW - timedelta(days=25))},
                     {"was_renewed": True}, "refresh_policy", GREEN, None, "30 days",
                     id="idle until just now"),
        pytest.param({}, {"introspection": replace(WORTH, scopes=("api",))}, "scopes", RED, ADMIN,
                     "lacks refresh_token", id="scope missing"),
        pytest.param({}, {"introspection": replace(WORTH, scopes=("api", "offline_access",
                     "full"))}, "scopes", AMBER, ADMIN, "more than", id="scope too large"),
        pytest.param({}, {"organization": SalesforceError("Refused.", advice="Ask.")}, "api", RED,
                     ADMIN, "Refused.", id="query refused"),
        pytest.param({}, {"organization": replace(ORGANIZATION, org_id="00DXX0000000009MAA")},
                     "org", RED, OPERATOR, "another org", id="another org"),
        pytest.param({}, {"organization": replace(ORGANIZATION, is_sandbox=True)}, "org", RED,
                     OPERATOR, "other kind", id="sandbox as production"),
        pytest.param(connection(environment=Environment.SANDBOX), {}, "org", RED, OPERATOR,
                     "other kind", id="production as sandbox"),
        pytest.param({}, {"organization": replace(ORGANIZATION,
                     trial_expires_at="2026-12-01T00:00:00.000+0000")}, "org", AMBER, ADMIN,
                     "trial", id="trial"),
        pytest.param({}, {"user": replace(USER_FOUND, is_active=False)}, "user", RED, ADMIN,
                     "deactivated", id="inactive user"),
        pytest.param({}, {"user": NotFound("Hidden.", advice="x")}, "user", UNKNOWN, None,
                     "may not see", id="user hidden"),
        pytest.param(connection(integration_user="other@palmer.demo"), {}, "user_own", AMBER,
                     OPERATOR, "another user", id="another user"),
        pytest.param(connection(integration_user="", org=replace(ORG,
                     username="jane.doe@palmer.edu")), {}, "user_own", AMBER, ADMIN,
                     "person's own login", id="named person"),
        pytest.param({}, {"user": replace(USER_FOUND, may_modify_all=True,
                     rights_from="Data Loaders")}, "user_rights", AMBER, ADMIN, "too much",
                     id="modify all data"),
        pytest.param({}, {"user": replace(USER_FOUND, profile_name="System Administrator")},
                     "user_rights", AMBER, ADMIN, "too much", id="administrator"),
        pytest.param({}, {"user": IntegrationUser(username=USER, is_active=True)}, "user_rights",
                     UNKNOWN, None, "Usual", id="rights hidden"),
        pytest.param({}, {"limits": {"DailyApiRequests": (100, 15)}}, "limits", AMBER, ADMIN,
                     "daily API allowance", id="calls nearly used up"),
        pytest.param({}, {"limits": HIDDEN, "usage": (90, 100)}, "limits", AMBER, ADMIN,
                     "daily API allowance", id="told by the header"),
        pytest.param({}, {"limits": {"DataStorageMB": (100, 0)}}, "limits", RED, ADMIN,
                     "storage is full", id="storage full"),
        pytest.param({"mapping": None}, {"describes": {}}, "permissions", UNKNOWN, None, "compare",
                     id="no mapping"),
        pytest.param({}, {"describes": {"Lead": HIDDEN}}, "access.person", RED, ADMIN,
                     "does not see the object Lead", id="object hidden"),
        pytest.param({}, {"describes": {"Lead": FieldNotVisible("Odd.", advice="x")}},
                     "access.person", RED, ADMIN, "Odd.", id="describe refused"),
        pytest.param({}, describe(createable=False), "access.person", RED, ADMIN,
                     "on Lead: Create.", id="no create"),
        pytest.param({}, describe(updateable=False), "access.person", RED, ADMIN, "on Lead: Edit.",
                     id="no edit"),
        pytest.param(mapping(operation=Operation.INSERT), describe(updateable=False),
                     "access.person", GREEN, None, "may write", id="edit not needed"),
        pytest.param({}, describe(fields=FIELDS[1:]), "fields.person", RED, ADMIN,
                     "may not write all", id="field hidden"),
        pytest.param({}, field(createable=False, updateable=False), "fields.person", RED, ADMIN,
                     "may not write all", id="field read-only"),
        pytest.param(mapping(operation=Operation.UPDATE), field(updateable=False),
                     "fields.person", RED, ADMIN, "may not write all", id="field set once only"),
        pytest.param(mapping(operation=Operation.INSERT), field(createable=False),
                     "fields.person", RED, ADMIN, "may not write all", id="field for edits only"),
        pytest.param({}, field(updateable=False), "fields.person", GREEN, None, "may be written",
                     id="upsert fills new records"),
        pytest.param({}, field(createable=False, updateable=False, calculated=True),
                     "fields.person", RED, OPERATOR, "nobody can write", id="formula"),
        pytest.param(mapping(record_type="Nope"), {}, "record_type.person", RED, ADMIN,
                     "no active record type", id="no record type"),
        pytest.param(mapping(record_type="Old"), {}, "record_type.person", RED, ADMIN,
                     "no active record type", id="inactive record type"),
        pytest.param(mapping(record_type="Other"), {}, "record_type.person", RED, ADMIN,
                     "not assigned", id="record type not assigned"),
        pytest.param(mapping(record_type="Inquiry"), {}, "record_type.person", GREEN, None,
                     "Inquiry", id="record type"),
        pytest.param(lookup_in("Account"), {"describes": {"Lead": DESCRIBE, "Account": HIDDEN}},
                     "lookup.Account", RED, ADMIN, "looked up", id="lookup object hidden"),
        pytest.param(lookup_in("Account"), {"describes": {"Lead": DESCRIBE, "Account": replace(
                     DESCRIBE, name="Account", fields=())}}, "lookup.Account", RED, ADMIN,
                     "looked up by fields", id="lookup field hidden"),
        pytest.param(lookup_in("Account"), {}, "lookup.Account", UNKNOWN, None, "ten calls",
                     id="lookup not asked"),
        pytest.param(connection(app_type=AppType.LEGACY_CONNECTED_APP), {}, "app", GREEN, None,
                     "no action", id="legacy app"),
        pytest.param(connection(state=ConnectionState.NEEDS_REAUTH, last_error=last_error(
                     "A renewal was interrupted.")), {"organization": None}, "token", RED, OPERATOR,
                     "interrupted", id="needs reauth"),
    ],
)  # fmt: skip
def test_a_finding_is_told_with_who_acts(
    *, known: dict[str, Any], answers: dict[str, Any], check_id: str, verdict: Verdict,
    acts: WhoActs | None, said: str,
) -> None:  # fmt: skip
    check = found(healthy(known=known, answers=answers), check_id)

    assert check.verdict is verdict
    assert said in check.meaning
    assert check.who_acts is acts
    assert bool(check.advice) is (acts is not None)
    assert bool(check.admin_text) is (acts is ADMIN)


def test_a_field_permission_is_named_field_by_field() -> None:
    closed = replace(FIELDS[1], createable=False, updateable=False)

    check = found(healthy(answers=describe(fields=(closed, *FIELDS[2:]))), "fields.person")

    assert check.answer == "FirstName hidden, LastName read-only"
    assert "Lead: Read and Edit for FirstName; Edit for LastName." in check.admin_text


def test_what_was_not_asked_does_not_count_against_the_whole() -> None:
    checks = draw_up(healthy(answers={"user": IntegrationUser(username=USER, is_active=True)}))

    assert UNKNOWN in {each.verdict for each in checks}
    assert RED not in {each.verdict for each in checks}


def test_the_worth_of_a_token_may_name_no_scopes() -> None:
    worth = Introspection(is_active=True, scopes=(), username="", expires_at=None)

    assert found(healthy(answers={"introspection": worth}), "scopes").verdict is GREEN
