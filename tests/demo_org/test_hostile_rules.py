"""No mix of fields that automation and addresses look at breaks the org or leaves it in between."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.demo_org.conftest import DemoOrg
from tests.demo_org.test_hostile import answered

TEXTS = st.none() | st.sampled_from(["", " ", "a@example.edu", "b@example.edu", "1", "x" * 90])
PLACES = {
    "Country": ["", "United States", "canada", "Côte d'Ivoire", "USA"],
    "CountryCode": ["US", "ca", "IT", "HK", ""],
    "State": ["Utah", "ONTARIO", "Arezzo", ""],
    "StateCode": ["UT", "AR", "on", "ZZ"],
}


def place(prefix: str) -> dict[str, st.SearchStrategy[Any]]:
    return {f"{prefix}{part}": st.none() | st.sampled_from(each) for part, each in PLACES.items()}


EDA = {
    **dict.fromkeys(
        ("Email", "hed__AlternateEmail__c", "hed__WorkEmail__c", "Phone", "MobilePhone", "Fax"),
        TEXTS,
    ),
    "hed__Preferred_Email__c": st.sampled_from([None, "Email", "Work Email", "Nobody"]),
    "hed__PreferredPhone__c": st.sampled_from([None, "Mobile Phone", "Pager"]),
    "hed__Do_Not_Contact__c": st.booleans() | st.none(),
    "hed__Deceased__c": st.booleans(),
}
PERSON = {
    **place("PersonMailing"),
    "Name": TEXTS,
    "LastName": TEXTS,
    "PersonEmail": TEXTS,
    "IsPersonAccount": st.booleans(),
    "RecordTypeId": st.sampled_from(["@PersonAccount", "@Business_Account", None, "x"]),
}
INQUIRY = {
    "TargetX_SRMb__Contact__c": st.sampled_from(["@ava", None, "x"]),
    "TargetX_SRMb__Academic_Level__c": st.sampled_from(["Undergraduate", "Graduate", "No", None]),
    "TargetX_SRMb__Academic_Area__c": st.sampled_from(["Fine Arts", "Business", None]),
    "RecordTypeId": st.sampled_from(["@Graduate_Inquiry", "@Undergraduate_Inquiry", None]),
}


def known(org: DemoOrg, sent: dict[str, Any]) -> dict[str, Any]:
    """Put ids for the names that begin with @."""
    ids = {
        f"@{row['DeveloperName']}": row["Id"]
        for row in org.query("SELECT Id, DeveloperName FROM RecordType")
    }
    ids["@ava"] = org.query("SELECT Id FROM Contact LIMIT 1")[0]["Id"]
    return {name: ids.get(value, value) for name, value in sent.items()}


@settings(max_examples=30)
@given(first=st.data())
@pytest.mark.parametrize(
    ("key", "sobject_name", "fields"),
    [
        pytest.param("lakeside", "Contact", EDA, id="preferences"),
        pytest.param("marlow", "Contact", place("Mailing") | {"Phone": TEXTS}, id="addresses"),
        pytest.param("harbor", "Account", PERSON, id="persons"),
        pytest.param("marlow", "TargetX_SRMb__Inquiry__c", INQUIRY, id="inquiries"),
    ],
)
def test_any_mix_is_created_or_refused_and_changed_or_refused(
    org: DemoOrg, key: str, sobject_name: str, fields: dict[str, Any], first: Any
) -> None:
    if not org.headers:
        org.connect(key)
    mixes = st.fixed_dictionaries({}, optional=fields)
    path = f"/sobjects/{sobject_name}"

    made = org.call("POST", path, known(org, {"LastName": "Neu"} | first.draw(mixes)))
    if made.status_code == 201:
        answered(org, "PATCH", f"{path}/{made.json()['id']}", known(org, first.draw(mixes)))

    assert made.status_code in {201, 400}
    if made.status_code == 400:
        assert all(each["errorCode"] and each["message"] for each in made.json())


@settings(max_examples=30)
@given(values=st.fixed_dictionaries({}, optional=place("Mailing")))
def test_a_saved_address_has_text_and_code_of_one_listed_place(
    marlow: DemoOrg, values: dict[str, Any]
) -> None:
    made = marlow.call("POST", "/sobjects/Contact", {"LastName": "Neu", "Phone": "1"} | values)
    if made.status_code != 201:
        return

    row = marlow.get(f"/sobjects/Contact/{made.json()['id']}").json()
    assert (row["MailingCountry"] is None) == (row["MailingCountryCode"] is None)
    assert (row["MailingState"] is None) == (row["MailingStateCode"] is None)
    assert row["MailingState"] is None or row["MailingCountry"] is not None


@pytest.mark.parametrize(
    ("path", "statement"),
    [
        pytest.param("/tooling/query", "SELECT Id FROM ValidationRule WHERE Metadata = 'x'",
                     id="filter-by-metadata"),
        pytest.param("/tooling/query", "SELECT Id FROM ValidationRule ORDER BY Metadata",
                     id="sort-by-metadata"),
        pytest.param("/query", "SELECT Id FROM Lead ORDER BY Address", id="sort-by-address"),
        pytest.param("/query", "SELECT Id FROM Lead WHERE Address LIKE 'x%'", id="like-address"),
    ],
)  # fmt: skip
def test_what_has_parts_is_neither_compared_nor_sorted(
    palmer: DemoOrg, path: str, statement: str
) -> None:
    answer = palmer.get(path, params={"q": statement})

    assert (answer.status_code, answer.json()[0]["errorCode"]) == (400, "INVALID_FIELD")
