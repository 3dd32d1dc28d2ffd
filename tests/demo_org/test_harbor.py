"""The Education Cloud institute: references instead of text, and people who are accounts."""

from typing import Any

import pytest

from tests.demo_org.conftest import DemoOrg


def ids(org: DemoOrg, statement: str) -> list[str]:
    return [row["Id"] for row in org.query(statement)]


def interest(org: DemoOrg, **values: Any) -> Any:
    [ava] = ids(org, "SELECT Id FROM Lead WHERE Email = 'ava.lopez@example.edu'")
    return org.call("POST", "/sobjects/AcademicInterest", {"LeadId": ava} | values)


def person_type(org: DemoOrg) -> str:
    [found] = ids(org, "SELECT Id FROM RecordType WHERE DeveloperName = 'PersonAccount'")
    return found


def test_the_documented_references_are_described(harbor: DemoOrg) -> None:
    fields = {
        each["name"]: each
        for each in harbor.get("/sobjects/AcademicInterest/describe").json()["fields"]
    }

    targets = {name: field["referenceTo"] for name, field in fields.items() if name[-2:] == "Id"}
    assert targets["AcademicTermId"] == ["AcademicTerm"]
    assert targets["LearningProgramId"] == ["LearningProgram"]
    assert targets["LeadId"] == ["Lead"]
    assert targets["EducationalInfoRequestId"] == ["EducationalInfoRequest"]
    assert targets["IndividualApplicationId"] == ["IndividualApplication"]


def test_an_interest_takes_ids_and_no_names(harbor: DemoOrg) -> None:
    [program] = ids(harbor, "SELECT Id, Name FROM LearningProgram WHERE Name IN ('nursing')")
    [term] = ids(harbor, "SELECT Id FROM AcademicTerm WHERE Name IN ('Fall 2027', 'Fall 2199')")

    named = interest(harbor, LearningProgramId="Nursing")
    taken = interest(harbor, LearningProgramId=program, AcademicTermId=term)
    swapped = interest(harbor, LearningProgramId=term)

    assert named.json()[0]["errorCode"] == "MALFORMED_ID"
    assert swapped.json()[0]["message"].startswith("Learning Program ID: id value of incorrect")
    assert taken.status_code == 201
    [row] = harbor.query(
        "SELECT Name, Status, LearningProgram.Name, AcademicTerm.Season FROM AcademicInterest "
        f"WHERE Id = '{taken.json()['id']}'"
    )
    assert row["Name"].startswith("AI-")
    assert (row["Status"], row["LearningProgram"]["Name"]) == ("New", "Nursing")
    assert row["AcademicTerm"]["Season"] == "Fall"


def test_an_interest_of_nobody_is_refused(harbor: DemoOrg) -> None:
    answer = interest(harbor, LeadId=None)

    assert answer.json()[0]["errorCode"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"


def test_a_reference_to_nothing_is_an_invalid_cross_reference(harbor: DemoOrg) -> None:
    [term] = ids(harbor, "SELECT Id FROM AcademicTerm WHERE Name = 'Fall 2027'")
    missing = term[:12] + "zzz"

    answer = interest(harbor, AcademicTermId=missing)

    assert answer.json()[0]["errorCode"] == "INVALID_CROSS_REFERENCE_KEY"


def test_the_partner_record_type_has_fewer_levels(harbor: DemoOrg) -> None:
    [partner] = ids(harbor, "SELECT Id FROM RecordType WHERE DeveloperName = 'Partner'")
    values = {"LastName": "Neu", "Company": "Neu GmbH", "RecordTypeId": partner}

    refused = harbor.call("POST", "/sobjects/Lead",
                          values | {"Academic_Level__c": "Undergraduate"})  # fmt: skip
    taken = harbor.call("POST", "/sobjects/Lead", values | {"Academic_Level__c": "Graduate"})

    assert refused.json()[0]["errorCode"] == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"
    assert taken.status_code == 201


def test_a_rule_may_hold_for_one_record_type_only(harbor: DemoOrg) -> None:
    answer = harbor.call("POST", "/sobjects/Lead", {"LastName": "Neu", "Company": "Neu"})

    assert answer.json()[0]["fields"] == ["Email"]


def test_a_person_account_brings_its_contact(harbor: DemoOrg) -> None:
    values = {"RecordTypeId": person_type(harbor), "FirstName": "Nora", "LastName": "Neu",
              "PersonEmail": "nora@example.edu", "PersonMailingCountry": "Canada",
              "PersonMailingState": "Ontario"}  # fmt: skip

    made = harbor.call("POST", "/sobjects/Account", values)

    assert made.status_code == 201, made.text
    account = harbor.get(f"/sobjects/Account/{made.json()['id']}").json()
    assert (account["Name"], account["IsPersonAccount"]) == ("Nora Neu", True)
    [contact] = harbor.query(
        "SELECT Id, Email, MailingStateCode, AccountId, IsPersonAccount FROM Contact "
        "WHERE Email = 'nora@example.edu'"
    )
    assert contact["Id"] == account["PersonContactId"]
    assert contact["AccountId"] == account["Id"]
    assert (contact["MailingStateCode"], contact["IsPersonAccount"]) == ("ON", True)


def test_a_changed_person_changes_the_contact_and_takes_it_along_when_deleted(
    harbor: DemoOrg,
) -> None:
    [liam] = harbor.query("SELECT Id, PersonContactId FROM Account WHERE LastName = 'Ortiz'")
    contact = f"SELECT LastName FROM Contact WHERE Id = '{liam['PersonContactId']}'"

    harbor.call("PATCH", f"/sobjects/Account/{liam['Id']}", {"LastName": "Ortiz-Vega"})
    renamed = harbor.query(contact)
    harbor.call("DELETE", f"/sobjects/Account/{liam['Id']}")

    assert renamed[0]["LastName"] == "Ortiz-Vega"
    assert harbor.query(contact) == []


@pytest.mark.parametrize(
    ("is_person", "values", "code", "field_name"),
    [
        pytest.param(True, {"FirstName": "Nora"}, "REQUIRED_FIELD_MISSING", "LastName",
                     id="person-without-last-name"),
        pytest.param(True, {"Name": "Nora Neu", "LastName": "Neu"},
                     "INVALID_FIELD_FOR_INSERT_UPDATE", "Name", id="person-with-name"),
        pytest.param(False, {}, "REQUIRED_FIELD_MISSING", "Name", id="business-without-name"),
        pytest.param(False, {"Name": "Neu GmbH", "LastName": "Neu"},
                     "INVALID_FIELD_FOR_INSERT_UPDATE", "LastName", id="business-with-last-name"),
    ],
)  # fmt: skip
def test_the_record_type_decides_what_an_account_must_have(
    harbor: DemoOrg, is_person: bool, values: dict[str, str], code: str, field_name: str
) -> None:
    kind = {"RecordTypeId": person_type(harbor)} if is_person else {}

    answer = harbor.call("POST", "/sobjects/Account", values | kind)

    assert answer.status_code == 400
    assert (answer.json()[0]["errorCode"], answer.json()[0]["fields"]) == (code, [field_name])


def test_describe_cannot_tell_which_name_is_required(harbor: DemoOrg) -> None:
    fields = {
        each["name"]: each for each in harbor.get("/sobjects/Account/describe").json()["fields"]
    }

    assert (fields["Name"]["nillable"], fields["LastName"]["nillable"]) == (True, True)


def test_a_new_leads_duplicate_may_be_a_contact(harbor: DemoOrg) -> None:
    values = {"LastName": "Ortiz", "Company": "Ortiz", "Email": "liam.ortiz@example.edu"}

    [refused] = harbor.call("POST", "/sobjects/Lead", values).json()
    saved = harbor.call("POST", "/sobjects/Lead", values,
                        headers={"Sforce-Duplicate-Rule-Header": "allowSave=true"})  # fmt: skip

    assert refused["errorCode"] == "DUPLICATES_DETECTED"
    [match] = refused["duplicateResut"]["matchResults"]
    assert (match["entityType"], match["size"]) == ("Contact", 1)
    assert match["matchRecords"][0]["record"]["attributes"]["type"] == "Contact"
    assert saved.status_code == 201


def test_a_person_is_upserted_by_its_external_id(harbor: DemoOrg) -> None:
    path = "/sobjects/Account/Halda_ID__c/p-1"
    kind = {"RecordTypeId": person_type(harbor)}

    made = harbor.call("PATCH", path, kind | {"LastName": "Neu", "PersonEmail": "n@example.edu"})
    changed = harbor.call("PATCH", path, {"FirstName": "Nora"})

    assert (made.status_code, changed.status_code) == (201, 200)
    [contact] = harbor.query("SELECT Name FROM Contact WHERE Email = 'n@example.edu'")
    assert contact["Name"] == "Nora Neu"
