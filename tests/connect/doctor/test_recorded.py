"""Recorded and documented refusals each end at a part of the connection, in words of their own."""

import json
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.connect.doctor.examine import draw_up
from core.connect.doctor.findings import Check, Verdict
from core.errors import ConnectionProblem, ConsoleError, RetryLater, WhoActs
from core.salesforce.remedies import explain, explain_oauth, explain_page
from core.salesforce.remedy import Concern
from core.salesforce.remedy_concerns import concern_of
from core.salesforce.remedy_rest import NO_TABLE_LINE
from core.secret import Secret
from tests.connect.doctor.evidence import healthy

DISTINCT = 25
# What the recorded bodies hold of records: names, keys and ids that a text must not repeat.
VALUES = (
    "NOWELLPOINT", "badone", "somethingwonky", "0116", "0010v0DB2lgetjP", "2024-",
    "001RM000003oLrB000", "005ak000005hvjJ", "0PSak00000M9uBB", "23foo", "Lanny", "Palo Alto",
)  # fmt: skip
# Texts in which nothing is a value: nobody has a line for the code, so an excerpt is shown.
WITHOUT_A_LINE = {"MALFORMED_SEARCH"}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One refusal as it was recorded, and what the console makes of it."""

    name: str
    error: ConsoleError


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


def recorded_oauth(folder: Path) -> Iterator[Recorded]:
    for case in json.loads((folder / "oauth" / "oauth_bodies.json").read_text()):
        is_refusal = "success" not in case["case"] and "dead" not in case["case"]
        error = oauth_error(case)
        assert (error is not None) is is_refusal, case["case"]
        if error is not None:
            yield Recorded(case["case"], error)


def recorded_errors(folder: Path) -> Iterator[Recorded]:
    for case in json.loads((folder / "catalog.json").read_text()):
        yield catalogued(case)
    openstax = json.loads((folder / "openstax_recorded_errors.json").read_text())
    for number, case in enumerate(openstax):
        yield Recorded(f"openstax {number}", explain(case["status"]["code"], case["body"]))
    for name, body in json.loads((folder / "restforce_small_bodies.json").read_text()).items():
        if "error" in name or "expired" in name:
            status = 300 if "multiple" in name else 400
            yield Recorded(name, explain(status, body))
    for file in sorted(folder.glob("amplabs__*.json")):
        yield Recorded(file.name, explain(400, file.read_text()))


def catalogued(case: dict[str, Any]) -> Recorded:
    """Where only the text of a row's error was kept, its code stands beside it."""
    body, status = case["body"], case["http_status"]
    if (isinstance(body, str) and not isinstance(status, int)) or case["code"] == "PROCESS_FLOW":
        body = [{"errorCode": case["code"], "message": body}]
    error = explain(status if isinstance(status, int) else 400, body)
    return Recorded(f"{case['code']} {status}", error)


@pytest.fixture(scope="session")
def recorded(salesforce_fixtures: Path) -> list[Recorded]:
    found = [*recorded_oauth(salesforce_fixtures), *recorded_errors(salesforce_fixtures / "errors")]
    assert len(found) > 90
    return found


def first_red(error: ConsoleError) -> Check:
    evidence = healthy(answers={"organization": None, "failure": error})
    return next(each for each in draw_up(evidence) if each.verdict is Verdict.RED)


def test_every_recorded_refusal_says_what_happened_who_acts_and_what_to_do(
    recorded: list[Recorded],
) -> None:
    for each in recorded:
        error = each.error
        assert error.message.endswith("."), each.name
        assert error.advice.endswith("."), each.name
        assert isinstance(error.who_acts, WhoActs), each.name


def test_every_recorded_refusal_but_one_has_a_line_of_its_own(recorded: list[Recorded]) -> None:
    errors = [each.error for each in recorded]
    without = {each.code for each in errors if each.message == NO_TABLE_LINE.message}

    assert without == WITHOUT_A_LINE


def test_every_recorded_refusal_of_a_connection_is_red_at_its_part(
    recorded: list[Recorded],
) -> None:
    stopping = [each for each in recorded if isinstance(each.error, ConnectionProblem | RetryLater)]

    for each in stopping:
        if concern_of(each.error) is not Concern.RECORDS:
            assert first_red(each.error).advice, each.name


def test_no_recorded_refusal_repeats_a_value_of_a_record(recorded: list[Recorded]) -> None:
    for each in recorded:
        kept = f"{each.error} {each.error.code} {each.error.detail}"
        assert [value for value in VALUES if value in kept] == [], each.name


def test_at_least_twenty_five_failures_besides_those_of_records_read_differently(
    recorded: list[Recorded],
) -> None:
    said = {
        each.error.message for each in recorded if concern_of(each.error) is not Concern.RECORDS
    } - {NO_TABLE_LINE.message}

    assert len(said) >= DISTINCT, sorted(said)


def test_an_unknown_refusal_shows_its_code_and_an_excerpt_without_token_or_value() -> None:
    token = Secret("00DPs0000000001!AQcAQH0dMHZfz972Szmpkb58urFRkgeBGsxL")
    message = (
        f"Session {token.reveal()} of 'Ava Lopez' (ava@palmer.example) cannot be used here: Ava"
    )

    error = explain(400, [{"errorCode": "BRAND_NEW_CODE", "message": message}])
    shown = first_red(error)

    assert shown.answer == "BRAND_NEW_CODE: Session *** of … … cannot be used here"
    assert shown.who_acts is WhoActs.HALDA_SUPPORT
    assert "code shown here" in shown.advice
