"""Numbers and yes-or-no answers: separators and words are never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.coercion.coerce import make_coercer
from core.mapping.model import TransformKind
from core.mapping.problems import ProblemKind
from tests.mapping.fields import lead_field
from tests.mapping.transforms.steps import blocking, make_step, run

POINT = make_step(TransformKind.NUMBER, decimal=".")
COMMA = make_step(TransformKind.NUMBER, decimal=",")
BOOLEAN = make_step(TransformKind.BOOLEAN)
INVERT = make_step(TransformKind.INVERT)


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1,234.56", "1234.56", None),
        ("1.234,56", None, "1234.56"),
        ("1.234", "1.234", "1234"),
        ("1,234", "1234", "1.234"),
        ("1,5", None, "1.5"),
        ("1 234 567", "1234567", "1234567"),
        ("1'234'567.5", "1234567.5", None),
        ("$1,200", "1200", "1.200"),
        ("1.200 €", "1.200", "1200"),
        ("-$5", "-5", "-5"),
        ("+7", "7", "7"),
        (".5", "0.5", None),
        ("50 %", "50%", "50%"),
        ("1,23,456", None, None),
        ("1,234,56", None, None),
        ("1e5", None, None),
        ("(12)", None, None),
        ("12 USD", None, None),
        ("1.2.3", None, None),
        ("-", None, None),
        ("٣", None, None),
    ],
)
def test_a_separator_means_what_the_row_says_or_the_number_is_refused(
    text: str, point: str | None, comma: str | None
) -> None:
    for step, expected in ((POINT, point), (COMMA, comma)):
        done = run(step, text)

        assert done.is_blocked == (expected is None)
        assert done.text == (text if expected is None else expected)


def test_leading_zeros_stay() -> None:
    assert run(POINT, "00123").text == "00123"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_grouped_either_way_is_read_exactly(number: Decimal) -> None:
    american = f"{number:,.2f}"
    german = american.translate(str.maketrans(",.", ".,"))

    assert Decimal(run(POINT, american).text) == number
    assert Decimal(run(COMMA, german).text) == number


def test_what_a_number_step_writes_a_number_field_takes() -> None:
    assert make_coercer(lead_field("Budget__c"))(run(POINT, "$1,234.50").text).value == 1234.5
    assert make_coercer(lead_field("Aid_Share__c"))(run(COMMA, "12,5 %").text).value == 12.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Yes", "true"), ("SÍ", "true"), ("Si\u0301", "true"), ("1", "true"), ("N", "false")],
)
def test_yes_is_true_and_never_false(text: str, expected: str) -> None:
    assert run(BOOLEAN, text).text == expected


@pytest.mark.parametrize("text", ["maybe", "2", "I agree", "yes please", "-", "null"])
def test_an_unlisted_word_is_a_problem_never_false(text: str) -> None:
    assert blocking(run(BOOLEAN, text)) == [ProblemKind.NOT_A_BOOLEAN]


def test_the_lists_of_words_are_the_rows_own() -> None:
    step = make_step(TransformKind.BOOLEAN, yes="I agree, ok", no="I do not agree")

    assert run(step, "i AGREE").text == "true"
    assert run(step, "I do not agree").text == "false"
    assert run(step, "yes").is_blocked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("true", "false"),
        ("FALSE", "TRUE"),
        ("Yes", "No"),
        ("no", "yes"),
        ("1", "0"),
        ("Y", "N"),
        ("Off", "On"),
        ("opted in", "opted out"),
    ],
)
def test_inverting_gives_the_opposite_in_the_same_case_and_back(text: str, expected: str) -> None:
    assert run(INVERT, text).text == expected
    assert run(INVERT, expected).text == text


@pytest.mark.parametrize("text", ["sí", "maybe", "null", "2"])
def test_only_a_yes_or_a_no_can_be_inverted(text: str) -> None:
    assert blocking(run(INVERT, text)) == [ProblemKind.NOT_A_BOOLEAN]


def test_an_unanswered_question_is_never_inverted_into_an_answer() -> None:
    assert (run(INVERT, "").text, run(INVERT, "  ").text) == ("", "")
