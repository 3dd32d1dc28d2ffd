"""The university that puts a Contact first and an inquiry below it."""

from typing import Any

from tests.demo_org.conftest import DemoOrg

INQUIRY = "TargetX_SRMb__Inquiry__c"


def ids(org: DemoOrg, statement: str) -> list[str]:
    return [row["Id"] for row in org.query(statement)]


def inquire(org: DemoOrg, **values: Any) -> Any:
    [ava] = ids(org, "SELECT Id FROM Contact WHERE Email = 'ava.lopez@example.edu'")
    [program] = ids(org, "SELECT Id FROM Program__c WHERE Name = 'Nursing'")
    sent = {"TargetX_SRMb__Contact__c": ava, "Program__c": program} | values
    return org.call("POST", f"/sobjects/{INQUIRY}", sent)


def test_the_global_list_shows_the_package(marlow: DemoOrg) -> None:
    listed = {each["name"] for each in marlow.get("/sobjects").json()["sobjects"]}

    assert INQUIRY in listed
    assert sum(name.startswith("TargetX_SRMb__") for name in listed) > 10
    assert not any(name.startswith("hed__") for name in listed)


def test_contact_has_the_breadth_of_a_real_one(marlow: DemoOrg) -> None:
    fields = marlow.get("/sobjects/Contact/describe").json()["fields"]
    writeable = [each for each in fields if each["createable"]]

    assert len(writeable) > 80
    assert sum(each["name"].startswith("TargetX_SRMb__") for each in fields) > 30


def test_an_inquiry_needs_its_contact(marlow: DemoOrg) -> None:
    without = inquire(marlow, TargetX_SRMb__Contact__c=None)
    with_one = inquire(marlow)

    assert without.json()[0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert without.json()[0]["fields"] == ["TargetX_SRMb__Contact__c"]
    assert with_one.status_code == 201
    made = marlow.get(f"/sobjects/{INQUIRY}/{with_one.json()['id']}").json()
    assert made["Name"].startswith("INQ-")
    assert made["TargetX_SRMb__Stage__c"] == "Inquiry"


def test_the_record_type_limits_the_inquirys_choices(marlow: DemoOrg) -> None:
    refused = inquire(marlow, TargetX_SRMb__Student_Type__c="Graduate")
    [graduate] = ids(marlow, "SELECT Id FROM RecordType WHERE DeveloperName = 'Graduate_Inquiry'")
    taken = inquire(marlow, TargetX_SRMb__Student_Type__c="Graduate", RecordTypeId=graduate)

    assert refused.json()[0]["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert taken.status_code == 201


def test_an_area_must_be_taught_at_the_level(marlow: DemoOrg) -> None:
    level = {"TargetX_SRMb__Academic_Level__c": "Undergraduate"}

    refused = inquire(marlow, TargetX_SRMb__Academic_Area__c="Public Policy", **level)
    taken = inquire(marlow, TargetX_SRMb__Academic_Area__c="Fine Arts", **level)

    assert refused.json()[0]["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert taken.status_code == 201


def test_an_inquiry_names_a_program_or_a_term(marlow: DemoOrg) -> None:
    answer = inquire(marlow, Program__c=None)

    assert answer.json()[0]["message"] == "An inquiry names a program or a start term."


def test_one_term_name_may_stand_for_two_terms_and_a_code_for_one(marlow: DemoOrg) -> None:
    by_name = ids(marlow, "SELECT Id FROM Term__c WHERE Name IN ('Fall 2027')")
    by_code = ids(marlow, "SELECT Id FROM Term__c WHERE Term_Code__c IN ('202785', '209999')")

    assert len(by_name) == 2
    assert len(by_code) == 1
    assert by_code[0] in by_name


def test_a_parent_may_be_named_by_its_external_id(marlow: DemoOrg) -> None:
    sent = {"Program__c": None, "Start_Term__r": {"Term_Code__c": "202785"}}

    taken = inquire(marlow, **sent)
    unknown = inquire(marlow, Start_Term__r={"Term_Code__c": "199910"})

    assert taken.status_code == 201
    assert unknown.json()[0]["errorCode"] == "INVALID_FIELD"


def test_the_duplicate_rule_blocks_whatever_the_header_says(marlow: DemoOrg) -> None:
    values = {"FirstName": "Maya", "LastName": "Chen", "Email": "maya.chen@example.edu"}

    answer = marlow.call("POST", "/sobjects/Contact", values,
                         headers={"Sforce-Duplicate-Rule-Header": "allowSave=true"})  # fmt: skip
    sibling = marlow.call("POST", "/sobjects/Contact", values | {"FirstName": "Mei"})

    [error] = answer.json()
    assert error["errorCode"] == "DUPLICATES_DETECTED"
    assert error["duplicateResut"]["allowSave"] is False
    assert sibling.status_code == 201


def test_an_old_record_that_breaks_a_rule_refuses_every_change(marlow: DemoOrg) -> None:
    [liam] = ids(marlow, "SELECT Id FROM Contact WHERE Email = 'liam.ortiz@example.edu'")

    answer = marlow.call("PATCH", f"/sobjects/Contact/{liam}", {"Title": "Student"})

    assert answer.json()[0]["errorCode"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"
    assert answer.json()[0]["fields"] == ["TargetX_SRMb__Graduation_Year__c"]


def test_a_flow_fills_a_field_that_nobody_sent(marlow: DemoOrg) -> None:
    values = {"LastName": "Neu", "Phone": "1", "LeadSource": "Halda"}
    made = marlow.call("POST", "/sobjects/Contact", values).json()["id"]

    [row] = marlow.query(
        f"SELECT TargetX_SRMb__Last_Data_Input_Source__c FROM Contact WHERE Id = '{made}'"
    )

    assert row["TargetX_SRMb__Last_Data_Input_Source__c"] == "Halda"
