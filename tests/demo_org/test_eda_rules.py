"""What the EDA package does to a Contact on its way in: addresses, phones and opt-outs."""

from typing import Any

import pytest

from tests.demo_org.conftest import DemoOrg

EMAILS = "Email, hed__AlternateEmail__c, hed__WorkEmail__c, hed__Preferred_Email__c"
PHONES = "Phone, MobilePhone, OtherPhone, hed__PreferredPhone__c"


def create(org: DemoOrg, **values: Any) -> Any:
    return org.call("POST", "/sobjects/Contact", {"LastName": "Neu"} | values)


def saved(org: DemoOrg, columns: str, **values: Any) -> tuple[str, list[Any]]:
    answer = create(org, **values)
    assert answer.status_code == 201, answer.text
    record_id = answer.json()["id"]
    return record_id, read(org, columns, record_id)


def read(org: DemoOrg, columns: str, record_id: str) -> list[Any]:
    [row] = org.query(f"SELECT {columns} FROM Contact WHERE Id = '{record_id}'")
    return [row[name] for name in columns.split(", ")]


def change(org: DemoOrg, record_id: str, **values: Any) -> Any:
    return org.call("PATCH", f"/sobjects/Contact/{record_id}", values)


def test_an_insert_with_only_email_makes_it_the_preferred_alternate(lakeside: DemoOrg) -> None:
    _, held = saved(lakeside, EMAILS, Email="a@example.edu")

    assert held == ["a@example.edu", "a@example.edu", None, "Alternate Email"]


def test_one_own_address_is_preferred_and_overwrites_email(lakeside: DemoOrg) -> None:
    _, held = saved(lakeside, EMAILS, Email="a@example.edu", hed__WorkEmail__c="w@example.edu")

    assert held == ["w@example.edu", None, "w@example.edu", "Work Email"]


def test_an_update_of_email_alone_is_taken_back_to_the_preferred_one(lakeside: DemoOrg) -> None:
    record_id, _ = saved(lakeside, EMAILS, Email="a@example.edu")

    answer = change(lakeside, record_id, Email="new@example.edu")

    assert answer.status_code == 204
    assert read(lakeside, "Email", record_id) == ["a@example.edu"]


def test_clearing_every_own_address_blanks_email_even_if_one_is_sent(lakeside: DemoOrg) -> None:
    record_id, _ = saved(lakeside, EMAILS, Email="a@example.edu")

    answer = change(lakeside, record_id, hed__AlternateEmail__c=None,
                    hed__Preferred_Email__c=None, Email="new@example.edu")  # fmt: skip

    assert answer.status_code == 204
    assert read(lakeside, EMAILS, record_id) == [None, None, None, None]


def test_a_standard_preference_leaves_email_alone(lakeside: DemoOrg) -> None:
    _, held = saved(lakeside, EMAILS, Email="a@example.edu", hed__WorkEmail__c="w@example.edu",
                    hed__Preferred_Email__c="Email")  # fmt: skip

    assert held == ["a@example.edu", None, "w@example.edu", "Email"]


def test_an_insert_with_only_phone_makes_it_the_preferred_other(lakeside: DemoOrg) -> None:
    _, held = saved(lakeside, PHONES, Phone="+1 801 555 0100")

    assert held == ["+1 801 555 0100", None, "+1 801 555 0100", "Other Phone"]


def test_one_own_phone_is_preferred_and_overwrites_phone(lakeside: DemoOrg) -> None:
    _, held = saved(lakeside, PHONES, Phone="1", MobilePhone="2")

    assert held == ["2", "2", None, "Mobile Phone"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param(
            {"hed__WorkEmail__c": "w@example.edu", "hed__AlternateEmail__c": "a@example.edu"},
            "Select a value for Preferred Email.",
            id="two-emails",
        ),
        pytest.param(
            {"Email": "a@example.edu", "hed__Preferred_Email__c": "Work Email"},
            "The email field you selected in Preferred Email is blank.",
            id="blank-email",
        ),
        pytest.param(
            {"hed__WorkEmail__c": "w@example.edu", "hed__Preferred_Email__c": "Home Email"},
            "We can't find the email specified in Preferred Email.",
            id="unknown-email",
        ),
        pytest.param(
            {"MobilePhone": "1", "HomePhone": "2"},
            "Select a value for Preferred Phone.",
            id="two-phones",
        ),
        pytest.param(
            {"MobilePhone": "1", "hed__PreferredPhone__c": "Home Phone"},
            "The phone selected for Preferred Phone can't be blank.",
            id="blank-phone",
        ),
        pytest.param(
            {"MobilePhone": "1", "hed__PreferredPhone__c": "Pager"},
            "We can't find the Phone specified in Preferred Phone.",
            id="unknown-phone",
        ),
    ],
)
def test_a_preference_that_cannot_be_followed_is_refused(
    lakeside: DemoOrg, values: dict[str, Any], message: str
) -> None:
    before = lakeside.hash("lakeside")

    answer = create(lakeside, **values)

    [error] = answer.json()
    assert (answer.status_code, error["errorCode"]) == (400, "FIELD_CUSTOM_VALIDATION_EXCEPTION")
    assert error["message"].startswith(message)
    assert error["fields"] == []
    assert lakeside.hash("lakeside") == before


def test_do_not_contact_drives_the_three_opt_outs_both_ways(lakeside: DemoOrg) -> None:
    columns = "HasOptedOutOfEmail, DoNotCall, HasOptedOutOfFax"
    record_id, held = saved(lakeside, columns, hed__Do_Not_Contact__c=True)

    answer = change(lakeside, record_id, hed__Do_Not_Contact__c=False)

    assert held == [True, True, True]
    assert answer.status_code == 204
    assert read(lakeside, columns, record_id) == [False, False, False]


def test_an_opt_out_is_kept_while_do_not_contact_stays_as_it_is(lakeside: DemoOrg) -> None:
    record_id, held = saved(lakeside, "DoNotCall", DoNotCall=True)

    change(lakeside, record_id, Title="Student")

    assert held == [True]
    assert read(lakeside, "DoNotCall", record_id) == [True]


def test_the_preferred_phone_and_email_rules_hold_for_each_row_of_a_collection(
    lakeside: DemoOrg,
) -> None:
    rows = [
        {"attributes": {"type": "Contact"}, "LastName": "A", "MobilePhone": "1", "HomePhone": "2"},
        {"attributes": {"type": "Contact"}, "LastName": "B", "Email": "b@example.edu"},
    ]

    answer = lakeside.call("POST", "/composite/sobjects", {"records": rows}).json()

    assert [each["success"] for each in answer] == [False, True]
    assert answer[0]["errors"][0]["statusCode"] == "FIELD_CUSTOM_VALIDATION_EXCEPTION"
