"""Every refusal is about one part of the connection, and is found again by its words."""

import pytest

from core import errors
from core.errors import ConsoleError
from core.salesforce.remedies import explain, explain_oauth
from core.salesforce.remedy import Concern
from core.salesforce.remedy_concerns import concern_of, concern_of_words
from core.salesforce.remedy_oauth import GRANT_REMEDIES, OAUTH_REMEDIES, PAGE_REMEDIES
from core.salesforce.remedy_rest import REST_REMEDIES, STATUS_REMEDIES


@pytest.mark.parametrize(
    ("error", "concern"),
    [
        (explain_oauth("invalid_grant", "expired access/refresh token"), Concern.TOKEN),
        (explain_oauth("invalid_grant", "inactive user"), Concern.USER),
        (explain_oauth("invalid_grant", "ip restricted"), Concern.NETWORK),
        (explain_oauth("invalid_client"), Concern.CREDENTIALS),
        (explain_oauth("OAUTH_APP_BLOCKED"), Concern.APP),
        (explain_oauth("inactive_org"), Concern.ORG),
        (explain_oauth("invalid_scope"), Concern.SCOPES),
        (explain_oauth("unheard_of"), Concern.API),
        (explain(403, [{"errorCode": "API_CURRENTLY_DISABLED", "message": "x"}]), Concern.API),
        (explain(403, [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "x"}]), Concern.LIMITS),
        (explain(503, "<html>"), Concern.HOST),
        (explain(404, "<html>"), Concern.PERMISSIONS),
        (errors.WrongOrg("Another org.", advice="Sign in to the right one."), Concern.ORG),
        (errors.SignInRefused("No refresh token came.", advice="Again."), Concern.TOKEN),
        (
            explain(
                401,
                [
                    {
                        "errorCode": "INVALID_SESSION_ID",
                        "message": "This session is not valid for use with the REST API",
                    }
                ],
            ),
            Concern.SCOPES,
        ),
    ],
)
def test_an_error_is_about_one_part(error: ConsoleError, concern: Concern) -> None:
    assert concern_of(error) is concern


def test_a_failure_told_again_later_keeps_its_part() -> None:
    told_again = errors.RetryLater(
        f"Renewing failed moments ago: {GRANT_REMEDIES['ip restricted'].message}", advice="Wait."
    )

    assert concern_of(told_again) is Concern.NETWORK


def test_lines_with_the_same_words_are_about_the_same_part() -> None:
    for table in (GRANT_REMEDIES, OAUTH_REMEDIES, PAGE_REMEDIES, REST_REMEDIES, STATUS_REMEDIES):
        for key, remedy in table.items():
            built = remedy.error_class(remedy.message, advice=remedy.advice)
            expected = remedy.concern or concern_of(built)
            assert concern_of_words(remedy.message) in {expected, None}, key
