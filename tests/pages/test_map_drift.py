"""The mapping page after the university's admin changed the org."""

from dataclasses import replace

from core.connect.snapshots import get_describe
from core.mapping.editing.rows import with_object
from core.store.mappings import load_mapping
from tests.pages.conftest import LAKESIDE, SeededHome, connection_id_of, words
from tests.pages.mapping_desk import (
    EMAIL_ROW,
    SAVE,
    choose,
    choose_row,
    click,
    edit_whole_elsewhere,
    edited,
    open_desk,
)


def test_field_hidden_since_the_version_is_told_with_its_inquiries(own: SeededHome) -> None:
    console = own.console
    assert console is not None
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    page = choose_row(open_desk(), "field:lead.phone", "More")
    page.text_area("mapping.note.field:lead.phone").set_value("agreed").run()
    click(page, SAVE)

    own.org.switch("lakeside", hidden_fields=["Contact.Phone"])
    get_describe(console.connect, connection_id, "Contact", refresh=True)
    page = open_desk()

    assert load_mapping(console.store, connection_id) is not None
    assert "The org changed since version 2" in page.warning[0].value
    assert "loaded inquiries" in words(page)

    page = click(page, "mapping.drift.0")
    assert page.selectbox("mapping.row").value == "field:lead.phone"


def test_object_that_vanished_is_named_and_can_be_taken_out(own: SeededHome) -> None:
    console = own.console
    assert console is not None
    connection_id = connection_id_of(console, LAKESIDE.account_id)
    page = click(open_desk(), "mapping.add_object")
    page = choose(page, "mapping.new_object", "hed__Affiliation__c")
    page = click(page, "mapping.add_object.do")
    child = edited(console, connection_id).objects[1]
    gone = replace(child, sobject_name="Gone__c")
    draft = with_object(edited(console, connection_id), gone)
    edit_whole_elsewhere(console, connection_id, draft)

    page = open_desk()
    assert "the org shows no object Gone__c" in words(page)

    click(page, f"mapping.hidden.{child.object_id}")
    assert len(edited(console, connection_id).objects) == 1


def test_unchanged_org_says_nothing(own: SeededHome) -> None:
    page = choose_row(open_desk(), EMAIL_ROW)
    page = click(choose(page, f"mapping.null.{EMAIL_ROW}", "hold"), SAVE)

    assert not page.warning
