"""Every call to an org is counted as the org counts it, whoever makes it, over 24 hours."""

import threading
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from core.connect.api_use import NOTHING_USED, ApiUse, api_uses, count_calls
from core.connect.disconnect import disconnect
from core.connect.doctor.examine import examine
from core.connect.overview import list_overview
from core.connect.snapshots import get_describe, list_sobjects
from core.store.tables import ApiCalls
from tests.connect.conftest import OPERATOR, Desk
from tests.connect.test_timeline import Clock, call, clock

__all__ = ["clock"]


@dataclass
class Caller:
    """Stands for a client that has done its calls."""

    calls_made: int
    api_usage: tuple[int, int] | None = None


def use(desk: Desk) -> ApiUse:
    with desk.context.store.read() as session:
        now = desk.context.store.now(session)
        return api_uses(session, now).get(desk.connection_id, NOTHING_USED)


def counted_by_the_org(desk: Desk, since: int) -> int:
    return sum(each["counted"] for each in desk.org.log("palmer")[since:])


def make_calls(desk: Desk, *calls: int, usage: tuple[int, int] | None = None) -> None:
    for number in calls:
        caller: Any = Caller(number, usage)
        count_calls(desk.context, desk.connection_id, caller)


def test_calls_of_every_kind_of_work_add_up_to_what_the_org_counted(desk: Desk) -> None:
    desk.add_connection()
    since = len(desk.org.log("palmer"))

    assert desk.sign_in().is_connected
    after_sign_in = use(desk).ours
    examine(desk.context, desk.connection_id, asked_by=OPERATOR)
    list_sobjects(desk.context, desk.connection_id)
    for _ in range(2):  # the second is answered by what is kept
        get_describe(desk.context, desk.connection_id, "Lead")
    desk.org.fail("race")  # ends the session: one renewal, and the call again
    call(desk)
    disconnect(desk.context, operator=OPERATOR, connection_id=desk.connection_id)

    refused = 1  # by the script of the failure, before the org came to count it
    assert after_sign_in == 2
    assert use(desk).ours == counted_by_the_org(desk, since) + refused
    assert use(desk).ours > after_sign_in + 4


def test_sign_in_that_is_refused_counts_the_calls_it_made(desk: Desk) -> None:
    desk.add_connection()
    desk.org.fail("api_disabled")

    assert not desk.sign_in().is_connected

    assert use(desk).ours == 1


def test_what_the_org_said_last_of_all_its_callers_is_on_the_board(
    clock: Clock, desk: Desk
) -> None:
    desk.add_connection()
    make_calls(desk, 3, usage=(100, 15_000))
    clock.after(hours=1)
    make_calls(desk, 4, usage=(1_200, 15_000))
    make_calls(desk, 5)  # an answer without the header takes nothing back

    [line] = list_overview(desk.context)

    assert line.api == ApiUse(ours=12, told_at=clock.now, org_words="1,200 of 15,000")


def test_calls_are_counted_over_24_hours_and_forgotten_after_two_days(
    clock: Clock, desk: Desk
) -> None:
    desk.add_connection()
    make_calls(desk, 3, usage=(1, 100))
    clock.after(hours=23)
    make_calls(desk, 4)
    assert use(desk).ours == 7

    clock.after(hours=2)
    assert use(desk) == ApiUse(ours=4)

    clock.after(days=2)
    make_calls(desk, 1)
    with desk.context.store.read() as session:
        assert [each.calls for each in session.exec(select(ApiCalls))] == [1]


def test_callers_at_the_same_moment_lose_no_call(desk_on_each_engine: Desk) -> None:
    desk = desk_on_each_engine
    desk.add_connection()

    threads = [threading.Thread(target=make_calls, args=(desk, 1, 2)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert use(desk).ours == 24


def test_work_without_a_call_leaves_no_line(desk: Desk) -> None:
    desk.add_connection()

    make_calls(desk, 0)

    with desk.context.store.read() as session:
        assert session.exec(select(ApiCalls)).all() == []
    assert use(desk) == NOTHING_USED
