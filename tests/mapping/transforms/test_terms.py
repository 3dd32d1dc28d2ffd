"""Start terms in every usual spelling; what is no single term is never made one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.model import Transform, TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms.term_words import SEASON_WORDS, Season
from tests.mapping.transforms.steps import blocking, kinds, make_step, run

TEXT = make_step(TransformKind.TERM, to="text")
CODE = make_step(TransformKind.TERM, to="code", fall="80", spring="10", summer="50")
START = make_step(TransformKind.TERM, to="date", fall="08-15", spring="01-10")
NOT_A_TERM = ProblemKind.NOT_A_TERM


@pytest.mark.parametrize(
    "text",
    [
        "Fall 2026",
        "2026 Fall",
        "FALL 2026",
        "Autumn 26",
        "Fall '26",
        "Fall ’26",
        "FA26",
        "26FA",
        "FA 2026",
        "Fall-2026",
        "2026/Fall",
        "Fall, 2026",
        "Fall Semester 2026",
        "Fall Term (2026)",
        "Fall of 2026",
        "Otoño 2026",
        "Oton\u0303o de 2026",
        "Automne 2026",
        "Herbst 2026",
        "秋季 2026",
    ],
)
def test_a_term_is_read_in_any_usual_spelling(text: str) -> None:
    done = run(TEXT, text)

    assert (done.text, done.problems) == ("Fall 2026", ())


@pytest.mark.parametrize(
    ("expected", "options"),
    [
        ("Fall", {"to": "season"}),
        ("2026", {"to": "year"}),
        ("202680", {"to": "code", "fall": "80"}),
        ("2026-08-15", {"to": "date", "fall": "08-15"}),
        ("2268", {"to": "code", "fall": "8", "pattern": "2{year2}{season_code}"}),
        ("202710", {"to": "code", "fall": "{next_year}10", "pattern": "{season_code}"}),
        ("2026 Fall", {"to": "text", "pattern": "{year} {season}"}),
        ("Autumn 2026", {"to": "text", "fall": "Autumn", "pattern": "{season_code} {year}"}),
        ("26-27", {"to": "text", "pattern": "{year2}-{next_year2}"}),
    ],
)
def test_a_term_is_written_as_the_target_takes_it(expected: str, options: dict[str, str]) -> None:
    assert run(make_step(TransformKind.TERM, **options), "Autumn 26").text == expected


@pytest.mark.parametrize(
    "text",
    [
        "Undecided",
        "ASAP",
        "Not sure",
        "I'm not sure yet",
        "N/A",
        "TBD",
        "i don't know",
        "unknown",
        "No sé",
    ],
)
def test_an_undecided_person_is_held_and_said_so(text: str) -> None:
    done = run(CODE, text)

    assert (done.text, blocking(done)) == (text, [ProblemKind.TERM_UNDECIDED])


def test_an_undecided_person_may_leave_the_field_blank_where_the_row_says_so() -> None:
    step = make_step(TransformKind.TERM, to="text", undecided="blank")

    done = run(step, "Undecided")

    assert (done.text, kinds(done), blocking(done)) == ("", [ProblemKind.TERM_UNDECIDED], [])


@pytest.mark.parametrize(
    "text",
    [
        "S26",
        "Spring/Summer 2026",
        "Fall 2026 or Spring 2027",
        "Fall 2026/2027",
        "Fall 2026 Session B",
        "September 2026",
        "2026-08-24",
        "Fall",
        "2026",
        "26",
        "Fall 2126",
        "Fall 6",
        "#N/A",
        "Springfield 2026",
        "202680",
    ],
)
def test_what_is_no_single_season_and_year_is_a_problem(text: str) -> None:
    done = run(TEXT, text)

    assert (done.text, blocking(done)) == (text, [NOT_A_TERM])


def test_a_part_alone_is_enough_where_only_that_part_is_asked_for() -> None:
    assert run(make_step(TransformKind.TERM, to="season"), "Fall").text == "Fall"
    assert run(make_step(TransformKind.TERM, to="year"), "2026").text == "2026"
    assert run(make_step(TransformKind.TERM, to="year"), "26").is_blocked


@pytest.mark.parametrize("step", [CODE, START], ids=["code", "start day"])
def test_a_season_the_row_has_nothing_for_is_a_problem(step: Transform) -> None:
    assert blocking(run(step, "Winter 2026")) == [ProblemKind.NO_TERM_CODE]


def test_a_code_of_the_rows_own_form_is_known_again() -> None:
    assert (run(CODE, "202680").text, run(CODE, "202680").problems) == ("202680", ())
    assert blocking(run(CODE, "202699")) == [NOT_A_TERM]


def test_a_code_that_can_be_read_two_ways_is_refused() -> None:
    """2027FA is the code of Fall 2026 here, and a usual spelling of Fall 2027."""
    step = make_step(TransformKind.TERM, to="code", fall="FA", pattern="{next_year}{season_code}")

    assert run(step, "Fall 2026").text == "2027FA"
    assert blocking(run(step, "2027FA")) == [NOT_A_TERM]


def test_a_code_that_two_seasons_share_stays_what_it_is() -> None:
    step = make_step(TransformKind.TERM, to="code", fall="10", spring="10")

    assert (run(step, "202610").text, run(step, "202610").problems) == ("202610", ())


def test_no_word_stands_for_two_seasons() -> None:
    words = [word for listed in SEASON_WORDS.values() for word in listed.split()]

    assert sorted(words) == sorted(set(words))


@given(
    year=st.integers(min_value=1990, max_value=2099),
    season=st.sampled_from(list(Season)),
    place=st.integers(min_value=0, max_value=5),
    spelling=st.sampled_from(["{0} {1}", "{1} {0}", "{0}{1}", "{1}{0}", "{0} Semester {1}"]),
)
def test_each_season_word_with_a_year_is_that_term(
    year: int, season: Season, place: int, spelling: str
) -> None:
    words = SEASON_WORDS[season].split()
    word = words[place % len(words)]

    done = run(TEXT, spelling.format(word, year))

    assert done.text == f"{season.capitalize()} {year}"
