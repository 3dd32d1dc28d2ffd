from typing import Any

import pytest

from tests.demo_org.conftest import BASE, DemoOrg

NEW = {"LastName": "Neu", "Company": "Neu, Nora"}


def create(org: DemoOrg, **values: Any) -> Any:
    return org.call("POST", "/sobjects/Lead", NEW | values)


def error_of(answer: Any) -> tuple[int, str, str]:
    return answer.status_code, answer.json()[0]["errorCode"], answer.json()[0]["message"]


def lead_id(org: DemoOrg, last_name: str) -> str:
    return str(org.query(f"SELECT Id FROM Lead WHERE LastName = '{last_name}'")[0]["Id"])


def test_a_created_record_is_read_back_as_the_platform_stores_it(palmer: DemoOrg) -> None:
    answer = create(palmer, FirstName="  Zoë ", Email="z@example.edu", Phone="", GPA__c=3.455,
                    Program_of_Interest__c="business",
                    Academic_Interests__c="Health;Business",
                    Inquiry_Date__c="2026-10-13T17:45:22+02:00")  # fmt: skip

    assert answer.status_code == 201
    record = palmer.get(f"/sobjects/Lead/{answer.json()['id']}").json()
    assert record["FirstName"] == "Zoë"
    assert record["Name"] == "Zoë Neu"
    assert record["Phone"] is None
    assert record["GPA__c"] == 3.46
    assert record["Program_of_Interest__c"] == "Business"
    assert record["Academic_Interests__c"] == "Business;Health"
    assert record["Inquiry_Date__c"] == "2026-10-13T15:45:22.000+0000"
    assert record["Status"] == "Open"
    assert record["IsDeleted"] is False
    assert answer.headers["location"].endswith(answer.json()["id"])


@pytest.mark.parametrize(
    ("values", "code", "message"),
    [
        pytest.param({"LastName": None}, "REQUIRED_FIELD_MISSING",
                     "Required fields are missing: [LastName]", id="required"),
        pytest.param({"LastName": "x" * 81}, "STRING_TOO_LONG",
                     f"Last Name: data value too large: {'x' * 81} (max length=80)", id="long"),
        pytest.param({"Program_of_Interest__c": "Astrology"},
                     "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                     "Program of Interest: bad value for restricted picklist field: Astrology",
                     id="choice"),
        pytest.param({"Program_of_Interest__c": "Philosophy"},
                     "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                     "Program of Interest: bad value for restricted picklist field: Philosophy",
                     id="inactive-choice"),
        pytest.param({"Email": "not an address"}, "INVALID_EMAIL_ADDRESS",
                     "Email: invalid email address: not an address", id="email"),
        pytest.param({"SMS_Opt_Out__c": "Yes"}, "JSON_PARSER_ERROR",
                     "Cannot deserialize instance of boolean from VALUE_STRING value Yes or "
                     "request may be missing a required field at [line:1, column:2]",
                     id="boolean"),
        pytest.param({"Birth_Date__c": "2008-04-17T00:00:00Z"}, "JSON_PARSER_ERROR",
                     "Cannot deserialize instance of date from VALUE_STRING value "
                     "2008-04-17T00:00:00Z or request may be missing a required field at "
                     "[line:1, column:2]", id="date-with-time"),
        pytest.param({"GPA__c": 12.5}, "NUMBER_OUTSIDE_VALID_RANGE",
                     "GPA: value outside of valid range on numeric field: 12.5", id="range"),
        pytest.param({"OwnerId": "banana"}, "MALFORMED_ID",
                     "Owner ID: id value of incorrect type: banana", id="id-kind"),
        pytest.param({"Engagement_Score__c": 4}, "INVALID_FIELD_FOR_INSERT_UPDATE",
                     "Unable to create/update fields: Engagement_Score__c. Please check the "
                     "security settings of this field and verify that it is read/write for your "
                     "profile or permission set.", id="read-only"),
        pytest.param({"Counselor_Notes__c": "x"}, "INVALID_FIELD",
                     "No such column 'Counselor_Notes__c' on sobject of type Lead", id="hidden"),
        pytest.param({"Nonsense__c": "x"}, "INVALID_FIELD",
                     "No such column 'Nonsense__c' on sobject of type Lead", id="unknown"),
        pytest.param({"Halda_ID__c": "CLX2V8K1R000408JM2Q7B1C9E"}, "DUPLICATE_VALUE",
                     "duplicate value found: Halda_ID__c duplicates value on record with id: "
                     "00QPs0000000001", id="unique"),
        pytest.param({"Campus__c": "Online", "Building__c": "Old Library"},
                     "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                     "Preferred Building: bad value for restricted picklist field: Old Library",
                     id="dependent-choice"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused_in_the_platforms_words(
    palmer: DemoOrg, values: dict[str, Any], code: str, message: str
) -> None:
    before = palmer.hash()

    assert error_of(create(palmer, **values)) == (400, code, message)
    assert palmer.hash() == before


def test_a_record_type_must_be_open_to_the_user(palmer: DemoOrg) -> None:
    infos = palmer.get("/sobjects/Lead/describe").json()["recordTypeInfos"]
    by_name = {each["name"]: each for each in infos}

    closed = create(palmer, RecordTypeId=by_name["Continuing Education"]["recordTypeId"])
    opened = create(palmer, RecordTypeId=by_name["Graduate"]["recordTypeId"])

    assert closed.json()[0]["errorCode"] == "INVALID_CROSS_REFERENCE_KEY"
    assert "isn't valid for the user" in closed.json()[0]["message"]
    assert opened.status_code == 201


def test_a_duplicate_is_reported_under_the_misspelt_key_and_can_be_saved(palmer: DemoOrg) -> None:
    values = {"LastName": "chen", "Email": "Maya.Chen@example.edu"}

    refused = create(palmer, **values)
    saved = palmer.call("POST", "/sobjects/Lead", NEW | values,
                        headers={"Sforce-Duplicate-Rule-Header": "allowSave=true"})  # fmt: skip

    body = refused.json()[0]
    assert body["errorCode"] == "DUPLICATES_DETECTED"
    assert body["duplicateResut"]["matchResults"][0]["size"] == 1
    assert saved.status_code == 201


def test_an_update_that_leaves_the_match_fields_alone_is_no_duplicate(palmer: DemoOrg) -> None:
    smith = lead_id(palmer, "Smith")

    plain = palmer.call("PATCH", f"/sobjects/Lead/{smith}", {"City": "Provo"})

    assert (plain.status_code, plain.content) == (204, b"")


def test_a_converted_lead_cannot_be_changed(palmer: DemoOrg) -> None:
    path = f"/sobjects/Lead/{lead_id(palmer, 'Ortiz')}"

    assert error_of(palmer.call("PATCH", path, {"City": "Provo"})) == (
        400, "CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"
    )  # fmt: skip


def test_a_deleted_record_is_gone_for_query_and_update(palmer: DemoOrg) -> None:
    path = f"/sobjects/Lead/{lead_id(palmer, 'Chen')}"

    assert palmer.call("DELETE", path).status_code == 204

    assert palmer.query("SELECT Id FROM Lead WHERE LastName = 'Chen'") == []
    assert error_of(palmer.call("PATCH", path, {"City": "x"}))[:2] == (404, "ENTITY_IS_DELETED")
    deleted = palmer.get("/queryAll", params={
        "q": "SELECT Id, IsDeleted FROM Lead WHERE LastName = 'Chen'"}).json()  # fmt: skip
    assert deleted["records"][0]["IsDeleted"] is True


def test_upsert_by_external_id_creates_then_updates(palmer: DemoOrg) -> None:
    path = "/sobjects/Lead/Halda_ID__c/new%2Fkey"

    first = palmer.call("PATCH", path, NEW)
    second = palmer.call("PATCH", path, {"City": "Provo"})

    assert (first.status_code, first.json()["created"]) == (201, True)
    assert (second.status_code, second.json()["created"]) == (200, False)
    assert palmer.query("SELECT City FROM Lead WHERE Halda_ID__c = 'NEW/KEY'")[0]["City"] == "Provo"


def test_upsert_by_a_key_that_two_records_share_answers_300(palmer: DemoOrg) -> None:
    answer = palmer.call("PATCH", "/sobjects/Lead/Email/j.smith%40example.edu", {"City": "x"})

    assert answer.status_code == 300
    assert len(answer.json()) == 2
    assert answer.json()[0].startswith(f"{BASE}/sobjects/Lead/00Q")


def test_update_only_never_creates(palmer: DemoOrg) -> None:
    answer = palmer.call("PATCH", "/sobjects/Lead/Halda_ID__c/nobody?updateOnly=true", NEW)

    assert error_of(answer)[:2] == (404, "NOT_FOUND")


def test_upsert_needs_a_key_field(palmer: DemoOrg) -> None:
    answer = palmer.call("PATCH", "/sobjects/Lead/City/Provo", NEW)

    assert error_of(answer) == (
        404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: City"
    )  # fmt: skip


def rows(*values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"attributes": {"type": "Lead"}, **each} for each in values]


def test_a_collection_reports_each_row_and_keeps_the_good_ones(palmer: DemoOrg) -> None:
    answer = palmer.call("POST", "/composite/sobjects",
                         {"records": rows(NEW, {"LastName": "Alone"})})  # fmt: skip

    first, second = answer.json()
    assert answer.status_code == 200
    assert (first["success"], first["errors"]) == (True, [])
    assert second == {"success": False, "errors": [{
        "statusCode": "REQUIRED_FIELD_MISSING", "fields": ["Company"],
        "message": "Required fields are missing: [Company]"}]}  # fmt: skip


def test_all_or_none_takes_every_row_back(palmer: DemoOrg) -> None:
    before = palmer.hash()
    answer = palmer.call("POST", "/composite/sobjects",
                         {"allOrNone": True, "records": rows(NEW, {"LastName": "A"})})  # fmt: skip

    codes = [each["errors"][0]["statusCode"] for each in answer.json()]
    assert codes == ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "REQUIRED_FIELD_MISSING"]
    assert palmer.hash() == before


def test_upsert_rows_must_name_their_type_first(palmer: DemoOrg) -> None:
    good = {"attributes": {"type": "Lead"}, "Halda_ID__c": "k1", **NEW}
    bad = {"Halda_ID__c": "k2", "attributes": {"type": "Lead"}, **NEW}

    answer = palmer.call("PATCH", "/composite/sobjects/Lead/Halda_ID__c",
                         {"records": [good, bad]}).json()  # fmt: skip

    assert answer[0]["created"] is True
    assert answer[1]["errors"][0]["statusCode"] == "JSON_PARSER_ERROR"
    assert answer[1]["created"] is False


@pytest.mark.parametrize("count", [0, 201])
def test_a_collection_holds_one_to_two_hundred_rows(palmer: DemoOrg, count: int) -> None:
    answer = palmer.call("POST", "/composite/sobjects", {"records": rows(*[NEW] * count)})

    assert answer.status_code == 400


def test_update_rows_without_an_id_are_refused_one_by_one(palmer: DemoOrg) -> None:
    answer = palmer.call("PATCH", "/composite/sobjects", {"records": rows({"City": "Provo"})})

    assert answer.json()[0]["errors"][0] == {
        "statusCode": "MISSING_ARGUMENT", "fields": [],
        "message": "Id not specified in an update call"}  # fmt: skip


def test_a_parent_can_be_named_by_its_external_id(lakeside: DemoOrg) -> None:
    body = {"LastName": "Kind", "Account": {"hed__School_Code__c": "450123"}}

    answer = lakeside.call("POST", "/sobjects/Contact", body)
    unknown = lakeside.call("POST", "/sobjects/Contact",
                            {"LastName": "K", "Account": {"hed__School_Code__c": "0"}})  # fmt: skip

    found = lakeside.query(f"SELECT Account.Name FROM Contact WHERE Id = '{answer.json()['id']}'")
    assert found[0]["Account"]["Name"] == "Lincoln High School"
    assert unknown.json()[0]["message"] == (
        "Foreign key external ID: 0 not found for field hed__School_Code__c in entity Account"
    )


def test_email_address_is_kept_in_lower_case(palmer: DemoOrg) -> None:
    record_id = create(palmer, Email="Zoe.Chen+MBA@Example.EDU").json()["id"]

    (record,) = palmer.query(f"SELECT Email FROM Lead WHERE Id = '{record_id}'")
    assert record["Email"] == "zoe.chen+mba@example.edu"


@pytest.mark.parametrize(("name", "status"), [("z" * 38 + "🎓", 201), ("z" * 39 + "🎓", 400)])
def test_character_beyond_the_basic_plane_counts_twice(
    palmer: DemoOrg, name: str, status: int
) -> None:
    assert create(palmer, FirstName=name).status_code == status
