"""People with their children in one call, and the references that hold them together."""

from typing import Any

import pytest

from tests.demo_org.conftest import DemoOrg
from tests.demo_org.test_composite import part, run

INQUIRY = "TargetX_SRMb__Inquiry__c"


def person(**values: Any) -> dict[str, Any]:
    return part("POST", "/sobjects/Contact", "person",
                {"LastName": "Neu", "Email": "neu@example.edu"} | values)  # fmt: skip


def inquiry(org: DemoOrg, **values: Any) -> dict[str, Any]:
    [program] = org.query("SELECT Id FROM Program__c WHERE Name = 'Nursing'")
    sent = {"TargetX_SRMb__Contact__c": "@{person.id}", "Program__c": program["Id"]}
    return part("POST", f"/sobjects/{INQUIRY}", "child", sent | values)


def answers(answer: Any) -> list[tuple[int, str | None]]:
    """Return each part's status and, for a refusal, its code."""
    return [
        (each["httpStatusCode"], each["body"][0]["errorCode"])
        if each["httpStatusCode"] >= 400
        else (each["httpStatusCode"], None)
        for each in answer.json()["compositeResponse"]
    ]


def people(org: DemoOrg) -> int:
    return len(org.query("SELECT Id FROM Contact WHERE Email = 'neu@example.edu'"))


@pytest.mark.parametrize("all_or_none", [True, False])
def test_a_child_takes_the_id_its_parent_got_in_the_same_call(
    marlow: DemoOrg, all_or_none: bool
) -> None:
    answer = run(marlow, person(), inquiry(marlow), all_or_none=all_or_none)

    assert answers(answer) == [(201, None), (201, None)]
    ids = [each["body"]["id"] for each in answer.json()["compositeResponse"]]
    [row] = marlow.query(f"SELECT TargetX_SRMb__Contact__c FROM {INQUIRY} WHERE Id = '{ids[1]}'")
    assert row["TargetX_SRMb__Contact__c"] == ids[0]


def test_without_all_or_none_the_parent_stays_when_its_child_is_refused(marlow: DemoOrg) -> None:
    answer = run(marlow, person(), inquiry(marlow, TargetX_SRMb__Stage__c="Nonsense"))

    assert answers(answer) == [
        (201, None),
        (400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
    ]
    assert people(marlow) == 1


def test_with_all_or_none_the_parent_goes_when_its_child_is_refused(marlow: DemoOrg) -> None:
    child = inquiry(marlow, TargetX_SRMb__Stage__c="Nonsense")

    answer = run(marlow, person(), child, all_or_none=True)

    assert answers(answer) == [
        (400, "PROCESSING_HALTED"),
        (400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
    ]
    assert people(marlow) == 0


def test_a_child_of_a_refused_parent_is_never_tried(marlow: DemoOrg) -> None:
    answer = run(marlow, person(Email="not an address"), inquiry(marlow))

    assert answers(answer) == [(400, "INVALID_EMAIL_ADDRESS"), (400, "PROCESSING_HALTED")]


def test_an_upserted_parent_can_be_named_whether_it_was_there_or_not(marlow: DemoOrg) -> None:
    parent = part("PATCH", "/sobjects/Contact/Halda_ID__c/clx2v8k1r000508jm5n0ahb4k", "person",
                  {"Title": "Student"})  # fmt: skip

    answer = run(marlow, parent, inquiry(marlow))

    assert answers(answer) == [(200, None), (201, None)]


def test_a_key_that_two_people_share_stops_their_child(marlow: DemoOrg) -> None:
    parent = part("PATCH", "/sobjects/Contact/Email/j.smith%40example.edu", "person",
                  {"Title": "Student"})  # fmt: skip

    answer = run(marlow, parent, inquiry(marlow))
    together = run(marlow, parent, inquiry(marlow), all_or_none=True)

    assert answers(answer) == [(300, None), (400, "PROCESSING_HALTED")]
    assert len(answer.json()["compositeResponse"][0]["body"]) == 2
    assert answers(together)[0] == (300, None)


def test_a_collection_inside_a_composite_is_named_by_its_place(marlow: DemoOrg) -> None:
    shared = {"attributes": {"type": "Contact"}, "Email": "neu@example.edu"}
    rows = [shared | {"LastName": f"Neu {each}", "FirstName": str(each)} for each in range(3)]
    parents = part("POST", "/composite/sobjects", "people", {"allOrNone": True, "records": rows})
    child = inquiry(marlow, TargetX_SRMb__Contact__c="@{people[2].id}")

    answer = run(marlow, parents, child)

    made = answer.json()["compositeResponse"]
    assert [each["success"] for each in made[0]["body"]] == [True, True, True]
    [row] = marlow.query(
        f"SELECT TargetX_SRMb__Contact__r.LastName FROM {INQUIRY} "
        f"WHERE Id = '{made[1]['body']['id']}'"
    )
    assert row["TargetX_SRMb__Contact__r"]["LastName"] == "Neu 2"


def test_two_hundred_children_keep_their_order_around_those_that_fail(marlow: DemoOrg) -> None:
    [ava] = marlow.query("SELECT Id FROM Contact WHERE Email = 'ava.lopez@example.edu'")
    [program] = marlow.query("SELECT Id FROM Program__c WHERE Name = 'Nursing'")
    rows = [
        {
            "attributes": {"type": INQUIRY},
            "TargetX_SRMb__Contact__c": ava["Id"] if number % 3 else ava["Id"][:12] + "zzz",
            "Program__c": program["Id"],
            "Halda_Submission_ID__c": f"s{number:03d}",
        }
        for number in range(200)
    ]
    path = f"/composite/sobjects/{INQUIRY}/Halda_Submission_ID__c"

    first = marlow.call("PATCH", path, {"records": rows}).json()
    again = marlow.call("PATCH", path, {"records": rows}).json()

    assert [each["success"] for each in first] == [number % 3 != 0 for number in range(200)]
    assert {each["created"] for each in first if each["success"]} == {True}
    assert {each["created"] for each in again if each["success"]} == {False}
    assert {each["errors"][0]["statusCode"] for each in first if not each["success"]} == {
        "INVALID_CROSS_REFERENCE_KEY"
    }
    [row] = marlow.query(f"SELECT Halda_Submission_ID__c FROM {INQUIRY} "
                         f"WHERE Id = '{first[199]['id']}'")  # fmt: skip
    assert row["Halda_Submission_ID__c"] == "s199"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"Program__c": "Nursing"}, "MALFORMED_ID", id="a-name"),
        pytest.param({"Program__c": "@term"}, "MALFORMED_ID", id="another-object"),
        pytest.param({"Program__c": "@nothing"}, "INVALID_CROSS_REFERENCE_KEY", id="nothing"),
        pytest.param({"TargetX_SRMb__Contact__c": "@deleted"}, "ENTITY_IS_DELETED", id="deleted"),
        pytest.param({"OwnerId": "@leaver"}, "OPERATION_WITH_INACTIVE_USER_EXCEPTION", id="leaver"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(
    marlow: DemoOrg, changes: dict[str, str], code: str
) -> None:
    [ava] = marlow.query("SELECT Id FROM Contact WHERE Email = 'ava.lopez@example.edu'")
    [program] = marlow.query("SELECT Id FROM Program__c WHERE Name = 'Nursing'")
    deleted = marlow.get("/queryAll", params={
        "q": "SELECT Id FROM Contact WHERE FirstName = 'Ava M.'"}).json()["records"]  # fmt: skip
    known = {
        "@term": marlow.query("SELECT Id FROM Term__c LIMIT 1")[0]["Id"],
        "@nothing": program["Id"][:12] + "zzz",
        "@deleted": deleted[0]["Id"],
        "@leaver": marlow.query("SELECT Id FROM User WHERE IsActive = false")[0]["Id"],
    }
    sent = {"TargetX_SRMb__Contact__c": ava["Id"], "Program__c": program["Id"]}
    sent |= {name: known.get(value, value) for name, value in changes.items()}

    answer = marlow.call("POST", f"/sobjects/{INQUIRY}", sent)

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, code)


def test_nobody_joins_a_campaign_twice(harbor: DemoOrg) -> None:
    [campaign] = harbor.query("SELECT Id FROM Campaign WHERE Name IN ('Halda AI Form')")
    [ava] = harbor.query("SELECT Id FROM Lead WHERE Email = 'ava.lopez@example.edu'")
    sent = {"CampaignId": campaign["Id"], "LeadId": ava["Id"], "Status": "Responded"}

    first = harbor.call("POST", "/sobjects/CampaignMember", sent)
    second = harbor.call("POST", "/sobjects/CampaignMember", sent)

    assert first.status_code == 201
    assert second.json() == [
        {"errorCode": "DUPLICATE_VALUE", "message": "Already a campaign member."}
    ]


@pytest.mark.parametrize(
    ("key", "statement", "count"),
    [
        pytest.param("palmer", "SELECT Id, Name FROM Campaign WHERE Name IN ('Halda AI Form')", 1,
                     id="campaign"),
        pytest.param("palmer", "SELECT Id FROM Account WHERE CEEB_Code__c IN ('450123', '060210')",
                     2, id="school-by-code"),
        pytest.param("lakeside", "SELECT Id FROM hed__Term__c WHERE Name = 'fall 2027'", 1,
                     id="eda-term"),
        pytest.param("lakeside", "SELECT Id FROM Account WHERE hed__School_Code__c IN ('450123')",
                     1, id="eda-school"),
        pytest.param("marlow", "SELECT Id FROM Program__c WHERE Program_Code__c IN ('P101')", 1,
                     id="program-by-code"),
        pytest.param("harbor", "SELECT Id, Name FROM LearningProgram WHERE Name IN ('MBA', 'Law')",
                     1, id="learning-program"),
        pytest.param("harbor", "SELECT Id, Name FROM User WHERE IsActive = true", 2, id="owners"),
        pytest.param("harbor", "SELECT Id FROM Group WHERE Type = 'Queue' AND Name LIKE 'Enroll%'",
                     1, id="queue"),
    ],
)  # fmt: skip
def test_what_a_lookup_names_can_be_found(
    org: DemoOrg, key: str, statement: str, count: int
) -> None:
    org.connect(key)

    assert len(org.query(statement)) == count
