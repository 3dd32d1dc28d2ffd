"""Value maps as files: each pair comes back, and what cannot be taken is told by line."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.files.translation import (
    MAX_CHARACTERS,
    Translation,
    read_translation,
    write_translation,
)
from core.mapping.model import UnmappedPolicy, ValueMap
from core.mapping.value_maps import ValueCount

TEXTS = st.text() | st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "''-x",
        "+1",
        " @a",
        "'",
        "\t",
        "a\nb",
        'say "hi"',
        "a;b",
        "a,b",
        "\r\n",
        "'a",
    ]
)
PAIRS = st.lists(
    st.tuples(TEXTS.filter(str.strip), TEXTS), unique_by=lambda pair: pair[0], max_size=8
).map(tuple)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def problems_of(content: str | bytes) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in read_translation(content).problems]


@given(pairs=PAIRS, more=st.lists(TEXTS.filter(str.strip), max_size=4))
def test_every_pair_comes_back_as_it_was(pairs, more):
    counts = [ValueCount(value, 3) for value in more]

    read = read_translation(write_translation(ValueMap(pairs=pairs), counts))

    assert read.problems == ()
    assert read.pairs == pairs


@given(pairs=PAIRS)
def test_no_cell_is_one_that_a_spreadsheet_runs(pairs):
    content = write_translation(ValueMap(pairs=pairs), [])

    for row in rows_of(content)[1:]:
        assert not any(cell.lstrip(" ").startswith(tuple("=+-@\t\r\n")) for cell in row)


def test_values_the_map_does_not_list_follow_with_their_counts():
    value_map = ValueMap(pairs=(("MBA", "Business"), ("None", "")))
    counts = [ValueCount("CS", 40), ValueCount("mba ", 7), ValueCount("Art", 1)]

    assert rows_of(write_translation(value_map, counts)) == [
        ["source value", "records", "send as", "send blank"],
        ["MBA", "7", "Business", ""],
        ["None", "0", "", "yes"],
        ["CS", "40", "", ""],
        ["Art", "1", "", ""],
    ]


def test_lines_left_open_are_told_apart_from_those_that_send_a_blank():
    read = read_translation("source value,records,send as,send blank\nCS,40,,\nArt,1,,Yes\n")

    assert read == Translation(pairs=(("Art", ""),), open_values=("CS",))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_files_of_other_programs_are_read(delimiter, mark, ending):
    lines = [["Source Value", "SEND AS "], ["Präsenz", "On campus"], ["a, b; c", "two\nlines"]]
    text = ending.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)

    read = read_translation((mark + text).encode())

    assert read.pairs == (("Präsenz", "On campus"), ("a, b; c", "two\nlines"))
    assert read.problems == ()


def test_file_in_the_wide_encoding_that_spreadsheets_call_unicode_is_read():
    assert read_translation("source value\tsend as\nCS\tIT\n".encode("utf-16")).pairs == (
        ("CS", "IT"),
    )


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("source value,send as\na,b\na,c\n", 3, "Line 2 sends the same source value"),
        ("source value,send as\n\n ,b\n", 3, "The source value is blank"),
        ("source value,send as\na,b,c\n", 2, "more cells"),
        ("source value,sends as\na,b\n", 1, "Not known: “sends as”"),
        ("source value,records\na,1\n", 1, "Missing: “send as”"),
        ("source value,send as,send as\na,b,c\n", 1, "Twice there: “send as”"),
        ("source value,send as,send blank\na,b,yes\n", 2, "says to send none"),
        ("source value,send as,send blank\na,,maybe\n", 2, "takes yes or nothing"),
        ('source value,send as\na,"b\n', 2, "no CSV"),
        (b"source value,send as\na,\xff\n", 2, "UTF-8"),
        ("", 1, "Missing"),
        ("a" * (MAX_CHARACTERS + 1), 1, "longer than"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_cannot_be_taken_is_told_by_line(content, line, reason):
    [told] = problems_of(content)

    assert told[0] == line
    assert reason in told[1]


def test_lines_are_counted_as_a_text_editor_shows_them():
    text = 'source value,send as\n"two\nlines",b\n,c\n'

    assert problems_of(text) == [(4, "The source value is blank.")]


def test_same_line_twice_is_taken_once():
    assert read_translation("source value,send as\na,b\na,b\n").pairs == (("a", "b"),)


def test_pairs_replace_those_of_the_map_and_its_policy_stays():
    before = ValueMap(pairs=(("x", "y"),), unmapped=UnmappedPolicy.USE_DEFAULT, default="Other")

    after = Translation(pairs=(("a", "b"),)).apply_to(before)

    assert after == ValueMap(
        pairs=(("a", "b"),), unmapped=UnmappedPolicy.USE_DEFAULT, default="Other"
    )


@given(content=st.text() | st.binary())
def test_any_file_is_read_or_told(content):
    read = read_translation(content)

    assert read.problems or read.pairs == ()
