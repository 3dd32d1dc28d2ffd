"""Statements: every text survives quoting, and long lists are looked up, not scanned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.demo_org.errors import ApiError
from core.demo_org.query import run_query
from core.demo_org.soql import Comparison, Junction, parse
from tests.demo_org.conftest import BASE, DemoOrg

TEXT = st.text(max_size=80)
HOSTILE = st.text(alphabet="'\\\"%_nrt() \n\t,;ORAND=", max_size=40)
ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quote(value: str) -> str:
    """Write a value as a SOQL text, as the documentation says."""
    return "'" + "".join(ESCAPES.get(char, char) for char in value) + "'"


def only_values(source: str) -> tuple[object, ...]:
    where = parse(source).where
    assert isinstance(where, Comparison)
    return where.values


@given(TEXT | HOSTILE)
def test_every_text_survives_quoting(value: str) -> None:
    assert only_values(f"SELECT Id FROM Lead WHERE Name = {quote(value)}") == (value,)


@given(st.lists(TEXT | HOSTILE, min_size=1, max_size=20))
def test_every_list_of_texts_survives_quoting(values: list[str]) -> None:
    listed = ", ".join(map(quote, values))

    assert only_values(f"SELECT Id FROM Lead WHERE Name IN ({listed})") == tuple(values)


@given(HOSTILE)
def test_no_text_ends_its_own_quotes(value: str) -> None:
    source = f"SELECT Id FROM Lead WHERE Name = {quote(value)} AND IsDeleted = false"

    where = parse(source).where

    assert isinstance(where, Junction)
    assert len(where.parts) == 2


def refusal(source: str) -> str | None:
    try:
        parse(source)
    except ApiError as error:
        return error.code
    return None


READ_OR_REFUSED = {None, "MALFORMED_QUERY", "INVALID_FIELD", "NUMBER_OUTSIDE_VALID_RANGE"}
DATE = st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True)
MOMENT = st.from_regex(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})",
    fullmatch=True,
)


@given(
    st.text(max_size=60) | st.text(alphabet="SELCTFROMWHidNameLead()'\\=<>, 01-:TZ.", max_size=60)
)
def test_any_statement_is_read_or_refused(tail: str) -> None:
    assert refusal(tail) in READ_OR_REFUSED
    assert refusal("SELECT Id FROM Lead WHERE " + tail) in READ_OR_REFUSED


@given(DATE | MOMENT)
def test_any_date_is_read_or_refused(literal: str) -> None:
    found = refusal(f"SELECT Id FROM Lead WHERE CreatedDate > {literal}")

    assert found in {None, "MALFORMED_QUERY"}


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("Id = 'a' AND Id = 'b' OR Id = 'c'", id="AND and OR without brackets"),
        pytest.param("Name = 'a\\q'", id="a backslash that escapes nothing"),
        pytest.param("Name = 'a", id="an open text"),
        pytest.param("CreatedDate = 2027-02-30T00:00:00Z", id="a day that is not"),
        pytest.param("(" * 3_000 + "Id = 'a'" + ")" * 3_000, id="brackets without end"),
        pytest.param("NOT " * 3_000 + "Id = 'a'", id="negations without end"),
        pytest.param("Id IN ()", id="an empty list"),
        pytest.param("Id = 'a' LIMIT " + "9" * 5_000, id="a limit without end"),
    ],
)
def test_what_the_platform_refuses_is_malformed(where: str) -> None:
    assert refusal("SELECT Id FROM Lead WHERE " + where) == "MALFORMED_QUERY"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("\\u00e9", "é"), ("\\n", "\n"), ("\\N", "\n"), ('\\"', '"'), ("\\%", "%")],
)
def test_escapes_mean_what_is_documented(written: str, meant: str) -> None:
    assert only_values(f"SELECT Id FROM Lead WHERE Name = '{written}'") == (meant,)


@pytest.mark.parametrize(
    "value",
    [
        "O'Brien",
        "back\\slash",
        "%",
        "_",
        "a_b%c",
        'say "hi"',
        "小明",
        "Zoë 🎓",
        "\\'",
        "x' OR Id != '",
    ],
)
def test_a_stored_text_is_found_by_its_quoted_self_and_by_like(palmer: DemoOrg, value: str) -> None:
    made = palmer.call("POST", "/sobjects/Lead", {"LastName": value, "Company": "Quoting"})
    wild = quote(value).replace("%", "\\%").replace("_", "\\_")

    exact = palmer.query(f"SELECT Id FROM Lead WHERE LastName = {quote(value)}")
    alike = palmer.query(f"SELECT Id FROM Lead WHERE Company = 'Quoting' AND LastName LIKE {wild}")

    assert made.json()["id"] in [each["Id"] for each in exact]
    assert [each["Id"] for each in alike] == [made.json()["id"]]


def test_a_list_of_four_thousand_ids_finds_exactly_its_records(palmer: DemoOrg) -> None:
    known = [each["Id"] for each in palmer.query("SELECT Id FROM Lead")]
    unknown = [f"00QPs{number:010d}" for number in range(100_000, 104_000 - len(known))]
    listed = ",".join(f"'{each[:15]}'" for each in known + unknown)
    source = f"SELECT Id FROM Lead WHERE Id IN ({listed})"
    part = {"method": "GET", "url": f"{BASE}/query?q={source}", "referenceId": "long"}

    answer = palmer.call("POST", "/composite", {"compositeRequest": [part]}).json()

    found = answer["compositeResponse"][0]["body"]["records"]
    assert len(known + unknown) == 4_000
    assert [each["Id"] for each in found] == known


COMPARISON = st.sampled_from([
    "LastName = 'lopez'", "LastName IN ('SMITH', 'Chen', null)", "Email = 'j.smith@example.edu'",
    "FirstName != 'Ava'", "FirstName = ''", "City = null", "IsConverted = true", "GPA__c > 3",
    "LastName LIKE 'S%'", "Owner.LastName = 'Whitfield'", "Halda_ID__c NOT IN ('x')",
    "Program_of_Interest__c = 'Nursing'", "IsDeleted = true", "State IN ('', 'UT')",
])  # fmt: skip
WORD = st.sampled_from([" AND ", " OR "])


def bracketed(pair: tuple[str, list[str]]) -> str:
    return "(" + pair[0].join(pair[1]) + ")"


CONDITION = st.recursive(
    COMPARISON,
    lambda part: (
        st.tuples(WORD, st.lists(part, min_size=2, max_size=3)).map(bracketed)
        | part.map(lambda inner: f"(NOT {inner})")
    ),
    max_leaves=6,
)


@given(where=CONDITION, with_deleted=st.booleans())
def test_an_index_finds_what_reading_every_record_finds(
    org: DemoOrg, where: str, with_deleted: bool
) -> None:
    palmer = org.app.state.world.orgs["palmer"]
    asked = {"version": "66.0", "with_deleted": with_deleted}
    # A comparison of numbers has no index, so beside OR it makes the query read every record.
    unindexed = f"SELECT Id FROM Lead WHERE {where} OR GPA__c < 0"

    found = run_query(palmer, f"SELECT Id FROM Lead WHERE {where}", **asked)

    assert found.records == run_query(palmer, unindexed, **asked).records
