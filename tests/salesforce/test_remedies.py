"""Every refusal the platform documents becomes advice; none carries a value of a record."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import errors
from core.errors import ConsoleError, WhoActs
from core.salesforce.remedies import clean, explain, explain_oauth, explain_page
from core.salesforce.remedy import Facts, addressed_to_admin
from core.salesforce.remedy_oauth import GRANT_REMEDIES, OAUTH_REMEDIES, PAGE_REMEDIES
from core.salesforce.remedy_rest import REST_REMEDIES, STATUS_REMEDIES
from core.secret import Secret

CALLBACK = "https://app.heyhalda.com/accounts/42/settings/integrations/salesforce/callback"
FACTS = Facts(CALLBACK, "192.0.2.0/24")


@pytest.mark.parametrize(
    ("error", "description", "expected"),
    [
        ("invalid_client_id", "client identifier invalid", errors.InvalidConsumerKey),
        ("invalid_client", "invalid client credentials", errors.InvalidConsumerSecret),
        ("invalid_grant", "expired access/refresh token", errors.NeedsReauth),
        ("invalid_grant", "authentication failure - Invalid Password", errors.NeedsReauth),
        ("invalid_grant", "inactive user", errors.NeedsReauth),
        ("invalid_grant", "ip restricted", errors.IpNotAllowed),
        ("invalid_grant", "restricted IP or invalid login hours", errors.IpNotAllowed),
        ("invalid_grant", "user hasn't approved this consumer", errors.AppBlocked),
        ("invalid_grant", "invalid code verifier", errors.SignInRefused),
        ("invalid_request", "invalid code verifier", errors.SignInRefused),
        ("invalid_grant", "invalid authorization code", errors.SignInRefused),
        ("invalid_grant", "something new", errors.NeedsReauth),
        ("inactive_org", "", errors.AppBlocked),
        ("access_denied", "end-user denied authorization", errors.SignInRefused),
        ("access-denied", "", errors.SignInRefused),
        ("redirect_uri_mismatch", "redirect_uri must match configuration", errors.SignInRefused),
        ("OAUTH_APP_BLOCKED", "this app is blocked by admin", errors.AppBlocked),
        ("OAUTH_APPROVAL_ERROR_GENERIC", "", errors.AppNotInstalled),
        ("OAUTH_EC_APP_NOT_FOUND", "", errors.AppNotInstalled),
        ("something", "External client app is not installed in this org", errors.AppNotInstalled),
        ("OAUTH_APP_ACCESS_DENIED", "", errors.AppBlocked),
        (
            "invalid_request",
            "External client app is not installed in this org",
            errors.AppNotInstalled,
        ),
        ("invalid_scope", "", errors.SignInRefused),
        ("unsupported_grant_type", "", errors.SignInRefused),
        ("invalid_app_access", "", errors.AppBlocked),
        ("rate_limit_exceeded", "", errors.RateLimited),
        ("unheard_of", "", errors.SalesforceError),
    ],
)
def test_an_oauth_refusal_is_told_apart(
    error: str, description: str, expected: type[ConsoleError]
) -> None:
    explained = explain_oauth(error, description, FACTS)

    assert type(explained) is expected
    assert explained.detail == description
    assert explained.advice


def test_advice_names_the_callback_and_our_addresses() -> None:
    assert CALLBACK in explain_oauth("redirect_uri_mismatch", "", FACTS).advice
    assert "192.0.2.0/24" in explain_oauth("invalid_grant", "ip restricted", FACTS).advice
    assert "{" not in explain_oauth("redirect_uri_mismatch").advice


def test_a_new_code_that_is_refused_asks_for_another_sign_in() -> None:
    assert type(explain_oauth("invalid_grant", "?", signing_in=True)) is errors.SignInRefused
    late = explain_oauth("invalid_grant", "expired authorization code", signing_in=True)
    assert type(late) is errors.SignInRefused


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("We can't authorize you. OAUTH_APPROVAL_ERROR_GENERIC : An error", errors.AppNotInstalled),
        ("error=invalid_client_id&error_description=x", errors.InvalidConsumerKey),
        ("error=redirect_uri_mismatch&error_description=", errors.SignInRefused),
        ("Error: restricted IP or invalid login hours", errors.IpNotAllowed),
        ("OAUTH_EC_APP_NOT_FOUND", errors.AppNotInstalled),
    ],
)
def test_a_text_copied_from_salesforces_page_is_recognised(
    page: str, expected: type[ConsoleError]
) -> None:
    explained = explain_page(page, FACTS)

    assert type(explained) is expected


def test_a_page_nobody_knows_is_not_guessed_at() -> None:
    assert explain_page("My holiday pictures") is None


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (401, "INVALID_SESSION_ID", errors.NeedsReauth),
        (403, "REQUEST_LIMIT_EXCEEDED", errors.RequestLimitExceeded),
        (403, "API_DISABLED_FOR_ORG", errors.AppBlocked),
        (403, "API_CURRENTLY_DISABLED", errors.AppBlocked),
        (503, "SERVER_UNAVAILABLE", errors.ServiceUnavailable),
        (400, "INVALID_FIELD", errors.FieldNotVisible),
        (400, "INVALID_TYPE", errors.ObjectNotVisible),
        (404, "NOT_FOUND", errors.ObjectNotVisible),
        (400, "QUERY_TIMEOUT", errors.QueryRefused),
        (400, "UNABLE_TO_LOCK_ROW", errors.RetryLater),
        (400, "NEVER_HEARD_OF", errors.SalesforceError),
    ],
)
@pytest.mark.parametrize("shape", ["list", "object", "row", "text", "bytes"])
def test_a_code_is_found_in_every_shape_of_body(
    shape: str, status: int, code: str, expected: type[ConsoleError]
) -> None:
    error = {"errorCode": code, "message": "m"}
    bodies: dict[str, object] = {
        "list": [error],
        "object": error,
        "row": {"success": False, "errors": [{"statusCode": code, "message": "m"}]},
        "text": json.dumps([error]),
        "bytes": json.dumps(error).encode(),
    }

    explained = explain(status, bodies[shape])

    assert type(explained) is expected
    assert explained.code == code


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (302, errors.UnreadableAnswer),
        (401, errors.NeedsReauth),
        (404, errors.ObjectNotVisible),
        (414, errors.QueryRefused),
        (429, errors.RateLimited),
        (431, errors.QueryRefused),
        (418, errors.SalesforceError),
        (500, errors.ServiceUnavailable),
        (503, errors.ServiceUnavailable),
    ],
)
def test_html_is_judged_by_its_status(status: int, expected: type[ConsoleError]) -> None:
    explained = explain(status, "<h1>Bad Message</h1>")

    assert type(explained) is expected
    assert explained.code == f"HTTP {status}"


def test_a_session_without_the_api_scope_says_so() -> None:
    body = [{"message": "This session is not valid for use with the REST API",
             "errorCode": "INVALID_SESSION_ID"}]  # fmt: skip

    assert "scope api" in explain(401, body).advice


def test_a_query_error_keeps_what_names_a_field_and_drops_the_query() -> None:
    message = (
        "\nId FROM Lead WHERE Email IN ('ava@palmer.example')\n   ^\nERROR at Row:1:Column:8\n"
        "No such column 'Nope' on entity 'Lead'."
    )

    explained = explain(400, [{"errorCode": "INVALID_FIELD", "message": message}])

    assert explained.detail == "No such column 'Nope' on entity 'Lead'."


def test_a_code_nobody_knows_is_shown_with_an_excerpt_free_of_values() -> None:
    message = "Cannot do 'Ava Lopez' for ava@palmer.example on 2024-07-30 in <b>org</b>: Ava Lopez"

    explained = explain(400, [{"errorCode": "BRAND_NEW_CODE", "message": message}])

    assert explained.code == "BRAND_NEW_CODE"
    assert explained.detail == "Cannot do … for … on … in org"


def test_an_oauth_code_nobody_knows_is_shown_with_an_excerpt_free_of_values() -> None:
    explained = explain_oauth(
        "brand_new_error", "user 'ava' (ava@palmer.example) is not known here"
    )

    assert explained.code == "brand_new_error"
    assert explained.detail == "user … … is not known here"


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        ("Ask the admin to unlock the user, then reconnect.", "Please unlock the user."),
        (
            "Refresh the fields. If it is missing, ask the admin for field-level access.",
            "Please grant field-level access.",
        ),
        (
            "The university has to contact Salesforce about its org.",
            "Please ask Salesforce about it.",
        ),
    ],
)
def test_the_admin_is_asked_for_the_admins_part_alone(advice: str, said: str) -> None:
    assert addressed_to_admin(advice) == said


def test_every_remedy_says_what_to_do_and_who_does_it() -> None:
    tables = (GRANT_REMEDIES, OAUTH_REMEDIES, PAGE_REMEDIES, REST_REMEDIES, STATUS_REMEDIES)
    for table in tables:
        for key, remedy in table.items():
            built = remedy.error_class(remedy.message, advice=remedy.advice)
            assert remedy.message.endswith("."), key
            assert remedy.advice.endswith("."), key
            assert isinstance(remedy.who_acts or built.who_acts, WhoActs), key


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            [
                {"errors": [{"statusCode": "ALL_OR_NONE_OPERATION_ROLLED_BACK", "message": "m"}]},
                {"errors": [{"statusCode": "STRING_TOO_LONG", "message": "m"}]},
            ],
            id="rows of one save",
        ),
        pytest.param(
            {
                "compositeResponse": [
                    {"body": [{"errorCode": "PROCESSING_HALTED", "message": "m"}]},
                    {"body": [{"errorCode": "STRING_TOO_LONG", "message": "m"}]},
                ]
            },
            id="parts of one composite",
        ),
    ],
)
def test_the_row_at_fault_is_told_before_those_that_fell_with_it(body: object) -> None:
    assert explain(400, body).code == "STRING_TOO_LONG"


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_refusal_at_all_is_explained_and_stays_short(error: str, description: str) -> None:
    explained = explain_oauth(error, description)

    assert len(explained.detail) <= 300
    assert "<b>" not in explained.detail


@given(st.integers(300, 599), st.binary(max_size=200))
def test_any_body_at_all_is_explained(status: int, body: bytes) -> None:
    assert isinstance(explain(status, body), ConsoleError)


def test_a_detail_holds_no_tag_and_no_living_secret() -> None:
    secret = Secret("a-living-secret-value")

    cleaned = clean(f"<b>token</b> {secret.reveal()} <script>x</script> {'y' * 400}")

    assert cleaned.startswith("token *** x yyy")
    assert len(cleaned) == 300
