"""What is read of a stored preview, on both engines: whole inquiries, counts, filters."""

from collections import Counter

import pytest

from core.errors import WhoActs
from core.mapping.decide import Action
from core.mapping.model import SourceRecord
from core.mapping.problems import Problem, ProblemKind
from core.preview.cells import CellPlan
from core.preview.holds import HoldKind, who_acts_for
from core.preview.plan import Outcome, RecordPlan
from core.preview.reading.choosing import Choice, Sort
from core.preview.reading.counts import Effect, object_counts, party_counts, problem_counts
from core.preview.reading.parties import Party, party_of_row
from core.preview.reading.reading import each_row, load_run, page_inquiries, page_rows
from core.preview.running.ledger import add_plans, begin_run
from core.store.engine import Store
from core.store.inquiries import save_batch
from core.store.mappings import save_mapping
from tests.store.engines import postgres_url, seed_connection, store, store_settings
from tests.store.test_mappings import make_draft

__all__ = ["postgres_url", "store", "store_settings"]
OBJECTS = ("Contact", "Inquiry__c")


@pytest.fixture
def run_id(store: Store) -> str:
    connection_id = seed_connection(store)
    batch = save_batch(
        store,
        account_id="acct1",
        name="spring.csv",
        kind="csv",
        records=[SourceRecord(row_number=1, values={"lead.email": "ava@example.edu"})],
        operator="Ines",
    )
    version = save_mapping(
        store, connection_id=connection_id, draft=make_draft(), based_on=0, operator="Ines"
    )
    return begin_run(
        store,
        connection_id=connection_id,
        mapping_version_id=version.version_id,
        batch_id=batch.batch_id,
        operator="Ines",
    )


def record(row_number: int, index: int, outcome: Outcome, **changes: object) -> RecordPlan:
    plain: dict[str, object] = {
        "row_number": row_number,
        "person": f"Person {row_number}",
        "object_index": index,
        "object_id": f"object{index}",
        "sobject_name": OBJECTS[index],
        "outcome": outcome,
        "payload": {},
    }
    return RecordPlan(**{**plain, **changes})  # type: ignore[arg-type]  # a factory takes any change


def cell(problem: Problem) -> CellPlan:
    return CellPlan(
        row_id="r1",
        field_name="Email",
        field_label="Email",
        source_label="Email",
        source_text="ava@example",
        value=None,
        current=None,
        action=Action.SKIP,
        will_send=False,
        sent_value=None,
        reason="not sent",
        problems=(problem,),
    )


def numbers(store: Store, run_id: str, choice: Choice, **order: object) -> list[int]:
    found, total = page_inquiries(store, run_id, choice, **order)  # type: ignore[arg-type]
    assert total == len(found)
    return [each.row_number for each in found]


def test_inquiry_counts_as_held_or_as_its_first_record_that_changes(
    store: Store, run_id: str
) -> None:
    told = {
        (first, later): Outcome.HELD
        if Outcome.HELD in (first, later)
        else (later if first is Outcome.UNCHANGED else first)
        for first in Outcome
        for later in Outcome
    }
    plans = [
        record(number, index, outcome)
        for number, pair in enumerate(told, start=1)
        for index, outcome in enumerate(pair)
    ]

    assert add_plans(store, run_id, plans)

    found, total = page_inquiries(store, run_id, limit=100)
    counts = Counter(told.values())
    run = load_run(store, run_id)
    assert [each.outcome for each in found] == list(told.values())
    assert total == run.done_count == len(told)
    assert run.counts == {outcome.value: counts[outcome] for outcome in Outcome}
    for outcome in Outcome:
        shown, number = page_inquiries(store, run_id, Choice(outcomes=(outcome,)), limit=100)
        assert number == counts[outcome]
        assert {each.outcome for each in shown} == {outcome}


def test_page_of_inquiries_has_all_records_of_each(store: Store, run_id: str) -> None:
    add_plans(
        store,
        run_id,
        [record(number, index, Outcome.CREATE) for number in range(1, 8) for index in (0, 1)],
    )

    page, total = page_inquiries(store, run_id, offset=5, limit=5)

    assert total == 7
    assert [(each.row_number, len(each.records)) for each in page] == [(6, 2), (7, 2)]
    assert page_rows(store, run_id)[1] == 14


def test_search_finds_an_inquiry_by_any_of_its_records(store: Store, run_id: str) -> None:
    add_plans(
        store,
        run_id,
        [
            record(1, 0, Outcome.CREATE),
            record(1, 1, Outcome.HELD, reason="No Program has this Name"),
            record(2, 0, Outcome.CREATE),
        ],
    )

    found, total = page_inquiries(
        store, run_id, Choice(search="program HAS", outcomes=(Outcome.HELD,))
    )

    assert ([each.row_number for each in found], total) == ([1], 1)
    assert [each.outcome for each in found[0].records] == [Outcome.CREATE, Outcome.HELD]
    assert (
        page_inquiries(store, run_id, Choice(search="program has", outcomes=(Outcome.CREATE,)))[1]
        == 0
    )


def test_holds_blocks_and_warnings_are_told_apart(store: Store, run_id: str) -> None:
    too_long = cell(Problem(ProblemKind.TOO_LONG, "92 characters", "Shorten it."))
    unlisted = cell(Problem(ProblemKind.UNKNOWN_VALUE, "not listed", "", blocks=False))
    held = {"hold_kind": HoldKind.BLOCKED_VALUE, "who_acts": WhoActs.OPERATOR}
    waits = {"hold_kind": HoldKind.WAITS_FOR_PARENT, "who_acts": WhoActs.NOBODY}
    add_plans(
        store,
        run_id,
        [
            record(1, 0, Outcome.HELD, cells=(too_long,), **held),
            record(1, 1, Outcome.HELD, **waits),
            record(2, 0, Outcome.CREATE, cells=(unlisted,)),
            record(3, 0, Outcome.CREATE, cells=(unlisted,)),
        ],
    )

    told = {
        (each.sobject_name, each.name, each.effect, each.who_acts, each.count)
        for each in problem_counts(store, run_id)
    }

    assert told == {
        ("Contact", "blocked_value", Effect.HOLDS, WhoActs.OPERATOR.value, 1),
        ("Contact", "too_long", Effect.BLOCKS, "", 1),
        ("Contact", "unknown_value", Effect.WARNS, "", 2),
        ("Inquiry__c", "waits_for_parent", Effect.HOLDS, WhoActs.NOBODY.value, 1),
    }


def test_every_kind_that_is_counted_filters_exactly_its_inquiries(
    store: Store, run_id: str
) -> None:
    warned = cell(Problem(ProblemKind.TOO_LONG, "long", "", blocks=False))
    blocked = cell(Problem(ProblemKind.TOO_LONG, "too long", ""))
    add_plans(
        store,
        run_id,
        [
            record(1, 0, Outcome.CREATE, cells=(warned,)),
            record(2, 0, Outcome.HELD, cells=(blocked,), hold_kind=HoldKind.BLOCKED_VALUE),
        ],
    )

    found = {
        each.kind: [
            i.row_number for i in page_inquiries(store, run_id, Choice(problem_kind=each.kind))[0]
        ]
        for each in problem_counts(store, run_id)
    }

    assert found == {"warning:too_long": [1], "too_long": [2], "blocked_value": [2]}


def test_objects_are_counted_in_the_mappings_order(store: Store, run_id: str) -> None:
    add_plans(
        store,
        run_id,
        [record(1, 0, Outcome.UPDATE), record(1, 1, Outcome.CREATE), record(2, 0, Outcome.UPDATE)],
    )

    counts = object_counts(store, run_id)

    assert [(each.sobject_name, dict(each.counts)) for each in counts] == [
        ("Contact", {Outcome.UPDATE: 2}),
        ("Inquiry__c", {Outcome.CREATE: 1}),
    ]


def test_inquiries_are_sorted_by_person_and_by_what_becomes_of_them(
    store: Store, run_id: str
) -> None:
    add_plans(
        store,
        run_id,
        [
            record(1, 0, Outcome.UNCHANGED, person="bea"),
            record(2, 0, Outcome.HELD, person="Cai", reason="b"),
            record(3, 0, Outcome.CREATE, person="Ada"),
            record(4, 0, Outcome.HELD, person="Dan", reason="a"),
        ],
    )

    def sorted_by(sort: Sort, *, is_descending: bool = False) -> list[int]:
        return numbers(store, run_id, Choice(), order=(sort, is_descending))

    assert sorted_by(Sort.PERSON) == [3, 1, 2, 4]
    assert sorted_by(Sort.PERSON, is_descending=True) == [4, 2, 1, 3]
    assert sorted_by(Sort.OUTCOME) == [2, 4, 3, 1]
    assert sorted_by(Sort.REASON)[:2] == [4, 2]
    assert sorted_by(Sort.ROW, is_descending=True) == [4, 3, 2, 1]


def test_an_object_is_chosen_with_what_becomes_of_its_own_record(store: Store, run_id: str) -> None:
    add_plans(
        store,
        run_id,
        [
            record(1, 0, Outcome.UPDATE),
            record(1, 1, Outcome.CREATE),
            record(2, 0, Outcome.CREATE),
            record(3, 0, Outcome.CREATE),
            record(3, 1, Outcome.UNCHANGED),
        ],
    )

    made = (Outcome.CREATE,)
    assert numbers(store, run_id, Choice(object_id="object1")) == [1, 3]
    assert numbers(store, run_id, Choice(object_id="object1", outcomes=made)) == [1]
    assert numbers(store, run_id, Choice(outcomes=made)) == [2, 3]


def test_whose_move_it_is_reads_the_same_in_the_store_and_in_the_plan(
    store: Store, run_id: str
) -> None:
    blocked = HoldKind.BLOCKED_VALUE
    holds = [(kind, ()) for kind in HoldKind if kind is not blocked]
    values = [(blocked, (cell(Problem(kind, "no", "")),)) for kind in ProblemKind]
    warned = (cell(Problem(ProblemKind.UNKNOWN_FIELD, "no", "", blocks=False)),)
    cases = [*holds, *values, (blocked, warned), (blocked, values[1][1] + values[-1][1])]
    add_plans(
        store,
        run_id,
        [
            record(n, 0, Outcome.HELD, hold_kind=kind, who_acts=who_acts_for(kind), cells=cells)
            for n, (kind, cells) in enumerate(cases, start=1)
        ],
    )

    told = {row.row_number: party_of_row(row) for row in each_row(store, run_id)}

    for party in Party:
        found, total = page_inquiries(store, run_id, Choice(party=party), limit=200)
        assert [each.row_number for each in found] == [n for n in told if told[n] is party]
        assert party_counts(store, run_id).get(party, 0) == total
    assert Counter(told.values()).keys() == set(Party) - {Party.SALESFORCE}
    by_kind = {kind: told[n] for n, (kind, _) in enumerate(holds, start=1)}
    assert by_kind[HoldKind.SEVERAL_MATCHES] is Party.ADMIN
    assert by_kind[HoldKind.MISSING_REQUIRED] is Party.MAPPING
    assert by_kind[HoldKind.NO_KEY_VALUE] is Party.DATA


def test_every_chosen_record_is_read_once_however_many_are_read_at_a_time(
    store: Store, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.preview.reading.reading._ROWS_PER_READ", 5)
    plans = [record(n, index, Outcome.CREATE) for n in range(1, 9) for index in (0, 1)]
    add_plans(store, run_id, [*plans, record(9, 0, Outcome.UPDATE)])

    every = [(row.row_number, row.object_index) for row in each_row(store, run_id)]

    assert every == [(n, index) for n in range(1, 9) for index in (0, 1)] + [(9, 0)]
    made = each_row(store, run_id, Choice(outcomes=(Outcome.UPDATE,)))
    assert [row.row_number for row in made] == [9]
