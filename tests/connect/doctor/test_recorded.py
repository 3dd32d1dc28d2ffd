"""Recorded and documented refusals each end at a part of the connection, in words of their own."""

import json
import urllib.parse
from pathlib import Path
from typing import Any

from core.connect.doctor.examine import draw_up
from core.connect.doctor.findings import Check, Verdict
from core.errors import ConnectionProblem, ConsoleError, RetryLater
from core.salesforce.remedies import explain, explain_oauth, explain_page
from core.salesforce.remedy_rest import NO_TABLE_LINE
from tests.connect.doctor.evidence import healthy

DISTINCT = 25


def oauth_error(case: dict[str, Any]) -> ConsoleError | None:
    body = case.get("body")
    if isinstance(body, dict) and "error" in body:
        return explain_oauth(body["error"], body.get("error_description", ""))
    if text := case.get("redirect_or_page"):
        query = dict(urllib.parse.parse_qsl(text.lstrip("?")))
        if error := query.get("error"):
            return explain_oauth(error, query.get("error_description", ""), signing_in=True)
        return explain_page(text)
    return explain_page(case["body_text"]) if "body_text" in case else None


def first_red(error: ConsoleError) -> Check:
    evidence = healthy(answers={"organization": None, "failure": error})
    return next(each for each in draw_up(evidence) if each.verdict is Verdict.RED)


def test_every_recorded_sign_in_failure_is_recognised(salesforce_fixtures: Path) -> None:
    cases = json.loads((salesforce_fixtures / "oauth" / "oauth_bodies.json").read_text())
    failures = [
        case for case in cases if "success" not in case["case"] and "dead" not in case["case"]
    ]

    for case in failures:
        error = oauth_error(case)
        assert error is not None, case["case"]
        assert error.message != NO_TABLE_LINE.message, case["case"]
        assert first_red(error).advice, case["case"]


def test_every_recorded_data_failure_that_stops_a_connection_has_its_part(
    salesforce_fixtures: Path,
) -> None:
    for case in json.loads((salesforce_fixtures / "errors" / "catalog.json").read_text()):
        status = case["http_status"] if isinstance(case["http_status"], int) else 400
        error = explain(status, case["body"])
        if isinstance(error, ConnectionProblem | RetryLater):
            assert first_red(error).advice, case["code"]


def test_at_least_twenty_five_failures_read_differently(salesforce_fixtures: Path) -> None:
    cases = json.loads((salesforce_fixtures / "oauth" / "oauth_bodies.json").read_text())
    bodies = json.loads((salesforce_fixtures / "errors" / "catalog.json").read_text())
    errors = [oauth_error(case) for case in cases]
    errors += [explain(400, case["body"]) for case in bodies]

    said = {error.message for error in errors if error is not None} - {NO_TABLE_LINE.message}

    assert len(said) >= DISTINCT, sorted(said)
