"""The choices of each record type, in the shape of recorded answers."""

from pathlib import Path
from typing import Any

from tests.demo_org.conftest import DemoOrg
from tests.demo_org.test_shapes import recorded

MASTER = "012000000000000AAA"
INQUIRY = "TargetX_SRMb__Inquiry__c"


def record_type(org: DemoOrg, sobject_name: str, developer_name: str) -> str:
    infos = org.get(f"/sobjects/{sobject_name}/describe").json()["recordTypeInfos"]
    return next(
        str(each["recordTypeId"]) for each in infos if each["developerName"] == developer_name
    )


def choices(org: DemoOrg, sobject_name: str, kind: str, field_name: str) -> dict[str, Any]:
    answer = org.get(f"/ui-api/object-info/{sobject_name}/picklist-values/{kind}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["picklistFieldValues"][field_name])


def values(body: dict[str, Any]) -> list[str]:
    return [each["value"] for each in body["values"]]


def test_the_answers_have_the_recorded_keys(palmer: DemoOrg, salesforce_fixtures: Path) -> None:
    root = "uiapi/lwcrecipes_wireGet"
    every = recorded(
        salesforce_fixtures,
        f"{root}PicklistValuesByRecordType_getPicklistValuesByRecordType.json",
    )
    one = recorded(salesforce_fixtures, f"{root}PicklistValues_getPicklistValues.json")
    path = f"/ui-api/object-info/Account/picklist-values/{MASTER}"

    ours = palmer.get(path).json()
    mine = palmer.get(f"{path}/Type").json()

    assert set(ours) == set(every)
    assert set(mine) == set(one)
    assert set(mine["values"][0]) == set(one["values"][0])
    shared = set(ours["picklistFieldValues"]) & set(every["picklistFieldValues"])
    assert {"Industry", "Type", "BillingGeocodeAccuracy"} <= shared
    assert ours["picklistFieldValues"]["Type"] == mine
    assert mine["url"].endswith(path + "/Type")


def test_an_object_info_has_the_recorded_keys(palmer: DemoOrg, salesforce_fixtures: Path) -> None:
    real = recorded(salesforce_fixtures, "uiapi/lwcrecipes_wireGetObjectInfo_getObjectInfo.json")
    newer = recorded(salesforce_fixtures, "uiapi/npsp_opportunityObjectDescribeInfo.json")

    ours = palmer.get("/ui-api/object-info/Account").json()

    assert set(ours) - {"eTag"} == set(newer)
    for name in set(ours["fields"]) & set(real["fields"]):
        assert set(ours["fields"][name]) == set(real["fields"][name])
        same = ("dataType", "compoundComponentName", "reference", "label", "required")
        if name != "Name":
            assert {key: ours["fields"][name][key] for key in same} == {
                key: real["fields"][name][key] for key in same
            }
    assert set(ours["recordTypeInfos"][MASTER]) == set(real["recordTypeInfos"][MASTER])


def test_a_record_type_offers_its_own_values_and_the_master_all_active_ones(
    palmer: DemoOrg,
) -> None:
    graduate = record_type(palmer, "Lead", "Graduate")

    limited = choices(palmer, "Lead", graduate, "Academic_Interests__c")
    whole = choices(palmer, "Lead", MASTER, "Academic_Interests__c")
    programs = choices(palmer, "Lead", MASTER, "Program_of_Interest__c")

    assert values(limited) == ["Business", "Engineering", "Health"]
    assert len(values(whole)) == 5
    assert "Philosophy" not in values(programs)


def test_dependent_values_point_at_the_controlling_values_of_the_record_type(
    marlow: DemoOrg,
) -> None:
    graduate = record_type(marlow, INQUIRY, "Graduate_Inquiry")

    whole = choices(marlow, INQUIRY, MASTER, "TargetX_SRMb__Academic_Area__c")
    limited = choices(marlow, INQUIRY, graduate, "TargetX_SRMb__Academic_Area__c")

    by_value = {each["value"]: each["validFor"] for each in whole["values"]}
    assert whole["controllerValues"] == {"Undergraduate": 0, "Graduate": 1}
    assert (by_value["Business"], by_value["Public Policy"]) == ([0, 1], [1])
    by_value = {each["value"]: each["validFor"] for each in limited["values"]}
    assert limited["controllerValues"] == {"Graduate": 0}
    assert (by_value["Business"], by_value["Education"]) == ([0], [])


def test_states_point_at_their_country(harbor: DemoOrg) -> None:
    body = choices(harbor, "Lead", MASTER, "StateCode")

    places = {place: code for code, place in body["controllerValues"].items()}
    arkansas = next(each for each in body["values"] if each["label"] == "Arkansas")
    arezzo = next(each for each in body["values"] if each["label"] == "Arezzo")
    assert (arkansas["value"], arezzo["value"]) == ("AR", "AR")
    assert [places[each] for each in arkansas["validFor"] + arezzo["validFor"]] == ["US", "IT"]


def test_a_default_value_is_named(palmer: DemoOrg) -> None:
    assert choices(palmer, "Lead", MASTER, "Status")["defaultValue"]["value"] == "Open"


def test_what_is_not_there_is_not_found(palmer: DemoOrg) -> None:
    root = "/ui-api/object-info"

    assert palmer.get(f"{root}/Nothing/picklist-values/{MASTER}").status_code == 404
    assert palmer.get(f"{root}/Lead/picklist-values/012000000000001AAA").status_code == 404
    assert palmer.get(f"{root}/Lead/picklist-values/{MASTER}/LastName").status_code == 404
    unsupported = palmer.get(f"{root}/Organization/picklist-values/{MASTER}")
    assert (unsupported.status_code, unsupported.json()[0]["errorCode"]) == (400, "INVALID_TYPE")


def test_a_hidden_picklist_is_not_listed(palmer: DemoOrg) -> None:
    palmer.client.post("/demo/switches?org=palmer", json={"hidden_fields": ["Lead.Campus__c"]})

    body = palmer.get(f"/ui-api/object-info/Lead/picklist-values/{MASTER}").json()

    assert "Campus__c" not in body["picklistFieldValues"]
