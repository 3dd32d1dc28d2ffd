"""E.164 where the country bears it out; otherwise the number as received, with a warning."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.model import TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms.phones import Region, read_phone
from tests.mapping.transforms.steps import blocking, kinds, make_step, run

PHONE = make_step(TransformKind.PHONE)
KEPT, NOT_IN_PLAN = ProblemKind.PHONE_KEPT_AS_IS, ProblemKind.PHONE_NOT_IN_PLAN


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("(801) 555-0143", "US", "+18015550143"),
        ("801.555.0143", "", "+18015550143"),
        ("1 801 555 0143", "USA", "+18015550143"),
        ("+1-801-555-0143", "Mexico", "+18015550143"),
        ("011 44 20 7946 0958", "US", "+442079460958"),
        ("0044 20 7946 0958", "GB", "+442079460958"),
        ("+44 (0)20 7946 0958", "", "+442079460958"),
        ("020 7946 0958", "United Kingdom", "+442079460958"),
        ("06 1234 5678", "Italy", "+390612345678"),
        ("55 1234 5678", "MX", "+525512345678"),
        ("(８０１) ５５５-０１４３", "US", "+18015550143"),
        ("tel:+1-801-555-0143", "", "+18015550143"),
    ],
)
def test_a_number_of_a_known_country_becomes_e164(text: str, country: str, expected: str) -> None:
    done = run(PHONE, text, {"lead.country": country})

    assert (done.text, done.problems) == (expected, ())
    assert done.note.startswith("written as E.164")


@pytest.mark.parametrize(
    "written",
    [
        "801-555-0143 x12",
        "801-555-0143 ext. 12",
        "801 555 0143, extension 12",
        "8015550143#12",
        "tel:+1-801-555-0143;ext=12",
        "+18015550143 x12",
    ],
)
def test_an_extension_is_kept_behind_an_x(written: str) -> None:
    done = run(PHONE, written)

    assert (done.text, done.problems) == ("+18015550143 x12", ())
    assert len(done.text) <= 40


@pytest.mark.parametrize(
    "text",
    [
        "555-0100",
        "07700 900123",
        "1-800-FLOWERS",
        "801 555 0143 or 801 555 0144",
        "801-555-0143 / 801-555-0144",
        "call me at 801 555 0143",
        "#N/A",
        "+",
        "12",
        "123456789012345678901",
        "8015550143 x123456789",
        "0" * 500,
    ],
)
def test_what_is_no_number_of_the_country_is_sent_as_received_with_a_warning(text: str) -> None:
    done = run(PHONE, text)

    assert (done.text, kinds(done), blocking(done)) == (text, [KEPT], [])


def test_a_number_whose_country_nobody_can_place_is_not_given_the_default() -> None:
    done = run(PHONE, "801 555 0143", {"lead.country": "Ruritania"})

    assert (done.text, kinds(done)) == ("801 555 0143", [KEPT])


def test_the_default_must_be_borne_out_by_the_numbering_plan() -> None:
    """An Indian mobile number has ten digits too; under the default it is not made American."""
    assert kinds(run(PHONE, "98765 43210")) == [KEPT]
    assert run(PHONE, "98765 43210", {"lead.country": "India"}).text == "+919876543210"


def test_a_stated_country_needs_only_the_length_and_warns() -> None:
    by_inquiry = run(PHONE, "07700 900123", {"lead.country": "GB"})
    by_option = run(make_step(TransformKind.PHONE, country="gb"), "07700 900123")

    for done in (by_inquiry, by_option):
        assert (done.text, kinds(done), blocking(done)) == ("+447700900123", [NOT_IN_PLAN], [])


def test_a_written_country_code_is_kept_even_where_the_plan_has_no_such_number() -> None:
    done = run(PHONE, "+1-555-555-5555")

    assert (done.text, kinds(done), blocking(done)) == ("+15555555555", [NOT_IN_PLAN], [])


def test_the_row_goes_before_the_phone_country_before_the_country_before_the_default() -> None:
    text, values = "020 7946 0958", {"lead.phone_country": "GB", "lead.country": "US"}

    assert run(PHONE, text, values).text == "+442079460958"
    assert kinds(run(make_step(TransformKind.PHONE, country="US"), text, values)) == [KEPT]
    assert run(PHONE, text, {"lead.phone_country": " "}, default_country="GB").text == (
        "+442079460958"
    )


def test_the_old_mexican_mobile_one_is_dropped_and_said() -> None:
    done = run(PHONE, "+52 1 55 1234 5678")

    assert (done.text, done.problems) == ("+525512345678", ())
    assert done.note == "written as E.164 without the old 1"


def test_leading_zeros_of_a_kept_number_stay() -> None:
    assert run(PHONE, "000123").text == "000123"


@given(
    digits=st.from_regex(
        r"[2-9][0-9]{2}[-. ]?[2-9][0-9]{2}[-. ]?[0-9]{4}( x[0-9]{1,4})?", fullmatch=True
    ),
    country=st.sampled_from(["US", "CA", "MX", "IN", "Ruritania", ""]),
)
def test_e164_of_e164_is_the_same(digits: str, country: str) -> None:
    once = run(PHONE, digits, {"lead.country": country})

    again = run(PHONE, once.text, {"lead.country": country})

    assert again.text == once.text


@given(st.from_regex(r"\+?[0-9 ().-]{1,30}", fullmatch=True))
def test_digits_are_never_lost(text: str) -> None:
    """E.164 may put a country code before and drop a trunk prefix; the line's digits stay."""
    done = run(PHONE, text)

    read = "".join(each for each in text if each.isdigit())
    assert done.text[-4:] == read[-4:] or done.text == text.strip()


NUMBERS = st.one_of(
    st.from_regex(r"\+[1-9][0-9 ().\-/]{4,20}", fullmatch=True),
    st.from_regex(r"\+1[ .-]?\(?[2-9][0-9]{2}\)?[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}", fullmatch=True),
    st.from_regex(r"\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9 ().\-/]{4,20}", fullmatch=True),
)


@given(NUMBERS, st.sampled_from(["US", "GB", "IT", "MX", "DE", "CA"]))
def test_a_number_is_read_as_the_library_reads_it(text: str, country: str) -> None:
    done = read_phone(text, Region(country))

    try:
        number = phonenumbers.parse(text, None if text.startswith("+") else country)
    except phonenumbers.NumberParseException:
        assert done.text == text
        return
    if phonenumbers.is_valid_number(number):
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert (done.text, done.problems) == (written, ())
    else:
        assert done.problems or done.note == "written as E.164 without the old 1"
