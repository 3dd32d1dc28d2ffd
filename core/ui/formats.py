"""Times, numbers and masked values as people read them."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

_STEPS = ((60, "second"), (3600, "minute"), (86400, "hour"), (86400 * 60, "day"))


def ago(moment: datetime | None, *, now: datetime | None = None) -> str:
    """`3 minutes ago`; `never` for None."""
    if moment is None:
        return "never"
    seconds = max(0, int(((now or datetime.now(UTC)) - moment).total_seconds()))
    if seconds < 10:
        return "just now"
    unit = 1
    for limit, name in _STEPS:
        if seconds < limit:
            return _plural(seconds // unit, name) + " ago"
        unit = limit if limit != 86400 * 60 else unit
    return _plural(seconds // 86400, "day") + " ago"


def local_time(moment: datetime | None, *, seconds: bool = False) -> str:
    """Date and minute in the operator's own zone, with the zone's name."""
    if moment is None:
        return "–"
    clock = "%H:%M:%S" if seconds else "%H:%M"
    return moment.astimezone(_operator_zone()).strftime(f"%d %b %Y, {clock} %Z")


def told_apart(words: Mapping[str, str], more: Callable[[str], str]) -> dict[str, str]:
    """The words by id, with `more` of those that would read the same.

    A browser answers a list by its words: of two that are alike it would mean the other one.
    """
    times = Counter(words.values())
    return {
        key: f"{told} · {more(key)}" if times[told] > 1 else told for key, told in words.items()
    }


def exact_utc(moment: datetime | None) -> str:
    return "–" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def number(value: int) -> str:
    return f"{value:,}"


def count(value: int, noun: str) -> str:
    """`1 field`, `2 fields`."""
    return _plural(value, noun)


def count_inquiries(total: int) -> str:
    return "1 inquiry" if total == 1 else f"{total:,} inquiries"


def sentence_case(words: str) -> str:
    """The words with a capital first letter, as a label stands on a screen."""
    return words[:1].upper() + words[1:]


def _plural(value: int, noun: str) -> str:
    return f"{value:,} {noun}" if value == 1 else f"{value:,} {noun}s"


def _operator_zone() -> ZoneInfo:
    name = st.context.timezone or "UTC"
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError):
        return ZoneInfo("UTC")
