"""The host corpus: what counts as Salesforce, and the hostile look-alikes that do not."""

import string
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, SignInRefused, WrongOrg
from core.salesforce.hosts import HostRules

DEMO = "http://127.0.0.1:8502"
PALMER = "https://palmer.my.salesforce.com"

ALLOWED = {
    "https://login.salesforce.com": "https://login.salesforce.com",
    "https://test.salesforce.com/": "https://test.salesforce.com",
    "https://palmer.my.salesforce.com": PALMER,
    "https://palmer.my.salesforce.com/": PALMER,
    "https://palmer.my.salesforce.com:443": PALMER,
    "HTTPS://Palmer.My.Salesforce.COM": PALMER,
    "https://palmer--uat.sandbox.my.salesforce.com": (
        "https://palmer--uat.sandbox.my.salesforce.com"
    ),
    "https://x-dev-ed.develop.my.salesforce.com": "https://x-dev-ed.develop.my.salesforce.com",
    "https://broth-4351.scratch.my.salesforce.com": "https://broth-4351.scratch.my.salesforce.com",
    "https://fox.trailblaze.my.salesforce.com": "https://fox.trailblaze.my.salesforce.com",
    f"https://{'a' * 63}.my.salesforce.com": f"https://{'a' * 63}.my.salesforce.com",
}

PASTED = {
    "palmer.my.salesforce.com": PALMER,
    "  https://palmer.my.salesforce.com/\n": PALMER,
    "login.salesforce.com": "https://login.salesforce.com",
    "https://palmer.lightning.force.com": PALMER,
    "https://palmer.lightning.force.com/lightning/page/home": PALMER,
    "palmer.lightning.force.com/lightning/o/Lead/list": PALMER,
    "https://palmer--uat.sandbox.lightning.force.com/lightning/setup/SetupOneHome/home": (
        "https://palmer--uat.sandbox.my.salesforce.com"
    ),
    "https://palmer.my.salesforce-setup.com/lightning/setup/ManageExternalClientApplication/home": (
        PALMER
    ),
}

HOSTILE = [
    "",
    "https://",
    "https:///palmer.my.salesforce.com",
    "palmer",
    "https://salesforce.com",
    "https://www.salesforce.com",
    "https://my.salesforce.com",
    "https://.my.salesforce.com",
    "https://evil.example",
    "https://evil.example/.my.salesforce.com",
    "https://palmer.my.salesforce.com.evil.example",
    "https://palmermy.salesforce.com",
    "https://palmer-my.salesforce.com",
    "https://loginsalesforce.com",
    "https://login.salesforce.com.evil.example",
    "https://login-salesforce.com",
    "https://evil-login.salesforce.com",
    "https://login.salesforce.com@evil.example",
    "https://user@palmer.my.salesforce.com",
    "https://user:password@palmer.my.salesforce.com",
    "https://evil.example#.my.salesforce.com",
    "https://evil.example?.my.salesforce.com",
    "https://evil.example\\.my.salesforce.com",
    "https://palmer.my.salesforce.com\\@evil.example",
    "https://palmer.my.salesforce.com#",
    "https://palmer.my.salesforce.com?next=x",
    "https://palmer.my.salesforce.com/services/oauth2",
    "https://palmer.my.salesforce.com//evil.example",
    "https://palmer.my.salesforce.com/%2e%2e",
    "https://palmer%2emy.salesforce.com",
    "https://palmer.my.salesforce.com.",
    "https://palmer..my.salesforce.com",
    "https://-palmer.my.salesforce.com",
    "https://palmer-.my.salesforce.com",
    "https://pal_mer.my.salesforce.com",
    "https://palmer.my.salesforce.com:8443",
    "https://palmer.my.salesforce.com:80",
    "https://palmer.my.salesforce.com:443:443",
    "https://palmer.my.salesforce.com:",
    "https://palmer.my.salesforce.com:x",
    "https://palmer.my.salesforce.com:99999",
    "http://palmer.my.salesforce.com",
    "ftp://palmer.my.salesforce.com",
    "javascript://palmer.my.salesforce.com",
    "//palmer.my.salesforce.com",
    "https:palmer.my.salesforce.com",
    "https:/palmer.my.salesforce.com",
    "https://pälmer.my.salesforce.com",
    "https://раlmer.my.salesforce.com",
    "https://palmer。my。salesforce。com",
    "https://palmer.my.sаlesforce.com",
    "https://pal mer.my.salesforce.com",
    "https://palmer.my.salesforce.com\r\nHost: evil.example",
    "https://palmer\t.my.salesforce.com",
    "https://palmer\x00.my.salesforce.com",
    "https://[::1].my.salesforce.com",
    "https://[::1",
    "https://127.0.0.1",
    "https://palmer.my.salesforce.mil",
    "https://palmer.force.com",
    f"https://{'a' * 64}.my.salesforce.com",
    f"https://{'a.' * 140}my.salesforce.com",
    DEMO,
    "http://127.0.0.1:8503",
]
NOT_THE_DEMO = [
    "http://127.0.0.1:85021",
    "http://127.0.0.1:8502@evil.example",
    "http://127.0.0.1:8502/x",
    "http://127.0.0.1:8502#",
    "http://localhost:8502",
    "https://127.0.0.1:8502",
    "http://127.0.0.1:8502.evil.example",
]


@pytest.fixture
def production() -> HostRules:
    return HostRules(None)


@pytest.mark.parametrize(("url", "origin"), ALLOWED.items())
def test_a_salesforce_host_is_accepted_everywhere(
    production: HostRules, url: str, origin: str
) -> None:
    assert production.login_origin(url) == origin
    assert production.check_instance_url(url) == origin


@pytest.mark.parametrize(("pasted", "origin"), PASTED.items())
def test_a_pasted_address_becomes_the_sign_in_origin(
    production: HostRules, pasted: str, origin: str
) -> None:
    assert production.login_origin(pasted) == origin


@pytest.mark.parametrize("url", HOSTILE)
def test_a_hostile_or_foreign_host_is_refused(production: HostRules, url: str) -> None:
    with pytest.raises(InvalidInput, match=r"My Domain"):
        production.login_origin(url)
    with pytest.raises(SignInRefused):
        production.check_instance_url(url)


@pytest.mark.parametrize("url", ["https://palmer.lightning.force.com", "palmer.my.salesforce.com"])
def test_an_answer_is_not_mended_the_way_a_pasted_address_is(
    production: HostRules, url: str
) -> None:
    with pytest.raises(SignInRefused):
        production.check_instance_url(url)


@pytest.mark.parametrize("url", NOT_THE_DEMO)
def test_only_exactly_the_demo_origin_is_accepted_in_addition(url: str) -> None:
    rules = HostRules(DEMO)

    with pytest.raises(InvalidInput):
        rules.login_origin(url)
    with pytest.raises(SignInRefused):
        rules.check_instance_url(url)


def test_the_demo_origin_is_accepted_where_the_setting_names_it() -> None:
    rules = HostRules(f"{DEMO}/")

    assert rules.login_origin(f" {DEMO}/ ") == DEMO
    assert rules.check_instance_url(DEMO) == DEMO
    assert rules.check_url(f"{DEMO}/id/00D/005") == DEMO
    assert rules.is_demo(DEMO)


def test_an_identity_url_may_go_on_after_the_host(production: HostRules) -> None:
    assert production.check_url("https://test.salesforce.com/id/00D/005") == (
        "https://test.salesforce.com"
    )
    with pytest.raises(SignInRefused):
        production.check_url("https://evil.example/id/00D/005")


@pytest.mark.parametrize(
    "url",
    [
        "https://palmer.my.salesforce.com/services/data/v66.0/query?q=SELECT%20Id",
        "https://palmer.my.salesforce.com:443/services/data",
        "https://PALMER.my.salesforce.com/services/data",
    ],
)
def test_a_call_to_the_connected_org_passes(production: HostRules, url: str) -> None:
    production.check_same_origin(url, PALMER)


@pytest.mark.parametrize(
    "url",
    [
        "https://other.my.salesforce.com/services/data",
        "http://palmer.my.salesforce.com/services/data",
        "https://palmer.my.salesforce.com:8443/services/data",
        "https://palmer.my.salesforce.com@evil.example/services/data",
        "https://palmer.my.salesforce.com\\@evil.example/",
        "https://x@palmer.my.salesforce.com/",
        "//evil.example/",
        "/services/data",
        "https://[::1",
        "",
    ],
)
def test_a_call_that_would_leave_the_connected_org_is_refused(
    production: HostRules, url: str
) -> None:
    with pytest.raises(WrongOrg):
        production.check_same_origin(url, PALMER)


@given(
    st.sampled_from(sorted(ALLOWED)),
    st.integers(0, 60),
    st.text(alphabet=string.printable + "\\%@?#。а\u200b", max_size=4),
)
def test_a_mutated_good_host_is_refused_or_still_salesforce(
    url: str, position: int, inserted: str
) -> None:
    mutant = url[:position] + inserted + url[position:]

    try:
        origin = HostRules(None).check_instance_url(mutant)
    except SignInRefused:
        return

    host = urllib.parse.urlsplit(mutant).hostname or ""
    assert origin == f"https://{host}"
    assert host.endswith((".my.salesforce.com", "login.salesforce.com", "test.salesforce.com"))
