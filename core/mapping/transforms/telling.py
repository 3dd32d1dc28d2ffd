"""What a transform does, in words for a specialist and a customer."""

from collections.abc import Callable

from core.mapping.model import Transform, TransformKind
from core.mapping.transforms.answers import DEFAULT_NO, DEFAULT_YES
from core.mapping.transforms.days import order_in_words
from core.mapping.transforms.options import option_of
from core.mapping.transforms.state_step import DEFAULT_COUNTRY_KEY
from core.mapping.transforms.terms import form_of

KIND_LABELS: dict[TransformKind, str] = {
    TransformKind.TRIM: "Trim",
    TransformKind.UPPER: "Capitals",
    TransformKind.LOWER: "Small letters",
    TransformKind.TITLE: "Capitalise words",
    TransformKind.NAME_PART: "Part of a name",
    TransformKind.SPLIT: "Piece of a list",
    TransformKind.PHONE: "Phone to E.164",
    TransformKind.DATE: "Date",
    TransformKind.DATETIME: "Date and time to UTC",
    TransformKind.NUMBER: "Number",
    TransformKind.BOOLEAN: "Yes or no",
    TransformKind.INVERT: "Invert yes and no",
    TransformKind.TERM: "Start term",
    TransformKind.COUNTRY: "Country",
    TransformKind.STATE: "State",
    TransformKind.TRUNCATE: "Cut to a length",
}


def describe_transform(transform: Transform) -> str:
    """Return one line such as "Phone to E.164, default country US"."""
    label = KIND_LABELS[transform.kind]
    if tell := _DETAILS.get(transform.kind):
        return f"{label}{tell(transform)}"
    return label


def _name_part(transform: Transform) -> str:
    return f": {option_of(transform, 'part')} name"


def _split(transform: Transform) -> str:
    separator = option_of(transform, "separator")
    return f": piece {option_of(transform, 'index')}, divided by “{separator}”"


def _phone(transform: Transform) -> str:
    country = transform.option("country").strip().upper()
    return f", default country {country}" if country else ", by the inquiry's or mapping's country"


def _date(transform: Transform) -> str:
    years = option_of(transform, "short_years")
    short = "" if years == "refuse" else f", two-digit years in the {years}"
    return f", written {order_in_words(option_of(transform, 'order'))}{short}"


def _datetime(transform: Transform) -> str:
    return f", times without a zone in {transform.option('zone') or 'the mapping’s time zone'}"


def _number(transform: Transform) -> str:
    return f", decimal {'point' if option_of(transform, 'decimal') == '.' else 'comma'}"


def _boolean(transform: Transform) -> str:
    yes, no = transform.option("yes", DEFAULT_YES), transform.option("no", DEFAULT_NO)
    if (yes, no) == (DEFAULT_YES, DEFAULT_NO):
        return " from the usual words"
    return f": yes is {yes}; no is {no}"


def _term(transform: Transform) -> str:
    form = form_of(transform)
    to = {"date": "start date"}.get(form.to, form.to)
    what = f" as {to}" + (f" {form.pattern}" if form.pattern else "")
    codes = ", ".join(
        f"{season.capitalize()} {code}" for season, code in form.codes.items() if code
    )
    undecided = ", undecided left blank" if transform.option("undecided") == "blank" else ""
    return what + (f" ({codes})" if codes else "") + undecided


_FORMS = {
    "org": "the org's own value",
    "name": "name",
    "code": "code",
    "alpha2": "two-letter code",
    "alpha3": "three-letter code",
}


def _country(transform: Transform) -> str:
    to = option_of(transform, "to")
    return f" as {_FORMS.get(to, to)}"


def _state(transform: Transform) -> str:
    key = option_of(transform, "country_key")
    of_country = "" if key in {"", DEFAULT_COUNTRY_KEY} else f", country from {key}"
    return _country(transform) + of_country


def _truncate(transform: Transform) -> str:
    return f" of {transform.option('length') or '…'} characters"


_DETAILS: dict[TransformKind, Callable[[Transform], str]] = {
    TransformKind.NAME_PART: _name_part,
    TransformKind.SPLIT: _split,
    TransformKind.PHONE: _phone,
    TransformKind.DATE: _date,
    TransformKind.DATETIME: _datetime,
    TransformKind.NUMBER: _number,
    TransformKind.BOOLEAN: _boolean,
    TransformKind.TERM: _term,
    TransformKind.COUNTRY: _country,
    TransformKind.STATE: _state,
    TransformKind.TRUNCATE: _truncate,
}
