"""What the EDA package makes of a contact is said before it is sent."""

from collections.abc import Mapping

import pytest

from core.mapping.decide import Action
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import JsonValue
from core.mapping.problems import ProblemKind
from core.preview.cells import CellPlan
from core.preview.foreseen.eda import EdaTrigger

_TYPES = {"email": ("Email", "hed__AlternateEmail__c", "hed__UniversityEmail__c",
                    "hed__WorkEmail__c"),
          "phone": ("Phone", "AssistantPhone", "Fax", "HomePhone", "MobilePhone", "OtherPhone",
                    "hed__WorkPhone__c"),
          "picklist": ("hed__Preferred_Email__c", "hed__PreferredPhone__c"),
          "boolean": ("hed__Do_Not_Contact__c", "hed__Deceased__c", "HasOptedOutOfEmail",
                      "DoNotCall", "HasOptedOutOfFax"),
          "string": ("LastName",)}  # fmt: skip
_LABELS = {
    "hed__AlternateEmail__c": "Alternate Email",
    "hed__WorkEmail__c": "Work Email",
    "hed__Preferred_Email__c": "Preferred Email",
    "MobilePhone": "Mobile",
    "hed__Do_Not_Contact__c": "Do Not Contact",
}
FIELDS = tuple(
    FieldDescribe(name=name, label=_LABELS.get(name, name), type=type_, updateable=True)
    for type_, names in _TYPES.items()
    for name in names
)
CONTACT = SobjectDescribe(name="Contact", label="Contact", fields=FIELDS)
Values = Mapping[str, JsonValue]
MAIL, ALTERNATE, WORK = "Email", "hed__AlternateEmail__c", "hed__WorkEmail__c"
PREFERRED, DO_NOT_CONTACT = "hed__Preferred_Email__c", "hed__Do_Not_Contact__c"


def mark(
    payload: Values, current: Values | None = None, *, describe: SobjectDescribe = CONTACT
) -> dict[str, CellPlan]:
    cells = [
        CellPlan(
            row_id=name,
            field_name=name,
            field_label=name,
            source_label=name,
            source_text=str(value),
            value=value,
            current=None,
            action=Action.SEND,
            will_send=True,
            sent_value=value,
            reason="new record",
            problems=(),
        )
        for name, value in payload.items()
    ]
    return {cell.field_name: cell for cell in EdaTrigger(describe).mark(cells, payload, current)}


def kinds(cell: CellPlan) -> list[ProblemKind]:
    return [each.kind for each in cell.problems]


def test_only_email_is_copied_to_the_alternate_one_and_it_is_said() -> None:
    cells = mark({"LastName": "Neu", MAIL: "a@example.edu"})

    assert cells["LastName"].note == ("the EDA package also sets Alternate Email, Preferred Email")
    assert kinds(cells[MAIL]) == []


def test_email_that_the_preferred_one_takes_back_is_told() -> None:
    held = {MAIL: "a@x.edu", ALTERNATE: "a@x.edu", PREFERRED: "Alternate Email"}

    cells = mark({MAIL: "new@x.edu"}, held)

    assert kinds(cells[MAIL]) == [ProblemKind.WRITTEN_OVER]
    assert not cells[MAIL].problems[0].blocks
    assert "x.edu" not in cells[MAIL].problems[0].message


def test_email_that_goes_with_the_preferred_one_has_nothing_to_tell() -> None:
    held = {MAIL: "a@x.edu", ALTERNATE: "a@x.edu", PREFERRED: "Alternate Email"}

    cells = mark({MAIL: "new@x.edu", ALTERNATE: "new@x.edu"}, held)

    assert [kinds(cell) for cell in cells.values()] == [[], []]
    assert all(cell.note == "" for cell in cells.values())


@pytest.mark.parametrize(
    ("payload", "told_at"),
    [
        pytest.param({ALTERNATE: "a@x.edu", WORK: "w@x.edu"}, ALTERNATE, id="several"),
        pytest.param({MAIL: "a@x.edu", PREFERRED: "Work Email"}, PREFERRED, id="blank"),
        pytest.param({WORK: "w@x.edu", PREFERRED: "Home Email"}, PREFERRED, id="unknown"),
    ],
)
def test_preference_that_cannot_be_followed_holds_the_record(payload: Values, told_at: str) -> None:
    cells = mark(payload)

    assert kinds(cells[told_at]) == [ProblemKind.REFUSED_BY_PACKAGE]
    assert cells[told_at].problems[0].blocks


def test_record_that_is_refused_as_it_stands_is_held_at_the_first_field_sent() -> None:
    held = {ALTERNATE: "a@x.edu", WORK: "w@x.edu"}

    cells = mark({"LastName": "Neu"}, held)

    assert kinds(cells["LastName"]) == [ProblemKind.REFUSED_BY_PACKAGE]


def test_custom_field_of_the_universitys_own_may_be_preferred() -> None:
    own = FieldDescribe(name="Parent_Email__c", label="Parent Email", type="email")
    describe = SobjectDescribe(name="Contact", label="Contact", fields=(*FIELDS, own))

    cells = mark({WORK: "w@x.edu", PREFERRED: "Parent Email"}, describe=describe)

    assert kinds(cells[PREFERRED]) == []


def test_standard_preference_leaves_email_alone() -> None:
    cells = mark({MAIL: "a@x.edu", WORK: "w@x.edu", PREFERRED: "Email (standard)"})

    assert [kinds(cell) for cell in cells.values()] == [[], [], []]


def test_mobile_alone_is_written_over_phone() -> None:
    cells = mark({"Phone": "1", "MobilePhone": "2"})

    assert kinds(cells["Phone"]) == [ProblemKind.WRITTEN_OVER]
    assert cells["Phone"].note == "the EDA package also sets hed__PreferredPhone__c"


def test_preference_that_the_university_switched_off_decides_nothing() -> None:
    trigger = EdaTrigger(CONTACT, unenforced=[PREFERRED])

    assert PREFERRED not in trigger.reads
    assert "hed__PreferredPhone__c" in trigger.reads


def test_opt_out_against_do_not_contact_is_written_over() -> None:
    cells = mark({DO_NOT_CONTACT: True, "DoNotCall": False})

    assert kinds(cells["DoNotCall"]) == [ProblemKind.WRITTEN_OVER]


def test_org_without_the_package_has_nothing_to_tell() -> None:
    plain = SobjectDescribe(
        name="Contact", label="Contact", fields=tuple(f for f in FIELDS if "hed__" not in f.name)
    )

    cells = mark({"Phone": "1", "MobilePhone": "2"}, describe=plain)

    assert EdaTrigger(plain).reads == ()
    assert [kinds(cell) for cell in cells.values()] == [[], []]


def test_nothing_is_foreseen_where_a_part_cannot_be_seen() -> None:
    hidden = SobjectDescribe(
        name="Contact", label="Contact", fields=tuple(f for f in FIELDS if f.name != WORK)
    )

    assert kinds(mark({MAIL: "new@x.edu"}, {MAIL: "a@x.edu"}, describe=hidden)[MAIL]) == []
