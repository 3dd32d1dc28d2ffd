"""Objects and fields as table lines: found, sorted, and nothing that a describe says is lost."""

import json
from pathlib import Path

import pytest

from core.mapping.browse import (
    ObjectKind,
    field_line,
    filter_objects,
    object_line,
    record_type_lines,
    size_of,
    value_lines,
)
from core.mapping.describe import FieldDescribe, PicklistValue, SobjectDescribe, SobjectSummary
from core.salesforce.describe import parse_describe, parse_global

COUNTRY = FieldDescribe(
    name="Country__c",
    label="Country",
    type="picklist",
    picklist_values=(PicklistValue("US", "United States"), PicklistValue("CA", "Canada")),
)
STATE = FieldDescribe(
    name="State__c",
    label="State",
    type="picklist",
    createable=True,
    restricted_picklist=True,
    controller_name="Country__c",
    picklist_values=(
        PicklistValue("UT", "Utah", valid_for=b"\x80"),
        PicklistValue("ON", "Ontario", valid_for=b"\x40"),
        PicklistValue("ZZ", "Gone", active=False),
    ),
)
PLACES = SobjectDescribe(name="Place__c", label="Place", fields=(COUNTRY, STATE))
SUMMARIES = (
    SobjectSummary(name="Lead", label="Lead", createable=True),
    SobjectSummary(name="LeadStatus", label="Lead Status Value", createable=True),
    SobjectSummary(name="hed__Term__c", label="Term", custom=True, createable=True),
    SobjectSummary(name="Visit__c", label="Lead visit", custom=True, createable=True),
    SobjectSummary(name="LeadHistory", label="Lead History"),
)


def names(found: list[SobjectSummary]) -> list[str]:
    return [each.name for each in found]


def test_the_exact_name_comes_first_then_what_starts_with_it() -> None:
    assert names(filter_objects(SUMMARIES, search="lead"))[:1] == ["Lead"]


def test_objects_that_cannot_be_created_are_shown_only_on_request() -> None:
    assert "LeadHistory" not in names(filter_objects(SUMMARIES))
    assert "LeadHistory" in names(filter_objects(SUMMARIES, only_writable=False))


def test_a_package_object_is_told_from_the_orgs_own() -> None:
    assert names(filter_objects(SUMMARIES, kind=ObjectKind.PACKAGE)) == ["hed__Term__c"]
    assert names(filter_objects(SUMMARIES, kind=ObjectKind.CUSTOM)) == ["Visit__c"]
    assert names(filter_objects(SUMMARIES, namespace="hed")) == ["hed__Term__c"]


def test_a_dependent_picklist_names_what_allows_each_value() -> None:
    lines = value_lines(STATE, PLACES)

    assert [line["Allowed for"] for line in lines] == ["US", "CA", ""]
    assert lines[2]["Active"] == ""


def test_a_picklist_line_says_how_many_and_what_limits_them() -> None:
    line = field_line(STATE, PLACES)

    assert line["Picklist"] == "2 values, 1 inactive, restricted, depends on Country"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (FieldDescribe(name="A", label="A", type="string", length=80), "string (80)"),
        (
            FieldDescribe(name="A", label="A", type="double", precision=16, scale=2),
            "double (16, 2)",
        ),
        (FieldDescribe(name="A", label="A", type="int", digits=8), "int (8 digits)"),
        (FieldDescribe(name="A", label="A", type="boolean"), "boolean"),
    ],
    ids=["text", "number", "integer", "bare"],
)
def test_a_size_is_given_in_the_words_of_the_type(field: FieldDescribe, expected: str) -> None:
    assert size_of(field) == expected


def test_every_recorded_describe_passes_through_without_loss(salesforce_fixtures: Path) -> None:
    files = sorted((salesforce_fixtures / "describe").glob("*.json"))
    assert files

    for file in files:
        raw = json.loads(file.read_text(encoding="utf-8"))
        raw = raw.get("result", raw)
        describe = parse_describe(raw)
        lines = [field_line(field, describe) for field in describe.fields]

        assert [line["API name"] for line in lines] == [each["name"] for each in raw["fields"]]
        assert [len(value_lines(field, describe)) for field in describe.fields] == [
            len(each.get("picklistValues") or ()) for each in raw["fields"]
        ]
        assert len(record_type_lines(describe)) == len(raw.get("recordTypeInfos") or ())


def test_the_recorded_global_describe_passes_through_without_loss(
    salesforce_fixtures: Path,
) -> None:
    file = next((salesforce_fixtures / "global").glob("*.json"))
    raw = json.loads(file.read_text(encoding="utf-8"))
    summaries = parse_global(raw)

    lines = [object_line(each) for each in filter_objects(summaries, only_writable=False)]

    assert {line["API name"] for line in lines} == {each["name"] for each in raw["sobjects"]}
    assert len(lines) == len(raw["sobjects"])
