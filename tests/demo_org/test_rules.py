"""What an administrator set up refuses: validation rules, limited picklists, master records."""

from typing import Any

from tests.demo_org.conftest import DemoOrg

NEW = {"LastName": "Neu", "Company": "Neu, Nora"}


def create(org: DemoOrg, **values: Any) -> Any:
    return org.call("POST", "/sobjects/Lead", NEW | values)


def record_type(org: DemoOrg, name: str) -> str:
    infos = org.get("/sobjects/Lead/describe").json()["recordTypeInfos"]
    return str(next(each["recordTypeId"] for each in infos if each["name"] == name))


def test_a_validation_rule_answers_its_message_beside_its_field(palmer: DemoOrg) -> None:
    answer = create(palmer, Graduation_Year__c=1899)

    assert answer.status_code == 400
    assert answer.json() == [
        {
            "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION",
            "message": "Graduation Year must lie between 1950 and 2040.",
            "fields": ["Graduation_Year__c"],
        }
    ]


def test_two_rules_that_refuse_are_answered_together(palmer: DemoOrg) -> None:
    values = {"Graduation_Year__c": 1899, "Status": "Unqualified"}

    single = create(palmer, **values).json()
    [row] = palmer.call(
        "POST", "/composite/sobjects",
        {"records": [{"attributes": {"type": "Lead"}} | NEW | values]},
    ).json()  # fmt: skip

    assert [each["fields"] for each in single] == [["Graduation_Year__c"], []]
    assert [each["statusCode"] for each in row["errors"]] == [
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    ]


def test_a_rule_looks_at_the_whole_record_whatever_was_sent(palmer: DemoOrg) -> None:
    made = create(palmer, Status="Unqualified", Description="Moved away").json()["id"]

    answer = palmer.call("PATCH", f"/sobjects/Lead/{made}", {"Description": None})

    assert answer.json()[0]["errorCode"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"


def test_a_record_type_offers_only_its_own_choices(palmer: DemoOrg) -> None:
    graduate = record_type(palmer, "Graduate")

    refused = create(palmer, RecordTypeId=graduate, Academic_Interests__c="Health;Design")
    taken = create(palmer, RecordTypeId=graduate, Academic_Interests__c="Health;Business")
    other = create(palmer, Academic_Interests__c="Health;Design")

    assert refused.json()[0]["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert refused.json()[0]["message"].endswith("field: Design")
    assert (taken.status_code, other.status_code) == (201, 201)


def test_a_duplicate_is_reported_before_a_unique_clash(palmer: DemoOrg) -> None:
    answer = create(palmer, LastName="Lopez", Email="ava.lopez@example.edu",
                    Halda_ID__c="clx2v8k1r000408jm2q7b1c9e")  # fmt: skip

    assert answer.json()[0]["errorCode"] == "DUPLICATES_DETECTED"


def test_a_detail_needs_its_master_and_goes_with_it(lakeside: DemoOrg) -> None:
    [college] = lakeside.query("SELECT Id FROM Account WHERE Name = 'Lakeside College'")
    terms = lakeside.query("SELECT Id FROM hed__Term__c")

    orphan = lakeside.call("POST", "/sobjects/hed__Term__c", {"Name": "Fall 2030"})
    lakeside.call("DELETE", f"/sobjects/Account/{college['Id']}")

    assert orphan.json()[0]["errorCode"] == "REQUIRED_FIELD_MISSING"
    assert terms
    assert lakeside.query("SELECT Id FROM hed__Term__c") == []
    everything = lakeside.get("/queryAll", params={"q": "SELECT Id, IsDeleted FROM hed__Term__c"})
    assert all(each["IsDeleted"] for each in everything.json()["records"])
