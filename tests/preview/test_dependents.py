"""A dependent picklist value is judged by the controlling value that the record will have."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.mapping.apply import PreparedMapping
from core.mapping.describe import PicklistValue
from core.mapping.model import (
    FieldRow,
    JsonValue,
    MappingDraft,
    RowSource,
    SourceKind,
    WriteRule,
)
from core.mapping.problems import ProblemKind
from core.preview.holds import HoldKind
from core.preview.matching.matches import Match
from core.preview.plan import RecordPlan
from core.preview.planning.batch import BatchOrg, BatchWords, plan_batch
from core.preview.planning.match import Matcher
from core.preview.planning.planner import Planner
from tests.preview.org import LEAD, Answers, make_draft, make_field, make_record, make_source

AVA = "00Q000000000001AAA"
FIRST, SECOND = bytes([0x80]), bytes([0x40])
DESCRIBE = replace(
    LEAD,
    fields=(
        *LEAD.fields,
        make_field(
            "Campus__c",
            type="picklist",
            restricted_picklist=True,
            picklist_values=(PicklistValue("Main", "Main"), PicklistValue("Online", "Online")),
        ),
        make_field(
            "Building__c",
            type="picklist",
            restricted_picklist=True,
            controller_name="Campus__c",
            picklist_values=(
                PicklistValue("Old Hall", "Old Hall", valid_for=FIRST),
                PicklistValue("Virtual", "Virtual", valid_for=SECOND),
            ),
        ),
    ),
)
DRAFT = make_draft(
    ("Email",),
    sources={"Email": "lead.email", "LastName": "lead.last_name", "Building__c": "answer.building"},
)


def plan_old_hall(held: Mapping[str, JsonValue] | None = None) -> RecordPlan:
    """Plan an inquiry for the Old Hall, which the Main campus alone has; no campus is mapped."""
    values = {"lead.email": "a@example.edu", "lead.last_name": "L", "answer.building": "Old Hall"}
    source = replace(make_source(), values=values)
    blank = {"Campus__c": None, "Building__c": None}
    match = Match(record={**make_record(AVA), **blank, **held}) if held is not None else Match()
    applied = PreparedMapping(DRAFT, DESCRIBE).apply(source)
    return Planner(DRAFT, DESCRIBE, complete_keys=()).plan(source, applied, match)


def test_value_goes_with_what_the_record_holds() -> None:
    plan = plan_old_hall({"Campus__c": "Main"})

    assert plan.payload["Building__c"] == "Old Hall"
    assert plan.problems == ()


@pytest.mark.parametrize("held", [{"Campus__c": "Online"}, {}, None])
def test_value_that_the_record_does_not_open_is_held(held: Mapping[str, JsonValue] | None) -> None:
    plan = plan_old_hall(held)

    assert plan.hold_kind is HoldKind.BLOCKED_VALUE
    assert [each.kind for each in plan.problems] == [ProblemKind.WRONG_DEPENDENT_VALUE]


def test_value_that_the_record_holds_already_is_not_judged_again() -> None:
    plan = plan_old_hall({"Campus__c": "Online", "Building__c": "Old Hall"})

    assert plan.hold_kind is None
    assert "Building__c" not in plan.payload


def test_campus_that_the_org_may_fill_in_by_itself_is_unknown_of_an_earlier_rows_record_too() -> (
    None
):
    filled = [
        replace(each, defaulted_on_create=True) if each.name == "Campus__c" else each
        for each in DESCRIBE.fields
    ]
    describe = replace(DESCRIBE, fields=tuple(filled))
    org = BatchOrg(describe_of=lambda _name: describe, ask=Answers())
    values = {"lead.email": "a@example.edu", "lead.last_name": "L"}
    sources = [
        replace(make_source(1), values=values),
        replace(make_source(2), values={**values, "answer.building": "Old Hall"}),
    ]

    draft = MappingDraft(objects=(DRAFT,))
    [[_, later]] = plan_batch(draft, sources, org, BatchWords(complete_keys=()))

    assert (later.after_row, later.hold_kind) == (1, None)
    assert later.payload == {"Building__c": "Old Hall"}


def test_controlling_field_is_read_although_it_is_not_mapped() -> None:
    answers = Answers()
    source = replace(make_source(), values={"lead.email": "a@example.edu"})

    Matcher(DRAFT, DESCRIBE).look_for([PreparedMapping(DRAFT, DESCRIBE).apply(source)], answers)

    assert "Campus__c" in answers.asked[0]


def test_controlling_value_that_comes_along_but_is_kept_back_decides_nothing() -> None:
    """The campus is written on new records only, so that the one found goes on to rule."""
    campus = FieldRow(
        row_id="campus",
        source=RowSource(kind=SourceKind.FIELD, text="answer.campus"),
        field_name="Campus__c",
        write_rule=WriteRule.CREATE_ONLY,
    )
    draft = MappingDraft(objects=(replace(DRAFT, rows=(*DRAFT.rows, campus)),))
    held = {"Campus__c": "Main", "Building__c": None, "Email": "a@example.edu"}
    org = BatchOrg(describe_of=lambda _name: DESCRIBE, ask=Answers({**make_record(AVA), **held}))
    values = {
        "lead.email": "a@example.edu",
        "lead.last_name": "L",
        "answer.building": "Old Hall",
        "answer.campus": "Online",
    }
    source = replace(make_source(), values=values)

    [[plan]] = plan_batch(draft, [source], org, BatchWords(complete_keys=()))

    assert plan.hold_kind is None
    assert plan.payload["Building__c"] == "Old Hall"
    assert "Campus__c" not in plan.payload
