"""Describe answers of every version, recorded where there is a recording."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UnreadableAnswer
from core.mapping.describe import MASTER_RECORD_TYPE_ID
from core.salesforce.describe import parse_describe, parse_global


def lead(**changes: Any) -> dict[str, Any]:
    field = {"name": "Rating", "label": "Rating", "type": "picklist"} | changes
    return {"name": "Lead", "label": "Lead", "fields": [field]}


def recorded(folder: Path, name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((folder / "describe" / name).read_text())
    return body


def required(body: dict[str, Any]) -> set[str]:
    return {each.name for each in parse_describe(body).fields if each.is_required_on_create}


def test_keys_an_old_version_lacks_take_careful_defaults() -> None:
    field = parse_describe(lead()).fields[0]

    assert not field.createable
    assert not field.updateable
    assert not field.is_required_on_create
    assert field.filterable
    assert field.picklist_values == ()


def test_what_decides_behaviour_is_kept() -> None:
    field = parse_describe(
        lead(
            createable=True,
            nillable=False,
            precision=8,
            scale=2,
            length=80,
            defaultValue=False,
            controllerName="Country",
            restrictedPicklist=True,
            referenceTo=["Contact", "Lead"],
            inlineHelpText="How warm",
            extraTypeInfo="plaintextarea",
            compoundFieldName="Name",
            picklistValues=[
                {"value": "hot", "label": "Hot", "active": False, "validFor": "gAAB"},
                {"value": "cold", "label": None, "active": True, "validFor": None},
            ],
        )
    ).fields[0]

    hot, cold = field.picklist_values
    assert field.is_required_on_create
    assert (field.precision, field.scale, field.length) == (8, 2, 80)
    assert field.default_value == "false"
    assert field.is_dependent
    assert field.restricted_picklist
    assert field.polymorphic
    assert field.compound_field_name == "Name"
    assert (field.help_text, field.extra_type_info) == ("How warm", "plaintextarea")
    assert [index for index in range(40) if hot.is_valid_for(index)] == [0, 23]
    assert (cold.label, cold.valid_for) == ("cold", b"")
    assert field.active_values == ("cold",)


def test_a_record_type_without_developer_name_keeps_its_name() -> None:
    body = lead() | {
        "recordTypeInfos": [
            {"name": "Graduate", "recordTypeId": "0128M0000004HVOQA2", "available": False},
            {"name": "Master", "recordTypeId": MASTER_RECORD_TYPE_ID},
        ]
    }

    graduate, master = parse_describe(body).record_types

    assert (graduate.developer_name, graduate.available) == ("Graduate", False)
    assert master.is_master


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"7", b"{}", b'{"name": 7}', "[" * 9999])
def test_what_is_no_describe_is_unreadable(raw: bytes | str) -> None:
    with pytest.raises(UnreadableAnswer):
        parse_describe(raw)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "name",
                "label",
                "type",
                "length",
                "picklistValues",
                "referenceTo",
                "nillable",
                "controllerName",
                "defaultValue",
            ]
        ),
        json_values,
    ),
    json_values,
)
def test_any_field_is_parsed_or_unreadable(field: dict[str, Any], record_types: Any) -> None:
    body = {"name": "Lead", "fields": [field], "recordTypeInfos": record_types}

    try:
        parsed = parse_describe(body)
    except UnreadableAnswer:
        return

    assert parsed.name == "Lead"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lead__v59.0__cumulusci.json", {"LastName", "Company"}),
        ("Contact__vxx__cumulusci.json", {"LastName"}),
        ("Opportunity__vxx__cumulusci.json", {"Name", "StageName", "CloseDate"}),
    ],
)
def test_recorded_objects_ask_for_what_the_platform_documents(
    salesforce_fixtures: Path, name: str, expected: set[str]
) -> None:
    assert required(recorded(salesforce_fixtures, name)) == expected


def test_every_recorded_describe_is_parsed_whole(salesforce_fixtures: Path) -> None:
    files = sorted((salesforce_fixtures / "describe").glob("*.json"))

    for file in files:
        body = json.loads(file.read_text())
        parsed = parse_describe(body)
        assert [each.name for each in parsed.fields] == [each["name"] for each in body["fields"]]
        for field, raw in zip(parsed.fields, body["fields"], strict=True):
            assert len(field.picklist_values) == len(raw["picklistValues"])
            assert field.type == raw["type"]
    assert files


def test_recorded_state_picklist_keeps_every_entry_and_its_countries(
    salesforce_fixtures: Path,
) -> None:
    account = parse_describe(
        recorded(salesforce_fixtures, "Account__v58.0__nango_dev_edition_2026-05.json")
    )
    state, country = account.field("BillingStateCode"), account.field("BillingCountryCode")
    assert state is not None
    assert country is not None

    places = {entry.value: number for number, entry in enumerate(country.picklist_values)}
    counts = {
        code: sum(entry.is_valid_for(places[code]) for entry in state.picklist_values)
        for code in ("US", "CA", "IN", "GB")
    }
    assert len(state.picklist_values) == 384
    assert counts == {"US": 51, "CA": 13, "IN": 36, "GB": 0}


def test_the_recorded_global_describe_is_parsed_whole(salesforce_fixtures: Path) -> None:
    file = next((salesforce_fixtures / "global").glob("*.json"))
    raw = file.read_bytes()

    assert len(parse_global(raw)) == len(json.loads(raw)["sobjects"])
