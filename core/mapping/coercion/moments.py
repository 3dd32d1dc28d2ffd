"""Dates, moments and times of day from text. A day never shifts; a guess is never made."""

import re
from datetime import UTC, date, datetime, time

from core.mapping.coercion.values import Coerced, Coercer, clean, refused
from core.mapping.describe import FieldDescribe
from core.mapping.problems import Problem, ProblemKind

EARLIEST, LATEST = date(1700, 1, 1), date(4000, 12, 31)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_DAY_MONTH_NAME = re.compile(r"([0-9]{1,2})\.?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4})")
_MONTH_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]"
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?\s*"
    r"(Z|z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})?"
)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?Z?")
_MAX_TEXT = 64


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else 0


def _build(year: str, month: str | int, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def parse_day(text: str) -> date | ProblemKind | None:
    """Return the day, None if there is none, AMBIGUOUS_DATE where day and month may be swapped."""
    if found := _YEAR_FIRST.fullmatch(text):
        return _build(*found.groups())
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = found.groups()
        if int(first) <= 12 and int(second) <= 12 and int(first) != int(second):
            return ProblemKind.AMBIGUOUS_DATE
        month, day = (first, second) if int(second) > 12 else (second, first)
        return _build(year, month, day)
    if found := _DAY_MONTH_NAME.fullmatch(text):
        return _build(found[3], _month(found[2]), found[1])
    if found := _MONTH_NAME_DAY.fullmatch(text):
        return _build(found[3], _month(found[1]), found[2])
    return None


def parse_moment(text: str) -> datetime | None:
    """Return the moment, aware if the text names a zone, naive if not; None if it is none."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return None
    day, hour, minute, second, fraction, zone = found.groups()
    milliseconds = (fraction or "")[:3].ljust(3, "0")
    offset = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00"}.get((zone or "").upper(), zone or "")
    try:
        return datetime.fromisoformat(
            f"{day}T{hour}:{minute}:{second or '00'}.{milliseconds}{offset}"
        )
    except ValueError:
        return None


def _not_a_date(field: FieldDescribe) -> Coerced:
    return refused(
        ProblemKind.NOT_A_DATE,
        f"{field.label} takes a date.",
        "Send it as YYYY-MM-DD, such as 2027-08-31.",
    )


def _check_day(day: date, note: str, problems: tuple[Problem, ...] = ()) -> Coerced:
    if not EARLIEST <= day <= LATEST:
        return refused(
            ProblemKind.OUT_OF_RANGE,
            "Salesforce takes dates from 1700 to 4000 only.",
            "Correct the year at the source.",
        )
    return Coerced(value=day.isoformat(), note=note, problems=problems)


def date_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of date fields."""

    def coerce_date(text: str) -> Coerced:
        cleaned, _ = clean(text)
        if not cleaned:
            return Coerced()
        if len(cleaned) > _MAX_TEXT:
            return _not_a_date(field)
        day = parse_day(cleaned)
        if isinstance(day, ProblemKind):
            return refused(
                day,
                "Day and month could be swapped.",
                "Send it as YYYY-MM-DD, such as 2027-08-31.",
            )
        if day is not None:
            return _check_day(day, "" if day.isoformat() == cleaned else "written as YYYY-MM-DD")
        moment = parse_moment(cleaned)
        return _not_a_date(field) if moment is None else _day_of(moment)

    return coerce_date


def _day_of(moment: datetime) -> Coerced:
    warning = Problem(
        ProblemKind.DATE_HAS_TIME,
        "A moment goes into a date field: the day as written is sent, the time is dropped.",
        "Map it to a date/time field to keep the time.",
        blocks=False,
    )
    return _check_day(moment.date(), "time dropped, day as written", (warning,))


def format_moment(moment: datetime) -> str:
    """Return the platform's spelling of an aware moment, in UTC."""
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return f"{in_utc.isoformat(timespec='milliseconds')}+0000"


def datetime_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of date/time fields; a text without a zone is refused, not guessed."""

    def coerce_datetime(text: str) -> Coerced:
        cleaned, _ = clean(text)
        if not cleaned:
            return Coerced()
        moment = parse_moment(cleaned) if len(cleaned) <= _MAX_TEXT else None
        if moment is None:
            return refused(
                ProblemKind.NOT_A_DATETIME,
                f"{field.label} takes a date with a time and a time zone.",
                "Send it as 2026-10-13T15:45:22Z, or map it to a date field.",
            )
        if moment.tzinfo is None:
            return refused(
                ProblemKind.MISSING_TIME_ZONE,
                "The time has no time zone, so the moment is not known.",
                "Send the zone with it: Z for UTC, or an offset such as -06:00.",
            )
        return _check_moment(moment, cleaned)

    return coerce_datetime


def _check_moment(moment: datetime, text: str) -> Coerced:
    try:
        spelled = format_moment(moment)
        checked = _check_day(moment.astimezone(UTC).date(), "")
    except OverflowError:  # an offset that leads before year 1 or after 9999
        return _check_day(date.min, "")
    if checked.is_blocked:
        return checked
    is_utc = moment.utcoffset() == UTC.utcoffset(None)
    return Coerced(value=spelled, note="" if is_utc or spelled == text else "converted to UTC")


def time_coercer(field: FieldDescribe) -> Coercer:
    """Return the coercer of time-of-day fields."""

    def coerce_time(text: str) -> Coerced:
        cleaned, _ = clean(text)
        if not cleaned:
            return Coerced()
        found = _CLOCK.fullmatch(cleaned) if len(cleaned) <= _MAX_TEXT else None
        try:
            hour, minute, second, fraction = found.groups(default="0") if found else ("99",) * 4
            clock = time(int(hour), int(minute), int(second))
        except ValueError:
            return refused(
                ProblemKind.NOT_A_TIME,
                f"{field.label} takes a time of day.",
                "Send it as 14:30 or 14:30:00.",
            )
        return Coerced(value=f"{clock:%H:%M:%S}.{fraction.ljust(3, '0')}Z")

    return coerce_time
