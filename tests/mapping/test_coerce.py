"""Text to field values: each type's rules, and that no text ever raises or repeats itself."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.mapping.coercion.coerce import coerce, render
from core.mapping.coercion.texts import to_long_id
from core.mapping.coercion.values import Coerced
from core.mapping.describe import PicklistValue
from core.mapping.problems import ProblemKind
from tests.mapping.fields import LEAD_FIELDS, lead_field, make_field

WORDS = st.sampled_from(
    ["yes", "Fall 2026", "business", "Design;Health", "2026-10-13", "2026-10-13T15:45:22-06:00",
     "14:30", "3.755", "1,310", "1e5", "50 %", "#N/A", "004812", "ava+mba@example.edu",
     "005000000000001", "+1-555-555-5555", "12/31/2026", "03/04/2026", "17 Apr 2008"]
)  # fmt: skip
HOSTILE = st.text() | WORDS | st.floats().map(str) | st.integers().map(str)


def kinds(coerced: Coerced) -> list[ProblemKind]:
    return [problem.kind for problem in coerced.problems]


@given(text=HOSTILE, field=st.sampled_from(LEAD_FIELDS))
@example(text="\ud800", field=lead_field("LastName"))
@example(text="9" * 60, field=lead_field("GPA__c"))
@example(text="9" * 5000, field=lead_field("GPA__c"))
@example(text="0001-01-01T00:00:00+23:59", field=lead_field("Inquiry_Date__c"))
@example(text="١٢", field=lead_field("Graduation_Year__c"))
def test_any_text_gives_a_value_or_a_named_problem(text, field):
    coerced = coerce(text, field)

    assert not (coerced.is_blocked and coerced.value is not None)
    assert coerced.value is None or str(coerced.value).encode()


@given(text=HOSTILE, field=st.sampled_from(LEAD_FIELDS))
def test_a_rendered_value_coerces_to_itself(text, field):
    value = coerce(text, field).value

    assert coerce(render(value, field), field).value == value


@given(number=st.decimals(min_value=-9, max_value=9, places=2))
def test_every_number_a_field_can_hold_survives(number):
    assert coerce(str(number), lead_field("GPA__c")).value == pytest.approx(float(number))


@given(text=st.text(min_size=12), field=st.sampled_from(LEAD_FIELDS))
def test_problems_never_repeat_the_value(text, field):
    for problem in coerce(text, field).problems:
        assert text.strip() not in problem.message + problem.advice


@pytest.mark.parametrize("field", LEAD_FIELDS, ids=lambda field: field.type)
def test_blank_text_is_blank_and_not_a_problem(field):
    coerced = coerce("  ", field)

    assert coerced.value is None
    assert not coerced.problems


def test_a_blank_checkbox_is_unanswered_and_never_false():
    assert coerce("", lead_field("SMS_Opt_Out__c")).is_absent


@pytest.mark.parametrize(
    ("text", "expected"),
    [("yes", True), ("TRUE", True), ("1", True), ("No", False), ("false", False), ("0", False)],
)
def test_checkboxes_take_six_words(text, expected):
    assert coerce(text, lead_field("SMS_Opt_Out__c")).value is expected


@pytest.mark.parametrize("text", ["y", "on", "2", "maybe", "oui"])
def test_another_word_in_a_checkbox_is_a_problem_and_not_false(text):
    assert kinds(coerce(text, lead_field("SMS_Opt_Out__c"))) == [ProblemKind.NOT_A_BOOLEAN]


def test_length_counts_characters_and_not_bytes():
    assert coerce("é" * 80, lead_field("LastName")).value == "é" * 80
    assert kinds(coerce("é" * 81, lead_field("LastName"))) == [ProblemKind.TOO_LONG]


def test_a_character_beyond_the_first_plane_counts_twice():
    assert not coerce("🎓" * 20, lead_field("FirstName")).problems
    assert kinds(coerce("🎓" * 21, lead_field("FirstName"))) == [ProblemKind.TOO_LONG]


@pytest.mark.parametrize("length", [255, 256])
def test_over_long_text_is_never_cut(length):
    coerced = coerce("x" * length, lead_field("Company"))

    assert coerced.value == ("x" * 255 if length == 255 else None)


def test_accents_are_composed_and_kept():
    coerced = coerce("Mari\u0301a Jose\u0301 Nu\u0301n\u0303ez-O'Brien", lead_field("LastName"))

    assert coerced.value == "María José Núñez-O'Brien".replace("ú", "\u00fa")
    assert coerced.note == "accents composed"


def test_control_characters_go_with_a_note():
    coerced = coerce("Lo\x00pez\x07", lead_field("LastName"))

    assert (coerced.value, coerced.note) == ("Lopez", "control characters removed")


def test_lines_stay_in_long_text_and_become_spaces_in_one_line():
    assert coerce("a\r\nb", lead_field("Description")).value == "a\nb"
    assert coerce("a\r\nb", lead_field("Company")).value == "a b"


@pytest.mark.parametrize(
    "text", ["王 小明", "محمد العلي", "#N/A", "=1+1", "<b>x</b>", "O'Brien", "a\\b", "x;y"]
)
def test_plain_text_passes_untouched(text):
    assert coerce(text, lead_field("Company")) == Coerced(value=text)


def test_a_restricted_value_takes_the_spelling_of_the_org():
    assert coerce(" mba ", lead_field("Program__c")).value == "MBA"


def test_a_restricted_picklist_refuses_unknown_and_inactive_values():
    assert kinds(coerce("Law", lead_field("Program__c"))) == [ProblemKind.NOT_ALLOWED_VALUE]
    assert kinds(coerce("Philosophy", lead_field("Program__c"))) == [ProblemKind.INACTIVE_VALUE]


def test_an_unrestricted_picklist_warns_and_sends_the_text():
    coerced = coerce("Autumn 26", lead_field("Term__c"))

    assert coerced.value == "Autumn 26"
    assert kinds(coerced) == [ProblemKind.UNKNOWN_VALUE]
    assert not coerced.is_blocked


def test_several_values_are_each_checked_and_spelled():
    assert coerce("design; HEALTH;;design", lead_field("Interests__c")).value == "Design;Health"
    assert coerce("Design;Law", lead_field("Interests__c")).is_blocked


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2008-04-17", "2008-04-17"),
        ("4/17/2008", "2008-04-17"),
        ("17.04.2008", "2008-04-17"),
        ("04/04/2008", "2008-04-04"),
        ("April 17, 2008", "2008-04-17"),
        ("2008-04-17T23:30:00-06:00", "2008-04-17"),
    ],
)
def test_dates_keep_the_day_that_is_written(text, day):
    assert coerce(text, lead_field("Birth_Date__c")).value == day


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("03/04/2008", ProblemKind.AMBIGUOUS_DATE),
        ("2008-02-30", ProblemKind.NOT_A_DATE),
        ("next fall", ProblemKind.NOT_A_DATE),
        ("1066-10-14", ProblemKind.OUT_OF_RANGE),
    ],
)
def test_a_bad_date_is_a_problem_and_never_null(text, kind):
    assert kinds(coerce(text, lead_field("Birth_Date__c"))) == [kind]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-10-13T15:45:22Z", "2025-10-13T15:45:22.000+0000"),
        ("2025-10-13T23:30:00-06:00", "2025-10-14T05:30:00.000+0000"),
        ("2024-07-30 20:54:16 UTC", "2024-07-30T20:54:16.000+0000"),
        ("2025-10-13T15:45:22.1239Z", "2025-10-13T15:45:22.123+0000"),
    ],
)
def test_moments_are_sent_in_utc(text, moment):
    assert coerce(text, lead_field("Inquiry_Date__c")).value == moment


def test_a_moment_without_a_zone_is_not_guessed():
    assert kinds(coerce("2025-10-13 15:45", lead_field("Inquiry_Date__c"))) == [
        ProblemKind.MISSING_TIME_ZONE
    ]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("Graduation_Year__c", "2027", 2027),
        ("Graduation_Year__c", "2027.0", 2027),
        ("GPA__c", "3.755", 3.76),
        ("GPA__c", "3", 3),
        ("Budget__c", "1234.5", 1234.5),
        ("Aid_Share__c", "50 %", 50),
    ],
)
def test_numbers_are_read_as_the_platform_saves_them(name, text, value):
    assert coerce(text, lead_field(name)).value == value


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("Graduation_Year__c", "2027.5", ProblemKind.NOT_WHOLE),
        ("Graduation_Year__c", "20277", ProblemKind.OUT_OF_RANGE),
        ("GPA__c", "10", ProblemKind.OUT_OF_RANGE),
        ("GPA__c", "9.999", ProblemKind.OUT_OF_RANGE),
        ("GPA__c", "3,75", ProblemKind.AMBIGUOUS_NUMBER),
        ("Budget__c", "1,310", ProblemKind.AMBIGUOUS_NUMBER),
        ("Budget__c", "4.5E+05", ProblemKind.AMBIGUOUS_NUMBER),
        ("Budget__c", "$100", ProblemKind.NOT_A_NUMBER),
        ("Budget__c", "1234567890123456.78", ProblemKind.TOO_PRECISE),
        ("GPA__c", "NaN", ProblemKind.NOT_A_NUMBER),
        ("GPA__c", "Infinity", ProblemKind.NOT_A_NUMBER),
    ],
)
def test_numbers_that_would_change_are_problems(name, text, kind):
    assert kinds(coerce(text, lead_field(name))) == [kind]


@pytest.mark.parametrize("text", ["ava.lopez@example.edu", "ava+mba@example.edu", "A.B@X.Example"])
def test_email_addresses_keep_case_and_plus(text):
    assert coerce(text, lead_field("Email")).value == text


@pytest.mark.parametrize(
    "text", ["ava", "a@b", "a@@b.c", "a b@c.de", "a@b..c", ".a@b.cd", "a@-b.c", "a@b.1"]
)
def test_misshapen_email_addresses_are_problems(text):
    assert kinds(coerce(text, lead_field("Email"))) == [ProblemKind.NOT_AN_EMAIL]


@pytest.mark.parametrize("text", ["+1-555-555-5555", "555-0100", "07700 900123", "555-0100 x12"])
def test_phones_stay_as_written(text):
    assert coerce(text, lead_field("Phone")).value == text


def test_a_short_id_becomes_long_by_the_known_checksum():
    # an account id that Salesforce's own REST guide prints in both forms
    assert to_long_id("001D000000IqhSL") == "001D000000IqhSLIAZ"
    assert coerce("005D000000IqhSL", lead_field("OwnerId")).value == "005D000000IqhSLIAZ"


def test_ids_of_another_object_or_with_a_broken_checksum_are_problems():
    assert kinds(coerce("00QD000000IqhSL", lead_field("OwnerId"))) == [ProblemKind.WRONG_OBJECT_ID]
    assert kinds(coerce("005d000000IqhSLIAZ", lead_field("OwnerId"))) == [ProblemKind.NOT_AN_ID]
    assert kinds(coerce("Admissions", lead_field("OwnerId"))) == [ProblemKind.NOT_AN_ID]


def test_compound_and_system_types_take_nothing():
    address = make_field("Address", "address")

    assert kinds(coerce("Main St", address)) == [ProblemKind.UNWRITABLE_TYPE]


def test_a_label_is_translated_to_its_api_value():
    field = make_field(
        "Level__c",
        "picklist",
        restricted_picklist=True,
        picklist_values=(PicklistValue(value="UG", label="Undergraduate"),),
    )

    assert coerce("undergraduate", field).value == "UG"
