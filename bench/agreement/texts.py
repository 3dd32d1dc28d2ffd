"""What people type into a field: texts that fit, with what an org then holds, and ones that do not.

Written from the platform's rules, not from the console's code.
"""

from dataclasses import dataclass
from random import Random
from typing import Final

from core.mapping.describe import FieldDescribe, PicklistValue
from core.mapping.model import JsonValue

_WORDS: Final = (
    "O'Brien",
    "María José Nu\u0301n\u0303ez",  # accents as characters of their own
    "王 小明",
    "محمد",
    "🎓 Zoë",
    'a "quoted" <b>word</b>, and more',
    "=1+1",
    "#N/A",
    "007",
    "Fall 2027; Spring 2028",
    "back\\slash % _",
    "  spaces around  ",
    "null",
)
_EMAILS: Final = (
    "Ava.Lopez@Example.edu",
    "ava+mba@example.edu",
    "o'brien@example.co.uk",
    "x_y-z@sub.example.org",
    "1@2.example",
)
BAD_EMAILS: Final = (
    "not-an-email",
    "ava@example",
    "ava@@example.edu",
    "josé@example.edu",
    "ava lopez@example.edu",
    "a..b@example.edu",
    "ava@example.e_u",
    "ava@example.1",
    "@example.edu",
    "ava@-example.edu",
)
_PHONES: Final = ("+1 801 555 0142", "(801) 555-0142 ext. 7", "555-0100", "07700 900123")
_URLS: Final = ("https://example.edu/a?b=c&d=é", "example.edu", "not a url at all")
_WORDS_FOR_YES: Final = ("true", "Yes", "1", " TRUE ")
_WORDS_FOR_NO: Final = ("false", "no", "0", "False")
_BAD_BOOLEANS: Final = ("maybe", "2", "y e s", "ja", "null", "on")
_DATES: Final = (
    ("2008-04-17", "2008-04-17"),
    ("2027-08-31", "2027-08-31"),
    ("17 Apr 2008", "2008-04-17"),
    ("February 29, 2028", "2028-02-29"),
    ("1700-01-01", "1700-01-01"),
    ("4000-12-31", "4000-12-31"),
    ("2026-10-13T15:45:22Z", "2026-10-13"),
    ("12/31/2009", "2009-12-31"),
)
_BAD_DATES: Final = (
    "2027-02-29",
    "03/04/2008",
    "1699-12-31",
    "4001-01-01",
    "soon",
    "2008-13-01",
    "20080417",
    "#N/A",
)
_MOMENTS: Final = (
    ("2026-10-13T15:45:22Z", "2026-10-13T15:45:22.000+0000"),
    ("2026-10-13T09:45:22-06:00", "2026-10-13T15:45:22.000+0000"),
    ("2026-10-13T15:45:22.250Z", "2026-10-13T15:45:22.250+0000"),
    ("2027-12-31T23:59:59+00:00", "2027-12-31T23:59:59.000+0000"),
    ("1700-01-01T00:00:00Z", "1700-01-01T00:00:00.000+0000"),
)
_BAD_MOMENTS: Final = (
    "2026-10-13T15:45:22",
    "2026-02-30T10:00:00Z",
    "yesterday",
    "2026-10-13T25:00:00Z",
    "1650-01-01T00:00:00Z",
    "4001-01-01T00:00:00Z",
    "1700000000",
)
_TEXT_TYPES: Final = frozenset({"string", "textarea", "phone", "url", "combobox"})
_NUMBER_TYPES: Final = frozenset({"double", "currency", "percent"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A text that fits; `held` is what an org that got it before holds, None where not known."""

    text: str
    held: JsonValue = None


_SAMPLES: Final = {
    "email": tuple(Sample(text, text) for text in _EMAILS),
    "boolean": (
        *(Sample(text, held=True) for text in _WORDS_FOR_YES),
        *(Sample(text, held=False) for text in _WORDS_FOR_NO),
    ),
    "int": (
        *(Sample(str(number), number) for number in (0, 7, -3, 42)),
        Sample("008", 8),
        Sample("+5", 5),
    ),
    "date": tuple(Sample(*each) for each in _DATES),
    "datetime": tuple(Sample(*each) for each in _MOMENTS),
}
_BAD: Final = {
    "email": (*BAD_EMAILS, f"{'a' * 70}@example.edu", f"{'a' * 69}@example.edu"),
    "boolean": _BAD_BOOLEANS,
    "date": _BAD_DATES,
    "datetime": _BAD_MOMENTS,
}


def good_samples(field: FieldDescribe, random: Random) -> list[Sample]:
    """Return texts that the field takes."""
    if field.type in _TEXT_TYPES:
        return [Sample(text, text.strip()) for text in _fitting(field, random)]
    if field.type in ("picklist", "multipicklist"):
        return _choices(field, random)
    if field.type in _NUMBER_TYPES:
        return _numbers(field)
    return list(_SAMPLES.get(field.type, ()))


def bad_texts(field: FieldDescribe, random: Random) -> list[str]:
    """Return texts that the field does not take, or that nobody should guess the meaning of."""
    if field.type in _TEXT_TYPES:
        return _overlong(field)
    if field.type in ("picklist", "multipicklist"):
        return _bad_choices(field, random)
    if field.type == "int":
        return ["3.5", "1,000", "seven", "1e3", "9" * (field.digits + 1), "99999999999", "#N/A"]
    if field.type in _NUMBER_TYPES:
        whole = field.precision - field.scale
        return ["1,234.50", "ten", "1e9", "$5", "9" * (whole + 1), "#N/A", "--3"]
    return list(_BAD.get(field.type, ()))


def _fitting(field: FieldDescribe, random: Random) -> list[str]:
    size = field.length or 255
    pool = {"phone": _PHONES, "url": _URLS}.get(field.type, _WORDS)
    texts = [text for text in pool if len(text.strip()) + 3 <= size]
    if size <= 2_000:
        texts.append(random.choice("xéß") * size)
    if size >= 4:
        texts.append("ab" if field.type != "textarea" else "a\nb"[:size])
    return texts or ["7" * size]


def _overlong(field: FieldDescribe) -> list[str]:
    size = field.length or 255
    texts = ["x" * (size + 1), "é" * (size + 1), f"{'x' * (size - 1)}🎓"]
    return texts if size < 2_000 else texts[:1]


def _choices(field: FieldDescribe, random: Random) -> list[Sample]:
    active = _single(field)
    if not active:
        return []
    chosen = random.sample(active, min(4, len(active)))
    samples = [Sample(each.value, each.value) for each in chosen]
    first = chosen[0]
    samples += [Sample(first.value.upper(), first.value), Sample(f" {first.value} ", first.value)]
    labels = [each.label.casefold() for each in active]
    if labels.count(first.label.casefold()) == 1:
        samples.append(Sample(first.label, first.value))
    if not field.restricted_picklist:
        samples.append(Sample("Not listed", "Not listed"))
    if field.type == "multipicklist" and len(chosen) > 1:
        both = ";".join(each.value for each in active if each in chosen[:2])
        samples += [Sample(both, both), Sample("; ".join(reversed(both.split(";"))), both)]
        samples.append(Sample(f"{both};{both};", both))
    return samples


def _single(field: FieldDescribe) -> list[PicklistValue]:
    """The active values that one spelling alone stands for; a state's code may stand twice."""
    folded = [each.value.casefold() for each in field.picklist_values]
    return [
        each
        for each in field.picklist_values
        if each.active and folded.count(each.value.casefold()) == 1
    ]


def _bad_choices(field: FieldDescribe, random: Random) -> list[str]:
    if not field.restricted_picklist:
        return ["x" * (field.length + 1)] if field.type == "picklist" else []
    shut = [each.value for each in field.picklist_values if not each.active]
    active = [each.value for each in field.picklist_values if each.active]
    mixed = [f"{random.choice(active)};Underwater"] if field.type == "multipicklist" else []
    return [*shut, *mixed, "Underwater", "#N/A", "🎓"]


def _numbers(field: FieldDescribe) -> list[Sample]:
    whole = max(field.precision - field.scale, 1)
    samples = [
        Sample("0", 0),
        Sample("-1", -1),
        Sample("1.", 1),
        Sample("9" * whole, 10**whole - 1),
    ]
    if whole > 15:
        samples.pop()  # more digits than JSON carries
    if field.scale >= 2:
        samples += [Sample("3.45", 3.45), Sample(".5", 0.5)]
    if 0 < field.scale < 4:
        samples.append(Sample(f"1.{'2' * field.scale}5", None))
    return samples
