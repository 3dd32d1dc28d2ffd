"""The shape of every answer next to one recorded from a real org; values are never compared."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.demo_org.apps import seeded_consumer_key
from tests.demo_org.conftest import DemoOrg

FACTS = (
    "type", "length", "byteLength", "soapType", "precision", "scale", "digits", "nillable",
    "createable", "updateable", "filterable", "sortable", "groupable", "idLookup", "nameField",
    "autoNumber", "calculated", "unique", "relationshipName", "defaultedOnCreate",
    "restrictedPicklist", "caseSensitive",
)  # fmt: skip


PACKAGES = ("hed__", "TargetX_SRMb__", "Academic", "Learn")


def recorded(folder: Path, name: str) -> Any:
    body = json.loads((folder / name).read_text(encoding="utf-8"))
    return body["response"]["body"] if isinstance(body, dict) and "response" in body else body


def keys_of(rows: list[dict[str, Any]]) -> set[frozenset[str]]:
    return {frozenset(row) for row in rows}


DESCRIBES = pytest.mark.parametrize(
    ("sobject_name", "file_name"),
    [
        pytest.param("Lead", "Lead__v59.0__cumulusci.json", id="lead"),
        pytest.param("Contact", "Contact__vxx__cumulusci.json", id="contact"),
        pytest.param("Account", "Account__v58.0__nango_dev_edition_2026-05.json", id="account"),
        pytest.param("Opportunity", "Opportunity__vxx__cumulusci.json", id="opportunity"),
        pytest.param("Task", "Task__v60.0__nango_2025-05-22.json", id="task"),
    ],
)


@DESCRIBES
def test_a_describe_has_every_recorded_key(
    palmer: DemoOrg, salesforce_fixtures: Path, sobject_name: str, file_name: str
) -> None:
    real = recorded(salesforce_fixtures, f"describe/{file_name}")

    ours = palmer.get(f"/sobjects/{sobject_name}/describe").json()

    assert set(ours) == set(real)
    assert keys_of(ours["fields"]) == keys_of(real["fields"])
    assert keys_of(ours["recordTypeInfos"]) == keys_of(real["recordTypeInfos"])
    assert set(ours["urls"]) >= set(real["urls"])
    choices = [choice for field in ours["fields"] for choice in field["picklistValues"]]
    real_choices = [choice for field in real["fields"] for choice in field["picklistValues"]]
    assert keys_of(choices) <= keys_of(real_choices)


@DESCRIBES
def test_a_standard_field_has_the_facts_of_the_recorded_one(
    palmer: DemoOrg, salesforce_fixtures: Path, sobject_name: str, file_name: str
) -> None:
    real = recorded(salesforce_fixtures, f"describe/{file_name}")

    ours = palmer.get(f"/sobjects/{sobject_name}/describe").json()

    known = {field["name"]: field for field in real["fields"]}
    shared = [field for field in ours["fields"] if field["name"] in known]
    different = [
        (field["name"], fact, field[fact], known[field["name"]][fact])
        for field in shared
        for fact in FACTS
        if field[fact] != known[field["name"]][fact]
    ]
    assert len(shared) >= 15
    assert different == []


def test_the_global_list_has_every_recorded_key(palmer: DemoOrg, salesforce_fixtures: Path) -> None:
    real = recorded(salesforce_fixtures, "global/sobjects__v59.0__nango_dev_edition_2026-05.json")

    ours = palmer.get("/sobjects").json()

    assert set(ours) == set(real)
    assert keys_of(ours["sobjects"]) == keys_of(real["sobjects"])
    prefixes = {each["name"]: each["keyPrefix"] for each in real["sobjects"]}
    people = ("Lead", "Contact", "Account", "Opportunity", "Campaign", "Task", "User", "Group")
    mine = {each["name"]: each["keyPrefix"] for each in ours["sobjects"]}
    assert {name: mine[name] for name in people} == {name: prefixes[name] for name in people}


def test_limits_are_recorded_ones(palmer: DemoOrg, salesforce_fixtures: Path) -> None:
    real = recorded(salesforce_fixtures, "limits/nango_get_limits.json")

    ours = palmer.get("/limits").json()

    assert set(ours) <= set(real)
    assert all(set(each) == {"Max", "Remaining"} for each in ours.values())


def test_versions_have_the_recorded_keys_and_names(org: DemoOrg, salesforce_fixtures: Path) -> None:
    real = recorded(salesforce_fixtures, "http/nango_list_available_resources.json")

    ours = org.client.get("/services/data").json()

    assert keys_of(ours) == keys_of(real)
    named = {each["version"]: each["label"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
             for each in real}  # fmt: skip
    both = [each for each in ours if each["version"] in named]
    assert both
    assert {each["version"]: each["label"] for each in both} == {
        each["version"]: named[each["version"]] for each in both
    }


def test_userinfo_and_identity_have_the_recorded_keys(
    org: DemoOrg, salesforce_fixtures: Path
) -> None:
    world = org.app.state.world
    app = world.apps.find(seeded_consumer_key("palmer"))
    world.apps.save(replace(app, scopes=(*app.scopes, "id")))
    tokens = org.connect(scope="api id")
    for path, name in (
        ("/services/oauth2/userinfo", "oauth/nango_get_current_user.json"),
        (tokens["id"], "oauth/swiftly_MockIdentity.json"),
    ):
        real = recorded(salesforce_fixtures, name)

        ours = org.client.get(path, headers=org.headers).json()

        assert set(ours) == set(real)
        assert set(ours["urls"]) == set(real["urls"])
        assert set(ours["photos"]) == set(real["photos"])


def test_token_answers_have_the_recorded_keys(org: DemoOrg, salesforce_fixtures: Path) -> None:
    real = recorded(salesforce_fixtures, "oauth/oauth_bodies.json")
    success = next(each["body"] for each in real if "refresh token success" in each["case"])

    ours = org.connect(scope="api refresh_token")

    assert set(ours) == set(success)


ANSWERS = {
    "nango_create_record.json": ("POST", "/sobjects/Account/", {"Name": "Recorded"}),
    "nango_upsert_record.json": (
        "PATCH", "/sobjects/Contact/Email/new%40students.example", {"LastName": "Recorded"},
    ),
    "nango_create_sobject_collection.json": (
        "POST",
        "/composite/sobjects",
        {"records": [{"attributes": {"type": "Account"}, "Name": "Recorded"}]},
    ),
    "nango_query_records.json": ("GET", "/query?q=SELECT+Id,Name+FROM+Account+LIMIT+5", None),
    "nango_describe_global_envelope.json": ("GET", "/sobjects", None),
    "nango_describe_sobject_envelope.json": ("GET", "/sobjects/Account/describe", None),
}  # fmt: skip


@pytest.mark.parametrize("name", list(ANSWERS))
def test_an_answer_has_the_recorded_status_headers_and_keys(
    palmer: DemoOrg, salesforce_fixtures: Path, name: str
) -> None:
    real = json.loads((salesforce_fixtures / "http" / name).read_text())["response"]

    answer = palmer.call(*ANSWERS[name])

    # Date is the server's own, and Server names the real one.
    missing = set(real["headers"]) - {key.lower() for key in answer.headers} - {"date", "server"}
    assert (answer.status_code, missing) == (real["status"], set())
    if isinstance(real["body"], dict):
        assert set(answer.json()) == set(real["body"])
    elif isinstance(real["body"], list):
        assert keys_of(answer.json()) == keys_of(real["body"])


@pytest.mark.parametrize("key", ["palmer", "lakeside", "marlow", "harbor"])
def test_listed_objects_can_be_described_and_queried(org: DemoOrg, key: str) -> None:
    org.connect(key)
    listed = org.get("/sobjects").json()["sobjects"]

    sample = [*listed[::40], *(each for each in listed if each["name"].startswith(PACKAGES))]
    described = {each["name"]: org.get(f"/sobjects/{each['name']}/describe") for each in sample}

    assert len(listed) > 1_000
    assert len({each["name"] for each in listed}) == len(listed)
    assert {answer.status_code for answer in described.values()} == {200}
    for each in sample:
        body = described[each["name"]].json()
        assert {name: body[name] for name in each if name != "urls"} == {
            name: each[name] for name in each if name != "urls"
        }
        if each["queryable"]:
            assert org.query(f"SELECT Id FROM {each['name']} LIMIT 1") is not None
