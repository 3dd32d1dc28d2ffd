"""One cell of a preview's grid: old and new together, or why the old value stays."""

from dataclasses import replace

import pytest

from core.mapping.decide import Action
from core.mapping.problems import Problem, ProblemKind
from core.preview.cells import CellPlan
from core.preview.exports.masking import masked_row
from core.preview.plan import Outcome
from core.preview.reading.grid import cell_words, first_problem, grid_lines, kept_rule
from core.preview.reading.stored import InquiryView, RowView

PLAIN = CellPlan(
    row_id="r1",
    field_name="Term__c",
    field_label="Term",
    source_label="Term",
    source_text="Fall 2028",
    value="Fall 2028",
    current=None,
    action=Action.SEND,
    will_send=True,
    sent_value="Fall 2028",
    reason="",
    problems=(),
)
KEPT = replace(
    PLAIN,
    action=Action.KEEP,
    will_send=False,
    sent_value=None,
    current="Fall 2027",
    reason="kept: only if blank, Salesforce has 'Fall 2027'",
)
SAME = replace(KEPT, action=Action.SAME, reason="unchanged: Salesforce has 'Fall 2027'")
TOO_LONG = Problem(ProblemKind.TOO_LONG, "92 characters, 80 fit", "Shorten it.")


def row(outcome: Outcome, *cells: CellPlan, number: int = 1, **changes: object) -> RowView:
    plain: dict[str, object] = {
        "row_number": number,
        "object_id": "person",
        "object_index": 0,
        "sobject_name": "Lead",
        "person": "Ava Lopez",
        "outcome": outcome,
        "cells": cells,
        "payload": {},
        "candidates": (),
        "problems": tuple(problem for cell in cells for problem in cell.problems),
    }
    texts = ("matched_id", "matched_by", "reason", "who_acts", "hold_kind")
    return RowView(**{**dict.fromkeys(texts, ""), **plain, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcome", "cell", "said"),
    [
        pytest.param(Outcome.UPDATE, PLAIN, "(blank) → Fall 2028", id="filled"),
        pytest.param(
            Outcome.UPDATE,
            replace(PLAIN, current="Fall 2027"),
            "Fall 2027 → Fall 2028",
            id="replaced",
        ),
        pytest.param(
            Outcome.UPDATE,
            replace(PLAIN, current="Fall 2027", sent_value=None, action=Action.CLEAR),
            "Fall 2027 → (blank)",
            id="cleared",
        ),
        pytest.param(Outcome.CREATE, PLAIN, "+ Fall 2028", id="new"),
        pytest.param(Outcome.CREATE, replace(PLAIN, sent_value=False), "+ false", id="no box"),
        pytest.param(
            Outcome.CREATE,
            replace(PLAIN, sent_value="@{person.id}"),
            "+ (id of the new person)",
            id="parent",
        ),
        pytest.param(Outcome.UPDATE, KEPT, "Fall 2027 kept: only if blank", id="kept"),
        pytest.param(Outcome.UPDATE, SAME, "", id="same"),
        pytest.param(Outcome.HELD, PLAIN, "", id="held"),
        pytest.param(
            Outcome.HELD,
            replace(PLAIN, will_send=False, problems=(TOO_LONG,)),
            "✗ 92 characters, 80 fit",
            id="wrong",
        ),
    ],
)
def test_cell_says_old_and_new(outcome: Outcome, cell: CellPlan, said: str) -> None:
    assert cell_words(row(outcome, cell), cell) == said


def test_what_stays_is_shown_only_where_it_is_asked_for() -> None:
    inquiries = [
        InquiryView(1, (row(Outcome.UPDATE, PLAIN, replace(SAME, field_name="City")),)),
        InquiryView(2, (row(Outcome.UNCHANGED, SAME, replace(SAME, field_name="City"), number=2),)),
    ]

    columns, lines = grid_lines(inquiries, only_changes=True)
    every, _ = grid_lines(inquiries, only_changes=False)

    assert [each.field_name for each in columns] == ["Term__c"]
    assert [line.cells[columns[0]] for line in lines] == ["(blank) → Fall 2028", ""]
    assert [each.field_name for each in every] == ["Term__c", "City"]


@pytest.mark.parametrize(
    ("reason", "rule"),
    [
        ("kept: only if blank, and a checkbox never is; Salesforce has 'x'", "only if blank"),
        ("kept: only if newer, and the inquiry is not; Salesforce has 'x'", "only if newer"),
        ("kept: a blank never clears, Salesforce has 'x'", "a blank never clears"),
        ("kept: required in Salesforce, which has 'x'", "required in Salesforce"),
        (
            "kept: an opt-out in Salesforce is never taken back",
            "an opt-out in Salesforce is never taken back",
        ),
    ],
)
def test_rule_is_told_without_the_value_it_keeps(reason: str, rule: str) -> None:
    assert kept_rule(reason) == rule


def test_problem_is_the_first_held_records_reason_else_a_warning_with_its_field() -> None:
    warned = replace(PLAIN, problems=(replace(TOO_LONG, blocks=False),))
    held = row(Outcome.HELD, reason="E-mail finds 2 records.")

    assert first_problem([row(Outcome.UPDATE, warned), held]) == "E-mail finds 2 records."
    assert first_problem([row(Outcome.UPDATE, warned)]) == "Term: 92 characters, 80 fit"
    assert first_problem([row(Outcome.UPDATE, PLAIN)]) == ""


def test_masked_record_has_a_grid_without_values() -> None:
    shown = masked_row(
        row(Outcome.UPDATE, KEPT, replace(PLAIN, field_name="City", current="Provo"))
    )

    said = [cell_words(shown, cell) for cell in shown.cells]

    assert said == ["F•••••• kept: only if blank", "P•••• → F••••••"]
