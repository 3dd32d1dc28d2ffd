"""What is wrong with the options of a transform, in words for the person who sets them."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import phonenumbers

from core.mapping.model import Transform, TransformKind
from core.mapping.transforms.answers import words_of
from core.mapping.transforms.options import TRANSFORM_OPTIONS, option_of
from core.mapping.transforms.terms import PLACEHOLDERS, form_of, is_start_day, placeholders_of

MAX_LENGTH = 131_072  # the longest text field there is
MAX_INDEX = 99


def option_problems(transform: Transform) -> tuple[str, ...]:
    """Return what is wrong with the options, in words for the person who sets them."""
    specs = {each.name: each for each in TRANSFORM_OPTIONS[transform.kind]}
    problems = [f"There is no option {name}." for name, _ in transform.options if name not in specs]
    for name, value in transform.options:
        spec = specs.get(name)
        if spec and spec.allowed and value not in dict(spec.allowed):
            choices = ", ".join(each for each, _ in spec.allowed)
            problems.append(f"{spec.label}: choose one of {choices}.")
    if not problems and (check := _CHECKS.get(transform.kind)):
        problems = [problem for problem in check(transform) if problem]
    return tuple(problems)


def is_zone(name: str) -> bool:
    """Tell whether this is an IANA time zone."""
    if name in {"localtime", "Factory", "posixrules"}:  # files beside the zones, not zones
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; a path; a folder of zones
        return False
    return True


def _whole_number(text: str, *, label: str, largest: int) -> str:
    is_right = text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= largest
    return "" if is_right else f"{label}: a whole number from 1 to {largest:,} is needed."


def _split_problems(transform: Transform) -> list[str]:
    separator = option_of(transform, "separator")
    return [
        "" if separator else "Separator: enter the sign between the pieces.",
        _whole_number(option_of(transform, "index"), label="Piece", largest=MAX_INDEX),
    ]


def _truncate_problems(transform: Transform) -> list[str]:
    length = option_of(transform, "length")
    return [_whole_number(length, label="Characters to keep", largest=MAX_LENGTH)]


def _phone_problems(transform: Transform) -> list[str]:
    country = transform.option("country").strip().upper()
    if not country or country in phonenumbers.SUPPORTED_REGIONS:
        return []
    return ["Country: two letters of a country with phone numbers are needed, such as US."]


def _datetime_problems(transform: Transform) -> list[str]:
    zone = transform.option("zone")
    return [] if not zone or is_zone(zone) else ["Time zone: an IANA name, such as America/Denver."]


def _boolean_problems(transform: Transform) -> list[str]:
    yes = words_of(option_of(transform, "yes"))
    no = words_of(option_of(transform, "no"))
    both = ", ".join(word for word in yes if word in no)
    return [
        "" if yes else "Words for yes: enter at least one.",
        "" if no else "Words for no: enter at least one.",
        f"Words for yes and for no: {both} is on both lists." if both else "",
    ]


def _term_problems(transform: Transform) -> list[str]:
    form = form_of(transform)
    strange = [each for each in placeholders_of(form.pattern) if each not in PLACEHOLDERS]
    for code in form.codes.values():
        strange += [each for each in placeholders_of(code) if each not in PLACEHOLDERS[:4]]
    problems = [f"Pattern: there is no placeholder {{{each}}}." for each in strange]
    if not any(form.codes.values()) and form.to == "date":
        problems.append("Start days: enter at least one, such as 08-15 for Fall.")
    elif not any(form.codes.values()) and "{season_code}" in form.pattern:
        problems.append("Codes: enter the university's code of at least one season.")
    if form.to == "date":
        problems += [
            f"{season.capitalize()}: a start day is written as month-day, such as 08-15."
            for season, day in form.codes.items()
            if day and not is_start_day(day)
        ]
    return problems


_CHECKS: dict[TransformKind, Callable[[Transform], list[str]]] = {
    TransformKind.SPLIT: _split_problems,
    TransformKind.TRUNCATE: _truncate_problems,
    TransformKind.PHONE: _phone_problems,
    TransformKind.DATETIME: _datetime_problems,
    TransformKind.BOOLEAN: _boolean_problems,
    TransformKind.TERM: _term_problems,
}
