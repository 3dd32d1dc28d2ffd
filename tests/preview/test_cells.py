import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.mapping.apply import apply, effective_rows
from core.mapping.describe import FieldDescribe, SobjectDescribe
from core.mapping.model import (
    FieldRow,
    JsonValue,
    ObjectMapping,
    RowSource,
    SourceKind,
    SourceRecord,
)
from core.preview.cells import CellPlan, CellPlanner, plan_cells, to_payload

CITY = FieldDescribe(
    name="City", label="City", type="string", length=40, createable=True, updateable=True
)
LEAD = SobjectDescribe(name="Lead", label="Lead", fields=(CITY,))
DRAFT = ObjectMapping(
    sobject_name="Lead",
    rows=(
        FieldRow(
            row_id="r1",
            source=RowSource(kind=SourceKind.FIELD, text="lead.city"),
            field_name="City",
        ),
    ),
)


def plan(values: dict[str, str], current: dict[str, str | None] | None) -> tuple[CellPlan, ...]:
    applied = apply(DRAFT, LEAD, SourceRecord(row_number=1, values=values))
    return plan_cells(applied, rows=effective_rows(DRAFT), describe=LEAD, current=current)


def test_new_record_sends_the_value() -> None:
    assert to_payload(plan({"lead.city": "Provo"}, None)) == {"City": "Provo"}


def test_changed_value_shows_what_the_org_holds_now() -> None:
    (cell,) = plan({"lead.city": "Provo"}, {"City": "Boise"})

    assert (cell.current, cell.sent_value) == ("Boise", "Provo")


def test_planning_an_applied_plan_sends_nothing() -> None:
    assert to_payload(plan({"lead.city": "Provo"}, {"City": "Provo"})) == {}


@pytest.mark.parametrize("values", [{}, {"lead.city": ""}], ids=["missing", "blank"])
def test_missing_or_blank_source_never_clears_by_default(values: dict[str, str]) -> None:
    assert to_payload(plan(values, {"City": "Boise"})) == {}


def test_field_that_was_not_read_is_not_taken_for_blank() -> None:
    with pytest.raises(KeyError):
        plan({"lead.city": "Provo"}, {})


_CASES = st.lists(
    st.tuples(
        st.fixed_dictionaries({}, optional={"lead.city": st.sampled_from(["1", "Provo", "", " "])}),
        st.none() | st.fixed_dictionaries({"City": st.sampled_from([1, 1.0, True, None, "Provo"])}),
    ),
    max_size=12,
)


@given(cases=_CASES)
def test_a_record_among_many_is_planned_as_it_is_alone(
    cases: list[tuple[dict[str, str], dict[str, JsonValue] | None]],
) -> None:
    planner = CellPlanner(effective_rows(DRAFT), LEAD)
    for values, current in cases:
        applied = apply(DRAFT, LEAD, SourceRecord(row_number=1, values=values))
        together = planner.plan(applied, current=current, values=values)
        alone = plan_cells(applied, rows=effective_rows(DRAFT), describe=LEAD, current=current)
        assert [repr(each) for each in together] == [repr(each) for each in alone]
