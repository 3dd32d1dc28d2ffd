from dataclasses import replace

import pytest

from core.mapping.model import MappingDraft, MatchKey
from core.preview.estimate import estimate_calls
from tests.preview.college import college, person

THREE_KEYS = tuple(MatchKey(field_names=(name,)) for name in ("Email", "Phone", "LastName"))


@pytest.mark.parametrize(("count", "calls"), [(0, 1), (1, 2), (5_000, 4), (10_000, 7)])
def test_ten_thousand_inquiries_of_one_object_stay_under_twelve_calls(
    count: int, calls: int
) -> None:
    draft = MappingDraft(objects=(replace(person(), match_keys=THREE_KEYS),))

    assert estimate_calls(draft, count) == calls


def test_children_and_lookups_are_counted() -> None:
    described, looked_up, matched = 3, 1, 2

    assert estimate_calls(college(), 100) == described + looked_up + matched
