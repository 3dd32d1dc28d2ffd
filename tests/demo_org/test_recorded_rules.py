"""The new universities and their refusals beside recorded and documented ones."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.demo_org.conftest import DemoOrg
from tests.demo_org.test_errors import skeleton
from tests.demo_org.test_shapes import FACTS, keys_of, recorded

EDUCATION_CLOUD = (
    "AcademicInterest", "AcademicTerm", "AcademicYear", "IndividualApplication", "LearnerProfile",
    "LearningProgram", "ProgramTermApplnTimeline",
)  # fmt: skip
SYSTEM_FIELDS = {
    "CreatedById", "CreatedDate", "Id", "IsDeleted", "LastActivityDate", "LastModifiedById",
    "LastModifiedDate", "OwnerId", "SystemModstamp",
}  # fmt: skip
DOCUMENTED_TYPES = {"dateTime": "datetime", "number": "double"}


def bodies(folder: Path, code: str) -> list[Any]:
    catalog = json.loads((folder / "errors" / "catalog.json").read_text())
    return [each["body"] for each in catalog if each["code"] == code]


def lead(org: DemoOrg, **values: Any) -> Any:
    new = {"LastName": "Neu", "Company": "Neu", "Email": "neu@example.edu"}
    return org.call("POST", "/sobjects/Lead", new | values)


def test_a_state_without_a_country_is_refused_word_for_word(
    harbor: DemoOrg, salesforce_fixtures: Path
) -> None:
    assert lead(harbor, State="Utah").json() in bodies(
        salesforce_fixtures, "FIELD_INTEGRITY_EXCEPTION"
    )


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"Country": "Atlantis"}, id="country"),
        pytest.param({"Country": "United States", "State": "Jalisco"}, id="state"),
    ],
)
def test_an_unlisted_place_is_refused_in_known_words(
    harbor: DemoOrg, salesforce_fixtures: Path, values: dict[str, str]
) -> None:
    known = [
        each.rpartition(": [")[0]
        for each in bodies(salesforce_fixtures, "FIELD_INTEGRITY_EXCEPTION")
        if isinstance(each, str)
    ]

    assert lead(harbor, **values).json()[0]["message"] in known


def test_two_rules_are_answered_in_the_recorded_shape(
    palmer: DemoOrg, salesforce_fixtures: Path
) -> None:
    [real] = bodies(salesforce_fixtures, "FIELD_CUSTOM_VALIDATION_EXCEPTION")

    ours = lead(palmer, Graduation_Year__c=1899, Status="Unqualified").json()

    assert len(ours) == len(real) == 2
    assert skeleton(ours) == skeleton(real)


def test_a_second_membership_is_refused_word_for_word(
    harbor: DemoOrg, salesforce_fixtures: Path
) -> None:
    [campaign] = harbor.query("SELECT Id FROM Campaign LIMIT 1")
    [ava] = harbor.query("SELECT Id FROM Lead WHERE Email = 'ava.lopez@example.edu'")
    sent = {"CampaignId": campaign["Id"], "LeadId": ava["Id"]}
    harbor.call("POST", "/sobjects/CampaignMember", sent)

    answer = harbor.call("POST", "/sobjects/CampaignMember", sent)

    assert answer.json() in bodies(salesforce_fixtures, "DUPLICATE_VALUE")


def test_a_blocking_rule_looks_like_the_recorded_one(
    marlow: DemoOrg, salesforce_fixtures: Path
) -> None:
    values = {"FirstName": "Maya", "LastName": "Chen", "Email": "maya.chen@example.edu"}

    ours = marlow.call("POST", "/sobjects/Contact", values).json()

    real = bodies(salesforce_fixtures, "DUPLICATES_DETECTED")
    assert skeleton(ours) in [skeleton(each) for each in real]


@pytest.mark.parametrize(
    ("key", "sobject_name", "file_name"),
    [
        pytest.param("marlow", "Contact", "Contact__vxx__cumulusci.json", id="marlow-contact"),
        pytest.param("marlow", "Lead", "Lead__v59.0__cumulusci.json", id="marlow-lead"),
        pytest.param("harbor", "Lead", "Lead__v59.0__cumulusci.json", id="harbor-lead"),
        pytest.param("harbor", "Contact", "Contact__vxx__cumulusci.json", id="harbor-contact"),
    ],
)
def test_a_standard_field_keeps_the_facts_of_the_recorded_one(
    org: DemoOrg, salesforce_fixtures: Path, key: str, sobject_name: str, file_name: str
) -> None:
    org.connect(key)
    real = recorded(salesforce_fixtures, f"describe/{file_name}")
    known = {field["name"]: field for field in real["fields"]}

    ours = org.get(f"/sobjects/{sobject_name}/describe").json()

    assert keys_of(ours["fields"]) == keys_of(real["fields"])
    different = [
        (field["name"], fact, field[fact], known[field["name"]][fact])
        for field in ours["fields"]
        for fact in FACTS
        if field["name"] in known and field[fact] != known[field["name"]][fact]
    ]
    assert different == []


@pytest.mark.parametrize("name", EDUCATION_CLOUD)
def test_an_education_cloud_field_is_a_documented_one(
    harbor: DemoOrg, salesforce_fixtures: Path, name: str
) -> None:
    schemas = recorded(salesforce_fixtures, "education_cloud/object_reference_schemas.json")
    known = schemas[name]["properties"]

    fields = {f["name"]: f for f in harbor.get(f"/sobjects/{name}/describe").json()["fields"]}

    own = set(fields) - SYSTEM_FIELDS
    assert own - set(known) == set()
    types = {key: DOCUMENTED_TYPES.get(known[key]["type"], known[key]["type"]) for key in own}
    assert {key: fields[key]["type"] for key in own} == types


def test_every_eda_field_is_one_of_the_packages(
    lakeside: DemoOrg, salesforce_fixtures: Path
) -> None:
    package = recorded(salesforce_fixtures, "eda/eda_hed_fields_from_metadata.json")["objects"]

    for name in ("Lead", "Contact", "Opportunity", "hed__Affiliation__c", "hed__Term__c"):
        known = {field["name"] for field in package[name]}
        fields = lakeside.get(f"/sobjects/{name}/describe").json()["fields"]
        ours = {field["name"] for field in fields if field["name"].startswith("hed__")}
        assert ours
        assert ours - known == set(), name
