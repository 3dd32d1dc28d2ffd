"""State and country picklists: text and code in step, and pairs the org does not list refused."""

from pathlib import Path
from typing import Any

import pytest

from tests.demo_org.conftest import DemoOrg
from tests.demo_org.test_shapes import FACTS, recorded

COLUMNS = "MailingState, MailingStateCode, MailingCountry, MailingCountryCode"


def create(org: DemoOrg, **values: Any) -> Any:
    return org.call("POST", "/sobjects/Contact", {"LastName": "Neu", "Phone": "1"} | values)


def held(org: DemoOrg, record_id: str) -> list[Any]:
    [row] = org.query(f"SELECT {COLUMNS} FROM Contact WHERE Id = '{record_id}'")
    return [row[name] for name in COLUMNS.split(", ")]


def made(org: DemoOrg, **values: Any) -> str:
    answer = create(org, **values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def change(org: DemoOrg, record_id: str, **values: Any) -> Any:
    return org.call("PATCH", f"/sobjects/Contact/{record_id}", values)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"MailingState": "utah", "MailingCountry": "United States"}, id="text"),
        pytest.param({"MailingStateCode": "UT", "MailingCountryCode": "US"}, id="codes"),
        pytest.param({"MailingState": "Utah", "MailingCountryCode": "us"}, id="mixed"),
    ],
)
def test_text_and_code_fill_each_other(marlow: DemoOrg, values: dict[str, str]) -> None:
    assert held(marlow, made(marlow, **values)) == ["Utah", "UT", "United States", "US"]


@pytest.mark.parametrize(
    ("country", "state"), [("US", "Arkansas"), ("IN", "Arunachal Pradesh"), ("IT", "Arezzo")]
)
def test_one_state_code_means_another_state_in_another_country(
    marlow: DemoOrg, country: str, state: str
) -> None:
    record_id = made(marlow, MailingStateCode="AR", MailingCountryCode=country)

    assert held(marlow, record_id)[:2] == [state, "AR"]


@pytest.mark.parametrize(
    ("values", "code", "message", "field_name"),
    [
        pytest.param(
            {"MailingState": "Utah"},
            "FIELD_INTEGRITY_EXCEPTION",
            "A country/territory must be specified before specifying a state value for field: "
            "Mailing State/Province",
            "MailingState",
            id="state-without-country",
        ),
        pytest.param(
            {"MailingCountry": "USA"},
            "FIELD_INTEGRITY_EXCEPTION",
            "There's a problem with this country, even though it may appear correct. Please "
            "select a country from the list of valid countries.",
            "MailingCountry",
            id="unlisted-country",
        ),
        pytest.param(
            {"MailingState": "Ontario", "MailingCountry": "United States"},
            "FIELD_INTEGRITY_EXCEPTION",
            "There's a problem with this state, even though it may appear correct. Please select "
            "a state from the list of valid states.",
            "MailingState",
            id="state-of-another-country",
        ),
        pytest.param(
            {"MailingStateCode": "ON", "MailingCountryCode": "US"},
            "FIELD_INTEGRITY_EXCEPTION",
            "The existing country/territory doesn't recognize the state value for field: "
            "Mailing State/Province Code",
            "MailingStateCode",
            id="state-code-of-another-country",
        ),
        pytest.param(
            {"MailingState": "Normandie", "MailingCountry": "France"},
            "FIELD_INTEGRITY_EXCEPTION",
            "There's a problem with this state, even though it may appear correct. Please select "
            "a state from the list of valid states.",
            "MailingState",
            id="country-without-states",
        ),
        pytest.param(
            {"MailingCountryCode": "HK"},
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            "Mailing Country Code: bad value for restricted picklist field: HK",
            "MailingCountryCode",
            id="unlisted-code",
        ),
    ],
)
def test_a_pair_that_the_org_does_not_list_is_refused(
    marlow: DemoOrg, values: dict[str, str], code: str, message: str, field_name: str
) -> None:
    answer = create(marlow, **values)

    assert answer.status_code == 400
    assert answer.json() == [{"errorCode": code, "message": message, "fields": [field_name]}]


def test_the_code_decides_when_text_and_code_disagree(marlow: DemoOrg) -> None:
    record_id = made(marlow, MailingCountry="Canada", MailingCountryCode="US")

    assert held(marlow, record_id)[2:] == ["United States", "US"]


def test_a_new_country_must_know_the_state_that_is_there(marlow: DemoOrg) -> None:
    record_id = made(marlow, MailingState="Utah", MailingCountry="United States")

    refused = change(marlow, record_id, MailingCountry="France")
    moved = change(marlow, record_id, MailingCountry="France", MailingState=None)

    assert refused.json()[0]["errorCode"] == "FIELD_INTEGRITY_EXCEPTION"
    assert moved.status_code == 204
    assert held(marlow, record_id) == [None, None, "France", "FR"]


def test_taking_the_country_code_away_takes_the_whole_place(marlow: DemoOrg) -> None:
    record_id = made(marlow, MailingState="Utah", MailingCountry="United States")

    change(marlow, record_id, MailingCountryCode=None)

    assert held(marlow, record_id) == [None, None, None, None]


def test_an_org_without_the_picklists_takes_any_text(palmer: DemoOrg) -> None:
    values = {"LastName": "Neu", "Company": "Neu", "State": "Utah", "Country": "Atlantis"}

    assert palmer.call("POST", "/sobjects/Lead", values).status_code == 201


def test_the_codes_are_described_as_a_real_org_describes_them(
    marlow: DemoOrg, salesforce_fixtures: Path
) -> None:
    real = recorded(salesforce_fixtures, "describe/Account__v58.0__nango_dev_edition_2026-05.json")
    known = {field["name"]: field for field in real["fields"]}
    ours = {f["name"]: f for f in marlow.get("/sobjects/Account/describe").json()["fields"]}

    for name in ("BillingStateCode", "BillingCountryCode", "ShippingStateCode"):
        facts = (*FACTS, "controllerName", "dependentPicklist", "label", "compoundFieldName")
        assert {fact: ours[name][fact] for fact in facts} == {
            fact: known[name][fact] for fact in facts
        }
    american = {c["value"]: c["label"] for c in known["BillingCountryCode"]["picklistValues"]}
    for choice in ours["BillingCountryCode"]["picklistValues"]:
        assert american[choice["value"]] == choice["label"]
