"""Two plans side by side: exactly what one of them says otherwise."""

import dataclasses
from collections.abc import Callable
from dataclasses import replace

import pytest

from core.errors import InvalidInput
from core.halda.sample import sample_records
from core.mapping.model import SourceRecord
from core.preview.reading.compare_plans import compare_plans
from core.preview.references import referred_row
from core.preview.runs import RunState, page_rows
from core.store.tables import PreviewRun
from tests.preview.mappings import lakeside_objects
from tests.preview.university import University


def changed(records: list[SourceRecord], place: int, **values: str) -> list[SourceRecord]:
    named = {key.replace("__", "."): value for key, value in values.items()}
    record = records[place]
    new = dataclasses.replace(record, values={**record.values, **named})
    return [*records[:place], new, *records[place + 1 :]]


def test_same_inquiries_and_mapping_move_nothing(palmer: University) -> None:
    first, second = palmer.preview(), palmer.preview()

    found = compare_plans(palmer.store, first.run_id, second.run_id)

    assert found.moves == ()
    assert found.same == first.record_count


def test_one_changed_answer_moves_one_record_in_one_field(palmer: University) -> None:
    records = list(sample_records())
    first = palmer.preview(records=records)
    second = palmer.preview(records=changed(records, 3, lead__city="Boise"))

    found = compare_plans(palmer.store, first.run_id, second.run_id)

    assert [move.fields for move in found.moves] == [("City",)]
    assert found.moves[0].after is not None
    assert found.moves[0].after.payload["City"] == "Boise"
    assert found.same == first.record_count - 1


def test_inquiries_in_another_order_are_still_the_same_inquiries(palmer: University) -> None:
    records = list(sample_records())
    turned = [
        dataclasses.replace(record, row_number=place)
        for place, record in enumerate(reversed(records), start=1)
    ]
    first, second = palmer.preview(records=records), palmer.preview(records=turned)

    found = compare_plans(palmer.store, first.run_id, second.run_id)

    # what is applied after what may turn round; nobody is taken for somebody else
    assert all(
        move.before
        and move.after
        and move.before.row_number + move.after.row_number == len(records) + 1
        for move in found.moves
    )
    assert found.same > len(records) - 6


def test_child_of_a_person_whom_another_row_makes_is_the_same_under_new_row_numbers(
    make_university: Callable[[str], University],
) -> None:
    lakeside, draft = make_university("lakeside"), lakeside_objects()
    records = list(sample_records())
    first = lakeside.preview(draft, records)
    lower = [replace(each, row_number=each.row_number + 1) for each in records]
    new = SourceRecord(row_number=1, values={"submission.id": "inq_new"})
    second = lakeside.preview(draft, [new, *lower])

    found = compare_plans(lakeside.store, first.run_id, second.run_id)

    rows, _ = page_rows(lakeside.store, first.run_id, limit=1_000)
    assert any(referred_row(value) for row in rows for value in row.payload.values())
    assert {(move.after.row_number if move.after else 0) for move in found.moves} == {1}


def test_inquiry_that_one_plan_lacks_is_told(palmer: University) -> None:
    records = list(sample_records())
    first, second = palmer.preview(records=records), palmer.preview(records=records[:-1])

    found = compare_plans(palmer.store, first.run_id, second.run_id)

    gone = [move for move in found.moves if move.after is None]
    assert [move.before and move.before.row_number for move in gone] == [records[-1].row_number]
    assert sum(records for (_, new), records in found.turns.items() if new == "not in it") == 1


def test_plans_are_compared_only_where_both_are_whole(palmer: University) -> None:
    first, second = palmer.preview(), palmer.preview()
    with palmer.store.write() as session:
        row = session.get_one(PreviewRun, first.run_id)
        row.state = RunState.FAILED
        session.add(row)

    with pytest.raises(InvalidInput, match="no plan to compare"):
        compare_plans(palmer.store, first.run_id, second.run_id)
