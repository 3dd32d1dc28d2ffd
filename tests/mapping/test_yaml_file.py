"""A mapping as a file: nothing is lost on the way, and an error has its line, path and reason."""

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MappingProblem
from core.mapping.files.serialize import content_hash
from core.mapping.files.yaml_file import COMMENT, from_yaml, to_yaml
from core.mapping.files.yaml_nodes import MAX_CHARACTERS, UnreadableMapping
from core.mapping.model import MappingDraft, MatchKey, Transform, TransformKind, ValueMap
from tests.mapping.fields import make_mapping, make_row
from tests.mapping.whole import WHOLE, whole_mappings


def is_possible(draft: MappingDraft) -> bool:
    """There is an object, and no name comes twice in its list."""
    own = [[(e.object_id, e.row.row_id) for e in form.rows] for form in draft.forms]
    names = [
        [each.object_id for each in draft.objects],
        [each.form_id for each in draft.forms],
        *([row.row_id for row in each.rows] for each in draft.objects),
        *own,
    ]
    return bool(draft.objects) and all(len(set(each)) == len(each) for each in names)


DRAFTS = st.from_type(MappingDraft).filter(is_possible)
# what YAML is known to read as something else, or to break on
TRAPS = [
    "", " ", "no", "Yes", "ON", "y", "null", "~", "true", "0123", "1_000", "0x1F", "1e3", "12:30",
    "2026-08-24", "2026-08-24T10:00:00Z", ".5", "-", "- a", "?", ": ", "a: b", "a #b", "#", "&a",
    "*a", "!tag", "|", ">", "%YAML", "@x", "`x`", "'", '"', "O'Brien", '"quoted"', "\\", "\t", "\n",
    "a\nb\n", "\r\n", " lead", "trail ", "{a}", "[b]", "<<", "=", "---", "...", "\u0085", "\u2028",
    "\ufeff", "\x00", "\x07", "\ud7ff", "😀", "e\u0301", "日本語", "שלום", "a" * 3000, "a " * 600,
]  # fmt: skip


@whole_mappings
@given(draft=DRAFTS)
def test_a_mapping_comes_back_from_its_file_as_it_was(draft):
    text = to_yaml(draft)

    assert from_yaml(text) == draft
    assert content_hash(from_yaml(text.encode("utf-8-sig"))) == content_hash(draft)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda text: repr(text)[:20])
def test_every_text_stays_a_text(trap):
    value_map = ValueMap(pairs=((trap, trap), ("a", trap), (f"{trap}x", "b")), default=trap)
    transform = Transform(kind=TransformKind.SPLIT, options=((trap, trap),))
    row = make_row(trap, trap, note=trap, value_map=value_map, transforms=(transform,))
    draft = make_mapping(row, record_type=trap, only_with=(trap, trap))

    assert from_yaml(to_yaml(draft)) == draft


def test_a_source_value_that_comes_twice_is_written_twice():
    value_map = ValueMap(pairs=(("MBA", "Business"), ("MBA", "Management"), ("CS", "IT")))
    draft = make_mapping(make_row("q", "Program__c", value_map=value_map))

    assert "- [MBA, Business]\n" in to_yaml(draft)
    assert from_yaml(to_yaml(draft)) == draft


def test_options_keep_their_order_even_where_it_is_not_that_of_their_names():
    transform = Transform(kind=TransformKind.SPLIT, options=(("b", "1"), ("a", "2")))
    draft = make_mapping(make_row("q", "A", transforms=(transform,)))

    assert from_yaml(to_yaml(draft)) == draft


def test_the_file_reads_as_a_person_would_write_it():
    text = to_yaml(WHOLE)

    assert text.startswith(f"{COMMENT}format: 2\nshape: contact_and_inquiry\n")
    assert '            "no": "0123"\n            "2026-08-24": ""\n' in text
    assert "      - {field_names: [Email, LastName]}\n" in text
    assert "null_rule: by_write_rule" not in text


def test_a_file_of_the_shortest_form_is_read_with_every_default():
    text = """
    format: 2
    objects:
      - sobject_name: Lead
        match_keys: [{field_names: [Email]}]
        rows:
          - {row_id: 1, source: {kind: field, text: lead.email}, field_name: Email, value_map: ~}
    """

    row = make_row("lead.email", "Email")
    draft = make_mapping(replace(row, row_id="1"), match_keys=(MatchKey(field_names=("Email",)),))
    assert from_yaml(text) == draft


def test_words_that_yaml_has_another_meaning_for_are_taken_as_they_stand_without_quotes():
    text = to_yaml(WHOLE).replace('"no": "0123"', "no: 0123").replace('"2026-08-24"', "2026-08-24")

    assert from_yaml(text) == WHOLE


def problems_of(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(MappingProblem) as caught:
        from_yaml(text)
    assert isinstance(caught.value, UnreadableMapping)
    return [(each.line, each.path, each.reason) for each in caught.value.problems]


GOOD = """format: 2
objects:
  - sobject_name: Lead
    operation: upsert
    rows:
      - row_id: r1
        source: {kind: field, text: lead.email}
        field_name: Email
        write_rule: always
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "path", "reason"),
    [
        ("write_rule: always", "write_rul: always", 9, "objects[0].rows[0].write_rul",
         "not known here. Did you mean write_rule?"),
        ("write_rule: always", "write_rule: alway", 9, "objects[0].rows[0].write_rule",
         "“alway” is not known here. Did you mean always?"),
        ("operation: upsert", "operation: [upsert]", 4, "objects[0].operation", "this is a list"),
        ("operation: upsert", "operation: delete", 4, "objects[0].operation", "Known are: insert"),
        ("field_name: Email", "field_name: null", 8, "objects[0].rows[0].field_name",
         "Leave the key out"),
        ("row_id: r1", "note: r1", 6, "objects[0].rows[0].row_id", "missing"),
        ("field_name: Email", "row_id: r2", 8, "objects[0].rows[0].row_id", "comes twice"),
        ("sobject_name: Lead", "sobject_name: Lead\n    rows: []", 6, "objects[0].rows",
         "comes twice"),
        ("source: {kind: field, text: lead.email}", "source: lead.email", 7,
         "objects[0].rows[0].source", "Keys are expected here: kind, text"),
        ("objects:", "objekts:", 2, "objekts", "Did you mean objects?"),
        ("format: 2", "format: 3", 1, "format", "Only format 2"),
        ("format: 2\n", "", 1, "format", "missing"),
        ("rows:\n", "rows: none\n    only_with:\n", 5, "objects[0].rows", "A list is expected"),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_an_error_has_its_line_path_and_reason(old, new, line, path, reason):
    assert old in GOOD

    told = problems_of(GOOD.replace(old, new, 1))

    found = [each for each in told if each[:2] == (line, path)]
    assert found, told
    assert reason in found[0][2]


def test_all_errors_are_told_at_once_in_the_order_of_their_lines():
    text = GOOD.replace("always", "alway").replace("kind: field", "kind: feld")

    told = problems_of(f"{text}shap: lead_first\n")

    assert [line for line, _, _ in told] == [7, 9, 10]


def test_a_row_copied_without_a_new_id_is_refused():
    row = GOOD[GOOD.index("      - row_id") :]

    [told] = problems_of(GOOD + row)

    assert told[:2] == (10, "objects[0].rows[1]")
    assert "row_id stands in this list already" in told[2]


def test_pairs_may_be_lines_and_a_key_that_comes_twice_is_refused():
    pairs = '        value_map: {pairs: {MBA: Business, MBA: "Management"}}\n'

    [told] = problems_of(GOOD + pairs)
    lines = "        value_map: {pairs: [[MBA, Business], [MBA, Management]]}\n"

    assert told[:2] == (10, "objects[0].rows[0].value_map.pairs")
    assert "write [source, target] lines" in told[2]
    assert len(from_yaml(GOOD + lines).person.rows[0].value_map.pairs) == 2


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: [", 1, "not YAML"),
        ("a:\n\t- b", 2, "not YAML"),
        ("a: &x b\n", 1, "Anchors"),
        ("a: 1\nb: *x\n", 2, "aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "Tags"),
        ("!x {a: b}", 1, "Tags"),
        ("a: b\n---\nc: d\n", 2, "second document"),
        ("a: \x00", 1, "does not allow"),
        ("[" * 50_000, 1, "nested deeper"),
        ("a" * (MAX_CHARACTERS + 1), 1, "longer than"),
        (b"a: b\nc: \xff\n", 2, "UTF-8"),
        ('a: "\\UFFFFFFFF"', 1, "escape"),
        ('a: "\\U00110000"', 1, "escape"),
        ("just a text", 1, "Keys are expected here"),
        ("- a\n- b\n", 1, "Keys are expected here"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_is_no_mapping_is_refused_with_its_line(text, line, reason):
    told = problems_of(text)

    assert told[0][0] == line
    assert reason in told[0][2]


def test_anchors_that_would_grow_without_end_are_refused_at_once():
    bomb = "a: &a [x,x]\n" + "".join(f"{n}: &{n} [*a,*a]\n" for n in "bcdefgh")

    assert "Anchors" in problems_of(bomb)[0][2]


@given(text=st.text())
def test_any_text_is_a_mapping_or_a_problem(text):
    with contextlib.suppress(MappingProblem):
        assert from_yaml(text).objects


@given(at=st.integers(0, 2_000), piece=st.sampled_from(["\t", ":", "- ", "{", '"', "x"]))
def test_a_damaged_file_is_a_mapping_or_a_problem(at, piece):
    text = to_yaml(WHOLE)
    place = len(COMMENT) + at % (len(text) - len(COMMENT))

    with contextlib.suppress(UnreadableMapping):
        assert from_yaml(text[:place] + piece + text[place + 1 :]).objects


def test_a_mapping_without_objects_is_refused():
    assert problems_of("format: 2\nobjects: []\n") == [
        (1, "objects", "A mapping needs at least one object.")
    ]


def test_half_a_character_is_written_as_its_number():
    draft = make_mapping(make_row("q", "A", note="\ud800"))

    assert from_yaml(to_yaml(draft).encode()) == draft


def test_a_mapping_of_more_than_a_million_characters_comes_back_whole():
    pairs = tuple((f"Program {number} {'of study ' * 100}", f"P{number}") for number in range(1200))
    row = make_row("interest.program", "A", value_map=ValueMap(pairs=pairs), null_text="no")
    draft = make_mapping(row)

    text = to_yaml(draft)

    assert len(text) > 1_000_000
    assert from_yaml(text) == draft


def test_a_file_that_is_too_long_is_told_how_long_it_is_and_what_to_do():
    [(_, _, told)] = problems_of("a" * (MAX_CHARACTERS + 1))

    assert "has 10,000,001 characters" in told
    assert "Shorten its value maps" in told
