"""How many calls the org had left, as it last said within a day."""

from datetime import timedelta

from sqlmodel import select

from core.preview.running.budget import last_budget
from core.store.tables import ApiCalls
from tests.preview.university import University


def tell(university: University, *, hours: int, used: int = 1, limit: int = 15_000) -> None:
    """Let everything that the org has said be as old as this, and as it says."""
    with university.store.write() as session:
        for each in session.exec(select(ApiCalls)):
            each.told_at = university.store.now(session) - timedelta(hours=hours)
            each.org_used, each.org_limit = used, limit
            session.add(each)


def test_what_the_org_told_last_is_what_is_left(palmer: University) -> None:
    palmer.preview()
    tell(palmer, hours=23, used=14_998)

    found = last_budget(palmer.store, palmer.desk.connection_id)

    assert found is not None
    assert (found.left, found.allowed) == (2, 15_000)
    assert found.is_short_of(3)
    assert not found.is_short_of(2)


def test_word_of_a_day_ago_says_nothing_of_now(palmer: University) -> None:
    palmer.preview()
    assert last_budget(palmer.store, palmer.desk.connection_id)
    tell(palmer, hours=25)

    assert last_budget(palmer.store, palmer.desk.connection_id) is None


def test_word_of_one_org_says_nothing_of_another(palmer: University) -> None:
    palmer.preview()

    assert last_budget(palmer.store, "another connection") is None


def test_org_that_used_more_than_it_may_has_none_left(palmer: University) -> None:
    palmer.preview()
    tell(palmer, hours=0, used=15_100)

    found = last_budget(palmer.store, palmer.desk.connection_id)

    assert found is not None
    assert found.left == 0
