"""Case, parts of names, pieces and cutting."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.coercion.values import count_characters
from core.mapping.model import TransformKind
from core.mapping.problems import ProblemKind
from core.mapping.transforms.wording import divide_name
from tests.mapping.transforms.steps import blocking, kinds, make_step, run

TITLE = make_step(TransformKind.TITLE)


def test_trim_takes_spaces_and_what_copying_leaves_invisible() -> None:
    done = run(make_step(TransformKind.TRIM), "\ufeff\u200b \u00a0 Ava  Lopez \u200b ")

    assert done.text == "Ava  Lopez"


def test_case_is_changed_only_where_asked() -> None:
    assert run(make_step(TransformKind.UPPER), "Núñez-O'Brien").text == "NÚÑEZ-O'BRIEN"
    assert run(make_step(TransformKind.LOWER), "AVA@Example.EDU").text == "ava@example.edu"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MARÍA JOSÉ NÚÑEZ-O'BRIEN", "María José Núñez-O'Brien"),
        ("maria de la cruz", "Maria de la Cruz"),
        ("DE LA CRUZ", "De la Cruz"),
        ("MCDONALD", "McDonald"),
        ("DeShawn McKay van Dyke", "DeShawn McKay van Dyke"),
        ("JOHN SMITH III", "John Smith III"),
        ("123 MAIN ST APT 4b", "123 Main St Apt 4b"),
        ("3rd avenue", "3rd Avenue"),
        ("王 小明", "王 小明"),
        ("محمد", "محمد"),
        ("ῬΌΔΟΣ", "Ῥόδος"),
    ],
)
def test_title_capitalises_words_of_one_case_and_leaves_mixed_ones(
    text: str, expected: str
) -> None:
    assert run(TITLE, text).text == expected


def test_an_apostrophe_is_never_doubled_or_escaped() -> None:
    for kind in (TransformKind.TRIM, TransformKind.UPPER, TransformKind.LOWER, TransformKind.TITLE):
        assert run(make_step(kind), "O'BRIEN \\ D'Angelo").text.count("'") == 2


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("Ava Lopez", "Ava", "Lopez"), ("Lopez, Ava M.", "Ava M.", "Lopez"), (" a  b ", "a", "b")],
)
def test_a_name_of_two_words_or_with_a_comma_is_divided_without_doubt(
    name: str, first: str, last: str
) -> None:
    assert divide_name(name) == (first, last, "")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("María José Núñez", "María", "José Núñez"),
        ("Ava M. Lopez", "Ava M.", "Lopez"),
        ("Sukarno", "", "Sukarno"),
        ("王小明", "", "王小明"),
        ("王 小明", "小明", "王"),
        ("Lopez, Ava, Jr.", "", "Lopez, Ava, Jr."),
        ("Lopez,", "", "Lopez,"),
        ("Ava Lopez, Jr.", "Ava", "Lopez, Jr."),
    ],
)
def test_any_other_name_is_divided_with_a_warning(name: str, first: str, last: str) -> None:
    done = run(make_step(TransformKind.NAME_PART, part="last"), name)

    assert divide_name(name)[:2] == (first, last)
    assert (done.text, kinds(done), blocking(done)) == (last, [ProblemKind.NAME_DIVIDED], [])


@given(st.text(alphabet="ab ,.王'", min_size=1, max_size=20).filter(str.strip))
def test_no_word_of_a_name_is_lost(name: str) -> None:
    first, last, _ = divide_name(name)

    assert sorted(f"{first} {last}".replace(",", " ").split()) == sorted(
        name.replace(",", " ").split()
    )


def test_a_piece_is_counted_from_one() -> None:
    step = make_step(TransformKind.SPLIT, separator=";", index="2")

    assert run(step, "Business; Design;Health").text == "Design"


@pytest.mark.parametrize("text", ["Business;Design", "Business;Design; ;Health", ";"])
def test_a_missing_or_empty_piece_is_blank_and_said(text: str) -> None:
    step = make_step(TransformKind.SPLIT, separator=";", index="3")

    done = run(step, text)

    assert (done.text, kinds(done), blocking(done)) == ("", [ProblemKind.NO_SUCH_PART], [])


def test_lines_are_pieces_too() -> None:
    step = make_step(TransformKind.SPLIT, separator="\\n", index="2")

    assert run(step, "12 Calle Real\r\nApt 4").text == "Apt 4"


@pytest.mark.parametrize(("length", "cut"), [("255", True), ("256", False)])
def test_255_and_256_characters_are_told_apart(length: str, cut: bool) -> None:
    done = run(make_step(TransformKind.TRUNCATE, length=length), "x" * 256)

    assert len(done.text) == int(length)
    assert kinds(done) == ([ProblemKind.CUT_OFF] if cut else [])
    assert not done.is_blocked


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("a😀b", "2", "a"),
        ("a😀b", "3", "a😀"),
        ("xq\u0308y", "2", "x"),
        ("ab👍🏽c", "4", "ab"),
        ("a👨\u200d👩\u200d👧", "6", "a"),
        ("a🇺🇸🇲🇽", "8", "a🇺🇸"),
        ("ab cd", "3", "ab"),
        ("a✈\ufe0f", "2", "a"),
    ],
)
def test_a_cut_never_tears_a_character_apart(text: str, length: str, expected: str) -> None:
    done = run(make_step(TransformKind.TRUNCATE, length=length), text)

    assert (done.text, kinds(done)) == (expected, [ProblemKind.CUT_OFF])


def test_a_first_character_that_does_not_fit_is_held_not_blanked() -> None:
    done = run(make_step(TransformKind.TRUNCATE, length="3"), "👨\u200d👩\u200d👧")

    assert blocking(done) == [ProblemKind.TOO_LONG]


@given(text=st.text(max_size=60), length=st.integers(min_value=1, max_value=20))
def test_a_cut_text_fits_and_begins_the_whole(text: str, length: int) -> None:
    step = make_step(TransformKind.TRUNCATE, length=str(length))
    whole = run(make_step(TransformKind.TRUNCATE, length="131072"), text).text

    done = run(step, text)

    assert whole.startswith(done.text)
    assert done.is_blocked or count_characters(done.text) <= length
    rest = whole[len(done.text) :]
    assert done.is_blocked or not rest or not unicodedata.category(rest[0]).startswith("M")
    assert done.text.isprintable() or "\n" in whole or not whole.isprintable()
