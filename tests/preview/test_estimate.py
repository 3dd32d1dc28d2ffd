from dataclasses import replace

import pytest

from core.mapping.describe import RecordType
from core.mapping.model import MappingDraft, MatchKey
from core.preview.running.estimate import estimate_calls
from tests.preview.college import CONTACT, INQUIRY, college, inquiry, person

THREE_KEYS = tuple(MatchKey(field_names=(name,)) for name in ("Email", "Phone", "LastName"))


@pytest.mark.parametrize(("count", "calls"), [(0, 4), (1, 5), (5_000, 7), (10_000, 10)])
def test_ten_thousand_inquiries_of_one_object_stay_under_twelve_calls(
    count: int, calls: int
) -> None:
    draft = MappingDraft(objects=(replace(person(), match_keys=THREE_KEYS),))

    assert estimate_calls(draft, count) == calls


def test_key_whose_records_come_with_a_wider_one_costs_nothing() -> None:
    keys = (("Email", "LastName"), ("Email",), ("Phone",))
    narrow = tuple(MatchKey(field_names=names) for names in keys)
    draft = MappingDraft(objects=(replace(person(), match_keys=narrow),))
    wide = MappingDraft(objects=(replace(person(), match_keys=narrow[1:]),))

    assert estimate_calls(draft, 10_000) == estimate_calls(wide, 10_000)


def test_children_and_lookups_are_counted() -> None:
    rules, described, looked_up, matched = 4, 3, 1, 2

    assert estimate_calls(college(), 100) == rules + described + looked_up + matched


def test_unique_field_that_is_no_key_is_asked_for_as_well() -> None:
    draft = college(inquiry(key=("Contact__c", "Program__c")))
    six = replace(
        draft.objects[1],
        match_keys=tuple(MatchKey(field_names=(f"K{n}__c",)) for n in range(5)),
    )
    known = {"Inquiry__c": INQUIRY}

    plain = estimate_calls(replace(draft, objects=(draft.person, six)), 100)
    more = estimate_calls(replace(draft, objects=(draft.person, six)), 100, known)

    assert more == plain + 1


def test_object_with_record_types_costs_the_question_what_they_open() -> None:
    kind = RecordType(record_type_id="012", name="Student", developer_name="Student")
    known = {"Contact": replace(CONTACT, record_types=(kind,))}

    assert estimate_calls(college(), 100, known) == estimate_calls(college(), 100) + 1
