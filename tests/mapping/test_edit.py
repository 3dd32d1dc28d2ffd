"""Edits of a draft: what stays, what is lost, and that nothing is edited in place."""

from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.editing.rows import add_extra, map_field, move_to_object, row_for_field
from core.mapping.model import MatchKey, ObjectMapping, RowSource, SourceKind

CONTACT = SobjectDescribe(
    name="Contact",
    label="Contact",
    fields=(
        FieldDescribe(name="Email", label="Email", type="email", createable=True, updateable=True),
        FieldDescribe(name="Name", label="Name", type="string"),
    ),
)
EMPTY = ObjectMapping(sobject_name="Lead")


def test_mapping_a_field_twice_keeps_one_row_with_the_newer_target() -> None:
    draft = map_field(map_field(EMPTY, "lead.email", "Email"), "lead.email", "Other_Email__c")

    assert [row.field_name for row in draft.rows] == ["Other_Email__c"]


def test_taking_a_target_off_drops_the_row() -> None:
    draft = map_field(map_field(EMPTY, "lead.email", "Email"), "lead.email", "")

    assert draft.rows == ()


def test_two_constants_get_different_row_ids() -> None:
    source = RowSource(kind=SourceKind.CONSTANT, text="Halda")

    draft = add_extra(add_extra(EMPTY, source, "LeadSource"), source, "Status")

    assert len({row.row_id for row in draft.rows}) == 2


def test_another_object_keeps_what_fits_and_lists_what_is_lost() -> None:
    draft = map_field(map_field(EMPTY, "lead.email", "Email"), "lead.last_name", "Name")
    draft = ObjectMapping(
        sobject_name="Lead",
        rows=draft.rows,
        match_keys=(MatchKey(field_names=("Email",)), MatchKey(field_names=("Halda_ID__c",))),
    )

    moved, lost = move_to_object(draft, CONTACT)

    assert moved.sobject_name == "Contact"
    assert [row.field_name for row in moved.rows] == ["Email"]
    assert [key.field_names for key in moved.match_keys] == [("Email",)]
    assert [row.field_name for row in lost] == ["Name"]


def test_a_field_without_a_row_reads_as_unmapped() -> None:
    assert row_for_field(EMPTY, "lead.email").field_name == ""
