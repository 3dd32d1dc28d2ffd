import re
from typing import Any

import pytest

from core.demo_org.apps import seeded_consumer_key
from tests.demo_org.conftest import SECRET, DemoOrg

FORM = {"name": "Second app", "contact_email": "dana@palmer.example", "scope_api": "1",
        "callback_urls": "https://app.heyhalda.com/cb", "code_flow_enabled": "1"}  # fmt: skip


def post(org: DemoOrg, path: str, form: dict[str, str], shown_on: str | None = None) -> Any:
    token = re.search("name='csrf' value='([^']+)'", org.client.get(shown_on or path).text)
    assert token is not None
    return org.client.post(path, data=form | {"csrf": token[1]}, follow_redirects=True)


def test_every_page_says_that_it_is_not_salesforce_and_runs_no_script(org: DemoOrg) -> None:
    key = seeded_consumer_key("palmer")
    for path in ("/", "/setup/palmer/apps", f"/setup/palmer/apps/{key}", "/setup/palmer/log",
                 f"/setup/palmer/apps/{key}/secret", "/setup/lakeside/trouble"):  # fmt: skip
        answer = org.client.get(path)

        assert answer.status_code == 200, path
        assert "Demo org – stands in for Salesforce" in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "<script" not in answer.text


def test_the_first_page_lists_the_logins_and_no_secret(org: DemoOrg) -> None:
    text = org.client.get("/").text

    assert "integration@palmer.demo" in text
    assert "integration@lakeside.demo" in text
    assert "demo-password-1" in text
    assert SECRET not in text


def test_an_app_can_be_made_and_its_secret_renewed(org: DemoOrg) -> None:
    made = post(org, "/setup/palmer/apps", FORM)
    path = made.url.path + "/secret"
    before = org.client.get(path).text

    after = post(org, path, {}).text

    assert "Second app" in made.text
    assert len(made.url.path.rsplit("/", 1)[1]) == 85
    assert before != after


def test_a_wildcard_callback_is_refused(org: DemoOrg) -> None:
    answer = post(org, "/setup/palmer/apps", FORM | {"callback_urls": "https://*.example/cb"})

    assert answer.status_code == 400
    assert "without wildcards" in answer.text


def test_markup_in_a_name_is_shown_as_text(org: DemoOrg) -> None:
    answer = post(org, "/setup/palmer/apps", FORM | {"name": "<b>'\"x"})

    assert "<b>'" not in answer.text
    assert "&lt;b&gt;&#x27;&quot;x" in answer.text


def test_a_form_of_another_site_changes_nothing(org: DemoOrg) -> None:
    answer = org.client.post("/setup/palmer/apps", data=FORM | {"csrf": "e30=.00"})

    assert answer.status_code == 403
    state = org.client.get("/demo/state", params={"org": "palmer"}).json()
    assert [app["name"] for app in state["apps"]] == ["HaldaAPI"]
    assert "consumer_secret" not in state["apps"][0]


def test_reset_asks_first_and_then_forgets(palmer: DemoOrg) -> None:
    fresh = palmer.hash()
    palmer.call("POST", "/sobjects/Lead", {"LastName": "Neu", "Company": "N"})
    changed = palmer.hash()

    unsure = post(palmer, "/demo/reset", {}, shown_on="/")
    kept = palmer.hash()
    post(palmer, "/demo/reset", {"sure": "1"}, shown_on="/")

    assert unsure.status_code == 400
    assert changed == kept != fresh
    assert palmer.hash() == fresh
    assert palmer.get("/limits").status_code == 401


def test_switches_refuse_what_they_name(palmer: DemoOrg) -> None:
    post(palmer, "/setup/palmer/trouble",
         {"limit_exhausted": "1", "hidden_fields": "Lead.GPA__c"})  # fmt: skip

    answer = palmer.get("/limits")

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (403, "REQUEST_LIMIT_EXCEEDED")
    post(palmer, "/setup/palmer/trouble", {"hidden_fields": "Lead.GPA__c"})
    fields = palmer.get("/sobjects/Lead/describe").json()["fields"]
    assert "GPA__c" not in [each["name"] for each in fields]


FAULT = {"match": "/limits$", "method": "GET", "moment": "before", "effect": "status",
         "status": "503", "seconds": "30", "times": "2"}  # fmt: skip


def test_a_fault_can_be_added_on_the_page_and_forgotten_there(palmer: DemoOrg) -> None:
    shown_on = "/setup/palmer/trouble"

    added = post(palmer, "/setup/palmer/faults", FAULT, shown_on=shown_on)
    met = palmer.get("/limits")
    cleared = post(palmer, "/setup/palmer/faults", {"forget": "1"}, shown_on=shown_on)

    assert "status 503" in added.text
    assert (met.status_code, palmer.get("/limits").status_code) == (503, 200)
    assert "None is waiting" in cleared.text


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"match": "("}, id="pattern"),
        pytest.param({"match": ""}, id="no path"),
        pytest.param({"status": "many"}, id="words for a number"),
        pytest.param({"status": "42"}, id="no HTTP status"),
        pytest.param({"times": "0"}, id="never"),
        pytest.param({"effect": "explode"}, id="effect"),
        pytest.param({"effect": "timeout_seconds", "seconds": "0"}, id="no wait"),
    ],
)
def test_a_wrong_fault_is_not_added(org: DemoOrg, change: dict[str, str]) -> None:
    answer = post(org, "/setup/palmer/faults", FAULT | change, shown_on="/setup/palmer/trouble")

    assert answer.status_code == 400
    assert org.client.get("/demo/faults").json()["pending"] == []


def test_a_fault_needs_our_own_form(org: DemoOrg) -> None:
    answer = org.client.post("/setup/palmer/faults", data=FAULT)

    assert answer.status_code == 403
