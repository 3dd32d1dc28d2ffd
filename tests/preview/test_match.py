import pytest

from core.errors import MappingProblem
from core.mapping.model import ObjectMapping, Operation
from core.preview.holds import HoldKind
from core.preview.matching.matches import Match
from core.preview.planning.match import Matcher
from core.salesforce.composite import Record
from tests.preview.org import (
    LEAD,
    Answers,
    apply_all,
    make_draft,
    make_record,
    make_source,
    match_all,
)

HALDA_ID, EMAIL, NAME = ("Halda_ID__c",), ("Email",), ("Email", "LastName")


def match(draft: ObjectMapping, *records: Record, **values: str) -> Match:
    (found,) = match_all(draft, [make_source(**values)], Answers(*records))
    return found


def kind(found: Match) -> HoldKind | None:
    return found.hold.kind if found.hold else None


def test_first_key_that_finds_one_record_wins() -> None:
    found = match(
        make_draft(HALDA_ID, EMAIL),
        make_record("00Q1", Halda_ID__c="h1"),
        make_record("00Q2", Email="ava@example.edu"),
        Halda_ID__c="h1",
        Email="ava@example.edu",
    )

    assert (found.record_id, found.matched_by, kind(found)) == ("00Q1", "Halda_ID__c", None)


def test_case_does_not_matter_on_ordinary_text() -> None:
    found = match(
        make_draft(EMAIL), make_record("00Q1", Email="Ava@Example.edu"), Email="ava@example.EDU"
    )

    assert found.record_id == "00Q1"


def test_case_matters_where_the_field_says_so() -> None:
    found = match(make_draft(("Code__c",)), make_record("00Q1", Code__c="ab1"), Code__c="AB1")

    assert (found.record_id, kind(found)) == ("", None)


def test_several_records_hold_and_are_named() -> None:
    found = match(
        make_draft(EMAIL),
        make_record("00Q1", Email="j@example.edu", Name="J. Smith"),
        make_record("00Q2", Email="j@example.edu", Name="Jordan Smith"),
        Email="j@example.edu",
    )

    assert kind(found) is HoldKind.SEVERAL_MATCHES
    assert [each.name for each in found.candidates] == ["J. Smith", "Jordan Smith"]


def test_later_key_narrows_to_one_of_the_candidates() -> None:
    found = match(
        make_draft(EMAIL, ("Phone",)),
        make_record("00Q1", Email="j@example.edu", Phone="1"),
        make_record("00Q2", Email="j@example.edu", Phone="2"),
        Email="j@example.edu",
        Phone="2",
    )

    assert (found.record_id, found.matched_by) == ("00Q2", "Email, then Phone")


def test_later_key_that_finds_another_record_holds() -> None:
    found = match(
        make_draft(EMAIL, ("Phone",)),
        make_record("00Q1", Email="j@example.edu"),
        make_record("00Q2", Email="j@example.edu"),
        make_record("00Q3", Phone="2"),
        Email="j@example.edu",
        Phone="2",
    )

    assert (found.record_id, kind(found)) == ("", HoldKind.KEYS_DISAGREE)


def test_compound_key_needs_both_values_on_one_record() -> None:
    found = match(
        make_draft(NAME),
        make_record("00Q1", Email="ava@example.edu", LastName="Reyes"),
        make_record("00Q2", Email="may@example.edu", LastName="Lopez"),
        Email="ava@example.edu",
        LastName="Lopez",
    )

    assert (found.record_id, kind(found)) == ("", None)


def test_weaker_key_never_takes_over_a_record_with_another_id() -> None:
    found = match(
        make_draft(HALDA_ID, EMAIL),
        make_record("00Q1", Email="ava@example.edu", Halda_ID__c="other"),
        Halda_ID__c="h1",
        Email="ava@example.edu",
    )

    assert kind(found) is HoldKind.DIFFERENT_ID


def test_converted_lead_is_held() -> None:
    found = match(
        make_draft(EMAIL),
        make_record("00Q1", Email="l@example.edu", IsConverted=True),
        Email="l@example.edu",
    )

    assert kind(found) is HoldKind.CONVERTED_LEAD


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (Operation.INSERT, None),
        (Operation.UPDATE, HoldKind.NO_KEY_VALUE),
        (Operation.UPSERT, HoldKind.NO_KEY_VALUE),
    ],
)
def test_no_key_value_holds_all_but_an_insert(
    operation: Operation, expected: HoldKind | None
) -> None:
    assert kind(match(make_draft(EMAIL, operation=operation), LastName="Lopez")) is expected


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (Operation.INSERT, None),
        (Operation.UPDATE, HoldKind.NO_MATCH),
        (Operation.UPSERT, None),
    ],
)
def test_nothing_found_holds_only_an_update(
    operation: Operation, expected: HoldKind | None
) -> None:
    assert kind(match(make_draft(EMAIL, operation=operation), Email="a@example.edu")) is expected


def test_insert_holds_where_the_record_exists() -> None:
    draft = make_draft(EMAIL, operation=Operation.INSERT)

    found = match(draft, make_record("00Q1", Email="a@example.edu"), Email="a@example.edu")

    assert kind(found) is HoldKind.ALREADY_EXISTS


def test_record_the_org_found_under_another_spelling_is_never_passed_over() -> None:
    found = match(
        make_draft(("LastName",)), make_record("00Q1", LastName="Nunez"), LastName="Núñez"
    )

    assert kind(found) is HoldKind.SEVERAL_MATCHES


def test_three_keys_of_two_thousand_inquiries_make_six_queries() -> None:
    draft = make_draft(HALDA_ID, NAME, ("Phone", "LastName"))
    answers = Answers()
    sources = [
        make_source(n, Halda_ID__c=f"h{n}", Email=f"p{n}@example.edu", LastName="Li", Phone=f"{n}")
        for n in range(2_000)
    ]

    Matcher(draft, LEAD).look_for(apply_all(draft, sources), answers)

    assert len(answers.asked) == 6
    assert max(len(soql) for soql in answers.asked) < 100_000


def test_key_whose_records_come_with_a_wider_one_asks_nothing_of_its_own() -> None:
    draft = make_draft(NAME, EMAIL)
    reyes = make_record("00Q1", Email="ava@example.edu", LastName="Reyes")
    lopez = make_record("00Q2", Email="ava@example.edu", LastName="Lopez")
    answers = Answers(reyes, lopez)

    (found,) = match_all(draft, [make_source(Email="ava@example.edu", LastName="Lopez")], answers)

    assert len(answers.asked) == 1
    assert "LastName IN" not in answers.asked[0]
    assert (found.record_id, found.matched_by) == ("00Q2", "Email + LastName")


def test_key_that_sees_deleted_records_is_asked_beside_one_that_does_not() -> None:
    draft = make_draft(("Halda_ID__c", "Email"), EMAIL)
    answers = Answers()

    match_all(draft, [make_source(Halda_ID__c="h1", Email="ava@example.edu")], answers)

    assert sum("Halda_ID__c IN" in soql and "Email IN" in soql for soql in answers.asked) == 1


def test_hostile_value_stays_one_literal() -> None:
    draft = make_draft(("LastName",))
    answers = Answers()

    Matcher(draft, LEAD).look_for(
        apply_all(draft, [make_source(LastName="x') OR Name != ('")]), answers
    )

    assert answers.asked[0].endswith(r"WHERE LastName IN ('x\') OR Name != (\'')")


def test_hostile_value_stays_one_literal_in_a_compound_key() -> None:
    answers = Answers()
    sources = [make_source(Email="a@example.edu", LastName="x') OR Name != ('")]

    Matcher(make_draft(NAME), LEAD).look_for(apply_all(make_draft(NAME), sources), answers)

    listed = r"Email IN ('a@example.edu') AND (LastName IN ('x\') OR Name != (\''))"
    assert answers.asked[0].endswith(f"WHERE {listed}")


@pytest.mark.parametrize("keys", [(), (("Nowhere__c",),)], ids=["none", "unknown"])
def test_mapping_without_a_usable_key_is_refused(keys: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(MappingProblem):
        Matcher(make_draft(*keys), LEAD)


def test_wish_to_stop_is_heard_while_answers_are_sorted() -> None:
    class StoppedError(Exception):
        pass

    heard = 0

    def check_stopped() -> None:
        nonlocal heard
        heard += 1
        if heard == 4:
            raise StoppedError

    sources = [make_source(number, Email=f"p{number}@example.edu") for number in range(1_000)]
    matcher = Matcher(make_draft(EMAIL), LEAD)

    with pytest.raises(StoppedError):
        matcher.look_for(apply_all(make_draft(EMAIL), sources), Answers(), check_stopped)
