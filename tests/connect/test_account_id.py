"""Halda's account id and the callback made from it, as pasted by people."""

import contextlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from core.halda.account import (
    callback_url,
    check_callback,
    looks_like_account_id,
    parse_account_id,
)

CUID = "cl9x0a1b2000008l4h3z7d9qk"
EXPECTED = f"https://app.heyhalda.com/accounts/{CUID}/settings/integrations/salesforce/callback"
IDS = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=64)


@pytest.mark.parametrize(
    "pasted",
    [
        CUID,
        f"  {CUID}\n",
        f"https://app.heyhalda.com/accounts/{CUID}",
        f"https://app.heyhalda.com/accounts/{CUID}/",
        f"https://app.heyhalda.com/accounts/{CUID}?tab=home",
        f"https://app.heyhalda.com/accounts/{CUID}#top",
        f"app.heyhalda.com/accounts/{CUID}/forms/leadform_78",
        EXPECTED,
    ],
)
def test_the_id_is_found_in_whatever_is_pasted(pasted: str) -> None:
    assert parse_account_id(pasted) == CUID


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "   ",
        "[accountId]",
        "{accountId}",
        "https://app.heyhalda.com/accounts/[accountId]/settings",
        "https://app.heyhalda.com/accounts/%5BaccountId%5D/settings",
        "https://app.heyhalda.com/accounts/",
        "https://app.heyhalda.com/home",
        "two words",
        "../../etc",
        "x" * 65,
        "é",
    ],
)
def test_what_holds_no_id_is_refused_with_where_to_find_it(pasted: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_account_id(pasted)

    assert "/accounts/" in caught.value.advice


@given(IDS.filter(lambda each: each.casefold() not in {"accountid", "account_id"}))
def test_every_id_survives_its_own_callback(account_id: str) -> None:
    url = callback_url("https://app.heyhalda.com", account_id)

    assert parse_account_id(url) == account_id
    assert check_callback(url, url) == []


@given(st.text(max_size=80))
def test_any_text_gives_a_clean_id_or_a_refusal(text: str) -> None:
    account_id = "refused"
    with contextlib.suppress(InvalidInput):
        account_id = parse_account_id(text)

    assert set(account_id) <= set(string.ascii_letters + string.digits + "_-")


def test_a_cuid_is_expected_but_not_forced() -> None:
    assert looks_like_account_id(CUID)
    assert not looks_like_account_id("palmer")
    assert parse_account_id("palmer") == "palmer"


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        pytest.param(EXPECTED.replace("https", "http"), "https://", id="http"),
        pytest.param(EXPECTED + "/", "slash", id="slash"),
        pytest.param(EXPECTED.replace(CUID, "[accountId]"), "placeholder", id="placeholder"),
        pytest.param(EXPECTED.replace(CUID, "another"), "another Halda account", id="other id"),
        pytest.param(EXPECTED + " ", "space", id="space"),
        pytest.param(EXPECTED + "?x=1", "?", id="query"),
        pytest.param(EXPECTED.replace("app.", "www."), "host", id="host"),
        pytest.param(EXPECTED.replace("callback", "Callback"), "path", id="case"),
    ],
)
def test_each_difference_in_the_callback_is_named(pasted: str, said: str) -> None:
    problems = check_callback(pasted, EXPECTED)

    assert any(said in problem for problem in problems), problems


@given(st.text(max_size=120))
def test_only_the_exact_address_passes(text: str) -> None:
    assert (check_callback(text, EXPECTED) == []) == (text == EXPECTED)
