"""A mapping for another org or object: what fits stays, everything else is listed with why."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MappingProblem
from core.mapping.describe import FieldDescribe, RecordType, SobjectDescribe
from core.mapping.fitting.copying import copy_to, move_object
from core.mapping.fitting.misfits import Misfit, MisfitKind
from core.mapping.model import (
    FormOverride,
    Lookup,
    MappingDraft,
    MatchKey,
    Newer,
    ObjectMapping,
    OverrideRow,
    RowSource,
    SourceKind,
    ValueMap,
)
from tests.mapping.fields import LEAD, choices, make_draft, make_field, make_mapping, make_row
from tests.mapping.whole import WHOLE


def without(*names: str, **changes: object) -> SobjectDescribe:
    fields = [field for field in LEAD.fields if field.name not in names]
    fields = [replace(f, **changes.get(f.name, {})) for f in fields]  # type: ignore[arg-type]  the changes of a test
    return replace(LEAD, fields=tuple(fields))


def kinds(misfits: tuple[Misfit, ...]) -> list[MisfitKind]:
    return [each.kind for each in misfits if each.kind is not MisfitKind.REQUIRED_UNSERVED]


def test_what_fits_is_copied_as_it_is():
    draft = make_mapping(
        make_row("lead.email", "Email"), make_row("lead.last_name", "LastName"), record_type=""
    )

    copied = copy_to(draft, {"Lead": LEAD})

    assert copied.draft == draft
    assert kinds(copied.misfits) == []


def test_missing_field_is_left_out_and_named_with_its_row():
    row = make_row("q.campus", "Campus__c")
    draft = make_mapping(make_row("lead.email", "Email"), row)

    copied = copy_to(draft, {"Lead": without("Campus__c")})

    [lost] = copied.lost
    assert (lost.kind, lost.row_ids) == (MisfitKind.FIELD_GONE, (row.row_id,))
    assert lost.sentence.startswith("Person · Campus__c ← q.campus: Lead has no field Campus__c")
    assert [each.field_name for each in copied.draft.person.rows] == ["Email"]


def test_field_the_user_may_not_write_is_left_out():
    draft = make_mapping(make_row("lead.email", "Number__c"))

    copied = copy_to(draft, {"Lead": LEAD})

    assert kinds(copied.lost) == [MisfitKind.NOT_WRITABLE]
    assert copied.draft.person.rows == ()


def test_other_type_and_shorter_length_stay_and_are_listed():
    before = LEAD
    there = without(Term__c={"type": "string"}, LastName={"length": 40})
    draft = make_mapping(make_row("q.term", "Term__c"), make_row("lead.last_name", "LastName"))

    copied = copy_to(draft, {"Lead": there}, {"Lead": before})

    assert kinds(copied.changed) == [MisfitKind.TYPE_CHANGED, MisfitKind.SHORTER]
    assert "holds 40 characters; it held 80" in copied.changed[-1].message
    assert copied.draft == draft


def test_values_missing_there_are_named_one_by_one_and_the_map_is_kept():
    value_map = ValueMap(pairs=(("a", "Business"), ("b", "Nursing"), ("c", "philosophy")))
    draft = make_mapping(make_row("q.program", "Program__c", value_map=value_map))

    copied = copy_to(draft, {"Lead": LEAD})

    [missing] = [each for each in copied.misfits if each.kind is MisfitKind.VALUE_GONE]
    assert missing.values == ("Nursing", "philosophy")
    assert missing.message == "2 values are missing or switched off in Program."
    assert copied.draft == draft


def test_constant_that_is_no_value_there_is_listed():
    source = RowSource(kind=SourceKind.CONSTANT, text="Fax")
    draft = make_mapping(make_row("c", "LeadSource", source=source))

    assert kinds(copy_to(draft, {"Lead": LEAD}).misfits) == [MisfitKind.VALUE_GONE]


@pytest.mark.parametrize("active", [True, False])
def test_record_type_is_kept_only_where_it_is_there_and_active(active: bool):
    record_type = RecordType(
        record_type_id="012", name="Grad", developer_name="Graduate", active=active
    )
    there = replace(LEAD, record_types=(record_type,))

    copied = copy_to(make_mapping(record_type="Graduate"), {"Lead": there})

    assert copied.draft.person.record_type == ("Graduate" if active else "")
    assert kinds(copied.lost) == ([] if active else [MisfitKind.RECORD_TYPE_GONE])


def test_match_key_with_a_missing_field_is_left_out_and_a_weaker_one_is_told():
    keys = (MatchKey(field_names=("Halda_ID__c",)), MatchKey(field_names=("Phone", "Email")))
    draft = make_mapping(match_keys=keys)
    there = without("Phone", Halda_ID__c={"external_id": False, "unique": False})

    copied = copy_to(draft, {"Lead": there}, {"Lead": LEAD})

    assert kinds(copied.misfits) == [MisfitKind.KEY_WEAKER, MisfitKind.KEY_GONE]
    assert copied.draft.person.match_keys == keys[:1]


def test_lookup_is_checked_against_what_the_field_refers_to_and_the_other_object():
    user = SobjectDescribe(name="User", label="User", fields=(make_field("Email"),))
    by_name = Lookup(sobject_name="User", by_field="Alias")
    to_campaign = Lookup(sobject_name="Campaign", by_field="Name")
    draft = make_mapping(
        make_row("a", "OwnerId", lookup=by_name), make_row("b", "OwnerId", lookup=to_campaign)
    )

    copied = copy_to(draft, {"Lead": LEAD, "User": user})

    told = [each.message for each in copied.misfits if each.kind is MisfitKind.LOOKUP_GONE]
    assert told == [
        "User has no field Alias to look records up by.",
        "Owner ID refers to Group, User, not to Campaign.",
    ]
    assert copied.draft == draft


def test_missing_datetime_of_only_if_newer_is_listed():
    draft = make_mapping(make_row("a", "Email", newer=Newer(field_name="Changed__c")))

    assert kinds(copy_to(draft, {"Lead": LEAD}).misfits) == [MisfitKind.NEWER_GONE]


def test_missing_child_object_takes_its_rows_along_and_says_how_many():
    contact = replace(LEAD, name="Contact")

    copied = copy_to(WHOLE, {"Contact": contact})

    gone = next(each for each in copied.lost if each.kind is MisfitKind.OBJECT_GONE)
    assert "its 4 rows have nowhere to go" in gone.message
    assert set(gone.row_ids) == {"extra:1", "extra:2", "row-lead.term"}
    assert [each.object_id for each in copied.draft.objects] == ["person"]
    assert copied.draft.forms[0].rows == ()


def test_org_without_the_persons_object_is_refused():
    with pytest.raises(MappingProblem, match="no object Contact"):
        copy_to(WHOLE, {"Inquiry__c": LEAD})


def test_row_of_a_form_is_lost_on_its_own():
    own = OverrideRow(object_id="person", row=make_row("lead.email", "Nowhere__c"))
    draft = replace(
        make_mapping(make_row("lead.email", "Email")),
        forms=(FormOverride(form_id="f1", rows=(own,)),),
    )

    copied = copy_to(draft, {"Lead": LEAD})

    assert [each.form_id for each in copied.lost] == ["f1"]
    assert copied.draft.person == draft.person
    assert copied.draft.forms[0].rows == ()


def test_names_are_compared_without_case():
    draft = make_mapping(make_row("lead.email", "EMAIL"), sobject_name="LEAD")

    assert copy_to(draft, {"Lead": LEAD}).lost == ()


def test_required_field_that_nothing_serves_there_is_listed():
    copied = copy_to(make_mapping(make_row("lead.email", "Email")), {"Lead": LEAD})

    told = [e.message for e in copied.misfits if e.kind is MisfitKind.REQUIRED_UNSERVED]
    assert told == [
        "Last Name is required for a new Lead, and no row fills it.",
        "Company is required for a new Lead, and no row fills it.",
    ]


def test_change_of_object_lists_what_is_lost_and_what_differs():
    contact = SobjectDescribe(
        name="Contact",
        label="Contact",
        fields=(
            make_field("Email", "email", length=80),
            make_field("Phone", "string", length=40),
            make_field("LastName", length=60),
        ),
    )
    child = make_draft(object_id="inquiry", sobject_name="Inquiry__c", match_keys=())
    draft = MappingDraft(
        objects=(
            make_draft(
                make_row("lead.email", "Email"),
                make_row("lead.phone", "Phone"),
                make_row("lead.last_name", "LastName"),
                make_row("q.campus", "Campus__c"),
                record_type="Graduate",
            ),
            child,
        )
    )

    moved = move_object(draft, "person", contact, LEAD)

    assert kinds(moved.lost) == [
        MisfitKind.RECORD_TYPE_GONE,
        MisfitKind.KEY_GONE,
        MisfitKind.FIELD_GONE,
    ]
    assert kinds(moved.changed) == [MisfitKind.TYPE_CHANGED, MisfitKind.SHORTER]
    assert [row.field_name for row in moved.draft.person.rows] == ["Email", "Phone", "LastName"]
    assert moved.draft.person.sobject_name == "Contact"
    assert moved.draft.objects[1] == child


def described(name: str, *fields: FieldDescribe) -> SobjectDescribe:
    return SobjectDescribe(name=name, label=name, fields=fields)


def with_inquiry(field_name: str) -> MappingDraft:
    """A contact, and an inquiry whose field carries the contact's id."""
    link = make_row("p", field_name, source=RowSource(kind=SourceKind.PARENT, text="person"))
    inquiry = ObjectMapping(object_id="inquiry", sobject_name="Inquiry__c", rows=(link,))
    return MappingDraft(objects=(ObjectMapping(sobject_name="Contact"), inquiry))


CONTACT_LINK = make_field("Contact__c", "reference", reference_to=("Contact",))


def test_child_changed_to_another_object_keeps_its_link_to_the_person():
    draft = with_inquiry("Contact__c")

    moved = move_object(draft, "inquiry", described("Other__c", CONTACT_LINK))

    assert moved.misfits == ()
    assert moved.draft.objects[1].rows == draft.objects[1].rows


def test_child_changed_to_an_object_whose_link_goes_elsewhere_says_so():
    elsewhere = replace(CONTACT_LINK, reference_to=("Lead",))

    moved = move_object(with_inquiry("Contact__c"), "inquiry", described("Other__c", elsewhere))

    assert [each.message for each in moved.misfits] == ["Contact refers to Lead, not to Contact."]


@pytest.mark.parametrize("field", [CONTACT_LINK, make_field("Contact__c")], ids=["lookup", "text"])
def test_person_changed_to_another_object_lists_children_that_cannot_point_at_it(field):
    others = {"Inquiry__c": described("Inquiry__c", field), "Contact": described("Contact")}
    draft = with_inquiry("Contact__c")

    moved = move_object(draft, "person", described("Lead"), others["Contact"], others)

    [told] = moved.misfits
    assert (told.object_id, told.kind) == ("inquiry", MisfitKind.LOOKUP_GONE)
    assert moved.draft.objects[1] == draft.objects[1]


NAMES = st.sampled_from([*(field.name for field in LEAD.fields), "Gone__c", "Also_Gone__c", ""])


@given(names=st.lists(NAMES, max_size=12))
def test_every_row_is_kept_or_listed(names: list[str]):
    rows = tuple(
        make_row(f"q.{number}", name, note=str(number)) for number, name in enumerate(names)
    )
    draft = MappingDraft(objects=(ObjectMapping(sobject_name="Lead", rows=rows),))

    copied = copy_to(draft, {"Lead": LEAD})

    listed = {row_id for each in copied.lost for row_id in each.row_ids}
    kept = {row.row_id for row in copied.draft.person.rows}
    assert kept | listed == {row.row_id for row in rows}
    assert not kept & listed


def test_values_of_a_field_that_became_a_picklist_are_checked():
    before = replace(LEAD, fields=(make_field("Term__c", length=255),))
    after = replace(
        LEAD, fields=(make_field("Term__c", "picklist", picklist_values=choices("Fall")),)
    )
    value_map = ValueMap(pairs=(("f", "Fall"), ("s", "Spring")))
    draft = make_mapping(make_row("q.term", "Term__c", value_map=value_map), match_keys=())

    copied = copy_to(draft, {"Lead": after}, {"Lead": before})

    assert kinds(copied.changed) == [MisfitKind.TYPE_CHANGED, MisfitKind.VALUE_GONE]
