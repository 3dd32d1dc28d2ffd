"""The objects of a mapping on its page: how each is written, their order, adding and removing."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from core.console import Console
from core.mapping.model import MatchKey, ObjectMapping, Operation, SourceKind
from tests.pages.conftest import LAKESIDE, connection_id_of, labelled, words
from tests.pages.mapping_desk import choose, click, edit_whole_elsewhere, edited, open_desk

CHILD = "hed__Affiliation__c"


LEAD_FIRST = ObjectMapping(sobject_name="Lead", match_keys=(MatchKey(field_names=("Email",)),))


@pytest.fixture
def lakeside(console: Console) -> str:
    return connection_id_of(console, LAKESIDE.account_id)


def test_match_keys_keep_their_order_and_take_several_fields(
    console: Console, lakeside: str
) -> None:
    page = open_desk()
    page.multiselect("mapping.keys").set_value(["Email + LastName", "Halda_ID__c"]).run()
    box = labelled(page.multiselect, "Further key of several fields")
    box.set_value(["Phone", "LastName"])

    next(each for each in page.button if each.label == "Add this key").click().run()

    assert edited(console, lakeside).person.match_keys == (
        MatchKey(field_names=("Email", "LastName")),
        MatchKey(field_names=("Halda_ID__c",)),
        MatchKey(field_names=("Phone", "LastName")),
    )


def test_stored_salesforce_id_is_offered_as_a_match_key(console: Console, lakeside: str) -> None:
    page = open_desk()
    by_id = "Id in lead.crm_reference_id"
    page.multiselect("mapping.keys").set_value(["Halda_ID__c", by_id]).run()

    assert edited(console, lakeside).person.match_keys == (
        MatchKey(field_names=("Halda_ID__c",)),
        MatchKey(field_names=("Id",), id_source="lead.crm_reference_id"),
    )
    assert f"matched by Halda_ID__c, then {by_id}" in words(page).replace("\\", "")


def test_contact_of_a_lead_first_mapping_can_take_over_from_converted_leads(
    console: Console, lakeside: str
) -> None:
    draft = edited(console, lakeside)
    contact = replace(draft.person, object_id="contact")
    edit_whole_elsewhere(console, lakeside, replace(draft, objects=(LEAD_FIRST, contact)))
    page = open_desk()
    page.session_state["mapping.object_id"] = "contact"

    page = labelled(page.run().checkbox, "Only for leads that were converted").check().run()

    changed = edited(console, lakeside).objects[-1]
    assert (changed.only_converted, changed.operation) == (True, Operation.UPDATE)
    assert "only for leads that were converted" in words(page)


def test_object_is_only_written_with_what_was_chosen(console: Console, lakeside: str) -> None:
    page = open_desk()
    page.multiselect("mapping.only_with").set_value(["lead.email"]).run()

    assert edited(console, lakeside).person.only_with == ("lead.email",)
    assert "only with Email" in words(page).replace("\\", "")


def test_child_is_added_behind_the_person_with_its_id(console: Console, lakeside: str) -> None:
    page = choose(click(open_desk(), "mapping.add_object"), "mapping.new_object", CHILD)

    page = click(page, "mapping.add_object.do")

    draft = edited(console, lakeside)
    assert [each.sobject_name for each in draft.objects] == ["Contact", CHILD]
    parents = [r for r in draft.objects[1].rows if r.source.kind is SourceKind.PARENT]
    assert [row.field_name for row in parents] == ["hed__Contact__c"]
    assert parents[0].source.text == "person"


def test_each_object_has_settings_of_its_own(console: Console, lakeside: str) -> None:
    page = choose(click(open_desk(), "mapping.add_object"), "mapping.new_object", CHILD)
    page = click(page, "mapping.add_object.do")
    child_id = edited(console, lakeside).objects[1].object_id
    page.button_group("mapping.object_id").set_value(child_id).run()

    page = choose(page, f"mapping.{child_id}..operation", Operation.INSERT)

    operations = [each.operation for each in edited(console, lakeside).objects]
    assert operations == [Operation.UPSERT, Operation.INSERT]


def widget_keys(page: AppTest) -> set[str]:
    boxes = (*page.selectbox, *page.multiselect, *page.text_input, *page.text_area)
    return {each.key for each in boxes if each.key and each.key.startswith("mapping.")}


def test_no_widget_of_one_object_speaks_for_another(console: Console, lakeside: str) -> None:
    """A browser hands a key's last value to whichever widget has the key next."""
    page = choose(click(open_desk(), "mapping.add_object"), "mapping.new_object", CHILD)
    page = click(page, "mapping.add_object.do")
    of_person = widget_keys(page)
    child_id = edited(console, lakeside).objects[1].object_id

    page = page.button_group("mapping.object_id").set_value(child_id).run()

    both = of_person & widget_keys(page)

    assert {"mapping.keys", "mapping.only_with"} <= of_person
    assert not {key for key in both if key.endswith(("keys", "only_with")) or ":" in key}


def test_objects_change_places_and_a_lost_parent_is_told(console: Console, lakeside: str) -> None:
    page = choose(click(open_desk(), "mapping.add_object"), "mapping.new_object", CHILD)
    page = click(page, "mapping.add_object.do")

    page = click(page, "mapping.object.1")

    assert next(each.sobject_name for each in edited(console, lakeside).objects) == CHILD
    assert "1 block" in page.get("progress")[0].proto.text


def test_object_is_removed_only_after_its_loss_was_told(console: Console, lakeside: str) -> None:
    page = choose(click(open_desk(), "mapping.add_object"), "mapping.new_object", CHILD)
    page = click(page, "mapping.add_object.do")
    page = labelled(page.button, "Remove …").click().run()
    assert "hed__Contact__c, which takes its record's id" in words(page)

    page = click(page, "mapping.object.remove")

    assert [each.sobject_name for each in edited(console, lakeside).objects] == [CHILD]
    assert len(click(page, "mapping.undo").error) == 0
    assert len(edited(console, lakeside).objects) == 2


def test_change_of_object_lists_what_is_lost(console: Console, lakeside: str) -> None:
    page = labelled(open_desk().button, "Change to another object").click().run()
    page = choose(page, "mapping.object", "Lead")
    assert "left out · " in words(page)

    click(page, "mapping.object.change")

    assert edited(console, lakeside).person.sobject_name == "Lead"


def test_country_and_zone_are_those_of_the_whole_mapping(console: Console, lakeside: str) -> None:
    page = choose(open_desk(), "mapping.default_country", "MX")

    choose(page, "mapping.time_zone", "America/Denver")

    draft = edited(console, lakeside)
    assert (draft.default_country, draft.time_zone) == ("MX", "America/Denver")


def test_record_type_is_kept_by_its_developer_name(console: Console, lakeside: str) -> None:
    page = labelled(open_desk().button, "Change to another object").click().run()
    page = click(choose(page, "mapping.object", "Account"), "mapping.object.change")
    options = page.selectbox("mapping.record_type").options
    name = next(each.split(" · ")[1] for each in options if " · " in each)

    choose(page, "mapping.record_type", name)

    assert edited(console, lakeside).person.record_type == name
