"""A mapping taken over from the account's other environment: nothing is dropped in silence."""

import pytest

from core.connect.connections import add_environment, list_connections
from core.connect.states import Environment
from core.console import Console
from core.mapping.editing.rows import add_extra, with_object
from core.mapping.model import RowSource, SourceKind
from core.store.mappings import load_draft, save_mapping
from tests.pages.conftest import LAKESIDE, connection_id_of, words
from tests.pages.mapping_desk import click, edited, open_desk


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


@pytest.fixture
def sandbox(console: Console, lakeside: str) -> str:
    """A sandbox whose mapping sends a field that this org does not have."""
    add_environment(
        console.connect,
        operator="Ines",
        account_id=LAKESIDE.account_id,
        environment=Environment.SANDBOX,
    )
    found = list_connections(console.connect, LAKESIDE.account_id)
    other = next(each for each in found if each.environment is Environment.SANDBOX)
    draft = edited(console, lakeside)
    source = RowSource(kind=SourceKind.CONSTANT, text="Halda")
    person = add_extra(draft.person, source, "Only_In_Sandbox__c")
    save_mapping(
        console.store,
        connection_id=other.connection_id,
        draft=with_object(draft, person),
        based_on=0,
        operator="Ines",
    )
    return other.connection_id


def test_copy_lists_what_is_left_out_and_tells_its_origin(
    console: Console, lakeside: str, sandbox: str
) -> None:
    assert sandbox != lakeside
    page = click(open_desk(), "mapping.copy.sandbox")
    assert "left out · " in words(page)
    assert "Only_In_Sandbox__c" in words(page)

    click(page, "mapping.copy.do")

    names = [row.field_name for row in edited(console, lakeside).person.rows]
    assert "Only_In_Sandbox__c" not in names
    assert "Email" in names


def test_copy_that_changes_something_is_kept_with_its_origin(
    console: Console, lakeside: str, sandbox: str
) -> None:
    assert sandbox
    page = open_desk()
    page.multiselect("mapping.keys").set_value(["Email + LastName"]).run()

    click(click(page, "mapping.copy.sandbox"), "mapping.copy.do")

    stored = load_draft(console.store, lakeside)
    assert stored is not None
    assert stored.origin == "copied from sandbox version 1"
