"""The people whom the console's sample inquiries meet in a new org."""

import pytest

from core.halda.sample import sample_records
from tests.demo_org.conftest import Clock, DemoOrg, MakeOrg

COMMON = {
    "FirstName": "lead.first_name",
    "LastName": "lead.last_name",
    "Email": "lead.email",
    "Phone": "lead.phone",
    "Program_of_Interest__c": "interest.program",
    "Halda_ID__c": "lead.lead_profile_uid",
}
LEAD = COMMON | {
    "Term__c": "interest.term",
    "Halda_Form__c": "form.name",
    "UTM_Source__c": "visit.utm_source",
    "UTM_Medium__c": "visit.utm_medium",
    "UTM_Campaign__c": "visit.utm_campaign",
}
CONTACT = COMMON | {"Term_of_Interest__c": "interest.term"}


@pytest.mark.parametrize(
    ("key", "sobject_name", "plain"),
    [
        pytest.param("palmer", "Lead", LEAD, id="palmer"),
        pytest.param("lakeside", "Contact", CONTACT, id="lakeside"),
    ],
)
def test_noah_already_holds_everything_his_inquiry_brings(
    org: DemoOrg, key: str, sobject_name: str, plain: dict[str, str]
) -> None:
    org.connect(key)
    sent = next(r.values for r in sample_records() if r.values.get("lead.first_name") == "Noah")

    columns = ", ".join([*plain, "Inquiry_Date__c"])
    [held] = org.query(
        f"SELECT {columns} FROM {sobject_name} WHERE Email = 'noah.baker@example.edu'"
    )

    assert {name: held[name] for name in plain} == {
        name: sent[path] for name, path in plain.items()
    }
    moment = sent["submission.submitted_at"].replace("Z", ".000+0000")
    assert held["Inquiry_Date__c"] == moment


def test_sending_noah_again_changes_no_value(palmer: DemoOrg) -> None:
    columns = ", ".join(LEAD)
    statement = f"SELECT {columns} FROM Lead WHERE Email = 'noah.baker@example.edu'"
    [before] = palmer.query(statement)
    sent = {name: before[name] for name in LEAD if name != "Halda_ID__c"}

    answer = palmer.call("PATCH", f"/sobjects/Lead/Halda_ID__c/{before['Halda_ID__c']}", sent)

    assert (answer.status_code, answer.json()["created"]) == (200, False)
    assert palmer.query(statement) == [before]


def test_an_org_that_an_older_release_made_is_described_anew(make_org: MakeOrg) -> None:
    clock = Clock()
    before = make_org(clock=clock)
    before.connect()
    described = before.get("/sobjects/Lead/describe")
    since = {"If-Modified-Since": described.headers["last-modified"]}
    before.app.state.world.database.save_setting("release.palmer", 1)
    clock.now += 60

    restarted = make_org(clock=clock)
    restarted.headers = before.headers
    renewed = restarted.get("/sobjects/Lead/describe", headers=since)
    later = {"If-Modified-Since": renewed.headers["last-modified"]}

    assert before.get("/sobjects/Lead/describe", headers=since).status_code == 304
    assert renewed.status_code == 200
    assert restarted.get("/sobjects/Lead/describe", headers=later).status_code == 304
    assert make_org(clock=clock).hash() == before.hash()
