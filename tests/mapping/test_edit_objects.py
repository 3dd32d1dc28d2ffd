"""Moving and removing objects, and what single forms do otherwise."""

from core.mapping.editing.forms import form_row, with_form_row, without_form_row
from core.mapping.editing.objects import move_object, needing, remove_object
from core.mapping.editing.rows import add_extra, map_field
from core.mapping.forms import objects_for_form
from core.mapping.model import (
    FieldRow,
    FormOverride,
    MappingDraft,
    ObjectMapping,
    RowSource,
    SourceKind,
)

PERSON = map_field(ObjectMapping(sobject_name="Contact"), "lead.email", "Email")
CHILD = add_extra(
    ObjectMapping(sobject_name="hed__Course_Interest__c", object_id="course_interest"),
    RowSource(kind=SourceKind.PARENT, text="person"),
    "Contact__c",
)
DRAFT = MappingDraft(objects=(PERSON, CHILD))
FORM = FormOverride(form_id="f1", form_name="Visit day")


def ids(draft: MappingDraft) -> list[str]:
    return [each.object_id for each in draft.objects]


def test_object_moves_up_and_down_but_not_beyond_the_ends() -> None:
    assert ids(move_object(DRAFT, "person", 1)) == ["course_interest", "person"]
    assert move_object(DRAFT, "person", -1) == DRAFT
    assert move_object(DRAFT, "unknown", 1) == DRAFT


def test_removed_object_takes_the_rows_along_that_need_its_record() -> None:
    assert [row.field_name for _, row in needing(DRAFT, "person")] == ["Contact__c"]

    left = remove_object(DRAFT, "person")

    assert ids(left) == ["course_interest"]
    assert left.objects[0].rows == ()
    assert remove_object(left, "course_interest") == left


def test_form_sends_a_row_its_own_way_until_it_is_reset() -> None:
    own = FieldRow(
        row_id="field:lead.email",
        source=RowSource(kind=SourceKind.FIELD, text="lead.email"),
        field_name="hed__AlternateEmail__c",
    )

    draft = with_form_row(DRAFT, FORM, "person", own)

    assert form_row(draft, "f1", "person", own.row_id) == own
    sent = objects_for_form(draft, "f1")[0].rows
    assert [row.field_name for row in sent] == ["hed__AlternateEmail__c"]
    assert objects_for_form(draft, "other") == DRAFT.objects
    assert without_form_row(draft, "f1", "person", own.row_id) == DRAFT


def test_form_row_that_equals_the_default_is_no_override() -> None:
    default = PERSON.rows[0]
    changed = with_form_row(DRAFT, FORM, "person", FieldRow(row_id="x", source=default.source))
    assert changed == DRAFT
    assert with_form_row(DRAFT, FORM, "person", default) == DRAFT


def test_form_can_leave_a_row_of_the_default_out() -> None:
    default = PERSON.rows[0]
    off = FieldRow(row_id=default.row_id, source=default.source)

    draft = with_form_row(DRAFT, FORM, "person", off)

    assert objects_for_form(draft, "f1")[0].rows == ()
    assert without_form_row(draft, "f1", "person", default.row_id) == DRAFT
