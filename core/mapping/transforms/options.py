"""The options of each transform, as a form offers them."""

from dataclasses import dataclass

from core.mapping.model import Transform, TransformKind
from core.mapping.transforms.answers import DEFAULT_NO, DEFAULT_YES
from core.mapping.transforms.state_step import DEFAULT_COUNTRY_KEY
from core.mapping.transforms.term_words import Season
from core.mapping.transforms.terms import PLACEHOLDERS


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
