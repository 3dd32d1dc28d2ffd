"""SOQL text: names from the describe only, values as literals only."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import FieldNotVisible, InvalidInput, MappingProblem
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.salesforce.soql import (
    InQuery,
    SoqlValue,
    all_of,
    equals,
    is_salesforce_id,
    select,
    select_in,
)

LEAD = SobjectDescribe(
    name="Lead",
    label="Lead",
    fields=(
        FieldDescribe(name="Id", label="Lead ID", type="id"),
        FieldDescribe(name="Email", label="Email", type="email"),
        FieldDescribe(name="Description", label="Description", type="textarea", filterable=False),
    ),
)
# An independent reading of a SOQL string literal.
LITERAL = re.compile(r"'(?:[^'\\]|\\.)*'", re.DOTALL)


def by_email(*values: SoqlValue) -> InQuery:
    return select_in(LEAD, ["Id", "Email"], field_name="Email", values=values)


def test_a_query_names_each_field_once() -> None:
    where = all_of(equals(LEAD, "Email", "o'b\\x@e.edu"), equals(LEAD, "Id", None))

    text = select(LEAD, ["Id", "Email", "Id"], where=where, limit=5)

    assert text == (
        "SELECT Id, Email FROM Lead WHERE (Email = 'o\\'b\\\\x@e.edu') AND (Id = null) LIMIT 5"
    )


@pytest.mark.parametrize("name", ["email", "Nope", "Id, Name", "Id FROM Account", "Owner.Name", ""])
def test_a_name_that_is_not_exactly_the_describes_is_refused(name: str) -> None:
    with pytest.raises(FieldNotVisible):
        select(LEAD, [name])
    with pytest.raises(FieldNotVisible):
        select_in(LEAD, ["Id"], field_name=name, values=["x"])


def test_a_field_the_org_cannot_search_is_refused() -> None:
    with pytest.raises(MappingProblem):
        equals(LEAD, "Description", "x")


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), Decimal("NaN"), "a\x00b", "\ud800", "x" * 4001,
     "'" * 2001, datetime(2026, 1, 1)],  # noqa: DTZ001  the naive time is what is refused
)  # fmt: skip
def test_a_value_that_cannot_be_sent_is_refused(value: SoqlValue) -> None:
    with pytest.raises(InvalidInput):
        by_email(value)


def test_a_search_for_nothing_is_refused() -> None:
    with pytest.raises(InvalidInput):
        by_email()


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (True, "true"),
        (7, "7"),
        (Decimal("7.00"), "7"),
        (Decimal("7.5"), "7.5"),
        (date(2026, 11, 24), "2026-11-24"),
        (datetime(2026, 11, 24, 1, 2, 3, 9, tzinfo=UTC), "2026-11-24T01:02:03+00:00"),
    ],
)
def test_typed_values_are_written_as_the_platform_reads_them(
    value: SoqlValue, literal: str
) -> None:
    assert by_email(value).soql().endswith(f"IN ({literal})")


@given(st.text(min_size=1, max_size=300))
def test_any_text_is_exactly_one_literal(value: str) -> None:
    try:
        text = by_email(value).soql()
    except InvalidInput:
        assume(False)
        raise

    head = "SELECT Id, Email FROM Lead WHERE Email IN ("
    assert text.startswith(head)
    assert text.endswith(")")
    assert LITERAL.fullmatch(text[len(head) : -1])


@given(st.lists(st.text("ab'\\", min_size=1, max_size=30), min_size=1), st.integers(80, 400))
def test_chunks_keep_every_value_once_and_stay_short(values: list[str], most: int) -> None:
    query = by_email(*values)

    chunks = list(query.chunks(most))

    assert [value for chunk in chunks for value in chunk.values] == list(dict.fromkeys(values))
    assert all(len(each.soql()) <= most or len(each.values) == 1 for each in chunks)


def test_halves_together_are_the_whole() -> None:
    first, second = by_email("a", "b", "c").halves()

    assert first.values + second.values == ("a", "b", "c")
    with pytest.raises(ValueError, match="halved"):
        by_email("a").halves()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00Q000000000001", True),
        ("00Q000000000001AAA", True),
        ("00Q000000000001AA", False),
        ("00Q00000000000'", False),
        ("00Q000000000001\n", False),
        ("", False),
    ],
)
def test_an_id_is_told_by_its_form(text: str, expected: bool) -> None:
    assert is_salesforce_id(text) is expected
