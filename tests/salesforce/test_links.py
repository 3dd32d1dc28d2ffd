import pytest

from core.salesforce.links import record_url, setup_url
from core.salesforce.org_rules import RuleKind

ORIGIN = "https://lakeside.my.salesforce.com"
CONTACT = "0035f000005hR7OAAU"


@pytest.mark.parametrize("url", [ORIGIN, f"{ORIGIN}/"], ids=["bare", "slash"])
def test_a_record_opens_in_the_org_it_is_of(url: str) -> None:
    assert record_url(url, "Contact", CONTACT) == f"{ORIGIN}/lightning/r/Contact/{CONTACT}/view"


@pytest.mark.parametrize(
    ("url", "sobject_name", "record_id"),
    [
        ("http://lakeside.my.salesforce.com", "Contact", CONTACT),
        ("https://lakeside.my.salesforce.com.evil.example", "Contact", CONTACT),
        ("https://user@lakeside.my.salesforce.com", "Contact", CONTACT),
        (f"{ORIGIN}/redirect", "Contact", CONTACT),
        ("http://127.0.0.1:8502", "Contact", CONTACT),
        ("javascript:alert(1)", "Contact", CONTACT),
        ("", "Contact", CONTACT),
        (ORIGIN, "../setup", CONTACT),
        (ORIGIN, "Contact", "@{person.id}"),
        (ORIGIN, "Contact", f"{CONTACT}/../edit"),
        (ORIGIN, "Contact", ""),
    ],
)
def test_nothing_else_becomes_a_link(url: str, sobject_name: str, record_id: str) -> None:
    assert record_url(url, sobject_name, record_id) == ""


@pytest.mark.parametrize("kind", RuleKind)
def test_every_kind_of_rule_has_its_page_in_setup(kind: RuleKind) -> None:
    assert setup_url(ORIGIN, "Lead", kind).startswith(f"{ORIGIN}/lightning/setup/")
    assert setup_url("http://127.0.0.1:8502", "Lead", kind) == ""
    assert setup_url(ORIGIN, "../Lead", kind) == ""
