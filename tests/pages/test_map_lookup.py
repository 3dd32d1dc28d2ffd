"""Related records on the mapping page: the org is asked before anything is previewed."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.editing.rows import find_row, with_object, with_row
from core.mapping.model import Lookup
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.mapping_desk import (
    PROGRAM_ROW,
    choose_row,
    click,
    decide_everything,
    edit_whole_elsewhere,
    edited,
    frame_with,
    open_desk,
)

ASK = "mapping.lookup.ask"
NOT_FOUND = "No Account has this Name"


@pytest.fixture(autouse=True)
def lakeside(console: Console) -> str:
    """The program of an inquiry finds the Account of that name, where there is one."""
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    draft = edited(console, connection_id)
    row = find_row(draft.person, PROGRAM_ROW)
    assert row is not None
    lookup = Lookup(sobject_name="Account", by_field="Name")
    row = replace(row, field_name="AccountId", lookup=lookup, value_map=None)
    changed = with_object(draft, with_row(draft.person, row))
    edit_whole_elsewhere(console, connection_id, changed)
    return connection_id


def test_what_the_org_does_not_find_is_a_problem_of_the_row_once_it_was_asked() -> None:
    page = choose_row(open_desk(), PROGRAM_ROW)
    assert NOT_FOUND not in words(page)
    assert "once the org is asked" in trial(page)

    page = click(page, ASK)

    assert NOT_FOUND in words(page)
    assert "✋ holds" in words(page)
    assert trial(page).startswith("001")  # the Accounts that are there


def test_the_page_says_that_the_org_was_not_asked_until_it_was() -> None:
    page = open_desk()
    assert "The org was not asked yet which are there" in words(page)

    page = choose_row(click(page, "mapping.lookup.ask_all"), PROGRAM_ROW)

    assert "not asked yet" not in words(page)
    assert NOT_FOUND in words(page)


def trial(page: AppTest) -> str:
    """What the row would send for the sample's first values."""
    return "\n".join(frame_with(page, "Would send")["Would send"])


def test_sign_off_asks_by_itself_and_tells_what_would_wait() -> None:
    page = decide_everything(open_desk())
    assert NOT_FOUND not in words(page)

    page = click(page, "mapping.sign_off")

    assert NOT_FOUND in words(page)


def test_an_org_that_cannot_be_asked_is_told_and_hinders_no_sign_off(org: DemoOrgProcess) -> None:
    page = decide_everything(open_desk())
    answer = [{"errorCode": "REQUEST_LIMIT_EXCEEDED", "message": "TotalRequests Limit exceeded."}]
    org.fault(match="/(query|composite)", status=403, body=answer, times=9)

    page = click(page, "mapping.sign_off")

    assert "the org could not be asked" in words(page)
    assert page.button("mapping.sign_off.do").label == "Sign off version 2"
