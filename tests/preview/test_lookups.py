"""Related records found by a name or code: exactly one counts, none and several never do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import MappingProblem, WhoActs
from core.mapping.lookups import LookupAsk
from core.mapping.model import Lookup, LookupPolicy
from core.preview.matching.lookups import resolve_lookups
from core.preview.plan import Outcome, RecordPlan
from tests.preview.college import (
    MBA,
    MEDICINE,
    PROGRAM,
    TWIN_A,
    TWIN_B,
    FakeOrg,
    ava,
    by_object,
    college,
    inquiry,
    plan,
    source,
)
from tests.preview.org import make_field

BY_NAME = ("Program__c", "Name")


def find(*texts: str, org: FakeOrg | None = None) -> dict[str, tuple[str, ...]]:
    asks = [LookupAsk(*BY_NAME, text) for text in texts]
    found = resolve_lookups(asks, lambda _name: PROGRAM, (org or FakeOrg()).ask)
    return {ask.text: found.resolved.answers[ask] for ask in asks}


def planned(program: str, policy: LookupPolicy = LookupPolicy.HOLD) -> RecordPlan:
    lookup = Lookup(sobject_name="Program__c", by_field="Name", not_found=policy, several=policy)
    child = inquiry(key=("Halda_Submission__c",))
    rows = tuple(replace(row, lookup=lookup) if row.lookup else row for row in child.rows)
    org = FakeOrg(Contact=[ava()])
    draft = college(replace(child, rows=rows))
    return by_object(plan(draft, [source(interest__program=program)], org))["inquiry"]


def test_case_does_not_matter() -> None:
    assert find("mba", "MBA ") == {"mba": (MBA,), "MBA ": (MBA,)}


def test_case_matters_where_the_field_says_so() -> None:
    coded = replace(
        PROGRAM, fields=(make_field("Id", type="id"), make_field("Name", case_sensitive=True))
    )
    asks = [LookupAsk(*BY_NAME, text) for text in ("Art", "ART", "art")]

    found = resolve_lookups(asks, lambda _name: coded, FakeOrg().ask).resolved

    assert [found.answers[ask] for ask in asks] == [(TWIN_A,), (TWIN_B,), ()]


def test_case_of_a_text_reaches_the_org() -> None:
    org = FakeOrg()

    plan(college(), [source(interest__program=" Art ")], org)

    assert [each.values for each in org.asked_of("Program__c")] == [("Art",)]


def test_several_are_all_told_and_none_is_chosen() -> None:
    assert find("art") == {"art": tuple(sorted((TWIN_A, TWIN_B)))}


def test_nothing_found_is_an_answer_too() -> None:
    assert find("Alchemy") == {"Alchemy": ()}


def test_another_accent_counts_where_the_org_takes_it_for_equal() -> None:
    class Loose(FakeOrg):
        def ask(self, queries):  # type: ignore[no-untyped-def]  # as the org it stands for
            return [[{"Id": MEDICINE, "Name": "Médecine"}] for _ in queries]

    assert find("Medecine", org=Loose()) == {"Medecine": (MEDICINE,)}


@pytest.mark.parametrize("text", ["\x00", "a" * 300, "\ud800", "\x1b[31m"])
def test_text_that_no_record_can_hold_finds_nothing(text: str) -> None:
    assert find(text, "mba")["mba"] == (MBA,)
    assert find(text)[text] == ()


def test_quotes_and_wildcards_are_only_text() -> None:
    org = FakeOrg()

    found = find("O'Brien % _ \\ \" --", org=org)

    assert found == {"O'Brien % _ \\ \" --": ()}
    assert "O\\'Brien" in org.asked[0].soql()


def test_same_text_of_many_inquiries_is_asked_once() -> None:
    org = FakeOrg()
    sources = [
        source(number, lead__email=f"p{number}@example.edu", interest__program=program)
        for number, program in enumerate(["MBA", "mba", " MBA", "Art"] * 500, start=1)
    ]

    plan(college(), sources, org)

    (asked,) = org.asked_of("Program__c")
    assert len(asked.values) == 2


def test_many_texts_are_asked_in_few_queries() -> None:
    org = FakeOrg()

    find(*(f"Program {number}" for number in range(2_500)), org=org)

    assert [len(each.values) for each in org.asked] == [1_000, 1_000, 500]


def test_field_that_cannot_be_searched_is_told() -> None:
    described = replace(PROGRAM, fields=(make_field("Id", type="id"),))
    hidden = replace(PROGRAM, fields=(make_field("Name", filterable=False),))

    for describe in (described, hidden):
        with pytest.raises(MappingProblem, match="looks up Program by Name"):
            resolve_lookups([LookupAsk(*BY_NAME, "mba")], lambda _n, d=describe: d, FakeOrg().ask)


def test_cell_says_how_the_record_was_found() -> None:
    (cell,) = [each for each in planned("mba").cells if each.field_name == "Program__c"]

    assert (cell.value, cell.note) == (MBA, "Program 'mba' found by Name")


@pytest.mark.parametrize(
    ("program", "kind", "who"),
    [
        ("Alchemy", "lookup_not_found", WhoActs.OPERATOR),
        ("Art", "lookup_several", WhoActs.UNIVERSITY_ADMIN),
    ],
)
def test_record_is_held_by_policy_and_says_who_acts(program: str, kind: str, who: WhoActs) -> None:
    found = planned(program)

    assert (found.outcome, found.hold_kind, found.who_acts) == (Outcome.HELD, kind, who)
    assert program not in found.reason
    assert " Program records have this" in found.reason or "No Program has this" in found.reason


@pytest.mark.parametrize("program", ["Alchemy", "Art"])
def test_record_goes_without_the_lookup_where_the_policy_says_so(program: str) -> None:
    found = planned(program, LookupPolicy.BLANK)

    assert found.outcome is Outcome.CREATE
    assert "Program__c" not in found.payload
    assert [problem.blocks for problem in found.problems] == [False]


@given(st.permutations(["mba", "MBA", "Art", "art", "Alchemy", "Médecine", "\x00"]))
def test_order_of_the_texts_changes_no_answer(texts: list[str]) -> None:
    assert find(*texts) == find(*sorted(texts))


@given(st.lists(st.text(), max_size=8))
def test_no_text_makes_the_lookup_raise_or_choose(texts: list[str]) -> None:
    found = find(*texts)

    assert all(len(ids) <= 1 or set(ids) == {TWIN_A, TWIN_B} for ids in found.values())


def test_no_text_means_no_call() -> None:
    def refuse(_queries: object) -> list[list[dict[str, object]]]:
        raise AssertionError("asked without a question")

    assert resolve_lookups([], lambda _name: PROGRAM, refuse).resolved.answers == {}
