"""The options of each transform: what a form offers, what is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import phonenumbers

from core.mapping.model import Transform, TransformKind
from core.mapping.transforms.answers import DEFAULT_NO, DEFAULT_YES, words_of
from core.mapping.transforms.state_step import DEFAULT_COUNTRY_KEY
from core.mapping.transforms.term_words import Season
from core.mapping.transforms.terms import PLACEHOLDERS, form_of, is_start_day, placeholders_of

MAX_LENGTH = 131_072  # the longest text field there is
MAX_INDEX = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformOption:
    """One input of a form. `allowed` pairs a value with its words; empty means free text."""

    name: str
    label: str
    default: str = ""
    allowed: tuple[tuple[str, str], ...] = ()
    help: str = ""

    @property
    def is_text(self) -> bool:
        return not self.allowed


_ORDER = TransformOption(
    name="order",
    label="Order of day and month",
    default="ymd",
    allowed=(
        ("mdy", "month, day, year (8/24/2026)"),
        ("dmy", "day, month, year (24/8/2026)"),
        ("ymd", "year, month, day (2026-08-24)"),
    ),
    help="2026-08-24 is always read; nothing is swapped to make a date fit.",
)
_SEASON_HELP = "A code such as 80; for a date the start day as month-day, such as 08-15."
TRANSFORM_OPTIONS: dict[TransformKind, tuple[TransformOption, ...]] = {
    TransformKind.TRIM: (),
    TransformKind.UPPER: (),
    TransformKind.LOWER: (),
    TransformKind.TITLE: (),
    TransformKind.NAME_PART: (
        TransformOption(
            name="part",
            label="Part of the name",
            default="first",
            allowed=(("first", "First name"), ("last", "Last name")),
        ),
    ),
    TransformKind.SPLIT: (
        TransformOption(
            name="separator", label="Separator", default=";", help="Write \\n for a line break."
        ),
        TransformOption(name="index", label="Piece, counted from 1", default="1"),
    ),
    TransformKind.PHONE: (
        TransformOption(
            name="country",
            label="Country of numbers without a country code",
            help="Two letters, such as US. Empty: the inquiry's country, else the mapping's.",
        ),
    ),
    TransformKind.DATE: (
        _ORDER,
        TransformOption(
            name="short_years",
            label="Years of two digits",
            default="refuse",
            allowed=(
                ("refuse", "are refused"),
                ("2000s", "are 2000 to 2099"),
                ("1900s", "are 1900 to 1999"),
            ),
        ),
    ),
    TransformKind.DATETIME: (
        TransformOption(
            name="zone",
            label="Time zone of times without one",
            help="Such as America/Denver. Empty: the mapping's time zone.",
        ),
        _ORDER,
    ),
    TransformKind.NUMBER: (
        TransformOption(
            name="decimal",
            label="Sign before the decimals",
            default=".",
            allowed=((".", "point (1,234.50)"), (",", "comma (1.234,50)")),
        ),
    ),
    TransformKind.BOOLEAN: (
        TransformOption(name="yes", label="Words for yes", default=DEFAULT_YES),
        TransformOption(name="no", label="Words for no", default=DEFAULT_NO),
    ),
    TransformKind.INVERT: (),
    TransformKind.TERM: (
        TransformOption(
            name="to",
            label="Write the term as",
            default="text",
            allowed=(
                ("season", "season (Fall)"),
                ("year", "year (2026)"),
                ("code", "code (202680)"),
                ("date", "start date (2026-08-15)"),
                ("text", "text (Fall 2026)"),
            ),
        ),
        TransformOption(
            name="pattern",
            label="Pattern of code or text",
            help="Placeholders: " + ", ".join(f"{{{name}}}" for name in PLACEHOLDERS) + ".",
        ),
        *(
            TransformOption(name=season, label=season.capitalize(), help=_SEASON_HELP)
            for season in Season
        ),
        TransformOption(
            name="undecided",
            label='"Undecided" and "ASAP"',
            default="hold",
            allowed=(("hold", "hold the record"), ("blank", "leave the field blank")),
        ),
    ),
    TransformKind.COUNTRY: (
        TransformOption(
            name="to",
            label="Write the country as",
            default="org",
            allowed=(
                ("org", "the org's own value"),
                ("name", "English name (United States)"),
                ("alpha2", "two letters (US)"),
                ("alpha3", "three letters (USA)"),
            ),
        ),
    ),
    TransformKind.STATE: (
        TransformOption(
            name="to",
            label="Write the state as",
            default="org",
            allowed=(
                ("org", "the org's own value"),
                ("name", "name (Utah)"),
                ("code", "code (UT)"),
            ),
        ),
        TransformOption(
            name="country_key", label="Source of the country", default=DEFAULT_COUNTRY_KEY
        ),
    ),
    TransformKind.TRUNCATE: (TransformOption(name="length", label="Characters to keep"),),
}


def option_of(transform: Transform, name: str) -> str:
    """Return what the option is set to, or its default."""
    spec = next(each for each in TRANSFORM_OPTIONS[transform.kind] if each.name == name)
    return transform.option(name, spec.default)


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
