"""Phone numbers to E.164. What cannot be read beyond doubt stays as received, with a warning."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from core.mapping.model import Transform
from core.mapping.problems import ProblemKind
from core.mapping.transforms.countries import find_country
from core.mapping.transforms.outcome import Transformed, Transformer, warned

PHONE_COUNTRY_KEY = "lead.phone_country"
COUNTRY_KEY = "lead.country"
_CACHED_TEXTS = 50_000
_MAX_TEXT = 80
_SCHEME = re.compile(r"tel:\s*", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[\s,;.]*(?:extension|extensi[oó]n|extn?|poste|int|x|#)[\s.:=]*([0-9]{1,7})\s*", re.IGNORECASE
)
# Digits of any script, one leading plus, and the signs people put between digits.
_WRITTEN_NUMBER = re.compile(r"\s*[+＋]?[\s\d().\-\u2010-\u2015\u2212/·]+")
_BETWEEN_DIGITS = re.compile(r"[^\d+＋]+")
# Mexico dropped the 1 before mobile numbers in 2019; forms and address books still carry it.
_OLD_MEXICAN_MOBILE = re.compile(r"\+521([0-9]{10})")


@dataclass(frozen=True, slots=True)
class Region:
    """Whose numbers those without a country code are. `is_stated` is more than a default."""

    code: str
    is_stated: bool = True


def phone_transformer(transform: Transform, default_country: str) -> Transformer:
    """Return the transformer; the country is the option's, else the inquiry's, else the default."""
    read = lru_cache(maxsize=_CACHED_TEXTS)(read_phone)
    option = transform.option("country").strip().upper()
    fixed = Region(option) if option else None
    default = Region(default_country.strip().upper(), is_stated=False)

    def to_e164(text: str, values: Mapping[str, str]) -> Transformed:
        region = fixed or _inquiry_region(values) or default
        return read(text, region) if len(text) <= _MAX_TEXT else read_phone(text, region)

    return to_e164


def _inquiry_region(values: Mapping[str, str]) -> Region | None:
    """Return the inquiry's region, without a code where it names a country nobody can place."""
    for key in (PHONE_COUNTRY_KEY, COUNTRY_KEY):
        if written := values.get(key, "").strip():
            country = find_country(written)
            return Region(country.alpha2 if country else "")
    return None


def read_phone(text: str, region: Region) -> Transformed:
    """Return E.164 with the extension behind an x, or the text as it is and a warning.

    A default region must be borne out by the numbering plan; a stated one need only fit in length.
    """
    number, extension = _divide(text)
    if len(text) > _MAX_TEXT or not _WRITTEN_NUMBER.fullmatch(number):
        return _kept(text, "It does not look like one phone number.")
    is_international = number.lstrip().startswith(("+", "＋"))
    if not is_international and not region.code:
        return _kept(text, "It has no country code, and the inquiry's country is not known.")
    try:  # the signs between digits say nothing, and take the library half of its time
        bare = _BETWEEN_DIGITS.sub("", number)
        parsed = phonenumbers.parse(bare, None if is_international else region.code)
    except phonenumbers.NumberParseException:
        return _kept(text, "No country has numbers of this shape.")
    return _judge(text, parsed, extension, None if is_international else region)


def _judge(
    text: str, parsed: phonenumbers.PhoneNumber, extension: str, region: Region | None
) -> Transformed:
    e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    behind = f" x{extension}" if extension else ""
    if _is_in_plan(parsed):
        note = f"written as E.164, country {region.code}" if region else "written as E.164"
        return Transformed(e164 + behind, note="" if text == e164 + behind else note)
    if found := _OLD_MEXICAN_MOBILE.fullmatch(e164):
        return Transformed(f"+52{found[1]}{behind}", note="written as E.164 without the old 1")
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    may_be = reason == phonenumbers.ValidationResult.IS_POSSIBLE
    if may_be and (region is None or region.is_stated):
        return _not_in_plan(e164 + behind)
    return _kept(text, f"It is not a valid number {f'in {region.code}' if region else 'there'}.")


def _is_in_plan(number: phonenumbers.PhoneNumber) -> bool:
    """The country code's main region first: most numbers are of it, and the rest take longer."""
    main = phonenumbers.region_code_for_country_code(number.country_code or 0)
    is_of_main = phonenumbers.is_valid_number_for_region(number, main)
    return is_of_main or phonenumbers.is_valid_number(number)


def _divide(text: str) -> tuple[str, str]:
    number = _SCHEME.sub("", text, count=1) if text[:4].lower() == "tel:" else text
    found = _EXTENSION.search(number) if len(number) <= _MAX_TEXT else None
    if found and found.end() == len(number):
        return number[: found.start()], found[1]
    return number, ""


def _kept(text: str, why: str) -> Transformed:
    return warned(
        text,
        ProblemKind.PHONE_KEPT_AS_IS,
        f"The phone number is sent as received. {why}",
        "Salesforce takes any text; calls and messages from it may fail.",
        "phone kept as received",
    )


def _not_in_plan(written: str) -> Transformed:
    return warned(
        written,
        ProblemKind.PHONE_NOT_IN_PLAN,
        "The phone number fits its country in length, but that country gives out no such number.",
        "It is sent in E.164; ask the person for the right number if it fails.",
        "written as E.164",
    )
