"""Dates and moments written by people, in the order of day and month that the row states."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.mapping.coercion.moments import parse_day, parse_moment
from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.outcome import Step, Transformed, blocked, warned

MAX_TEXT = 64
_PARTS = re.compile(r"([0-9]{1,4})([-/. ])\s*([0-9]{1,2})\2\s*([0-9]{1,4})\.?")
_COMPACT = re.compile(r"[0-9]{8}")
_CENTURIES = {"2000s": 2000, "1900s": 1900}
_CLOCK = re.compile(
    r"(?P<day>.+?)(?:\s*,\s*|\s+at\s+|\s+|T)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?",
)


def parse_ordered_day(text: str, order: str, short_years: str = "refuse") -> date | None:
    """Return the day, or None; ISO and named months need no order, and a wrong one is not bent."""
    if len(text) > MAX_TEXT:
        return None
    found = _PARTS.fullmatch(text)
    if found and len(found[1]) < 3:
        named = dict(zip(order, (found[1], found[3], found[4]), strict=True))
        return _build(named["y"], named["m"], named["d"], short_years)
    if _COMPACT.fullmatch(text):
        cut = (4, 6) if order == "ymd" else (2, 4)
        pieces = (text[: cut[0]], text[cut[0] : cut[1]], text[cut[1] :])
        named = dict(zip(order, pieces, strict=True))
        return _build(named["y"], named["m"], named["d"], short_years)
    is_year_last = not text[:4].isdigit() and not any(letter.isalpha() for letter in text)
    day = None if is_year_last else parse_day(text)
    return day if isinstance(day, date) else None


def _build(year: str, month: str, day: str, short_years: str) -> date | None:
    if len(year) == 2 and short_years in _CENTURIES:
        year = str(_CENTURIES[short_years] + int(year))
    if len(year) != 4 or len(month) > 2 or len(day) > 2:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def date_step(transform: Transform) -> Step:
    """Return the step to YYYY-MM-DD."""
    order, short_years = transform.option("order", "ymd"), transform.option("short_years", "refuse")

    def to_date(text: str) -> Transformed:
        day = parse_ordered_day(text, order, short_years)
        if day is not None:
            return Transformed(day.isoformat(), note=_note(text, day.isoformat()))
        moment = parse_moment(text) if len(text) <= MAX_TEXT else None
        if moment is not None:
            return _day_of(moment)
        return blocked(
            text,
            ProblemKind.NOT_A_DATE,
            f"It is no date in the order {order_in_words(order)}.",
            "Choose the order the form writes, or send it as YYYY-MM-DD.",
        )

    return to_date


def order_in_words(order: str) -> str:
    """Return "month, day, year" for "mdy"."""
    words = {"d": "day", "m": "month", "y": "year"}
    return ", ".join(words[letter] for letter in order)


def _note(text: str, written: str) -> str:
    return "" if text == written else "written as YYYY-MM-DD"


def _day_of(moment: datetime) -> Transformed:
    return warned(
        moment.date().isoformat(),
        ProblemKind.DATE_HAS_TIME,
        "A moment becomes a date: the day as written is sent, the time is dropped.",
        "Map it to a date/time field to keep the time.",
        "time dropped, day as written",
    )


def datetime_step(transform: Transform, time_zone: str) -> Step:
    """Return the step to UTC, such as 2026-10-13T15:45:22Z; a time without a zone is in `zone`."""
    zone = ZoneInfo(transform.option("zone") or time_zone)
    order = transform.option("order", "ymd")

    def to_utc(text: str) -> Transformed:
        moment = _read_moment(text, order) if len(text) <= MAX_TEXT else None
        if moment is None:
            return blocked(
                text,
                ProblemKind.NOT_A_DATETIME,
                "It is no date with a time of day.",
                "Send it as 2026-10-13T15:45:22Z, or map a plain date to a date field.",
            )
        if moment.tzinfo is not None:
            return _in_utc(text, moment)
        return _place(text, moment, zone)

    return to_utc


def _read_moment(text: str, order: str) -> datetime | None:
    if (moment := parse_moment(text)) is not None:
        return moment
    found = _CLOCK.fullmatch(text)
    day = parse_ordered_day(found["day"].rstrip(","), order) if found else None
    if not found or day is None:
        return None
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"] in "Pp" else 0)
    clock = f"{hour:02}:{found['minute']}:{found['second'] or '00'}.{found['fraction'] or '0'}"
    return parse_moment(f"{day.isoformat()}T{clock}{found['zone'] or ''}")


def _place(text: str, moment: datetime, zone: ZoneInfo) -> Transformed:
    """Give a moment its zone; a clock that was turned makes an hour happen twice, or never."""
    earlier, later = moment.replace(tzinfo=zone), moment.replace(tzinfo=zone, fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return _in_utc(text, earlier)
    return blocked(
        text,
        ProblemKind.TIME_TWICE_OR_NEVER,
        f"The clocks of {zone.key} were turned in that hour: it came twice, or never.",
        "Send the time with its offset, such as -06:00.",
    )


def _in_utc(text: str, moment: datetime) -> Transformed:
    try:
        in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # an offset that leads before year 1 or after 9999
        return blocked(
            text,
            ProblemKind.OUT_OF_RANGE,
            "Salesforce takes dates from 1700 to 4000 only.",
            "Correct the year at the source.",
        )
    has_fraction = bool(in_utc - in_utc.replace(microsecond=0) > timedelta(0))
    written = in_utc.isoformat(timespec="milliseconds" if has_fraction else "seconds") + "Z"
    return Transformed(written, note="" if written == text else "converted to UTC")
