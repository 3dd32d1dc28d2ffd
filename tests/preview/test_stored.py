"""What the store keeps of a plan comes back as it was, also in an earlier version's form."""

import json
from dataclasses import asdict

from core.mapping.decide import Action
from core.mapping.problems import Problem, ProblemKind
from core.preview.cells import CellPlan
from core.preview.plan import Outcome, RecordPlan
from core.preview.reading.stored import to_columns, to_row_view
from core.store.tables import PlanRow

CELL = CellPlan(
    row_id="City",
    field_name="City",
    field_label="City",
    source_label="City",
    source_text="Provo",
    value="Provo",
    current=None,
    action=Action.SEND,
    will_send=True,
    sent_value="Provo",
    reason="fills a blank field",
    problems=(Problem(ProblemKind.UNKNOWN_VALUE, "unknown", "look", blocks=False),),
    note="trimmed",
)
PLAN = RecordPlan(
    row_number=1, person="Ava", outcome=Outcome.UPDATE, payload={"City": "Provo"}, cells=(CELL,)
)


def test_cells_come_back_as_they_were_planned() -> None:
    columns = json.loads(json.dumps(to_columns("run", PLAN)))

    assert to_row_view(PlanRow(**columns)).cells == PLAN.cells


def test_cells_that_an_earlier_version_kept_by_name_are_still_read() -> None:
    columns = json.loads(json.dumps({**to_columns("run", PLAN), "cells": [asdict(CELL)]}))

    assert to_row_view(PlanRow(**columns)).cells == PLAN.cells
