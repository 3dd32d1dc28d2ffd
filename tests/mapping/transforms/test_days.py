"""Dates and moments: the stated order is never bent, no day shifts, no hour is guessed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.coercion.coerce import make_coercer
from core.mapping.model import TransformKind
from core.mapping.problems import ProblemKind
from tests.mapping.fields import lead_field
from tests.mapping.transforms.steps import blocking, kinds, make_step, run

FORMATS = {
    "mdy": "{0.month}/{0.day}/{0.year:04}",
    "dmy": "{0.day}.{0.month}.{0.year:04}",
    "ymd": "{0.year:04}-{0.month:02}-{0.day:02}",
}
days = st.dates(min_value=date(1700, 1, 1), max_value=date(4000, 12, 31))


@given(day=days, order=st.sampled_from(sorted(FORMATS)))
def test_a_date_in_the_stated_order_is_read_back_exactly(day: date, order: str) -> None:
    done = run(make_step(TransformKind.DATE, order=order), FORMATS[order].format(day))

    assert (done.text, done.problems) == (day.isoformat(), ())


@given(day=days, order=st.sampled_from(sorted(FORMATS)))
def test_an_iso_date_is_read_in_any_order(day: date, order: str) -> None:
    assert run(make_step(TransformKind.DATE, order=order), day.isoformat()).text == day.isoformat()


@pytest.mark.parametrize(
    ("order", "text"),
    [
        ("mdy", "24/8/2026"),
        ("mdy", "24-08.2026"),
        ("dmy", "8/24/2026"),
        ("ymd", "8/24/2026"),
        ("ymd", "08/09/2026"),
        ("mdy", "2/30/2026"),
        ("mdy", "8/24/26"),
        ("mdy", "8/24"),
        ("mdy", "45123"),
        ("mdy", "tomorrow"),
        ("mdy", "20260824"),
        ("dmy", "2026-24-08"),
        ("mdy", "#N/A"),
    ],
)
def test_a_bad_date_is_a_problem_never_blank_and_never_swapped(order: str, text: str) -> None:
    done = run(make_step(TransformKind.DATE, order=order), text)

    assert (done.text, blocking(done)) == (text, [ProblemKind.NOT_A_DATE])


def test_years_of_two_digits_are_read_only_where_the_row_says_how() -> None:
    step = make_step(TransformKind.DATE, order="mdy", short_years="2000s")
    birth = make_step(TransformKind.DATE, order="dmy", short_years="1900s")

    assert run(step, "8/24/26").text == "2026-08-24"
    assert run(birth, "24/8/08").text == "1908-08-24"
    assert run(step, "8/24/2031").text == "2031-08-24"


def test_named_months_need_no_order() -> None:
    for text in ("Aug 24, 2026", "24 August 2026", "August 24 2026"):
        assert run(make_step(TransformKind.DATE, order="ymd"), text).text == "2026-08-24"


def test_a_moment_becomes_the_day_as_written_with_a_warning() -> None:
    done = run(make_step(TransformKind.DATE), "2026-10-13T23:45:22-06:00")

    assert (done.text, kinds(done)) == ("2026-10-13", [ProblemKind.DATE_HAS_TIME])
    assert not done.is_blocked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-13T15:45:22Z", "2026-10-13T15:45:22Z"),
        ("2026-10-13T15:45:22", "2026-10-13T21:45:22Z"),
        ("2026-10-13 15:45", "2026-10-13T21:45:00Z"),
        ("2026-10-13T23:45:22", "2026-10-14T05:45:22Z"),
        ("2026-01-13T15:45:22", "2026-01-13T22:45:22Z"),
        ("2026-10-13T15:45:22.250+02:00", "2026-10-13T13:45:22.250Z"),
        ("10/13/2026 3:45 PM", "2026-10-13T21:45:00Z"),
        ("10/13/2026, 12:05:09 a.m.", "2026-10-13T06:05:09Z"),
        ("Oct 13, 2026 at 3:45 pm", "2026-10-13T21:45:00Z"),
    ],
)
def test_a_moment_goes_to_utc_by_its_own_zone_or_the_rows(text: str, expected: str) -> None:
    done = run(make_step(TransformKind.DATETIME, zone="America/Denver", order="mdy"), text)

    assert (done.text, done.problems) == (expected, ())


@pytest.mark.parametrize("text", ["2026-03-08T02:30:00", "2026-11-01T01:30:00"])
def test_an_hour_that_came_twice_or_never_is_refused(text: str) -> None:
    done = run(make_step(TransformKind.DATETIME, zone="America/Denver"), text)

    assert blocking(done) == [ProblemKind.TIME_TWICE_OR_NEVER]


@pytest.mark.parametrize(
    "text", ["2026-10-13", "15:45", "10/13/2026 13:45 PM", "10/13/2026 3:75 PM", "24:00", "soon"]
)
def test_a_day_without_a_time_is_no_moment(text: str) -> None:
    done = run(make_step(TransformKind.DATETIME, order="mdy"), text)

    assert blocking(done) == [ProblemKind.NOT_A_DATETIME]


@given(
    st.datetimes(datetime.fromisoformat("1970-01-01"), datetime.fromisoformat("2099-01-01")),
    st.sampled_from(["America/Denver", "Asia/Kolkata", "Pacific/Auckland", "UTC"]),
)
def test_the_moment_is_the_same_seen_from_its_zone(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=0)

    done = run(make_step(TransformKind.DATETIME, zone=zone), moment.isoformat())

    if not done.is_blocked:
        seen = datetime.fromisoformat(done.text).astimezone(ZoneInfo(zone))
        assert seen.replace(tzinfo=None) == moment


@given(day=days)
def test_what_a_date_step_writes_a_date_field_takes(day: date) -> None:
    done = run(make_step(TransformKind.DATE, order="mdy"), FORMATS["mdy"].format(day))

    assert make_coercer(lead_field("Birth_Date__c"))(done.text).value == day.isoformat()


def test_what_a_moment_step_writes_a_date_time_field_takes() -> None:
    done = run(make_step(TransformKind.DATETIME), "2026-10-13T15:45:22")

    coerced = make_coercer(lead_field("Inquiry_Date__c"))(done.text)
    assert (coerced.value, coerced.problems) == ("2026-10-13T19:45:22.000+0000", ())
