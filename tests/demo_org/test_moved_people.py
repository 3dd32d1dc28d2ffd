"""People who were converted, merged or deleted, and how a client finds where they went."""

import pytest

from tests.demo_org.conftest import DemoOrg

DELETED = (404, "ENTITY_IS_DELETED")


@pytest.mark.parametrize("key", ["palmer", "lakeside", "harbor"])
def test_a_converted_lead_names_the_contact_it_became(org: DemoOrg, key: str) -> None:
    org.connect(key)

    [lead] = org.query(
        "SELECT Id, IsConverted, ConvertedContactId, ConvertedContact.Email FROM Lead "
        "WHERE Email = 'liam.ortiz@example.edu'"
    )
    refused = org.call("PATCH", f"/sobjects/Lead/{lead['Id']}", {"Title": "Student"})

    assert lead["IsConverted"] is True
    assert lead["ConvertedContactId"].startswith("003")
    assert lead["ConvertedContact"]["Email"] == "liam.ortiz@example.edu"
    assert refused.json()[0]["errorCode"] == "CANNOT_UPDATE_CONVERTED_LEAD"


@pytest.mark.parametrize(
    ("key", "sobject_name"), [("palmer", "Lead"), ("marlow", "Contact"), ("harbor", "Lead")]
)
def test_a_merged_person_is_seen_by_query_all_with_the_one_that_stayed(
    org: DemoOrg, key: str, sobject_name: str
) -> None:
    org.connect(key)
    statement = (
        "SELECT Id, IsDeleted, MasterRecordId, MasterRecord.Email, MasterRecord.IsDeleted "
        f"FROM {sobject_name} WHERE FirstName = 'Ava M.'"
    )

    plain = org.query(statement)
    [merged] = org.get("/queryAll", params={"q": statement}).json()["records"]

    assert plain == []
    assert merged["IsDeleted"] is True
    assert merged["MasterRecord"]["Email"] == "ava.lopez@example.edu"
    assert merged["MasterRecord"]["IsDeleted"] is False


@pytest.mark.parametrize("key", ["palmer", "marlow", "harbor"])
def test_a_deleted_id_is_refused_one_by_one_and_in_a_collection(org: DemoOrg, key: str) -> None:
    org.connect(key)
    sobject_name = "Contact" if key == "marlow" else "Lead"
    found = org.get("/queryAll", params={
        "q": f"SELECT Id FROM {sobject_name} WHERE IsDeleted = true LIMIT 1"}).json()  # fmt: skip
    deleted = found["records"][0]["Id"]
    row = {"attributes": {"type": sobject_name}, "Id": deleted, "Title": "Student"}

    single = org.call("PATCH", f"/sobjects/{sobject_name}/{deleted}", {"Title": "Student"})
    [result] = org.call("PATCH", "/composite/sobjects", {"records": [row]}).json()

    assert (single.status_code, single.json()[0]["errorCode"]) == DELETED
    assert result["errors"][0]["statusCode"] == "ENTITY_IS_DELETED"
