"""What a finished preview cannot know, on its page."""

import pytest

from core.console import Console
from core.mapping.model import MappingDraft
from core.store.tables import Connection, PreviewRun
from tests.demo_org_process import DemoOrgProcess
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.test_preview import preview, show
from tests.preview.mappings import lakeside_draft


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


@pytest.fixture
def plain() -> MappingDraft:
    return MappingDraft(objects=(lakeside_draft(),))


def test_the_orgs_own_rules_are_listed_with_their_messages_and_where_to_look(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)
    with console.store.write() as session:
        found = session.get_one(Connection, lakeside)
        found.instance_url = "https://lakeside.my.salesforce.com"
        session.add(found)

    page = show(run)

    [title] = [each.label for each in page.expander if each.label.startswith("What this preview")]
    [listed] = [each.value for each in page.dataframe if "Message" in each.value]
    assert "2 active validation rules" in title
    assert "on Contact" in title
    assert run.org_rules is not None
    assert {each.message for each in run.org_rules.rules} == set(listed["Message"])
    assert any("/ObjectManager/Contact/ValidationRules/" in each for each in listed["Setup"])


def test_what_the_org_did_not_tell_is_said_with_what_to_do(
    console: Console, org: DemoOrgProcess, lakeside: str, plain: MappingDraft
) -> None:
    org.switch("lakeside", flags=["setup_hidden"])
    run = preview(console, lakeside, plain)
    org.switch("lakeside", flags=[])

    told = words(show(run)).replace("\\", "")

    assert "could not be read: the connected user lacks View Setup and Configuration." in told
    assert "Ask the university's Salesforce admin" in told


def test_preview_that_never_asked_says_so(
    console: Console, lakeside: str, plain: MappingDraft
) -> None:
    run = preview(console, lakeside, plain)
    with console.store.write() as session:
        row = session.get_one(PreviewRun, run.run_id)
        row.org_rules = {}
        session.add(row)

    assert "Preview again to see the org's own rules." in words(show(run))
